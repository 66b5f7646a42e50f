"""The packet as words only: a text message of at most two parts, and the whole of it as plain text."""

from collections.abc import Sequence
from textwrap import wrap

from directory.handoff.values import Block, Card, Packet, Section, Step, Table
from directory.i18n import catalogue

# The letters of one septet and of two (GSM 03.38); any other letter makes the whole message UCS-2.
ONE = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWO = set("^{}\\[~]|€")
SIMPLER = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..", "\u00a0": " ", "·": "-"}
)
SINGLE, PART = {True: 160, False: 70}, {True: 153, False: 67}  # units of one message and of each of two, by "is GSM"
WIDTH = 76
LINE = "______________________"


def sms(packet: Packet) -> list[str]:
    """Places and phones by whole entries; what does not fit is counted: "+3 more on paper".

    So is a place reported closed: on paper there is room to say so.
    """
    say = catalogue(packet.options.language).gettext
    entries = [
        _entry(card, packet.options.discreet)
        for card in packet.section("places").cards
        if card.phones and not card.closed
    ]
    left_out = len(packet.chosen) - len(entries)
    for kept in range(len(entries), -1, -1):
        more = left_out + len(entries) - kept
        tail = [say("+{count} more on paper").format(count=more).translate(SIMPLER)] if more else []
        parts = _parts([*entries[:kept], *tail])
        if parts is not None:
            return parts
    return []


def _entry(card: Card, discreet: bool) -> str:
    """A phone screen is read by others too: discreet messages say "Clinic", not which."""
    words = " ".join((card.kind_words if discreet else card.name).translate(SIMPLER).split())
    phone = card.phones[0].number
    room = PART[_is_gsm(words)] - len(phone) - 1
    while _units(words) > room:
        words = words[:-1]
    return f"{words.rstrip()} {phone}"


def _parts(lines: Sequence[str]) -> list[str] | None:
    """One message, or two parts broken between lines; None when it does not fit."""
    whole = "\n".join(lines)
    gsm = _is_gsm(whole)
    if _units(whole, gsm) <= SINGLE[gsm]:
        return [whole]
    for cut in range(len(lines) - 1, 0, -1):
        parts = ["\n".join(lines[:cut]), "\n".join(lines[cut:])]
        if all(_units(part, gsm) <= PART[gsm] for part in parts):
            return parts
    return None


def _is_gsm(words: str) -> bool:
    return all(character in ONE or character in TWO for character in words)


def _units(words: str, gsm: bool | None = None) -> int:
    """Septets, or UTF-16 units: an emoji takes two."""
    if _is_gsm(words) if gsm is None else gsm:
        return sum(2 if character in TWO else 1 for character in words)
    return len(words.encode("utf-16-le")) // 2


def plain(packet: Packet) -> str:
    """The whole packet as lines of text, for a screen reader, a fax, or a message the person sends to themselves."""
    lines = [packet.title, packet.date_words, packet.contact]
    if packet.link:
        lines += ["", packet.link_words, " ".join((packet.link, packet.code))]
    for section in packet.sections:
        lines += ["", "", section.title, "=" * len(section.title), *_section(section, packet)]
    return "\n".join(folded for line in lines for folded in (wrap(line, WIDTH) or [""])).strip() + "\n"


def _section(section: Section, packet: Packet) -> list[str]:
    words = packet.words
    lines = [section.intro]
    for number, step in enumerate(section.steps, 1):
        lines += ["", *_step(number, step)]
    for block in section.blocks:
        lines += ["", *_block(block)]
    for place, card in enumerate(section.cards, 1):
        lines += ["", *_card(place, card, packet)]
    if section.sketch:
        lines += ["", *section.sketch.words.split("; "), section.sketch.note]
    if section.others:
        lines += [
            "",
            section.others_title,
            *(" · ".join([c.name, c.where, *filter(None, [c.closed]), *_numbers(c)]) for c in section.others),
        ]
    for day in section.days:
        slots = [" · ".join(filter(None, (s.time, s.name, s.where, *s.notes, s.link))) for s in day.slots]
        lines += ["", day.words, *(slots or [words["none"]])]
    lines += [" · ".join(filter(None, (h.words, h.name, *(c.number for c in h.phones), h.next))) for h in section.helps]
    lines += [" · ".join(filter(None, (line.phone, line.name, line.what))) for line in section.lines]
    return [*lines, *([""] if section.closing else []), section.closing]


def _step(number: int, step: Step) -> list[str]:
    blanks = [f"{label}: {LINE}" for label in step.blanks]
    calls = [call.number for call in step.phones]
    return [f"{number}. {step.title}", step.when, step.where, *calls, *step.lines, *blanks]


def _block(block: Block) -> list[str]:
    marks = [f"{n}." if block.ordered else "-" for n in range(1, len(block.lines) + 1)]
    return [
        *filter(None, [block.heading]),
        *(f"{mark} {line}" for mark, line in zip(marks, block.lines, strict=True)),
        *(f"{fact.label}: {fact.words}" for fact in block.facts),
        *(call.number for call in block.phones),
        *(_table(block.table) if block.table else []),
        *(f"[ ] {tick}" for tick in block.ticks),
        *(f"{blank.label}: {LINE}" for blank in block.blanks),
    ]


def _table(table: Table) -> list[str]:
    """Each cell under the words of its column: rows read alone, also when they wrap."""
    return [
        "; ".join(f"{head}: {cell or LINE}" for head, cell in zip(table.head, row, strict=True)) for row in table.rows
    ]


def _card(number: int, card: Card, packet: Packet) -> list[str]:
    words = packet.words
    told = ((words["next"], card.next), (words["hours"], "; ".join(card.hours)))
    facts = [*told, *((fact.label, fact.words) for fact in card.facts), (words["ask"], card.ask)]
    place = " · ".join(filter(None, (card.where, card.distance)))
    head = [f"{number}. {card.name}", card.kind_words, place, *filter(None, [card.closed]), *_numbers(card)]
    return [*head, *(f"{label}: {value}" for label, value in facts if value), card.checked]


def _numbers(card: Card) -> list[str]:
    return [f"{call.number} ({call.label})" if call.label else call.number for call in card.phones]
