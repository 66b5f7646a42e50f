"""The planner's copy: gaps and their answers, what was offered and in what order, ties, what nobody knows. One page."""

from collections import Counter
from collections.abc import Sequence

from directory.handoff import words_close
from directory.handoff.agreed import Gap
from directory.handoff.cards import Telling, card
from directory.handoff.medicine import HOUSING, TREATMENT, takes
from directory.handoff.ties import ties
from directory.handoff.values import Block, Section, Table
from directory.listing import Listed
from directory.vocab import Kind, Medication, label

OPTIONS = 3  # places of a kind that leave somebody a choice


def copy(
    chosen: Sequence[Listed], offered: Sequence[Listed], gaps: Sequence[Gap], tell: Telling
) -> tuple[Section, ...]:
    """Printed, kept by nobody here. `offered` in the order it was shown; what was chosen beside it comes last."""
    shown = list({one.id: one for one in (*offered, *chosen)}.values())
    titles = words_close.copy_titles(tell.say)
    return (
        Section("gaps", titles["gaps"], words_close.copy_intro(tell.say), blocks=(_gaps(gaps, shown, tell),)),
        Section("offered", titles["offered"], blocks=(_offered(chosen, shown, tell),)),
        Section("unknown", titles["unknown"], blocks=(_unknown(chosen, tell),)),
        Section("ties", titles["ties"], blocks=(_ties(shown, tell), words_close.copy_record(tell.say))),
    )


def _gaps(gaps: Sequence[Gap], shown: Sequence[Listed], tell: Telling) -> Block:
    if not gaps:
        return Block("", (words_close.no_gaps(tell.say),))
    names = {one.id: one.draft.name for one in shown}
    labels = words_close.copy_labels(tell.say)
    rows = tuple((gap.words, names.get(gap.id, "–"), gap.answer) for gap in gaps)
    return Block("", table=Table((labels["gap"], labels["place"], labels["answer"]), rows))


def _offered(chosen: Sequence[Listed], shown: Sequence[Listed], tell: Telling) -> Block:
    """The chosen ones as a table, the others in one line, each under its number in the order shown."""
    labels, picked = words_close.copy_labels(tell.say), {one.id for one in chosen}
    head = (labels["number"], labels["place"], tell.say("Kind"), tell.say("Phone"))
    rows = [(one.id, (str(number), *_told(one, tell))) for number, one in enumerate(shown, 1)]
    left = [(number, one) for number, one in enumerate(shown, 1) if one.id not in picked]
    lines = (
        words_close.order(tell.say),
        labels["chosen"],
        *([labels["not_chosen"].format(places=_by_kind(left, tell))] if left else []),
        *_few(shown, tell),
    )
    return Block("", lines, table=Table(head, tuple(row for id, row in rows if id in picked)))


def _by_kind(left: Sequence[tuple[int, Listed]], tell: Telling) -> str:
    """As in: Recovery housing: 2. Oak House 614-555-0110; 5. …"""
    found = []
    for kind in Kind:
        told = [f"{number}. {one.draft.name} {_told(one, tell)[2]}" for number, one in left if one.draft.kind is kind]
        found += [f"{label('kind', kind, tell.language)}: {'; '.join(told)}"] if told else []
    return ". ".join(found)


def _told(listed: Listed, tell: Telling) -> tuple[str, str, str]:
    draft = listed.draft
    phone = str(draft.phones[0]) if draft.phones else "–"
    return draft.name, label("kind", draft.kind, tell.language), phone


def _few(shown: Sequence[Listed], tell: Telling) -> list[str]:
    counted = Counter(one.draft.kind for one in shown)
    few = [(kind, counted[kind]) for kind in Kind if 0 < counted[kind] < OPTIONS]
    told = ", ".join(f"{label('kind', kind, tell.language)} ({count})" for kind, count in few)
    return [words_close.few(tell.say).format(kinds=told)] if few else []


def _unknown(chosen: Sequence[Listed], tell: Telling) -> Block:
    rows = [(one, _asks(one, tell)) for one in chosen]
    told = tuple(
        (one.draft.name, str(one.draft.phones[0]) if one.draft.phones else "–", asks) for one, asks in rows if asks
    )
    if not told:
        return Block("", (words_close.all_known(tell.say),))
    labels = words_close.copy_labels(tell.say)
    return Block("", table=Table((labels["place"], tell.say("Phone"), tell.say("Ask when you call")), told))


def _asks(listed: Listed, tell: Telling) -> str:
    draft, labels = listed.draft, words_close.copy_labels(tell.say)
    asks = [labels["closed"]] if listed.reported_closed else []
    if draft.kind in (*TREATMENT, *HOUSING):
        unknown = [code for code in Medication if code in tell.options.medicines and takes(draft, code) is None]
        asks += [labels["medicine"].format(medicine=label("accepts", code, tell.language)) for code in unknown]
    return ", ".join((*asks, *filter(None, [card(listed, tell).ask])))


def _ties(shown: Sequence[Listed], tell: Telling) -> Block:
    """By number: a chain of twenty clinics stays one line."""
    number = {one.draft.name: n for n, one in reversed(list(enumerate(shown, 1)))}
    found = [
        words_close.ties_found(tell.say).format(
            organization=owner, names=", ".join(str(number[name]) for name in names)
        )
        for owner, names in ties(shown)
    ]
    return Block("", (*(found or [words_close.no_ties(tell.say)]), words_close.network(tell.say)))
