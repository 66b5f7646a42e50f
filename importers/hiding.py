"""Places whose address is nobody's to know: a shelter says so in whatever column it finds room.

Who hides from somebody is in danger where a street is shown, so words are believed wherever they stand. What stays is
the town, and how to call.
"""

import re
from dataclasses import replace

from directory.listing import Place
from importers import clean

_UNTOLD = (
    r"(?:confidential|undisclosed|unpublished|withheld|secret|not (?:disclosed|published|public|given out|listed))"
)
_WHERE = r"(?:address|location|site|whereabouts)(?:es|s)?"
_KIND = r"(?:(?:emergency|crisis|domestic violence|women's|temporary|transitional|street|exact|physical) )"
_HIDDEN = re.compile(
    rf"(?:^|[-–(:,])\W*{_UNTOLD}\W*$|\b{_UNTOLD} {_KIND}?(?:{_WHERE}|shelters?|safe ?houses?|housing)\b"
    rf"|\b{_WHERE}(?: of [^.;\n]{{1,40}})?\W{{1,3}}(?:(?:is|are|will be) )?(?:kept |held |strictly )?{_UNTOLD}\b"
    rf"|\bcall for (?:the )?{_WHERE}\b"
    rf"|\b{_WHERE} (?:will be |is |are )?(?:given|provided|told|disclosed) "
    r"(?:only )?(?:(?:up)?on|at|after|during|by) \w+",
    re.I,
)

_FLED = (
    r"(?:(?:domestic|family|intimate partner|dating|sexual) (?:violence|abuse|assault)|battered|traffick\w+"
    r"|abus(?:ed|ive) (?:women|woman|partners?|spouses?|persons?|homes?|relationships?|situations?))"
)
_REFUGE = (
    r"(?:shelters?|safe ?(?:house|home|place)s?|refuge|(?:transitional|emergency|confidential) (?:housing|homes?))"
)
_NAMED_REFUGE = re.compile(rf"{_FLED}.*\b{_REFUGE}|\b{_REFUGE}.*{_FLED}", re.I)
_GIVES_REFUGE = re.compile(
    rf"\b(?:provid|offer|operat|maintain|manag)\w*\b[^.;\n]{{0,60}}\b{_REFUGE}\b[^.;\n]{{0,60}}{_FLED}"
    rf"|\b(?:provid|offer|operat|maintain|manag)\w*\b[^.;\n]{{0,40}}{_FLED}[^.;\n]{{0,20}}\b{_REFUGE}\b",
    re.I,
)


def is_refuge(name: str, about: str) -> bool:
    """Whether people live there who fled from somebody: its door is nobody's to know, though its list may print it.

    A shelter for all who have no home is not meant: who comes there must find it.
    """
    if _NAMED_REFUGE.search(name):
        return True
    found = _GIVES_REFUGE.search(about)
    return found is not None and "homeless" not in found[0].casefold()


def says_hidden(*texts: object) -> bool:
    """Whether any text says that the address is not for everybody; "All services are confidential" does not."""
    return any(_HIDDEN.search(words) for words in map(clean.words, texts) if words)


def held_back(place: Place | None, *texts: object, name: str = "") -> Place | None:
    """The place as everybody may see it: its town alone where the texts say that its address is hidden.

    With the `name` of a service, the first text is what it is about, and a refuge is hidden unasked.
    """
    refuge = bool(name and texts) and is_refuge(name, clean.words(texts[0]))
    return place if place is None or not (refuge or says_hidden(*texts)) else hidden(place)


def hidden(place: Place) -> Place:
    """Of a place its town, and nothing to find a door by."""
    code = place.postal_code[:5] if place.country == "US" else ""
    return replace(
        place, name="", street="", directions="", latitude=None, longitude=None, postal_code=code, confidential=True
    )
