"""A run accounts for every record, whatever it is, and never lets one spoil another."""

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.errors import Unreadable
from directory.listing import ListingDraft
from importers.run import FOLDED, SHARED, TWICE, Reading, Result, named_after, read_feed
from tests.importers.toys import only, toy

Facts = dict[str, Any]


@pytest.fixture(autouse=True)
def _toys(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, toy())


def house(ref: Any, name: Any = "Hope", **more: Any) -> Facts:
    return {"ref": ref, "House Name": name, "phone": "614-555-0100"} | more


def reading(folder: Path, records: Any, name: str = "houses.json", **options: Any) -> Reading:
    path = folder / name
    path.write_text(records if isinstance(records, str) else json.dumps(records), encoding="utf-8")
    return read_feed([path], **options)


def results(folder: Path, records: Any, **options: Any) -> list[Result]:
    return list(reading(folder, records, **options).results())


def told(found: list[Result]) -> list[tuple[str, str, str]]:
    return [(one.outcome or "listing", one.reason, one.key) for one in found]


def test_each_record_becomes_a_listing_or_says_why_not(tmp_path: Path) -> None:
    records = [
        house(1), house(2, ""), house(3, "boom"), house(4, "Joy (CLOSED)"), house(5, status="half"), house(6, phone=""),
        "junk", None, {}, [1], house(7, status="OPEN"),
    ]  # fmt: skip
    found = results(tmp_path, records)
    assert told(found) == [
        ("listing", "", "1"),
        ("rejected", "no name", "2"),
        ("rejected", "could not be read", "3"),
        ("skipped", "marked closed in its name", "4"),
        ("held", "unknown word", "5"),
        ("rejected", "no phone, address, link or e-mail: nobody could reach it", "6"),
        *[("rejected", "not a record", "")] * 4,
        ("listing", "", "7"),
    ]
    assert [one.number for one in found] == list(range(1, len(records) + 1))
    assert found[2].detail == "ZeroDivisionError: a mistake in the source"
    assert found[4].detail == "status: half"


def test_personal_columns_are_gone_before_anything_else(tmp_path: Path) -> None:
    seen: list[Facts] = []

    def spying(row: Any, look: Any, feed: Any) -> ListingDraft:
        seen.append(dict(row.raw))
        raise ValueError("x")

    records = [house(1, manager="Ann", Contact_1_Name="Bo", contact_phone="1", note="n")]
    with pytest.MonkeyPatch.context() as patch:
        only(patch, toy(draft=spying))
        [found] = results(tmp_path, records)
    assert found.raw == seen[0] == house(1, note="n")
    reader = reading(tmp_path, [*records, "x"])
    assert all("Ann" not in str(one) and "Bo" not in str(one) for one in reader.results())
    assert not {"manager", "Contact_1_Name", "contact_phone"} & set(reader.columns)


def test_personal_columns_are_kept_from_broken_rows_too(tmp_path: Path) -> None:
    text = "ref,house name,manager\n1,Hope,Ann,extra\n2,Joy,Ann\n"
    found = results(tmp_path, text)
    assert found[0].reason == "more cells than columns"
    assert found[0].raw == {"ref": "1", "house_name": "Hope", "column_4": "extra"}


def test_a_mapping_may_name_personal_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, toy(private=lambda mapping, columns: [c for c in columns if c in mapping["private"]]))
    [found] = results(tmp_path, [house(1, owner="Ann")], mapping={"private": ["owner"]})
    assert found.raw == house(1)


def test_the_same_record_twice_is_skipped_and_another_under_its_key_is_held(tmp_path: Path) -> None:
    found = results(tmp_path, [house(1), house(1), house(1, "Joy"), house(1, "Joy"), house(1, "Dot"), house(2)])
    assert told(found) == [
        ("listing", "", "1"), ("skipped", TWICE, "1"), ("held", SHARED, "1#2"), ("skipped", TWICE, "1"),
        ("held", SHARED, "1#3"), ("listing", "", "2"),
    ]  # fmt: skip
    assert [one.draft.source_key for one in found if one.draft] == ["1", "1#2", "1#3", "2"]


def fold_key(draft: ListingDraft) -> tuple[str, ...] | None:
    return None if draft.name == "Lone" else (draft.name,)


