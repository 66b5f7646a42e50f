"""Is there a place? The one owner of that answer: never without its age, and unknown after 72 hours.

Pages, paper and exports ask `current` (or `aged`) and nothing else reads a residence's vacancy.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from directory.freshness import age_words
from directory.i18n import catalogue
from directory.listing import ListingDraft, Residence
from directory.vocab import Term

GOOD_FOR = timedelta(hours=72)
AHEAD = timedelta(hours=26)  # a date without a zone may begin this much earlier somewhere; later is a slip


class State(Term):
    OPEN = "open", "Open", "Hay lugar"
    WAITLIST = "waitlist", "Wait list", "Lista de espera"
    FULL = "full", "Full", "Lleno"
    ASSESS = "assess", "They meet with you first", "Primero hablan con usted"


@dataclass(frozen=True, slots=True)
class Vacancy:
    """What a place said of its free beds, and when; `count` None when it gave no number."""

    state: State
    count: int | None
    at: datetime


def said_at(house: Residence | None) -> datetime | None:
    """The moment its vacancy was true; a bare date counts from noon UTC, which is that day on every clock here."""
    if house is None:
        return None
    if house.vacancies_at is not None:
        return house.vacancies_at
    return datetime.combine(house.vacancies_as_of, time(12), UTC) if house.vacancies_as_of else None


def current(house: Residence | None, now: datetime) -> Vacancy | None:
    """None is unknown: never said, said without a moment, or said more than 72 hours ago."""
    at = said_at(house)
    if house is None or at is None or not -AHEAD <= now - at <= GOOD_FOR:
        return None
    if house.vacancy in State._value2member_map_:
        state = State(house.vacancy)
    elif house.vacancies is not None:
        state = State.OPEN if house.vacancies > 0 else State.FULL
    else:
        return None
    return Vacancy(state, house.vacancies if state is not State.FULL else None, min(at, now))


def aged(draft: ListingDraft, now: datetime) -> ListingDraft:
    """The draft as it may leave us: a vacancy that is unknown by now is not in it."""
    house = draft.residence
    if house is None or current(house, now) is not None:
        return draft
    return replace(draft, residence=replace(house, vacancy="", vacancies=None, vacancies_as_of=None, vacancies_at=None))


def vacancy_words(house: Residence | None, now: datetime, language: str) -> str:
    """For a page that is read now: "2 open beds, told 5 hours ago. Call to be sure."; unknown says to ask."""
    _ = catalogue(language).gettext
    known = current(house, now)
    if known is None:
        return _("Not known. Call to ask.")
    told = _("{state}, told {ago}. Call to be sure.")
    return told.format(state=state_words(known, language), ago=age_words(known.at, now, language))


def state_words(known: Vacancy, language: str) -> str:
    plural = catalogue(language).ngettext
    if known.state is State.OPEN and known.count:
        return plural("{n} open bed", "{n} open beds", known.count).format(n=known.count)
    if known.state is State.WAITLIST and known.count:
        return plural("Wait list of {n}", "Wait list of {n}", known.count).format(n=known.count)
    return known.state.label(language)
