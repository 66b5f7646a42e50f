"""What only ranks: wishes, hours, and whom a group is made for. None of it ever hides a place."""

from collections.abc import Iterator, Sequence

from directory.handoff.asking import Ask, Question
from directory.handoff.medicine import HOUSING, TREATMENT, said
from directory.listing import ListingDraft
from directory.schedule import DAY, WeeklyTime
from directory.vocab import (
    Access,
    Age,
    DayPart,
    Fellowship,
    Gender,
    Kind,
    MeetingFormat,
    Population,
    ResidenceFeature,
    Therapy,
    Travel,
    Wish,
)

WEEKEND = (0, 6)  # Sunday, Saturday
PARTS = {DayPart.MORNING: (0, 12 * 60), DayPart.AFTERNOON: (12 * 60, 17 * 60), DayPart.EVENING: (17 * 60, DAY)}
# Made for these people: whoever has not said to be one is told so. Others (parents, co-occurring …) name a help.
# Each line of APART is asked apart: a group of young families is for the young who are a family.
OTHERS = (
    Population.LGBTQ,
    Population.TRANS,
    Population.VETERANS,
    Population.MILITARY,
    Population.MILITARY_FAMILY,
    Population.PROFESSIONALS,
    Population.DV,
    Population.ABUSE_SURVIVORS,
    Population.POC,
    Population.NATIVE,
    Population.HIV,
)
APART = ((Population.FAMILIES,), (Population.YOUNG, Population.OLDER), OTHERS)
FOR_FAMILIES = (Fellowship.AL_ANON, Fellowship.NAR_ANON, Fellowship.FAMILIES)
NOT_DRUGS = (Fellowship.ACA, Fellowship.CODA, Fellowship.EDA, Fellowship.OA, Fellowship.GA, Fellowship.SLAA)
SECULAR = (Fellowship.SMART, Fellowship.LIFERING, Fellowship.RECOVERY_DHARMA, Fellowship.WFS)


def wished(ask: Ask) -> Iterator[Question]:
    needs, draft, say = ask.needs, ask.draft, ask.say
    if needs.language not in ("", "en"):
        words = ask.label("language", needs.language)
        unknown = say("call to ask: someone who speaks {language}?").format(language=words)
        yield Question(said(draft, "language", needs.language), words, unknown, _no(ask, words), must=False, wish=True)
    for code in needs.population:
        words = ask.word("population", code)
        met = say("has a program for {people}").format(people=words)
        yield Question(said(draft, "population", code), met, "", _no(ask, words), must=False, wish=True)
    for wish in needs.wishes:
        answer, words = _wish(wish, draft), ask.word("wish", wish)
        housed = draft.kind in (*HOUSING, Kind.RESIDENTIAL) and wish in (Wish.PETS, Wish.CHILDREN)
        unknown = say("call to ask: {thing}?").format(thing=words) if housed else ""
        yield Question(answer, words, unknown, _no(ask, words), must=False, wish=True)
    if needs.travel in (Travel.WALK, Travel.BUS) and draft.kind in TREATMENT:
        visits = True if Therapy.TELEHEALTH in draft.facets.get("therapy", ()) else None
        yield Question(visits, ask.word("therapy", Therapy.TELEHEALTH), must=False)
    if needs.hours and draft.kind is Kind.SUPPORT_GROUP and draft.times:
        answer = bool(at_hours(draft.times, needs.hours))
        met, refused = say("meets when you can go"), say("does not meet when you can go")
        yield Question(answer, met, "", refused, must=False)


def at_hours(times: Sequence[WeeklyTime], hours: Sequence[str]) -> tuple[WeeklyTime, ...]:
    """The times that begin in one of the parts of the week; all of them when none is asked."""
    return tuple(time for time in times if not hours or any(_within(time, part) for part in hours))


def _within(time: WeeklyTime, part: str) -> bool:
    if part == DayPart.WEEKEND:
        return time.weekday in WEEKEND
    begin, end = PARTS[DayPart(part)]
    return begin <= time.start < end


