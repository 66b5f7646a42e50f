"""How alike two names are, and when an operator named alone is its one house there."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from directory.same.alike import ONE_NAME, alike, likeness, operator_alone
from directory.same.words import read_name
from tests.same.houses import LAWN, NO_STREET, told

LONG, SHORT = "residential_long", "residential_short"
TOLL_FREE = [{"number": "800-555-0142"}]


def of(*levels: str, gender: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"level": list(levels), "gender": list(gender)}


def test_a_name_and_its_initials_are_alike() -> None:
    assert alike(read_name("Quarry Addiction Relief"), read_name("State Health - QAR")) >= 0.8
    assert alike(read_name("Quarry Addiction Relief"), read_name("State Health - QUR")) < 0.5


def test_names_that_differ_only_in_what_is_done_are_alike() -> None:
    one, other = "Lantern Foundation Substance Use Disorder Program", "Lantern Foundation Chemical Dependency"
    assert alike(read_name(one), read_name(other)) >= 0.8


def test_a_programs_own_name_is_its_name_where_no_street_speaks_against_it() -> None:
    own = {"group": "Holdings Inc", "name": "Holdings Inc, Casa Lantern/Upper Lodge"}
    assert likeness(told(1, **own), told(2, name="Casa Lantern", place=NO_STREET)) >= ONE_NAME
    assert likeness(told(1, **own), told(2, name="Casa Lantern")) < ONE_NAME


def test_an_operator_alone_is_its_house_where_phone_zip_code_levels_and_whom_it_takes_agree() -> None:
    house = told(1, facets=of(LONG, SHORT, gender=("women",)), **LAWN)
    assert operator_alone(house, told(2, facets=of(LONG, gender=("women",)), place=NO_STREET))
    assert not operator_alone(house, told(2, facets=of(LONG, gender=("men",)), place=NO_STREET))
    assert not operator_alone(house, told(2, facets=of("outpatient", gender=("women",)), place=NO_STREET))
    elsewhere = {**NO_STREET, "postal_code": "43232"}
    assert not operator_alone(house, told(2, facets=of(LONG, gender=("women",)), place=elsewhere))
    assert not operator_alone(house, told(2, facets=of(LONG, gender=("women",))))  # another street may be told


def test_behind_a_toll_free_line_two_levels_must_be_the_same() -> None:
    house = told(1, facets=of(LONG, SHORT), phones=TOLL_FREE, **LAWN)
    assert operator_alone(house, told(2, facets=of(LONG, SHORT), phones=TOLL_FREE, place=NO_STREET))
    assert not operator_alone(house, told(2, facets=of(LONG), phones=TOLL_FREE, place=NO_STREET))
    single = told(1, facets=of(LONG), phones=TOLL_FREE, **LAWN)
    assert not operator_alone(single, told(2, facets=of(LONG), phones=TOLL_FREE, place=NO_STREET))


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_the_same_both_ways(text: str, other: str) -> None:
    a, b = read_name(text), read_name(other)
    assert 0 <= alike(a, b) <= 1
    assert abs(alike(a, b) - alike(b, a)) < 1e-9
