"""Opening hours and meeting times as people type them: "Tue 7pm; 1st & 3rd Thu 7:30-8:30 PM", "M-F 9 to 5".

What is not certain is not a time: "Tue 7" may be morning or evening, so its words are kept as a note instead.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from directory.schedule import WeeklyTime
from importers import clean

DAY = 1440
LONGEST = 16 * 60  # minutes open over midnight: "7:00pm to 3:30pm" is a slip of the pen
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
_GROUPS = {
    "daily": range(7), "every day": range(7), "everyday": range(7), "7 days a week": range(7), "7 days": range(7),
    "weekdays": range(1, 6), "weekday": range(1, 6), "weekends": (0, 6), "weekend": (0, 6), "mwf": (1, 3, 5),
    "tth": (2, 4), "mtwthf": range(1, 6), "m-f": range(1, 6), "m–f": range(1, 6), "m - f": range(1, 6),
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<always>\b24\s*/\s*7\b|\bopen 24 hours\b"
    r"|\b24[ -]?h(?:ou)?rs?\b\.?(?:\s?/?\s?(?:(?:a|per) )?day\b| daily)?"
    r"(?:\s?[,/;&]?\s?(?:7|seven)\s?days(?:\s?/?\s?(?:(?:a|per) )?w(?:ee)?k\b)?)?"
    r"(?!\W+(?:notice|(?:in )?advance|ahead|before|prior|hot ?line|help ?line|crisis|emergency|on[- ]?call|after)))"
    r"|(?P<group>\b(?:" + "|".join(sorted(map(re.escape, _GROUPS), key=len, reverse=True)) + r")\b)"
    r"|(?P<other>\bevery other(?: week on)?\b|\balternate\b|\bbi-?weekly\b)"
    r"|(?P<ordinal>\b(?:" + "|".join(_ORDINALS) + r")\b)"
    r"|(?P<closed>\bclosed\b)"
    r"|(?P<appointment>\bby (?:appointment|appt)\.?(?: only)?|\bappointment (?:only|required)\b"
    r"|\bcall for an appointment\b)"
    r"|(?P<day>\b(?:sun|mon|tues?|weds?|wednes|thu(?:rs?)?|fri|sat(?:ur)?)(?:day)?s?\b\.?"
    r"|\b(?:m|t|w|th|r|f|sa|su|tu|we|fr|mo)\b)"
    r"|(?P<clock>\b(?:noon|midnight)\b|\b\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?\s?m?\b\.?)?"
    r"|\b\d{1,2}\s*(?:[ap]\.?\s?m\b\.?|[ap]\b)|\b\d{1,2}\b(?!\s*(?:st|nd|rd|th)\b))"
    r"|(?P<zone>\b(?:[ecmp][sd]?t|eastern|central|mountain|pacific)(?:\s+(?:standard |daylight )?time)?\b)"
    r"|(?P<dash>-|–|—|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b)"
    r"|(?P<stop>;|\n|\|)"
    r"|(?P<filler>[\s,&:().@/+]+|\band\b|\bat\b|\bfrom\b|\bof (?:the|each|every) month\b|\bof (?:the )?month\b"
    r"|\bmonthly\b"
    r"|\bevery\b|\beach\b|\bon\b|\bhours?\b|\bopen\b|\bweekly\b|\bthe\b|\bmeets\b)",
    re.I,
)
_APART = re.compile(r"(?<=\d)\s*:\s+(?=\d\d\b)|(?<=\d)\s+:(?=\d\d\b)")  # "5 :00 pm"
_LABELLED = re.compile(r"^\W*hours(?: of operation)?\s*:\s*(\S[^\n]{3,200})$", re.I | re.M)
_ALSO_THEN = re.compile(r"\b(?:or|and|also|&)\s+by app", re.I)  # "9 to 5, or by appointment": nobody needs one
_DENIES = re.compile(r"\b(?:no|not|never|cancel\w*|suspend\w*)\b", re.I)
_LETTERS = {"m": 1, "t": 2, "tu": 2, "w": 3, "we": 3, "th": 4, "r": 4, "f": 5, "fr": 5, "sa": 6, "su": 0, "mo": 1}
_ZONES = {"e": "America/New_York", "c": "America/Chicago", "m": "America/Denver", "p": "America/Los_Angeles"}


@dataclass
class Read:
    """Times found; `whole` is False when some of the words could not be turned into times."""

    times: list[WeeklyTime] = field(default_factory=list)
    by_appointment: bool = False
    whole: bool = True


@dataclass
class _State:
    days: list[int] = field(default_factory=list)
    weeks: list[int] = field(default_factory=list)
    alternate: bool = False
    told: bool = False  # the days already have a time: the next day begins anew
    dash: bool = False  # a range is open
    closed: bool = False
    clock: str = ""  # a first clock waits for its end, or for the next token


class _Reader:
    def __init__(self, days: Iterable[int], zone: str | None, weeks: Iterable[int] = ()) -> None:
        self.preset, self.preset_weeks, self.zone = list(days), list(weeks), zone
        self.state = self._fresh()
        self.found = Read()
        self.military = False
        self.waiting: list[tuple[int, int | None]] = []  # clocks said before their day: "7pm Tuesdays"
        self.bare = False
        self.unsaid = False  # "Sat 0:00 - 0:00": how machines write a day without hours, and some a day of 24

    def _fresh(self) -> _State:
        return _State(days=list(self.preset), weeks=list(self.preset_weeks))

    def read(self, text: str) -> Read:
        self.military = bool(re.search(r"\b(?:0\d|1[3-9]|2[0-4]):\d\d\b(?!\s*[ap])", text, re.I))
        at = 0
        unread = []
        for match in _TOKEN.finditer(text):
            unread.append(text[at : match.start()].strip())
            at = match.end()
            kind = match.lastgroup or ""
            if kind != "filler":
                getattr(self, f"_{kind}")(match[0].casefold().strip(" ."))
        self._stop("")
        unread.append(text[at:].strip())
        if any(_DENIES.search(words) for words in unread):
            self.found.times = []  # "no meeting Mon 7pm"
        self.found.whole &= not any(unread) and not self.bare and not (self.unsaid and not self.found.times)
        return self.found

    def _always(self, _: str) -> None:
        days = self.state.days if self.state.days and not self.state.told else range(7)
        self.found.times += [WeeklyTime(day, 0, DAY, self.zone) for day in days]
        self.state.told = True

    def _group(self, word: str) -> None:
        self._next()
        self.state.days += [day for day in _GROUPS[word] if day not in self.state.days]

    def _other(self, _: str) -> None:
        self._next()
        self.state.alternate = True

    def _ordinal(self, word: str) -> None:
        if self.state.told or (self.state.days and not self.preset):
            closed = self.state.closed
            self._next(anew=True)
            self.state.closed = closed
        self.state.weeks.append(_ORDINALS[word])

    def _closed(self, _: str) -> None:
        self._emit()
        self.state.closed = True  # "Closed Sunday" and "Sunday: closed" alike
        self.state.told = True

    def _appointment(self, _: str) -> None:
        self.found.by_appointment = True
        self.state.told = True

    def _day(self, word: str) -> None:
        day = _LETTERS.get(word)
        day = clean.weekday(word.rstrip("s") if len(word) > 5 else word) if day is None else day
        day = clean.weekday(word[:3]) if day is None else day
        if day is None:
            self.found.whole = False
        elif self.state.dash and self.state.days and not self.state.told and not self.state.clock:
            last = self.state.days[-1]
            self.state.days += [(last + step) % 7 for step in range(1, (day - last) % 7 + 1)]
            self.state.dash = False
        else:
            self._next()
            self.state.days.append(day)

    def _clock(self, word: str) -> None:
        if self.state.clock and self.state.dash:
            self._emit(word)
        else:
            self._emit()
            self.state.clock = word
        self.state.dash = False

    def _zone(self, word: str) -> None:
        self._emit()
        if self.found.times:
            zone = _ZONES[word[0]]
            self.found.times = [WeeklyTime(t.weekday, t.start, t.end, zone, t.weeks, t.every) for t in self.found.times]

    def _dash(self, _: str) -> None:
        self.state.dash = True

    def _stop(self, _: str) -> None:
        self._emit()
        self._flush()
        if self.state.days and not self.state.told and not self.preset:
            self.bare = True  # days without a time as yet: "Monday - Friday; 8:00 am - 5:00 pm"
        if self.state.told:
            self.state = self._fresh()

    def _next(self, anew: bool = False) -> None:
        """A day follows: what came before is finished, and a day that already has its time does not get another."""
        self._emit()
        self.found.whole &= not self.bare  # a day of which no time was said
        self.bare = False
        if (self.state.told and not self.state.closed) or anew:
            self.state = self._fresh()
        elif self.state.closed:
            self.state = _State(closed=True, told=True)

    def _emit(self, end: str = "") -> None:
        start, self.state.clock = self.state.clock, ""
        if not start:
            return
        if self.state.closed and self.state.days and not end:  # "closed the 2nd Thursday at 2:30pm" opens nothing
            self.found.whole = False
            return
        if _unsaid(start) and _unsaid(end):  # beside other days' hours it opens nothing; alone it may mean either
            self.unsaid = self.state.told = True
            return
        span = _span(start, end, self.military)
        if self.waiting and self.state.days:
            self._flush()
            self.state = self._fresh()
        if span is not None and not self.state.days:
            self.waiting.append(span)
        else:
            self._add(span)

    def _flush(self) -> None:
        for span in self.waiting:
            self._add(span)
        self.waiting = []

    def _add(self, span: tuple[int, int | None] | None) -> None:
        self.state.told = True
        self.bare = False
        if span is None or not self.state.days or self.state.alternate:
            self.found.whole = False
            return
        self.state.closed = False
        weeks = tuple(sorted(set(self.state.weeks), key=lambda week: (week < 0, week)))
        self.found.times += [
            WeeklyTime((day + span[0] // DAY) % 7, span[0] % DAY, span[1], self.zone, weeks) for day in self.state.days
        ]


def read(text: str, days: Iterable[int] = (), zone: str | None = None, weeks: Iterable[int] = ()) -> Read:
    """Times in a text; `days` are those of a weekday column, for a text of clocks alone."""
    found = _Reader(days, zone, weeks).read(_APART.sub(":", text))
    found.times = list(dict.fromkeys(found.times))
    found.whole &= not _doubtful(found.times)
    found.by_appointment &= not (found.times and _ALSO_THEN.search(text))
    return found


def told_in(prose: str) -> Read:
    """The one line of a longer text that begins with "Hours:", where all of it is certain; else nothing."""
    lines = _LABELLED.findall(prose)
    found = read(lines[0]) if len(lines) == 1 else Read()
    return found if found.whole and found.times else Read()


def _doubtful(times: list[WeeklyTime]) -> bool:
    """Two ends of one beginning ("M-F 8am-6pm. M-F 8am-7pm"), or a day that ends late on the next."""
    begun = [(time.weekday, time.start, time.weeks, time.timezone) for time in times]
    long = (time.end is not None and time.end > DAY and time.end - time.start > LONGEST for time in times)
    return len(set(begun)) < len(begun) or any(long)


def weeks_of(text: str) -> tuple[tuple[int, ...], bool]:
    """Weeks of the month that a column names ("1st & 3rd", "last"), and whether all of it was understood."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    found = {_ORDINALS.get(word, int(word) if word in ("1", "2", "3", "4", "5") else 0) for word in words}
    known = set(_ORDINALS) | set("12345") | {"and", "of", "the", "month", "every", "week", "weekly", "each", "all"}
    return tuple(sorted(found - {0}, key=lambda week: (week < 0, week))), set(words) <= known


