"""What of a listing is compared, and which listings are found to compare it with."""

from directory.same.facts import facts_of, keys
from tests.builders import make_draft, make_place


def test_an_approximate_pin_is_no_pin() -> None:
    exact = facts_of(1, 1, make_draft().as_dict())
    vague = facts_of(1, 1, make_draft(place=make_place(approximate=True)).as_dict())
    assert exact.point
    assert vague.point is None
    assert vague.about == exact.about


def test_one_place_written_twice_shares_a_key() -> None:
    one = facts_of(1, 1, make_draft().as_dict())
    place = make_place(street="1200 EXAMPLE AVE., Suite 3", name="Linden Comm. Church")
    other = facts_of(2, 2, make_draft(name="Tues. Steps", phones=(), place=place).as_dict())
    assert keys(one) & keys(other)


def test_a_key_fits_every_database() -> None:
    assert all(0 <= key < 2**63 for key in keys(facts_of(1, 1, make_draft().as_dict())))


def test_a_broken_link_is_compared_with_nothing() -> None:
    data = make_draft(website="http://[broken").as_dict() | {"online": {"url": "http://[broken"}}
    assert facts_of(1, 1, data).room == facts_of(1, 1, data).site == ""
