"""Notes keep every way in and lose every member: the table is the rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.public_words import dial_in, notes, says_stopped

KEPT = [
    "Meeting ID: 614-555-0100 Passcode 1234",
    "Zoom: https://zoom.us/j/6145550100?pwd=1 is the link",
    "Dial-In: (614) 555-0100 Enter Meeting ID: 6145550199#",
    "Dial-In Phone No.: 614-555-0100\nDial-In ID: 873 5602 0587",
    "Phone 614-555-0100 Meeting ID 8648670500",
    "One Tap Mobile +16145550100,,191276024#",
    "Zoom ID: 832 6486 5864, Password: Dis-2021&",
    "Toll free 800-555-0100",
    "Call Central Office 614-555-0100 for password",
    "Contact the host for help. Doors open 7:55-9:15.",
    "Business meeting: 2nd Sunday @ 5 pm. Bring $10.",
]
LEFT_OUT = [
    ("Call Bob 614-555-0100 for the password", "Call (name left out) (number left out) for the password"),
    ("ID: 146 436 684 - Call 614-555-0100 for Password", "ID: 146 436 684 - Call (number left out) for Password"),
    ("Phone: Mary Beth 614 555 0123", "Phone: (name left out) (number left out)"),
    ("Contact Stacey D at (614) 555-0100.", "Contact (name left out) at (number left out)."),
    ("text Jim at +44 7700 900123", "text (name left out) at (number left out)"),
    ("Questions? bob.smith@example.org", "Questions? (e-mail left out)"),
    ("Contact Bob for password", "Contact (name left out) for password"),
    ("614.555.0100 x12", "(number left out)"),
]


@pytest.mark.parametrize("text", KEPT)
def test_the_way_in_stays(text: str) -> None:
    assert notes(text) == text


@pytest.mark.parametrize(("text", "public"), LEFT_OUT)
def test_a_members_number_address_and_name_go(text: str, public: str) -> None:
    assert notes(text) == public


def test_a_number_the_feed_gives_as_its_dial_in_stays() -> None:
    assert notes("Or 614-555-0100.", way_in=["+16145550100,,123#"]) == "Or 614-555-0100."


def test_only_an_offices_own_address_on_its_own_host_stays() -> None:
    text = "Write office@example.org or bob@example.org or info@elsewhere.example"
    assert notes(text, hosts=["meetings.example.org"]) == (
        "Write office@example.org or (e-mail left out) or (e-mail left out)"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+16145550100,,8157691224#,,#,,217778#", ("+16145550100,,8157691224#,,#,,217778#", "")),
        ("+11", ("", "")),
        ("1 614 555 0100   Pass Code 509239", ("16145550100", "Pass Code 509239")),
        ("(614) 555-0100 Access Code 123456#", ("6145550100", "Access Code 123456#")),
        ("PW   509089", ("", "PW 509089")),
        ("Zoom ID 614-555-0100 PW Group", ("", "Zoom ID 614-555-0100 PW Group")),
        ("", ("", "")),
    ],
)
def test_a_dial_in_is_a_number_to_call_and_a_meeting_number_never(text: str, expected: tuple[str, str]) -> None:
    assert dial_in(text) == expected


@pytest.mark.parametrize(
    ("text", "in_person", "online"),
    [
        ("Our meeting is temporarily closed. Write us.", True, True),
        ("Friday night is cancelled indefinitely.", True, True),
        ("The church is temporarily closed.", True, False),
        ("This group has disbanded", True, True),
        ("The meeting is canceled if raining.", False, False),
        ("Closed meeting. Clubhouse is closed on major holidays.", False, False),
        ("The elevator is temporarily closed.", False, False),
        ("No longer meeting at the church, now on Zoom.", False, False),
    ],
)
def test_a_meeting_that_says_it_stopped_is_noticed(text: str, in_person: bool, online: bool) -> None:
    assert (bool(says_stopped(text, False)), bool(says_stopped(text, True))) == (in_person, online)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_no_text_breaks_anything_and_what_is_public_stays_public(text: str) -> None:
    once = notes(text)
    assert notes(once) == once
    dial_in(text)
    says_stopped(text, True)