def _no(ask: Ask, words: str) -> str:
    return ask.say("it says no to: {thing}").format(thing=words)


def _wish(wish: str, draft: ListingDraft) -> bool | None:
    match wish:
        case Wish.FAITH_BASED:
            faith = {MeetingFormat.FAITH} & {*draft.facets.get("format", ())}
            celebrates = Fellowship.CELEBRATE in draft.facets.get("fellowship", ())
            return True if faith or celebrates else said(draft, "residence", ResidenceFeature.FAITH)
        case Wish.SECULAR:
            return _secular(draft)
        case Wish.WOMEN_ONLY:
            return _one_sex(draft, Gender.WOMEN, Gender.MEN)
        case Wish.MEN_ONLY:
            return _one_sex(draft, Gender.MEN, Gender.WOMEN)
        case Wish.LGBTQ:
            return said(draft, "population", Population.LGBTQ)
        case Wish.PETS:
            return said(draft, "access", Access.PETS)
    lives, comes = said(draft, "residence", ResidenceFeature.CHILDREN), said(draft, "access", Access.CHILDREN)
    return lives if draft.kind in HOUSING and lives is not None else comes or lives


def _secular(draft: ListingDraft) -> bool | None:
    religious = _wish(Wish.FAITH_BASED, draft)
    told = MeetingFormat.SECULAR in draft.facets.get("format", ())
    fellowships = draft.facets.get("fellowship", ())
    if religious:
        return False
    return True if told or religious is False or any(one in fellowships for one in SECULAR) else None


def _one_sex(draft: ListingDraft, ours: Gender, other: Gender) -> bool | None:
    if said(draft, "gender", ours) and said(draft, "gender", other) is False:
        return True
    return False if said(draft, "gender", other) else None


def made_for(ask: Ask) -> Iterator[Question]:
    """What a group or house is made for when this person has not said to be that: told, and ranked after."""
    draft, say = ask.draft, ask.say
    if draft.kind in TREATMENT:
        return
    for people in _apart(ask):
        words = ask.word("population", people)
        yield _aside(say("made for {people}: call first").format(people=words))
    sexes = draft.facets.get("gender", ())
    if not ask.needs.gender and len(sexes) == 1 and draft.denied.get("gender"):
        yield _aside(say("open only to {people}").format(people=ask.word("gender", sexes[0])))
    spoken = draft.facets.get("language", ())
    if draft.kind is Kind.SUPPORT_GROUP and spoken and (ask.needs.language or "en") not in spoken:
        yield _aside(say("held in {language}").format(language=ask.label("language", spoken[0])))
    fellowships = set(draft.facets.get("fellowship", ()))
    if fellowships & {*NOT_DRUGS}:
        yield _aside(say("not about drug use"))
    if Fellowship.AA in fellowships and MeetingFormat.CLOSED in draft.facets.get("format", ()):
        yield _aside(say("a closed AA meeting: for people who want to stop drinking"))


def _aside(words: str) -> Question:
    return Question(False, "", "", words, must=False, counts=False)


def _apart(ask: Ask) -> Iterator[str]:
    own = _own(ask)
    people = set(ask.draft.facets.get("population", ()))
    if {*ask.draft.facets.get("fellowship", ())} & {*FOR_FAMILIES}:
        people.add(Population.FAMILIES)
    for line in APART:
        told = [one for one in line if one in people]
        if told and not own & {*told}:
            yield told[0]
    # Whoever looks for help as a family does not look for the groups of those in recovery.
    if Population.FAMILIES in own and ask.draft.kind is Kind.SUPPORT_GROUP and Population.FAMILIES not in people:
        yield Population.OPIOID_USE


def _own(ask: Ask) -> set[str]:
    own: set[str] = set(ask.needs.population)
    if Wish.LGBTQ in ask.needs.wishes:
        own.add(Population.LGBTQ)
    if ask.needs.age in (Age.TEEN, Age.YOUNG_ADULT):
        own.add(Population.YOUNG)
    if ask.needs.age == Age.OLDER_ADULT:
        own.add(Population.OLDER)
    return own