def fold(first: ListingDraft, later: ListingDraft) -> ListingDraft:
    return replace(first, categories=(*first.categories, *later.categories, later.source_key))


def test_records_of_one_place_fold_into_one_listing_in_the_feeds_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, toy(fold_key=fold_key, fold=fold))
    records = [house("b"), house("x", "Lone"), house("a"), "junk", house("y", "Lone"), house("c")]
    found = results(tmp_path, records)
    assert told(found) == [
        ("listing", "", "a"), ("listing", "", "x"), ("skipped", FOLDED, "a"), ("rejected", "not a record", ""),
        ("listing", "", "y"), ("skipped", FOLDED, "c"),
    ]  # fmt: skip
    assert found[0].draft is not None
    assert found[0].draft.categories == ("b", "c")
    assert [one["ref"] for one in found[0].raw["folded in"]] == ["a", "c"]


def test_a_folded_listing_is_the_same_whatever_the_order_of_the_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, toy(fold_key=fold_key, fold=fold))
    records = [house(ref) for ref in "cab"]
    drafts = [next(one.draft for one in results(tmp_path, order) if one.draft) for order in (records, records[::-1])]
    assert drafts[0] == drafts[1]


def test_the_same_record_twice_is_no_other_record_of_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, toy(fold_key=fold_key, fold=fold))
    assert [one.reason for one in results(tmp_path, [house(1), house(1), house(2)])] == ["", TWICE, FOLDED]


def test_a_fold_that_fails_holds_the_later_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(first: ListingDraft, later: ListingDraft) -> ListingDraft:
        raise ValueError("cannot")

    only(monkeypatch, toy(fold_key=fold_key, fold=failing))
    found = results(tmp_path, [house(1), house(2), house(3, "Joy")])
    assert Counter(one.outcome for one in found) == {"": 2, "held": 1}


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
RECORD = JUNK | st.fixed_dictionaries(
    {"ref": JUNK, "House Name": JUNK},
    optional={"phone": JUNK, "status": JUNK, "code": JUNK, "web": JUNK, "manager": JUNK},
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(RECORD, max_size=8), st.booleans())
def test_the_account_adds_up_for_any_junk(tmp_path: Path, junk: list[Any], folding: bool) -> None:
    records = [house(0), *junk]
    with pytest.MonkeyPatch.context() as patch:
        only(patch, toy(fold_key=fold_key, fold=fold) if folding else toy())
        reader = reading(tmp_path, json.dumps(records))
        found = list(reader.results())
        again = list(reader.results())
    assert found == again
    assert [one.number for one in found] == list(range(1, len(records) + 1))
    keys = [one.key for one in found if one.draft]
    assert len(keys) == len(set(keys))
    for one in found:
        assert one.outcome in ("", "skipped", "held", "rejected")
        assert bool(one.outcome) == bool(one.reason)
        assert one.outcome or (one.draft and not one.draft.problems() and one.key == one.draft.source_key)
        json.dumps(one.raw, allow_nan=False).encode()
        str(one).encode()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from([b"", b"[{", b'[{"ref": 1, "House Name": "x"}', b"ref,house name\n"]))
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path: Path, content: bytes, start: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(start + content)
    try:
        numbers, said = [one.number for one in read_feed([path]).results()], "."
    except Unreadable as refused:
        numbers, said = [], str(refused)
    assert said.endswith((".", "sources"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_notes_count_what_was_not_understood_and_what_was_never_used(tmp_path: Path) -> None:
    records = [house(1, code="ZZ", rooms=3), house(2, code="ZZ", rooms="", internal_notes="x")]
    reader = reading(tmp_path, records)
    list(reader.results())
    assert reader.notes == {"unknown code: ZZ": 2, "column never used: rooms": 1}


def test_files_of_the_feed_that_nobody_read_are_noted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ref,house name,phone\n1,Hope,614-555-0100\n")
    (tmp_path / "more.csv").write_text("other,columns\n1,2\n")
    (tmp_path / "read me.pdf").write_bytes(b"%PDF-1.7")
    reader = read_feed([tmp_path])
    list(reader.results())
    assert sorted(reader.notes) == ["not read: more.csv", "not read: read me.pdf is a PDF, not a feed."]


def test_columns_are_those_of_half_the_records_and_checks_know_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, toy(facts={"checks": {"rows_min": 2, "fill": {"phones": 0.9, "place.street": 0.5}}}))
    reader = reading(tmp_path, [house(1, web="example.org", phone=""), house(2), house(3, code="A")])
    list(reader.results())
    assert reader.columns == ["House Name", "phone", "ref"]
    assert reader.checks == {
        "rows_min": 2,
        "fill": {"phones": 0.9, "place.street": 0.5},
        "filled": {"phones": 2 / 3, "place.street": 0.0},
        "seen": ["House Name", "code", "phone", "ref", "web"],
    }


def test_publisher_is_what_the_operator_says_else_the_feed_else_the_source_else_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stated(feed: Any, first: Facts) -> str:
        return str(first["by"])

    records = [house(1, by="County Homes")]
    assert reading(tmp_path, records, name="ohio_homes_2024-05-01.json").publisher == "ohio homes"
    only(monkeypatch, toy(facts={"publisher": "National"}))
    assert reading(tmp_path, records).publisher == "National"
    assert reading(tmp_path, records, mapping={"publisher": "Mapped"}).publisher == "Mapped"
    only(monkeypatch, toy(facts={"publisher": "National"}, publisher=stated))
    assert reading(tmp_path, records).publisher == "County Homes"
    assert reading(tmp_path, [house(1)]).publisher == "National"
    assert reading(tmp_path, records, publisher="Me").publisher == "Me"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("BMLT_AR48104_cape_cod_area_2024-01-02.csv", "BMLT AR48104 cape cod area"),
        ("meetings-20240102.json", "meetings"),
        ("meetings 2024-01-02 (3).json", "meetings"),
        ("2024_homes.xlsx", "homes"),
        ("export_01-02-2024.csv", "export"),
        ("export-2024-01-02T10-30-00Z.csv", "export"),
        ("area51.csv", "area51"),
        ("2024-01-02.csv", "2024-01-02"),
        ("homes", "homes"),
    ],
)
def test_a_files_name_without_its_date_names_the_publisher(file: str, name: str) -> None:
    assert named_after(file) == name


