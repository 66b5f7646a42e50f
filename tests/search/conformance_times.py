"""What every engine promises about windows and the next occurrence (directory/search/query.py)."""

import random
from datetime import datetime, timedelta

from directory.schedule import meets_within, next_occurrence
from directory.search.query import Engine, SearchQuery, Window
from tests.search.world import NOW, Suite, doc, filled, found, ids, time

HOUR = 60


class TimesConformance(Suite):
    def test_a_window_finds_what_meets_or_is_open_within_it(self, engine: Engine) -> None:
        filled(
            engine,
            doc(1, times=(time(1, "18:30", "19:30"),)),
            doc(2, times=(time(1, "17:00", "18:00"),)),  # ends as the window begins
            doc(3, times=(time(1, "21:00", "22:00"),)),  # begins as it ends
            doc(4, times=(time(1, "08:00", "20:00"),)),  # open all day
            doc(5, times=(time(2, "18:30", "19:30"), time(1, "20:59", "22:00"))),
            doc(6, times=(time(3, "18:30", "19:30"),)),
            doc(7),
            doc(8, times=(time(1, "17:30"),)),  # no known end: an hour
        )
        assert found(engine, window=Window(1, 18 * HOUR, 21 * HOUR)) == {1, 4, 5, 8}

    def test_windows_and_times_cross_midnight_and_the_week(self, engine: Engine) -> None:
        filled(
            engine,
            doc(1, times=(time(6, "23:30", "00:30"),)),  # Saturday into Sunday
            doc(2, times=(time(0, "00:15", "01:00"),)),
            doc(3, times=(time(5, "22:00", "02:00"),)),  # Friday into Saturday
            doc(4, times=(time(6, "12:00", "13:00"),)),
        )
        assert found(engine, window=Window(6, 23 * HOUR, 25 * HOUR)) == {1, 2}
        assert found(engine, window=Window(0, 0, 10)) == {1}
        assert found(engine, window=Window(6, 60, 90)) == {3}
        assert found(engine, window=Window(6, 90, 90)) == {3}, "a window of no length is the minute it begins"

    def test_a_window_agrees_with_the_schedule_at_every_hour(self, engine: Engine) -> None:
        times = [time(day, start, end) for day in (0, 3, 6) for start, end in (("00:00", "24:00"), ("22:30", "01:15"))]
        times += [time(6, "23:00"), time(0, "00:00", "00:30")]
        filled(engine, *(doc(n, times=(one,)) for n, one in enumerate(times, 1)))
        for begins in range(0, 7 * 24 * HOUR, 97):
            window = Window(begins // 1440, begins % 1440, begins % 1440 + 45)
            expected = {
                n for n, one in enumerate(times, 1) if meets_within(one, window.weekday, window.start, window.end)
            }
            assert found(engine, window=window) == expected

    def test_soon_orders_by_the_next_occurrence(self, engine: Engine) -> None:
        filled(
            engine,
            doc(1, times=(time(3, "07:00", "08:00"),)),  # tomorrow morning
            doc(2, times=(time(2, "19:00", "20:00"),)),  # tonight
            doc(3),  # never
            doc(4, times=(time(2, "16:30", "17:30"),)),  # under way
            doc(5, times=(time(2, "16:00", "17:00"),)),  # just over: next week
            doc(6, times=(time(2, "16:00", "17:00", timezone="America/Los_Angeles"),)),  # seven in the evening here
            doc(7, times=(time(2, "18:00", "19:00", timezone=None),)),  # zone unknown: nobody can say
            doc(8, times=(time(2, "17:30", weeks=(3,)),)),  # only the third Tuesday
        )
        answer = engine.search(SearchQuery(sort="soon", now=NOW))
        assert ids(answer) == [4, 2, 6, 1, 5, 8, 3, 7]
        assert answer.matches[0].next == datetime.fromisoformat("2026-01-06T16:30-05:00")
        assert answer.matches[-1].next is None

    def test_what_is_under_way_comes_first_on_the_first_page(self, engine: Engine) -> None:
        under_way = (time(2, "16:30", "17:30"),)
        filled(engine, *(doc(n, times=(time(2, "17:05"),)) for n in range(1, 9)), doc(9, times=under_way))
        assert ids(engine.search(SearchQuery(sort="soon", now=NOW, limit=1))) == [9]

    def test_soon_pages_like_its_whole_list(self, engine: Engine) -> None:
        chance = random.Random(4)
        zones = ("America/New_York", "America/Denver", "Europe/Madrid")
        times = [
            (
                time(
                    chance.randrange(7),
                    f"{chance.randrange(24)}:{chance.randrange(60):02}",
                    timezone=chance.choice(zones),
                    weeks=chance.choice([(), (), (2,), (-1,)]),
                ),
            )
            for _ in range(60)
        ]
        filled(engine, *(doc(n, times=one) for n, one in enumerate(times, 1)))
        for now in (NOW, NOW.replace(month=3, day=7, hour=20)):  # the second: the night before summer time
            coming = {n: next_occurrence(one, now) for n, one in enumerate(times, 1)}
            order = sorted(coming, key=lambda n: (coming[n].start.timestamp(), n))  # type: ignore[union-attr]
            pages = [
                ids(engine.search(SearchQuery(sort="soon", now=now, limit=7, offset=at))) for at in range(0, 60, 7)
            ]
            assert [n for page in pages for n in page] == order

    def test_next_is_given_whenever_now_is(self, engine: Engine) -> None:
        filled(engine, doc(1, times=(time(2, "19:00", "20:00"),)))
        assert engine.search(SearchQuery(now=NOW)).matches[0].next == NOW + timedelta(hours=2)
        assert engine.search(SearchQuery()).matches[0].next is None
