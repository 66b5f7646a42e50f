"""A home of accounts on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from directory.runtime import Runtime, opened
from directory.settings import Settings


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Runtime]:
    """SQLite only, for what is the same in both."""
    async with opened(Settings(home=str(tmp_path / "home")), shared=True) as runtime:
        yield runtime
