"""How to start, in a record's words: whether people may just come, or must make an appointment."""

import re

from importers.hsds import wording
from importers.hsds.shapes import Cells

_APPOINTMENT = re.compile(
    r"\b(?:(?<!or )(?<!and )by appointment(?: only)?"
    r"|(?<!no )appointments? (?:is |are )?(?:required|only|necessary|needed)"
    r"|(?:must|need to) (?:call (?:for|to)|make|have|schedule|set up)(?: make| schedule)? an appointment)\b",
    re.I,
)
_DROP_IN = re.compile(r"\b(?:walk[- ]?ins?|drop[- ]?ins?|no appointments?)\b", re.I)
_NO_DROP_IN = re.compile(
    r"\b(?:no|not(?: accept\w*| take)?|never) (?:walk|drop)[- ]?ins?\b|\b(?:walk|drop)[- ]?ins? (?:\w+ )?not\b", re.I
)


def how(service: Cells) -> str:
    """What it says of starting, in one line."""
    columns = ("application_process", "how_to_apply")
    return " ".join(filter(None, (wording.words_of(service, column) for column in columns)))


def drop_in(how: str) -> bool:
    return bool(_DROP_IN.search(how)) and not no_drop_in(how) and not _APPOINTMENT.search(how)


def no_drop_in(how: str) -> bool:
    return bool(_NO_DROP_IN.search(how))


def by_appointment(how: str) -> bool:
    return bool(_APPOINTMENT.search(how)) and (no_drop_in(how) or not _DROP_IN.search(how))
