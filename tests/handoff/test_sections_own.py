"""The pages to fill in by hand: what is known is printed, what is not is a line to write on."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest

from directory.handoff.agreed import Situation
from directory.handoff.needs import Needs
from directory.handoff.values import Block, Packet
from directory.listing import Residence
from tests.handoff.people import DISCHARGE, NEAR, clinic, house, make_packet, meeting


@dataclass(frozen=True)
class Way:
    words: str


@dataclass(frozen=True)
class Entry:
    what: str
    id: int
    starts_at: datetime
    title: str = ""
    where: str = ""
    travel: Way | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    entries: tuple[Entry, ...] = ()
    check_ins: tuple[date, ...] = ()


@dataclass(frozen=True)
class Asked:
    """Needs with the fields the planner's side gives them."""

    needs: tuple[str, ...] = ()
    medication: tuple[str, ...] = ()
    supply_through: date | None = None
    housing: str = ""
    near: object = field(default=NEAR)


def blocks(packet: Packet, key: str) -> dict[str, Block]:
    return {block.heading: block for block in packet.section(key).blocks}


def labels(block: Block) -> list[str]:
    return [blank.label for blank in block.blanks]


def facts(block: Block) -> dict[str, str]:
    return {fact.label: fact.words for fact in block.facts}


def test_each_medicine_has_its_lines_and_the_chosen_places_that_give_it() -> None:
    given = blocks(make_packet([clinic(), house()], needs=Asked(medication=("buprenorphine",))), "medicine")
    told = given["Buprenorphine (Suboxone, Sublocade)"]
    assert facts(told) == {"Places I chose that give it": "Harbor Point Clinic 614-555-0101"}
    assert labels(told) == ["My last dose: day and hour", "I have enough until", "Who refills it, and their phone"]
    assert given["Other medicines I take"].table


def test_the_last_day_of_supply_is_printed_when_it_is_known() -> None:
    asked = Asked(medication=("methadone",), supply_through=date(2026, 6, 18))
    given = blocks(make_packet([clinic()], needs=asked), "medicine")
    told = given["Methadone"]
    assert facts(told)["I have enough until"] == "Thu, Jun 18"
    assert "I have enough until" not in labels(told)
    assert any("Only a methadone clinic" in line for line in given["If I may run out"].lines)


def test_discreet_paper_names_no_medicine_and_gives_lines_instead() -> None:
    packet = make_packet([clinic()], discreet=True, needs=Asked(medication=("methadone",)))
    given = blocks(packet, "medicine")
    assert list(given) == ["If I may run out", "Each medicine I take"]
    assert not any("methadone" in line for line in given["If I may run out"].lines)
    assert "methadone" not in str(packet.as_dict())


def test_needs_of_today_and_codes_alone_are_read_too() -> None:
    needs = Needs(near=NEAR, needs=("food",), medication=("naltrexone",))
    assert Situation.read(needs) == Situation(("food",), ("naltrexone",))
    assert Situation.read(["food"]) == Situation(("food",))
    assert Situation.read(None) == Situation()


def test_a_house_is_told_with_its_level_cost_owner_and_certificate() -> None:
    home = Residence(
        operator="Oak Homes",
        certifier="Ohio Recovery Housing",
        certified_until=date(2027, 3, 1),
        fee=180.0,
        fee_period="week",
        vacancies=2,
        vacancies_as_of=date(2026, 6, 14),
        house_rules="Home by ten",
    )
    told = blocks(make_packet([house(residence=home)]), "stay")["Maple Recovery House"]
    assert facts(told) == {
        "Where": "Columbus, OH 43206 (call for the address)",
        "Kind of home": "NARR Level 2: house manager",
        "Cost and insurance": "$180 a week",
        "Who may come": "Men",
        "Takes people on my medicine": facts(told)["Takes people on my medicine"],
        "Run by": "Oak Homes",
        "Certified by": "Ohio Recovery Housing, until Mar 1, 2027",
        "House rules": "Home by ten",
        "Open beds": "2 open beds (Sun, Jun 14, 8:00 am). Call to be sure.",
    }
    assert labels(told) == ["I move in on", "Ask for"]


def test_free_beds_without_a_day_are_not_told() -> None:
    told = blocks(make_packet([house(residence=Residence(vacancies=2))]), "stay")["Maple Recovery House"]
    assert facts(told)["Open beds"] == "Not known. Call to ask."


