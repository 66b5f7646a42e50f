"""The same place of two publishers is found as listings come, change and go, and readers see it once."""

from dataclasses import replace

from directory import public_listings, shadow
from directory.duplicates import blocking, queue
from directory.duplicates.comparing import compare_all, compare_changed, follow, told_by_both
from directory.listing import Phone
from directory.models import Change, Listing
from directory.runtime import Runtime
from directory.same.facts import facts_of
from directory.same.models import SameKey, SameMark, SameMember, SamePair
from tests.builders import make_draft, make_place
from tests.duplicates.world import clinic, drop, groups, pairs, say


async def test_the_same_clinic_of_two_publishers_is_shown_once_under_its_first_number(both: Runtime) -> None:
    [a] = await say(both, "A", clinic())
    [b] = await say(both, "B", clinic(name="Harbor Ridge Recovery Ctr, LLC"))
    assert await groups() == {a: a, b: a}
    assert both.engine.ids() == {a}
    assert [one.id for one in await public_listings.listed(both, [a, b])] == [a]
    assert [one.id async for one in public_listings.every(both)] == [a, b]  # passed on as each of them said it
    assert not await shadow.disagreements(both)
    assert not await queue.broken()


async def test_an_old_number_answers_with_the_facts_of_all(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic(website="", phones=(Phone("614-555-0101"),)))
    [b] = await say(rt, "B", clinic(website="https://example.org/b", phones=()))
    one = await public_listings.get(rt, b)
    assert (one.id, one.lead) == (b, a)
    assert (one.draft.website, str(one.draft.phones[0])) == ("https://example.org/b", "614-555-0101")
    assert {voice.publisher for voice in one.voices} == {"A", "B"}
    assert [found.id for found in await public_listings.listed(rt, [b, a])] == [b]


async def test_the_index_finds_a_group_by_what_only_one_of_it_says(rt: Runtime) -> None:
    from directory.search.query import SearchQuery

    [a] = await say(rt, "A", clinic(description=""))
    await say(rt, "B", clinic(description="Rides on Wednesdays with zebras."))
    assert [match.id for match in rt.engine.search(SearchQuery("zebras")).matches] == [a]
    await shadow.rebuild(rt)
    assert [match.id for match in rt.engine.search(SearchQuery("zebras")).matches] == [a]


async def test_one_publishers_own_records_stay_apart(rt: Runtime) -> None:
    await say(rt, "A", clinic(), clinic(source_key="again"))
    assert await groups() == {}
    assert await pairs() == []


async def test_a_clinic_and_the_meetings_in_its_basement_are_four_listings(rt: Runtime) -> None:
    await say(rt, "A", clinic())
    meetings = [
        make_draft(source_key=f, name=f"{f} Hope", facets={"fellowship": (f,)}) for f in ("aa", "na", "al_anon")
    ]
    await say(rt, "B", *meetings)
    assert await groups() == {}
    assert len(rt.engine.ids()) == 4


async def test_a_clinic_that_fits_two_of_another_publisher_waits_for_a_person(rt: Runtime) -> None:
    await say(rt, "B", clinic(), clinic(source_key="twin"))
    await say(rt, "A", clinic())
    assert await groups() == {}
    assert [waits for _, _, _, waits, _ in await pairs()] == [True, True]


async def test_a_changed_listing_is_compared_again(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic())
    [b] = await say(rt, "B", clinic())
    moved = make_place(street="9 Faraway Road", city="Dayton", postal_code="45402", latitude=39.76, longitude=-84.19)
    await say(rt, "B", clinic(place=moved, phones=()))
    assert await groups() == {}
    assert rt.engine.ids() == {a, b}


async def test_a_retired_lead_leaves_its_group_and_the_next_answers(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic())
    [b] = await say(rt, "B", clinic())
    [c] = await say(rt, "C", clinic())
    await drop(rt, "A", "clinic")
    assert await groups() == {b: b, c: b}
    assert rt.engine.ids() == {b}
    await say(rt, "A", clinic())
    assert await groups() == {a: a, b: a, c: a}


async def test_no_place_is_lost_between_a_leads_closing_and_the_next_comparison(rt: Runtime) -> None:
    await say(rt, "A", clinic())
    [b] = await say(rt, "B", clinic())
    await Listing.filter(key="clinic", publisher__name="A").update(status="retired")
    assert [one.id async for one in public_listings.every(rt)] == [b]
    assert (await public_listings.get(rt, b)).draft.name == clinic().name
    await shadow.rebuild(rt)
    assert rt.engine.ids() == {b}


async def test_step_by_step_ends_as_all_at_once(both: Runtime) -> None:
    for publisher in "ABC":
        await say(both, publisher, clinic(), clinic(source_key="other", name=f"Cedar Point {publisher} Lodge"))
    stepwise = (await groups(), await pairs())
    await SamePair.all().delete()
    await SameMember.all().delete()
    await SameKey.all().delete()
    assert await compare_all() == 6
    assert (await groups(), await pairs()) == stepwise


async def test_nothing_changed_means_nothing_compared_and_nothing_logged(rt: Runtime) -> None:
    await say(rt, "A", clinic())
    await say(rt, "B", clinic())
    before = (await groups(), await pairs(), await Change.all().count())
    assert await compare_changed() == 0
    await compare_all()
    await follow(rt)
    assert (await groups(), await pairs(), await Change.all().count()) == before


async def test_what_grouping_logs_itself_is_stepped_over(rt: Runtime) -> None:
    await say(rt, "A", clinic())
    await say(rt, "B", clinic())
    newest = await Change.all().order_by("-id").first()
    assert newest
    assert newest.what == "linked"
    assert await compare_changed() == 0
    assert (await SameMark.get(id=1)).change_id == newest.id


async def test_what_too_many_share_tells_nothing(rt: Runtime, monkeypatch: object) -> None:
    monkeypatch.setattr(blocking, "MOST_SHARED", 1)  # type: ignore[attr-defined]
    await say(rt, "A", clinic())
    await say(rt, "B", clinic())
    assert await pairs() == []


async def test_check_tells_of_a_broken_group_and_all_mends_it(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic())
    [b] = await say(rt, "B", clinic())
    await SameMember.filter(listing_id=b).delete()
    assert "group" in (await queue.broken())[0]
    await compare_all()
    assert not await queue.broken()
    assert await groups() == {a: a, b: a}


def test_what_only_helps_comparing_does_not_ask_again_about_pairs_kept_apart() -> None:
    facts = facts_of(1, 1, clinic().as_dict())
    helped = replace(facts, called=(), joined=facts.names, own=facts.names, local=facts.names, genders=frozenset("x"))
    assert told_by_both(facts, facts) == told_by_both(helped, helped)
    assert told_by_both(facts, facts) != told_by_both(facts, replace(facts, phones=frozenset(["6145550199"])))
