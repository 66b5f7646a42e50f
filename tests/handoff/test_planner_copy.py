"""The planner's own page: gaps and answers, what was offered in its order, ties, unknowns."""

from dataclasses import dataclass, replace

from directory.handoff import contacts, page, text
from directory.handoff.values import COPY, Packet
from directory.listing import Phone, Residence
from tests.handoff.people import clinic, house, make_packet, meeting, twelve


@dataclass(frozen=True)
class Gap:
    words: str
    id: int = 0
    answer: str = ""


GAPS = (
    Gap("The supply ends before the first visit.", 1, "A bridge prescription was given"),
    Gap("No visit is booked."),
)


def copy(chosen: list | None = None, **changes: object) -> Packet:
    return make_packet(chosen, for_planner=True, **changes)


def test_it_has_its_own_sections_and_no_page_of_the_patients() -> None:
    packet = copy()
    assert tuple(section.key for section in packet.sections) == COPY
    assert packet.title == "Planner’s copy"
    assert "Not for the patient" in packet.sections[0].intro


def test_gaps_stand_with_their_place_and_answer_and_room_where_none_was_chosen() -> None:
    table = copy(gaps=GAPS).section("gaps").blocks[0].table
    assert table
    assert table.rows == (
        ("The supply ends before the first visit.", "Harbor Point Clinic", "A bridge prescription was given"),
        ("No visit is booked.", "–", ""),
    )


def test_gaps_never_reach_the_patient() -> None:
    packet = make_packet(gaps=GAPS)
    for told in (text.plain(packet), page.render(packet), str(packet.as_dict())):
        assert "supply ends before" not in told


def test_what_was_offered_keeps_its_order_and_says_what_was_chosen() -> None:
    offered = [house(31, name="Oak House"), clinic(1), clinic(32, name="Far Clinic")]
    (block,) = copy([clinic(1)], offered=offered).section("offered").blocks
    assert block.table
    assert block.table.rows == (("2", "Harbor Point Clinic", "Outpatient program", "614-555-0101"),)
    (left,) = [line for line in block.lines if line.startswith("Not chosen")]
    assert "Recovery housing: 1. Oak House 614-555-0110" in left
    assert "Outpatient program: 3. Far Clinic 614-555-0101" in left


def test_a_place_chosen_without_having_been_offered_is_recorded_last() -> None:
    (block,) = copy([clinic(1)], offered=[clinic(32)]).section("offered").blocks
    assert block.table
    assert [row[0] for row in block.table.rows] == ["2"]


def test_fewer_than_three_of_a_kind_is_said() -> None:
    lines = copy(twelve()).section("offered").blocks[0].lines
    assert any("Outpatient program (2)" in line for line in lines)
    assert not any("Support group (" in line for line in lines)


def test_what_nobody_knows_names_the_place_its_number_and_the_question() -> None:
    asked = replace(house(), reported_closed=True)
    table = copy([asked, meeting()], medicines=("methadone",)).section("unknown").blocks[0].table
    assert table
    ((name, phone, asks),) = table.rows
    assert (name, phone) == ("Maple Recovery House", "614-555-0110")
    assert asks.startswith("whether it is still open: reported closed, whether it takes Methadone")


def test_ties_of_ownership_are_told_by_number_and_to_the_patient_by_name() -> None:
    oaks = [
        house(n, name=name, group="", residence=Residence(operator="Oak Homes"))
        for n, name in ((1, "Oak One"), (2, "Oak Two"))
    ]
    lines = copy(oaks).section("ties").blocks[0].lines
    assert lines[0] == "Same organization (Oak Homes): numbers 1, 2."
    closing = make_packet(oaks).section("places").closing
    assert closing.endswith("These are run by the same people: Oak One, Oak Two.")
    assert "Oak Homes" not in closing


def test_without_a_tie_it_asks_for_our_own() -> None:
    lines = copy([clinic(group="")]).section("ties").blocks[0].lines
    assert lines[0].startswith("No shared owner shows in these listings.")
    assert any("networks" in line for line in lines)


def test_it_is_plain_and_small_whatever_was_asked() -> None:
    options = copy(discreet=True, large_print=True).options
    assert (options.discreet, options.large_print) == (False, False)


def test_a_place_without_a_number_has_a_dash() -> None:
    (block,) = copy([clinic(phones=()), clinic(2, phones=(Phone("614-555-0199"),))]).section("offered").blocks
    assert block.table
    assert [row[3] for row in block.table.rows] == ["–", "614-555-0199"]


def test_there_is_nothing_on_it_to_save_on_a_phone() -> None:
    assert contacts.render(copy()) == b""
    assert "".join(text.sms(copy())) == ""
