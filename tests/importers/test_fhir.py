"""FHIR directories: services at places; never a patient, never what is restricted, and our own export read back."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import Unreadable
from directory.exchange.fhir_times import available
from directory.listing import Area, ListingDraft, Phone, facets
from directory.schedule import DAY, WeeklyTime
from directory.vocab import Kind, Modality
from importers.fhir import concepts, reach, resources, times
from importers.fhir.references import Known
from importers.run import Result, read_feed
from tests.builders import make_listed, make_place
from tests.exchange.invented import export

SERVICE: dict[str, Any] = {
    "resourceType": "HealthcareService",
    "id": "s",
    "active": True,
    "name": "Counseling",
    "telecom": [{"system": "phone", "value": "614-555-0100"}],
}
PATIENTS = (
    "Patient Encounter Condition Task ServiceRequest Consent Appointment Observation CarePlan Claim Coverage "
    "MedicationRequest DiagnosticReport DocumentReference RelatedPerson Person Communication AuditEvent Parameters"
).split()


def bundle(*several: dict[str, Any]) -> str:
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in several]})


def read(folder: Path, *several: dict[str, Any]) -> list[Result]:
    path = folder / "feed.json"
    path.write_text(bundle(*several), encoding="utf-8")
    return list(read_feed([path]).results())


def drafted(folder: Path, *several: dict[str, Any]) -> ListingDraft:
    [draft] = [result.draft for result in read(folder, *several) if result.draft]
    return draft


def test_services_that_would_be_lost_in_a_bundle_within_a_bundle_are_rejected_not_passed_over(tmp_path: Path) -> None:
    inner = json.loads(bundle(SERVICE, {"resourceType": "Practitioner", "id": "Doe"}))
    [result] = read(tmp_path, inner)
    assert (result.outcome, result.reason) == ("rejected", "a Bundle within a Bundle")
    assert "Doe" not in json.dumps(result.raw)


PLAN_NET = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/HealthcareServiceCategoryCS"
NUCC = "http://nucc.org/provider-taxonomy"


def test_a_service_without_a_name_is_called_by_its_code_and_its_organization(tmp_path: Path) -> None:
    owner = {"resourceType": "Organization", "id": "o", "name": "Helpers"}
    coded = {**SERVICE, "providedBy": {"reference": "Organization/o"}, "name": "",
             "category": [{"coding": [{"system": PLAN_NET, "code": "behav"}]}],
             "specialty": [{"coding": [{"system": NUCC, "code": "261QR0405X"}]}]}  # fmt: skip
    draft = drafted(tmp_path, coded, owner)
    assert (draft.name, draft.kind, draft.group) == ("Behavioral health, Helpers", Kind.OUTPATIENT, "Helpers")
    assert draft.categories == ("Behavioral health", "Substance use disorder clinic")


def test_a_service_that_is_told_by_nothing_but_its_organization_waits_for_a_person(tmp_path: Path) -> None:
    bare = {**SERVICE, "name": "", "providedBy": {"display": "Helpers Recovery Counseling"}}
    [result] = read(tmp_path, bare)
    assert (result.outcome, result.reason) == ("held", "nothing says what it is but its organization's name")
    assert result.draft is not None
    assert result.draft.name == "Helpers Recovery Counseling"


@pytest.mark.parametrize("kind", [*PATIENTS, "Invented"])
def test_a_feed_with_patients_records_is_refused_whole_by_their_name(tmp_path: Path, kind: str) -> None:
    with pytest.raises(Unreadable, match=rf"It holds {kind}, which no directory of services has"):
        read(tmp_path, SERVICE, {"resourceType": kind, "id": "x"})


@pytest.mark.parametrize("name", ["alone.json", "lines.ndjson", "inside.json", "nested.json", "feed.zip"])
def test_a_patient_is_found_wherever_it_hides(tmp_path: Path, name: str) -> None:
    patient = {"resourceType": "Patient", "id": "p", "name": [{"family": "Doe"}]}
    path = tmp_path / name
    hidden = {
        "alone.json": json.dumps(patient),
        "lines.ndjson": "\n".join(map(json.dumps, [SERVICE, SERVICE | {"id": "t"}, patient])),
        "inside.json": json.dumps(SERVICE | {"contained": [patient]}),
        "nested.json": bundle(SERVICE, json.loads(bundle(patient))),
    }
    if name in hidden:
        path.write_text(hidden[name])
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("HealthcareService.ndjson", json.dumps(SERVICE))
            archive.writestr("Patient.ndjson", json.dumps(patient))
    with pytest.raises(Unreadable, match="Patient"):
        read_feed([path])


def test_a_broken_line_that_may_be_a_patients_refuses_the_feed(tmp_path: Path) -> None:
    path = tmp_path / "lines.ndjson"
    path.write_text("\n".join([json.dumps(SERVICE), json.dumps(SERVICE | {"id": "t"}), '{"name": "Doe",', ""]))
    with pytest.raises(Unreadable, match="a broken line of an unknown resource"):
        read_feed([path])


def test_a_broken_line_of_a_service_spoils_only_itself_and_keeps_no_word_of_it(tmp_path: Path) -> None:
    path = tmp_path / "lines.ndjson"
    broken = '{"resourceType": "HealthcareService", "name": "Half'
    path.write_text("\n".join([json.dumps(SERVICE), json.dumps(SERVICE | {"id": "t"}), broken, ""]))
    results = list(read_feed([path]).results())
    assert [result.outcome for result in results] == ["", "", "rejected"]
    assert results[2].raw == {}


def test_staff_contacts_and_narrative_are_never_kept(tmp_path: Path) -> None:
    results = read(
        tmp_path,
        SERVICE | {"text": {"div": "<div>Doe</div>"}},
        {"resourceType": "Practitioner", "id": "Doe", "name": [{"family": "Doe"}]},
        {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"display": "Doe"}},
        {"resourceType": "Organization", "id": "o", "name": "Lantern", "contact": [{"name": {"text": "Doe"}}]},
    )
    assert "Doe" not in json.dumps([result.raw for result in results])
    assert [result.outcome for result in results] == ["", "skipped", "skipped", "skipped"]


def test_what_is_restricted_is_gone_before_anything_is_kept(tmp_path: Path) -> None:
    mark = [{"url": "http://hl7.org/fhir/uv/vhdir/StructureDefinition/usage-restriction"}]
    consent = {"resourceType": "Consent", "id": "restrict", "status": "active"}
    service = SERVICE | {
        "contained": [consent],
        "location": [{"reference": "Location/l"}],
        "telecom": [{"system": "phone", "value": "614-555-0199", "extension": mark}, *SERVICE["telecom"]],
    }
    address = {"line": ["5 Hidden Lane"], "city": "Columbus", "state": "OH", "postalCode": "43201", "extension": mark}
    place = {"resourceType": "Location", "id": "l", "status": "active", "name": "The house", "address": address}
    results = read(tmp_path, service, place)
    kept = json.dumps([[result.raw, result.draft and result.draft.as_dict()] for result in results])
    assert "Hidden Lane" not in kept
    assert "0199" not in kept
    draft = results[0].draft
    assert draft is not None
    assert draft.place is not None
    assert (draft.place.confidential, draft.place.city, draft.place.name) == (True, "Columbus", "")


def test_a_consent_that_names_a_patient_is_a_patients_even_inside_a_service() -> None:
    consent = {"resourceType": "Consent", "patient": {"reference": "Patient/1"}}
    assert resources.types_beyond(SERVICE | {"contained": [consent]}) == ["Consent"]


@pytest.mark.parametrize(
    "reference",
    [
        "Location/l1",
        "https://x.example/fhir/Location/l1",
        "https://other.example/Location/l1",
        "Location/l1/_history/3",
        "urn:uuid:l1",
    ],
)
def test_references_of_every_kind_lead_to_their_place(reference: str) -> None:
    known = Known()
    known.add({"resourceType": "Location", "id": "l1", "fullUrl": "https://x.example/fhir/Location/l1", "name": "A"})
    found = known.find({"reference": reference}, {"fullUrl": "https://x.example/fhir/HealthcareService/s"})
    assert found is not None
    assert found["name"] == "A"


def test_a_name_that_two_places_bear_leads_to_neither_but_to_the_one_beside_it() -> None:
    known = Known()
    for host in ("a", "b"):
        known.add({"resourceType": "Location", "id": "1", "fullUrl": f"https://{host}/Location/1", "name": host})
    assert known.find({"reference": "Location/1"}, {}) is None
    found = known.find({"reference": "Location/1"}, {"fullUrl": "https://b/HealthcareService/9"})
    assert found is not None
    assert found["name"] == "b"


def test_places_that_are_parts_of_each_other_end() -> None:
    known = Known()
    for key, above in (("a", "b"), ("b", "a")):
        known.add({"resourceType": "Location", "id": key, "partOf": {"reference": f"Location/{above}"}})
    assert len(list(known.parents(known.named.get("Location/a") or {}))) <= 2


def test_coordinates_outside_the_country_are_no_pin() -> None:
    swapped = {"position": {"longitude": 38.88, "latitude": -77.01}, "address": {"line": ["330 C Street SW"]}}
    found = reach.place(swapped, [], hidden=False, today=date(2026, 1, 1))
    assert found is not None
    assert (found.street, found.located) == ("330 C Street SW", False)


def test_a_service_without_a_day_off_in_its_hours_is_open_every_day() -> None:
    found, unread = times.weekly([{"allDay": True}], "availableStartTime", "availableEndTime")
    assert [(time.start, time.end) for time in found] == [(0, DAY)] * 7
    assert unread == ""


def test_an_end_before_the_start_is_a_slip_and_stays_words() -> None:
    slip = {"daysOfWeek": ["mon"], "availableStartTime": "08:30:00", "availableEndTime": "05:30:00"}
    assert times.weekly([slip], "availableStartTime", "availableEndTime") == ((), "mon 08:30 to 05:30")


@st.composite
def whole_weeks(draw: st.DrawFn) -> WeeklyTime:
    """Open-ended, within a day, or past midnight."""
    start = draw(st.integers(1, DAY - 3))
    end = draw(st.none() | st.integers(start + 1, DAY - 2) | st.integers(DAY + 1, DAY + min(start, 700)))
    return WeeklyTime(draw(st.integers(0, 6)), start, end)


@given(whole_weeks())
def test_a_time_we_publish_is_the_time_we_read(time: WeeklyTime) -> None:
    assert times.weekly(available([time]), "availableStartTime", "availableEndTime") == ((time,), "")


def test_our_own_export_comes_back_as_it_was(tmp_path: Path) -> None:
    listed = make_listed(
        name="Lantern House",
        kind=Kind.RESIDENTIAL,
        also=(Kind.OUTPATIENT,),
        group="Lantern Network",
        description="A place to stay.",
        notes="Ring twice.",
        place=make_place(timezone="America/New_York"),
        area=Area(states=("OH",), counties=("OH:Franklin",)),
        phones=(Phone("614-555-0100"), Phone("614-555-0101", "4")),
        website="https://lantern.example.org",
        email="info@lantern.example.org",
        times=(WeeklyTime(2, 1320, DAY + 60), WeeklyTime(3, 540, 1020)),
        by_appointment=True,
        facets=facets(payment=["medicaid"], medication=["methadone"], population=["women"], language=["es", "ase"]),
        denied=facets(access=["wheelchair"]),
    )
    path = tmp_path / "export.json"
    path.write_text(export("fhir", listed), encoding="utf-8")
    [back] = [result.draft for result in read_feed([path]).results() if result.draft]
    was = listed.draft
    for field in (
        "name",
        "kind",
        "also",
        "group",
        "description",
        "notes",
        "area",
        "website",
        "email",
        "by_appointment",
    ):
        assert getattr(back, field) == getattr(was, field), field
    assert [str(phone) for phone in back.phones] == [str(phone) for phone in was.phones]
    assert (back.times, back.denied, back.modality) == (was.times, was.denied, Modality.IN_PERSON)
    assert back.facets == was.facets
    assert back.place is not None
    assert was.place is not None
    assert (back.place.street, back.place.latitude, back.place.timezone) == (
        was.place.street,
        was.place.latitude,
        was.place.timezone,
    )


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("https://aftercare-directory.example.org/terms", "need:housing"),
        ("https://example.org/fhir/aftercare", "need:housing"),
        ("urn:aftercare-directory:need", "housing"),
    ],
)
def test_our_own_codes_are_known_in_every_system_they_were_written_in(system: str, code: str) -> None:
    own = concepts.own({"characteristic": [{"coding": [{"system": system, "code": code}]}]})
    assert own.yes == {"need": {"housing"}}
    assert concepts.terms({"characteristic": [{"coding": [{"system": system, "code": code}]}]}) == ()


def test_a_page_of_nothing_and_a_bundle_cut_short_are_told(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text('{"resourceType": "Bundle", "type": "searchset", "total": 0}')
    assert [result.reason for result in read_feed([path]).results()] == ["an answer without entries"]
    path.write_text(bundle(SERVICE)[:-20])
    with pytest.raises(Unreadable, match="stops half-way"):
        read_feed([path])


plain = st.none() | st.booleans() | st.integers(-10, 10) | st.text(max_size=6) | st.sampled_from(["Location/1", "mon"])
names = st.sampled_from("coding code extension url reference value system start line period partOf display".split())
json_values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
elements = st.dictionaries(
    st.sampled_from(
        "name telecom location providedBy availableTime notAvailable category type communication characteristic"
        " extension contained meta coverageArea eligibility serviceProvisionCode comment appointmentRequired id".split()
    ),
    json_values,
    max_size=5,
)


@settings(max_examples=50, deadline=None)
@given(several=st.lists(elements, min_size=1, max_size=3))
def test_odd_shapes_never_stop_a_feed(tmp_path_factory: pytest.TempPathFactory, several: list[dict[str, Any]]) -> None:
    results = read(tmp_path_factory.mktemp("odd"), *(SERVICE | one for one in several))
    assert len(results) >= len(several)
    assert all(result.reason != "could not be read" for result in results), [result.detail for result in results]


def test_every_real_sample_is_read_or_refused_by_the_name_of_what_it_holds(samples: Path) -> None:
    for path in sorted((samples / "fhir").glob("*.json")):
        told = json.loads(path.read_text())
        kinds = {entry.get("resource", {}).get("resourceType") for entry in told.get("entry", [])} - {None}
        kinds = kinds or {told["resourceType"]}
        foreign = kinds - resources.DIRECTORY
        if foreign:
            with pytest.raises(Unreadable, match="|".join(foreign)):
                read_feed([path])
        else:
            assert read_feed([path]).source == "fhir"


@pytest.mark.parametrize(
    ("said", "country", "state"),
    [("US", "US", "WA"), ("", "US", "WA"), ("AU", "AU", ""), ("de", "DE", "")],
)
def test_a_place_abroad_is_not_said_to_be_at_home(said: str, country: str, state: str) -> None:
    address = {"line": ["1 High St"], "city": "Perth", "state": "WA", "country": said}
    place = reach.place({"address": address}, [], False, date(2026, 1, 1))
    assert place is not None
    assert (place.country, place.state) == (country, state)


def test_a_british_number_is_read_as_one(tmp_path: Path) -> None:
    """A place in another country, and the service's name as it was called before R4."""
    place = {
        "resourceType": "Location",
        "id": "l",
        "address": {"city": "Leeds", "postalCode": "LS1 1AA", "country": "GBR"},
    }
    service = SERVICE | {"serviceName": "Alcohol counseling", "location": [{"reference": "#l"}], "contained": [place]}
    service["telecom"] = [{"system": "phone", "value": "0113 496 0000"}]
    del service["name"]
    file = tmp_path / "one.json"
    file.write_text(json.dumps(service))
    [result] = read_feed([file]).results()
    assert result.draft is not None
    assert result.draft.place is not None
    assert (result.draft.name, result.draft.place.country) == ("Alcohol counseling", "GB")
    assert [phone.number for phone in result.draft.phones] == ["+44 113 496 0000"]


def test_open_appointments_are_no_patients_and_no_services(tmp_path: Path) -> None:
    file = tmp_path / "slots.ndjson"
    slot = {"resourceType": "Slot", "id": "t", "schedule": {"reference": "Schedule/s"}, "status": "free"}
    file.write_text(f"{json.dumps(SERVICE)}\n{json.dumps(slot)}\n")
    assert [(result.outcome, result.reason) for result in read_feed([file]).results()] == [
        ("", ""),
        ("skipped", "no service"),
    ]
