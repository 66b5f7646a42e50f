"""2-1-1 exports of CommunityOS (VisionLink): agencies, sites and services in the words of HSDS, then read as that."""

from collections.abc import Iterable, Iterator
from typing import Any

from importers import clean, hsds, packed
from importers.hsds.dialect import Found, plain, translated
from importers.hsds.shapes import Cells, as_cells
from importers.opening import Unsound
from importers.rows import text

__all__ = ["draft", "joined"]
draft = hsds.draft
EXPLAINS = "a row that explains the columns"
OPEN = frozenset({"", "active"})
DAYS = {"sunday": "SU", "monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH", "friday": "FR",
        "saturday": "SA"}  # fmt: skip
FOCUS = "serviceoption_eligibility"
ASIDE = ("general", "other - please describe")  # choices that say nothing


def joined(records: Iterable[Found], sides: Iterable[tuple[str, Iterable[Found]]]) -> Iterator[Found]:
    """Every service at each of its sites; the state of its agency and of the site is its own as well."""
    return translated(records, sides, _service, _side, _complete)


def _side(table: str, cells: Cells) -> Iterator[Cells]:
    kind = "site" if table == "locations" else "agency"
    if text(cells.get(f"{kind}_id")).isdigit():
        yield _site(cells) if kind == "site" else _agency(cells)


def _service(cells: Cells) -> Found:
    number = text(cells.get("service_id"))
    if number.casefold() in ("service id", "*required*", "unchangeable"):
        return Unsound({"service_id": number}, EXPLAINS, outcome="skipped")

    def said(name: str) -> Any:
        return cells.get(f"servicesystem_{name}")

    service = {
        "id": number,
        "organization_id": text(cells.get("agency_id")) or text(cells.get("service_agencyid")),
        "name": said("name"),
        "alternate_name": said("aka"),
        "description": said("description"),
        "status": _status(cells, "service"),
        "eligibility": said("eligibility"),
        "audience": [one for name in cells if name.startswith(FOCUS) for one in _chosen(cells[name])],
        "application_process": said("applicationintakeprocess"),
        "required_documents": said("documentsrequired"),
        "fees": said("feestructure"),
        "accepted_payments": said("methodofpaymentaccepted"),
        "accessibility": said("adaaccess"),
        "email": said("emailaddress"),
        "url": said("websiteurl"),
        "phones": _phones(cells, "service"),
        "languages": _chosen(cells.get("serviceoption_languagesotherthanenglish")),
        "attributes": [
            {"taxonomy_term": {"code": text(one.get("taxonomy_code"))}}
            for one in packed.records(cells.get("servicetaxonomy_moduleservicepost"))
        ],
        "service_areas": [
            {"name": name} for name in map(_area, packed.records(cells.get("servicegeotagus_servicegeotagus"))) if name
        ],
        **_hours(cells, "service"),
        "assured_date": said("dateoflastcompleteupdate"),
        "last_modified": said("lasteditdate") or cells.get("service_editstamp"),
    }  # fmt: skip
    if text(cells.get("agencysystem_name")):  # one table of everything
        service["organization"] = _agency(cells)
    service["service_at_locations"] = list(_sites(cells)) or None
    return service


def _sites(cells: Cells) -> Iterator[Cells]:
    """The sites that a service names by number; its own where the row tells one."""
    if text(cells.get("sitesystem_name")) or text(cells.get("site_id")):
        yield {"location_id": text(cells.get("site_id")), "location": _site(cells)}
        return
    both = packed.records(cells.get("servicesite_servicesite_both"))
    for one in map(plain, both or packed.records(cells.get("servicesite_servicesite"))):
        number = text(one.get("site_id")) or text(one.get("id"))
        yield {"location_id": number, "site_name": clean.words(one.get("name"))}


def _agency(cells: Cells) -> Cells:
    return {
        "id": text(cells.get("agency_id")),
        "name": cells.get("agencysystem_name"),
        "alternate_name": cells.get("agencysystem_aka"),
        "email": cells.get("agencysystem_emailaddress"),
        "url": cells.get("agencysystem_websiteurl"),
        "phones": _phones(cells, "agency"),
        "physical_addresses": _addresses(cells, "agency"),
        "state_of_it": _status(cells, "agency"),
    }


def _site(cells: Cells) -> Cells:
    found = _addresses(cells, "site")
    return {
        "id": text(cells.get("site_id")),
        "organization_id": text(cells.get("agency_id")) or text(cells.get("site_agencyid")),
        "name": cells.get("sitesystem_name"),
        "url": cells.get("sitesystem_websiteurl"),
        "email": cells.get("sitesystem_emailaddress"),
        "phones": _phones(cells, "site"),
        "physical_addresses": found,
        "accessibility": [{"description": one} for one in filter(None, [text(cells.get("sitesystem_adaaccess"))])],
        "description": "confidential address" if _is_hidden(cells, "site") else "",
        **({name: found[0].get(name) for name in ("latitude", "longitude")} if found else {}),
        **_hours(cells, "site"),
        "state_of_it": _status(cells, "site"),
    }


