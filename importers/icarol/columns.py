"""Columns of a 2-1-1 export under one spelling, and without what its publisher marks private."""

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from importers import clean
from importers.opening import normal
from importers.rows import text

NAMES = ("publicname", "officialname", "agencyname", "programname")
MARKS = frozenset(
    "resourceagencynum taxonomylevelname parentagencynum agencystatus taxonomycodes excludefromwebsite "
    "excludefromdirectory agencydescription connectstositenum connectstoprogramnum physicaladdress1 phone1number "
    "lastverifiedon availableforreferral hoursofoperation internalnotes".split()
)
ENOUGH = 3  # of these marks: an export has whatever columns its publisher chose
_PERSON = re.compile(
    r"seniorworker|maincontact|lastverif(?:iedby|icationapproved)|internalnotes|mailingattention|enteredby|updatedby"
    r"|(?:assigned|verified|modified|created)(?:by|to)|.*contact(?:name|person|email|phone)|custom.*(?:internal|private)"
)
_PRIVATE = re.compile(r"(.+?)(?:number)?(?:is)?(?:private|confidential|unpublished)")
_READ = re.compile(
    r"(?:public|official|alternate|agency|program)name|resourceagencynum|taxonomy.*|levelname|recordtype|parentagency(?:num)?"
    r"|connectsto(?:site|program)num|physical.*|latitude|longitude|hours(?:ofoperation)?|phone\d*(?:number|name|type|description)?"
    r"|phone(?:tty|tollfree|number(?:hotline|businessline|afterhours|outofarea))|.*(?:private|confidential|unpublished)"
    r"|email(?:addressmain)?|website(?:address)?|url|(?:agency)?status|(?:agency|program)?description|coveragearea(?:text)?"
    r"|coverage|areaserved|eligibility|excludefrom.*|availablefor(?:referral|directory)|disaster.*|disabilitiesaccess"
    r"|accessibility|adaaccess|publicaccesstransportation|fees?|feestructure(?:source)?|applicationprocess|documentsrequired"
    r"|languages(?:offered(?:list)?)?|normalwaittime|temporarymessage.*|updatedon|lastverifiedon|madeinactiveon|categories"
    r"|languageofrecord"
)
_KEPT_TOWN = ("city", "stateprovince", "county", "country", "isprivate", "isconfidential")


@cache
def plain(column: str) -> str:
    """ "Phone 1 Number", "phone1_number" and "Phone1Number" are "phone1number"."""
    return re.sub(r"[^a-z0-9]", "", normal(column))


def lacking(columns: Collection[str]) -> list[str]:
    """What a table lacks to be such an export: a name and some of the columns only they have."""
    there = {plain(column) for column in columns}
    found = [] if there & set(NAMES) else ["PublicName"]
    if len(there & MARKS) < ENOUGH or not there & {"resourceagencynum", "taxonomylevelname", "parentagencynum"}:
        found += ["ResourceAgencyNum", "TaxonomyLevelName", "ParentAgencyNum"]
    return found


def of_person(column: str) -> bool:
    """Names, numbers and notes of staff and contacts, which are never kept."""
    name = plain(column)
    return name != "maincontacttype" and bool(_PERSON.match(name))


@cache
def is_read(name: str) -> bool:
    """Columns that a listing is made from; any other that says something is counted as never used."""
    return bool(_READ.fullmatch(name))


def public(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record under plain names; numbers and addresses that are flagged private are emptied, their flag stays."""
    cells = {plain(name): value for name, value in record.items()}
    for flag in [name for name in cells if _is_flag(name) and said_yes(cells[name])]:
        found = _PRIVATE.fullmatch(flag)
        stem = found[1] if found else ""
        whole = not stem or stem in ("is", "address", "location", "site")  # "IsPrivate" alone speaks of the address
        for name in cells:
            if name == flag or name.endswith(_KEPT_TOWN):
                continue
            if whole or stem.startswith(("physical", "address", "location")):
                if name.startswith(("physicaladdress", "physicalpostal", "latitude", "longitude", "physicallocation")):
                    cells[name] = ""
            elif stem and (name == stem or name in (f"{stem}number", f"{stem}1", f"{stem}2")):
                cells[name] = ""
            elif stem.startswith(("mailing", "other")) and name.startswith(stem[:5]):
                cells[name] = ""
    return cells


@cache
def _is_flag(name: str) -> bool:
    return bool(_PRIVATE.fullmatch(name)) or name in ("isprivate", "private", "confidential", "isconfidential")


def said(cells: Mapping[str, Any], *names: str) -> str:
    """The first of some cells that says anything; "-1" is how the export writes nothing."""
    return next((words for name in names if (words := text(cells.get(name))) not in ("", "-1")), "")


def said_yes(value: Any) -> bool:
    return clean.yes(value) is True or text(value).casefold() in ("x", "private", "confidential")
