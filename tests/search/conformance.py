"""The suite every engine must pass unchanged: subclass `Conformance` and give it `open_engine`."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from geopy.distance import great_circle

from directory.errors import BadQuestion
from directory.schedule import meets_within
from directory.search.query import Document, Engine, SearchQuery, Window
from directory.vocab import Kind
from tests.search.conformance_places import PlacesConformance
from tests.search.conformance_times import TimesConformance
from tests.search.conformance_words import WordsConformance
from tests.search.world import HERE, NOW, Open, Suite, away, beyond, doc, every, filled, found, ids, time


class OrderConformance(Suite):
    def test_near_is_by_distance_and_without_a_place_like_best(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern Lantern", **away(9)), doc(2, "Harbor lantern", **away(2)), doc(3, **away(1)))
        assert ids(engine.search(SearchQuery("lantern", near=HERE, sort="near"))) == [2, 1]
        best = engine.search(SearchQuery("lantern"))
        assert ids(engine.search(SearchQuery("lantern", sort="near"))) == ids(best)

    def test_best_prefers_nearer_fresher_and_main_kind(self, engine: Engine) -> None:
        filled(engine, doc(1, **away(12)), doc(2, **away(2)))
        assert ids(engine.search(SearchQuery(near=HERE))) == [2, 1]
        filled(engine, doc(3, fresh_on=20000, **away(2)), doc(4, fresh_on=20400, **away(2)))
        assert ids(engine.search(SearchQuery(near=HERE))) == [4, 3, 2, 1]
        filled(
            engine,
            doc(5, "Lantern", kinds=(Kind.OUTPATIENT, Kind.SOBER_LIVING)),
            doc(6, "Lantern", kinds=(Kind.SOBER_LIVING,)),
        )
        assert ids(engine.search(SearchQuery("lantern", kinds=(Kind.SOBER_LIVING,)))) == [6, 5]

    def test_ties_go_to_the_lower_id_and_stay_so(self, engine: Engine) -> None:
        filled(engine, doc(9), doc(3), doc(7))
        engine.write((doc(1),), (), 2)
        for sort in ("best", "near", "soon"):
            assert ids(engine.search(SearchQuery(near=HERE, sort=sort, now=NOW))) == [1, 3, 7, 9]

    @pytest.mark.parametrize("sort", ["best", "near", "soon"])
    def test_paging_shows_everyone_exactly_once(self, engine: Engine, sort: str) -> None:
        filled(engine, *(doc(n, **away(n % 5), times=(time(n % 7, "9:00"),) if n % 4 else ()) for n in range(1, 48)))
        query = SearchQuery("evening", near=HERE, sort=sort, now=NOW, limit=10)
        pages = [ids(engine.search(replace(query, offset=at))) for at in range(0, 60, 10)]
        assert sorted(n for page in pages for n in page) == list(range(1, 48))
        assert [len(page) for page in pages] == [10, 10, 10, 10, 7, 0]

    def test_beyond_has_its_own_page(self, engine: Engine) -> None:
        filled(engine, *(doc(n, anywhere=True) for n in range(1, 31)), doc(31))
        answer = engine.search(SearchQuery(near=HERE, limit=20, offset=20))
        assert (answer.beyond_total, beyond(answer)) == (30, list(range(1, 21)))

    def test_an_unknown_order_is_a_bad_question(self) -> None:
        with pytest.raises(BadQuestion, match="best, near or soon"):
            SearchQuery(sort="price")


class WritingConformance(Suite):
    def test_an_empty_engine_answers(self, engine: Engine) -> None:
        answer = engine.search(SearchQuery("lantern", near=HERE, now=NOW, window=Window(1, 0, 60), sort="soon"))
        assert (answer.total, answer.beyond_total, dict(answer.facets)) == (0, 0, {})
        assert (engine.count(), engine.ids(), engine.watermark()) == (0, set(), 0)

    def test_a_listing_is_replaced_and_never_twice_there(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern"), doc(2))
        engine.write((doc(1, "Harbor", facets={"payment": ("free",)}),), (), 5)
        assert (found(engine, "lantern"), found(engine, "harbor"), engine.count()) == (set(), {1}, 2)
        answer = engine.search(SearchQuery())
        assert sorted(ids(answer)) == [1, 2]
        assert answer.facets["payment"] == {"free": 1}

    def test_of_two_with_one_id_the_later_counts(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern"), doc(1, "Harbor"))
        assert (engine.count(), found(engine, "lantern"), found(engine, "harbor")) == (1, set(), {1})
        engine.rebuild((doc(1, "Harbor"), doc(1, "Lantern")), 2)
        assert (engine.count(), found(engine, "lantern")) == (1, {1})

    def test_removed_is_gone_from_results_counts_and_ids(self, engine: Engine) -> None:
        filled(engine, *(doc(n, facets={"payment": ("free",)}) for n in range(1, 6)))
        engine.write((doc(5, "Lantern"),), (2, 3, 99, 5), 2)
        assert engine.ids() == found(engine) == {1, 4, 5}
        assert engine.count() == 3
        assert engine.search(SearchQuery()).facets["payment"] == {"free": 2}

    def test_the_watermark_is_kept_with_the_listings(self, engine: Engine, open_engine: Open) -> None:
        engine.write((doc(1),), (), 7)
        engine.write((), (), 9)
        assert engine.watermark() == open_engine().watermark() == 9
        assert open_engine().ids() == {1}
        engine.write((), (1,), 3)  # an older database was restored
        assert engine.watermark() == open_engine().watermark() == 3

    def test_another_open_engine_sees_what_was_committed(self, engine: Engine, open_engine: Open) -> None:
        other = open_engine()
        assert other.count() == 0
        filled(engine, doc(1, "Lantern"))
        assert found(other, "lantern") == {1}
        other.write((doc(2, "Lantern"),), (), 2)
        assert found(engine, "lantern") == {1, 2}
        other.rebuild((doc(3, "Lantern"),), 3)
        assert found(engine, "lantern") == {3}
        engine.write((doc(4, "Lantern"),), (), 4)
        assert found(other, "lantern") == {3, 4}

    def test_many_small_commits_lose_nothing(self, engine: Engine, open_engine: Open) -> None:
        for n in range(1, 31):
            engine.write((doc(n, f"Lantern {n}"), doc(100, f"Harbor {n}")), (n - 3,), n)
        assert engine.ids() == open_engine().ids() == found(engine) == {28, 29, 30, 100}
        assert (found(engine, "lantern"), found(engine, "harbor 30"), engine.watermark()) == ({28, 29, 30}, {100}, 30)

    def test_a_failing_write_changes_nothing(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern"))

        def broken() -> object:
            yield doc(2, "Lantern")
            raise RuntimeError("the feed broke off")

        for failing in (engine.rebuild, lambda documents, mark: engine.write(documents, (1,), mark)):
            with pytest.raises(RuntimeError, match="broke off"):
                failing(broken(), 9)  # type: ignore[arg-type]
        assert (found(engine, "lantern"), engine.watermark()) == ({1}, 1)
        filled(engine, doc(2, "Lantern"))
        assert engine.count() == 2

    def test_searches_run_beside_writes(self, engine: Engine) -> None:
        """Each search sees one committed state: a pair is always written together."""
        filled(engine, doc(1, "Lantern 0"), doc(2, "Lantern 0"))

        def look(n: int) -> bool:
            answer = engine.search(SearchQuery(f"lantern {n % 9}"))
            return answer.total == 2 and set(ids(answer)) == {1, 2}

        with ThreadPoolExecutor(4) as pool:
            looking = [pool.submit(look, n) for n in range(60)]
            for n in range(1, 6):
                engine.write((doc(1, f"Lantern {n}"), doc(2, f"Lantern {n}")), (), n)
            assert all(one.result() for one in looking)


class Conformance(WordsConformance, PlacesConformance, TimesConformance, OrderConformance, WritingConformance):
    def test_random_questions_agree_with_a_slow_and_simple_reading(self, engine: Engine) -> None:
        chance = random.Random(7)
        documents = [_random_document(n, chance) for n in range(1, 121)]
        engine.rebuild(documents, 1)
        engine.write([replace(one, name="Harbor") for one in documents[:10]], every(documents[100:]), 2)
        known = [replace(one, name="Harbor") if one.id <= 10 else one for one in documents[:100]]
        for _ in range(60):
            query = _random_question(chance)
            answer = engine.search(query)
            fits = {name: [one for one in known if _fits(one, query, lifted=name)] for name in ("", "payment", "kind")}
            inside = {one.id for one in fits[""] if _inside(one, query)}
            assert set(ids(answer)) == inside, query
            assert answer.total == len(inside)
            assert set(beyond(answer)) == {one.id for one in fits[""] if _served(one, query) and one.id not in inside}
            for name, values in (("payment", _payments), ("kind", _kinds)):
                counted = Counter(v for one in fits[name] if _inside(one, query) for v in values(one))
                assert dict(answer.facets.get(name, {})) == dict(counted), query


def _payments(one: Document) -> tuple[str, ...]:
    return one.facets.get("payment", ())


def _kinds(one: Document) -> tuple[str, ...]:
    return tuple(kind.value for kind in one.kinds)


def _random_document(n: int, chance: random.Random) -> Document:
    located = chance.random() < 0.8
    kinds = chance.sample([Kind.SUPPORT_GROUP, Kind.OUTPATIENT, Kind.SOBER_LIVING], chance.randint(1, 2))
    return Document(
        id=n,
        kinds=tuple(kinds),
        name=chance.choice(["Lantern", "Harbor"]),
        lat=HERE.lat + chance.uniform(-1, 1) if located else None,
        lon=HERE.lon + chance.uniform(-1, 1) if located else None,
        facets={"payment": tuple(chance.sample(["free", "medicaid", "medicare"], chance.randint(0, 2)))},
        times=tuple(time(chance.randrange(7), f"{chance.randrange(24)}:30") for _ in range(chance.randint(0, 2))),
        anywhere=not located and chance.random() < 0.5,
        states=("OH",) if chance.random() < 0.1 else (),
    )


def _random_question(chance: random.Random) -> SearchQuery:
    day, start = chance.randrange(7), chance.randrange(1440)
    return SearchQuery(
        words=chance.choice(["", "", "lantern", "harbor"]),
        near=chance.choice([None, HERE, HERE]),
        radius=chance.choice([10, 25, 50]),
        kinds=tuple(chance.sample([Kind.OUTPATIENT, Kind.SOBER_LIVING], chance.randint(0, 2))),
        facets={"payment": tuple(chance.sample(["free", "medicaid"], chance.randint(0, 2)))},
        window=chance.choice([None, Window(day, start, start + 600)]),
        limit=1000,
    )


def _fits(one: Document, query: SearchQuery, lifted: str) -> bool:
    payments, window = query.facets["payment"], query.window
    return (
        query.words in ("", one.name.lower())
        and (lifted == "kind" or not query.kinds or bool(set(query.kinds) & set(one.kinds)))
        and (lifted == "payment" or not payments or bool(set(payments) & set(_payments(one))))
        and (not window or any(meets_within(t, window.weekday, window.start, window.end) for t in one.times))
    )


def _inside(one: Document, query: SearchQuery) -> bool:
    if query.near is None:
        return True
    if one.anywhere or one.lat is None:
        return False
    return bool(great_circle((HERE.lat, HERE.lon), (one.lat, one.lon)).miles <= query.radius)


def _served(one: Document, query: SearchQuery) -> bool:
    return query.near is not None and (one.anywhere or "OH" in one.states)
