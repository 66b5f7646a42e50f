"""Musts filter, an unknown is a question and never a yes, wishes only rank, and the set is balanced."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import BadQuestion
from directory.geo import miles
from directory.handoff.match import Matched, match
from directory.handoff.needs import Needs
from directory.listing import Listed, Residence, facets
from directory.schedule import next_occurrence
from directory.search.query import Answer, Document, Match, SearchQuery
from directory.vocab import Kind, Wish
from tests.builders import make_place
from tests.handoff.people import DISCHARGE, NEAR, clinic, house, meeting, moved, online, pantry, twelve, weekly


class Shelf:
    """An engine over a few listings, as plain as the protocol allows."""

    def __init__(self, listings: Iterable[Listed]) -> None:
        self.listings = list(listings)
        self.asked: list[SearchQuery] = []

    def search(self, query: SearchQuery) -> Answer:
        self.asked.append(query)
        inside, beyond = [], []
        for one in self.listings:
            draft = one.draft
            found = all(set(values) & set(draft.facets.get(group, ())) for group, values in query.facets.items())
            if not found or (query.kinds and not {draft.kind, *draft.also} & set(query.kinds)):
                continue
            place, near = draft.place, query.near
            if place is None or place.latitude is None or place.longitude is None or near is None:
                beyond.append(Match(one.id, 1.0))
            else:
                far = miles(near.lat, near.lon, place.latitude, place.longitude)
                coming = next_occurrence(draft.times, query.now) if query.now else None
                inside += [Match(one.id, 1.0, far, coming.start if coming else None)] if far <= query.radius else []
        inside.sort(key=lambda one: one.miles or 0)
        return Answer(len(inside), tuple(inside[: query.limit]), {}, len(beyond), tuple(beyond))

    def write(self, documents: Iterable[Document], removed: Iterable[int], watermark: int) -> None: ...
    def rebuild(self, documents: Iterable[Document], watermark: int) -> None: ...
    def watermark(self) -> int:
        return 0

    def count(self) -> int:
        return len(self.listings)

    def ids(self) -> set[int]:
        return {one.id for one in self.listings}

    def close(self) -> None: ...


async def matched(listings: Sequence[Listed], **asked: Any) -> Matched:
    async def load(ids: Sequence[int]) -> list[Listed]:
        return [one for one in listings if one.id in ids]

    return await match(Shelf(listings), Needs.read({"near": NEAR, **asked}), load, DISCHARGE)


def of(found: Matched, id: int) -> dict[str, Any]:
    return next(hit for hit in found.as_dict()["hits"] if hit["id"] == id)


async def test_the_answer_has_the_shape_scripts_read() -> None:
    told = (await matched([clinic()], medication=["buprenorphine"])).as_dict()
    assert told == {
        "hits": [
            {
                "id": 1,
                "kind": "outpatient",
                "fit": 1.0,
                "why": ("gives buprenorphine", "1.1 miles away"),
                "unknown": (),
                "against": (),
            }
        ],
        "set": [1],
        "options": {"treatment": [1]},
        "ties": {},
    }


async def test_a_place_that_refuses_the_medicine_is_never_offered() -> None:
    found = await matched([clinic(), house()], medication=["methadone"], needs=["housing"])
    assert [hit.id for hit in found.hits] == [2]


async def test_an_unknown_is_a_question_and_never_a_yes() -> None:
    found = await matched([house()], medication=["methadone"], needs=["housing"])
    hit = of(found, 2)
    assert hit["unknown"] == ("call to ask: takes methadone?",)
    assert not [why for why in hit["why"] if "methadone" in why]
    assert hit["fit"] == 0.0


async def test_methadone_comes_from_an_opioid_treatment_program_first() -> None:
    program = clinic(8, facets=facets(level=["opioid_treatment_program"], medication=["methadone"]), denied={})
    near = clinic(9, denied={}, place=make_place(latitude=NEAR.lat, longitude=NEAR.lon))
    found = await matched([near, program], medication=["methadone"])
    assert [hit.id for hit in found.hits] == [8, 9]
    assert of(found, 9)["against"] == ("no methadone clinic: keep a clinic that gives methadone",)


async def test_a_house_for_men_is_no_house_for_a_woman() -> None:
    open_house = house(3, facets={}, denied={})
    found = await matched([house(2), open_house], needs=["housing"], gender="women")
    assert [hit.id for hit in found.hits] == [3]
    assert of(found, 3)["unknown"] == ("call to ask: open to women?",)


async def test_one_way_to_pay_is_enough() -> None:
    found = await matched([clinic()], payment=["private_insurance", "medicaid"])
    assert of(found, 1)["why"][0] == "takes Medicaid"


async def test_a_missing_language_is_asked_and_never_hides_a_place() -> None:
    found = await matched([clinic(), clinic(2, facets={})], language="es")
    assert [hit.id for hit in found.hits] == [1, 2]
    assert of(found, 2)["unknown"] == ("call to ask: someone who speaks Spanish?",)


async def test_the_set_is_balanced_and_without_doubles() -> None:
    listings = [*twelve(), *(clinic(40 + n) for n in range(5)), *(pantry(50 + n) for n in range(5))]
    found = await matched(listings, needs=["housing", "food", "clothing", "legal_aid"], medication=["buprenorphine"])
    kinds = [hit.kind for id in found.chosen for hit in found.hits if hit.id == id]
    assert len(set(found.chosen)) == len(found.chosen)
    assert [kinds.count(kind) for kind in ("outpatient", "sober_living", "support_group")] == [2, 2, 3]
    assert kinds.count("community_service") == 3 - 1  # one pantry serves both food and clothes


async def test_meetings_of_the_set_come_soon_and_near() -> None:
    far = make_place(latitude=NEAR.lat + 0.3)
    listings = [
        meeting(1, group="a", times=(weekly(5, 12),)),  # in four days
        meeting(2, group="b", times=(weekly(2, 19),), place=far),
        meeting(3, group="c", times=(weekly(3, 19),)),
        meeting(4, group="d", times=(weekly(1, 20),)),
        meeting(5, group="d", times=(weekly(2, 20),)),  # the same group again
    ]
    assert set((await matched(listings)).chosen) == {4, 3, 2}


async def test_housing_is_offered_only_when_it_is_needed() -> None:
    assert [hit.kind for hit in (await matched(twelve())).hits if hit.kind == "sober_living"] == []


async def test_places_online_stay_in_the_answer_after_those_nearby() -> None:
    anywhere = moved(online(2), place=None)
    assert [hit.id for hit in (await matched([anywhere, meeting(1)])).hits] == [1, 2]


FACTS = ("yes", "no", "unknown")


def place_with(id: int, said: tuple[str, str, str]) -> Listed:
    """One house, saying yes, no or nothing about methadone, Medicaid and a wheelchair."""
    asked = (("accepts", "methadone"), ("payment", "medicaid"), ("access", "wheelchair"))
    yes = {group: (value,) for (group, value), word in zip(asked, said, strict=True) if word == "yes"}
    no = {group: (value,) for (group, value), word in zip(asked, said, strict=True) if word == "no"}
    return house(id, facets=yes, denied=no)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from(FACTS)] * 3), min_size=1, max_size=12))
async def test_a_must_is_never_broken_and_an_unknown_never_counts(said: list[tuple[str, str, str]]) -> None:
    listings = [place_with(n, words) for n, words in enumerate(said)]
    musts = {"needs": ["housing"], "medication": ["methadone"], "payment": ["medicaid"], "access": ["wheelchair"]}
    found = await matched(listings, **musts)
    assert {hit.id for hit in found.hits} == {n for n, words in enumerate(said) if "no" not in words}
    for hit in found.hits:
        assert hit.fit == pytest.approx(said[hit.id].count("yes") / 3, abs=0.01)
        assert len(hit.unknown) == said[hit.id].count("unknown")
    ranks = [(said[hit.id][0] == "yes", hit.fit) for hit in found.hits]
    assert ranks == sorted(ranks, reverse=True)  # what is known of the medicine first


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["veterans", "lgbtq", "parents", "women"]), unique=True), st.sampled_from(["", "es"]))
async def test_a_wish_never_hides_a_place(population: list[str], language: str) -> None:
    plain = {hit.id for hit in (await matched(twelve())).hits}
    assert plain <= {hit.id for hit in (await matched(twelve(), population=population, language=language)).hits}


async def test_equal_places_are_ordered_by_nearness_then_name_alone() -> None:
    spot = make_place(latitude=39.99, longitude=-83.0)
    twins = [clinic(1, name="B", place=spot), clinic(2, name="A", place=spot), clinic(3, name="C")]
    assert [hit.id for hit in (await matched(twins)).hits] == [3, 2, 1]
    paid = [replace(one, publisher="Pays a lot") if one.id == 1 else one for one in twins]
    assert [hit.id for hit in (await matched(paid)).hits] == [3, 2, 1]


def test_the_example_is_a_sound_needs_file() -> None:
    example = Needs.example()
    assert Needs.read({**example, "near": NEAR}).medication == ("buprenorphine",)
    assert Needs.read({"near": NEAR, "needs": "housing"}).wanted == (
        Kind.OUTPATIENT,
        Kind.SUPPORT_GROUP,
        Kind.SOBER_LIVING,
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"near": NEAR, "needs": ["castle"]}, "needs has no choice 'castle'"),
        ({"near": NEAR, "radius": "far"}, "How far is 'far'"),
        ({"needs": ["food"]}, "where the person will stay"),
        ({"near": NEAR, "gender": "x"}, "gender has no choice"),
    ],
)
def test_a_wrong_needs_file_is_answered_with_a_sentence(values: dict[str, Any], words: str) -> None:
    with pytest.raises(BadQuestion, match=words):
        Needs.read(values)


async def test_a_place_that_lets_no_such_age_in_is_never_offered() -> None:
    closed = clinic(2, denied={"age": ("older_adult",)})
    found = await matched([clinic(1), closed], age="older_adult")
    assert [hit.id for hit in found.hits] == [1]
    assert "call to ask: open to older adults (65 and up)?" in of(found, 1)["unknown"]


async def test_a_place_that_treats_no_opioid_use_is_refused_on_medicine_and_never_offered_for_choice() -> None:
    alcohol = clinic(2, facets={}, denied={"population": ("opioid_use", "general")})
    dui = clinic(3, facets=facets(population=["impaired_driving"]), denied={"population": ("general",)})
    assert [h.id for h in (await matched([clinic(1), alcohol, dui], medication=["buprenorphine"])).hits] == [1]
    found = await matched([clinic(1), alcohol])
    assert of(found, 2)["against"] == ("does not treat opioid use",)
    assert found.options["treatment"] == (1,)


async def test_a_place_that_gives_buprenorphine_and_says_it_treats_no_opioid_use_stays() -> None:
    both = clinic(1, denied={"population": ("opioid_use",)})
    assert (await matched([both], medication=["buprenorphine"])).chosen == (1,)


async def test_withdrawal_care_alone_is_shown_and_never_offered_for_after_it() -> None:
    unit = clinic(2, facets=facets(level=["residential_detox", "opioid_treatment_program"]))
    found = await matched([clinic(1), unit])
    assert found.options["treatment"] == (1,)
    assert "withdrawal care only: not a place for after it" in of(found, 2)["against"]


async def test_meetings_at_other_hours_come_after() -> None:
    near, late = meeting(1, group="a", times=(weekly(2, 12),)), meeting(2, group="b", times=(weekly(2, 19),))
    assert [hit.id for hit in (await matched([near, late], hours=["evening"])).hits] == [2, 1]
    assert "does not meet when you can go" in of(await matched([near, late], hours=["evening"]), 1)["against"]
    saturday = meeting(3, group="c", times=(weekly(6, 9),))
    assert (await matched([near, saturday], hours=["weekend"])).chosen[0] == 3


async def test_a_family_group_is_not_a_meeting_for_the_one_in_recovery() -> None:
    family = meeting(2, group="f", facets=facets(fellowship=["nar_anon"], population=["families"]))
    found = await matched([family, meeting(1)])
    assert [hit.id for hit in found.hits] == [1, 2]
    assert [hit.id for hit in (await matched([family, meeting(1)], population=["families"])).hits] == [2, 1]


async def test_nothing_near_is_looked_for_farther_and_said_to_be_far() -> None:
    far = clinic(2, place=make_place(latitude=NEAR.lat + 0.5))
    found = await matched([far], travel="walk")
    assert found.chosen == (2,)
    assert of(found, 2)["against"][0].startswith("farther than asked: ")


async def test_a_near_place_that_fits_keeps_far_ones_out() -> None:
    far = clinic(2, place=make_place(latitude=NEAR.lat + 0.5))
    assert [hit.id for hit in (await matched([clinic(1), far], travel="bus")).hits] == [1]


async def test_a_free_bed_is_said_with_its_day_and_unknown_is_asked_tonight() -> None:
    full = house(2, residence=Residence(vacancies=0, vacancies_as_of=date(2026, 6, 14)))
    free = house(3, residence=Residence(vacancies=2, vacancies_as_of=date(2026, 6, 14)))
    silent = house(4)
    found = await matched([full, silent, free], housing="any_bed_tonight")
    assert [hit.id for hit in found.hits][-1] == 2
    assert "had a free bed on Sun, Jun 14" in of(found, 3)["why"]
    assert "had no free bed on Sun, Jun 14" in of(found, 2)["against"]
    assert "call to ask: a bed free today?" in of(found, 4)["unknown"]


async def test_a_shelter_is_found_for_tonight() -> None:
    shelter = pantry(5, facets=facets(need=["housing"], population=["homeless"], access=["drop_in"]))
    office = pantry(6, name="An Office", facets=facets(need=["housing"]))
    found = await matched([office, shelter], housing="any_bed_tonight")
    assert found.options["shelter"] == (5, 6)
    assert 5 in found.chosen


async def test_a_home_known_to_welcome_the_medicine_comes_before_one_that_grants_a_wish() -> None:
    faithful = house(2, facets=facets(residence=["faith_based"]))
    known = house(3, facets=facets(accepts=["buprenorphine"]))
    asked = {"medication": ["buprenorphine"], "housing": "recovery_residence", "wishes": ["faith_based"]}
    assert [hit.id for hit in (await matched([faithful, known], **asked)).hits] == [3, 2]


async def test_those_that_one_operator_runs_are_marked() -> None:
    homes = [house(n, residence=Residence(operator="Landing Homes" if n < 4 else "Other")) for n in (2, 3, 4)]
    found = await matched([*homes, meeting(7), meeting(9)], housing="recovery_residence")
    assert found.as_dict()["ties"] == {"Landing Homes": [2, 3]}


async def test_there_are_several_to_choose_from_in_a_neutral_order() -> None:
    homes = [house(n, name=f"House {n}") for n in range(2, 10)]
    found = await matched(homes, housing="recovery_residence")
    assert found.options["housing"] == (2, 3, 4, 5, 6)
    assert found.chosen == (2, 3)


WISHES = st.lists(st.sampled_from([wish.value for wish in Wish]), unique=True)
OTHERS = st.fixed_dictionaries(
    {},
    optional={
        "medication": st.sampled_from([["methadone"], ["buprenorphine"]]),
        "gender": st.sampled_from(["women", "men"]),
        "travel": st.sampled_from(["walk", "bus", "car"]),
        "hours": st.just(["evening"]),
        "housing": st.sampled_from(["recovery_residence", "any_bed_tonight"]),
        "age": st.sampled_from(["young_adult", "older_adult"]),
    },
)


@settings(max_examples=60, deadline=None)
@given(OTHERS, WISHES, st.lists(st.sampled_from(["veterans", "lgbtq", "families", "parents"]), unique=True))
async def test_no_wish_of_any_kind_ever_hides_a_hit(asked: dict[str, Any], wishes: list[str], who: list[str]) -> None:
    plain = await matched(twelve(), **asked)
    wished = await matched(twelve(), **asked, wishes=wishes, population=who)
    assert {hit.id for hit in plain.hits} <= {hit.id for hit in wished.hits}
    for hit in wished.hits:
        draft = next(one.draft for one in twelve() if one.id == hit.id)
        refused = {*draft.denied.get("accepts", ())} & {*asked.get("medication", ())}
        assert not refused
        assert asked.get("gender") not in draft.denied.get("gender", ())
        assert not [word for word in hit.why if word in hit.unknown]


async def test_everything_is_said_in_spanish_too() -> None:
    async def load(ids: Sequence[int]) -> list[Listed]:
        return [one for one in twelve() if one.id in ids]

    needs = Needs.read({**Needs.example(), "near": NEAR, "medication": ["methadone"]})
    here = await match(Shelf(twelve()), needs, load, DISCHARGE)
    there = await match(Shelf(twelve()), needs, load, DISCHARGE, "es")
    english = {words for hit in here.hits for words in (*hit.why, *hit.unknown, *hit.against)}
    spanish = {words for hit in there.hits for words in (*hit.why, *hit.unknown, *hit.against)}
    assert english
    assert not english & spanish
