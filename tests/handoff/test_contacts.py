"""Contacts read by phones old and new: vCard 3.0, one for each place with a number."""

from directory.handoff import contacts
from tests.handoff.people import clinic, house, make_packet, meeting, moved, online


def lines(*chosen: object, discreet: bool = False) -> list[str]:
    told = contacts.render(make_packet(list(chosen), discreet=discreet)).decode()
    return told.replace("\r\n ", "").split("\r\n")


def test_a_place_becomes_a_contact_with_working_numbers_and_its_address() -> None:
    assert lines(clinic()) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Harbor Point Clinic;;;;",
        "FN:Harbor Point Clinic",
        "ORG:Northside Group",
        "TEL;TYPE=WORK,VOICE:+16145550101",
        "TEL;TYPE=WORK,VOICE:+16145550102,12",
        "ADR;TYPE=WORK:;;400 Example Street;Columbus;OH;43215;US",
        "URL:https://example.org/tuesday-steps",
        "CLASS:PRIVATE",
        "END:VCARD",
        "",
    ]


def test_a_place_without_a_number_is_no_contact() -> None:
    assert lines(online()) == [""]


def test_a_hidden_address_stays_hidden() -> None:
    assert not [line for line in lines(house()) if line.startswith("ADR")]


def test_discreet_contacts_are_neutral_and_told_apart() -> None:
    told = lines(clinic(1), clinic(2, name="Riverbend Opioid Treatment"), house(3), discreet=True)
    assert [line for line in told if line.startswith("FN")] == ["FN:Clinic", "FN:Clinic 2", "FN:Housing"]
    assert not [line for line in told if "Opioid" in line or "example.org" in line]


def test_a_name_can_never_begin_a_line_of_its_own() -> None:
    told = lines(moved(meeting(), name="A\r\nTEL:911;x,y\\z", group=""))
    assert "FN:A\\nTEL:911\\;x\\,y\\\\z" in told
    assert "TEL:911;x,y\\z" not in told


def test_long_lines_are_folded_between_characters() -> None:
    raw = contacts.render(make_packet([moved(meeting(), name="ñ" * 200)]))
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert "FN:" + "ñ" * 200 in raw.decode().replace("\r\n ", "")
