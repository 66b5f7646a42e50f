"""What became of each record, with no two listings under one key and those of one place made one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from directory.listing import ListingDraft
from importers.kept import Kept

TWICE = "the same record twice"
SHARED = "two records share one key"
FOLDED = "the same place again, folded into one listing"
UNFOLDED = "could not be folded into one listing"
FoldKey = Callable[[ListingDraft], tuple[str, ...] | None]
Fold = Callable[[ListingDraft, ListingDraft], ListingDraft]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one record; a listing has a draft and no outcome, a held record may have both."""

    number: int  # from 1, in the feed's order
    raw: dict[str, Any]  # the source's own words, without personal columns
    draft: ListingDraft | None = None
    outcome: str = ""  # "" | skipped | held | rejected
    reason: str = ""
    detail: str = ""
    key: str = ""


def distinct(results: Iterator[Result]) -> Iterator[Result]:
    """No two listings under one key: the same again is skipped, another one waits for a person under its own key."""
    known = Kept()
    for result in results:
        if result.draft is None or result.outcome:
            yield result
            continue
        if not known.add("said", result.key, str(hash(repr(result.draft)))):
            yield replace(result, draft=None, outcome="skipped", reason=TWICE)
            continue
        if (before := known.count("said", result.key)) == 1:
            yield result
            continue
        key = f"{result.key}#{before}"
        draft = replace(result.draft, source_key=key)
        yield replace(result, draft=draft, outcome="held", reason=SHARED, detail=result.key, key=key)


def folded(results: list[Result], fold_key: FoldKey, fold: Fold | None) -> Iterator[Result]:
    """Records of one place made one listing, the same whatever their order; the first in the feed carries it."""
    groups: dict[tuple[str, ...], list[Result]] = {}
    for result in results:
        if result.draft is not None and (key := _group_of(result.draft, fold_key)) is not None:
            groups.setdefault(key, []).append(result)
    carried: dict[int, Result] = {}
    for group in groups.values():
        if len(group) > 1:
            carried |= _fold_group(group, fold)
    yield from (carried.get(result.number, result) for result in results)


def _group_of(draft: ListingDraft, fold_key: FoldKey) -> tuple[str, ...] | None:
    try:
        return fold_key(draft)
    except Exception:
        return None  # one odd draft stands alone, and the others are still folded


def _fold_group(group: list[Result], fold: Fold | None) -> dict[int, Result]:
    """Folded in the order of their keys; what was folded in is kept verbatim beside the carrier's own words."""
    carrier, *others = group
    try:
        merged = _merged([one.draft for one in sorted(group, key=_by_key) if one.draft], fold)
    except Exception as broken:
        detail = f"{type(broken).__name__}: {broken}"[:300]
        return {o.number: replace(o, outcome="held", reason=UNFOLDED, detail=detail) for o in others}
    raw = carrier.raw | {"folded in": [other.raw for other in others]}
    done = {carrier.number: replace(carrier, draft=merged, raw=raw, key=merged.source_key)}
    for other in others:
        reason = TWICE if other.draft == carrier.draft else FOLDED
        done[other.number] = replace(other, draft=None, outcome="skipped", reason=reason)
    return done


def _by_key(result: Result) -> tuple[str, str]:
    return result.key, repr(result.draft)


def _merged(drafts: list[ListingDraft], fold: Fold | None) -> ListingDraft:
    first, *later = drafts
    for draft in later:
        first = fold(first, draft) if fold else first
    return first
