"""Counts of several processes add up; those of dead ones are cleared away; nothing breaks a page."""

import os
import subprocess
import sys
from pathlib import Path

from directory.meter import Meter, exposition, together


def test_what_was_counted_can_be_read_by_another_process(tmp_path: Path) -> None:
    meter = Meter(tmp_path)
    meter.count("/search", "POST", 200, 7.4)
    meter.count("/search", "POST", 404, 12)
    meter.count("/search", "POST", 200, 99999)
    meter.write()
    text = exposition(together(tmp_path), {"listings": 3})
    assert 'aftercare_pages_total{route="/search",method="POST",status="2xx"} 2' in text
    assert 'aftercare_page_milliseconds_bucket{route="/search",le="5"} 0' in text
    assert 'aftercare_page_milliseconds_bucket{route="/search",le="25"} 2' in text
    assert 'aftercare_page_milliseconds_bucket{route="/search",le="+Inf"} 3' in text
    assert 'aftercare_page_milliseconds_count{route="/search"} 3' in text
    assert "aftercare_listings 3" in text


def test_processes_are_added_up_and_dead_ones_forgotten(tmp_path: Path) -> None:
    meter = Meter(tmp_path)
    meter.count("/", "GET", 200, 1)
    meter.write()
    mine = tmp_path / "run" / f"{os.getpid()}.json"
    (tmp_path / "run" / f"{os.getppid()}.json").write_text(mine.read_text())
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead = tmp_path / "run" / f"{gone.pid}.json"
    dead.write_text(mine.read_text())
    assert together(tmp_path)["pages"]["/", "GET", "2xx"] == 2
    assert not dead.exists()
    meter.close()
    assert not mine.exists()


def test_a_home_that_cannot_be_written_costs_the_counts_and_no_page(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("in the way")
    meter = Meter(tmp_path)
    meter.count("/", "GET", 200, 1)
    meter.write()
    assert together(tmp_path)["pages"] == {}
