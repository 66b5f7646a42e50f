"""A list kept under a random code: opened and deleted by the code alone, over after thirty days, nothing else kept."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import BadQuestion
from directory.handoff import kept
from directory.handoff.models import KeptList
from directory.handoff.values import Options
from directory.runtime import Runtime, opened
from directory.settings import Settings

NOW = datetime(2026, 5, 5, 16, 7, 31, tzinfo=UTC)
SPANISH = Options(language="es", large_print=True, discreet=True, paper="a4", medicines=("methadone",))
NUMBERS = st.integers(0, 2**128 - 1)


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with its tables: to copy one takes no time."""
    home = tmp_path_factory.mktemp("kept") / "home"

    async def make() -> None:
        async with opened(Settings(home=str(home))):
            pass

    asyncio.run(make())
    return home


@pytest.fixture
async def small(empty: Path, tmp_path: Path) -> AsyncIterator[Runtime]:
    """SQLite only, for what is the same in both."""
    home = Path(shutil.copytree(empty, tmp_path / "copy"))
    async with opened(Settings(home=str(home)), shared=True) as runtime:
        yield runtime


async def test_a_list_opens_with_its_code_in_the_order_and_the_look_chosen_until_it_is_deleted(rt: Runtime) -> None:
    code, other = [await kept.keep(rt, [7, 3, 7, 12], SPANISH, NOW) for _ in range(2)]
    found = await kept.kept(rt, code, NOW)
    assert found is not None
    assert found.listing_ids == (7, 3, 12)
    assert found.options == Options(language="es", large_print=True, discreet=True)
    assert sorted(await asyncio.gather(kept.forget(rt, code), kept.forget(rt, code))) == [False, True]
    assert await kept.kept(rt, code, NOW) is None
    assert await kept.kept(rt, other, NOW)


async def test_nothing_but_the_places_the_look_and_the_day_it_ends_is_stored(rt: Runtime) -> None:
    code = await kept.keep(rt, [7, 3], SPANISH, NOW)
    connection = KeptList._choose_db()
    row = dict((await connection.execute_query_dict("SELECT * FROM kept_list"))[0])
    assert set(row) == {"code", "listing_ids", "language", "large_print", "discreet", "ends_on"}
    assert json.loads(row["listing_ids"]) == [7, 3]
    assert str(row["ends_on"]) == "2026-06-04"
    told = str(row)
    assert code not in told
    assert code.replace("-", "") not in told
    assert not any(word in told for word in ("methadone", "letter", "16:07"))


async def test_a_list_is_over_after_thirty_days_at_the_latest(small: Runtime) -> None:
    code = await kept.keep(small, [1], Options(), NOW)
    last = datetime(2026, 6, 3, 23, 59, 59, tzinfo=UTC)
    assert await kept.kept(small, code, last)
    assert await kept.kept(small, code, NOW + timedelta(days=30)) is None
    assert await kept.kept(small, code, last + timedelta(seconds=1)) is None


async def test_a_purge_deletes_what_is_over_and_nothing_else(small: Runtime) -> None:
    await kept.keep(small, [1], Options(), NOW - timedelta(days=31))
    await kept.keep(small, [2], Options(), NOW - timedelta(days=30))
    live = await kept.keep(small, [3], Options(), NOW - timedelta(days=29))
    assert await kept.purge(NOW) == 2
    assert await kept.purge(NOW) == 0
    assert await kept.kept(small, live, NOW)


async def test_the_server_purges_as_soon_as_it_starts(small: Runtime) -> None:
    await kept.keep(small, [1], Options(), datetime.now(UTC) - timedelta(days=40))
    task = asyncio.create_task(kept.purge_daily())
    for _ in range(500):
        if not await KeptList.all().count():
            break
        await asyncio.sleep(0)
    task.cancel()
    assert await KeptList.all().count() == 0


@pytest.mark.parametrize("ids", [[], list(range(1, 42))], ids=["none", "too many"])
async def test_a_list_of_no_place_or_of_too_many_is_refused_and_nothing_kept(small: Runtime, ids: list[int]) -> None:
    with pytest.raises(BadQuestion):
        await kept.keep(small, ids, Options(), NOW)
    assert await KeptList.all().count() == 0


async def test_no_two_lists_share_a_code_and_a_code_has_128_bits(
    small: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = kept.randbits
    monkeypatch.setattr(kept, "randbits", lambda bits: asked.append(bits) or real(bits))
    codes = {await kept.keep(small, [1], Options(), NOW) for _ in range(20)}
    assert len(codes) == 20
    assert set(asked) == {128}


@pytest.mark.parametrize("typed", ["", "unknown", "é" * 26, "\0" * 26, "0" * 25, "Z" * 26, "0" * 100_000, "%27--"])
async def test_what_can_be_no_code_opens_nothing(small: Runtime, typed: str) -> None:
    await kept.keep(small, [1], Options(), NOW)
    assert kept.read(typed) == ""
    assert await kept.kept(small, typed, NOW) is None
    assert not await kept.forget(small, typed)


@given(NUMBERS)
def test_a_code_is_read_back_from_paper_however_it_is_typed(number: int) -> None:
    code = kept.written(number)
    assert kept.read(code) == code
    plain = code.replace("-", "")
    assert len(plain) == 26
    assert not set(plain) & set("ILOU")
    typed = plain.lower().replace("0", "o").replace("1", "l")
    for form in (plain, code.lower(), f" {code} ", code.replace("-", "–"), code.replace("-", " "), typed):
        assert kept.read(form) == code
    assert kept.read(plain.replace("1", "I").replace("V", "U")) == code


@given(NUMBERS, NUMBERS)
def test_two_codes_are_never_read_as_one(one: int, other: int) -> None:
    assert (kept.read(kept.written(one)) == kept.read(kept.written(other))) is (one == other)


@given(st.text(max_size=300))
def test_any_text_is_read_as_a_whole_code_or_as_none(text: str) -> None:
    found = kept.read(text)
    assert found == "" or kept.read(found) == found


def test_a_list_ends_when_its_day_begins_in_utc() -> None:
    one = kept.Kept((1,), Options(), date(2026, 6, 4))
    assert one.ends_at == datetime(2026, 6, 4, tzinfo=UTC)
    assert replace(one, ends_on=date(2026, 6, 5)).ends_at > one.ends_at
