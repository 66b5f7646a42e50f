"""The sections to fill in by hand, with what is known printed: medicine, a place to stay, check-ins, the plan."""

from collections.abc import Sequence
from datetime import timedelta

from directory.handoff import dates, words_close, words_own
from directory.handoff.agreed import Entry, Plan, Situation
from directory.handoff.cards import Telling, calls, closed, fee, free_beds, medicine_fact, only, where
from directory.handoff.medicine import HOUSING, gives
from directory.handoff.values import Blank, Block, Fact, Section, Table
from directory.listing import Listed
from directory.vocab import Medication, label

CHECK_INS = (1, 3, 7, 14, 30)  # days after leaving


def medicine(chosen: Sequence[Listed], asked: Situation, tell: Telling, title: str, phone: str) -> Section:
    """Names of medicines stand in the plain variant only; discreet paper has lines to write on."""
    say, taken = tell.say, tell.options.medicines
    blocks = [_medicine(code, chosen, asked, tell) for code in Medication if code in taken]
    call = _call_unit(tell, phone)
    short = words_own.run_out(say, methadone=Medication.METHADONE in taken)
    blocks += [Block(short.heading, (*short.lines, *call)), words_own.medicine_table(say, named=bool(taken))]
    return Section("medicine", title, words_own.medicine_intro(say), blocks=tuple(blocks))


def _medicine(code: Medication, chosen: Sequence[Listed], asked: Situation, tell: Telling) -> Block:
    say, until = tell.say, asked.supply_through
    givers = [one.draft for one in chosen if gives(one.draft, code)]
    told = "; ".join(" ".join((draft.name, *(str(phone) for phone in draft.phones[:1]))) for draft in givers)
    facts = (
        Fact(say("I have enough until"), dates.day(until, tell.language) if until else ""),
        Fact(say("Places I chose that give it"), told),
    )
    known = tuple(fact for fact in facts if fact.words)
    return Block(label("accepts", code, tell.language), facts=known, blanks=words_own.medicine_blanks(say, bool(until)))


def _call_unit(tell: Telling, phone: str) -> tuple[str, ...]:
    return (tell.say("Can't reach them? Call the place you are leaving: {phone}").format(phone=phone),) if phone else ()


def stay(chosen: Sequence[Listed], asked: Situation, plan: Plan | None, tell: Telling, title: str) -> Section:
    houses = [one for one in chosen if {one.draft.kind, *one.draft.also} & set(HOUSING)]
    say = tell.say
    blocks = [words_own.bed_tonight(say)] if asked.housing == "any_bed_tonight" else []
    blocks += [_house(one, plan, tell) for one in houses]
    blocks += [words_own.house_questions(say, tell.options.discreet)] if houses else [words_own.sleep(say)]
    if not houses and asked.housing != "any_bed_tonight":
        blocks.append(words_own.bed_tonight(say))
    return Section("stay", title, words_own.stay_intro(say), blocks=tuple(blocks))


def _house(listed: Listed, plan: Plan | None, tell: Telling) -> Block:
    draft, say = listed.draft, tell.say
    entry = next((one for one in _entries(plan) if one.id == listed.id and one.what == "move_in"), None)
    home, discreet = draft.residence, tell.options.discreet
    features = [f for f in draft.facets.get("residence", ()) if not discreet]
    facts = [
        Fact(say("Where"), where(draft, tell)),
        Fact(say("I move in on"), dates.moment(entry.starts_at, tell.language) if entry else ""),
        Fact(say("Kind of home"), ", ".join(label("residence", feature, tell.language) for feature in features)),
        Fact(say("Cost and insurance"), fee(draft, tell)),
        Fact(say("Who may come"), only(draft, tell)),
        *filter(None, [medicine_fact(draft, tell)]),
    ]
    if home and not discreet:
        facts += [
            Fact(say("Run by"), home.operator),
            Fact(say("Certified by"), _certified(home.certifier, listed, tell)),
            Fact(say("House rules"), home.house_rules),
        ]
    facts.append(Fact(say("Open beds"), free_beds(draft, tell)))
    return Block(
        draft.name,
        tuple(filter(None, [closed(listed, tell)])),
        facts=tuple(fact for fact in facts if fact.words),
        phones=calls(draft.phones[:2], discreet),
        blanks=tuple(Blank(told) for told in (*([] if entry else [say("I move in on")]), say("Ask for"))),
    )


def _certified(certifier: str, listed: Listed, tell: Telling) -> str:
    until = listed.draft.residence.certified_until if listed.draft.residence else None
    if not certifier or until is None:
        return certifier
    return tell.say("{who}, until {day}").format(who=certifier, day=dates.full_day(until, tell.language))


def check_ins(plan: Plan | None, tell: Telling, title: str) -> Section:
    first = tell.leaving.date()
    days = tuple(plan.check_ins) if plan and plan.check_ins else tuple(first + timedelta(days=n) for n in CHECK_INS)
    head = words_own.check_ins_head(tell.say)
    rows = tuple((dates.day(day, tell.language), *[""] * (len(head) - 1)) for day in days)
    return Section(
        "check_ins", title, words_own.check_ins_intro(tell.say), blocks=(Block("", table=Table(head, rows)),)
    )


def plan_pages(tell: Telling, title: str) -> Section:
    blocks = words_own.plan(tell.say, tell.options.discreet)
    return Section("plan", title, words_own.plan_intro(tell.say), blocks=blocks)


def sharing(tell: Telling, title: str, staffed: bool) -> Section:
    return Section("sharing", title, blocks=(words_close.sharing(tell.say, staffed),))


def teach_back(tell: Telling, title: str) -> Section:
    blocks = words_close.teach_back(tell.say, tell.options.discreet)
    return Section("teach_back", title, words_close.teach_back_intro(tell.say), blocks=blocks)


def _entries(plan: Plan | None) -> Sequence[Entry]:
    return plan.entries if plan else ()
