"""What a licence lets us pass on. A licence we do not know is no permission: such listings are on our pages, but no
open feed carries them until a person says yes for their publisher (`Publisher.pass_on`).
"""

import re
from enum import StrEnum
from functools import lru_cache


class PassOn(StrEnum):
    YES = "yes"
    CREDIT = "credit"  # with the publisher's name and licence beside it, as every record of ours has
    NO = "no"
    UNKNOWN = "unknown"


# Read from above: what forbids comes first, so that "CC BY-NC-ND, no redistribution" is a no.
KNOWN: tuple[tuple[str, PassOn], ...] = (
    (r"no redistribution|not (to )?be (re)?distributed|do not (re)?distribute|all rights reserved", PassOn.NO),
    (r"confidential|internal use|members only|personal use only|proprietary", PassOn.NO),
    (r"\bcc[ -]by[a-z -]*[ -](nc|nd)\b|non-?commercial|no ?derivatives", PassOn.NO),  # others may sell or change it
    (r"public domain|\bcc0\b|\bpddl\b|us government work|u\.s\. government work|invented", PassOn.YES),
    (r"\bcc[ -]by\b|creative commons attribution|\bodc-by\b|\bodbl\b|open database licen[cs]e", PassOn.CREDIT),
    (r"\bopen government licen[cs]e|\bogl\b|open, with credit|\bmit\b|\bapache\b", PassOn.CREDIT),
)


@lru_cache(maxsize=1024)
def passing_on(licence: str, decided: str = "") -> PassOn:
    """By the publisher's licence, unless a person decided "yes" or "no" for this publisher."""
    if decided:
        return PassOn.CREDIT if decided == "yes" else PassOn.NO
    plain = " ".join(licence.casefold().split())
    return next((answer for words, answer in KNOWN if re.search(words, plain)), PassOn.UNKNOWN)
