"""One result as a card: what it is, how far, when, how to reach it, how sure we are. All in words, nothing guessed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from directory.freshness import DOUBTFUL, RECENT, How, age_words, listing_trust, newest_check
from directory.handoff.medicine import HOUSING, TREATMENT, takes
from directory.i18n import catalogue
from directory.listing import Listed, ListingDraft
from directory.search.query import Match
from directory.vacancy import current, vacancy_words
from directory.vocab import Kind, Medication, Modality, label
from directory.web.moments import month_words, next_words

MOST_PAYMENTS = 3


@dataclass(frozen=True, slots=True)
class Also:
    """Another time of the same group at the same place: its own listing, shown inside one card."""

    id: int
    when: str


@dataclass(frozen=True, slots=True)
class Card:
    listed: Listed
    kind: str
    when: str
    where: str
    distance: str
    medicine: str  # "Takes people on buprenorphine: yes"; empty where it is no question
    payment: str
    vacancy: str  # never without its age; empty where it is unknown
    checked: str
    stale: bool
    also: tuple[Also, ...] = ()

    @property
    def id(self) -> int:
        return self.listed.id

    @property
    def draft(self) -> ListingDraft:
        return self.listed.draft

    def kept_as(self, picks: Collection[int]) -> int | None:
        """The number under which it is on somebody's list, if it is."""
        return next((number for number in self.listed.numbers if number in picks), None)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the language, the moment and the clock that words like "tonight" are about."""

    language: str
    now: datetime
    zone: str


def make_card(listed: Listed, match: Match | None, reader: Reader) -> Card:
    draft = listed.draft
    checked, stale = checked_words(listed, reader)
    return Card(
        listed=listed,
        kind=kind_words(draft, reader.language),
        when=next_words(draft, reader.now, reader.language, reader.zone),
        where=where_words(draft, reader.language),
        distance=_distance(draft, match, reader.language),
        medicine=medicine_words(draft, reader.language),
        payment=payment_words(draft, reader.language),
        vacancy=open_beds(draft, reader),
        checked=checked,
        stale=stale,
    )


def _distance(draft: ListingDraft, match: Match | None, language: str) -> str:
    if match is None or match.miles is None or draft.place is None:
        return ""
    return distance_words(match.miles, draft.place.approximate or draft.place.confidential, language)


def make_cards(listed: Iterable[Listed], matches: Mapping[int, Match], reader: Reader) -> list[Card]:
    """In the given order; meetings of one group at one place become one card under the first of them."""
    rows: dict[object, list[Listed]] = {}
    for one in listed:
        rows.setdefault(_fold_key(one), []).append(one)
    return [_folded(group, matches, reader) for group in rows.values()]


def _folded(group: Sequence[Listed], matches: Mapping[int, Match], reader: Reader) -> Card:
    card = make_card(group[0], matches.get(group[0].id), reader)
    others = ((one, next_words(one.draft, reader.now, reader.language, reader.zone)) for one in group[1:])
    also = tuple(Also(one.id, when or one.draft.name) for one, when in others)
    return (
        card
        if not also
        else Card(**{name: getattr(card, name) for name in Card.__slots__ if name != "also"}, also=also)
    )


def _fold_key(one: Listed) -> object:
    """Same publisher, group and place (or online link): one card. Everything else stands alone, and so does what was
    reported closed: its other days may go on."""
    draft = one.draft
    if draft.kind is not Kind.SUPPORT_GROUP or one.reported_closed:
        return one.id
    place = (draft.place.street, draft.place.city, draft.place.postal_code) if draft.place else ()
    link = (draft.online.url, draft.online.phone) if draft.online else ()
    reach = (place if any(place) else (), link)
    return (one.publisher, draft.group or draft.name, draft.modality, reach) if any(reach) else one.id


def kind_words(draft: ListingDraft, language: str) -> str:
    """ "Support group · Narcotics Anonymous (NA)", "Outpatient program · Opioid treatment program (OTP)"."""
    group = {Kind.SUPPORT_GROUP: "fellowship", Kind.COMMUNITY_SERVICE: "need"}.get(draft.kind, "")
    values = [v for v in draft.facets.get(group, ()) if v != "other"][:2]
    return " · ".join([draft.kind.label(language), *(label(group, value, language) for value in values)])


def where_words(draft: ListingDraft, language: str) -> str:
    """An address only where one may walk to it."""
    _ = catalogue(language).gettext
    if draft.modality is Modality.ONLINE:
        return _("Online")
    if draft.modality is Modality.PHONE:
        return _("By phone")
    place = draft.place
    if place is None:
        return _("Call to ask where")
    address = place.address()
    if place.walkable:
        told = ", ".join(part for part in (place.name, address) if part)
        return _("{address}, and online").format(address=told) if draft.modality is Modality.HYBRID else told
    return _("{area} (call for the address)").format(area=address) if address else _("Call for the address")


def distance_words(miles: float, approximate: bool, language: str) -> str:
    """Rounded as far as it is known: the middle of a ZIP code tells whole miles at best."""
    words = catalogue(language)
    if miles < 2 and approximate:
        return words.gettext("in this area")
    if miles < 0.15:
        return words.gettext("very near")
    shown = f"{miles:.1f}".removesuffix(".0") if miles < 10 and not approximate else f"{miles:.0f}"
    plural = words.ngettext
    told = plural("{n} mile away", "{n} miles away", 1 if shown == "1" else 2).format(n=shown)
    return words.gettext("about {distance}").format(distance=told) if approximate else told


def medicine_words(draft: ListingDraft, language: str) -> str:
    if not {draft.kind, *draft.also} & {*TREATMENT, *HOUSING}:
        return ""
    _ = catalogue(language).gettext
    answer = {True: _("yes"), False: _("no"), None: _("call to ask")}[takes(draft, Medication.BUPRENORPHINE)]
    return _("Takes people on buprenorphine: {answer}").format(answer=answer)


def open_beds(draft: ListingDraft, reader: Reader) -> str:
    known = current(draft.residence, reader.now)
    return vacancy_words(draft.residence, reader.now, reader.language) if known else ""


def _recently(listed: Listed, reader: Reader) -> str:
    """ "Checked 3 days ago by phone"."""
    _ = catalogue(reader.language).gettext
    last = newest_check(listed.checks)
    if last is None or last.at.astimezone(UTC).date() != listed.draft.verified_on:
        when = listed.draft.verified_on or reader.now
        return _("Checked {ago}").format(ago=age_words(when, reader.now, reader.language))
    ago, how = age_words(last.at, reader.now, reader.language), How(last.how).label(reader.language)
    return _("Checked {ago} {how}").format(ago=ago, how=how)


def payment_words(draft: ListingDraft, language: str) -> str:
    _ = catalogue(language).gettext
    names = [label("payment", value, language) for value in draft.facets.get("payment", ())]
    shown = ", ".join(names[:MOST_PAYMENTS])
    return _("{some} and more").format(some=shown) if len(names) > MOST_PAYMENTS else shown


def checked_words(listed: Listed, reader: Reader) -> tuple[str, bool]:
    """How fresh, in words, and whether it is too old to trust without a call."""
    _ = catalogue(reader.language).gettext
    fresh, checked = listed.fresh_on, listed.draft.verified_on
    if fresh is None:
        return _("Not checked lately: call first"), True
    month = month_words(fresh, reader.language)
    if listing_trust(listed, reader.now) < DOUBTFUL:
        return _("Not checked since {month}: call first").format(month=month), True
    if checked == fresh and (reader.now.date() - fresh).days <= RECENT:
        return _recently(listed, reader), False
    told = _("Checked in {month}") if checked == fresh else _("Updated by its publisher in {month}")
    return told.format(month=month), False
