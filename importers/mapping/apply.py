"""One row of somebody's list, read through a plan, becomes a draft; or it says why not."""

from directory.listing import ListingDraft, Online, Phone, Place
from directory.vocab import Kind, LevelOfCare, Modality
from importers import clean, hiding
from importers.mapping.cells import Cells
from importers.mapping.facts import Facts
from importers.mapping.homes import residence
from importers.mapping.hours import hours
from importers.mapping.language import Plan, fold
from importers.mapping.places import area, place
from importers.mapping.words import parts
from importers.rows import Feed, Hold, Reject, Row, Skip


def draft_of(plan: Plan, row: Row, feed: Feed) -> ListingDraft:
    cells = Cells(plan, row)
    key = _key(cells)
    try:
        return _draft(cells, key, feed)
    except (Skip, Hold, Reject) as outcome:
        outcome.key = outcome.key or key
        raise
    finally:
        cells.done()


def _draft(cells: Cells, key: str, feed: Feed) -> ListingDraft:
    facts = Facts(cells)
    _may_be_listed(cells, facts)
    kinds = _kinds(cells, facts)
    facts.gather()
    if kinds[0] is Kind.SOBER_LIVING:
        facts.say("level", LevelOfCare.RECOVERY_RESIDENCE)
    if kinds[0] is Kind.SUPPORT_GROUP and feed.fellowship and not facts.has("fellowship"):
        facts.say("fellowship", feed.fellowship)
    state = feed.state or clean.state(str(cells.plan.fixed.get("state", "")))
    where = place(cells, state, facts.flags.get("confidential", False))
    where = hiding.held_back(where, cells.text("description"), cells.text("notes"), name=cells.text("name"))
    served = area(
        cells,
        clean.state(cells.text("state")) or (where.state if where else state),
        facts.flags.get("nationwide", False),
    )
    when = hours(cells)
    online = _online(cells)
    phones = _phones(cells)
    website = clean.url(cells.text("website"))
    updated = clean.day(cells.raw("updated_on"))
    modality = _modality(cells, facts, where, online, phones, website)
    facts.notes += [f"Times: {words}" for words in when.unread]
    facts.notes.insert(0, _prose(cells.text("notes")))
    facts.categories[:0] = map(clean.words, parts(cells.plan, "category", cells.text("category")))
    home = residence(cells, facts, updated) if Kind.SOBER_LIVING in kinds else None
    return ListingDraft(
        source_key=key,
        name=clean.words(cells.text("name")),
        kind=kinds[0],
        also=tuple(kinds[1:]),
        modality=modality,
        group=clean.words(cells.text("group")),
        description=_prose(cells.text("description")),
        notes="\n".join(dict.fromkeys(filter(None, facts.notes))),
        place=where,
        area=served,
        online=online,
        phones=phones,
        website=website,
        email=clean.email(cells.text("email")),
        times=tuple(when.times),
        by_appointment=facts.flags.get("by_appointment", when.by_appointment),
        facets=facts.facets(),
        denied=facts.denied(),
        categories=tuple(dict.fromkeys(word.strip() for word in facts.categories if word.strip())),
        residence=home,
        verified_on=clean.day(cells.raw("verified_on")),
        source_updated_on=updated,
    )


def _key(cells: Cells) -> str:
    """What tells this row from others next time: columns or fields, however they are spaced or capitalised."""
    parts = [fold(cells.text(name) if name in cells.plan.columns else cells.column(name)) for name in cells.plan.key]
    return "|".join(parts) if any(parts) else ""


def _may_be_listed(cells: Cells, facts: Facts) -> None:
    name = clean.words(cells.text("name"))
    for rule in cells.plan.skips:
        if fold(cells.column(rule.column)) in rule.values:
            raise Skip(rule.reason)
    status = facts.codes("status")
    if "closed" in status:
        raise Skip("inactive in the list")
    if "hold" in status:
        raise Hold("its status needs a person", cells.bare("status"))
    if not name:
        raise Reject("no name")
    kinds = facts.codes("kind") or [cells.plan.kind]
    if clean.closed_in_name(name, meeting=Kind.SUPPORT_GROUP in kinds):
        raise Skip("marked closed in its name")


def _kinds(cells: Cells, facts: Facts) -> list[Kind]:
    """The first is the main one; the mapping's own kind stands where the column says nothing."""
    found = [Kind(code) for code in dict.fromkeys(facts.codes("kind"))]
    if not found and not cells.plan.kind:
        raise Hold("unknown word", "kind: the cell is empty")
    return found or [Kind(cells.plan.kind)]


def _online(cells: Cells) -> Online | None:
    found = Online(
        url=clean.url(cells.text("online_url")),
        url_notes=clean.words(cells.text("online_notes")),
        phone=clean.words(cells.text("online_phone")),
    )
    return found if found.url or found.phone else None


def _phones(cells: Cells) -> tuple[Phone, ...]:
    found = list(clean.phones(cells.text("phone")))
    for label, reading in cells.plan.phones.items():
        found += clean.phones(cells.said(reading), label)
    first: dict[str, Phone] = {}
    for phone in found:
        first.setdefault(str(phone), phone)
    return tuple(first.values())


def _modality(
    cells: Cells, facts: Facts, where: Place | None, online: Online | None, phones: tuple[Phone, ...], website: str
) -> Modality:
    said = facts.codes("modality")
    if said:
        both = {"online", "phone"} & set(said) and "in_person" in said
        return Modality.HYBRID if both else Modality(said[0])
    if cells.plan.kind == Kind.SUPPORT_GROUP and not online:
        return Modality.IN_PERSON  # a number to ask at is no meeting by phone
    if where is not None:
        return Modality.HYBRID if online and where.street else Modality.ONLINE if online else Modality.IN_PERSON
    if online and online.url:
        return Modality.ONLINE
    return Modality.PHONE if phones or online else Modality.ONLINE if website else Modality.IN_PERSON


def _prose(said: str) -> str:
    """A bare "No" answers a question of the form that nobody here has asked."""
    return "" if clean.yes(said) is not None else clean.prose(said)
