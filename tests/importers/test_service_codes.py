"""Service codes: only what a code says, and everything it says."""

import pytest

from directory.vocab import FACETS, Kind
from importers.service_codes import code_of, codes, read


def test_every_fact_of_the_table_is_a_word_of_ours() -> None:
    for code, told in codes().items():
        for fact in told.get("says", []):  # type: ignore[attr-defined]
            group, _, value = fact.removeprefix("!").partition(":")
            assert group == "language" or value in FACETS[group]._value2member_map_, code


def test_every_code_has_a_name_and_no_two_codes_share_one() -> None:
    names = [name for told in codes().values() for name in told["names"]]  # type: ignore[attr-defined]
    assert len(names) == len(set(names))
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
    both = read(["NMOA", "BU"])
    assert both.yes["medication"] == ("buprenorphine",)
    assert "buprenorphine" not in both.no["medication"]
    assert "medication" not in read(["OP"]).no


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
