"""Rows inserted without objects read back as if they had been objects."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tortoise.transactions import in_transaction

from directory.bulk import insert
from directory.models import Change
from directory.runtime import Runtime, opened
from directory.settings import Settings

NAMES = ("listing_id", "what", "batch_id", "before", "at")
AT = datetime(2026, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)
ROWS = [
    (1, "new", None, None, AT),
    (2, "changed", 7, {"name": "Ñandú “quoted” \\ ''", "miles": 0.1, "no": None, "list": [1, True]}, AT),
]


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


async def test_rows_read_back_as_the_objects_they_stand_for(rt: Runtime) -> None:
    await insert(Change, NAMES, ROWS)
    for values in ROWS:
        await Change.create(**dict(zip(NAMES, values, strict=True)))
    stored = await Change.all().order_by("id").values_list(*NAMES)
    assert [tuple(row) for row in stored] == ROWS + ROWS


async def test_nothing_stays_of_a_transaction_that_failed(rt: Runtime) -> None:
    async def fails() -> None:
        async with in_transaction():
            await insert(Change, NAMES, ROWS)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    await insert(Change, NAMES, [])
    assert await Change.all().count() == 0
