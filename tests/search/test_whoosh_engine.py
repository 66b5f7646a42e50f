"""The Whoosh engine passes the suite, and keeps its own promises about files, locks and kills."""

import gc
import time as clock
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.errors import NotAllowed
from directory.search.evaluate import answer
from directory.search.query import SearchQuery
from directory.search.whoosh_engine import WhooshEngine
from tests.apart import start
from tests.search.conformance import Conformance
from tests.search.world import Open, doc, filled, found, ids


class TestWhoosh(Conformance):
    @pytest.fixture
    def open_engine(self, tmp_path: Path) -> Iterator[Open]:
        opened: list[WhooshEngine] = []

        def open_one() -> WhooshEngine:
            opened.append(WhooshEngine(tmp_path / "index"))
            return opened[-1]

        yield open_one
        for engine in opened:
            engine.close()


def folders(root: Path) -> list[Path]:
    return [entry for entry in root.iterdir() if entry.is_dir()]


def test_a_rebuild_leaves_one_folder_and_old_answers_stand(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    filled(engine, doc(1, "Lantern"))
    before = engine._snapshot()
    engine.rebuild((doc(2, "Lantern"),), 2)
    assert len(folders(tmp_path)) == 1
    assert ids(answer(before, SearchQuery("lantern"))) == [1]
    assert found(engine, "lantern") == {2}


def test_merging_does_not_disturb_who_is_searching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoosh reads its terms with one hand: a writer must use another than the searches."""
    engine = WhooshEngine(tmp_path)
    filled(engine, doc(1, "Lantern"))

    def taken(*_: object) -> None:
        raise AssertionError("the writer read with the hand of the searches")

    for part in engine._snapshot().parts.values():
        monkeypatch.setattr(part.reader, "term_info", taken)
        monkeypatch.setattr(part.reader, "lexicon", taken)
    engine.write([doc(2, "Lantern")], (), 2)
    assert found(WhooshEngine(tmp_path), "lantern") == {1, 2}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a damaged file open
@pytest.mark.parametrize(
    "damage",
    [
        "no pointer",
        "no folder",
        "pointer to nowhere",
        "no commit",
        "half a commit",
        "half of the terms",
        "half of an array",
    ],
)
def test_a_damaged_index_opens_empty_and_is_made_anew(tmp_path: Path, damage: str) -> None:
    engine = WhooshEngine(tmp_path)
    filled(engine, *(doc(n, "Lantern") for n in range(1, 40)))
    engine.close()
    (folder,) = folders(tmp_path)
    commit, terms, array = (next(folder.glob(name)) for name in ("*.toc", "*.trm", "*.docs.npy"))
    match damage:
        case "no pointer":
            (tmp_path / "current").unlink()
        case "no folder":
            folder.rename(tmp_path / "elsewhere")
        case "pointer to nowhere":
            (tmp_path / "current").write_bytes(b"\xff\x00../../etc")
        case "no commit":
            commit.unlink()
        case "half a commit":
            commit.write_bytes(commit.read_bytes()[: commit.stat().st_size // 2])
        case "half of the terms":
            terms.write_bytes(terms.read_bytes()[: terms.stat().st_size // 2])
        case "half of an array":
            array.write_bytes(array.read_bytes()[: array.stat().st_size // 2])
    again = WhooshEngine(tmp_path)
    assert (again.watermark(), again.count(), again.search(SearchQuery("lantern")).total) == (0, 0, 0)
    again.write((doc(1, "Lantern"),), (), 4)
    assert (again.watermark(), found(again, "lantern")) == (4, {1})
    assert WhooshEngine(tmp_path).ids() == {1}
    gc.collect()


def test_other_everyday_words_ask_for_a_new_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(WhooshEngine(tmp_path), doc(1))
    monkeypatch.setattr("directory.search.whoosh_engine.stamp", lambda: "another")
    engine = WhooshEngine(tmp_path)
    assert (engine.watermark(), engine.count()) == (0, 0)
    engine.rebuild((doc(1),), 3)
    assert (engine.watermark(), engine.count()) == (3, 1)


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    first, second = WhooshEngine(tmp_path), WhooshEngine(tmp_path, wait=0.05)
    filled(first, doc(1))
    with first._alone(), pytest.raises(NotAllowed, match="Another import is writing"):
        second.write((doc(2),), (), 2)
    second.write((doc(2),), (), 2)
    assert first.ids() == {1, 2}


WRITER = """
import sys
from pathlib import Path
from directory.search.whoosh_engine import WhooshEngine
from tests.search.world import doc
engine = WhooshEngine(Path(sys.argv[1]))
for mark in range(2, 10000):
    documents = [doc(n, f"Lantern {mark}") for n in range(1, 40)]
    (engine.rebuild if mark % 3 == 0 else lambda d, m: engine.write(d, (), m))(documents, mark)
    print(mark, flush=True)
"""


@pytest.mark.parametrize("after", [0.0, 0.013, 0.029, 0.047, 0.081])
def test_a_kill_at_any_time_leaves_the_last_commit(tmp_path: Path, after: float) -> None:
    filled(WhooshEngine(tmp_path), *(doc(n, "Lantern 1") for n in range(1, 40)))
    writer = start(WRITER, tmp_path)
    while not writer.said():
        assert writer.process.is_alive()
    ends = clock.monotonic() + after
    while clock.monotonic() < ends:
        pass  # somewhere within its next commits
    writer.process.kill()
    promised = max(map(int, writer.ended().stdout.split()))
    engine = WhooshEngine(tmp_path, wait=0.1)
    mark = engine.watermark()
    assert mark in (promised, promised + 1)
    assert (engine.count(), found(engine, f"lantern {mark}")) == (39, set(range(1, 40)))
    engine.write((doc(1, "Harbor"),), (), mark + 1)
    assert (found(engine, "harbor"), engine.watermark(), len(folders(tmp_path))) == ({1}, mark + 1, 1)
