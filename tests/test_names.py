"""Any part of a name or key finds a listing, whatever was added, edited or retired since; nothing else is found."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import byhand, names
from directory.models import Change, Listing
from directory.names import Names
from directory.runtime import Runtime, opened
from directory.settings import Settings
from tests.builders import make_draft


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


async def add(rt: Runtime, name: str) -> int:
    async with rt.alone():
        return await byhand.add(rt, make_draft(source_key=byhand.new_key(), name=name))


async def rename(rt: Runtime, number: int, name: str) -> None:
    async with rt.alone():
        row = await byhand.find(number)
        await byhand.change(rt, number, make_draft(source_key=row.key, name=name), byhand.version(row))


async def test_what_was_added_edited_and_retired_since_is_found_as_it_is_now(rt: Runtime) -> None:
    found = Names()
    assert await found.having("hill", 10) == []
    one, two = await add(rt, "Chapel Hill Steps"), await add(rt, "Árbol\nHouse")
    assert await found.having("HIL", 10) == [one]
    assert await found.having("ÁRBOL", 10) == await found.having("árbol house", 10) == [two]
    assert await found.having((await Listing.get(id=one)).key, 10) == [one]
    await rename(rt, one, "Elm")
    three = await add(rt, "Sandhills")
    assert await found.having("hill", 10) == [three]
    async with rt.alone():
        await byhand.retire_all(rt, [three], "closed")
    assert await found.having("hill", 10) == [three]
    assert await found.having("hand-", 2) is None
    assert await found.having("hand-", 3) == [one, two, three]


async def test_more_changes_than_are_mended_are_read_anew(rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "MANY", 2)
    monkeypatch.setattr(names, "STEP", 2)
    found = Names()
    assert await found.having("group", 10) == []
    numbers = [await add(rt, f"Group {n}") for n in range(5)]
    assert await found.having("group", 10) == numbers


async def test_a_check_that_shows_up_before_an_older_change_hides_nothing(rt: Runtime) -> None:
    """PostgreSQL may show change 900 while change 500 is still being written beside it."""
    found = Names()
    number = await add(rt, "Before")
    await Change.create(id=900, listing_id=number, what="checked")
    assert await found.having("before", 10) == [number]
    await Listing.filter(id=number).update(name="After")
    await Change.create(id=500, listing_id=number, what="edited")
    assert await found.having("after", 10) == [number]


lines = st.dictionaries(st.integers(1, 10**6), st.text(alphabet="abñ \t", max_size=6), max_size=12)


@given(lines, st.text(alphabet="abñ", min_size=1, max_size=3))
def test_it_finds_what_a_look_at_each_would_find(rows: dict[int, str], words: str) -> None:
    found = Names()
    found._set(names._lines((number, name, "k") for number, name in rows.items()))
    assert found._find(words, 100) == sorted(number for number, name in rows.items() if words in name)
    found._mend([(5, "ab", "k")])
    expected = {**rows, 5: "ab"}
    assert found._find(words, 100) == sorted(number for number, name in expected.items() if words in name)
