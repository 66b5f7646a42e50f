"""The mapping language: what is wrong in it is said with the cure, and rows are read as it says."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import Unreadable
from directory.listing import ListingDraft
from importers.mapping import shipped
from importers.mapping.apply import draft_of
from importers.mapping.checked import parse
from importers.mapping.language import Plan
from importers.mapping.words import levels
from importers.rows import Feed, Hold, Outcome, Row, Skip

HOUSE = 'kind = "sober_living"\nkey = ["name"]\n{top}\n[columns]\nname = "Name"\nphone = "Phone"\n{lines}'
FEED = Feed("spreadsheet", state="OH")


def plan(lines: str = "", top: str = "") -> Plan:
    return parse(HOUSE.format(top=top, lines=lines)).plan


def draft(lines: str = "", top: str = "", **cells: Any) -> ListingDraft:
    row = Row(1, {"Name": "Example House", "Phone": "614-555-0101"} | cells)
    return draft_of(plan(lines, top), row, FEED)


WRONG = [
    ("name = House", "quotes"),
    ('kind = "sober_living"\nkey = ["x"]', "[columns] needs a line for the name"),
    ('kind = "sober_livin"\nkey = ["x"]\n[columns]\nname = "N"', "did you mean 'sober_living'"),
    ('key = ["x"]\n[columns]\nname = "N"', "what the rows are"),
    ('kind = "sober_living"\n[columns]\nname = "N"', "no key"),
    ('kind = "sober_living"\nkey = "x"\n[columns]\nname = "N"\nadress = "A"', "did you mean 'address'"),
    ('kind = "sober_living"\nkey = "x"\n[column]\nname = "N"', "did you mean 'columns'"),
    ('kind = "sober_living"\nkey = "x"\n[columns]\nname = 3', "must name a column"),
    ('kind = "sober_living"\nkey = "x"\n[columns]\nname = "N"\n[yes]\npayment = "P"', "needs a value after a dot"),
    ('kind = "sober_living"\nkey = "x"\n[columns]\nname = "N"\n[yes]\npayment.medicade = "P"', "'medicaid'"),
    ('kind = "sober_living"\nkey = "x"\n[columns]\nname = "N"\n[words.gender]\n"Guys" = "boys"', "no code for gender"),
    ('kind = "sober_living"\nkey = "x"\ntimezone = "Ohio"\n[columns]\nname = "N"', "no time zone"),
    ('kind = "sober_living"\nkey = "x"\nrequired = ["city"]\n[columns]\nname = "N"', "required has 'city'"),
    ('kind = "sober_living"\nkey = "x"\n[columns]\nname = "N"\n[[skip]]\ncolumn = "S"', "[[skip]]"),
    ('kind = "sober_living"\nkey = "x"\n[columns]\nname = "N"\n[fixed]\nresidence = ["nar_2"]', "'narr_2'"),
]


@pytest.mark.parametrize(("text", "cure"), WRONG)
def test_a_wrong_mapping_is_refused_with_its_cure(text: str, cure: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(text, "mine.toml")
    assert cure in str(refused.value)
    assert str(refused.value).startswith("mine.toml")
    assert "\n" not in str(refused.value)


def test_missing_columns_are_named_unless_optional() -> None:
    lines = 'street = "{Street} {Unit}"\ncity = ["City", "Town"]'
    assert plan(lines).missing(["name", "phone", "street", "town"]) == ["'Unit'"]
    assert plan(lines).missing(["name", "phone", "town"]) == ["'{Street} {Unit}'"]
    assert plan(lines, 'optional = ["Unit"]').missing(["NAME", " Phone ", "street", "City"]) == []
    assert plan(lines, 'required = ["name"]').missing(["name"]) == []


def test_templates_leave_out_what_is_empty() -> None:
    lines = 'description = "{What} [For: {Who}.] [Bring: {Papers}.]"'
    assert draft(lines, What="Beds.", Who="", Papers="ID").description == "Beds. Bring: ID."
    assert draft(lines, What="", Who="", Papers="").description == ""


def test_unknown_words_hold_where_they_decide_and_are_kept_where_not() -> None:
    assert draft('payment = "Pay"', Pay="Medicaid, Goats").categories == ("Goats",)
    for lines, cells in [
        ('accepts = "MAT"', {"MAT": "herbs"}),
        ('status = "S"', {"S": "dozing"}),
        ('[yes]\naccepts.methadone = "M"', {"M": "hmm"}),
    ]:
        with pytest.raises(Hold, match="unknown word"):
            draft(lines, **cells)


def test_own_words_come_before_ours_and_may_say_no() -> None:
    lines = 'accepts = "MAT"\n[words.accepts]\n"Yes" = ["buprenorphine", "-methadone"]'
    found = draft(lines, MAT="yes")
    assert found.facets["accepts"] == ("buprenorphine",)
    assert found.denied == {"accepts": ("methadone",)}


@pytest.mark.parametrize(
    ("said", "yes", "no"),
    [
        ("All", 3, 0),
        ("None", 0, 3),
        ("Some", 0, 0),
        ("", 0, 0),
        ("Unknown", 0, 0),
        ("N/A", 0, 0),
        ("Suboxone only", 1, 1),
        ("Buprenorphine; Vivitrol", 2, 0),
    ],
)
def test_medicines_all_some_none_and_unknown_stay_apart(said: str, yes: int, no: int) -> None:
    found = draft('accepts = "MAT"', MAT=said)
    assert len(found.facets.get("accepts", ())) == yes
    assert len(found.denied.get("accepts", ())) == no


def test_some_medicines_is_said_in_words() -> None:
    assert draft('accepts = "MAT"', MAT="Some").notes == "MAT: Some"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Level 2", [2]), ("II", [2]), ("2", [2]), ("Level II & III", [2, 3]), ("Levels 1-3", [1, 2, 3]),
        ("NARR Level IV", [4]), ("Type S", [3]), ("Level 5", []), ("High", []), ("", []),
    ],
)  # fmt: skip
def test_levels_as_lists_write_them(said: str, found: list[int]) -> None:
    assert levels(said)[0] == [f"narr_{level}" for level in found]


@pytest.mark.parametrize(
    ("said", "let_in", "not_let_in", "children"),
    [
        ("M", ("men",), ("women",), False), ("W", ("women",), ("men",), False), ("MC", ("men",), ("women",), True),
        ("Women with children", ("women",), ("men",), True), ("Co-ed", ("men", "women"), (), False),
        ("", (), (), False),
    ],
)  # fmt: skip
def test_who_is_let_in(said: str, let_in: tuple[str, ...], not_let_in: tuple[str, ...], children: bool) -> None:
    found = draft('gender = "G"', G=said)
    assert found.facets.get("gender", ()) == let_in
    assert found.denied.get("gender", ()) == not_let_in
    assert ("children" in found.facets.get("residence", ())) is children
    assert "residence" not in found.denied


def test_an_empty_yes_column_says_neither_yes_nor_no() -> None:
    lines = '[yes]\naccess.pets = "Pets"\nby_appointment = "Appt"'
    assert "access" not in draft(lines, Pets="", Appt="").facets | draft(lines, Pets="", Appt="").denied
    assert draft(lines, Pets="No", Appt="x").denied == {"access": ("pets",)}
    assert draft(lines, Pets="✓", Appt="x").by_appointment
    assert draft(lines, Pets="ask", Appt="").notes == "Pets: ask"


def test_a_withheld_street_leaves_only_the_area() -> None:
    lines = 'street = "St"\ncity = "City"\nzip = "Zip"\nlatitude = "Lat"\nlongitude = "Lon"'
    cells = {"City": "Columbus", "Zip": "43215-1234", "Lat": "39.9", "Lon": "-83.0"}
    for street in ("Withheld", "Call for address", "confidential"):
        place = draft(lines, St=street, **cells).place
        assert place
        assert (place.street, place.postal_code, place.located) == ("", "43215", False)
        assert place.confidential
        assert not place.walkable
    kept = draft(lines, St="12 Private Rd", **cells).place
    assert kept
    assert kept.walkable


def test_a_column_may_say_that_the_address_is_private() -> None:
    place = draft('street = "St"\ncity = "City"\n[yes]\nconfidential = "Hide"', St="1 A St", City="X", Hide="yes").place
    assert place
    assert (place.street, place.confidential) == ("", True)


@pytest.mark.parametrize(
    ("said", "fee", "period"),
    [
        ("$160/wk", 160, "week"), ("600 monthly", 600, "month"), ("$1,200.50 per month", 1200.5, "month"),
        ("$150-$200", None, ""), ("150", 150, ""), ("", None, ""),
    ],
)  # fmt: skip
def test_money_and_its_period(said: str, fee: float | None, period: str) -> None:
    home = draft('fee = "Fee"\nbeds = "Beds"', Fee=said, Beds="8").residence
    assert home
    assert (home.fee, home.fee_period, home.beds) == (fee, period, 8)


def test_vacancies_carry_the_day_they_were_true() -> None:
    lines = 'vacancies = "Open"\nvacancies_as_of = "As of"\nupdated_on = "Updated"'
    told = draft(lines, **{"Open": "None", "As of": "1/2/2026", "Updated": "2026-02-02"}).residence
    assert told
    assert (told.vacancies, told.vacancies_as_of) == (0, date(2026, 1, 2))
    row_day = draft(lines, **{"Open": "3", "As of": "", "Updated": "2026-02-02"}).residence
    assert row_day
    assert (row_day.vacancies, row_day.vacancies_as_of) == (3, date(2026, 2, 2))
    assert draft(lines, **{"Open": "", "As of": "1/2/2026", "Updated": ""}).residence != told


def test_oxford_is_no_narr_level() -> None:
    row = Row(
        1,
        {
            "House Name": "Oxford House Example",
            "Gender": "M",
            "Vacancies": "1",
            "Capacity": "8",
            "Phone": "614-555-0101",
        },
    )
    found = draft_of(shipped()["oxford-house"].plan, row, FEED)
    assert found.facets["residence"] == ("oxford_house",)
    assert found.facets["level"] == ("recovery_residence",)


def test_private_columns_are_not_even_kept_in_the_record() -> None:
    row = Row(1, {"Name": "Example House", "Phone": "614-555-0101", "Manager": "Pat Example"})
    draft_of(plan(top='private = ["manager"]'), row, FEED)
    assert row.raw == {"Name": "Example House", "Phone": "614-555-0101"}


def test_skip_rules_and_status_leave_rows_out() -> None:
    rule = '[[skip]]\ncolumn = "Listed"\nvalues = ["No"]\nreason = "not for the public"'
    with pytest.raises(Skip, match="not for the public"):
        draft(rule, Listed="NO ")
    with pytest.raises(Skip, match="inactive in the list"):
        draft('status = "S"', S="Permanently closed")


def test_a_bare_answer_is_no_description() -> None:
    assert draft('description = "Info"', Info="No").description == ""
    assert draft('description = "Info"', Info="No stairs").description == "No stairs"


def test_the_key_does_not_change_with_spaces_or_capitals() -> None:
    assert draft(Name="Example  house").source_key == draft(Name=" EXAMPLE House").source_key


def test_na_is_a_fellowship_and_not_a_blank() -> None:
    meeting = parse('kind = "support_group"\nkey = ["name"]\n[columns]\nname = "N"\nphone = "P"\nfellowship = "F"').plan
    assert draft_of(meeting, Row(1, {"N": "x", "P": "614-555-0101", "F": "NA"}), FEED).facets["fellowship"] == ("na",)


@pytest.mark.parametrize(
    ("said", "states", "counties", "nation"),
    [
        ("Statewide", ("OH",), (), False), ("Ohio", ("OH",), (), False), ("Nationwide", (), (), True),
        ("Northern Franklin County", (), (), False), ("All counties except Franklin", (), (), False),
        ("Cook County, Illinois", (), ("IL:Cook",), False), ("Serves the state of Ohio", ("OH",), (), False),
        ("Franklin County", (), ("OH:Franklin",), False), ("Central Ohio", (), (), False),
        ("Franklin, Delaware and Licking counties", (), ("OH:Franklin", "OH:Delaware", "OH:Licking"), False),
    ],
)  # fmt: skip
def test_areas_served(said: str, states: tuple[str, ...], counties: tuple[str, ...], nation: bool) -> None:
    area = draft('area = "Area"', Area=said).area
    assert area
    assert (area.states, area.counties, area.nationwide, area.words) == (states, counties, nation, said)


@pytest.mark.parametrize("name", sorted(shipped()))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_row_breaks_a_shipped_mapping(name: str, data: st.DataObject) -> None:
    columns = st.sampled_from(sorted(shipped()[name].plan.read))
    cells = st.one_of(
        st.text(max_size=20), st.integers(), st.floats(), st.none(), st.booleans(), st.lists(st.text(max_size=5))
    )
    row = Row(1, data.draw(st.dictionaries(columns, cells)))
    try:
        made = draft_of(shipped()[name].plan, row, FEED)
    except Outcome:
        return
    if not made.problems():
        assert ListingDraft.from_dict(made.as_dict()) == made


def test_a_house_that_is_closed_by_its_name_is_left_out_and_a_closed_meeting_is_not() -> None:
    with pytest.raises(Skip, match="closed in its name"):
        draft(Name="Grace House (CLOSED)")
    meetings = parse('kind = "support_group"\nkey = ["name"]\n[columns]\nname = "Name"\nphone = "Phone"').plan
    row = Row(1, {"Name": "Hope Group (closed)", "Phone": "614-555-0101"})
    assert draft_of(meetings, row, FEED).name == "Hope Group (closed)"
