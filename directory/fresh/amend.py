"""What somebody found out to be different, as a few plain values, and the draft with it. Pure; no database here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from directory.errors import BadQuestion
from directory.freshness import Fact
from directory.listing import Facets, ListingDraft, Place
from directory.schedule import DAY, WeeklyTime
from directory.schedule import in_words as time_words
from directory.vacancy import State
from directory.vocab import Medication
from importers.clean import postal, state, words
from importers.clean_phone import phone

Changes = dict[str, Any]  # phone, address, times, medicine, closed: those that differ, as plain JSON
ANSWERS = {"yes": True, "no": False, "unknown": None}
MOST_BEDS = 999


def read_changes(fields: Mapping[str, str], draft: ListingDraft) -> Changes:
    """From the fields of a form: only what differs from the draft. BadQuestion says which field cannot be read."""
    found: Changes = {}
    if said := fields.get("phone", "").strip():
        number = phone(said)
        if number is None:
            raise BadQuestion(f"{said[:40]!r} is not one phone number. Write it like 614-555-0134.")
        if not draft.phones or str(number) != str(draft.phones[0]):
            found["phone"] = str(number)
    found |= _address(fields, draft.place) | _times(fields, draft) | _medicine(fields, draft)
    if fields.get("closed"):
        found["closed"] = True
    return found


def _address(fields: Mapping[str, str], place: Place | None) -> Changes:
    said = {name: words(fields.get(name, "")) for name in ("street", "city")}
    said["state"], said["postal_code"] = state(fields.get("state", "")), postal(fields.get("postal_code", ""))
    for name, told in (("state", "two letters of a state"), ("postal_code", "five digits")):
        if fields.get(name, "").strip() and not said[name]:
            raise BadQuestion(f"{fields[name][:40]!r} cannot be read: write {told}.")
    old = place or Place()
    given = {name: value for name, value in said.items() if value and value != getattr(old, name)}
    if not given:
        return {}
    whole = {name: said[name] or getattr(old, name) for name in said}
    if not (whole["street"] and whole["city"] and whole["state"]):
        raise BadQuestion("An address needs its street, town and state.")
    return {"address": whole}


def simple_week(draft: ListingDraft) -> dict[int, WeeklyTime] | None:
    """Its times by weekday when each comes every week and once a day; None when a small form cannot show them."""
    week = {time.weekday: time for time in draft.times}
    plain = all(not t.weeks and t.every == 1 and t.valid_from is None and t.valid_to is None for t in draft.times)
    return week if plain and len(week) == len(draft.times) else None


def _times(fields: Mapping[str, str], draft: ListingDraft) -> Changes:
    week = simple_week(draft)
    if week is None or not fields.get("times_shown"):
        return {}
    said = []
    for day in range(7):
        start, end = (_minutes(fields.get(f"{name}_{day}", "")) for name in ("start", "end"))
        if start is None:
            if end is not None:
                raise BadQuestion("A day has an end and no start. Write both, or leave both empty.")
            continue
        said.append({"weekday": day, "start": start, "end": end if end is None or end > start else end + DAY})
    before = [{"weekday": d, "start": week[d].start, "end": week[d].end} for d in sorted(week)]
    return {"times": said} if said != before else {}


def _minutes(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        clock = time.fromisoformat(text.strip())
    except ValueError:
        raise BadQuestion(f"{text[:20]!r} is not a time. Write it like 19:30.") from None
    return clock.hour * 60 + clock.minute


def _medicine(fields: Mapping[str, str], draft: ListingDraft) -> Changes:
    answers = {}
    for one in Medication:
        said = fields.get(f"accepts_{one.value}", "")
        if said in ANSWERS and said != accepts_word(draft, one):
            answers[one.value] = said
    return {"medicine": answers} if answers else {}


def accepts_word(draft: ListingDraft, medicine: Medication) -> str:
    """What the draft says of people on a medicine, as a form's choice: yes, no or unknown."""
    yes = medicine in draft.facets.get("accepts", ())
    no = medicine in draft.denied.get("accepts", ())
    return "unknown" if yes == no else "yes" if yes else "no"


def amended(draft: ListingDraft, changes: Mapping[str, Any]) -> ListingDraft:
    """The draft with the changes in it; `closed` is no change of a draft."""
    if number := phone(changes.get("phone", "")):
        draft = replace(draft, phones=(number, *draft.phones[1:]))
    if address := changes.get("address"):
        old = draft.place or Place()
        moved = replace(old, **address, name="", directions="", county="", latitude=None, longitude=None)
        draft = replace(draft, place=replace(moved, approximate=False, timezone=None))
    if "times" in changes:
        zone = next((t.timezone for t in draft.times if t.timezone), draft.place.timezone if draft.place else None)
        draft = replace(draft, times=tuple(WeeklyTime(**time, timezone=zone) for time in changes["times"]))
    for medicine, said in changes.get("medicine", {}).items():
        draft = _accepting(draft, medicine, ANSWERS[said])
    return draft


def _accepting(draft: ListingDraft, medicine: str, answer: bool | None) -> ListingDraft:
    facets, denied = (_without(group, medicine) for group in (draft.facets, draft.denied))
    if answer is not None:
        group = facets if answer else denied
        group["accepts"] = tuple(sorted({*group.get("accepts", ()), medicine}))
    return replace(draft, facets=facets, denied=denied)


def _without(groups: Facets, medicine: str) -> Facets:
    left = tuple(value for value in groups.get("accepts", ()) if value != medicine)
    others = {group: values for group, values in groups.items() if group != "accepts"}
    return others | ({"accepts": left} if left else {})


def without_phone(draft: ListingDraft) -> ListingDraft:
    """Its first number reaches somebody else."""
    return replace(draft, phones=draft.phones[1:])


def read_vacancy(fields: Mapping[str, str]) -> dict[str, Any] | None:
    """{"state", "count"} as a form says it; None when nothing was chosen."""
    chosen, said = fields.get("vacancy", ""), fields.get("beds", "").strip()
    if chosen not in State._value2member_map_:
        return None
    if said and not (said.isascii() and said.isdigit() and int(said[:6]) <= MOST_BEDS):
        raise BadQuestion(f"{said[:20]!r} is not a number of beds. Write a number, or leave it empty.")
    counted = chosen in (State.OPEN, State.WAITLIST) and said
    return {"state": chosen, "count": int(said) if counted else None}


def touched(changes: Mapping[str, Any]) -> frozenset[Fact]:
    """The facts that the changes are about."""
    return frozenset(Fact(name) for name in changes if name in Fact._value2member_map_)


def in_words(changes: Mapping[str, Any], draft: ListingDraft) -> list[tuple[str, str, str]]:
    """(what, as listed, as said) for an admin; English."""
    told: list[tuple[str, str, str]] = []
    after = amended(draft, changes)
    if "closed" in changes:
        told.append(("Closed", "open", "closed for good"))
    if "phone" in changes:
        told.append(("Phone", str(draft.phones[0]) if draft.phones else "none", str(changes["phone"])))
    if "address" in changes:
        old = draft.place.address() if draft.place else ""
        told.append(("Address", old or "none", after.place.address() if after.place else ""))
    if "times" in changes:
        before, now = ("; ".join(time_words(t) for t in one.times) or "none" for one in (draft, after))
        told.append(("Times", before, now))
    for medicine, said in changes.get("medicine", {}).items():
        told.append((Medication(medicine).en, accepts_word(draft, Medication(medicine)), said))
    return told
