"""One reading compared with what the directory holds, record by record, with every record accounted for."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from directory.answers import LEAVE, Answers, answers_of, vanished
from directory.bulk import insert
from directory.catalog import Known, fitting_key, known
from directory.listing import fingerprint
from directory.models import Batch, Publisher, SourceRecord
from importers.checks import held_back
from importers.run import Reading, Result

CHUNK = 500
NAME_LENGTH = 200  # of a publisher
NOTES = 50  # kinds of note that a batch keeps
RECORD = (
    "batch_id",
    "number",
    "key",
    "outcome",
    "reason",
    "detail",
    "words",
    "draft",
    "kind",
    "name",
    "decision",
    "applied",
)
EDITED = "changed at the source after a person edited it"
UNDO = "undo"  # the source of a batch that undoes another
BACK = "in the feed although a person closed or edited it"
GONE = "no longer in the feed"
LEFT = "a person left it out, and the source says the same"
NAMED = (
    "name",
    "meeting_name",
    "name1",
    "title",
    "PublicName",
    "CommitteeName",
)  # columns whose words a record is found by when it has no draft


# a SourceRecord's number … decision
Kept = tuple[int, str, str, str, str, dict[str, Any], dict[str, Any] | None, str, str, str]


class Staging:
    """Compares one reading with what the directory holds, record by record, and keeps the account."""

    def __init__(self, publisher: Publisher, before: dict[str, Known], answers: Answers | None = None) -> None:
        self.publisher, self.before, self.answers = publisher, before, answers or {}
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.placed = 0
        self._kept: set[str] = set()  # keys that are still in the feed, readable or not
        self._closed: dict[str, str] = {}  # key -> why the feed itself says it is not listed

    def compare(self, result: Result) -> Kept | None:
        """The record to keep of it; None for a listing that says the same as before."""
        key, outcome, reason = fitting_key(result.key), result.outcome, result.reason
        reread = False
        draft = result.draft.as_dict() if result.draft else None
        if result.draft is not None and draft is not None and (not outcome or self._accepted(key, draft, result)):
            outcome, reread = self._against(self.before.get(key), draft, result.raw)
            reason = "" if outcome != "held" else EDITED if self.before[key].active else BACK
            self.kinds[result.draft.kind.value] += 1
            self.placed += bool(result.draft.place and (result.draft.place.located or result.draft.place.postal_code))
        decision = ""
        if key in self.answers and outcome not in ("same", "skipped"):
            outcome, reason, decision = self._answered(key, outcome, reason, result.raw)
        self.counts["read"] += 1
        self.counts[outcome] += 1
        if reason:
            self.reasons[reason] += 1
        if outcome == "skipped":
            self._closed.setdefault(key, reason)
        else:
            self._kept.add(key)
        if outcome == "same" and not reread:
            return None
        kind = result.draft.kind.value if result.draft else ""
        name = result.draft.name if result.draft else _named(result.raw)
        told = (outcome, reason[:200], result.detail, result.raw, draft, kind, name[:120], decision)
        return (result.number, key, *told)

    def _answered(self, key: str, outcome: str, reason: str, raw: dict[str, Any]) -> tuple[str, str, str]:
        """An answer holds while the source says the same: outcome, reason and the decision that stands."""
        said, old = fingerprint(raw), self.before.get(key)
        decision = self.answers[key].get(said, "")
        if decision == LEAVE and outcome in ("new", "changed"):
            return "held", LEFT, decision
        if decision and outcome in ("held", "rejected") and old is not None and old.active and old.raw_said == said:
            return "same", "", ""  # a person has read it for us before
        return outcome, reason, decision

    def _accepted(self, key: str, draft: dict[str, Any], result: Result) -> bool:
        """A person accepted this reading in spite of its doubt, and the source still says the same."""
        old = self.before.get(key)
        if result.outcome != "held" or old is None or not old.active:
            return False
        return old.said == said(draft, self.publisher) or old.raw_said == fingerprint(result.raw)

    def _against(self, old: Known | None, draft: dict[str, Any], raw: dict[str, Any]) -> tuple[str, bool]:
        if old is None:
            return "new", False
        if not old.active:
            return ("held" if old.edited else "changed"), False
        if old.said == said(draft, self.publisher):
            return "same", False
        if old.raw_said == fingerprint(raw):
            return "same", not old.edited
        return ("held" if old.edited else "changed"), False

    def gone(self) -> list[Kept]:
        return [
            (0, key, "gone", self._closed.get(key, GONE)[:200], "", {}, None, "", key[:120], self._let_go(key, old))
            for key, old in self.before.items()
            if old.active and key not in self._kept
        ]

    def _let_go(self, key: str, old: Known) -> str:
        return self.answers.get(key, {}).get(vanished(old.raw_said), "")


def _named(raw: dict[str, Any]) -> str:
    found = (raw.get(name) for name in NAMED)
    return next((" ".join(word.split()) for word in found if isinstance(word, str) and word.strip()), "")


def said(draft: dict[str, Any], publisher: Publisher) -> str:
    """What the source says (a draft's plain values), with the publisher's zone that its times are read in."""
    return fingerprint({"draft": fingerprint(draft), "zone": publisher.timezone})


async def publisher_for(
    reading: Reading, *, fellowship: str, timezone: str, state: str, everything: bool | None = None, dry_run: bool
) -> Publisher:
    """The publisher's row, made or brought up to date with what the operator says; None: `everything` stays."""
    facts = {"fellowship": fellowship, "timezone": timezone, "state": state, "licence": reading.licence}
    given: dict[str, Any] = {name: value for name, value in facts.items() if value}
    given |= {} if everything is None else {"everything": everything}
    name = _fitting_name(reading.publisher)
    publisher = await Publisher.get_or_none(name=name)
    if publisher is None:
        publisher = Publisher(name=name, source=reading.source, **given)
    else:
        publisher.update_from_dict({"source": reading.source, **given})
    if not dry_run:
        await publisher.save()
    return publisher


def _fitting_name(name: str) -> str:
    """One line that the column holds; two long names stay two."""
    line = " ".join("".join(c if c.isprintable() else " " for c in name).split()) or "Unnamed publisher"
    return line if len(line) <= NAME_LENGTH else f"{line[: NAME_LENGTH - 9]} {sha256(line.encode()).hexdigest()[:8]}"


async def stage(reading: Reading, publisher: Publisher, files: list[str]) -> tuple[Batch, dict[str, Any]]:
    """Read a whole feed into a staged batch; an unreadable feed leaves nothing behind. Inside `rt.alone()`."""
    began = datetime.now(UTC)
    batch = await Batch.create(publisher=publisher, source=reading.source, files=files)
    try:
        staging = await _read(reading, publisher, batch)
    except BaseException:
        await batch.delete()
        raise
    return batch, await _close(batch, staging, reading, publisher, began)


async def preview(reading: Reading, publisher: Publisher) -> dict[str, Any]:
    """The same account with nothing written."""
    began = datetime.now(UTC)
    staging = await _read(reading, publisher, None)
    gone = staging.gone()
    broken = await _broken(_facts(staging, reading), publisher, reading)
    return _report(None, staging, reading, len(gone), bool(broken), began)


async def _read(reading: Reading, publisher: Publisher, batch: Batch | None) -> Staging:
    there = bool(publisher.id)
    staging = Staging(
        publisher, await known(publisher) if there else {}, await answers_of(publisher.id) if there else {}
    )
    reading.let_in(publisher.everything)
    results = reading.results()
    while chunk := await asyncio.to_thread(_chunk, staging, results):
        if batch is not None:
            await _keep(batch, [record for record in chunk if record is not None])
    return staging


async def _keep(batch: Batch, records: list[Kept]) -> None:
    await insert(SourceRecord, RECORD, [(batch.id, *record, False) for record in records])


def _chunk(staging: Staging, results: Iterator[Result]) -> list[Kept | None]:
    return [staging.compare(result) for result in islice(results, CHUNK)]


async def _close(
    batch: Batch, staging: Staging, reading: Reading, publisher: Publisher, began: datetime
) -> dict[str, Any]:
    gone = staging.gone()
    await _keep(batch, gone)
    batch.facts = _facts(staging, reading)
    batch.broken = await _broken(batch.facts, publisher, reading)
    batch.report = _report(batch, staging, reading, len(gone), bool(batch.broken), began)
    batch.status = "staged"
    await batch.save()
    return dict(batch.report)


def _facts(staging: Staging, reading: Reading) -> dict[str, Any]:
    active = sum(old.active for old in staging.before.values())
    return {
        "read": staging.counts["read"],
        "listings": sum(staging.kinds.values()),
        "placed": staging.placed,
        "columns": list(reading.columns),
        "notes": noticed(reading),
        "gone": len(staging.gone()),
        "active": active,
    }


def noticed(reading: Reading) -> dict[str, int]:
    """What nobody took or could take: unused columns, unknown words, tables not read; the most frequent first."""
    return {note[:300]: count for note, count in reading.notes.most_common(NOTES)}


async def _broken(facts: dict[str, Any], publisher: Publisher, reading: Reading) -> list[str]:
    """Sentences that hold the feed; also that a person undid the one before, or it would come back by itself."""
    decided = Batch.filter(publisher_id=publisher.id or 0, status__in=("applied", "undone")).exclude(source=UNDO)
    last = await decided.order_by("-id").first()
    before = last if last is None or last.status == "applied" else await decided.filter(status="applied").first()
    found = held_back(facts, dict(before.facts) if before else None, reading.checks)
    if last is not None and last.status == "undone":
        found.append(f"A person undid batch {last.id}, the last of this publisher.")
    return found


def _report(
    batch: Batch | None, staging: Staging, reading: Reading, gone: int, held_feed: bool, began: datetime
) -> dict[str, Any]:
    """The accounting of design.md §4: read = new + changed + same + held + skipped + rejected."""
    counts = {word: staging.counts[word] for word in ("read", "new", "changed", "same", "held", "skipped", "rejected")}
    reasons = dict(staging.reasons.most_common())
    if held_feed and (waiting := counts["new"] + counts["changed"]):
        counts.update(held=counts["held"] + waiting, new=0, changed=0)
        reasons["the whole feed waits for a person"] = waiting
    return {
        "batch": batch.id if batch else None,
        "source": reading.source,
        "publisher": staging.publisher.name,
        **counts,
        "gone": gone,
        "reasons": reasons,
        "kinds": dict(staging.kinds.most_common()),
        "encoding": reading.encoding,
        "seconds": round((datetime.now(UTC) - began).total_seconds(), 2),
    }
