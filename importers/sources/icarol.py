"""A row of a 2-1-1 export: a program at a site, which has from its site and agency what it does not say itself."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from directory.listing import ListingDraft, Phone, Place, facets
from directory.vocab import Modality
from importers import clean, hiding, mailboxes
from importers.classify import Told, decide
from importers.icarol import columns, family, reach, words
from importers.icarol.columns import said
from importers.icarol.family import AGENCY, AT_SITE, SITE, Family
from importers.lookups import Lookups
from importers.opening import Unsound
from importers.rows import Feed, Hold, Reject, Row, Skip

TRANSLATED = "the same record in another language"
DISASTER = "TH"  # the branch of the 211 taxonomy for what opens in a disaster only


def missing(there: Collection[str], mapping: Mapping[str, Any]) -> list[str]:
    return columns.lacking(there)


def private(mapping: Mapping[str, Any], there: Collection[str]) -> bool:
    return any(columns.of_person(name) for name in there)


def survey(records: Iterable[dict[str, Any] | Unsound]) -> Family:
    return family.survey(records)


def spread(record: dict[str, Any], feed: Feed) -> Iterator[dict[str, Any]]:
    return family.spread(record)


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    known: Family = feed.known
    cells = row.raw
    row.drop(*filter(columns.is_read, cells))
    key = said(cells, "resourceagencynum")
    if len(family.numbers(known.row(key) or {}, "connectstositenum")) > 1:
        key = f"{key}@{said(cells, 'connectstositenum')}"
    if known.is_translated(cells):
        raise Skip(TRANSLATED, key=key)
    above = list(known.above(cells))
    level = _level(cells, known, look, key)
    name = clean.words(said(cells, *columns.NAMES)) or (_first(above, *columns.NAMES) if level == AT_SITE else "")
    if not name:
        raise Reject("no name", key=key)
    key = key or "|".join((name, said(cells, "physicaladdress1"), said(cells, "physicalpostalcode"))).casefold()
    _refuse_hidden(cells, above, name, look, key)
    _refuse_covered(cells, known, level, name, look, key)
    return _listing(row, cells, above, key, name, feed)


def _first(rows: Iterable[Mapping[str, Any]], *names: str) -> str:
    return next((clean.words(found) for row in rows if (found := said(row, *names))), "")


def _level(cells: Mapping[str, Any], known: Family, look: Lookups, key: str) -> str:
    level = known.level(cells)
    found = look.get("level", level)
    if found is None:
        raise Hold("unknown word", f"taxonomylevelname: {level}", key=key)
    return found


def _refuse_hidden(cells: Mapping[str, Any], above: list[dict[str, str]], name: str, look: Lookups, key: str) -> None:
    """Nobody is sent where the publisher sends nobody: its own word, or that of the rows it belongs to."""
    if reason := _hidden(cells, look, key):
        raise Skip(reason, name, key=key)
    for row in above:
        status = look.get("status", said(row, "agencystatus", "status"))
        level = "agency" if family.level_word(row) in ("", AGENCY) else family.level_word(row)
        if status in ("inactive", "do not refer"):
            raise Skip(
                f"its {level} is {'inactive' if status == 'inactive' else 'not to be referred to'}", name, key=key
            )
        if level != AGENCY and (reason := _flagged(row)):
            raise Skip(f"its {level} is {reason}", name, key=key)
    if clean.closed_in_name(name, meeting=False):
        raise Skip("marked closed in its name", name, key=key)
    codes = words.split(said(cells, "taxonomycodes", "taxonomycode"))
    if codes and all(code.upper().startswith(DISASTER) for code in codes):
        raise Skip("for disasters only", name, key=key)


def _hidden(cells: Mapping[str, Any], look: Lookups, key: str) -> str:
    status = said(cells, "agencystatus", "status")
    if status and (meant := look.get("status", status)) != "open":
        if meant is None:
            raise Hold("unknown word", f"agencystatus: {status}", key=key)
        return meant
    if not status and said(cells, "madeinactiveon"):
        return "inactive"
    if not status and ("agencystatus" in cells or "status" in cells):
        raise Hold("no status", "the status is empty", key=key)
    return _flagged(cells)


def _flagged(cells: Mapping[str, Any]) -> str:
    """Why a flag keeps it from the public; an empty flag says nothing."""
    for column, value in cells.items():
        if column.startswith("excludefrom") and columns.said_yes(value):
            return "excluded by its publisher"
        if column in ("availableforreferral", "availablefordirectory") and clean.yes(value) is False:
            return "not to be referred to"
        if re.match(r"(?:is|custom)?disaster(?!plan)", column) and columns.said_yes(value):
            return "for disasters only"
    return ""


def _refuse_covered(cells: Mapping[str, Any], known: Family, level: str, name: str, look: Lookups, key: str) -> None:
    """Agencies and sites are listed through their programs, a program through its rows at sites."""
    number = said(cells, "resourceagencynum")
    if level not in (AGENCY, SITE):
        if level != AT_SITE and known.is_placed(number):
            raise Skip("listed at each of its sites", name, key=key)
        return
    below = [r for r in known.beneath(number) if family.level_word(r) not in (AGENCY, SITE)]
    codes = said(cells, "taxonomycodes", "taxonomycode")
    if level == SITE and not (codes or said(cells, "taxonomyterms", "categories")):
        raise Skip("a site, listed through its programs", name, key=key)
    again = any(said(r, "publicname").casefold() == name.casefold() for r in below)
    if below and (again or not codes):
        raise Skip(f"{'an agency' if level == AGENCY else 'a site'}, listed through its programs", name, key=key)


def _listing(
    row: Row, cells: Mapping[str, Any], above: list[dict[str, str]], key: str, name: str, feed: Feed
) -> ListingDraft:
    whole = _inherited(cells, above)
    about = clean.prose(said(whole, "agencydescription", "programdescription", "description"))
    eligibility = clean.words(said(whole, "eligibility"))
    categories = tuple(words.split(said(whole, "categories")))
    terms = words.terms(whole)
    group = _group(cells, above)
    told = Told(name, terms, categories, about, group, eligibility)
    message = words.message(whole, feed.today)
    if words.says_closed(message):
        raise Hold("its message says that it may be closed", message, key=key)
    meaning = decide(told, row, feed, key)
    how = said(whole, "applicationprocess")
    place = hiding.held_back(_place(cells, above, feed.known), about, eligibility, how, name=name)
    phones = _phones(cells, above)
    opened, (drop_in, by_appointment) = words.hours(whole), words.walk_in(whole)
    can, cannot, access_words = words.access(whole)
    return ListingDraft(
        source_key=key,
        name=name,
        kind=meaning.kind,
        modality=Modality.PHONE if place is None and phones else Modality.IN_PERSON,
        group=group,
        description=mailboxes.without_people(about, name, group),
        notes=mailboxes.without_people(_notes(whole, message, opened.words, access_words, eligibility), name, group),
        place=place,
        area=reach.area(whole, place.state if place else feed.state),
        phones=phones,
        website=clean.url(said(whole, "websiteaddress", "website", "url")),
        email=mailboxes.office(clean.email(said(cells, "emailaddressmain", "email")), name, group),
        times=opened.times,
        by_appointment=opened.by_appointment or by_appointment,
        facets=_facets(meaning.facets, whole, can | ({"drop_in"} if drop_in else set())),
        denied=facets(**{**meaning.denied, "access": {*meaning.denied.get("access", ()), *cannot}}),
        categories=tuple(dict.fromkeys([*categories, *(term.words for term in terms if term.words)])),
        verified_on=clean.day(said(cells, "lastverifiedon")),
        source_updated_on=clean.day(said(cells, "updatedon")),
    )


def _inherited(cells: Mapping[str, Any], above: list[dict[str, str]]) -> dict[str, Any]:
    """A row at a site has its program's words; every row has its agency's website, and nothing else, of the agency."""
    whole: dict[str, Any] = {}
    for row in reversed(above):
        level = family.level_word(row)
        if level in ("program", "service"):
            whole |= row
        elif level in ("site", "location"):
            whole |= {
                name: row[name] for name in row.keys() & {"websiteaddress", "disabilitiesaccess", "hoursofoperation"}
            }
        else:
            whole |= {name: row[name] for name in row.keys() & {"websiteaddress"}}
    return whole | {name: value for name, value in cells.items() if said(cells, name)}


def _group(cells: Mapping[str, Any], above: list[dict[str, str]]) -> str:
    agency = next((row for row in reversed(above)), {})
    name = clean.words(said(cells, "parentagency")) or _first([agency], *columns.NAMES)
    return "" if name.casefold() == clean.words(said(cells, *columns.NAMES)).casefold() else name


def _place(cells: Mapping[str, Any], above: list[dict[str, str]], known: Family) -> Place | None:
    """Its own address, else its site's; of its agency only the town, which is no door to knock at."""
    found = reach.place(cells, known.is_area(cells))
    if found is not None and (found.street or found.confidential):
        return found
    for row in above:
        level = family.level_word(row)
        if level in ("site", "location"):
            return reach.place(row, known.is_area(row)) or found
    return found or next(filter(None, (reach.place(row, True, town_only=True) for row in above)), None)


def _phones(cells: Mapping[str, Any], above: list[dict[str, str]]) -> tuple[Phone, ...]:
    return next(filter(None, (reach.phones(row) for row in (cells, *above))), ())


def _notes(whole: Mapping[str, Any], message: str, hours: str, access: str, eligibility: str) -> str:
    def line(*names: str) -> str:
        return clean.words(said(whole, *names))

    return words.notes([
        ("", message),
        ("Who may come", eligibility),
        ("Hours", hours),
        ("Fees", line("feestructuresource", "feestructure", "fees")),
        ("How to start", line("applicationprocess")),
        ("Bring", line("documentsrequired")),
        ("Wait", line("normalwaittime")),
        ("Languages", words.other_languages(whole)),
        ("Access", access),
        ("Getting there", line("publicaccesstransportation")),
        ("Also called", line("alternatename")),
    ])  # fmt: skip


def _facets(
    meant: Mapping[str, tuple[str, ...]], whole: Mapping[str, Any], access: set[str]
) -> dict[str, tuple[str, ...]]:
    own = {"payment": words.payment(whole), "language": words.languages(whole), "access": access}
    return facets(**{group: {*meant.get(group, ()), *own.get(group, ())} for group in sorted({*meant, *own})})
