"""What waits for a person, why two listings are or are not taken for one place, and whether the groups are sound."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from directory.duplicates.comparing import Memory, plain
from directory.duplicates.grouping import LOGGED
from directory.errors import NotFound
from directory.listing import ListingDraft
from directory.models import Change, Listing
from directory.public_listings import LAST_ID
from directory.same.grouping import Edge, Standing, grouped
from directory.same.models import SameDecision, SameMark, SameMember, SamePair
from directory.same.scoring import compare


@dataclass(frozen=True, slots=True)
class Side:
    """One listing of a pair, as a person compares it."""

    id: int
    name: str
    publisher: str
    draft: ListingDraft
    public: bool
    lead: int | None  # of its group

    def brief(self) -> dict[str, Any]:
        place = self.draft.place
        address = place.address() if place else ""
        phone = str(self.draft.phones[0]) if self.draft.phones else ""
        return {"id": self.id, "name": self.name, "publisher": self.publisher, "address": address, "phone": phone}


@dataclass(frozen=True, slots=True)
class Told:
    """A decision of the history."""

    number: int
    what: str
    who: str
    at: datetime
    undoes: int | None
    standing: bool  # may be undone now


@dataclass(frozen=True, slots=True)
class Question:
    """Two listings, what is known of them as a pair, and its history, the newest first."""

    pair: int | None  # the stored pair's number
    a: Side
    b: Side
    standing: str  # a Standing, or "other"
    waits: bool
    score: float
    why: list[dict[str, Any]]
    who: str = ""
    at: datetime | None = None
    history: list[Told] = field(default_factory=list)

    @property
    def together(self) -> bool:
        return self.a.lead is not None and self.a.lead == self.b.lead

    def as_dict(self) -> dict[str, Any]:
        return {
            "pair": self.pair,
            "a": self.a.brief(),
            "b": self.b.brief(),
            "standing": self.standing,
            "together": self.together,
            "waits": self.waits,
            "score": self.score,
            "why": self.why,
            "who": self.who,
            "at": self.at,
            "history": [asdict(told) for told in self.history],
        }


async def counts() -> dict[str, int]:
    """How many pairs wait, how many groups there are, and pairs by what they stand as."""
    members = await SameMember.all().count()
    groups = len(set(await SameMember.all().values_list("lead_id", flat=True)))
    by_person = [await SamePair.filter(standing=one.value).count() for one in (Standing.LINKED, Standing.APART)]
    waiting = await SamePair.filter(waits=True).count()
    return {"waiting": waiting, "groups": groups, "listings": members, "linked": by_person[0], "apart": by_person[1]}


async def waiting(limit: int = 50, skip: int = 0) -> list[Question]:
    """The queue, the likeliest first."""
    rows = await SamePair.filter(waits=True).order_by("-score", "id").offset(skip).limit(limit)
    return await _questions(rows)


async def find_pair(number: int) -> Question:
    row = await SamePair.get_or_none(id=number) if 0 < number <= LAST_ID else None
    if row is None:
        raise NotFound(f"There is no pair {number}.")
    return await why(row.a_id, row.b_id)


async def why(a: int, b: int) -> Question:
    """All that is known of two listings as a pair; compared on the spot when nothing is stored."""
    a, b = sorted((a, b))
    row = await SamePair.get_or_none(a_id=a, b_id=b) if 0 < a and b <= LAST_ID else None
    if row is None:
        sides = await _sides([a, b])
        if len(sides) != 2:
            raise NotFound(f"There are no two listings {a} and {b}.")
        facts = await Memory().recall([a, b])
        told = compare(facts[a], facts[b]) if len(facts) == 2 else None
        question = Question(
            None, sides[a], sides[b], "other", False, told.score if told else 0.0, plain(told) if told else []
        )
    else:
        [question] = await _questions([row])
    question.history.extend(await history(a, b))
    return question


async def history(a: int, b: int) -> list[Told]:
    rows = await SameDecision.filter(a_id=a, b_id=b).order_by("-id")
    taken_back = {row.undoes for row in rows}
    last = next((row.id for row in rows if row.what != "undone" and row.id not in taken_back), None)
    return [Told(row.id, row.what, row.who, row.at, row.undoes, row.id == last) for row in rows]


async def _questions(rows: Sequence[SamePair]) -> list[Question]:
    sides = await _sides([number for row in rows for number in (row.a_id, row.b_id)])
    return [
        Question(
            row.id, sides[row.a_id], sides[row.b_id], row.standing, row.waits, row.score, list(row.why), row.who, row.at
        )
        for row in rows
    ]


async def _sides(ids: Sequence[int]) -> dict[int, Side]:
    sound = [number for number in ids if 0 < number <= LAST_ID]
    rows = await Listing.filter(id__in=sound).select_related("publisher")
    leads = dict(await SameMember.filter(listing_id__in=sound).values_list("listing_id", "lead_id"))
    return {
        row.id: Side(
            row.id, row.name, row.publisher.name, ListingDraft.from_dict(dict(row.data)), row.status == "active",
            leads.get(row.id),
        )
        for row in rows
    }  # fmt: skip


async def broken() -> list[str]:
    """What `aftercare check` says when the groups are not what the pairs say."""
    marked = await SameMark.get_or_none(id=1)
    later = Change.filter(id__gt=marked.change_id if marked else 0).exclude(what__in=LOGGED)
    if behind := await later.count():
        return [f"{behind} changes have not been compared for duplicates; run: aftercare duplicates --all"]
    kept = dict(await SameMember.all().values_list("listing_id", "lead_id"))
    rows = await SamePair.all().values_list("a_id", "b_id", "standing", "score", "lead_id")
    touched = sorted(kept.keys() | {number for row in rows for number in row[:2]})
    public: dict[int, int] = {}
    for n in range(0, len(touched), 5000):
        part = Listing.filter(id__in=touched[n : n + 5000], status="active")
        public |= dict(await part.values_list("id", "publisher_id"))
    should = grouped([Edge(a, b, Standing(s), score, lead) for a, b, s, score, lead in rows], public).lead_of
    wrong = {one for one in kept.keys() | should.keys() if kept.get(one) != should.get(one)}
    said = f"{len(wrong)} listings are not in the group their links say; run: aftercare duplicates --all"
    return [said] if wrong else []
