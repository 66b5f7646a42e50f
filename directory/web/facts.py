"""Everything known of one listing, as headed rows for its page: unknown is left out, or said to be unknown."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from babel.numbers import format_currency

from directory.freshness import How, age_words, in_groups, newest_check
from directory.gazetteer import county_name
from directory.handoff.medicine import HOUSING, TREATMENT, gives, takes
from directory.i18n import catalogue
from directory.listing import Area, Listed, ListingDraft, Residence
from directory.schedule import in_words
from directory.vacancy import current, vacancy_words
from directory.vocab import ASAM, LevelOfCare, Medication, label
from directory.web.moments import long_date
from importers import clean

Say = Callable[[str], str]
MONEY = {"en": "en_US", "es": "es_US"}  # dollars as written in the United States


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    heading: str
    rows: tuple[Row, ...]


def parts(draft: ListingDraft, language: str, now: datetime) -> list[Part]:
    """The page's sections in reading order, empty ones left out."""
    _ = catalogue(language).gettext
    made = (
        Part(_("Is there a place?"), tuple(_vacancy(draft, language, now))),
        Part(_("Cost"), tuple(_cost(draft, language))),
        Part(_("Medicine"), tuple(_medicine(draft, language))),
        Part(_("What it offers"), tuple(_groups(draft, language, _offers(_)))),
        Part(_("The house"), tuple(_residence(draft.residence, draft, language))),
        Part(_("Who it is for"), tuple(_people(draft, language))),
        Part(_("Good to know"), tuple(_groups(draft, language, _good_to_know(_)))),
    )
    return [part for part in made if part.rows]


def _offers(_: Say) -> dict[str, str]:
    return {"level": _("Kinds of care"), "therapy": _("Ways of helping"), "need": _("Help with")}


def _good_to_know(_: Say) -> dict[str, str]:
    return {"format": _("Kind of meeting"), "access": _("Access"), "language": _("Languages")}


def _groups(draft: ListingDraft, language: str, labels: dict[str, str]) -> Iterator[Row]:
    for group, told in labels.items():
        if values := draft.facets.get(group):
            yield Row(told, tuple(_named(group, value, language) for value in values))


def _named(group: str, value: str, language: str) -> str:
    """The label, with the ASAM level (4th edition, else 3rd) where the code says so."""
    name = label(group, value, language)
    asam = ASAM.get(LevelOfCare(value), {}) if group == "level" and value in LevelOfCare._value2member_map_ else {}
    return f"{name} (ASAM {asam.get('4') or asam['3']})" if asam else name


def _cost(draft: ListingDraft, language: str) -> Iterator[Row]:
    _ = catalogue(language).gettext
    if values := draft.facets.get("payment"):
        yield Row(_("You can pay with"), tuple(label("payment", value, language) for value in values))
    if values := draft.denied.get("payment"):
        yield Row(_("Not taken"), tuple(label("payment", value, language) for value in values))
    house = draft.residence
    if house and house.fee is not None:
        period = {"week": _("a week"), "month": _("a month")}.get(house.fee_period, "")
        yield Row(_("Rent"), (f"{format_currency(house.fee, 'USD', locale=MONEY[language])} {period}".strip(),))
    if house and house.deposit is not None:
        yield Row(_("To move in"), (format_currency(house.deposit, "USD", locale=MONEY[language]),))


def _medicine(draft: ListingDraft, language: str) -> Iterator[Row]:
    """Three medicines, two questions each; asked of treatment and housing only."""
    if not {draft.kind, *draft.also} & {*TREATMENT, *HOUSING}:
        return
    _ = catalogue(language).gettext
    answers = {True: _("yes"), False: _("no"), None: _("not known, call to ask")}
    for medicine in Medication:
        told = [_("Welcomes people who take it: {answer}").format(answer=answers[takes(draft, medicine)])]
        if draft.kind in TREATMENT:
            told.append(_("Gives it there: {answer}").format(answer=answers[gives(draft, medicine)]))
        yield Row(medicine.label(language), tuple(told))


def _vacancy(draft: ListingDraft, language: str, now: datetime) -> Iterator[Row]:
    """Of housing always, also when unknown: it is the first thing asked."""
    _ = catalogue(language).gettext
    if {draft.kind, *draft.also} & {*HOUSING} or current(draft.residence, now):
        yield Row(_("Open beds"), (vacancy_words(draft.residence, now, language),))


