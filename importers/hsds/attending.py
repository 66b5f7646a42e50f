"""How people get to a service: in person, on line or by phone, when, and from which places."""

import re
from dataclasses import replace

from directory.listing import Area, Online, Place
from directory.vocab import Modality
from importers import clean, public_words, served
from importers.hsds import places
from importers.hsds.facts import Facts
from importers.hsds.parts import Parts
from importers.hsds.shapes import Cells, as_cells, dicts
from importers.hsds.times import Hours, hours
from importers.hsds.wording import words
from importers.mapping.times import told_in
from importers.rows import Feed, Row, text

ONLY_MAIL = "only a mailing address says where it is: name the state with --state"
_APART = re.compile(r"[;|\n]")
_ONLINE = re.compile(
    r"\b(?:online|on line|virtual(?:ly)?|zoom|telehealth|video ?(?:call|conferenc\w+)|remote(?:ly)?|web-?based)\b", re.I
)
_BY_PHONE = re.compile(
    r"\b(?:hot ?lines?|help ?lines?|crisis lines?|warm ?lines?|telephone|by phone|phone line)\b", re.I
)


def opened(parts: Parts) -> Hours:
    """The nearest that anybody tells: at this place, of the service, of the place."""
    for cells in (parts.at, parts.service):
        if (found := hours(cells)).times or found.notes or found.by_appointment:
            return found
    if told := told_in(clean.prose(parts.service.get("description"))).times:
        return Hours(tuple(told))
    found = hours(parts.location)
    if not found.times:
        return found
    named = clean.words(parts.location.get("name")).casefold()
    if named in ("", clean.words(parts.service.get("name")).casefold()):  # the place is the service
        return found
    return replace(found, notes=("These are the hours of the building.", *found.notes))


def modality(parts: Parts, said: Facts, where: Place | None, times: Hours) -> tuple[Modality, Online | None]:
    """In person unless the record says otherwise: a service on line or by phone is shown to people everywhere."""
    afar = parts.location if places.virtual(parts.location) else as_cells(parts.at.get("online"))
    online = _online(afar, bool(said.kinds)) if afar else None
    if said.modality in list(Modality):
        return Modality(said.modality), online
    if places.virtual(parts.location):
        return Modality.PHONE if online and online.phone and not online.url else Modality.ONLINE, online
    name = clean.words(parts.service.get("name"))
    if where is not None:
        hidden_line = not where.walkable and _BY_PHONE.search(name)
        offered = Modality.HYBRID if _ONLINE.search(times.attending) else Modality.IN_PERSON
        return (Modality.PHONE if hidden_line else offered), None
    words_of_it = f"{times.attending} {name}"
    if _BY_PHONE.search(words_of_it):
        return Modality.PHONE, None
    return Modality.ONLINE if _ONLINE.search(words_of_it) else Modality.IN_PERSON, None


def _online(location: Cells, ours: bool) -> Online | None:
    """How to join; the number of a virtual location is a dial-in where there is no link, and in our own feeds."""
    link = clean.url(location.get("url"))
    numbers = (public_words.dial_in(text(one.get("number")))[0] for one in dicts(location.get("phones")))
    dial = next(filter(None, numbers), "") if ours or not link else ""
    return Online(link, clean.prose(location.get("description")), dial) if link or dial else None


def area(parts: Parts, said: Facts, where: Place | None, modality: Modality, row: Row, feed: Feed) -> Area | None:
    """Whom it serves. One that names no place at all would be shown everywhere: then the operator's state, if told."""
    rows = [*dicts(parts.service.get("service_areas")), *dicts(parts.at.get("service_areas"))]
    rows += [] if rows else [{"name": one} for one in _listed(parts.service)]
    afar = modality in (Modality.ONLINE, Modality.PHONE)
    everywhere = where is None or not parts.location or afar or bool(said.kinds)
    found = places.area(rows, where.state if where else feed.state, everywhere)
    if (
        where is None
        and modality is Modality.IN_PERSON
        and not (found and (found.nationwide or found.states or found.counties))
    ):
        if state := feed.state or served.state_of(clean.words(one.get("name")) for one in rows):
            return Area(states=(state,), words=found.words if found else "")
        if state := places.mail_state(parts.organization):
            row.doubt = row.doubt or ONLY_MAIL
            return Area(states=(state,), words=found.words if found else "")
        row.note("nothing says where a service is, so it is shown everywhere: name the state of the feed (--state)")
    return found


def _listed(service: Cells) -> list[str]:
    """Areas in a cell of the service. Commas part nothing: of "Chicago, Cook County" only Chicago may be served."""
    cell = service.get("service_areas")
    return (
        [one for one in _APART.split(cell) if one.strip()]
        if isinstance(cell, str)
        else [*words(service, "service_areas")]
    )
