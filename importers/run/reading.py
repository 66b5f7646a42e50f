"""Reads one feed to the end: every record becomes a listing, or is skipped, held or rejected with its reason."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from directory.listing import ListingDraft
from importers import addresses
from importers.opening import Unsound, open_feed
from importers.rows import Feed, Outcome, Reject, Row, text
from importers.run.folding import Result, distinct, folded
from importers.run.naming import licence_of, publisher_of
from importers.run.records import Ignored, Side, raw_records, spread_records
from importers.sniff import Fit, choose, side_fits, side_tables

EVERY = 200  # records between two words of progress


class Reading:
    """One feed, ready to be read; `columns`, `notes` and `checks` are complete once `results` ran to its end."""

    def __init__(
        self,
        fits: list[Fit],
        feed: Feed,
        unread: Sequence[str],
        progress: Callable[[int], None] | None = None,
        sides: Sequence[Side] = (),
    ) -> None:
        self.source, self.publisher = feed.source, feed.publisher
        self.encoding = fits[0].table.encoding
        self.notes: Counter[str] = Counter()
        self._fits, self._feed, self._unread, self._progress = fits, feed, unread, progress
        self._sides = sides
        self._from = fits[0].source
        self.licence = licence_of(fits, feed)
        self._columns: Counter[str] = Counter()
        self._filled: Counter[str] = Counter()
        self._read = self._listings = 0

    def let_in(self, everything: bool) -> None:
        """Whether services that have nothing to do with aftercare are read as well: the publisher's own setting."""
        self._feed = replace(self._feed, everything=everything)

    @property
    def columns(self) -> list[str]:
        """The columns that at least half of the records have."""
        return sorted(name for name, count in self._columns.items() if 2 * count >= self._read)

    @property
    def checks(self) -> dict[str, Any]:
        """The source's promises, and beside them what was measured: `filled` shares and all columns `seen`."""
        filled = {name: self._filled[name] / self._listings for name in self._fill} if self._listings else {}
        return {**self._from.facts.get("checks", {}), "filled": filled, "seen": sorted(self._columns)}

    @property
    def _fill(self) -> Mapping[str, float]:
        fill: Mapping[str, float] = self._from.facts.get("checks", {}).get("fill", {})
        return fill

    def results(self) -> Iterator[Result]:
        """Every record in the feed's order; Unreadable when the file turns out to be cut off or broken."""
        self.notes.clear()
        self.notes.update(f"not read: {name}" for name in self._unread)
        if self.encoding.endswith("damaged"):
            self.notes["letters are damaged: most of the file is UTF-8, some of it is not"] = 1
        self._columns.clear()
        self._filled.clear()
        self._read = self._listings = 0
        drafted = self._drafted()
        if (fold_key := self._from.hook("fold_key")) is not None:
            drafted = folded(list(drafted), fold_key, self._from.hook("fold"))
        for result in distinct(drafted):
            if result.draft is not None and not result.outcome:
                self._listings += 1
                self._filled.update(name for name in self._fill if _told(result.draft, name))
            yield result
        if self._progress:
            self._progress(self._read)

    def _drafted(self) -> Iterator[Result]:
        draft = self._from.module.draft
        ignore = Ignored(self._from)
        for number, record in enumerate(spread_records(self._fits, self._feed, self._sides), start=1):
            self._read = number
            if self._progress and number % EVERY == 0:
                self._progress(number)
            if isinstance(record, Unsound):
                yield Result(number, record.raw, None, record.outcome, record.reason, record.detail)
                continue
            self._columns.update(record.keys())
            ignore.learn(record)
            row = Row(number, record)
            result = self._one(row, draft)
            yield result
            self.notes.update(row.notes)
            if result.draft is not None:  # of a record that is no listing, no column was overlooked
                self.notes.update(f"column never used: {column}" for column in row.leftovers(ignore.names))

    def _one(self, row: Row, draft: Callable[..., ListingDraft]) -> Result:
        """One record never spoils another, whatever goes wrong with it."""
        try:
            made = draft(row, self._from.lookups, self._feed)
            if made.place:
                made = replace(made, place=replace(made.place, street=addresses.recased(made.place.street)))
            if problems := made.problems():
                raise Reject(problems[0], key=made.source_key)
        except Outcome as outcome:
            key = outcome.key or self._plain_key(row)
            return Result(row.number, row.raw, None, outcome.word or "rejected", outcome.reason, outcome.detail, key)
        except Exception as broken:
            detail = f"{type(broken).__name__}: {broken}"[:300]
            return Result(row.number, row.raw, None, "rejected", "could not be read", detail, self._plain_key(row))
        held = "held" if row.doubt else ""
        return Result(row.number, row.raw, made, held, row.doubt, row.why, made.source_key)

    def _plain_key(self, row: Row) -> str:
        """The key of a record whose draft was never made, where one column alone is the key."""
        named = self._from.facts.get("key", [])
        found = [text(row.raw.get(name)) for name in named]
        return next(filter(None, found), "") if len(named) == 1 else ""


def read_feed(
    paths: Sequence[Path],
    *,
    source: str = "",
    publisher: str = "",
    fellowship: str = "",
    timezone: str = "",
    state: str = "",
    mapping: Mapping[str, Any] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Open a feed and find who reads it; Unreadable in one sentence when nobody can."""
    opened = open_feed(paths)
    fits = choose(opened, source, mapping)
    chosen, main = fits[0].source, [fit.table for fit in fits]
    sides = list(side_fits(opened, chosen, main))
    joins = chosen.hook("joined") is not None  # it reads its side tables itself, as a stream
    feed = Feed(
        source=chosen.name,
        publisher=publisher,
        fellowship=fellowship,
        timezone=timezone,
        state=state,
        tables={} if joins else side_tables(sides),
        mapping=mapping or {},
    )
    if (survey := chosen.hook("survey")) is not None:  # may refuse the whole feed before any record of it is kept
        feed = replace(feed, known=survey(raw_records(fits, feed)))
    used = {table.name for table in [*main, *(table for _, table, _ in sides)]}
    unread = sorted({table.name for table in opened.tables} - used) + opened.passed_over
    feed = replace(feed, publisher=publisher or publisher_of(fits, feed, opened.name))
    return Reading(fits, feed, unread, progress, sides if joins else ())


def _told(draft: ListingDraft, name: str) -> bool:
    """Whether a field, "place.street" too, says anything."""
    value: Any = draft
    for part in name.split("."):
        value = getattr(value, part, None)
    return bool(value)
