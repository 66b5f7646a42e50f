"""Notes of meetings made fit for everybody: no private numbers, addresses or names of members, but all of the way in.

Meetings are run by volunteers whose first name and own phone end up in free text ("call Bob 614-555-0100 for the
password"). Anonymity is their tradition and the meeting's own page can say it, so it goes. What gets people
in must stay: meeting numbers, passcodes and dial-in lines look like phone numbers too. So a number stays when the
words beside it say what it is for, when it stands in a link, when the feed's own dial-in or link has the same
digits, or when it is toll free (nobody's own phone); any other full phone number goes.
"""

import re
from collections.abc import Collection

from importers import clean

NUMBER_GONE, EMAIL_GONE, NAME_GONE = "(number left out)", "(e-mail left out)", "(name left out)"
# Three, three and four digits; meeting numbers are mostly grouped 3-4-4 or longer and never match.
_PHONE = re.compile(
    r"(?<![\w/=.,#-])(?:\+?1[\s.-]?)?(?:\(\d{3}\)|\d{3})[\s./–-]{0,3}\d{3}[\s.–-]{0,3}\d{4}(?![\d/]|-\d|[\s.-]\d{2,})(?:\s*(?:x|ext\.?)\s*\d+)?|"
    r"(?<!\w)\+(?!1\b)\d{1,3}[\s.-]?\d[\d\s.-]{6,13}\d"
)
EMAIL = re.compile(r"(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.I)
_WAY_IN = re.compile(
    r"\b(?:id|i\.d\.|zoom|webex|pmi|pin|pass(?:code|word)?|pw|pwd|pc|codes?|dial(?:[- ]?in)?|call[- ]in|conference|"
    r"conf|access|tap|toll[- ]?free|audio|teleconference|free ?conference|line|hotline|intergroup|office)"
    r"(?:[ -]+(?:phone|tel(?:ephone)?|call|number|no)\b)*",
    re.I,
)
_TO_A_PERSON = re.compile(r"\b(?:call|text|contact|phone|tel|telephone|cell|mobile|e-?mail|ask|info|questions)\b", re.I)
_THEN_A_CODE = re.compile(r"\W{0,4}(?:(?:zoom|meeting|dial[- ]in)\s+)?(?:id|pmi|pin|pass|pw|pc|access|code|#|,,)", re.I)
_TOLL_FREE = re.compile(r"\D*1?\D*8(?:00|33|44|55|66|77|88)\D")
_NAMED = re.compile(
    r"\b(?P<verb>(?i:contact|call|text|e-?mail|ask for|phone|cell)):?\s+"
    r"(?P<name>[A-Z][a-z]+(?:\s+[A-Z](?:[a-z]+\b|\.|\b))?)(?=\s*(?:\(|@|:|,|\.|;|-|$|\n|\d|(?:at|for|to|if|by|via|with|or|and|on|before)\b))"
)
# Capitalised words after "call" or "contact" that are no member.
_NOT_A_PERSON = frozenset(
    "central office intergroup alano club church zoom district area hotline group the us for our your in id meeting "
    "website front desk secretary chair chairperson host answering service line number al alateen phone email mail "
    "monday tuesday wednesday thursday friday saturday sunday help info information security first local before "
    "when if and or at to free now center centre hall room building time number meetings board public "
    "school no numbers mobile cell text call tap tel".split()
)
_ROLE = re.compile(
    r"(?:info|office|contact|central|intergroup|help|hello|support|admin|web|webmaster|website|meetings?|secretary)\W?.*@"
)


def notes(text: str, way_in: Collection[str] = (), hosts: Collection[str] = (), about_joining: bool = False) -> str:
    """Free text for everybody. `way_in`: the record's own dial-in and link; `hosts`: the publisher's own web hosts,
    whose office addresses may stay; `about_joining`: the column tells how to join, so a bare number is a dial-in."""
    written = clean.prose(text)
    if not written:
        return ""
    if "@" in written:
        written = EMAIL.sub(lambda found: found[0] if _of_office(found[0], hosts) else EMAIL_GONE, written)
    if any(c.isdigit() for c in written):
        kept = {re.sub(r"\D", "", part) for part in way_in}
        written = _PHONE.sub(lambda found: _number(found, kept, about_joining), written)
    return _NAMED.sub(_name, written)


def _of_office(address: str, hosts: Collection[str]) -> bool:
    name, _, host = address.casefold().removeprefix("mailto:").partition("@")
    return bool(_ROLE.match(f"{name}@")) and any(host == own or own.endswith(f".{host}") for own in hosts if own)


def _number(found: re.Match[str], kept: Collection[str], about_joining: bool) -> str:
    digits = re.sub(r"\D", "", found[0])
    if re.match(r"\s*(?:,,|#)", found.string[found.end() :]):  # "…,,191276024#" is a one-tap line
        return found[0]
    if _TOLL_FREE.match(found[0]) or any(digits.removeprefix("1") in own for own in kept):
        return found[0]
    whole = found.string
    line = whole[max(whole.rfind("\n", 0, found.start()) + 1, found.start() - 60) : found.start()]
    if re.search(r"https?://\S*$|\bwww\.\S*$", line):
        return found[0]
    named = re.search(r"[A-Z][a-z]+(?: [A-Z]\.?)?\W{1,4}$", line)
    person = named and not _not_a_person(named[0]) and not _WAY_IN.search(named[0])
    if person and _TO_A_PERSON.search(line):
        return NUMBER_GONE
    # The nearest word before the number says what it is: "ID: 146 436 684 - call 614-555-0100" is a call.
    ways = [word.end() for word in _WAY_IN.finditer(line)]
    calls = [word.end() for word in _TO_A_PERSON.finditer(line)]
    joining = (bool(ways) and max(ways) > max(calls, default=-1)) or (about_joining and not calls)
    return found[0] if joining or _THEN_A_CODE.match(whole, found.end()) else NUMBER_GONE


def _name(found: re.Match[str]) -> str:
    if _not_a_person(found["name"]):
        return found[0]
    return found[0].replace(found["name"], NAME_GONE)


def _not_a_person(words: str) -> bool:
    return any(word.casefold() in _NOT_A_PERSON for word in re.findall(r"[A-Za-z]+", words))


_STOPPED = re.compile(
    r"\b(?:temporarily|indefinitely|permanently|currently) (?:closed|suspended|cancell?ed)\b|"
    r"\b(?:closed|suspended|cancell?ed) (?:indefinitely|permanently|temporarily|until|till)\b|"
    r"\b(?:closed|not meeting) for (?:now|the (?:season|summer|winter|year)|renovations?|repairs?)\b|"
    r"\b(?:meeting|group|reunión|grupo) (?:is|was|has|has been|está) "
    r"(?:suspended|disbanded|discontinued|folded|cancell?ed|suspendid[oa])\b(?! (?:if|when|on|in|during|for)\b)|"
    r"\bno longer (?:meets?|meeting|active)\b(?! (?:in[- ]person|at|on|in|online|via|there|here))|"
    r"\b(?:not currently|currently not) meeting\b(?! (?:in[- ]person|at|on|in|online|via))",
    re.I,
)
_ONLY_A_DETAIL = re.compile(
    r"elevator|bathroom|restroom|entrance|door|parking|kitchen|babysit|child ?care|potluck|breakfast|coffee|snack", re.I
)
_THE_PLACE = re.compile(r"building|church|hall|location|facility|club|room|in[- ]person|office|library|center", re.I)


def says_stopped(text: str, online: bool) -> str:
    """The sentence in which notes say that the meeting does not meet, or "". A closed building stops no online one."""
    written = clean.prose(text)
    if not _STOPPED.search(written):  # the rule for one sentence, and almost always true of all of them
        return ""
    for sentence in re.split(r"(?<=[.!?])\s|\n|\*{2,}", written):
        if _STOPPED.search(sentence) and not _ONLY_A_DETAIL.search(sentence):
            if not (online and _THE_PLACE.search(sentence)):
                return sentence.strip()
    return ""


_DIAL = re.compile(r"\+?\(?\d[\d\s().,*#/–-]*")
_NO_DIAL = re.compile(r"\b(?:id|i\.d|zoom|pw|pass\w*|code|pin)\b", re.I)


def dial_in(text: str) -> tuple[str, str]:
    """A dial-in string (digits + , * #) and the words after it; ("", the words) when it is no number to call:
    fewer than 7 digits, or a meeting number ("Zoom ID 492 025 4911") that would ring at a stranger's."""
    written = clean.words(text)
    if not written:
        return "", ""
    found = _DIAL.search(written)
    digits = re.sub(r"[^\d+,*#]", "", found[0]).rstrip(",+") if found else ""
    first = re.match(r"\+?(\d{7,15})(?!\d)", digits)
    if not found or not first or _NO_DIAL.search(written[: found.start()]):
        return "", written if sum(c.isalpha() for c in written) > 1 else ""
    rest = (written[: found.start()] + " " + written[found.end() :]).strip(" -:;,")
    return digits, rest if " " in rest else ""
