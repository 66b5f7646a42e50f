"""The spots a search looks at: every row that may answer, each found again where it stands."""

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from directory.search.columns import BLOCK
from directory.search.spots import AT_ONCE, Spots, beyond, blocks, chord, chords, to_miles
from directory.search.whoosh_engine import WhooshEngine
from tests.search.world import HERE, away, doc

SOME_BLOCKS = st.sets(st.integers(0, 40), min_size=1).map(sorted)
SOME_ROWS = st.sets(st.integers(0, 41 * BLOCK - 1)).map(sorted)


@given(SOME_BLOCKS, SOME_ROWS)
def test_a_row_looked_at_is_found_at_its_spot_and_no_other(some: list[int], rows: list[int]) -> None:
    (spots,) = Spots.of(np.array(some))
    at, places = spots.places(np.array(rows, np.uint32))
    assert np.array(rows)[at].tolist() == [row for row in rows if row // BLOCK in some]
    assert spots.rows(places).tolist() == np.array(rows)[at].tolist()


def test_many_blocks_are_looked_at_in_turn() -> None:
    wanted = np.arange(2 * AT_ONCE + 5)
    assert np.concatenate([spots.blocks for spots in Spots.of(wanted)]).tolist() == wanted.tolist()


def test_no_listing_within_the_radius_is_outside_the_blocks(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    far = [doc(number, **away(number / 4)) for number in range(1, 800)]
    nowhere = [doc(number, lat=None, lon=None, **more) for number, more in ((900, {}), (901, {"anywhere": True}))]
    engine.rebuild([*far, *nowhere], 1)
    snapshot = engine._snapshot()
    for radius in (0, 1, 10, 100):
        wanted = blocks(snapshot, HERE, radius)
        ids = snapshot.table.columns.ids.reshape(-1, BLOCK)[wanted].ravel().tolist()
        assert {*range(1, 4 * radius), 901} <= set(ids)
        assert len(ids) <= 4 * radius + 6 * BLOCK
    assert len(blocks(snapshot, None, 1)) == len(snapshot.table.live)


def test_distances_are_great_circles_and_nowhere_is_at_none(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.rebuild([doc(1, **away(3)), doc(2, **away(800)), doc(3, lat=None, lon=None, states=("OH",))], 1)
    snapshot = engine._snapshot()
    (spots,) = Spots.of(blocks(snapshot, HERE, 9000))
    at = np.flatnonzero(snapshot.table.alive)
    rows = spots.rows(at)
    miles = to_miles(chords(snapshot.table, spots, at, rows, HERE))
    found = dict(zip(snapshot.table.columns.ids[rows].tolist(), miles.tolist(), strict=True))
    assert abs(found[1] - 3) < 0.01
    assert abs(found[2] - 800) < 1
    assert np.isnan(found[3])
    assert to_miles(np.array([chord(25)]))[0] == 25
    outside = beyond(snapshot, spots, HERE)[at]
    assert snapshot.table.columns.ids[rows[outside]].tolist() == [3]
