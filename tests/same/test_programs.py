"""Kinds of program that names tell."""

from directory.same.programs import one_sided, special, unlike_sets
from directory.same.words import read_name
from tests.same.houses import told


def test_two_choices_of_one_set_are_two_programs() -> None:
    assert unlike_sets(read_name("Harbor Detox"), read_name("Harbor Outpatient")) == ("detox", "outpatient")
    assert unlike_sets(read_name("Harbor Men"), read_name("Harbor Men and Women")) is None
    assert unlike_sets(read_name("Harbor"), read_name("Harbor Men")) is None


def test_a_kind_that_the_other_tells_in_its_facts_is_no_doubt() -> None:
    assert not one_sided(told(1, name="Harbor Residential"), told(2, name="Harbor"))
    assert one_sided(told(1, name="Harbor Detox"), told(2, name="Harbor"))


def test_of_two_kinds_in_one_name_one_is_enough() -> None:
    assert not one_sided(told(1, name="Harbor Residential and Outpatient"), told(2, name="Harbor"))
    assert one_sided(told(1, name="Harbor Detox and Outpatient"), told(2, name="Harbor"))


def test_methadone_is_special_and_outpatient_is_not() -> None:
    assert special({"methadone", "maintenance"})
    assert not special({"outpatient", "adult", "lantern"})
