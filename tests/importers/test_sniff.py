"""The source that reads a feed is told from its columns; a refusal says what was seen and what was near."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.errors import Unreadable
from importers.opening import open_feed
from importers.sniff import choose, side_fits, side_tables
from tests.importers.toys import only, toy

HEADER = "Ref,House-Name ,Phone\n"


@pytest.fixture(autouse=True)
def _toys(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = {"sniff": {"all": ["ref", "House Name", "beds"], "none": ["secret"], "formats": ["csv"]}}
    picky = {"sniff": {"all": ["code"], "any": ["en", "es"], "paths": ["deep.codes"], "formats": ["json"]}}
    only(monkeypatch, toy(), toy("wide-houses", wide), toy("codes", picky))


def fits(path: Path, content: Any, name: str = "") -> list[tuple[str, int | None, str]]:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return [(fit.source.name, fit.header, fit.table.path) for fit in choose(open_feed([path]), name)]


def refusal(path: Path, content: Any, name: str = "") -> str:
    with pytest.raises(Unreadable) as refused:
        fits(path, content, name)
    return str(refused.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "feed"


def test_header_case_padding_dashes_and_order_do_not_matter(file: Path) -> None:
    assert fits(file, HEADER) == [("toy-houses", 0, "")]
    assert fits(file, "PHONE;HOUSE NAME;REF\n") == [("toy-houses", 0, "")]


def test_banner_rows_before_the_header_are_passed_over(file: Path) -> None:
    assert fits(file, "House list of the county,,\n\nRef is our number,,\n" + HEADER + "1,Hope,\n") == [
        ("toy-houses", 3, "")
    ]


def test_a_header_below_the_twentieth_row_is_not_looked_for(file: Path) -> None:
    assert "no source reads that" in refusal(file, "a,b,c\n" * 20 + HEADER)


def test_the_source_that_asks_for_more_wins(file: Path) -> None:
    assert fits(file, "ref,house name,beds\n") == [("wide-houses", 0, "")]
    assert fits(file, "ref,house name,beds,secret\n") == [("toy-houses", 0, "")]


@pytest.mark.parametrize("key", ["entries", "list", "data.items"])
def test_the_one_array_of_an_answer_is_read_whatever_its_key(file: Path, key: str) -> None:
    answer: Any = [{"ref": 1, "House Name": "Hope"}]
    for name in reversed(key.split(".")):
        answer = {"count": 1, "errors": [], "tags": ["a", "b"], name: answer}
    assert fits(file, answer) == [("toy-houses", None, key)]


def test_of_several_arrays_none_is_taken_for_the_feed(file: Path) -> None:
    assert "no source reads that" in refusal(file, {"a": [{"ref": 1, "House Name": "Hope"}], "b": [{"x": 1}]})


def test_an_error_instead_of_a_feed_is_named_as_such(file: Path) -> None:
    answer = {"code": "rest_no_route", "message": "No route was found", "data": {"status": 404}}
    assert "is an error message of its server and no feed: “No route was found”" in refusal(file, answer)
    assert "“unauthorized”" in refusal(file, {"error": "unauthorized"})


def test_a_named_source_is_not_outvoted(file: Path) -> None:
    assert fits(file, "ref,house name,beds\n", "toy-houses") == [("toy-houses", 0, "")]


def test_json_keys_are_gathered_over_the_first_records(file: Path) -> None:
    assert fits(file, {"n": 2, "houses": [{"ref": 1}, {"House Name": "x"}]}) == [("toy-houses", None, "houses")]
    assert fits(file, {"values": [["Ref", "House Name"], ["1", "x"]]}) == [("toy-houses", 0, "values")]


def test_json_paths_and_any_are_kept_to(file: Path) -> None:
    assert fits(file, {"deep": {"codes": [{"code": 1, "es": "x"}]}}) == [("codes", None, "deep.codes")]
    assert "codes" in refusal(file, {"deep": {"codes": [{"code": 1}]}})
    assert "no source reads that" in refusal(file, {"codes": [{"code": 1, "es": "x"}], "more": [{"x": 1}]})


def test_several_tables_of_one_source_are_read_together(tmp_path: Path) -> None:
    for name in ("north.csv", "south.csv"):
        (tmp_path / name).write_text(HEADER)
    (tmp_path / "notes.csv").write_text("anything,else\n")
    assert [fit.table.name for fit in choose(open_feed([tmp_path]))] == ["north.csv", "south.csv"]


def test_files_of_different_sources_are_not_taken_for_one_feed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER)
    (tmp_path / "b.json").write_text('{"deep": {"codes": [{"code": 1, "es": "x"}]}}')
    with pytest.raises(Unreadable, match=r"mixes feeds: toy-houses reads a\.csv, and codes reads b\.json"):
        choose(open_feed([tmp_path]))
    assert [fit.table.name for fit in choose(open_feed([tmp_path]), "codes")] == ["b.json"]


def test_a_refusal_names_what_was_seen_and_what_was_near(file: Path) -> None:
    assert refusal(file, "ref,rooms,city\n1,2,x\n") == (
        "feed has the columns ref, rooms, city; the nearest source is toy-houses, which also needs house_name."
        " If it is no such feed, describe it with a mapping file (--map FILE --suggest writes one)."
    )
    assert refusal(file, "ref,rooms\n", "toy-houses") == (
        "feed has the columns ref, rooms; the source toy-houses also needs house_name."
    )
    assert "the columns a, b; no source reads that. Describe it with a mapping file" in refusal(
        file, [{"a": 1, "b": 2}]
    )


def test_a_feed_without_records_is_refused_unless_its_source_is_named(file: Path) -> None:
    for empty in ([], {}, {"houses": []}):
        assert refusal(file, empty) == "feed holds no records."
        assert fits(file, empty, "toy-houses")[0][0] == "toy-houses"


def test_a_source_that_cannot_be_loaded_blocks_no_other(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> Any:
        if name == "broken":
            raise SyntaxError("half written")
        return toy()

    monkeypatch.setattr("importers.sniff.source_names", lambda: ("broken", "toy-houses"))
    monkeypatch.setattr("importers.sniff.source", broken)
    assert fits(file, HEADER) == [("toy-houses", 0, "")]


def test_a_source_may_judge_the_columns_itself(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, toy("any-sheet", missing=lambda columns, mapping: [] if "beds" in columns else ["beds"]))
    assert fits(file, "A list,\nbeds,x\n") == [("any-sheet", 1, "")]
    assert (
        refusal(file, "rooms,x\n")
        == "feed has the columns rooms, x; the nearest source is any-sheet, which also needs beds."
        " If it is no such feed, describe it with a mapping file (--map FILE --suggest writes one)."
    )


def test_side_tables_are_found_by_their_columns_in_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = toy(facts={"tables": {"codes": {"all": ["Code", "Meaning"]}, "never": {"all": ["x"]}}})
    only(monkeypatch, source)
    (tmp_path / "a.csv").write_text(HEADER + "1,Hope,\n")
    (tmp_path / "b.csv").write_text("Our codes,,\nMeaning,CODE\nmen,M\n")
    (tmp_path / "c.json").write_text('{"codes": [{"code": "W", "meaning": "women"}], "x": 1}')
    opened = open_feed([tmp_path])
    fits = side_fits(opened, source, [fit.table for fit in choose(opened)])
    assert side_tables(fits) == {"codes": [{"meaning": "men", "code": "M"}, {"code": "W", "meaning": "women"}]}
