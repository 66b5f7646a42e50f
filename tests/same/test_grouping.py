"""Groups come out the same in whatever order pairs come in, and never hold two listings of one publisher by rule."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from directory.same.grouping import Edge, Groups, Standing, grouped

IDS = range(1, 9)
PUBLISHERS = st.fixed_dictionaries({number: st.integers(1, 4) for number in IDS})


@st.composite
def edges(draw: st.DrawFn) -> list[Edge]:
    pairs = draw(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=12))
    made = {}
    for a, b in pairs:
        if a != b:
            standing = draw(st.sampled_from(Standing))
            lead = draw(st.sampled_from([None, a, b])) if standing is Standing.LINKED else None
            low, high = sorted((a, b))
            made[low, high] = Edge(low, high, standing, draw(st.integers(6, 12)), lead)
    return list(made.values())


def groups(found: Groups) -> dict[int, set[int]]:
    told: dict[int, set[int]] = {}
    for one, lead in found.lead_of.items():
        told.setdefault(lead, set()).add(one)
    return told


@given(edges(), PUBLISHERS, st.randoms(use_true_random=False))
def test_the_order_of_pairs_changes_nothing(many: list[Edge], publishers: dict[int, int], dice: Random) -> None:
    shuffled = list(many)
    dice.shuffle(shuffled)
    assert grouped(many, publishers) == grouped(shuffled, publishers)


@given(edges(), PUBLISHERS)
def test_no_group_holds_two_of_one_publisher_unless_a_person_linked(
    many: list[Edge], publishers: dict[int, int]
) -> None:
    by_rule = [edge for edge in many if edge.standing is not Standing.LINKED]
    for members in groups(grouped(by_rule, publishers)).values():
        assert max(Counter(publishers[one] for one in members).values()) == 1


@given(edges(), PUBLISHERS)
def test_what_a_person_keeps_apart_the_rules_never_join(many: list[Edge], publishers: dict[int, int]) -> None:
    by_rule = [edge for edge in many if edge.standing is not Standing.LINKED]
    found = grouped(by_rule, publishers).lead_of
    for edge in by_rule:
        if edge.standing is Standing.APART:
            assert found.get(edge.a, -edge.a) != found.get(edge.b, -edge.b)


@given(edges(), PUBLISHERS)
def test_what_a_person_linked_is_together_under_one_of_the_group(many: list[Edge], publishers: dict[int, int]) -> None:
    found = grouped(many, publishers).lead_of
    for edge in many:
        if edge.standing is Standing.LINKED:
            assert found[edge.a] == found[edge.b]
    for lead, members in groups(grouped(many, publishers)).items():
        assert lead in members
        assert len(members) > 1


def test_a_listing_that_fits_two_of_a_publisher_is_linked_with_neither() -> None:
    fits = [Edge(1, 2, Standing.SURE, 9.0), Edge(1, 3, Standing.SURE, 9.0)]
    found = grouped(fits, {1: 1, 2: 2, 3: 2})
    assert found.lead_of == {}
    assert found.refused == {(1, 2), (1, 3)}


def test_a_listing_that_fits_one_of_two_much_better_is_linked_with_it() -> None:
    fits = [Edge(1, 2, Standing.SURE, 11.0), Edge(1, 3, Standing.SURE, 8.0)]
    found = grouped(fits, {1: 1, 2: 2, 3: 2})
    assert found.lead_of == {1: 1, 2: 1}
    assert found.refused == {(1, 3)}


def test_a_retired_listing_is_in_no_group() -> None:
    chain = [Edge(1, 2, Standing.SURE, 9.0), Edge(2, 3, Standing.SURE, 9.0)]
    assert grouped(chain, {1: 1, 3: 3}).lead_of == {}


def test_a_doubtful_pair_about_as_good_keeps_a_sure_one_from_being_linked() -> None:
    publishers = {1: 1, 2: 2, 3: 2}
    sure, rival = Edge(1, 2, Standing.SURE, 7.5), Edge(1, 3, Standing.UNSURE, 7.0)
    assert grouped([sure], publishers).lead_of == {1: 1, 2: 1}
    assert grouped([sure, rival], publishers).refused == {(1, 2)}
    assert grouped([sure, Edge(1, 3, Standing.UNSURE, 5.0)], publishers).lead_of == {1: 1, 2: 1}
