"""The records that an HSDS listing is made of: a service, where it is given, and whose it is."""

from dataclasses import dataclass

from importers import clean
from importers.hsds import places
from importers.hsds.shapes import Cells, as_cells, dicts
from importers.rows import text

_FLAT = ("address_1", "address_2", "city", "state_province", "state", "postal_code", "zip", "country", "latitude",
         "longitude")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parts:
    """The records that a listing is made of."""

    service: Cells
    at: Cells
    location: Cells
    organization: Cells

    @classmethod
    def of(cls, cells: Cells) -> "Parts":
        at = as_cells(cells.get("service_at_location"))
        location = as_cells(at.get("location"))
        if not at and any(text(cells.get(name)) for name in ("address_1", "city", "postal_code", "latitude")):
            location = {name: cells.get(name) for name in _FLAT} | {"name": cells.get("location_name")}
        return cls(cells, at, location, as_cells(cells.get("organization")))

    @property
    def key(self) -> str:
        """What the feed calls it: its service at location, else both; their words where it numbers nothing."""
        service, place = text(self.service.get("id")), text(self.location.get("id")) or text(self.at.get("location_id"))
        if found := text(self.at.get("id")):
            return found
        if service:
            return f"{service}@{place}" if place else service
        names = (self.organization.get("name"), self.location.get("name"), _first_street(self.location))
        return "|".join(clean.words(one).casefold() for one in (*names, self.service.get("name")))


def _first_street(location: Cells) -> str:
    return next(
        (
            text(one.get("address_1") or one.get("street"))
            for table in places.TABLES
            for one in dicts(location.get(table))
        ),
        "",
    )
