"""Places of one organization are told together; meetings and strangers are not."""

from hypothesis import given
from hypothesis import strategies as st

from directory.handoff.ties import ties
from directory.listing import Residence
from tests.handoff.people import clinic, house, meeting


def test_two_places_of_one_group_are_tied_however_it_is_spelled() -> None:
    assert ties([clinic(1, group="Oak  Homes"), house(2, group="oak homes")]) == (
        ("Oak  Homes", ("Harbor Point Clinic", "Maple Recovery House")),
    )


def test_a_houses_operator_counts_before_its_group() -> None:
    run = Residence(operator="Oak Homes")
    assert ties([house(1, group="Other", residence=run), clinic(2, group="Oak Homes")])[0][0] == "Oak Homes"


def test_meetings_of_one_group_are_no_tie() -> None:
    assert ties([meeting(1), meeting(2, name="Another")]) == ()


def test_one_place_listed_twice_is_no_tie() -> None:
    assert ties([clinic(1), clinic(2)]) == ()


@given(st.lists(st.tuples(st.sampled_from(["", "A", "B"]), st.text(min_size=1, max_size=5)), max_size=12))
def test_every_tie_has_two_names_and_an_owner(places: list[tuple[str, str]]) -> None:
    found = ties([clinic(n, group=group, name=name) for n, (group, name) in enumerate(places)])
    assert all(owner and len(names) > 1 and len(set(names)) == len(names) for owner, names in found)
