"""The wall clock says when a weekly time comes next as exactly as working it out, wherever it claims to be sure."""

from datetime import UTC, datetime
from math import inf, isclose
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from directory.schedule import WeeklyTime, next_occurrence
from directory.search.order import by_the_clock
from directory.search.spots import Spots
from tests.search.test_columns import part
from tests.search.test_evaluate import times
from tests.search.world import doc

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))


@given(found=st.lists(st.lists(times(), max_size=3), min_size=1, max_size=12), now=MOMENTS)
def test_what_is_sure_is_exact_and_the_rest_never_comes_sooner(found: list[list[WeeklyTime]], now: datetime) -> None:
    with TemporaryDirectory() as folder:
        columns = part(Path(folder), *(doc(n + 1, times=tuple(one)) for n, one in enumerate(found))).columns
        (spots,) = Spots.of(np.arange(len(columns) // 64))
        soonest, sure = by_the_clock(columns, spots, now, np.arange(len(found)))
    for at in range(len(found)):
        row = columns.ids[at] - 1
        coming = next_occurrence(found[row], now)
        minutes = (coming.start.astimezone(UTC) - now).total_seconds() / 60 if coming else inf
        if sure[at]:
            assert minutes == soonest[at] or isclose(minutes, soonest[at], abs_tol=1 / 60)
        else:
            assert minutes >= soonest[at] - 180


def test_a_time_of_certain_weeks_is_not_sure() -> None:
    with TemporaryDirectory() as folder:
        one = WeeklyTime(1, 600, 660, "America/New_York", every=2)
        columns = part(
            Path(folder), doc(1, times=(one,)), doc(2, times=(WeeklyTime(1, 600, 660, "America/New_York"),))
        ).columns
        (spots,) = Spots.of(np.arange(1))
        _, sure = by_the_clock(columns, spots, datetime(2026, 6, 1, tzinfo=UTC), np.arange(2))
    assert dict(zip(columns.ids.tolist(), sure.tolist(), strict=False)) == {1: False, 2: True}
