"""A needs file is structured choices only, read the same as before, and refused with a sentence."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from directory.cli import app
from directory.errors import BadQuestion
from directory.handoff.needs import ONE, SEVERAL, Needs
from directory.handoff.needs_schema import schema
from directory.handoff.presets import begin, presets
from directory.search.query import Near
from directory.vocab import Kind
from tests.handoff.people import NEAR

OF_BEFORE = {
    "radius": 25,
    "kinds": ["outpatient", "support_group", "sober_living"],
    "needs": ["food"],
    "medication": ["buprenorphine"],
    "payment": ["medicaid"],
    "access": ["wheelchair"],
    "population": ["veterans"],
    "gender": "women",
    "language": "es",
}


def read(**values: Any) -> Needs:
    return Needs.read({"near": NEAR, **values})


def test_a_file_of_before_reads_as_before() -> None:
    needs = read(**OF_BEFORE)
    assert (needs.leaving, needs.supply_through, needs.age, needs.travel) == (None, None, "", "")
    assert (needs.hours, needs.housing, needs.wishes, needs.radius) == ((), "", (), 25.0)


def test_the_hour_of_leaving_is_on_the_clock_of_where_they_will_stay() -> None:
    told = read(leaving="2026-11-23T14:00").leaving
    assert told is not None
    assert told.isoformat() == "2026-11-23T14:00:00-05:00"
    assert read(leaving="2026-11-23T14:00-08:00").leaving == datetime.fromisoformat("2026-11-23T17:00-05:00")
    noon = read(leaving="2026-11-23").leaving
    assert noon is not None
    assert noon.hour == 12
    assert read(supply_through="2026-11-26").supply_through == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("values", "miles"),
    [
        ({}, 25), ({"travel": "walk"}, 2), ({"travel": "bus"}, 10), ({"travel": "car"}, 25),
        ({"travel": "walk", "radius": 7}, 7), ({"radius": 100000}, 500), ({"radius": 0.01}, 1),
    ],
)  # fmt: skip
def test_how_they_travel_limits_how_far_unless_that_is_said(values: dict[str, Any], miles: float) -> None:
    assert read(**values).radius == miles


def test_who_has_no_home_looks_for_houses_and_tonight_for_shelters_too() -> None:
    assert Kind.SOBER_LIVING not in read().wanted
    assert Kind.SOBER_LIVING in read(housing="recovery_residence").wanted
    assert read(housing="recovery_residence").helped == ()
    assert read(housing="any_bed_tonight", needs=["food"]).helped == ("housing", "food")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"leaving": "soon"}, "When is 'soon'"),
        ({"leaving": 5}, "When is 5"),
        ({"leaving": "0001-01-01"}, "no day of discharge"),
        ({"supply_through": "forever"}, "Which day is 'forever'"),
        ({"supply_through": "9999-12-31"}, "no last day of a supply"),
        ({"travel": "boat"}, "travel has no choice 'boat'"),
        ({"travel": ["bus", "car"]}, "travel is one choice"),
        ({"hours": ["noonish"]}, "hours has no choice"),
        ({"housing": "castle"}, "housing has no choice"),
        ({"wishes": {"pets": True}}, "wishes must be a list"),
        ({"radius": float("nan")}, "How far"),
        ({"name": "Jane"}, "no need called 'name'"),
        ({"language": ["es"]}, "language is one code"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(values: dict[str, Any], words: str) -> None:
    with pytest.raises(BadQuestion, match=words):
        read(**values)


def test_an_hour_without_a_zone_is_refused_where_no_zone_is_known() -> None:
    with pytest.raises(BadQuestion, match="In which time zone"):
        Needs.read({"near": Near("somewhere", 40.0, -83.0), "leaving": "2026-11-23T14:00"})


def test_the_schema_in_the_docs_is_the_one_made_from_the_words() -> None:
    written = Path(__file__).parents[2].joinpath("docs/needs.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == schema()
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_schema_lets_the_example_pass_and_no_other_word() -> None:
    jsonschema.validate(Needs.example(), schema())
    for wrong in ({"medication": ["aspirin"]}, {"name": "Jane"}, {"leaving": "soon"}, {"near": ""}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**Needs.example(), **wrong}, schema())


VALID = jsonschema.Draft202012Validator(schema())
FILES = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.lists(st.sampled_from([w.value for w in words]), unique=True) for name, words in SEVERAL.items()},
        **{name: st.sampled_from(["", *(word.value for word in words)]) for name, words in ONE.items()},
        "radius": st.integers(1, 500),
        "leaving": st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1)).map(
            lambda one: one.isoformat(timespec="minutes")
        ),
        "supply_through": st.dates(date(2020, 1, 1), date(2099, 1, 1)).map(str),
        "language": st.sampled_from(["", "en", "es", "ase"]),
    },
)


@settings(max_examples=40, deadline=None)
@given(FILES)
def test_what_the_schema_lets_pass_is_read(values: dict[str, Any]) -> None:
    VALID.validate({"near": "43215", **values})
    needs = read(**values)
    assert list(needs.wishes) == values.get("wishes", [])
    assert 1 <= needs.radius <= 500
    assert needs.leaving is None or needs.leaving.utcoffset() is not None


@pytest.mark.parametrize("code", presets())
def test_every_preset_is_a_needs_file_but_for_the_place(code: str) -> None:
    values = begin(code, {"near": "43215"})
    jsonschema.validate(values, schema())
    assert Needs.read({**values, "near": NEAR}).wanted
    preset = presets()[code]
    assert preset.label("en") != preset.label("es")


def test_what_a_file_says_stands_against_its_preset() -> None:
    assert begin("rural_no_car", {"travel": "car"})["travel"] == "car"
    with pytest.raises(BadQuestion, match=r"no preset 'castle'.*methadone"):
        begin("castle", {})


def test_the_command_line_prints_the_schema_and_begins_from_a_preset() -> None:
    told = CliRunner().invoke(app, ["match", "--schema"])
    assert json.loads(told.stdout) == schema()
    begun = CliRunner().invoke(app, ["match", "--example", "--preset", "methadone"])
    assert json.loads(begun.stdout)["medication"] == ["methadone"]
    wrong = CliRunner().invoke(app, ["match", "--example", "--preset", "castle"])
    assert wrong.exit_code == 1
    assert "The presets are: buprenorphine" in wrong.output
