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
    labels, picked = words_close.copy_labels(tell.say), {one.id for one in chosen}
    head = (labels["number"], labels["place"], tell.say("Kind"), tell.say("Phone"), labels["chosen"])
    rows = tuple(
        (
            str(number),
            one.draft.name,
            label("kind", one.draft.kind, tell.language),
            str(one.draft.phones[0]) if one.draft.phones else "–",
            labels["yes"] if one.id in picked else labels["no"],
        )
        for number, one in enumerate(shown, 1)
    )
    return Block("", (words_close.order(tell.say), *_few(shown, tell)), table=Table(head, rows))


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
    found = [
        words_close.ties_found(tell.say).format(organization=owner, names=", ".join(names))
        for owner, names in ties(shown)
    ]
    return Block("", (*(found or [words_close.no_ties(tell.say)]), words_close.network(tell.say)))
