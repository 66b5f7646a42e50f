"""What speaks for and against a service is weighed as it was meant: who sends, who comes, what is given beside."""

import pytest

from directory.vocab import Kind
from importers.classify import Term, Told, classify, tables


@pytest.mark.parametrize(
    ("name", "code", "text", "beside", "need"),
    [
        ("Night Shelter", "BH-1800", "Emergency shelter for men.", "Hot lunch is served.", "food"),
        ("Night Shelter", "BH-1800", "Emergency shelter for men.", "Free clothing.", "clothing"),
        ("Medical Clinic", "LN", "Primary care for adults.", "Dentists see patients on Mondays.", "dental"),
        ("Food Pantry", "BD-1800", "Groceries once a month.", "Help to get a birth certificate.", "id_papers"),
    ],
)
def test_a_thing_that_is_given_counts_beside_whatever_weighs_more(
    name: str, code: str, text: str, beside: str, need: str
) -> None:
    codes = (Term("211hsis", code),)
    assert need in classify(Told(name, codes, text=f"{text} {beside}")).facets["need"]
    assert need not in classify(Told(name, codes, text=text)).facets["need"]


def test_a_dentist_is_not_said_to_give_health_care() -> None:
    dentist = Told("Valley Dental Clinic", categories=("Health-Dental",), text="Dental health care for adults.")
    assert classify(dentist).facets["need"] == ("dental",)


def test_treatment_and_reentry_that_courts_and_jails_run_are_listed() -> None:
    court = Told("Pretrial Services - Drug Court", text="Outpatient substance abuse treatment for defendants.")
    jail = Told("Sheriff's Department", text="Reentry program: jobs and case management for ex-offenders.")
    assert (classify(court).on_topic, classify(court).kind) == (True, Kind.OUTPATIENT)
    assert classify(jail).on_topic
    assert not classify(Told("Sheriff's Department", text="Serves warrants. Visiting hours of the jail.")).on_topic


def test_who_stands_beside_a_program_says_little_of_it() -> None:
    told = "In partnership with the County Sheriff, emergency shelter for all."
    heard = {one.phrase: one.weight for one in tables.subjects().hear(told)}
    assert heard["sheriff"] < 0.5
    assert heard["emergency shelter"] == 1


def test_elders_and_their_mental_health_are_listed() -> None:
    clinic = Told("Geriatric Counseling", text="Mental health treatment and psychotherapy for elders.")
    assert (classify(clinic).on_topic, classify(clinic).kind) == (True, Kind.OUTPATIENT)
    assert not classify(Told("Senior Center", text="Bingo and trips for elders. Depression is spoken of.")).on_topic


def test_a_fellowship_is_a_group_whoever_hosts_it() -> None:
    text = "A 12-step group for co-occurring disorders, at the Mental Health Treatment Center. Therapy is not given."
    hosted = Told("Dual Recovery Anonymous", text=text, organization="Elm Mental Health Treatment and Rehabilitation")
    assert classify(hosted).kind is Kind.SUPPORT_GROUP


@pytest.mark.parametrize(
    "said",
    ["TANF recipients come first.", "For Medicaid clients.", "Have valid identification with you.", "SSI eligible."],
)
def test_who_comes_and_what_they_bring_is_nothing_given(said: str) -> None:
    assert classify(Told("Food Pantry", text=f"Groceries once a month. {said}")).facets["need"] == ("food",)


def test_people_who_are_recovering_are_heard_though_it_tells_who_they_are() -> None:
    home = Told("Linden House", text="Transitional housing for women who are recovering from addictions.")
    assert classify(home).kind is Kind.SOBER_LIVING


def test_two_things_with_a_comma_between_are_not_one() -> None:
    listed = Told("Welcome Center", text="Case management, trauma recovery, housing and legal aid for women.")
    assert classify(listed).kind is not Kind.SOBER_LIVING
    counsel = Told("Elm Counseling Center", text="Individual, group and family counseling.")
    assert classify(counsel).kind is Kind.OUTPATIENT


def test_what_is_given_together_with_others_is_given() -> None:
    told = "In collaboration with local shelters we provide medical detox in 12 beds."
    assert classify(Told("Cedar House", text=told)).kind is Kind.RESIDENTIAL
