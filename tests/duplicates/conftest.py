"""A directory with room for several publishers: on SQLite, and where the database matters on PostgreSQL too."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from directory.runtime import Runtime, opened
from directory.settings import Settings


@pytest.fixture
async def rt(tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home")), shared=True) as runtime:
        yield runtime


@pytest.fixture
async def both(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    """One after the other on both databases."""
    async with opened(Settings(home=str(tmp_path / "both"), database=database), shared=True) as runtime:
        yield runtime
