"""The chosen places as vCard 3.0, the version most phones read: one contact for each place with a number."""

from directory.handoff.values import Card, Packet
from directory.listing import Listed

FOLD = 74  # octets before a line is folded; 75 with the space that begins the next


def render(packet: Packet) -> bytes:
    """Discreet contacts carry neutral words in place of the name, numbered where two would be the same."""
    cards = packet.section("places").cards
    names: dict[str, int] = {}
    found = []
    for card, listed in zip(cards, packet.chosen, strict=True):
        name = card.kind_words if packet.options.discreet else card.name
        names[name] = names.get(name, 0) + 1
        shown = f"{name} {names[name]}" if names[name] > 1 else name
        if card.phones:
            found.append(_contact(shown, card, listed, packet.options.discreet))
    return "".join(found).encode()


def _contact(name: str, card: Card, listed: Listed, discreet: bool) -> str:
    place = listed.draft.place
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{_text(name)};;;;", f"FN:{_text(name)}"]
    if not discreet:
        lines.append(f"ORG:{_text(listed.draft.group or card.name)}")
    # The dialing form, with a pause before an extension, so that a tap on it really calls.
    lines += [f"TEL;TYPE=WORK,VOICE:{_line(call.href.removeprefix('tel:'))}" for call in card.phones]
    if place is not None and place.walkable:
        parts = ("", "", place.street, place.city, place.state, place.postal_code, place.country)
        lines.append(f"ADR;TYPE=WORK:{';'.join(map(_text, parts))}")
    if listed.draft.website and not discreet:
        lines.append(f"URL:{_line(listed.draft.website)}")
    lines += ["CLASS:PRIVATE", "END:VCARD"]
    return "".join(_folded(line) for line in lines)


def _text(words: str) -> str:
    """Escaped as RFC 2426 asks; a line break in a name can never begin a property of its own."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        words = words.replace(plain, escaped)
    return "\\n".join(words.splitlines())


def _line(words: str) -> str:
    return "".join(words.split())


def _folded(line: str) -> str:
    """At most 75 octets a line, never inside a character."""
    folded, octets = [], 0
    for character in line:
        size = len(character.encode())
        if octets + size > FOLD:
            folded.append("\r\n ")
            octets = 1
        folded.append(character)
        octets += size
    return "".join(folded) + "\r\n"
