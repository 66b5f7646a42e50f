"""The packet says what is known, asks what is not, and in discreet form tells nobody why."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from directory.errors import BadQuestion
from directory.handoff import page, text
from directory.handoff.needs import Needs
from directory.handoff.packet import Options
from directory.handoff.values import SECTIONS
from directory.listing import Area, Phone, facets
from directory.schedule import occurrences
from directory.vocab import Kind, Modality
from tests.builders import make_place
from tests.handoff.people import (
    DISCHARGE,
    NEAR,
    SETTINGS,
    ZONE,
    clinic,
    house,
    make_packet,
    meeting,
    moved,
    online,
    pantry,
    twelve,
    weekly,
)

CONDITION = re.compile(
    r"recover|treatment|opioid|naloxone|narcan|overdose|fentanyl|methadone|buprenorphine|suboxone|naltrexone"
    r"|recuperac|tratamiento|opioide|naloxona|sobredosis|fentanilo|metadona|buprenorfina|reca[ií]da|adicci|droga|consum"
    r"|alcohol|drug|sober|detox|anonymous|relapse|substance|\bAA\b|\bNA\b|\bIOP\b|\bOTP\b|harm_reduction|mental",
    re.IGNORECASE,
)


def facts(card):
    return {fact.label: fact.words for fact in card.facts}


def test_the_sections_come_in_the_order_of_the_handoff() -> None:
    keys = ["steps", "safety", "medicine", "places", "meetings", "stay", "check_ins", "plan", "daily", "numbers"]
    assert [section.key for section in make_packet().sections] == [*keys, "sharing", "teach_back"]
    assert [section.key for section in make_packet(staffed=False).sections] == [*keys, "sharing"]
    assert tuple([*keys, "sharing", "teach_back"]) == SECTIONS


def test_nothing_chosen_is_refused_with_a_sentence() -> None:
    with pytest.raises(BadQuestion, match="Choose at least one place"):
        make_packet([])


def test_every_chosen_place_has_a_card_in_the_persons_order() -> None:
    cards = make_packet().section("places").cards
    assert [card.id for card in cards] == [listed.id for listed in twelve()]


def test_first_steps_are_care_then_a_bed_then_the_soonest_meeting() -> None:
    steps = make_packet([meeting(3), online(4), pantry(5), house(2), clinic(1)]).section("steps").steps
    assert [step.title for step in steps] == [
        "Call Harbor Point Clinic",
        "Call Maple Recovery House",
        "Go to Late Night Circle",
    ]
    assert steps[0].when == "Today, before you leave"
    assert steps[2].when == "Mon, Jun 15, 11:30 pm"


def test_a_clinic_closed_at_discharge_says_when_it_opens() -> None:
    saturday = DISCHARGE + timedelta(days=5)
    packet = make_packet([clinic()], discharge=saturday)
    assert packet.section("steps").steps[0].when == "They open Mon, Jun 22, 9:00 am"
    assert packet.section("places").cards[0].next == "Mon, Jun 22, 9:00 am"


def test_a_meeting_already_begun_at_discharge_is_not_the_next_one() -> None:
    began = meeting(times=(weekly(1, 13.5, 60),))
    assert make_packet([began]).section("places").cards[0].next == "Mon, Jun 22, 1:30 pm"


def test_an_address_is_given_only_where_one_may_walk_in() -> None:
    hidden = moved(house(), place=make_place(street="9 Secret Lane", confidential=True, directions="Behind it"))
    cards = make_packet([clinic(), house(), hidden, online()]).section("places").cards
    assert [card.where for card in cards] == [
        "400 Example Street, Columbus, OH 43215",
        "Columbus, OH 43206 (call for the address)",
        "Columbus, OH 43215 (call for the address)",
        "Online",
    ]
    assert cards[2].miles is None  # a distance would lead there
    assert "Secret" not in json.dumps(make_packet([hidden]).as_dict())
    assert "Behind" not in json.dumps(make_packet([hidden]).as_dict())


def test_a_service_by_phone_alone_says_so() -> None:
    line = pantry(modality=Modality.PHONE, place=None, area=Area(states=("OH",)))
    assert make_packet([line]).section("places").cards[0].where == "By phone"


def test_medicine_is_answered_yes_no_or_call_to_ask_for_care_and_housing_alone() -> None:
    cards = make_packet([clinic(), house(), meeting(), pantry()]).section("places").cards
    label = "Takes people on my medicine"
    assert facts(cards[0])[label] == (
        "Buprenorphine (Suboxone, Sublocade): yes, they give it; Methadone: no; "
        "Naltrexone (Vivitrol): yes, they give it"
    )
    assert facts(cards[1])[label] == (
        "Buprenorphine (Suboxone, Sublocade): yes; Methadone: call to ask; Naltrexone (Vivitrol): call to ask"
    )
    assert label not in facts(cards[2]) | facts(cards[3])


def test_two_answers_that_disagree_are_no_answer() -> None:
    torn = clinic(facets=facets(medication=["methadone"]), denied={"accepts": ("methadone",)})
    card = make_packet([torn], medicines=("methadone",)).section("places").cards[0]
    assert facts(card)["Takes people on my medicine"] == "Methadone: call to ask"


def test_what_care_and_housing_did_not_say_is_a_question_for_the_phone() -> None:
    assert make_packet([clinic()]).section("places").cards[0].ask == "wheelchair access"
    assert make_packet([house()]).section("places").cards[0].ask == (
        "wheelchair access, languages, if you need a set time"
    )


def test_the_day_of_the_last_check_is_told_and_so_is_its_absence() -> None:
    cards = make_packet([clinic(), house()]).section("places").cards
    assert cards[0].checked == "Checked on Jan 5, 2026"
    assert cards[1].checked == "We do not know when this was last checked. Call first."


def test_the_week_holds_exactly_the_real_occurrences_of_seven_days() -> None:
    chosen = twelve()
    days = make_packet(chosen).section("meetings").days
    assert [day.date for day in days] == [date(2026, 6, 15) + timedelta(days=n) for n in range(7)]
    told = [(slot.id, slot.starts_at) for day in days for slot in day.slots]
    end = datetime(2026, 6, 22, tzinfo=DISCHARGE.tzinfo)
    real = [
        (one.id, when.start)
        for one in chosen
        if one.draft.kind is Kind.SUPPORT_GROUP
        for when in occurrences(one.draft.times, DISCHARGE, end)
    ]
    assert sorted(told) == sorted(real)
    assert [slot.starts_at for day in days for slot in day.slots] == sorted(when for _, when in real)
    assert all(slot.starts_at.date() == day.date for day in days for slot in day.slots)


def test_a_week_that_loses_an_hour_keeps_the_wall_clock() -> None:
    before = datetime(2026, 3, 6, 12, tzinfo=DISCHARGE.tzinfo)
    days = make_packet([meeting(times=(weekly(0, 19),))], discharge=before).section("meetings").days
    slot = next(slot for day in days for slot in day.slots)
    assert slot.starts_at.astimezone(UTC) == datetime(2026, 3, 8, 23, tzinfo=UTC)
    assert slot.time == "7:00 pm–8:00 pm"


def test_a_meeting_online_elsewhere_is_told_on_the_persons_clock() -> None:
    west = online(times=(weekly(2, 19, 60, timezone="America/Los_Angeles"),))
    day = make_packet([west]).section("meetings").days[1]
    assert (day.words, day.slots[0].time) == ("Tue, Jun 16", "10:00 pm–11:00 pm")


def test_no_meeting_chosen_is_said_instead_of_an_empty_table() -> None:
    section = make_packet([clinic()]).section("meetings")
    assert section.days == ()
    assert "You did not choose a meeting yet" in section.intro


def test_a_meeting_that_comes_later_is_not_called_unchosen() -> None:
    section = make_packet([meeting(times=(weekly(1, 10, weeks=(5,)),))]).section("meetings")
    assert section.intro.startswith("None of your meetings comes in the first seven days")


def test_a_need_nobody_serves_is_sent_to_211() -> None:
    helps = make_packet([pantry()], needs=("food", "dental")).section("daily").helps
    assert [(h.words, h.name, h.phones[0].number) for h in helps] == [
        ("Food", "Eastside Food Pantry", "614-555-0120"),
        ("Dental care", "Call 211 and ask", "211"),
        ("Clothes", "Eastside Food Pantry", "614-555-0120"),
    ]


def test_other_places_offered_stand_apart_and_never_twice() -> None:
    section = make_packet([clinic(1)], others=[clinic(1), house(2)]).section("places")
    assert [card.id for card in section.others] == [2]
    assert section.closing.startswith("You are free to choose any place")


def test_the_units_own_phone_leads_the_numbers() -> None:
    assert [line.phone for line in make_packet().section("numbers").lines] == [
        "614-555-0100",
        "911",
        "988",
        "614-555-0199",
    ]
    assert make_packet().contact == "Questions about this plan? Call us, day or night: 614-555-0100"


def test_a_date_without_an_hour_counts_from_noon() -> None:
    assert make_packet(discharge=date(2026, 6, 15)).leaving.hour == 12


def test_a_discharge_in_utc_is_told_in_the_zone_of_the_place() -> None:
    assert (
        make_packet(discharge=datetime(2026, 6, 16, 2, tzinfo=UTC)).leaving.isoformat() == "2026-06-15T22:00:00-04:00"
    )


def test_the_zone_is_that_of_the_place_else_of_the_settings() -> None:
    assert make_packet().zone == NEAR.timezone
    assert make_packet(near=None).zone == SETTINGS.timezone == ZONE
    assert make_packet(near=None).section("places").cards[0].distance == ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_discreet_words_never_tell_the_condition(language: str) -> None:
    plain_names = [
        moved(one, name=f"Place {one.id}", group="", online=one.draft.online and online().draft.online)
        for one in twelve()
    ]
    packet = make_packet(
        plain_names,
        discreet=True,
        language=language,
        medicines=("methadone",),
        needs=("harm_reduction", "mental_health", "housing"),
        others=[moved(clinic(30), name="Place 30")],
    )
    for words in (text.plain(packet), page.render(packet), json.dumps(packet.as_dict()), *text.sms(packet)):
        assert CONDITION.findall(words) == []


def test_discreet_keeps_what_saves_a_life() -> None:
    packet = make_packet(discreet=True)
    safety = " ".join(line for block in packet.section("safety").blocks for line in block.lines)
    assert "911" in safety
    assert "988" in safety
    assert "nose spray" in safety
    assert packet.title == "My next steps"
    assert [line.name for line in packet.section("numbers").lines] == [
        "The place you are leaving",
        "Danger to life",
        "Someone to talk to",
    ]


def test_json_is_plain_and_holds_no_listing_twice() -> None:
    told = json.loads(json.dumps(make_packet().as_dict()))
    assert "chosen" not in told
    assert told["leaving"] == "2026-06-15T14:00:00-04:00"
    assert [section["key"] for section in told["sections"]][:2] == ["steps", "safety"]


def test_odd_options_fall_back_to_a_listed_choice() -> None:
    odd = {"language": "xx", "paper": "a3", "large_print": "maybe", "discreet": "on", "medicine": ["methadone", "x"]}
    assert Options.read(odd) == Options(discreet=True, medicines=("methadone",))
    assert Options.read({"medicine": "naltrexone", "paper": "A4"}) == Options(paper="a4", medicines=("naltrexone",))


@pytest.mark.parametrize("link", ["https://example.org/l?ids=1", "https://me@example.org/", "javascript:alert(1)"])
def test_a_code_on_paper_holds_no_query_and_no_name(link: str) -> None:
    with pytest.raises(BadQuestion, match="QR code"):
        make_packet(link=link)


def test_spanish_labels_come_through_where_they_exist() -> None:
    card = make_packet([house()], language="es").section("places").cards[0]
    assert card.kind_words == "Vivienda de recuperación"


def test_only_three_phones_are_shown_but_all_are_kept_for_machines() -> None:
    many = clinic(phones=tuple(Phone(f"614-555-01{n:02}") for n in range(10, 16)))
    packet = make_packet([many])
    assert len(packet.section("places").cards[0].phones) == 6
    assert "614-555-0112" in page.render(packet)
    assert "614-555-0113" not in page.render(packet)


def test_a_kept_list_has_its_own_words_and_its_code_is_no_part_of_the_address() -> None:
    static, kept = make_packet(link="https://example.org/l"), make_packet(kept=("https://example.org/k", "KELP-4821"))
    assert (static.link, static.code) == ("https://example.org/l", "")
    assert (kept.link, kept.code) == ("https://example.org/k", "KELP-4821")
    assert static.link_words != kept.link_words
    assert "KELP-4821" not in kept.link
    with pytest.raises(BadQuestion, match="QR code"):
        make_packet(kept=("https://example.org/k?code=KELP-4821", "KELP-4821"))


def test_an_address_too_long_to_type_is_refused() -> None:
    with pytest.raises(BadQuestion, match="short enough to type"):
        make_packet(link="https://example.org/" + "a" * 200)


def test_needs_bring_their_medicine_unless_the_options_say_it() -> None:
    needs = Needs(near=NEAR, medication=("methadone",), needs=("food",))
    assert make_packet(needs=needs).options.medicines == ("methadone",)
    assert make_packet(needs=needs, medicines=("naltrexone",)).options.medicines == ("naltrexone",)
    assert make_packet(needs=needs, discreet=True).options.medicines == ()
    assert [one.need for one in make_packet([clinic()], needs=needs).section("daily").helps] == ["food"]


def test_a_line_for_the_name_is_on_plain_paper_only() -> None:
    assert "Name:" in page.render(make_packet([clinic()])).split("<section")[0]
    assert "Name:" not in page.render(make_packet([clinic()], discreet=True)).split("<section")[0]
