"""A suggested mapping can be used as it is: lists of six invented layouts come in with their facts in place."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from importers.mapping import load, suggest_for
from importers.mapping.checked import parse
from importers.mapping.language import fold
from importers.mapping.suggest import suggest
from importers.run import Result, read_feed

LAYOUTS = {
    "homes": """Recovery Homes of Somewhere,,,,,,,,,,,,,,
Home Name,Operated By,NARR Lvl,M/W,Street Addr,Town,ST,Zipcode,House Phone #,# of Beds,Open Beds,Rent,Suboxone OK?,"""
    """Manager,Manager Cell
Cedar Nook,Cedar Homes,Level 2,Men,10 Elm St,Columbus,OH,43215,(614) 555-0101,8,2,$150/week,Y,Pat Example,614-555-0102
Willow Gate,Willow Homes,III,Women,12 Oak St,Dublin,OH,43017,(614) 555-0103,6,0,$160/week,N,Sam Example,614-555-0104
""",
    "meetings": """Group,Recovery Program,Day & Time,Where,Address,City,Zip,Zoom,Who to call
Calm Start,SMART Recovery,Tue 7pm; Thu 7:30 PM,Main Library,1 Main St,Columbus,43215,https://example.org/z1,614-555-0111
Still Here,Recovery Dharma,1st & 3rd Sun 10am,Peace Hall,2 Main St,Columbus,43215,,614-555-0112
""",
    "services": """agency_name;program_name;type_of_help;what_we_do;phone;hours;area_served;free?
Open Table;Food Boxes;Food pantry;Boxes of food;614-555-0120;Mon-Fri 9am-4pm;Franklin County;yes
Ride Line;Rides to Work;Transportation;Rides;614-555-0121;24/7;Statewide;no
""",
    "clinics": """Facility|Full Address|Telephone|Web Site|Levels of Care|Accepts Medicaid|Insurance|Languages|Methadone
River Clinic|5 River Rd, Columbus, OH 43215|614.555.0130|example.org/r|IOP, Outpatient|Yes|Medicaid|English, Spanish|No
Hill Clinic|6 Hill Rd, Newark, OH 43055|740.555.0131|www.example.org/h|Detox|No|Self pay|English|Yes
""",
    "weekdays": """Name,Category,Sunday,Monday,Tuesday,Address,City,State,Zip,Contact Phone,Email,Internal Ref
Warm Coats,Clothing,Closed,9am-5pm,9am-1pm,9 Pine St,Columbus,OH,43201,614-555-0140,coats@example.org,AB-1
Legal Help,Legal aid,Closed,10am-2pm,Closed,11 Pine St,Columbus,OH,43201,614-555-0141,law@example.org,AB-2
""",
    "no names": """X1,X2,X3,X4,X5
Harbor Group,Monday,7:00 PM,614-555-0150,https://example.org/h
Lantern Group,Friday,8:30 PM,614-555-0151,https://example.org/l
""",
}


def brought_in(layout: str, folder: Path) -> tuple[str, list[Any]]:
    file, mapping = folder / "list.csv", folder / "list.toml"
    file.write_text(LAYOUTS[layout], encoding="utf-8")
    mapping.write_text(suggest_for(file), encoding="utf-8")
    results: Sequence[Result] = list(
        read_feed([file], mapping=load(mapping), source="spreadsheet", state="OH").results()
    )
    assert [result.outcome for result in results] == ["", ""], results
    return mapping.read_text(encoding="utf-8"), [result.draft for result in results]


def test_what_lies_in_an_object_is_a_column_of_its_own(tmp_path: Path) -> None:
    record = {"title": "Sunrise", "day_of_week": "Tuesday", "time": "06:00 AM", "affiliation": "AA",
              "descriptors": ["Open Meeting"], "address": {"street": "40 Elm St", "city": "Columbus", "zip": "43215"},
              "loc": {"type": "Point", "coordinates": [-83.01, 39.97]},
              "contact": {"name": "Pat Doe", "phone": "614-555-0199"}}  # fmt: skip
    file, mapping = tmp_path / "list.json", tmp_path / "list.toml"
    file.write_text(json.dumps([record, record | {"title": "Sunset", "time": "6:00 PM"}]))
    mapping.write_text(suggest_for(file))
    results = list(read_feed([file], mapping=load(mapping), source="spreadsheet", state="OH").results())
    draft = results[0].draft
    assert draft is not None
    assert draft.place is not None
    place = draft.place
    assert (place.street, place.city, place.postal_code) == ("40 Elm St", "Columbus", "43215")
    assert (place.latitude, place.longitude) == (39.97, -83.01)
    assert (draft.facets["fellowship"], draft.facets["format"]) == (("aa",), ("open",))
    assert "Pat Doe" not in json.dumps([result.raw for result in results])


