"""The medication gap: what could leave a person without their medicine, to be answered before a plan is ready.

For the planner's copy only. It records and warns; it never advises a dose.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from directory.handoff import dates
from directory.handoff.asking import Say
from directory.handoff.booked import Booked
from directory.handoff.medicine import HOUSING, TREATMENT, gives, is_otp, takes
from directory.handoff.needs import Needs
from directory.listing import Listed
from directory.vocab import Medication, label


@dataclass(frozen=True, slots=True)
class Gap:
    code: str  # a key of ANSWERS
    words: str  # one sentence for the planner
    id: int = 0  # the listing it speaks of; 0 none
    answer: str = ""  # the words of the planner's answer; empty: open, and the plan is not ready

    @property
    def key(self) -> str:
        """What an answer is given under: the code, and the listing when it is about one."""
        return f"{self.code}:{self.id}" if self.id else self.code


def answer_words(say: Say) -> Mapping[str, str]:
    """Every answer a planner may choose, by its code."""
    return {
        "bridge": say("More medicine was given or ordered, so that it lasts."),
        "sooner": say("An earlier visit is being set up."),
        "walk_in": say("They take walk-ins: the person goes there before the medicine runs out."),
        "guest_dosing": say("Guest dosing is set up."),
        "other_place": say("Another place gives the medicine."),
        "called_yes": say("I called: they take people on this medicine."),
        "called_otp": say("I called: it is an opioid treatment program."),
        "looked_up": say("I know how long the medicine lasts and wrote it on the plan."),
        "other_home": say("The person will stay somewhere else."),
        "ends_by_plan": say("The prescriber and the person end this medicine by plan."),
        "declined": say("The person knows this and chose it."),
    }


_ANY = ("other_place", "ends_by_plan", "declined")
_ALLOWED: Mapping[str, tuple[str, ...]] = {  # code of a gap -> codes of `answer_words`
    "supply_unknown": ("looked_up", *_ANY),
    "none_booked": ("walk_in", "sooner", "guest_dosing", *_ANY),
    "supply_ends_first": ("bridge", "sooner", "walk_in", "guest_dosing", *_ANY),
    "no_otp": ("called_otp", "guest_dosing", *_ANY),
    "no_prescriber": ("called_yes", *_ANY),
    "program_refuses": ("called_yes", *_ANY),
    "housing_refuses": ("called_yes", "other_home", "ends_by_plan", "declined"),
    "housing_unknown": ("called_yes", "other_home", "ends_by_plan", "declined"),
}
# Code of a gap -> code of an answer -> its words in English, which `say` translates.
ANSWERS: Mapping[str, Mapping[str, str]] = {
    gap: {code: answer_words(str)[code] for code in codes} for gap, codes in _ALLOWED.items()
}


def gaps(
    needs: Needs,
    chosen: Sequence[Listed],
    booked: Sequence[Booked],
    say: Say,
    answers: Mapping[str, str] = {},
    language: str = "en",
) -> tuple[Gap, ...]:
    """`answers`: key (or code) of a gap -> code of an answer; one that ANSWERS does not allow leaves the gap open."""
    if not needs.medication:
        return ()
    found = [*_supply(needs, chosen, booked, say, language), *_programs(needs, chosen, booked, say, language)]
    return tuple(_answered(gap, answers, say) for gap in (*found, *_houses(needs, chosen, say, language)))


def ready(found: Sequence[Gap]) -> bool:
    """Every gap has an answer."""
    return all(gap.answer for gap in found)


def _answered(gap: Gap, answers: Mapping[str, str], say: Say) -> Gap:
    chosen = answers.get(gap.key) or answers.get(gap.code, "")
    return replace(gap, answer=say(ANSWERS[gap.code][chosen])) if chosen in ANSWERS[gap.code] else gap


def _first(needs: Needs, chosen: Sequence[Listed], booked: Sequence[Booked]) -> Booked | None:
    """The first visit at chosen treatment after the hour of discharge: a meeting or a pantry gives no medicine."""
    programs = {one.id for one in _treatment(chosen)}
    coming = [one for one in booked if one.id in programs and (not needs.leaving or one.starts_at > needs.leaving)]
    return min(coming, key=lambda one: one.starts_at.timestamp(), default=None)


def _treatment(chosen: Sequence[Listed]) -> list[Listed]:
    return [one for one in chosen if {one.draft.kind, *one.draft.also} & {*TREATMENT}]


def _supply(needs: Needs, chosen: Sequence[Listed], booked: Sequence[Booked], say: Say, language: str) -> Iterator[Gap]:
    first, last = _first(needs, chosen, booked), needs.supply_through
    if last is None:
        yield Gap("supply_unknown", say("Nobody has said how long the medicine in hand lasts."))
    if first is None and last is None:
        yield Gap("none_booked", say("No visit is booked at a place that treats."))
    elif first is None and last is not None:
        words = say("The medicine lasts through {day}, and no visit is booked at a place that treats.")
        yield Gap("none_booked", words.format(day=dates.day(last, language)))
    elif first is not None and last is not None and _day(first, needs) > last:
        words = say("The medicine lasts through {last}, and the first visit is on {first}.")
        told = words.format(last=dates.day(last, language), first=dates.day(_day(first, needs), language))
        yield Gap("supply_ends_first", told, first.id)


def _day(first: Booked, needs: Needs) -> date:
    """The day of a visit on the clock of where they will stay."""
    home = ZoneInfo(needs.near.timezone) if needs.near.timezone else first.starts_at.tzinfo
    return first.starts_at.astimezone(home).date()


def _programs(
    needs: Needs, chosen: Sequence[Listed], booked: Sequence[Booked], say: Say, language: str
) -> Iterator[Gap]:
    programs, first = _treatment(chosen), _first(needs, chosen, booked)
    seen = [one for one in programs if first is None or one.id == first.id]  # where the next dose would come from
    for medicine in needs.medication:
        words = _medicine(medicine, language)
        for one in programs:
            if takes(one.draft, medicine) is False:
                told = say("{name} does not take people on {medicine}.")
                yield Gap("program_refuses", told.format(name=one.draft.name, medicine=words), one.id)
        if medicine == Medication.METHADONE:
            yield from _methadone(seen, say)
        elif not any(gives(one.draft, medicine) for one in seen):
            told = say("No chosen place is known to give {medicine}, so nobody is known to refill it.")
            if first is not None:
                told = say("The place of the first visit is not known to give {medicine}.")
            yield Gap("no_prescriber", told.format(medicine=words), first.id if first else 0)


def _methadone(seen: Sequence[Listed], say: Say) -> Iterator[Gap]:
    """Methadone for opioid use comes from an opioid treatment program only (42 CFR part 8)."""
    if any(is_otp(one.draft) for one in seen):
        return
    if not seen:
        yield Gap("no_otp", say("No opioid treatment program is chosen, and only such a program may give methadone."))
    for one in seen:
        told = say("{name} is not known to be an opioid treatment program, and only such a program may give methadone.")
        yield Gap("no_otp", told.format(name=one.draft.name), one.id)


def _houses(needs: Needs, chosen: Sequence[Listed], say: Say, language: str) -> Iterator[Gap]:
    for one in chosen:
        if one.draft.kind not in HOUSING:
            continue
        for medicine in needs.medication:
            answer, words = takes(one.draft, medicine), _medicine(medicine, language)
            if answer is False:
                told = say("{name} does not take people on {medicine}.")
                yield Gap("housing_refuses", told.format(name=one.draft.name, medicine=words), one.id)
            elif answer is None:
                told = say("Nobody knows whether {name} takes people on {medicine}: call first.")
                yield Gap("housing_unknown", told.format(name=one.draft.name, medicine=words), one.id)


def _medicine(value: str, language: str) -> str:
    told = label("medication", value, language).split(" (")[0]
    return told[:1].lower() + told[1:]
