"""The invented listings are whole, of every kind, and ring nowhere; the help lines are real and dated."""

import json
import re
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from directory.assets import seeds
from directory.listing import ListingDraft
from directory.same.facts import facts_of
from directory.same.reasons import Grade
from directory.same.scoring import compare
from directory.vocab import Kind, Need
from importers.run import Result, read_feed

DELIBERATE = {"meetings-aa.json": 1, "meetings-na.json": 1, "recovery-homes.csv": 1, "community-services.csv": 1}
FEEDS: list[dict[str, Any]] = tomllib.loads(seeds().joinpath("seeds.toml").read_text(encoding="utf-8"))["feed"]
LINES: list[dict[str, Any]] = tomllib.loads(seeds().joinpath("helplines.toml").read_text(encoding="utf-8"))["line"]


@cache
def results(file: str) -> list[Result]:
    feed = next(feed for feed in FEEDS if feed["file"] == file)
    chosen = {name: feed.get(name, "") for name in ("source", "publisher", "fellowship", "timezone", "state")}
    return list(read_feed([seeds() / file], **chosen).results())


def drafts() -> list[ListingDraft]:
    return [r.draft for feed in FEEDS for r in results(feed["file"]) if r.draft is not None and not r.outcome]


@pytest.mark.parametrize("file", [feed["file"] for feed in FEEDS])
def test_every_file_is_read_whole_but_for_what_is_closed_on_purpose(file: str) -> None:
    left_out = [result for result in results(file) if result.outcome]
    assert {result.outcome for result in left_out} <= {"skipped"}, left_out
    assert len(left_out) == DELIBERATE.get(file, 0)


def test_there_are_enough_of_all_five_kinds() -> None:
    kinds = [draft.kind for draft in drafts()]
    assert len(kinds) >= 240
    assert all(kinds.count(kind) >= 10 for kind in Kind), {kind: kinds.count(kind) for kind in Kind}


def test_every_need_is_met_by_somebody() -> None:
    met = {need for draft in drafts() for need in draft.facets.get("need", ())}
    assert met >= set(Need)


def test_medicines_are_taken_refused_and_unknown() -> None:
    homes = [draft for draft in drafts() if draft.kind is Kind.SOBER_LIVING]
    assert any("methadone" in home.facets.get("accepts", ()) for home in homes)
    assert any("methadone" in home.denied.get("accepts", ()) for home in homes)
    assert any("accepts" not in home.facets | home.denied for home in homes)


def test_facets_that_matter_vary() -> None:
    told = {(group, value) for draft in drafts() for group, values in draft.facets.items() for value in values}
    wanted = {("payment", "medicaid"), ("payment", "sliding_scale"), ("access", "wheelchair"), ("access", "pets"),
              ("residence", "children"), ("language", "es"), ("level", "opioid_treatment_program"),
              ("level", "intensive_outpatient"), ("population", "veterans"), ("gender", "women")}  # fmt: skip
    assert wanted <= told


def test_meetings_meet_monthly_and_past_midnight_too() -> None:
    times = [time for draft in drafts() for time in draft.times]
    assert any(time.weeks for time in times)
    assert any(time.end is not None and time.end > 1440 for time in times)
    assert {draft.modality for draft in drafts()} == {"in_person", "online", "hybrid", "phone"}


def test_some_serve_an_area_and_one_hides_its_address() -> None:
    assert any(draft.area and draft.area.states == ("OH",) for draft in drafts())
    assert any(draft.area and "OH:Licking" in draft.area.counties for draft in drafts())
    assert any(draft.place and draft.place.confidential for draft in drafts())


def test_every_phone_rings_nowhere_and_every_link_leads_nowhere() -> None:
    for draft in drafts():
        assert all(re.fullmatch(r"(614|740)-555-01\d\d", phone.number) for phone in draft.phones), draft.phones
        links = [draft.website, draft.email, draft.online.url if draft.online else ""]
        assert all(re.match(r"https://example\.org(/|$)", link) for link in links if link), links
    told = "".join(str(result.raw) for feed in FEEDS for result in results(feed["file"]))
    assert set(re.findall(r"\d{3}-555-\d{4}", told)) == set(re.findall(r"(?:614|740)-555-01\d\d", told))
    assert not re.findall(r"https?://(?!example\.org)\S+", told)


def test_every_place_lies_in_the_four_counties() -> None:
    for draft in drafts():
        if draft.place and draft.place.postal_code:
            assert 43001 <= int(draft.place.postal_code[:5]) <= 43240
        if draft.place and draft.place.latitude is not None and draft.place.longitude is not None:
            assert 39.5 < draft.place.latitude < 40.6
            assert -83.4 < draft.place.longitude < -82.2


def test_some_were_looked_at_in_2026_and_none_in_the_future() -> None:
    days = {day for draft in drafts() for day in (draft.verified_on, draft.source_updated_on) if day}
    assert days
    assert date(2026, 1, 1) <= min(days) <= max(days) <= date(2026, 11, 21)


def test_one_place_is_told_by_two_publishers_and_one_may_be() -> None:
    sides = [results(file) for file in ("community-services.csv", "county-guide.csv")]
    ours, theirs = ([facts_of(r.number, n, r.draft.as_dict()) for r in side if r.draft] for n, side in enumerate(sides))
    grades = [compare(a, replace(b, id=b.id + 1000)).grade for a in ours for b in theirs]
    assert grades.count(Grade.SURE) == 1
    assert grades.count(Grade.UNSURE) == 1


def test_every_file_says_that_it_is_invented() -> None:
    for feed in FEEDS:
        head = seeds().joinpath(feed["file"]).read_bytes()[:2000]
        assert feed["file"].endswith(".xlsx") or b"Invented" in head
        assert "(sample data)" in feed["publisher"]


def test_help_lines_are_those_everybody_needs() -> None:
    assert {line["phone"] for line in LINES} >= {"911", "988", "211", "1-800-662-4357", "1-800-222-1222"}
    for line in LINES:
        assert all(line[word] for word in ("name_en", "name_es", "what_en", "what_es", "source")), line["key"]
        assert line["source_url"].startswith("https://")
        assert isinstance(line["verified_on"], date) or line["verified_on"] == ""


def test_help_lines_are_json_plain_but_for_their_day() -> None:
    assert json.dumps([{**line, "verified_on": str(line["verified_on"])} for line in LINES])
