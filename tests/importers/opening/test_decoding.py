"""Half a letter, as a cut emoji leaves it in JSON, spoils neither the file nor its own words."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.opening import open_feed
from importers.opening.decoding import Paired

PIECES = st.sampled_from(
    [r"\ud83d", r"\ude00", r"\ud83d\ude00", r"\\ud83d", r"\\", r"\"", r"\n", r"\u00e9", "é", "ud83d", "a"]
)


@given(pieces=st.lists(PIECES, max_size=30), size=st.integers(1, 40))
def test_whole_letters_stay_and_halves_are_replaced_wherever_the_file_is_cut(pieces: list[str], size: int) -> None:
    text = json.dumps({"a": 1})[:-1] + ', "b": "' + "".join(pieces) + '"}'
    stream, mended = Paired(io.BytesIO(text.encode())), b""
    while more := stream.read(size):
        mended += more
    wanted = json.loads(text)["b"].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert json.loads(mended)["b"] == wanted
    assert Paired(io.BytesIO(text.encode())).read() == mended


@pytest.mark.parametrize("before", ["", "\ufeff"])
@pytest.mark.parametrize("after", ["", "NaN, "])  # what is also forgiven the slow way
def test_a_file_with_half_a_letter_is_read_to_its_end(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "feed.json"
    file.write_text(before + r'[{"name": "Hope \ud83d"}, ' + after + r'{"name": "Joy \ud83d\ude00"}]', encoding="utf-8")
    [table] = open_feed([file]).tables
    names = [record["name"] for record in table.records(None) if isinstance(record, dict)]
    assert [name.replace("\ufffd", "?") for name in names] == ["Hope ?", "Joy \U0001f600"]
