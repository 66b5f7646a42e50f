"""Words on who is served: states and counties where they are surely named, and nothing where they are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.served import Served, county, read, state_of

FRANKLIN = Served(counties=("OH:Franklin",))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Franklin County", FRANKLIN),
        ("Serves residents of Franklin County.", FRANKLIN),
        ("Franklin County residents only", FRANKLIN),
        ("Franklin County, OH", FRANKLIN),
        ("Franklin County, Ohio", FRANKLIN),
        ("OH: Franklin", FRANKLIN),
        ("OH - Franklin County", FRANKLIN),
        ("Franklin, Delaware and Union Counties", Served(counties=("OH:Franklin", "OH:Delaware", "OH:Union"))),
        ("Counties of Franklin & Union", Served(counties=("OH:Franklin", "OH:Union"))),
        ("Franklin County, Union County", Served(counties=("OH:Franklin", "OH:Union"))),
        ("Cook County, Illinois", Served(counties=("IL:Cook",))),
        ("IL - De Kalb County", Served(counties=("IL:DeKalb",))),
        ("Lewis and Clark County, Montana", Served(counties=("MT:Lewis and Clark",))),
        ("LA: Orleans Parish", Served(counties=("LA:Orleans",))),
        ("Statewide", Served(states=("OH",))),
        ("Entire state", Served(states=("OH",))),
        ("Ohio", Served(states=("OH",))),
        ("State of Ohio", Served(states=("OH",))),
        ("Washington State", Served(states=("WA",))),
        ("OH, KY and IN", Served(states=("OH", "KY", "IN"))),
        ("Nationwide", Served(nation=True)),
        ("United States", Served(nation=True)),
    ],
)
def test_what_is_surely_named_counts(said: str, meant: Served) -> None:
    assert read(said, "OH") == meant


@pytest.mark.parametrize(
    "said",
    [
        "Springfield",
        "Columbus, Franklin County",
        "Franklin County and surrounding areas",
        "Northern Franklin County",
        "All counties except Franklin County",
        "Franklin and Downtown Counties",
        "Adams Morgan County",
        "43215, 43201",
        "Washington",
        "New York",
        "in or out",
        "or",
        "Georgia",
        "Hilltop neighborhood",
        "Not Franklin County",
        "",
        "x" * 1000,
    ],
)
def test_what_may_mean_less_or_more_stays_words(said: str) -> None:
    assert read(said, "OH") is None


def test_a_county_without_a_state_is_none() -> None:
    assert read("Franklin County") is None
    assert read("Statewide") is None


def test_a_county_is_known_by_its_state() -> None:
    assert county("saint clair", "MI")
    assert not county("Franklin", "NV")


@given(st.text(max_size=60), st.sampled_from(["", "OH", "XX"]))
def test_no_text_names_a_county_that_there_is_not(said: str, state: str) -> None:
    found = read(said, state)
    for code, _, name in (one.partition(":") for one in (found.counties if found else ())):
        assert county(name, code) == name


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (["Reading, PA", "ZIP 19602, PA"], "PA"),
        (["Reading, PA", "Newark, DE"], ""),
        (["Reading, PA", "Newark"], ""),
        (["Over there, XX"], ""),
        ([], ""),
    ],
)
def test_towns_named_with_their_state_lie_in_it(said: list[str], state: str) -> None:
    assert state_of(said) == state
