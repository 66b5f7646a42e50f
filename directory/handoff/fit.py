"""How one place fits one person's needs: what is known, what to ask, what speaks against it, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from directory.handoff.asking import Ask, Question, Say
from directory.handoff.medicine import (
    HOUSING,
    TREATMENT,
    gives,
    is_otp,
    said,
    takes,
    treats_opioid_use,
    withdrawal_only,
    withdrawal_too,
)
from directory.handoff.needs import Needs
from directory.handoff.wishes import made_for, wished
from directory.listing import Listed
from directory.vacancy import State, current
from directory.vocab import Fellowship, HousingNeed, Kind, Medication


@dataclass(frozen=True, slots=True)
class Fit:
    id: int
    kind: str
    fit: float  # 0..1: share of what was asked that is known to be met; unknown never counts
    why: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()  # questions for the phone
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A fit with what orders it."""

    fit: Fit
    wishes: int  # known to be met
    warnings: int  # what speaks against it, wishes left out
    unfit: bool  # shown with what speaks against it, and never offered for choice


def judge(listed: Listed, needs: Needs, say: Say, now: datetime, language: str = "en") -> Judged | None:
    """None when a must is refused; a must that is not known stays, as a question to call about."""
    ask = Ask(listed.draft, needs, say, now, language)
    asked = [*_musts(ask), *wished(ask), *made_for(ask)]
    if any(question.must and question.answer is False for question in asked):
        return None
    met = [question for question in asked if question.answer]
    counted = [question for question in asked if question.counts]
    known = [question for question in counted if question.answer]
    fit = Fit(
        id=listed.id,
        kind=str(listed.draft.kind),
        fit=round(len(known) / len(counted), 2) if counted else 1.0,
        why=tuple(dict.fromkeys(question.met for question in met if question.met)),
        unknown=tuple(question.ask for question in asked if question.answer is None and question.ask),
        against=tuple(dict.fromkeys(question.refused for question in asked if question.answer is False)),
    )
    wishes = sum(question.wish for question in met)
    warnings = sum(question.answer is False and not question.wish for question in asked)
    return Judged(fit, wishes, warnings, withdrawal_only(listed.draft) or treats_opioid_use(listed.draft) is False)


def _musts(ask: Ask) -> Iterator[Question]:
    for need in ask.needs.helped:
        if need in ask.draft.facets.get("need", ()):
            met = ask.say("helps with {need}").format(need=ask.word("need", need))
            yield Question(True, met)
    yield from _medicines(ask)
    yield from _opioid_use(ask)
    yield from _coverage(ask)
    yield from _gender(ask)
    yield from _age(ask)
    for code in ask.needs.access:
        words = ask.word("access", code)
        unknown = ask.say("call to ask: {thing}?").format(thing=words)
        refused = ask.say("it says no to: {thing}").format(thing=words)
        yield Question(said(ask.draft, "access", code), words, unknown, refused)
    yield from _bed(ask)


def _medicines(ask: Ask) -> Iterator[Question]:
    draft, say = ask.draft, ask.say
    treats = draft.kind in TREATMENT
    for medicine in ask.needs.medication:
        words = ask.medicine(medicine)
        answer = takes(draft, medicine)
        met = say("gives {medicine}") if answer and gives(draft, medicine) else say("takes people on {medicine}")
        unknown = say("call to ask: takes {medicine}?") if treats or draft.kind in HOUSING else ""
        refused = say("does not take people on {medicine}")
        met, unknown, refused = (told.format(medicine=words) for told in (met, unknown, refused))
        yield Question(answer, met, unknown, refused)
        # Only an opioid treatment program may give methadone: any other place needs a clinic beside it.
        if treats and medicine == Medication.METHADONE and not gives(draft, medicine):
            refused = say("no methadone clinic: keep a clinic that gives methadone")
            yield Question(is_otp(draft), say("an opioid treatment program"), "", refused, must=False)
    if ask.needs.medication and Fellowship.MARA in draft.facets.get("fellowship", ()):
        yield Question(True, say("made for people who take medicine"), must=False)


def _opioid_use(ask: Ask) -> Iterator[Question]:
    """Whoever takes one of these medicines needs a place that treats opioid use; others are only told."""
    if ask.draft.kind not in TREATMENT:
        return
    refused = ask.say("does not treat opioid use")
    answer = treats_opioid_use(ask.draft)
    yield Question(None if answer else answer, "", "", refused, must=bool(ask.needs.medication), counts=False)
    if withdrawal_only(ask.draft):
        refused = ask.say("withdrawal care only: not a place for after it")
        yield Question(False, "", "", refused, must=False, counts=False)
    elif withdrawal_too(ask.draft):
        refused = ask.say("withdrawal care as well: ask for its program after it")
        yield Question(False, "", "", refused, must=False, counts=False)


def _coverage(ask: Ask) -> Iterator[Question]:
    """One way to pay is enough; refused only when each of them is."""
    draft, asked = ask.draft, ask.needs.payment
    if not asked or draft.kind not in (*TREATMENT, *HOUSING):
        return
    words = [ask.label("payment", code) for code in asked]
    taken = [ask.label("payment", code) for code in asked if said(draft, "payment", code)]
    denied = all(said(draft, "payment", code) is False for code in asked)
    unknown = ask.say("call to ask: takes {payment}?").format(payment=", ".join(words))
    refused = ask.say("does not take {payment}").format(payment=", ".join(words))
    answer = True if taken else False if denied else None
    yield Question(answer, ask.say("takes {payment}").format(payment=", ".join(taken)), unknown, refused)


def _gender(ask: Ask) -> Iterator[Question]:
    if not ask.needs.gender:
        return
    words = ask.word("gender", ask.needs.gender)
    # Only a house is asked before it is known: most other doors are open to all.
    unknown = ask.say("call to ask: open to {people}?").format(people=words) if ask.draft.kind in HOUSING else ""
    refused = ask.say("not open to {people}").format(people=words)
    met = ask.say("open to {people}").format(people=words)
    yield Question(said(ask.draft, "gender", ask.needs.gender), met, unknown, refused)


def _age(ask: Ask) -> Iterator[Question]:
    if not ask.needs.age or ask.draft.kind not in (*TREATMENT, *HOUSING):
        return
    words = ask.word("age", ask.needs.age)
    answer = said(ask.draft, "age", ask.needs.age)
    # A place that lists other ages only has most likely thought of it: that is a question, not a yes or a no.
    unknown = ask.say("call to ask: open to {people}?").format(people=words)
    refused = ask.say("not open to {people}").format(people=words)
    yield Question(answer, ask.say("open to {people}").format(people=words), unknown, refused)


def _bed(ask: Ask) -> Iterator[Question]:
    """A free bed is news of one day: it is said with its day, and never taken for a promise."""
    if not ask.needs.housing or ask.draft.kind is not Kind.SOBER_LIVING:
        return
    call, known = ask.say("call to ask: a bed free today?"), current(ask.draft.residence, ask.now)
    if known is None or known.state is State.ASSESS:
        tonight = ask.needs.housing == HousingNeed.ANY_BED_TONIGHT
        yield Question(None, "", call if tonight else "", "", must=False, counts=False)
        return
    free = known.state is State.OPEN
    words = ask.say("had a free bed on {day}") if free else ask.say("had no free bed on {day}")
    words = words.format(day=ask.day(known.at.date()))
    yield Question(free, words, "", words, must=False, counts=False)