def _span(start: str, end: str, military: bool) -> tuple[int, int | None] | None:
    """Minutes from the day's midnight, the end past 1440 when it is over after midnight; None when not certain."""
    begins, ends = _half(start), _half(end)
    first, last = _minutes(start, begins), _minutes(end, ends) if end else None
    if first is None or (end and last is None):
        return None
    if end and last is not None and not begins and ends:
        first, last = _share_half(first, last)
    elif not begins and not military and not _plain_24(start):
        if last is None or ends or last >= first:
            return None  # "7" or "7-8": morning or evening, nobody knows
        last += DAY // 2  # "9-5" can only be one thing
    elif begins and end and not ends and last is not None and not military:
        last = last if last > first else last + DAY // 2
        last = last if last > first else last + DAY // 2
    if last is not None and last <= first:
        last += DAY
    return first, last


def _share_half(first: int, last: int) -> tuple[int, int]:
    """ "7-8:30pm" begins in the evening too, "10-2pm" in the morning."""
    later = first % (DAY // 2) + (DAY // 2 if last >= DAY // 2 else 0)
    return (later if later < last else first % (DAY // 2)), last


def _half(word: str) -> str:
    if word in ("noon", "midnight"):
        return word
    found = re.search(r"([ap])\.?\s?m?$", word)
    return found[1] if found else ""


def _unsaid(word: str) -> bool:
    return bool(re.fullmatch(r"0?0:00(?::00)?", word))


def _plain_24(word: str) -> bool:
    return bool(re.match(r"(?:0\d|1[3-9]|2[0-4]):\d\d|\d\d:\d\d:\d\d", word))


def _minutes(word: str, half: str) -> int | None:
    """An hour alone is read here: `clean.clock` rightly refuses a bare number."""
    bare = re.fullmatch(r"(\d{1,2})", word)
    if bare:
        return int(bare[1]) * 60 if int(bare[1]) < 24 else None
    return clean.clock(
        re.sub(r"[\s.]", "", word) + ("m" if half in ("a", "p") and not word.rstrip(".").endswith("m") else "")
    )
