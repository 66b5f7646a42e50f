"""Another program's tables become services at places; a row that cannot be read is told as it is."""

from typing import Any

from importers.hsds.dialect import translated
from importers.opening import Unsound

ODD = Unsound({}, "cut off")


def service(cells: dict[str, Any]) -> dict[str, Any]:
    return {"id": cells["number"], "name": cells["called"], "location_id": cells["site"]}


def side(table: str, cells: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": cells["number"], "name": f"{cells['called']}, one of the {table}"}]


def complete(record: dict[str, Any]) -> dict[str, Any]:
    return {"told": f"{record['name']} at {record['service_at_location']['location']['name']}"}


def test_rows_of_any_spelling_are_said_in_hsds_joined_and_completed() -> None:
    records = [{"Number": "1", "Called": "Food shelf", "SITE": "7"}, ODD]
    sides = [("locations", [{"NUMBER": "7", "called": "Mill Hall"}])]
    found = [*translated(iter(records), sides, service, side, complete)]
    assert found == [{"told": "Food shelf at Mill Hall, one of the locations"}, ODD]


def test_a_row_of_a_side_table_that_cannot_be_read_is_counted() -> None:
    [told] = translated([], [("locations", [Unsound({}, "cut off", outcome="rejected")])], service, side, complete)
    assert isinstance(told, Unsound)
    assert (told.reason, told.detail) == ("cut off", "table locations")
