"""Services as publishers tell of them today, invented by us, mostly in a line: read for what they are by words alone.

`said` is a kind, a need (of a community service) or "off": nothing to do with aftercare. `filed`, where it is there, is
what the publisher filed it under: category words, and codes as "scheme:code", with ";" between them.
"""

import csv
from pathlib import Path

import pytest

from directory.vocab import Kind
from importers.classify import Term, Told, classify

TYPICAL = Path(__file__).parents[1] / "classify" / "typical.csv"
with TYPICAL.open(encoding="utf-8", newline="") as file:
    ROWS = [(row["name"], row["text"], row["filed"] or "", row["said"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("name", "text", "filed", "said"), ROWS, ids=[name for name, *_ in ROWS])
def test_a_service_told_in_a_line_is_read_for_what_it_is(name: str, text: str, filed: str, said: str) -> None:
    under = [one.strip() for one in filed.split(";") if one.strip()]
    codes = tuple(Term(*one.split(":")) for one in under if ":" in one)
    meaning = classify(Told(name, codes, tuple(one for one in under if ":" not in one), text))
    if said == "off":
        assert not meaning.on_topic
    elif said in {kind.value for kind in Kind}:
        assert (meaning.on_topic, meaning.kind) == (True, Kind(said))
    else:
        assert (meaning.on_topic, meaning.kind) == (True, Kind.COMMUNITY_SERVICE)
        assert said in meaning.facets["need"]
