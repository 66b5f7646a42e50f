"""One place told by several publishers: what each says where they differ, in plain words with its day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from directory.i18n import catalogue
from directory.listing import Listed, ListingDraft
from directory.same.words import NO_STREET, read_street
from directory.schedule import in_words
from directory.vocab import label
from directory.web.facts import Row
from directory.web.moments import long_date

MOST_TIMES = 3


@dataclass(frozen=True, slots=True)
class Teller:
    """A publisher of this place and when it was last looked at there."""

    publisher: str
    licence: str
    day: str


def tellers(one: Listed, language: str) -> list[Teller]:
    """Who tells of it, the one whose word comes first first."""
    _ = catalogue(language).gettext
    told = []
    for voice in one.voices or (one,):
        day = voice.draft.verified_on
        checked = _("checked {day}").format(day=long_date(day, language)) if day and one.voices else ""
        told.append(Teller(voice.publisher, voice.licence, checked))
    return told


def differences(one: Listed, language: str) -> list[Row]:
    """A row for each fact that two publishers tell differently; silence is no difference."""
    _ = catalogue(language).gettext
    rows = []
    for told, read in _fields(language):
        said: dict[str, tuple[str, Listed]] = {}
        for voice in one.voices:
            if value := read(voice.draft):
                said.setdefault(_meant(voice.draft, value), (value, voice))
        if len(said) > 1:
            first, *others = said.values()
            rows.append(Row(told, (_first(*first, language), *(_other(*other, language) for other in others))))
    for group, values in one.contested.items():
        names = ", ".join(label(group, value, language) for value in values)
        rows.append(Row(names, (_("They differ: call to ask."),)))
    return rows


def _meant(draft: ListingDraft, value: str) -> str:
    """Equal for one thing written in two ways: "305 Main Street" is no other place than "305 Main St"."""
    place = draft.place
    street = read_street(place.street) if place and value == _where(draft) else NO_STREET
    return repr((street, place.postal_code[:5], place.city.casefold())) if place and street.known else value.casefold()


def _fields(language: str) -> list[tuple[str, Callable[[ListingDraft], str]]]:
    _ = catalogue(language).gettext
    return [
        (_("Name"), lambda draft: draft.name),
        (_("Where"), _where),
        (_("Phone"), lambda draft: str(draft.phones[0]) if draft.phones else ""),
        (_("When"), lambda draft: _when(draft, language)),
    ]


def _where(draft: ListingDraft) -> str:
    """Only an address that may be walked to: a vague one is no other one."""
    return draft.place.address() if draft.place and draft.place.walkable else ""


def _when(draft: ListingDraft, language: str) -> str:
    times = sorted(draft.times, key=lambda time: ((time.weekday - 1) % 7, time.start))
    shown = list(dict.fromkeys(in_words(time, language) for time in times))
    return ", ".join(shown[:MOST_TIMES]) + (" …" if len(shown) > MOST_TIMES else "")


def _first(value: str, voice: Listed, language: str) -> str:
    _ = catalogue(language).gettext
    day: date | None = voice.draft.verified_on
    if day is None:
        return _("{value}, from {publisher}").format(value=value, publisher=voice.publisher)
    shown = long_date(day, language)
    return _("{value}, from {publisher}, checked {day}").format(value=value, publisher=voice.publisher, day=shown)


def _other(value: str, voice: Listed, language: str) -> str:
    _ = catalogue(language).gettext
    return _("{publisher} says: {value}").format(publisher=voice.publisher, value=value)
