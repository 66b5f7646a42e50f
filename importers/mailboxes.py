"""Whose an e-mail address is: an office's may be shown to everybody, a member of staff's may not.

Feeds of services have one column for both. Nobody can tell a person by an address alone, so it is the other way
round: shown is what says whose desk it is ("intake@", "info@") or bears the name of the service itself.
"""

import re
from functools import lru_cache

from importers.public_words import EMAIL, EMAIL_GONE

_DESK = re.compile(
    r"info|office|contact|admin(?!\w*[._]\w)|hello|^help|support|intake|front|desk|mail|service|referral|program|care(?:s|$)"
    r"|team|recep|^main|director[yi]|^director$|execdir|enquir|inquir|outreach|housing|clinic|center|centre|group"
    r"|reservation|volunteer|commun|comments|^comm|staff|customer|public|question|harvest|recovery|admissions|manager"
    r"|welcome|^ask|member|webmaster|^web$|advocate|^drc$|policy|church|parish|general|medical|maternity|children",
    re.I,
)
_SHORT = 5  # letters from which a word shared with a name is no chance
_FREE_MAIL = re.compile(r"(?:gmail|yahoo|hotmail|outlook|aol|comcast|msn|live|icloud|verizon|earthlink)\.", re.I)


def of_office(address: str, *names: str) -> bool:
    """Whether an address belongs to a desk or bears the name of its service, place or organization (`names`)."""
    local, _, host = address.casefold().partition("@")
    return bool(local) and (bool(_DESK.search(local)) or _named_after(local, host, names))


def office(address: str, *names: str) -> str:
    """The address if it is an office's, else ""."""
    return address if of_office(address, *names) else ""


def without_people(text: str, *names: str) -> str:
    """Free text in which the addresses of people are left out, and said to be."""
    return (
        EMAIL.sub(lambda found: found[0] if of_office(found[0], *names) else EMAIL_GONE, text) if "@" in text else text
    )


@lru_cache(maxsize=4096)
def _named_after(local: str, host: str, names: tuple[str, ...]) -> bool:
    letters = re.sub(r"[^a-z]", "", local)
    words = [word for name in names for word in re.findall(r"[^\W\d_]+", name.casefold())]
    own = "" if _FREE_MAIL.match(host) else re.sub(r"[^a-z]", "", host.rpartition(".")[0])
    if len(letters) > 1 and (letters in words or letters in map(_initials, names)):
        return True
    if len(letters) > 2 and letters in own:
        return True
    return any(len(word) >= _SHORT and word in letters for word in words)


def _initials(name: str) -> str:
    """ "Catholics for a Free Choice" is "cffc"."""
    return "".join(
        word[0] for word in re.findall(r"[^\W\d_]+", name.casefold()) if word not in ("and", "the", "of", "a")
    )
