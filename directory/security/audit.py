"""The audit trail: who did what to what, and whether it was done. Only added to; each entry holds the hash of the one
before, so that a changed, removed or moved one shows.

What an entry may say is fixed here: an account's name, an act, kinds of things with their numbers or how many there
were, an outcome. There is no field that could hold a patient's words, an address of the network or what somebody typed.
"""

import json
import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

from tortoise.transactions import in_transaction

from directory.acting import acting
from directory.bulk import writing
from directory.security.models import AuditEntry

START = "0" * 64
THING = r"(?:[a-z]+(?:-[a-z]+)* [0-9]{1,18}|[0-9]{1,9} [a-z]+)"  # "account 3", or "120 records"
OBJECT = re.compile(rf"(?:{THING}(?:, {THING}){{0,1}})?")
LOCK = 7_305_128_446  # one number for PostgreSQL's advisory locks: entries come one after the other
CHUNK = 1000


class Act(StrEnum):
    SIGN_IN = "signed in"
    SECOND_STEP = "second step"
    RECOVERY_CODE = "used a recovery code"
    SIGN_OUT = "signed out"
    SIGN_OUT_EVERYWHERE = "signed out everywhere"
    PASSWORD = "set a password"  # noqa: S105 - the name of an act
    TOTP_ON = "set up codes"
    TOTP_OFF = "turned codes off"
    NEW_CODES = "made recovery codes"
    INVITE = "invited"
    RESET = "made a new link"
    ROLE = "changed a role"
    DISABLE = "disabled"
    ENABLE = "enabled"
    REFUSED = "asked for a page of another role"
    LOOKED = "read the audit trail"
    PUBLISHER = "changed a publisher"
    KEYS = "made new keys"
    BATCH = "made a batch public"
    REJECT = "rejected a batch"
    UNDO = "took a batch back"
    ACCEPT = "accepted records"
    LEAVE = "left records out"
    EDIT = "edited a record"
    UNDECIDE = "took a decision on a record back"
    ADD = "added a listing"
    CHANGE = "changed a listing"
    RETIRE = "retired listings"
    RESTORE = "made a listing public again"
    SAME = "linked two listings"
    APART = "kept two listings apart"
    ASUNDER = "took a decision on two listings back"


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"


async def record(who: str, what: Act, object: str = "", outcome: Outcome = Outcome.DONE, *, now: datetime) -> None:
    """Add one entry, inside the caller's transaction when there is one: what is undone leaves no entry either.

    `object` is "" or one or two things by kind and number ("account 3") or counted ("120 records"), with a comma
    between; anything else is a ValueError.
    """
    if not OBJECT.fullmatch(object):
        raise ValueError("an audit entry names a thing by its kind and number")
    async with writing(), in_transaction() as database:
        if database.capabilities.dialect == "postgres":
            await database.execute_query("SELECT pg_advisory_xact_lock($1)", [LOCK])
        last = await AuditEntry.all().order_by("-number").first()
        entry = AuditEntry(
            number=last.number + 1 if last else 1,
            at=now.astimezone(UTC).isoformat(timespec="microseconds"),
            who=who[:120],
            what=what.value,
            object=object,
            outcome=outcome.value,
            before=last.hash if last else START,
        )
        entry.hash = digest(entry)
        await entry.save()


async def did(what: Act, *objects: str) -> None:
    """An entry of whoever acts right now, inside the caller's transaction."""
    await record(acting.get(), what, ", ".join(objects), now=datetime.now(UTC))


def counted(kind: str, ids: Sequence[int]) -> str:
    """ "listing 12" of one, "5 listings" of several."""
    return f"{kind} {ids[0]}" if len(ids) == 1 else f"{len(ids)} {kind}s"


def digest(entry: AuditEntry) -> str:
    said = [entry.number, entry.at, entry.who, entry.what, entry.object, entry.outcome, entry.before]
    return sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


async def first_fault(head: str = "") -> str:
    """The first entry that does not fit, in a sentence; "" when the chain is whole.

    `head` is an end noted earlier, "number:hash": who could write the whole chain anew, or cut its end off, cannot make
    it end there.
    """
    expected, before = 1, START
    number, _, noted = head.partition(":")
    found = not head
    async for entry in entries():
        if entry.number != expected:
            return f"Entry {expected} is missing: after {expected - 1} comes {entry.number}."
        if entry.before != before:
            return f"Entry {entry.number} does not follow the one before it: one of the two was replaced or moved."
        if entry.hash != digest(entry):
            return f"Entry {entry.number} was changed after it was written."
        if str(entry.number) == number:
            if entry.hash != noted:
                return f"Entry {entry.number} is not the one noted: the trail was written anew."
            found = True
        expected, before = expected + 1, entry.hash
    return "" if found else f"Entry {number}, noted as the end, is gone: the trail was cut off after {expected - 1}."


async def entries() -> AsyncIterator[AuditEntry]:
    """All, the oldest first, some at a time."""
    after = -1
    while page := await AuditEntry.filter(number__gt=after).order_by("number").limit(CHUNK):
        for entry in page:
            yield entry
        after = page[-1].number


async def latest(count: int, before: int | None = None) -> list[AuditEntry]:
    """The newest first; `before` continues below a number."""
    found = AuditEntry.all() if before is None else AuditEntry.filter(number__lt=before)
    return await found.order_by("-number").limit(count)


async def head() -> str:
    """The end of the chain, "number:hash", to be noted where the directory cannot write; "" when it is empty."""
    last = await AuditEntry.all().order_by("-number").first()
    return f"{last.number}:{last.hash}" if last else ""