def _addresses(cells: Cells, kind: str) -> list[Cells]:
    """The public address, as columns or as one cell; of one that is confidential only its town."""
    stem = f"{kind}addressus_{kind}addressus"
    nested = packed.records(cells.get(stem))
    given = nested[0] if nested else {}

    def said(part: str) -> Any:
        return given.get(part) if nested else cells.get(f"{stem}_{part}")

    names = {"city": "city", "county": "county", "state_province": "state", "postal_code": "zip", "country": "country"}
    if not _is_hidden(cells, kind):
        names |= {name: name for name in ("address_1", "address_2", "latitude", "longitude")}
    address = {name: said(part) for name, part in names.items() if text(said(part))}
    return [address] if address.keys() - {"country", "latitude", "longitude"} else []


def _is_hidden(cells: Cells, kind: str) -> bool:
    return clean.yes(cells.get(f"{kind}system_physicaladdressconfidential")) is True


def _phones(cells: Cells, kind: str) -> list[Cells]:
    """Numbers for callers; those of directors and contacts are under other names and never taken."""
    of = {"phonemain": "", "hotlinephonenumber": "hotline", "tddphone": "tty", "tollfreephone": ""}
    found = [{"number": text(cells.get(f"{kind}system_{name}")), "type": sort} for name, sort in of.items()]
    for n in range(1, 6):
        told = text(cells.get(f"{kind}custom_phone{n}type"))
        found.append({"number": text(cells.get(f"{kind}custom_phone{n}")), "type": told, "description": told})
    return [one for one in found if one["number"]]


def _status(cells: Cells, kind: str) -> str:
    """What the program keeps of a record, and what its publisher chose: the first of them that is not "active"."""
    told = [text(cells.get(f"{kind}_status")), *packed.words(cells.get(f"{kind}option_status"))]
    return next((one for one in told if one.casefold() not in OPEN), "active" if any(told) else "")


def _chosen(cell: Any) -> list[str]:
    return [one for one in packed.words(cell) if not one.casefold().startswith(ASIDE)]


def _area(row: Cells) -> str:
    """ "Lancaster County, PA"; a town or a ZIP is less than a county and says so."""
    scope = text(row.get("scope")).casefold()
    county, city, code, state = (text(row.get(name)) for name in ("county", "city", "zip", "state"))
    if scope == "state":
        return state
    if scope == "country":
        return "United States" if text(row.get("country")).upper() in ("US", "USA", "") else text(row.get("country"))
    if scope == "county" and county:
        return f"{county} County, {state}"
    return ", ".join(filter(None, (city, f"ZIP {code}" if code else "", state)))


def _hours(cells: Cells, kind: str) -> Cells:
    """Hours as the program keeps them, {"open": {"Monday": [[[9, 0], [17, 30]]]}}, and those that were typed."""
    typed = text(cells.get(f"{kind}system_hoursofoperation"))
    kept = packed.records(cells.get(f"{kind}hoursofoperation_modulehoursofoperation"))
    opened = kept[0].get("open") if kept else None
    rows = list(_spans(opened)) if isinstance(opened, dict) else []
    if rows and typed:
        rows[0]["description"] = typed
    return {"schedules": rows} if rows else {"hours": typed.replace("\n", "; ")}


def _spans(opened: Cells) -> Iterator[Cells]:
    for day, spans in opened.items():
        for span in spans if isinstance(spans, list) else []:
            try:
                clocks = [f"{int(hour):02}:{int(minute):02}" for hour, minute in span]
            except (TypeError, ValueError):
                continue
            if len(clocks) == 2 and (code := DAYS.get(str(day).casefold())):
                yield {"freq": "WEEKLY", "byday": code, "opens_at": clocks[0], "closes_at": clocks[1]}


def _complete(record: Cells) -> Cells:
    at = as_cells(record.get("service_at_location"))
    location = as_cells(at.get("location"))
    for other in (location, as_cells(record.get("organization"))):
        state = other.pop("state_of_it", "")
        if text(record.get("status")).casefold() in OPEN and state.casefold() not in OPEN:
            record["status"] = state
    if (named := at.pop("site_name", "")) and not text(location.get("name")):
        location["name"] = named
    if access := text(record.pop("accessibility", None)):
        location["accessibility"] = [{"description": access}]
    return record
