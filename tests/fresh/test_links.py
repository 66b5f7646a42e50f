"""A link opens one listing until its day, cannot be made up or altered, and ends when a new one is made."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import keyfile
from directory.errors import NotFound
from directory.fresh import links
from directory.fresh.links import FILE, LinkOver, read, secrets, sign
from directory.models import Listing
from directory.runtime import Runtime, opened
from directory.settings import Settings
from tests.feeds import meetings
from tests.test_review import load

NOW = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)
TODAY, SECRET = NOW.date(), b"s" * 32


@given(st.integers(1, 2**31 - 1), st.integers(1, 10_000))
def test_a_link_says_its_listing_and_generation(listing: int, generation: int) -> None:
    assert read([SECRET], sign(SECRET, listing, generation, TODAY), TODAY) == (listing, generation)


def test_a_link_is_over_when_its_day_is() -> None:
    token = sign(SECRET, 7, 1, TODAY)
    assert read([SECRET], token, TODAY)
    with pytest.raises(LinkOver):
        read([SECRET], token, TODAY + timedelta(days=1))


@given(st.integers(0, 60), st.characters(codec="ascii"))
def test_one_other_character_and_it_opens_nothing(place: int, other: str) -> None:
    token = sign(SECRET, 7, 1, date(2027, 5, 5))
    at = place % len(token)
    if token[at] != other:
        with pytest.raises(LinkOver):
            read([SECRET], token[:at] + other + token[at + 1 :], TODAY)


@given(st.text(max_size=60))
def test_nothing_made_up_opens_anything(token: str) -> None:
    with pytest.raises(LinkOver):
        read([SECRET], token, TODAY)


def test_a_link_signed_with_an_older_key_opens_and_a_new_one_is_signed_with_the_last(tmp_path: Path) -> None:
    old = secrets(tmp_path)[-1]
    keyfile.add(tmp_path, FILE, TODAY)
    known = secrets(tmp_path)
    assert known[0] == old != known[-1]
    for one in known:
        assert read(known, sign(one, 7, 1, TODAY), TODAY) == (7, 1)
    with pytest.raises(LinkOver):
        read([old], sign(known[-1], 7, 1, TODAY), TODAY)


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        await load(runtime, tmp_path, meetings(12))
        yield runtime


async def test_a_new_link_ends_the_one_before_and_ending_ends_it(rt: Runtime) -> None:
    one = (await Listing.first().order_by("id")).id  # type: ignore[union-attr]
    first = await links.make(rt, one, NOW)
    assert await links.listing_of(rt, first, NOW) == one
    second = await links.make(rt, one, NOW)
    with pytest.raises(LinkOver):
        await links.listing_of(rt, first, NOW)
    assert await links.listing_of(rt, second, NOW + timedelta(days=364)) == one
    assert await links.end(one)
    assert not await links.end(one)
    with pytest.raises(LinkOver):
        await links.listing_of(rt, second, NOW)
    with pytest.raises(NotFound):
        await links.make(rt, 99_999, NOW)
