"""Text messages of at most two parts that cut nothing in half, and the whole packet as plain text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.handoff import text
from tests.handoff.people import clinic, house, make_packet, meeting, moved, online, twelve


def fits(parts: list[str]) -> bool:
    """Counted here on our own: septets for plain letters, else UTF-16 units."""
    gsm = all(c in text.ONE | text.TWO for part in parts for c in part)
    single, part = (160, 153) if gsm else (70, 67)
    size = [sum(1 + (c in text.TWO) for c in p) if gsm else len(p.encode("utf-16-le")) // 2 for p in parts]
    return max(size) <= (single if len(parts) == 1 else part)


def test_a_short_list_is_one_message_with_names_and_numbers() -> None:
    assert text.sms(make_packet([clinic(), house()])) == [
        "Harbor Point Clinic 614-555-0101\nMaple Recovery House 614-555-0110"
    ]


def test_a_long_list_is_two_parts_and_counts_what_is_only_on_paper() -> None:
    parts = text.sms(make_packet(twelve()))
    assert len(parts) == 2
    assert fits(parts)
    shown = sum(len(part.splitlines()) for part in parts) - 1
    assert parts[1].splitlines()[-1] == f"+{12 - shown} more on paper"
    entries = [line for part in parts for line in part.splitlines()][:-1]
    assert all(line[-12:].startswith("614-555-01") for line in entries)  # no number is cut


def test_a_place_without_a_number_is_counted_not_named() -> None:
    assert text.sms(make_packet([clinic(), online()])) == ["Harbor Point Clinic 614-555-0101\n+1 more on paper"]


def test_discreet_messages_say_what_kind_of_place_not_which() -> None:
    told = text.sms(make_packet([clinic(), house(), meeting()], discreet=True))
    assert told == ["Clinic 614-555-0101\nHousing 614-555-0110\nMeeting 614-555-0134"]


def test_an_accent_outside_gsm_makes_the_parts_shorter_but_still_whole() -> None:
    parts = text.sms(make_packet([moved(one, name=f"Clínica {one.id} María") for one in twelve()]))
    assert len(parts) == 2
    assert fits(parts)
    assert "Clínica 1 María 614-555-0101" in parts[0]


def test_curly_quotes_alone_do_not_cost_half_the_message() -> None:
    assert "Cedar Women's Home" in text.sms(make_packet([moved(house(), name="Cedar Women’s Home")]))[0]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=15))
def test_any_names_fit_two_parts_and_nothing_is_lost_silently(names: list[str]) -> None:
    chosen = [clinic(n, name=name) for n, name in enumerate(names, 1)]
    parts = text.sms(make_packet(chosen))
    assert 1 <= len(parts) <= 2
    assert fits(parts)
    lines = "\n".join(parts).split("\n")
    left_out = [int(line[1:].split()[0]) for line in lines if line.endswith("more on paper")]
    assert len([line for line in lines if line.endswith("614-555-0101")]) + sum(left_out) == len(names)


def test_plain_text_holds_every_place_number_and_real_meeting() -> None:
    packet = make_packet(others=[clinic(30, name="Another Clinic")])
    told = " ".join(text.plain(packet).split())
    for card in (*packet.section("places").cards, *packet.section("places").others):
        assert card.name in told
        assert all(call.number in told for call in card.phones)
    for day in packet.section("meetings").days:
        assert day.words in told
        assert all(slot.time in told for slot in day.slots)
    for line in packet.section("numbers").lines:
        assert line.phone in told
    assert max(map(len, text.plain(packet).splitlines())) <= 76


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_placeholder_is_left_unfilled(language: str) -> None:
    assert "{" not in text.plain(make_packet(language=language))
