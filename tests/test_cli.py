"""The command line is a contract: shapes, exit codes, sentences on standard error."""

import csv
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from directory.cli import main
from tests.feeds import meeting, meetings, write_feed

COUNTS = ("read", "new", "changed", "same", "held", "skipped", "rejected", "gone")


def aftercare(*arguments: str | Path, home: Path, apart: bool = False) -> subprocess.CompletedProcess[str]:
    """What `aftercare …` answers. In this process, which saves a second of starting; `apart`, in one of its own."""
    words, told = list(map(str, arguments)), {"AFTERCARE_HOME": str(home), "COLUMNS": "200"}
    if apart:
        command, env = [sys.executable, "-m", "directory", *words], {**os.environ, **told}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=env, stdin=subprocess.DEVNULL)
    with ThreadPoolExecutor(1) as beside:  # a test may have a loop of its own running
        return beside.submit(_here, words, told).result()


def _here(words: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    nothing, code = StringIO(), 0
    streams = {"stdout": out, "stderr": err, "stdin": nothing, "argv": ["aftercare", *words]}
    with patch.dict(os.environ, env), patch.multiple(sys, **streams):
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    said = (stream.buffer.getvalue().decode() for stream in (out, err))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(words, code, *said)


def answer(*arguments: str | Path, home: Path) -> Any:
    done = aftercare(*arguments, "--json", home=home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with thirty invented meetings."""
    folder = tmp_path_factory.mktemp("cli")
    feed = write_feed(folder / "feed.json", meetings(30))
    answer("import", feed, "--publisher", "Invented", "--fellowship", "aa", "--yes", home=folder / "home")
    return folder / "home"


def test_import_prints_one_object_whose_counts_add_up(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed.json", [*meetings(5), "rubbish", meeting(9, attendance_option="inactive")])
    report = answer("import", feed, "--publisher", "Invented", "--yes", home=tmp_path / "h")
    assert set(report) == {"batch", "source", "publisher", *COUNTS, "reasons", "kinds", "encoding", "seconds"}
    assert report["source"] == "meeting-guide"
    assert [report[word] for word in COUNTS] == [7, 5, 0, 0, 0, 1, 1, 0]
    assert report["kinds"] == {"support_group": 5}
    assert sum(report["reasons"].values()) == 2
    again = answer("import", feed, "--publisher", "Invented", "--yes", home=tmp_path / "h")
    assert [again[word] for word in COUNTS] == [7, 0, 0, 5, 0, 1, 1, 0]


def test_without_yes_nothing_is_public_until_a_person_accepts(tmp_path: Path) -> None:
    home, feed = tmp_path / "h", write_feed(tmp_path / "feed.json", meetings(5))
    report = answer("import", feed, "--publisher", "Invented", home=home)
    assert answer("search", "--near", "43215", home=home)["total"] == 0
    (waiting,) = answer("review", home=home)
    assert (waiting["batch"], waiting["status"]) == (report["batch"], "staged")
    assert aftercare("review", str(report["batch"]), "--accept", home=home).returncode == 0
    assert answer("search", "--near", "43215", home=home)["total"] == 5


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    home, feed = tmp_path / "h", write_feed(tmp_path / "feed.json", meetings(5))
    report = answer("import", feed, "--dry-run", home=home)
    assert (report["new"], report["batch"]) == (5, None)
    assert answer("review", home=home) == []


@pytest.mark.parametrize(
    "content", [b"", b"not a feed at all", b'[{"a": 1}]', b"PK\x03\x04 broken", b"[1, 2", bytes(4096)]
)
def test_an_unreadable_file_is_refused_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    feed = tmp_path / "feed.json"
    feed.write_bytes(content)
    done = aftercare("import", feed, "--yes", "--json", home=tmp_path / "h")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert answer("review", home=tmp_path / "h") == []


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    done = aftercare("import", tmp_path / "nowhere.json", "--yes", home=tmp_path / "h")
    assert done.returncode == 1
    assert "nowhere.json" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "x.json", "--source", "nonsense"],
        ["import", "x.json", "--fellowship", "zz"],
        ["import", "x.json", "--timezone", "Mars/North"],
        ["search", "--kind", "castle"],
        ["search", "--facet", "payment=gold"],
        ["search", "--facet", "nonsense"],
        ["search", "--facet", "language="],
        ["search", "--facet", "language=nonsense"],
        ["search", "--sort", "random"],
        ["export", "--as", "morse", "--out", "x"],
        ["nonsense"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], home: Path) -> None:
    assert aftercare(*arguments, home=home).returncode == 2


def test_one_broken_feed_never_blocks_another(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("[{")
    good = write_feed(tmp_path / "good.json", meetings(5))
    done = aftercare("import", broken, good, "--yes", "--json", home=tmp_path / "h")
    assert done.returncode == 1
    assert json.loads(done.stdout)["new"] == 5


def test_what_was_noticed_in_a_feed_is_said_and_kept_with_its_batch(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed.json", meetings(3, zodiac="Leo", types=["O", "QQ"]))
    told = "3  column never used: zodiac"
    for dry in (["--dry-run"], []):
        assert told in aftercare("import", feed, *dry, home=tmp_path / "h").stderr
    done = aftercare("review", "1", home=tmp_path / "h")
    assert told in done.stderr
    assert "3  unknown type code: QQ" in done.stderr


def test_search_answers_the_contract(home: Path) -> None:
    found = answer("search", "group", "--near", "43215", "--radius", "25", "--facet", "fellowship=aa", home=home)
    assert {"total", "near", "radius", "widened", "did_you_mean", "hits", "facets"} <= set(found)
    assert set(found["near"]) == {"label", "lat", "lon"}
    assert (found["total"], found["widened"]) == (30, False)
    assert len(found["hits"]) == 20
    hit = {"id", "kind", "name", "miles", "address", "phone", "next", "facets", "why", "verified_on"}
    assert all(set(one) == hit for one in found["hits"])
    assert found["facets"]["fellowship"] == {"aa": 30}


def test_soonest_first_really_is(home: Path) -> None:
    found = answer("search", "--near", "43215", "--sort", "soon", "--limit", "30", home=home)
    coming = [hit["next"] for hit in found["hits"]]
    assert len(coming) == 30
    assert coming == sorted(coming)


def test_an_unknown_place_is_said(home: Path) -> None:
    done = aftercare("search", "--near", "Xyzzyville, QQ", home=home)
    assert done.returncode == 1
    assert "Xyzzyville" in done.stderr


def test_show_tells_everything_and_from_whom(home: Path) -> None:
    one = answer("search", "--near", "43215", home=home)["hits"][0]["id"]
    facts = answer("show", str(one), home=home)
    assert facts["publisher"] == "Invented"
    assert aftercare("show", "999999", home=home).returncode == 1


def test_the_csv_export_has_the_promised_columns(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.csv"
    assert aftercare("export", "--as", "csv", "--out", out, home=home).returncode == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    promised = (
        "id publisher source_key kind name modality address city state postal_code latitude longitude approximate "
        "phone url times facets status verified_on source_updated_on"
    ).split()
    assert list(rows[0])[: len(promised)] == promised
    assert len(rows) == 30
    times = json.loads(rows[0]["times"])
    assert set(times[0]) >= {"weekday", "start", "end", "timezone"}
    assert times[0]["timezone"] == "America/New_York"


@pytest.mark.parametrize("form", ["hsds", "meeting-guide", "fhir", "geojson"])
def test_every_export_is_json(form: str, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert aftercare("export", "--as", form, "--out", out, home=home).returncode == 0
    assert json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("ending", [".pdf", ".html", ".ics", ".vcf", ".txt", ".json"])
def test_a_handoff_is_written_in_every_form(ending: str, home: Path, tmp_path: Path) -> None:
    picked = [str(hit["id"]) for hit in answer("search", "--near", "43215", home=home)["hits"][:3]]
    picks = [word for one in picked for word in ("--pick", one)]
    out = tmp_path / f"handoff{ending}"
    done = aftercare("handoff", "--near", "43215", "--discharge", "2026-11-23", *picks, "--out", out, home=home)
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 100


def test_a_handoff_to_an_unknown_ending_or_listing_is_refused(home: Path, tmp_path: Path) -> None:
    base = ["handoff", "--near", "43215", "--discharge", "2026-11-23"]
    assert aftercare(*base, "--out", tmp_path / "x.doc", home=home).returncode == 1
    assert aftercare(*base, "--pick", "99999", "--out", tmp_path / "x.pdf", home=home).returncode == 1


def test_match_reads_its_own_example(home: Path, tmp_path: Path) -> None:
    example = aftercare("match", "--example", home=home)
    needs = tmp_path / "needs.json"
    needs.write_text(example.stdout)
    found = answer("match", needs, home=home)
    assert set(found) >= {"hits", "set"}
    assert all(set(hit) >= {"id", "kind", "fit", "why", "unknown", "against"} for hit in found["hits"])


def test_check_and_reindex_agree(home: Path) -> None:
    assert aftercare("reindex", home=home).returncode == 0
    assert aftercare("check", home=home).returncode == 0


def test_a_deleted_index_is_made_again(tmp_path: Path) -> None:
    import shutil

    home = tmp_path / "h"
    feed = write_feed(tmp_path / "feed.json", meetings(5))
    answer("import", feed, "--publisher", "Invented", "--yes", home=home)
    shutil.rmtree(home / "index")
    assert answer("search", "--near", "43215", home=home)["total"] == 5
