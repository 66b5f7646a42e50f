"""HSDS in every shape: one listing for each service at each place, nothing lost, nobody's own number kept."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.exchange import hsds
from directory.listing import Area, Listed, ListingDraft, Online, Phone, Residence
from directory.schedule import WeeklyTime
from directory.vocab import Kind, Modality
from importers.hsds.joining import joined
from importers.run import Reading, read_feed
from tests.builders import make_listed, make_place, make_time

SERVICE: dict[str, Any] = {
    "id": "s1",
    "name": "Food shelf",
    "status": "active",
    "organization_id": "o1",
    "fees_description": "Free",
    "phones": [{"id": "p", "number": "614-555-0101"}],
}
AT = {"id": "at1", "location": {"id": "l1", "location_type": "physical", "addresses": [{"city": "Ely"}]}}


def read(tmp_path: Path, document: Any, name: str = "feed.json") -> Reading:
    file = tmp_path / name
    file.write_text(document if isinstance(document, str) else json.dumps(document))
    return read_feed([file])


def drafts(tmp_path: Path, document: Any) -> list[ListingDraft]:
    reading = read(tmp_path, document)
    assert reading.source == "hsds"
    return [result.draft for result in reading.results() if result.draft and not result.outcome]


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        ("Broward County; Lee County", Area(counties=("FL:Broward", "FL:Lee"))),
        ("Broward, Collier and Lee Counties", Area(counties=("FL:Broward", "FL:Collier", "FL:Lee"))),
        ("Naples, Collier County", Area(states=("FL",), words="Naples, Collier County")),
    ],
)
def test_areas_in_one_cell_are_counties_where_all_of_it_says_so(tmp_path: Path, cell: str, area: Area) -> None:
    file = tmp_path / "feed.json"
    file.write_text(json.dumps([SERVICE | {"service_areas": cell}]))
    [result] = read_feed([file], state="FL").results()
    assert result.draft is not None
    assert result.draft.area == area


def test_hours_that_the_description_labels_are_read_where_nothing_else_tells_any(tmp_path: Path) -> None:
    said = SERVICE | {"description": "Groceries.\nHours: Mon 9am-5pm", "service_at_locations": [AT]}
    assert [time.weekday for time in drafts(tmp_path, said)[0].times] == [1]
    rule = {"freq": "WEEKLY", "byday": "TU", "opens_at": "09:00", "closes_at": "17:00"}
    assert [time.weekday for time in drafts(tmp_path, said | {"schedules": [rule]})[0].times] == [2]


def test_where_only_a_mailing_address_says_where_it_is_a_person_is_asked(tmp_path: Path) -> None:
    mail = {"city": "Brooklyn", "state_province": "NY"}
    feed = [SERVICE | {"organization": {"id": "o1", "name": "Help", "postal_addresses": [mail]}}]
    [asked] = read(tmp_path, feed).results()
    assert (asked.outcome, asked.reason.partition(":")[0]) == ("held", "only a mailing address says where it is")
    [told] = read_feed([tmp_path / "feed.json"], state="IL").results()
    assert told.draft is not None
    assert (told.outcome, told.draft.area, told.draft.place) == ("", Area(states=("IL",)), None)


def again(tmp_path: Path, *listings: Listed) -> list[ListingDraft]:
    """What our own feed of some listings is read as."""
    out = io.StringIO()
    hsds.write(listings, out, datetime(2026, 1, 10, tzinfo=UTC))
    return drafts(tmp_path, json.loads(out.getvalue()))


SHAPES: dict[str, Any] = {
    "alone": SERVICE | {"service_at_locations": [AT]},
    "in a list": [SERVICE | {"service_at_locations": [AT]}],
    "in a page": {"total_items": 1, "contents": [SERVICE | {"service_at_locations": [AT]}]},
    "under services": {"services": [SERVICE | {"service_at_locations": [AT]}]},
    "in its organization": {"id": "o1", "name": "Help", "services": [SERVICE | {"service_at_locations": [AT]}]},
    "at its location": AT | {"service": SERVICE},
    "as flat tables": {
        "services": [SERVICE],
        "service_at_locations": [{"id": "at1", "service_id": "s1", "location_id": "l1"}],
        "locations": [{"id": "l1", "location_type": "physical", "addresses": [{"city": "Ely"}]}],
    },
}


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_whatever_the_shape_it_is_the_same_listing(tmp_path: Path, shape: str) -> None:
    (one,) = drafts(tmp_path, SHAPES[shape])
    assert (one.source_key, one.name, one.phones) == ("at1", "Food shelf", (Phone("614-555-0101"),))
    assert one.place is not None
    assert one.place.city == "Ely"


def test_one_record_a_line_is_read_too(tmp_path: Path) -> None:
    line = json.dumps(SERVICE)
    reading = read(tmp_path, f"{line}\n{line.replace('s1', 's2')}\n", "feed.jsonl")
    assert [result.key for result in reading.results()] == ["s1", "s2"]


FLAT = {
    "organizations": [{"id": "o1", "name": "Help", "description": "Help"}],
    "programs": [{"id": "g1", "organization_id": "o1", "name": "Winter", "description": "Snow"}],
    "services": [SERVICE],
    "service_at_locations": [{"id": "at1", "service_id": "s1", "location_id": "l1"}],
    "locations": [{"id": "l1", "organization_id": "o1", "name": "Hall", "latitude": 47.9, "longitude": -91.9}],
    "addresses": [{"id": "a", "location_id": "l1", "address_1": "1 Main St", "city": "Ely", "state_province": "MN"}],
}


@pytest.mark.parametrize("zipped", [False, True], ids=["a folder", "a zip"])
@pytest.mark.parametrize("lines", [False, True], ids=["lists", "lines"])
def test_a_file_for_each_table_is_one_feed(tmp_path: Path, zipped: bool, lines: bool) -> None:
    feed = tmp_path / "feed.zip"
    texts = {n: "\n".join(map(json.dumps, rows * 2 if lines else rows)) if lines else json.dumps(rows)
             for n, rows in FLAT.items()}  # fmt: skip
    if zipped:
        with ZipFile(feed, "w") as archive:
            for name, text in texts.items():
                archive.writestr(f"export/{name}.json", text + "\n")
    else:
        feed = tmp_path
        for name, text in texts.items():
            feed.joinpath(f"{name}.json").write_text(text + "\n")
    first, *others = read_feed([feed]).results()
    assert first.draft is not None
    assert (first.key, first.draft.group) == ("at1", "Help")
    assert first.draft.place is not None
    assert first.draft.place.street == "1 Main St"
    assert all(other.outcome for other in others)  # the same lines again


def test_a_service_at_three_places_is_three_listings(tmp_path: Path) -> None:
    ats = [{"id": f"at{n}", "location": {"id": f"l{n}", "addresses": [{"city": f"Town {n}"}]}} for n in range(3)]
    found = drafts(tmp_path, [SERVICE | {"service_at_locations": ats}])
    assert [(one.source_key, one.place.city if one.place else "") for one in found] == [
        (f"at{n}", f"Town {n}") for n in range(3)
    ]


def test_a_number_or_an_hour_of_one_place_is_not_told_of_another() -> None:
    rows = [
        {"service_id": "s", "location_id": "a", "number": "614-555-0101"},
        {"service_id": "s", "location_id": "", "number": "614-555-0102"},
    ]
    ats = [{"service_id": "s", "location_id": "a"}, {"service_id": "s", "location_id": "b"}]
    found = list(joined([{"id": "s", "name": "S"}], [("phones", rows), ("service_at_locations", ats)]))
    numbers = [[row["number"] for row in one["phones"]] for one in found if isinstance(one, dict)]
    assert numbers == [["614-555-0101", "614-555-0102"], ["614-555-0102"]]


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed", "Temporarily Closed"])
def test_what_is_not_active_is_never_listed(tmp_path: Path, status: str) -> None:
    (one,) = read(tmp_path, [SERVICE | {"status": status}]).results()
    assert (one.draft, one.outcome) == (None, "skipped")


def test_a_status_nobody_knows_waits_for_a_person(tmp_path: Path) -> None:
    (one,) = read(tmp_path, [SERVICE | {"status": "resting"}]).results()
    assert (one.outcome, one.reason, one.detail) == ("held", "unknown word", "status: resting")


def test_people_and_their_numbers_are_nowhere_in_what_is_kept(tmp_path: Path) -> None:
    person = {"id": "c", "name": "Pat Person", "phones": [{"number": "614-555-0166"}]}
    organization = {"id": "o1", "name": "Help", "contacts": [person]}
    at = AT | {"contacts": [person], "location": AT["location"] | {"contacts": [person]}}  # type: ignore[operator]
    record = SERVICE | {"organization": organization, "contacts": [person], "service_at_locations": [at]}
    (one,) = read(tmp_path, [record | {"assurer_email": "pat@example.org"}]).results()
    assert not any(word in json.dumps(one.raw) + repr(one.draft) for word in ("Pat", "0166", "pat@"))


def test_a_fax_is_no_number_to_call(tmp_path: Path) -> None:
    phones = [{"number": "614-555-0101", "type": "fax"}, {"number": "614-555-0102", "type": "voice", "extension": 9}]
    (one,) = drafts(tmp_path, [SERVICE | {"phones": phones}])
    assert one.phones == (Phone("614-555-0102", "9"),)


def test_the_line_for_those_who_need_help_comes_before_the_office_and_donors_have_none(tmp_path: Path) -> None:
    said = ["Administration", "Donations", "Intake, weekdays"]
    phones = [{"number": f"614-555-010{n}", "description": about} for n, about in enumerate(said)]
    (one,) = drafts(tmp_path, [SERVICE | {"phones": phones}])
    assert one.phones == (
        Phone("614-555-0102", label="Intake, weekdays"),
        Phone("614-555-0100", label="Administration"),
    )


def test_a_mailing_address_is_never_walked_to(tmp_path: Path) -> None:
    address = {"address_1": "100 Post Rd", "city": "Ely", "state_province": "MN", "address_type": "postal"}
    location = {"id": "l", "location_type": "physical", "addresses": [address], "latitude": 45, "longitude": -93}
    (one,) = drafts(tmp_path, [SERVICE | {"service_at_locations": [{"id": "a", "location": location}]}])
    assert one.place is not None
    assert (one.place.street, one.place.city, one.place.walkable) == ("", "Ely", False)


@pytest.mark.parametrize(
    "street",
    ["No Physical Address", "PO Box 12", "Call for address", "Various locations", "TBD",
     "Must call first - intake by phone", "No drop-in services provided. Please call the line.",
     "Various Locations. Main Office is 12 Hill St"],
)  # fmt: skip
def test_words_instead_of_a_street_are_no_place_to_go(tmp_path: Path, street: str) -> None:
    address = {"address_1": street, "city": "Ely", "state_province": "MN"}
    location = {"id": "l", "latitude": 45.0, "longitude": -93.0, "addresses": [address]}
    (one,) = drafts(tmp_path, [SERVICE | {"service_at_locations": [{"id": "a", "location": location}]}])
    assert one.place is not None
    assert not one.place.walkable
    assert one.place.approximate or one.place.confidential


@pytest.mark.parametrize(
    ("fees", "free"),
    [
        ("None.", True),
        ("Free. Donations welcome.", True),
        ("No charge", True),
        ("None for members. Fees for all others.", False),
        ("First visit is free of charge", False),
        ("Varies", False),
    ],
)
def test_free_is_said_only_of_what_is_free_for_everybody(tmp_path: Path, fees: str, free: bool) -> None:
    (one,) = drafts(tmp_path, [SERVICE | {"fees_description": fees}])
    assert ("free" in one.facets.get("payment", ())) == free


def test_an_organizations_address_is_told_when_it_is_an_offices(tmp_path: Path) -> None:
    told = [
        SERVICE | {"id": n, "organization": {"name": "Help", "email": f"{n}@example.org"}} for n in ("info", "jdoe")
    ]
    assert [one.email for one in drafts(tmp_path, told)] == ["info@example.org", ""]


def test_an_address_of_staff_is_told_nowhere(tmp_path: Path) -> None:
    staff = SERVICE | {"email": "jane.doe@example.org", "description": "Write to jane.doe@example.org to start."}
    (one,) = drafts(tmp_path, staff | {"organization": {"name": "Help", "email": "info@example.org"}})
    assert one.email == "info@example.org"
    assert "jane" not in json.dumps(one.as_dict())


def test_links_in_a_plain_list_are_links_too(tmp_path: Path) -> None:
    at = {"location": {"id": "l1", "urls": ["www.example.org"], "addresses": [{"city": "Ely"}]}}
    (one,) = drafts(tmp_path, SERVICE | {"service_at_locations": [at]})
    assert one.website == "https://www.example.org"


def test_a_town_or_a_code_at_the_end_of_a_street_is_no_part_of_it(tmp_path: Path) -> None:
    towns = {}
    streets = ("1815 Arnold Drive, Martinez", "40 Oak Street, 5th Floor", "474 Elm Street, Second Floor")
    for street in (*streets, "12 Hill Drive, Menlo Park 94025", "9 County Road 94553"):
        at = {"location": {"id": "l1", "addresses": [{"address_1": street}]}}
        (one,) = drafts(tmp_path, SERVICE | {"service_at_locations": [at]})
        assert one.place is not None
        towns[one.place.street] = (one.place.city, one.place.postal_code)
    assert towns == {
        "1815 Arnold Drive": ("Martinez", ""),
        "12 Hill Drive": ("Menlo Park", "94025"),
        "40 Oak Street, 5th Floor": ("", ""),
        "474 Elm Street, Second Floor": ("", ""),
        "9 County Road 94553": ("", ""),
    }


def test_a_line_to_call_from_a_hidden_house_is_reached_by_phone(tmp_path: Path) -> None:
    at = {"location": {"id": "l1", "addresses": [{"address_1": "Confidential", "city": "Ely"}]}}
    (one,) = drafts(tmp_path, SERVICE | {"name": "24-hour crisis line", "service_at_locations": [at]})
    assert (one.modality, one.place) == (Modality.PHONE, None)


@pytest.mark.parametrize(
    ("fees", "payment"),
    [
        ("Accepts private insurances and Medi-Cal", {"private_insurance", "medicaid"}),
        ("Most other insurances", {"private_insurance"}),
        ("Accepts Tri-Care and Blue Cross", {"military_insurance", "private_insurance"}),
        ("Pay at the Hill Medical Center", set()),
        ("We can refer you to Medicaid", set()),
        ("Help to apply for Medicaid", set()),
        ("Care regardless of your ability to pay", set()),
        ("All services are free.", {"free"}),
        ("No fee for the assessment only", set()),
        ("No private insurance", set()),
    ],
)
def test_a_way_to_pay_is_told_where_it_is_taken(tmp_path: Path, fees: str, payment: set[str]) -> None:
    (one,) = drafts(tmp_path, SERVICE | {"fees_description": fees})
    assert set(one.facets.get("payment", ())) == payment


def test_a_language_without_a_code_stays_in_words(tmp_path: Path) -> None:
    told = [{"name": "Spanish. Others on request"}, {"name": "Ethiopian"}, {"name": "NA"}]
    (one,) = drafts(tmp_path, SERVICE | {"languages": told})
    assert one.facets["language"] == ("es",)
    assert "Languages: Spanish. Others on request; Ethiopian" in one.notes


@pytest.mark.parametrize("said", ["The location is confidential.", "Undisclosed location", "Address withheld"])
def test_a_confidential_address_leaves_only_the_town(tmp_path: Path, said: str) -> None:
    location = {
        "id": "l",
        "description": said,
        "latitude": 45.0,
        "longitude": -93.0,
        "addresses": [{"address_1": "7 Hidden Ln", "city": "Ely", "state_province": "MN"}],
    }
    (one,) = drafts(tmp_path, [SERVICE | {"service_at_locations": [{"id": "a", "location": location}]}])
    assert one.place is not None
    assert (one.place.confidential, one.place.street, one.place.latitude) == (True, "", None)


def test_a_service_without_place_is_near_its_organization_and_has_its_number(tmp_path: Path) -> None:
    home = {"id": "l", "addresses": [{"address_1": "1 Main St", "city": "Ely", "state_province": "MN"}]}
    organization = {"id": "o1", "name": "Help", "phones": [{"number": "218-555-0100"}], "locations": [home]}
    (one,) = drafts(tmp_path, [SERVICE | {"phones": [], "organization": organization}])
    assert one.place is not None
    assert (one.place.city, one.place.street, one.place.walkable) == ("Ely", "", False)
    assert one.phones == (Phone("218-555-0100"),)


def test_tables_that_belong_together_but_do_not_meet_are_accounted_for() -> None:
    ats = [{"service_id": "77", "location_id": "1"}]
    (orphan,) = joined([], [("service_at_locations", ats)])
    assert getattr(orphan, "reason", "") == "its service is not in the feed"


PUBLISHED = {
    "a meeting": make_listed(),
    "a program": make_listed(
        kind=Kind.OUTPATIENT,
        also=(Kind.SOBER_LIVING,),
        facets={"payment": ("medicaid",), "population": ("veterans",), "language": ("ase", "es")},
        denied={"payment": ("private_insurance",), "gender": ("men",)},
        categories=("day program",),
        phones=(Phone("614-555-0134", "12", "Intake"),),
        notes="Bring a friend.",
        email="desk@example.org",
        by_appointment=True,
        source_updated_on=date(2026, 1, 2),
    ),
    "a hybrid": make_listed(
        modality=Modality.HYBRID, online=Online("https://meet.example.org/1", "Ask for the code.", "+16145550155")
    ),
    "a link": make_listed(
        modality=Modality.ONLINE, place=None, online=Online("https://meet.example.org/1"), area=Area(nationwide=True)
    ),
    "a help line": make_listed(modality=Modality.PHONE, place=None, times=(), area=Area(counties=("OH:Franklin",))),
    "the way there": make_listed(place=make_place(directions="Side door, up the ramp.")),
    "a roughly known place": make_listed(place=make_place(street="", approximate=True)),
    "odd times": make_listed(
        times=(
            make_time(weeks=(1, -1)),
            make_time(weekday=4, every=2, valid_from=date(2026, 1, 1)),
            make_time(weekday=5, start=22 * 60, end=26 * 60, note="Ring the bell"),
            make_time(weekday=6, start=0, end=1440, valid_to=date(2026, 5, 1)),
            make_time(weekday=6, start=600, end=None),
        )
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_our_own_feed_is_read_as_it_was_written(tmp_path: Path, name: str) -> None:
    listed = PUBLISHED[name]
    (back,) = again(tmp_path, listed)
    assert plain(back) == plain(listed.draft)


def plain(draft: ListingDraft) -> dict[str, Any]:
    """Without what HSDS has no field for: our key, and the zone of a place beside that of its times."""
    times = tuple(sorted((replace(one, weeks=tuple(sorted(one.weeks))) for one in draft.times), key=repr))
    place = draft.place and replace(draft.place, timezone=None)
    return replace(draft, source_key="k", place=place, times=times).as_dict()


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3)
    )
)
def test_odd_values_anywhere_never_stop_a_feed(odd: Any) -> None:
    names = ("phones", "schedules", "attributes", "languages", "service_areas", "organization", "eligibility",
             "service_at_locations", "metadata", "cost_options", "taxonomy_ids")  # fmt: skip
    records = [{"id": "1", "name": "S", name: odd} for name in names]
    assert len(list(joined(records, []))) >= len([one for one in records if not isinstance(odd, list)])


def test_a_whole_day_is_open_round_the_clock(tmp_path: Path) -> None:
    rule = {"freq": "DAILY", "opens_at": "00:00", "closes_at": "23:59"}
    (one,) = drafts(tmp_path, [SERVICE | {"schedules": [rule]}])
    assert one.times == tuple(WeeklyTime(day, 0, 1440) for day in range(7))


@pytest.mark.parametrize("code", ["no-payment:medicaid", "no:payment:medicaid", "no.payment.medicaid"])
def test_what_our_terms_deny_is_never_a_yes(tmp_path: Path, code: str) -> None:
    told = [{"taxonomy_term": {"code": one, "taxonomy": "Aftercare Directory"}} for one in ("kind:outpatient", code)]
    (one,) = drafts(tmp_path, [SERVICE | {"attributes": told}])
    assert (one.denied, one.facets.get("payment", ())) == ({"payment": ("medicaid",)}, ())


def test_when_a_feed_was_fetched_is_no_change_of_its_source(tmp_path: Path) -> None:
    acts = [("retrieved", "2026-05-05"), ("update", "2026-04-04")]
    told = [{"last_action_type": act, "last_action_date": day} for act, day in acts]
    (one,) = drafts(tmp_path, [SERVICE | {"metadata": told}])
    assert one.source_updated_on == date(2026, 4, 4)


def test_free_beds_carry_the_day_they_were_counted(tmp_path: Path) -> None:
    unit = {"id": "u", "name": "Bed"}
    capacity = {"id": "c", "unit": unit, "available": 3, "maximum": 20, "updated": "2026-01-05T14:00:00Z"}
    (one,) = drafts(tmp_path, [SERVICE | {"capacities": [capacity]}])
    assert one.residence == Residence(beds=20, vacancies=3, vacancies_as_of=date(2026, 1, 5))


def test_every_sample_is_accounted_for(samples: Path) -> None:
    for name in ("hsds11-transformer-output", "ilao-illinois-hsds11"):
        results = list(read_feed([samples / "hsds" / name]).results())
        assert [result.number for result in results] == list(range(1, len(results) + 1))
        assert sum(result.draft is not None for result in results) >= 0.95 * len(results)
