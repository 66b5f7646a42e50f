"""The services of the real exports beside the checkout, as what each says of itself. One small adapter an export."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from importers.classify import Term, Told

DC = "211-icarol/dc-211-2013.csv"
WASHINGTON = "hsds/win211-washington-2015/services.csv"
ILLINOIS = "hsds/ilao-illinois-hsds11/services.csv"
OHANA = "hsds/ohana-sample/services.csv"
PROBATION = "other/sf-adult-probation-ohana-2013.json"
HSIS = "211hsis"

Row = Mapping[str, str]


@cache  # read once, asked by every half
def services(samples: Path) -> dict[tuple[str, int], Told]:
    """Every service that can be referred to, by its file and its number in it (from 1)."""
    found = {}
    for file, read in (
        (DC, _dc),
        (WASHINGTON, _ohana),
        (ILLINOIS, _illinois),
        (OHANA, _ohana),
        (PROBATION, _probation),
    ):
        found |= {(file, number): told for number, told in read(samples / file)}
    return found


def _rows(file: Path) -> list[dict[str, str]]:
    csv.field_size_limit(2**22)  # of the process, and another reader may have set it lower
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        return list(csv.DictReader(lines))


def _text(*parts: str | None) -> str:
    return "\n".join(" ".join(part.split()) for part in parts if part and part.strip())


def _dc(file: Path) -> Iterator[tuple[int, Told]]:
    for number, row in enumerate(_rows(file), 1):
        if row["TaxonomyLevelName"] == "Program" and row["AgencyStatus"] == "Active":
            name = row["PublicName"] or row["OfficialName"] or row["AlternateName"] or row["ParentAgency"]
            codes = tuple(Term(HSIS, code.strip()) for code in row["TaxonomyCodes"].split(";") if code.strip())
            words = tuple(word.strip() for word in (row["Categories"] or "").split(";") if word.strip())
            text = _text(row["AgencyDescription"], row["Eligibility"], row["FeeStructureSource"])
            yield number, Told(name.strip(), codes, words, text, row["ParentAgency"].strip())


def _ohana(file: Path) -> Iterator[tuple[int, Told]]:
    named = {row["id"]: row["name"] for row in _rows(file.with_name("organizations.csv"))}
    of = {row["id"]: named.get(row["organization_id"], "") for row in _rows(file.with_name("locations.csv"))}
    for number, row in enumerate(_rows(file), 1):
        codes = tuple(Term(HSIS, code) for code in row["taxonomy_ids"].split(",") if code)
        words = tuple(word.strip() for word in (row["keywords"] or "").split(",") if word.strip())
        text = _text(row["description"], row["eligibility"], row["fees"])
        yield number, Told(row["name"], codes, words, text, of.get(row["location_id"], ""))


def _illinois(file: Path) -> Iterator[tuple[int, Told]]:
    named = {row["id"]: row["name"] for row in _rows(file.with_name("organizations.csv"))}
    for number, row in enumerate(_rows(file), 1):
        if row["name"]:
            text = _text(row["description"], row["fees"])
            yield number, Told(row["name"], text=text, organization=named.get(row["organization_id"], ""))


def _probation(file: Path) -> Iterator[tuple[int, Told]]:
    services: Iterable[tuple[str, dict[str, str]]] = (
        (agency["name"], service)
        for agency in json.loads(file.read_text(encoding="utf-8"))
        for place in agency["locations"]
        for service in place["services_attributes"]
    )
    for number, (agency, service) in enumerate(services, 1):
        words = tuple(word.strip(" .") for said in service["keywords"] for word in said.split(",") if word.strip(" ."))
        text = _text(service["description"], service["eligibility"], service["fees"])
        yield number, Told(service["name"] or agency, categories=words, text=text, organization=agency)
