"""A listing as a form: its values to type over, and what was typed read back, each doubt beside its field."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from directory.listing import Area, Facets, ListingDraft, Online, Phone, Place, Residence
from directory.schedule import WeeklyTime
from directory.typed_area import area_values, read_area
from directory.vocab import FACETS, Kind, Modality
from importers import clean

PHONES, SPARE_TIMES, MOST_TIMES = 4, 3, 28
WEEKS = {"": (), "last": (-1,)}
TEXTS = ("name", "group", "email", "website")
PLACE = ("name", "street", "city", "county", "directions")
ONLINE = ("url", "url_notes", "phone", "phone_notes")
HOME = ("operator", "certifier", "certificate", "fee_period")
Form = defaultdict[str, str]  # fields as they were sent; "" for one that was not
EDITABLE = {group: words for group, words in FACETS.items() if group != "modality"}


@dataclass
class Typed:
    """What somebody typed: a draft, unless `problems` says what to correct, by the name of the field."""

    draft: ListingDraft | None = None
    problems: dict[str, str] = field(default_factory=dict)


def blank(key: str) -> ListingDraft:
    return ListingDraft(source_key=key, name="", kind=Kind.SUPPORT_GROUP)


def values(draft: ListingDraft) -> dict[str, str]:
    """The fields of the form, filled from a draft."""
    place, online, home = draft.place or Place(), draft.online or Online(), draft.residence or Residence()
    found = {name: getattr(draft, name) for name in (*TEXTS, "description", "notes")}
    found |= {"kind": draft.kind.value, "modality": draft.modality.value}
    found |= {f"also:{kind.value}": "yes" for kind in draft.also} | area_values(draft.area or Area())
    found |= {f"place_{name}": getattr(place, name) for name in PLACE}
    found |= {f"online_{name}": getattr(online, name) for name in ONLINE}
    found |= {f"home_{name}": getattr(home, name) for name in (*HOME, "house_rules")}
    found |= {"state": place.state, "postal_code": place.postal_code, "verified_on": _day(draft.verified_on)}
    if place.located and not place.approximate:
        found |= {"latitude": f"{place.latitude}", "longitude": f"{place.longitude}"}
    found |= {"confidential": "yes" if place.confidential else "", "appointment": "yes" if draft.by_appointment else ""}
    found |= {f"home_{name}": _plain(getattr(home, name)) for name in ("beds", "vacancies", "fee", "deposit")}
    found |= {f"home_{name}": _day(getattr(home, name)) for name in ("certified_until", "vacancies_as_of")}
    for number, phone in enumerate(draft.phones):
        found |= {f"phone_{number}": str(phone), f"phone_label_{number}": phone.label}
    for number, time in enumerate(draft.times):
        found |= _time_values(number, time)
    for answer, facets in (("yes", draft.facets), ("no", draft.denied)):
        found |= {f"facet:{group}:{value}": answer for group, given in facets.items() for value in given}
    return {name: value for name, value in found.items() if value}


def _time_values(number: int, time: WeeklyTime) -> dict[str, str]:
    weeks = "last" if time.weeks == (-1,) else ", ".join(str(week) for week in time.weeks)
    ends = time_of_day(time.end % 1440) if time.end is not None else ""
    names = (f"{part}_{number}" for part in ("day", "start", "end", "weeks", "time_note"))
    return dict(zip(names, (str(time.weekday), time_of_day(time.start), ends, weeks, time.note), strict=True))


def time_of_day(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _plain(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def read(given: Mapping[str, str], base: ListingDraft) -> Typed:
    """The draft of what was typed; what the form does not show stays as it is in `base`."""
    typed, form = Typed(), Form(str, given)
    problems = typed.problems
    kind = form["kind"]
    if kind not in Kind._value2member_map_:
        problems["kind"] = "Choose a kind."
    modality = Modality(form["modality"]) if form["modality"] in Modality._value2member_map_ else base.modality
    yes, no = _facets(form, base)
    draft = replace(
        base,
        name=clean.words(form["name"])[:500],
        kind=Kind(kind) if "kind" not in problems else base.kind,
        also=tuple(one for one in _in_order(base.also) if form[f"also:{one.value}"] == "yes"),
        modality=modality,
        group=clean.words(form["group"]),
        description=clean.prose(form["description"]),
        notes=clean.prose(form["notes"]),
        place=_place(form, base.place, problems),
        area=read_area(form, base.area, problems),
        online=_online(form, problems),
        phones=_phones(form, problems),
        website=_link(form, "website", problems),
        email=_checked(form, "email", clean.email, "Write it like name@example.org.", problems),
        times=_times(form, base.times, problems),
        by_appointment=form["appointment"] == "yes",
        facets=yes,
        denied=no,
        residence=_residence(form, base.residence, problems),
        verified_on=_date(form, "verified_on", problems),
    )
    for problem in draft.problems():
        about = "name" if problem.startswith("name") else "phone_0"
        said = "Give it a name." if about == "name" else "Give a phone, an address, a link or an e-mail."
        problems.setdefault(about, said)
    typed.draft = draft if not problems else None
    return typed


def _checked(form: Form, name: str, reader: Any, say: str, problems: dict[str, str]) -> Any:
    """What `reader` makes of a field; nothing typed is nothing, what it cannot read is a problem."""
    raw = form[name].strip()
    found = reader(raw) if raw else None
    if raw and (found is None or found == ""):
        problems[name] = say
    return found if found is not None else ""


def _link(form: Form, name: str, problems: dict[str, str]) -> str:
    return str(_checked(form, name, clean.url, "Write it like https://example.org.", problems))


def _date(form: Form, name: str, problems: dict[str, str]) -> date | None:
    return _checked(form, name, clean.day, "Write the day like 2026-05-31.", problems) or None


def _number(form: Form, name: str, problems: dict[str, str]) -> float | None:
    found = _checked(form, name, clean.number, "Write a number.", problems)
    if isinstance(found, float | int) and found < 0:
        problems[name] = "It cannot be less than nothing."
    return float(found) if found != "" else None


def _in_order(known: tuple[Kind, ...]) -> list[Kind]:
    """Those named before come first, as they came: what nobody touches stays the same."""
    return [*known, *(kind for kind in Kind if kind not in known)]


def _place(form: Form, base: Place | None, problems: dict[str, str]) -> Place | None:
    was = base or Place()
    words: dict[str, Any] = {name: clean.words(form[f"place_{name}"]) for name in PLACE}
    state = str(_checked(form, "state", clean.state, "Write two letters, like OH.", problems))
    postal = str(_checked(form, "postal_code", _postal, "Write a ZIP code, like 43215.", problems))
    place = replace(was, **words, state=state, postal_code=postal, confidential=form["confidential"] == "yes")
    moved = (place.street, place.city, place.state, place.postal_code) != (
        was.street,
        was.city,
        was.state,
        was.postal_code,
    )
    place = _pinned(form, place, was, moved, problems)
    says = any(words.values()) or state or postal or place.located
    return place if says or (base is not None and place == base) else None


def _postal(raw: str) -> str:
    """A person forgets a digit; only a spreadsheet loses the zeros that `clean.postal` puts back."""
    return "" if raw.isdigit() and len(raw) < 5 else clean.postal(raw)


def _pinned(form: Form, place: Place, was: Place, moved: bool, problems: dict[str, str]) -> Place:
    """The pin that was typed; another address without one loses the old pin and its zone."""
    raw = (form["latitude"].strip(), form["longitude"].strip())
    shown = (f"{was.latitude}", f"{was.longitude}") if was.located and not was.approximate else ("", "")
    if raw == shown:
        unpinned: dict[str, Any] = {"latitude": None, "longitude": None, "approximate": False, "timezone": None}
        return replace(place, **unpinned) if moved else place
    if raw == ("", ""):
        return replace(place, latitude=None, longitude=None, approximate=False, timezone=None)
    point = clean.point(*raw)
    if point is None:
        problems["latitude"] = "Write both as degrees, like 39.9612 and -82.9988, or leave both empty."
        return place
    return replace(place, latitude=point[0], longitude=point[1], approximate=False, timezone=None)


def _online(form: Form, problems: dict[str, str]) -> Online | None:
    url = _link(form, "online_url", problems)
    notes, dial, dial_notes = (clean.words(form[f"online_{name}"]) for name in ONLINE[1:])
    if dial and not any(c.isdigit() for c in dial):
        problems["online_phone"] = "Write a number to dial, with , and # where they are needed."
    return Online(url, notes, dial, dial_notes) if url or notes or dial or dial_notes else None


def _phones(form: Form, problems: dict[str, str]) -> tuple[Phone, ...]:
    found = []
    for number in range(PHONES):
        phone = _checked(form, f"phone_{number}", clean.phone, "Write ten digits, like 614-555-0134.", problems)
        if phone:
            found.append(replace(phone, label=clean.words(form[f"phone_label_{number}"])[:60]))
    return tuple(found)


def _times(form: Form, base: tuple[WeeklyTime, ...], problems: dict[str, str]) -> tuple[WeeklyTime, ...]:
    found = []
    for number in range(MOST_TIMES):
        day, began = form[f"day_{number}"].strip(), form[f"start_{number}"].strip()
        if not day and not began:
            continue
        start = clean.clock(began)
        if day not in set("0123456") or start is None:
            problems[f"day_{number}"] = "Choose a day and write when it starts, like 7:30 pm."
            continue
        ends = _checked(form, f"end_{number}", clean.clock, "Write the end like 8:30 pm.", problems)
        end = None if ends == "" else int(ends) + (1440 if int(ends) <= start else 0)
        was = base[number] if number < len(base) else WeeklyTime(0, 0)
        told = form[f"time_note_{number}"]
        weeks = _weeks(form, number, problems)
        found.append(replace(was, weekday=int(day), start=start, end=end, weeks=weeks, note=clean.words(told)))
    return tuple(found)


def _weeks(form: Form, number: int, problems: dict[str, str]) -> tuple[int, ...]:
    raw = form[f"weeks_{number}"].strip().lower()
    if raw in WEEKS:
        return WEEKS[raw]
    parts = raw.replace(",", " ").split()
    if not all(part in {"1", "2", "3", "4", "5", "-1", "last"} for part in parts):
        problems[f"weeks_{number}"] = 'Write weeks of the month like "1, 3" or "last"; empty is every week.'
        return ()
    return tuple(dict.fromkeys(-1 if part in ("last", "-1") else int(part) for part in parts))


def _facets(form: Form, base: ListingDraft) -> tuple[Facets, Facets]:
    """Yes and no by group; unknown is neither. Groups the form does not show stay."""
    both: list[Facets] = []
    for answer, given in (("yes", base.facets), ("no", base.denied)):
        kept = {group: words for group, words in given.items() if group not in EDITABLE}
        chosen = {
            group: tuple(sorted(value.value for value in words if form[f"facet:{group}:{value.value}"] == answer))
            for group, words in EDITABLE.items()
        }
        both.append(kept | {group: words for group, words in chosen.items() if words})
    return both[0], both[1]


def _residence(form: Form, base: Residence | None, problems: dict[str, str]) -> Residence | None:
    texts: dict[str, Any] = {name: clean.words(form[f"home_{name}"])[:300] for name in HOME}
    whole: dict[str, Any] = {}
    for name in ("beds", "vacancies"):
        number = _number(form, f"home_{name}", problems)
        whole[name] = None if number is None else int(number)
        if number is not None and number != int(number):
            problems[f"home_{name}"] = "Write a whole number."
    if whole["beds"] is not None and (whole["vacancies"] or 0) > whole["beds"]:
        problems["home_vacancies"] = "There cannot be more free beds than beds."
    found = replace(
        base or Residence(),
        **texts,
        **whole,
        fee=_number(form, "home_fee", problems),
        deposit=_number(form, "home_deposit", problems),
        certified_until=_date(form, "home_certified_until", problems),
        vacancies_as_of=_date(form, "home_vacancies_as_of", problems),
        house_rules=clean.prose(form["home_house_rules"]),
    )
    return found if found != Residence() else None


def rows_of_times(given: Mapping[str, str]) -> range:
    """How many rows of times the form shows: those filled, and some spare."""
    filled = [int(name.rsplit("_", 1)[1]) for name in given if name.startswith(("day_", "start_"))]
    return range(min(max(filled, default=-1) + 1 + SPARE_TIMES, MOST_TIMES))
