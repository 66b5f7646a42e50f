"""Does a place take people on a medicine? Yes, no, or not known; unknown never counts as yes."""

from directory.listing import ListingDraft
from directory.vocab import Kind

TREATMENT = (Kind.OUTPATIENT, Kind.RESIDENTIAL)
HOUSING = (Kind.SOBER_LIVING,)


def gives(draft: ListingDraft, medicine: str) -> bool | None:
    return _said(draft, "medication", medicine)


def takes(draft: ListingDraft, medicine: str) -> bool | None:
    """People on it are welcome: said so, or the place gives it. Two answers that disagree are no answer."""
    accepts = _said(draft, "accepts", medicine)
    if accepts is None:
        return True if gives(draft, medicine) else None
    return None if accepts is False and gives(draft, medicine) else accepts


def _said(draft: ListingDraft, group: str, value: str) -> bool | None:
    yes, no = value in draft.facets.get(group, ()), value in draft.denied.get(group, ())
    return None if yes == no else yes
