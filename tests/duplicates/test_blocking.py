"""Only listings of two publishers that share a key are worth comparing, and only keys that few share."""

import pytest

from directory.bulk import writing
from directory.duplicates import blocking
from directory.runtime import Runtime
from directory.same.models import SameKey
from tests.duplicates.world import clinic, say


async def test_pairs_of_two_publishers_that_share_a_key_are_found_once(both: Runtime) -> None:
    a, twin = await say(both, "A", clinic(), clinic(source_key="twin"))
    [b] = await say(both, "B", clinic())
    assert await blocking.candidates([b]) == {(a, b), (twin, b)}
    assert await blocking.candidates([a, twin, b]) == {(a, b), (twin, b)}
    assert await blocking.candidates([a], earlier=True) == set()
    assert await blocking.candidates([]) == set()


async def test_a_key_that_too_many_share_tells_nothing(both: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    [a] = await say(both, "A", clinic())
    [b] = await say(both, "B", clinic(name="Cedar Lodge", place=None))
    assert await blocking.candidates([b]) == {(a, b)}  # by their phone
    monkeypatch.setattr(blocking, "MOST_SHARED", 1)
    assert await blocking.candidates([b]) == set()


async def test_a_key_of_nobody_else_finds_nobody(both: Runtime) -> None:
    [a] = await say(both, "A", clinic())
    async with writing():
        await SameKey.all().delete()
        await SameKey.create(listing_id=a, key=7)
    assert await blocking.candidates([a]) == set()
