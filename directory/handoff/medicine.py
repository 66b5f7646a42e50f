"""Does a place take people on a medicine? Yes, no, or not known; unknown never counts as yes."""

from directory.listing import ListingDraft
from directory.vocab import Kind, LevelOfCare, Medication, Population

TREATMENT = (Kind.OUTPATIENT, Kind.RESIDENTIAL)
HOUSING = (Kind.SOBER_LIVING,)
WITHDRAWAL = {
    LevelOfCare.OUTPATIENT_DETOX,
    LevelOfCare.RESIDENTIAL_DETOX,
    LevelOfCare.HOSPITAL_DETOX,
    LevelOfCare.HOSPITAL,
}
BESIDE = {LevelOfCare.OTP}  # a licence, not a stay: beside withdrawal care alone it says nothing of what comes after


def gives(draft: ListingDraft, medicine: str) -> bool | None:
    return said(draft, "medication", medicine)


def takes(draft: ListingDraft, medicine: str) -> bool | None:
    """People on it are welcome: said so, or the place gives it. Two answers that disagree are no answer."""
    accepts = said(draft, "accepts", medicine)
    if accepts is None:
        return True if gives(draft, medicine) else None
    return None if accepts is False and gives(draft, medicine) else accepts


def treats_opioid_use(draft: ListingDraft) -> bool | None:
    """No: it says so, or that it serves only people whom it names, and these are not among them.

    A place that also gives buprenorphine or methadone contradicts its no, and then nobody knows.
    """
    told = said(draft, "population", Population.OPIOID_USE)
    if told is None and said(draft, "population", Population.GENERAL) is False:
        told = False
    given = any(gives(draft, one) for one in (Medication.BUPRENORPHINE, Medication.METHADONE))
    return None if told is False and given else told


def withdrawal_only(draft: ListingDraft) -> bool:
    """It is for the days of withdrawal: nobody is sent there to stay well after them."""
    levels = set(draft.facets.get("level", ()))
    return bool(levels & WITHDRAWAL) and levels <= WITHDRAWAL | BESIDE


def withdrawal_too(draft: ListingDraft) -> bool:
    return bool({*draft.facets.get("level", ())} & WITHDRAWAL)


def is_otp(draft: ListingDraft) -> bool:
    """Known to be an opioid treatment program."""
    return LevelOfCare.OTP in draft.facets.get("level", ())


def said(draft: ListingDraft, group: str, value: str) -> bool | None:
    """What a listing says of one facet value; yes and no together are no answer."""
    yes, no = value in draft.facets.get(group, ()), value in draft.denied.get(group, ())
    return None if yes == no else yes
