"""A link opens one listing until its day, cannot be made up or altered, and ends when a new one is made."""

import os
import stat
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import NotFound
from directory.fresh import links
from directory.fresh.links import LinkOver, key, read, sign
from directory.models import Listing
from directory.runtime import Runtime, opened
from directory.settings import Settings
from tests.feeds import meetings
from tests.test_review import load

NOW = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)
TODAY, SECRET = NOW.date(), b"s" * 32


@given(st.integers(1, 2**31 - 1), st.integers(1, 10_000))
def test_a_link_says_its_listing_and_generation(listing: int, generation: int) -> None:
    assert read(SECRET, sign(SECRET, listing, generation, TODAY), TODAY) == (listing, generation)


def test_a_link_is_over_when_its_day_is() -> None:
    token = sign(SECRET, 7, 1, TODAY)
    assert read(SECRET, token, TODAY)
    with pytest.raises(LinkOver):
        read(SECRET, token, TODAY + timedelta(days=1))


@given(st.integers(0, 60), st.characters(codec="ascii"))
def test_one_other_character_and_it_opens_nothing(place: int, other: str) -> None:
    token = sign(SECRET, 7, 1, date(2027, 5, 5))
    at = place % len(token)
    if token[at] != other:
        with pytest.raises(LinkOver):
            read(SECRET, token[:at] + other + token[at + 1 :], TODAY)


@given(st.text(max_size=60))
def test_nothing_made_up_opens_anything(token: str) -> None:
    with pytest.raises(LinkOver):
        read(SECRET, token, TODAY)


def test_another_home_has_another_key_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    assert key(first) == key(first) != key(second)
    assert stat.S_IMODE((first / "keys" / "program.key").stat().st_mode) == 0o600
    assert os.listdir(first / "keys") == ["program.key"]


def test_a_damaged_key_is_replaced_and_its_links_are_over(tmp_path: Path) -> None:
    key(tmp_path)
    (tmp_path / "keys" / "program.key").write_bytes(b"short")
    assert len(key(tmp_path)) == 32


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