def _residence(house: Residence | None, draft: ListingDraft, language: str) -> Iterator[Row]:
    _ = catalogue(language).gettext
    if values := draft.facets.get("residence"):
        yield Row(_("Kind of house"), tuple(label("residence", value, language) for value in values))
    if house is None:
        return
    if house.beds is not None:
        yield Row(_("Beds in all"), (str(house.beds),))
    vouched = " ".join(part for part in (house.certifier, house.certificate) if part)
    if vouched:
        until = _("until {day}").format(day=long_date(house.certified_until, language)) if house.certified_until else ""
        yield Row(_("Certified by"), (" ".join(part for part in (vouched, until) if part),))
    for told, value in ((_("Run by"), house.operator), (_("House rules"), house.house_rules)):
        if value:
            yield Row(told, (value,))


def _people(draft: ListingDraft, language: str) -> Iterator[Row]:
    _ = catalogue(language).gettext
    labels = {"gender": _("Who may come"), "age": _("Ages"), "population": _("Made for")}
    yield from _groups(draft, language, labels)
    denied = [(g, v) for g in ("gender", "age", "population") for v in draft.denied.get(g, ())]
    if denied:
        yield Row(_("Not for"), tuple(label(group, value, language) for group, value in denied))
    if draft.area and (told := area_words(draft.area, language)):
        yield Row(_("Serves"), (told,))


def area_words(area: Area, language: str) -> str:
    _ = catalogue(language).gettext
    if area.nationwide:
        return _("the whole country")
    counties = [county.partition(":")[2] or county for county in area.counties]
    told = [*(_("{county} County").format(county=county) for county in counties), *area.states]
    beside = () if told and _says_no_more(area) else (area.words,)
    return "; ".join(filter(None, (", ".join(told), *beside)))


def _says_no_more(area: Area) -> bool:
    """Its words name only the counties and states that are told already."""
    counties = {county_name(county.partition(":")[2]) for county in area.counties}
    states = {*area.states, *(county[:2] for county in area.counties)}
    parts = re.split(r"[,;/&()]|\band\b", area.words)
    return all(clean.state(part) in states or county_name(part) in counties for part in parts if part.strip())


def hours(draft: ListingDraft, today: date, language: str) -> list[tuple[str, str]]:
    """Each weekly time in words with its note, in the order of the week from Monday; what is over for good left out."""
    lasting = (time for time in draft.times if time.valid_to is None or time.valid_to >= today)
    ordered = sorted(lasting, key=lambda time: ((time.weekday - 1) % 7, time.start))
    return list(dict.fromkeys((in_words(time, language, today), time.note) for time in ordered))


def dates(one: Listed, language: str, now: datetime) -> list[tuple[str, str]]:
    """When somebody last looked at it, each day we know of."""
    _ = catalogue(language).gettext
    last = newest_check(one.checks)
    ours = last is not None and last.at.astimezone(UTC).date() == one.draft.verified_on  # told below, fact by fact
    known = (
        (_("Checked on"), None if ours else one.draft.verified_on),
        (_("Changed by its publisher on"), one.draft.source_updated_on),
        (_("Last seen in its list on"), one.retrieved_on),
    )
    return [*_checks(one, language, now), *((told, long_date(day, language)) for told, day in known if day)]


def _checks(one: Listed, language: str, now: datetime) -> Iterator[tuple[str, str]]:
    """ "Checked 3 days ago by phone": "phone number, address"."""
    _ = catalogue(language).gettext
    for check, about in in_groups(one.checks):
        ago, how = age_words(check.at, now, language), How(check.how).label(language)
        told = _("Checked {ago} {how}").format(ago=ago, how=how)
        yield told, ", ".join(fact.label(language) for fact in about)


def map_link(draft: ListingDraft) -> str:
    """geo: address for the phone's own map; only for a place one may walk to, so no third party is asked."""
    place = draft.place
    if place is None or not place.walkable or not place.located or place.approximate:
        return ""
    return f"geo:{place.latitude:.5f},{place.longitude:.5f}"