def test_headers_with_accents_are_known() -> None:
    text = suggest(["Nombre", "Día", "Hora", "Teléfono"], [{"Nombre": "Vida", "Día": "lunes", "Hora": "7:30 PM"}])
    assert 'day   = "Día"' in text
    assert 'phone = "Teléfono"' in text


def test_a_list_of_homes(tmp_path: Path) -> None:
    text, (cedar, willow) = brought_in("homes", tmp_path)
    assert (cedar.kind, cedar.name, cedar.place.street) == ("sober_living", "Cedar Nook", "10 Elm St")
    assert cedar.facets["residence"] == ("narr_2",)
    assert (cedar.facets["accepts"], willow.denied["accepts"]) == (("buprenorphine",), ("buprenorphine",))
    assert (cedar.residence.operator, cedar.residence.beds, willow.residence.vacancies) == ("Cedar Homes", 8, 0)
    assert (cedar.residence.fee, cedar.residence.fee_period) == (150, "week")
    assert [str(phone) for phone in cedar.phones] == ["614-555-0101"]
    assert 'private   = ["Manager", "Manager Cell"]' in text


def test_a_list_of_meetings(tmp_path: Path) -> None:
    _, (calm, still) = brought_in("meetings", tmp_path)
    assert (calm.kind, calm.modality, calm.place.name) == ("support_group", "hybrid", "Main Library")
    assert (calm.facets["fellowship"], still.facets["fellowship"]) == (("smart",), ("recovery_dharma",))
    assert [(time.weekday, time.start) for time in calm.times] == [(2, 19 * 60), (4, 19 * 60 + 30)]
    assert [time.weeks for time in still.times] == [(1, 3)]


def test_a_list_of_services(tmp_path: Path) -> None:
    _, (boxes, rides) = brought_in("services", tmp_path)
    assert (boxes.kind, boxes.group, boxes.facets["need"]) == ("community_service", "Open Table", ("food",))
    assert (boxes.area.counties, rides.area.states) == (("OH:Franklin",), ("OH",))
    assert (boxes.facets["payment"], rides.denied["payment"]) == (("free",), ("free",))
    assert len(rides.times) == 7


def test_a_list_of_clinics(tmp_path: Path) -> None:
    _, (river, hill) = brought_in("clinics", tmp_path)
    assert (river.kind, river.place.city, hill.place.postal_code) == ("outpatient", "Columbus", "43055")
    assert river.facets["level"] == ("intensive_outpatient", "outpatient")
    assert (river.denied["medication"], hill.facets["medication"]) == (("methadone",), ("methadone",))
    assert river.facets["language"] == ("en", "es")


def test_a_column_for_each_weekday(tmp_path: Path) -> None:
    text, (coats, _) = brought_in("weekdays", tmp_path)
    assert [(time.weekday, time.end) for time in coats.times] == [(1, 17 * 60), (2, 13 * 60)]
    assert [str(phone) for phone in coats.phones] == ["614-555-0140"]
    assert '# … = "Internal Ref"' in text


def test_headers_that_say_nothing(tmp_path: Path) -> None:
    _, (harbor, lantern) = brought_in("no names", tmp_path)
    assert (harbor.name, harbor.website) == ("Harbor Group", "https://example.org/h")
    assert [(time.weekday, time.start) for time in lantern.times] == [(5, 20 * 60 + 30)]


def test_a_contact_phone_beside_a_contact_is_a_persons() -> None:
    text = suggest(
        ["Name", "Contact", "Contact Phone"], [{"Name": "A", "Contact": "Pat", "Contact Phone": "614-555-0101"}]
    )
    assert 'private   = ["Contact", "Contact Phone"]' in text


def test_unknown_words_are_listed_to_be_filled_in() -> None:
    rows = [{"House": "A", "Status": "Open"}, {"House": "B", "Status": "Open"}, {"House": "C", "Status": "Dozing"}]
    text = suggest(["House", "Status"], rows)
    assert '"Dozing" = "hold"' in text
    assert parse(text).plan.words["status"] == {"dozing": ("hold",)}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12), min_size=1, max_size=6, unique=True
    ),
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=6, max_size=6), max_size=4
    ),
)
def test_every_suggestion_is_a_valid_mapping(columns: list[str], cells: list[list[str]]) -> None:
    rows = [dict(zip(columns, row, strict=False)) for row in cells]
    text = suggest(columns, rows)
    if any(fold(column) and "{" not in column for column in columns):
        assert parse(text).plan.columns["name"]