def test_a_booked_move_is_printed_in_place_of_the_line() -> None:
    plan = Plan((Entry("move_in", 2, DISCHARGE + timedelta(hours=3)),))
    told = blocks(make_packet([house()], plan=plan), "stay")["Maple Recovery House"]
    assert facts(told)["I move in on"] == "Mon, Jun 15, 5:00 pm"
    assert labels(told) == ["Ask for"]


def test_without_a_house_there_is_room_for_a_place_and_a_way_to_a_bed() -> None:
    assert list(blocks(make_packet([clinic()]), "stay")) == ["My place to sleep", "No bed for tonight?"]


def test_who_needs_a_bed_tonight_reads_that_first() -> None:
    packet = make_packet([house()], needs=Asked(housing="any_bed_tonight"))
    assert next(iter(blocks(packet, "stay"))) == "No bed for tonight?"
    assert packet.section("stay").blocks[0].alert


def test_check_ins_come_on_days_1_3_7_14_and_30_with_room_to_write() -> None:
    table = make_packet().section("check_ins").blocks[0].table
    assert table
    assert [row[0] for row in table.rows] == ["Tue, Jun 16", "Thu, Jun 18", "Mon, Jun 22", "Mon, Jun 29", "Wed, Jul 15"]
    assert all(row[1:] == ("", "", "") for row in table.rows)


def test_check_ins_of_the_plan_win() -> None:
    table = make_packet(plan=Plan(check_ins=(date(2026, 6, 17),))).section("check_ins").blocks[0].table
    assert table
    assert [row[0] for row in table.rows] == ["Wed, Jun 17"]


def test_what_is_booked_comes_first_soonest_first_with_the_way_there() -> None:
    plan = Plan(
        (
            Entry("intake", 1, DISCHARGE + timedelta(days=2), travel=Way("about 10 minutes on foot (estimate)")),
            Entry("appointment", 0, DISCHARGE + timedelta(days=1), title="Doctor", where="12 Example Road"),
            Entry("meeting", 3, DISCHARGE + timedelta(hours=5)),
        )
    )
    steps = make_packet([meeting(3), clinic(1)], plan=plan).section("steps").steps
    assert [step.title for step in steps] == ["Go to Doctor", "Go to Harbor Point Clinic", "Go to Tuesday Steps"]
    assert (steps[0].when, steps[0].where) == ("Tue, Jun 16, 2:00 pm", "12 Example Road")
    assert steps[1].lines[0] == "about 10 minutes on foot (estimate)"


def test_a_meeting_of_the_plan_is_marked_in_the_week_and_others_stay() -> None:
    tuesday = DISCHARGE.replace(day=16, hour=19)
    days = make_packet([meeting(3)], plan=Plan((Entry("meeting", 3, tuesday, travel=Way("a walk")),)))
    slots = [slot for day in days.section("meetings").days for slot in day.slots]
    assert [slot.notes[0] for slot in slots] == ["In my plan"]
    assert slots[0].notes[-1] == "a walk"


@pytest.mark.parametrize("discreet", [False, True])
def test_the_plan_holds_what_a_plan_must_and_only_blanks(discreet: bool) -> None:
    plan = blocks(make_packet(discreet=discreet), "plan")
    again = "If a day goes wrong" if discreet else "If I use again"
    for heading in ("My reasons", "What makes it hard", "Early signs", "What helps me", "People I call", again):
        assert heading in plan
    assert plan["If this happens, then I do that"].table
    assert all(cell == "" for row in plan["People I call"].table.rows for cell in row)  # type: ignore[union-attr]
    assert len(plan["When I feel very low"].blanks) == 5


def test_nothing_was_sent_is_said_and_that_the_paper_is_theirs() -> None:
    (told,) = make_packet().section("sharing").blocks
    assert told.lines[:2] == (
        "We did not send anything about you to anybody.",
        "This paper is yours. You choose who sees it.",
    )
    (alone,) = make_packet(staffed=False).section("sharing").blocks
    assert alone.lines[0].startswith("Nothing about you was sent to anybody.")
    assert len(alone.lines) == 2


def test_naloxone_is_ticked_off_before_leaving_in_words_that_fit_the_paper() -> None:
    ticks = [tick for block in make_packet().section("teach_back").blocks for tick in block.ticks]
    quiet = [tick for block in make_packet(discreet=True).section("teach_back").blocks for tick in block.ticks]
    assert any("naloxone" in tick for tick in ticks)
    assert any("nose spray" in tick for tick in quiet)
    assert len(ticks) == len(quiet)


def test_a_closed_house_says_so_before_its_number() -> None:
    told = blocks(make_packet([replace(house(), reported_closed=True)]), "stay")["Maple Recovery House"]
    assert told.lines == ("Reported closed. Call first.",)