def test_records_are_unwrapped_and_one_that_cannot_be_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, toy(unwrap=lambda record: {"id": record["id"], **record["fields"]}))
    found = results(tmp_path, [{"id": "r1", "fields": house(1)}, {"id": "r2"}])
    assert told(found) == [("listing", "", "1"), ("rejected", "not a record", "")]
    assert found[0].raw == {"id": "r1", **house(1)}


def test_progress_is_told_and_ends_with_the_number_read(tmp_path: Path) -> None:
    heard: list[int] = []
    list(reading(tmp_path, [house(n) for n in range(450)], progress=heard.append).results())
    assert heard == [200, 400, 450]


def test_a_feed_cut_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    text = "ref,house name,phone\n" + "".join(f'{n},"Hope {n}",614-555-0100\n' for n in range(500))
    reader = reading(tmp_path, text + '501,"Hope', name="cut.csv")
    with pytest.raises(Unreadable, match="cut off"):
        list(reader.results())


def test_two_files_are_read_as_one_feed(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).write_text(f"ref,house name,phone\n{name},Hope,614-555-0100\n")
    assert [one.key for one in read_feed([tmp_path]).results()] == ["a", "b"]
    assert [one.key for one in read_feed([tmp_path / "b", tmp_path / "a"]).results()] == ["b", "a"]


def test_every_record_costs_the_same_however_many_there_are(tmp_path: Path) -> None:
    """Counted in calls of functions, not by a clock: 75 a record, and a slip of an order of magnitude shows."""
    few, many = calls_for(tmp_path / "few", 100), calls_for(tmp_path / "many", 800)
    assert many <= 8 * few
    assert many < 800 * 200


def calls_for(folder: Path, count: int) -> int:
    """How many functions are called to read this many records."""
    folder.mkdir()
    called = 0

    def one_more(frame: object, event: str, function: object) -> None:
        nonlocal called
        called += event == "call"

    reader = reading(folder, [house(n, f"House {n}") for n in range(count)])
    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        assert sum(1 for one in reader.results() if one.draft) == count
    finally:
        sys.setprofile(before)
    return called
