"""How to reach a service: its own numbers and links first, then its place's, at last its organization's."""

import re
from collections.abc import Iterable, Iterator

from directory.listing import Phone
from importers import clean, lines, mailboxes
from importers.hsds.shapes import Cells, dicts
from importers.rows import text

MOST = 12  # numbers of one listing
ROWS = 5 * MOST  # different rows of one record that are looked at
NO_CALL = ("fax", "pager", "page")
LABELS = {"tty": "TTY", "tdd": "TTY", "textphone": "TTY", "video": "video phone", "text": "text", "sms": "text",
          "hotline": "hotline"}  # fmt: skip
_PRIVATE = re.compile(
    r"\b(?:private|internal|do not (?:publish|give out|list)|not for (?:the )?public|unlisted|staff only)\b", re.I
)
LONGEST_LABEL = 60


def phones(nearer: Iterable[Cells], organization: Cells, country: str) -> tuple[Phone, ...]:
    """Of the service, of it at this place, and of the place; the organization's where none of them has a number."""
    found = _numbers(nearer, country) or _numbers([organization], country)
    return tuple(found.values())[:MOST]


def _numbers(records: Iterable[Cells], country: str) -> dict[str, Phone]:
    found: dict[str, Phone] = {}
    for record in records:
        rows = [*_distinct(dicts(record.get("phones")))[:ROWS], *_bare(record)]
        for phone in lines.best_first(told for row in rows for told in _of_row(row, country)):
            found.setdefault(str(phone), phone)
    return found


def _distinct(rows: Iterable[Cells]) -> list[Cells]:
    """Damaged tables repeat the same number hundreds of times."""
    found: dict[tuple[str, ...], Cells] = {}
    for row in rows:
        found.setdefault(tuple(str(row.get(name)) for name in ("number", "extension", "type", "description")), row)
    return [*found.values()]


def _bare(record: Cells) -> Iterator[Cells]:
    """A number in a cell of the record itself, as flat files have it."""
    for name in ("phone", "phone_number", "telephone", "hotline"):
        if not isinstance(record.get(name), (dict, list)) and text(record.get(name)):
            yield {"number": record[name], "type": "hotline" if name == "hotline" else ""}


def _of_row(row: Cells, country: str) -> Iterator[tuple[Phone, str]]:
    """Its numbers, each with all that is said of it."""
    kind = (text(row.get("type")) or text(row.get("number_type"))).casefold()
    department = clean.words(row.get("department"))
    said = clean.words(row.get("description")) or department
    if kind.startswith(NO_CALL) or _PRIVATE.search(said):
        return
    label = LABELS.get(kind, "") or (said if len(said) <= LONGEST_LABEL else "")
    written = text(row.get("number")).strip("\"' ") or text(row.get("vanity_number"))
    prefix = text(row.get("country_prefix")).lstrip("+")
    if prefix not in ("", "1") and not written.startswith("+"):
        written = f"+{prefix} {written}"
    several = clean.phones(written, label)
    one = clean.phone(written, country) if not several else None
    extension = text(row.get("extension"))
    for phone in several or ((one,) if one else ()):
        alone = len(several) <= 1 and not phone.extension and re.fullmatch(r"\d{1,7}", extension)
        told = Phone(phone.number, extension if alone else phone.extension, label)
        yield told, f"{LABELS.get(kind, '')} {department} {said}"


def website(*records: Cells) -> str:
    """The first link anybody gives: the service's, its place's, its organization's."""
    for record in records:
        links = [record.get("url"), record.get("website")]
        for name in ("additional_urls", "additional_websites", "urls"):
            links += [one.get("url") for one in dicts(record.get(name))] or _words(record.get(name))
        if found := next(filter(None, map(clean.url, links)), ""):
            return found
    return ""


def email(records: Iterable[Cells], *names: str, own: bool = False) -> str:
    """The first address of an office; `names` are those of the service and all it belongs to.

    Lists of several (Ohana) give their first such. In feeds of our own (`own`) a person has looked at it already.
    """
    found = (address for record in records for address in _emails(record))
    return next((address for address in found if own or mailboxes.of_office(address, *names)), "")


def _emails(record: Cells) -> Iterator[str]:
    for cell in (record.get("email"), record.get("emails")):
        yield from filter(None, map(clean.email, _words(cell)))


def _words(cell: object) -> list[str]:
    """The texts of a cell: a list of them, or a text with several."""
    return [text(one) for one in cell if isinstance(one, str)] if isinstance(cell, list) else text(cell).split()
