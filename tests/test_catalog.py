"""Placing and writing listings: real places know their zone, made-up pins do not."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from tortoise.transactions import in_transaction

from directory import catalog, public_listings
from directory.geo import Locator
from directory.listing import Area, ListingDraft, Online, Place
from directory.models import Change, Listing, Publisher
from directory.runtime import Runtime, opened
from directory.schedule import WeeklyTime
from directory.settings import Settings
from directory.shadow import catch_up, document
from directory.vocab import Kind, Modality
from tests.builders import make_draft


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


@pytest.fixture(scope="module")
def locator() -> Locator:
    return Locator()


def entry(draft: ListingDraft) -> catalog.Entry:
    return catalog.Entry(draft.source_key, draft, draft.fingerprint(), draft.fingerprint())


async def save(rt: Runtime, *drafts: ListingDraft) -> None:
    publisher, _ = await Publisher.get_or_create(name="Invented", defaults={"source": "meeting-guide"})
    async with in_transaction():
        await catalog.save(rt, publisher, [entry(draft) for draft in drafts])
    await catch_up(rt)


async def test_a_saved_listing_is_public_found_and_logged_once(rt: Runtime) -> None:
    await save(rt, make_draft(source_key="a"))
    row = await Listing.get(key="a")
    assert (await public_listings.get(rt, row.id)).draft.name == make_draft().name
    assert rt.engine.ids() == {row.id}
    assert await Change.filter(listing_id=row.id).count() == 1


def test_a_place_without_a_point_gets_its_zips_and_is_marked_approximate(locator: Locator) -> None:
    placed = catalog.placed(
        make_draft(place=Place(street="1 Example St", city="Columbus", state="OH", postal_code="43215")), locator
    )
    assert placed.place is not None
    assert placed.place.located
    assert placed.place.approximate
    assert placed.place.walkable  # the street is real, only the pin is not
    assert placed.place.timezone == "America/New_York"


def test_times_take_the_zone_of_a_real_place_before_the_publishers(locator: Locator) -> None:
    draft = make_draft(
        place=Place(city="Chicago", state="IL", postal_code="60601", street="1 Example St"), times=(WeeklyTime(1, 600),)
    )
    assert catalog.placed(draft, locator, "America/New_York").times[0].timezone == "America/Chicago"


def test_an_online_meetings_made_up_pin_does_not_decide_its_zone(locator: Locator) -> None:
    draft = make_draft(
        modality=Modality.ONLINE,
        place=Place(city="Chicago", state="IL", approximate=True),
        online=Online(url="https://meet.example.org/j/1"),
        times=(WeeklyTime(1, 600),),
    )
    assert catalog.placed(draft, locator, "America/Los_Angeles").times[0].timezone == "America/Los_Angeles"


def test_a_zone_named_by_the_record_always_stands(locator: Locator) -> None:
    draft = make_draft(times=(WeeklyTime(1, 600, timezone="Pacific/Honolulu"),))
    assert catalog.placed(draft, locator, "America/Chicago").times[0].timezone == "Pacific/Honolulu"


def test_the_index_never_learns_a_confidential_pin(locator: Locator) -> None:
    exact = Place(
        street="9 Hidden Way",
        city="Columbus",
        state="OH",
        latitude=39.9612345,
        longitude=-83.0012345,
        confidential=True,
    )
    found = document(1, make_draft(place=exact), locator)
    assert (found.lat, found.lon) != (exact.latitude, exact.longitude)
    assert found.lat is not None
    assert "Hidden" not in " ".join((found.name, found.description, found.categories, found.city))


def test_a_hybrid_is_found_by_those_who_want_either(locator: Locator) -> None:
    draft = replace(make_draft(), modality=Modality.HYBRID)
    assert set(document(1, draft, locator).facets["modality"]) == {"hybrid", "in_person", "online"}


def test_whoever_must_be_gone_to_is_never_shown_to_the_whole_country(locator: Locator) -> None:
    """A town that we cannot find is somewhere in its state; one abroad is nowhere near anybody here."""
    unknown = make_draft(place=Place(city="Nosuchtown", state="OH"))
    abroad = make_draft(place=Place(city="Leeds", country="GB"))
    edmonton = make_draft(place=Place(street="10728 124 St NW", city="Edmonton", state="AB", country="CA"))
    seen = [document(1, draft, locator) for draft in (unknown, abroad, edmonton)]
    assert [(one.anywhere, one.states) for one in seen] == [(False, ("OH",)), (False, ()), (False, ("AB",))]


def test_a_hybrid_meeting_that_cannot_be_placed_can_be_joined_from_anywhere(locator: Locator) -> None:
    hybrid = make_draft(
        modality=Modality.HYBRID, place=Place(city="Leeds", country="GB"), online=Online("https://meet.example.org/1")
    )
    assert document(1, hybrid, locator).anywhere


def test_a_phone_service_without_a_place_can_be_reached_from_anywhere(locator: Locator) -> None:
    draft = make_draft(kind=Kind.COMMUNITY_SERVICE, modality=Modality.PHONE, place=None)
    assert document(1, draft, locator).anywhere


def test_a_line_for_one_county_is_not_offered_to_the_whole_country(locator: Locator) -> None:
    line = make_draft(modality=Modality.PHONE, place=None, area=Area(counties=("FL:Brevard",)))
    found = document(1, line, locator)
    assert (found.anywhere, found.counties) == (False, ("FL:Brevard",))
    national = document(1, replace(line, area=Area(nationwide=True)), locator)
    assert (national.anywhere, national.nationwide) == (True, True)
    unsure = document(1, replace(line, area=Area(words="Brevard and nearby")), locator)
    assert unsure.anywhere


def test_long_keys_stay_apart() -> None:
    one, two = "k" * 400 + "a", "k" * 400 + "b"
    assert catalog.fitting_key(one) != catalog.fitting_key(two)
    assert len(catalog.fitting_key(one)) <= catalog.KEY_LENGTH
    assert catalog.fitting_key("short") == "short"
