"""Service codes: only what a code says, and everything it says."""

from collections import Counter

import pytest

from directory.vocab import FACETS, Kind
from importers.service_codes import code_of, codes, folded, read


def test_every_fact_of_the_table_is_a_word_of_ours() -> None:
    for code, told in codes().items():
        for fact in told.get("says", []):  # type: ignore[attr-defined]
            group, _, value = fact.removeprefix("!").partition(":")
            assert group == "language" or value in FACETS[group]._value2member_map_, code


def test_every_code_has_a_name_and_codes_of_one_name_differ_in_group() -> None:
    names = [(folded(name), told.get("group")) for told in codes().values() for name in told["names"]]  # type: ignore[attr-defined]
    shared = {name for name, count in Counter(name for name, _ in names).items() if count > 1}
    assert len({pair for pair in names if pair[0] in shared}) == 2 * len(shared) == 8  # told apart by their groups
    assert None not in {group for name, group in names if name in shared}
    assert all(told["names"] for told in codes().values())


@pytest.mark.parametrize(
    ("given", "kind", "also"),
    [
        ("SA OP ORT", Kind.OUTPATIENT, ()),
        ("SA RES RL", Kind.RESIDENTIAL, ()),
        ("SA HI HIT", Kind.RESIDENTIAL, ()),
        ("SA OP RES HH", Kind.RESIDENTIAL, (Kind.OUTPATIENT, Kind.SOBER_LIVING)),
        ("SA HH", Kind.SOBER_LIVING, ()),
        ("SA", Kind.OUTPATIENT, ()),
    ],
)
def test_the_setting_decides_the_kind(given: str, kind: Kind, also: tuple[Kind, ...]) -> None:
    said = read(given.split())
    assert (said.kind, said.also) == (kind, also)


def test_a_medicine_not_given_is_no_and_one_not_named_is_unknown() -> None:
    assert read(["NMOA"]).no["medication"] == ("buprenorphine", "methadone", "naltrexone")
    assert "accepts" not in read(["NMOA"]).no
    assert "medication" not in read(["OP"]).no


@pytest.mark.parametrize("gives", ["BU", "NU", "MU"])
def test_a_medicine_both_given_and_not_is_unknown_and_said_to_be_asked(gives: str) -> None:
    both = read(["NMOA", gives])
    assert "medication" not in both.yes | both.no
    assert "gives none. Call to ask." in both.notes


@pytest.mark.parametrize(
    ("code", "yes", "no"),
    [
        ("NOOP", (), ("opioid_use",)),
        ("AUDO", (), ("general", "opioid_use")),
        ("OUDO", ("opioid_use",), ("general",)),
        ("DUO", ("impaired_driving",), ("general",)),
        ("DU", ("impaired_driving",), ()),
    ],
)
def test_whom_a_place_serves_only_is_known_and_not_only_noted(code: str, yes: tuple[str], no: tuple[str]) -> None:
    said = read([code])
    assert (said.yes.get("population", ()), said.no.get("population", ())) == (yes, no)


def test_limits_are_said_in_a_sentence() -> None:
    assert "only people with alcohol use disorder" in read(["AUDO"]).notes


def test_codes_nobody_knows_are_named_by_the_workbook_and_reported() -> None:
    said = read(["OP", "QQZ"], {"QQZ": "A new service"})
    assert said.unknown == ("QQZ",)
    assert "A new service" in said.categories


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Federally-certified Opioid Treatment Program", "OTP"),
        ("SAMHSA-certified  opioid treatment program", "OTP"),
        ("Buprenorphine with naloxone  (Suboxone®)", "BWN"),
        ("Sliding fee scale (fee is based on income and other factors)", "SS"),
        ("A name nobody has met", None),
    ],
)
def test_names_are_known_in_any_years_spelling(name: str, code: str | None) -> None:
    assert code_of(name) == code


def test_one_name_in_two_groups_is_told_apart_by_the_group() -> None:
    assert (code_of("Young adults", "SG"), code_of("Young Adults", "AGE"), code_of("Young adults")) == (
        "TAY",
        "YAD",
        "YAD",
    )


def test_a_renamed_or_reused_code_means_what_its_own_workbook_calls_it() -> None:
    assert read(["ZBUP"], {"ZBUP": "Buprenorphine used in Treatment"}).yes["medication"] == ("buprenorphine",)
    assert read(["MD"], {"MD": "Methadone maintenance"}).yes == {"medication": ("methadone",)}
    assert read(["TAY"], {"TAY": "Young adults"}).yes == {"population": ("young_people",)}
    assert read(["CM"], {"CM": "Case management, renamed"}).categories == ("Case management, renamed",)


def test_the_other_sex_is_a_no_only_where_a_program_made_for_one_agrees() -> None:
    assert read(["FEM", "WN"]).no == {"gender": ("men",)}
    assert read(["MALE", "MN"]).no == {"gender": ("women",)}
    assert read(["FEM"]).no == {}
    assert "only women" in read(["FEM"]).notes
    assert (read(["FEM", "MALE", "WN"]).no, read(["FEM", "MALE", "WN"]).notes) == ({}, "")
    assert read(["FEM", "WN", "MN"]).no == {}
    assert read(["WN"]).no == {}


def test_mental_health_codes_are_known() -> None:
    said = read("MH HI IPSY GT LAD SMHA VRS WI".split())
    assert said.kind is Kind.RESIDENTIAL
    assert said.yes["need"] == ("legal_aid", "mental_health", "vocational_training")
    assert said.yes["payment"] == ("public_funds",)
    assert "Psychiatric emergency walk-in services" in said.categories
    assert said.unknown == ()


def test_help_for_the_deaf_in_older_answers_is_no_promise_of_signing() -> None:
    assert code_of("Services for the deaf and hard of hearing") == "AH-OLD"
    assert read(["AH-OLD"]).yes == {"access": ("hearing",)}
