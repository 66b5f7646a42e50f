"""What goes into a segment comes out of it, in the order of its place."""

from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.schedule import WeeklyTime
from directory.search.builder import Builder
from directory.search.columns import NOBODY
from directory.search.segment import Part, opened
from tests.search.world import away, doc

TIMES = st.builds(
    WeeklyTime,
    weekday=st.integers(0, 6),
    start=st.integers(0, 1439),
    end=st.none(),
    timezone=st.sampled_from(["America/New_York", "America/Denver", None]),
    weeks=st.sampled_from([(), (1,), (2, 4), (-1,)]),
    every=st.sampled_from([1, 2]),
    valid_from=st.sampled_from([None, date(2026, 1, 5)]),
    valid_to=st.sampled_from([None, date(2026, 3, 1)]),
)
LISTED = st.lists(st.tuples(st.integers(1, 9), st.lists(TIMES, max_size=3)), min_size=1, max_size=12)


def times(part: Part) -> dict[int, list[WeeklyTime]]:
    ids = part.columns.ids
    return {int(ids[row]): part.columns.weekly(row) for row in range(len(ids)) if ids[row] != NOBODY}


@settings(max_examples=40, deadline=None)
@given(listed=LISTED)
def test_the_later_of_two_with_one_id_counts_with_its_times(
    listed: list[tuple[int, list[WeeklyTime]]], tmp_path_factory: object
) -> None:
    folder = tmp_path_factory.mktemp("segment")  # type: ignore[attr-defined]
    builder = Builder()
    for number, weekly in listed:
        builder.add(doc(number, f"Lantern {number}", times=tuple(weekly)))
    part = opened(folder, builder.write(folder))
    assert times(part) == {number: list(weekly) for number, weekly in listed}
    assert len(part.postings("lantern")[0]) == len(dict(listed))


def test_a_segment_of_nothing_can_be_opened(tmp_path: Path) -> None:
    part = opened(tmp_path, Builder().write(tmp_path))
    assert (len(part.columns.ids), len(part.postings("lantern")[0])) == (0, 0)


def test_merging_leaves_behind_what_is_gone_and_its_words(tmp_path: Path) -> None:
    first = Builder()
    for number in (1, 2, 3):
        first.add(doc(number, f"Lantern word{number}", facets={"format": (f"f{number}",)}, **away(number)))
    part = opened(tmp_path, first.write(tmp_path))
    live = (part.columns.ids != NOBODY) & (part.columns.ids != 2)
    merged = Builder()
    merged.add(doc(4, "Lantern word4"))
    merged.take(part, live)
    part = opened(tmp_path, merged.write(tmp_path))
    assert sorted(part.columns.ids[part.columns.ids != NOBODY].tolist()) == [1, 3, 4]
    assert [len(part.postings(word)[0]) for word in ("lantern", "word1", "word2", "word3", "word4")] == [3, 1, 0, 1, 1]
