"""How one place fits one person's needs: what is known, what to ask, what speaks against it, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from directory.handoff.medicine import HOUSING, TREATMENT, gives, takes
from directory.handoff.needs import Needs
from directory.listing import Listed, ListingDraft
from directory.vocab import LevelOfCare, Medication, label

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Fit:
    id: int
    kind: str
    fit: float  # 0..1: share of what was asked that is known to be met; unknown never counts
    why: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()  # questions for the phone
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked of a place. `answer`: True met, False refused, None not known."""

    answer: bool | None
    met: str
    ask: str
    refused: str
    must: bool = True


def judge(listed: Listed, needs: Needs, say: Say) -> Fit | None:
    """None when a must is refused; a must that is not known stays, as a question to call about."""
    asked = list(_questions(listed.draft, needs, say))
    if any(question.must and question.answer is False for question in asked):
        return None
    met = [question for question in asked if question.answer]
    return Fit(
        id=listed.id,
        kind=str(listed.draft.kind),
        fit=round(len(met) / len(asked), 2) if asked else 1.0,
        why=tuple(question.met for question in met),
        unknown=tuple(question.ask for question in asked if question.answer is None and question.ask),
        against=tuple(question.refused for question in asked if question.answer is False),
    )


def _questions(draft: ListingDraft, needs: Needs, say: Say) -> Iterator[Question]:
    served = [need for need in needs.needs if need in draft.facets.get("need", ())]
    for need in served:
        yield Question(True, say("helps with {need}").format(need=label("need", need).lower()), "", "")
    yield from _medicines(draft, needs, say)
    yield from _coverage(draft, needs, say)
    if needs.gender:
        words = label("gender", needs.gender).lower()
        # Only a house is asked before it is known: most other doors are open to all.
        ask = say("call to ask: open to {people}?").format(people=words) if draft.kind in HOUSING else ""
        yield _question(draft, "gender", needs.gender, say("open to {people}").format(people=words), ask)
    for code in needs.access:
        words = label("access", code).lower()
        yield _question(draft, "access", code, words, say("call to ask: {thing}?").format(thing=words))
    if needs.language not in ("", "en"):
        words = label("language", needs.language)
        ask = say("call to ask: someone who speaks {language}?").format(language=words)
        yield _question(draft, "language", needs.language, words, ask, must=False)
    for code in needs.population:
        words = label("population", code).lower()
        yield _question(
            draft, "population", code, say("has a program for {people}").format(people=words), "", must=False
        )


def _medicines(draft: ListingDraft, needs: Needs, say: Say) -> Iterator[Question]:
    treats = draft.kind in TREATMENT
    for medicine in needs.medication:
        words = label("accepts", medicine).split(" (")[0].lower()
        answer = takes(draft, medicine)
        met = say("gives {medicine}") if answer and gives(draft, medicine) else say("takes people on {medicine}")
        ask = say("call to ask: takes {medicine}?") if treats or draft.kind in HOUSING else ""
        refused = say("does not take people on {medicine}")
        met, ask, refused = (told.format(medicine=words) for told in (met, ask, refused))
        yield Question(answer, met, ask, refused)
        # Only an opioid treatment program may give methadone: any other place needs a clinic beside it.
        if treats and medicine == Medication.METHADONE and not gives(draft, medicine):
            program = LevelOfCare.OTP in draft.facets.get("level", ())
            refused = say("no methadone clinic: keep a clinic that gives methadone")
            yield Question(program, say("an opioid treatment program"), "", refused, must=False)


def _coverage(draft: ListingDraft, needs: Needs, say: Say) -> Iterator[Question]:
    """One way to pay is enough; refused only when each of them is."""
    if not needs.payment or draft.kind not in (*TREATMENT, *HOUSING):
        return
    words = [label("payment", code) for code in needs.payment]
    taken = [label("payment", code) for code in needs.payment if code in draft.facets.get("payment", ())]
    denied = all(code in draft.denied.get("payment", ()) for code in needs.payment)
    ask = say("call to ask: takes {payment}?").format(payment=", ".join(words))
    refused = say("does not take {payment}").format(payment=", ".join(words))
    answer = True if taken else False if denied else None
    yield Question(answer, say("takes {payment}").format(payment=", ".join(taken)), ask, refused)


def _question(draft: ListingDraft, group: str, value: str, met: str, ask: str, must: bool = True) -> Question:
    yes, no = value in draft.facets.get(group, ()), value in draft.denied.get(group, ())
    return Question(None if yes == no else yes, met, ask, f"{label(group, value)}: no", must)
