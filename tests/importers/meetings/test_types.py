"""Type codes mean what their own fellowship means by them; where that is not known, nothing is claimed."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.vocab import FACETS, Fellowship
from importers.meetings import types as meeting_types

BOOK = tomllib.loads(Path(meeting_types.__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def facets_of(codes: list[str], fellowship: str = "") -> dict[str, tuple[str, ...]]:
    return meeting_types.read(meeting_types.tokens(codes), fellowship).facets


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["O", "D"], ("O", "D")),
        ("C", ("C",)),
        ("[open]", ("open",)),
        ('["O", "BE"]', ("O", "BE")),
        ("O, D ; W", ("O", "D", "W")),
        ("", ()),
        (None, ()),
        ([], ()),
        (["", "X", None, "X"], ("X",)),
        ([11, "12x12"], ("11", "12x12")),
        ({"O": 1}, ()),
        ([["O"]], ()),
        ("[[[", ()),
    ],
)
def test_types_are_read_however_a_feed_writes_them(value: Any, expected: tuple[str, ...]) -> None:
    assert meeting_types.tokens(value) == expected


@pytest.mark.parametrize(
    ("code", "fellowship", "group", "value"),
    [
        ("POA", "aa", "access", "proof_of_attendance"),
        ("S", "aa", "language", "es"),
        ("S", "aca", "format", "speaker"),
        ("Y", "aa", "population", "young_people"),
        ("Y", "al_anon", "age", "teen"),
        ("TUR", "aa", "language", "tr"),
        ("asl", "aa", "language", "ase"),
        ("SPK", "na", "format", "speaker"),
        ("Newcomer", "", "format", "newcomer"),
        ("Principiantes", "", "format", "newcomer"),
        ("Français", "", "language", "fr"),
        ("FF", "al_anon", "access", "fragrance_free"),
        ("dd", "aa", "population", "co_occurring"),
    ],
)
def test_a_code_or_name_means_what_its_fellowship_means(code: str, fellowship: str, group: str, value: str) -> None:
    assert value in facets_of([code], fellowship)[group]


@pytest.mark.parametrize("code", ["S", "Y", "T", "A", "B", "POA", "AC", "N", "P"])
def test_codes_that_differ_between_fellowships_claim_nothing_without_one(code: str) -> None:
    types = meeting_types.read((code,))
    assert (types.facets, types.words) == ({}, (code,))


def test_proof_of_attendance_is_claimed_for_aa_only() -> None:
    for fellowship in Fellowship:
        claimed = facets_of(["POA"], fellowship.value).get("access", ())
        assert bool(claimed) == (fellowship is Fellowship.AA)


def test_every_official_aa_code_is_known() -> None:
    official = (
        "11 12x12 A ABSI AF AL AL-AN AM AR ASL B BA BE BG BI BRK C CAN CF D DA DB DD DE DR EL EN FA FF FI FR G GR H HE "
        "HI HR HU IS ITA JA KA KOR L LGBTQ LIT LS LT M MED ML MT N NB NDG NE NL NO O OUT P POA POC POL POR PUN RUS S "
        "SEN SK SL SM SP ST SV T TC TH TL TR TUR UK W X XB XT Y ONL BV-I D-HOH LO-I QSL RSL"
    )
    assert [code for code in official.split() if not meeting_types.code_meaning(code, "aa", "shared")] == []


def test_a_womens_meeting_admits_women_and_not_men() -> None:
    types = meeting_types.read(("W",), "aa")
    assert (types.facets["gender"], types.facets["population"]) == (("women",), ("women",))
    assert types.denied == {"gender": ("men",)}


def test_a_meeting_marked_for_both_turns_nobody_away() -> None:
    types = meeting_types.read(("W", "M"), "aa")
    assert (types.facets["gender"], types.denied) == (("men", "women"), {})


def test_closed_is_not_for_people_who_want_to_stop_where_nobody_is_asked_to() -> None:
    assert "format" not in facets_of(["C"], "al_anon")
    assert facets_of(["C"], "al_anon")["population"] == ("families",)
    assert facets_of(["Closed"], "aa")["format"] == ("closed",)


def test_free_is_claimed_only_of_fellowships_that_take_no_fees() -> None:
    assert facets_of([], "na")["payment"] == ("free",)
    assert "payment" not in facets_of([], "recovery_dharma")
    assert "payment" not in facets_of(["O"])


def test_an_unknown_code_stays_a_word_and_a_note_in_its_place_does_not() -> None:
    types = meeting_types.read(("ZZTOP", "x" * 200), "aa")
    assert types.words == ("ZZTOP",)


def test_a_building_says_nothing_of_an_online_meeting() -> None:
    types = meeting_types.read(("X", "XB", "BA", "O", "ASL"), "aa").away_from_the_place()
    assert types.facets["access"] == ("hearing",)
    assert "Wheelchair Access" not in types.words
    assert "Open" in types.words


def test_every_table_points_at_a_meaning_and_every_meaning_at_fixed_words() -> None:
    used = {meaning for table in (*BOOK["codes"].values(), *BOOK["instead"].values()) for meaning in table.values()}
    assert used <= set(BOOK["meaning"])
    for idea in BOOK["meaning"].values():
        for group, values in idea.items():
            words = FACETS.get(group.removeprefix("denied_"))
            assert words is None or set(values) <= {term.value for term in words}
            assert words is not None or group in ("names", "language")
    assert set(BOOK["free"]) | set(BOOK["families"]) | set(BOOK["instead"]) <= {f.value for f in Fellowship}
    assert set(BOOK["codes"]) - {"shared", "na_world", "na_keys"} <= {f.value for f in Fellowship}


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(JUNK, st.sampled_from(["", "aa", "al_anon", "na", "nobody"]))
def test_no_types_value_breaks_anything(value: Any, fellowship: str) -> None:
    types = meeting_types.read(meeting_types.tokens(value), fellowship)
    assert all(isinstance(word, str) for word in types.words)


@pytest.mark.parametrize(
    ("notes", "can", "cannot"),
    [
        ("Wheelchair Accessible", True, False),
        ("Second floor. Wheel chair access is provided.", True, False),
        ("side entrance with handicap ramp", True, False),
        ("No wheelchair access", False, True),
        ("The hall is not wheelchair accessible.", False, True),
        ("Wheelchair access is limited", False, False),
        ("Wheelchair accessible. No wheelchair access in winter", False, False),
        ("Ring the bell", False, False),
    ],
)
def test_notes_tell_of_wheelchairs_where_no_type_does(notes: str, can: bool, cannot: bool) -> None:
    told = meeting_types.read(("O",), "aa").with_ramp(notes)
    assert ("wheelchair" in told.facets.get("access", ()), "wheelchair" in told.denied.get("access", ())) == (
        can,
        cannot,
    )


def test_a_type_for_wheelchairs_is_believed_before_the_notes() -> None:
    told = meeting_types.read(("X",), "aa")
    assert told.with_ramp("No wheelchair access") == told
