"""A free bed is never told without its age, and is unknown after 72 hours: on pages, on paper, in every export."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.formats import FORMATS, writer
from directory.handoff.packet import Options, build
from directory.listing import Listed, ListingDraft, Residence
from directory.settings import Settings
from directory.vacancy import GOOD_FOR, State, aged, current, vacancy_words
from directory.vocab import Kind
from directory.web.cards import Reader, make_card
from directory.web.facts import parts
from tests.builders import make_draft, make_listed

NOW = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)


def house(**facts: object) -> Listed:
    draft = make_draft(kind=Kind.SOBER_LIVING, residence=Residence(beds=8, **facts))  # type: ignore[arg-type]
    return make_listed(draft=draft)


def told(hours: float) -> Listed:
    return house(vacancy="open", vacancies=3, vacancies_at=NOW - timedelta(hours=hours))


@given(st.floats(0, 300))
def test_it_is_known_for_72_hours_and_then_unknown(hours: float) -> None:
    known = current(told(hours).draft.residence, NOW)
    assert (known is not None) == (timedelta(hours=hours) <= GOOD_FOR)


def test_a_number_without_a_moment_is_unknown() -> None:
    assert current(Residence(vacancies=2), NOW) is None
    assert current(Residence(vacancy="open", vacancies_at=NOW + timedelta(days=3)), NOW) is None  # from the future
    assert current(Residence(vacancy="gold", vacancies_at=NOW), NOW) is None
    assert current(None, NOW) is None


def test_a_feeds_day_counts_from_its_first_minute() -> None:
    assert current(Residence(vacancies=2, vacancies_as_of=date(2026, 5, 3)), NOW) is not None
    assert current(Residence(vacancies=2, vacancies_as_of=date(2026, 5, 2)), NOW) is None  # 88 hours at worst


def test_older_records_still_read_and_none_free_is_full() -> None:
    house = {"vacancies": 0, "vacancies_as_of": "2026-05-05"}
    old = ListingDraft.from_dict({"source_key": "k", "name": "N", "kind": "sober_living", "residence": house})
    known = current(old.residence, NOW)
    assert known is not None
    assert (known.state, known.count) == (State.FULL, None)
    again = ListingDraft.from_dict(json.loads(json.dumps(told(1).draft.as_dict())))
    assert again == told(1).draft


@pytest.mark.parametrize(
    ("state", "count", "words"),
    [("open", 1, "1 open bed, "), ("open", None, "Open, "), ("waitlist", 4, "Wait list of 4, "),
     ("full", 0, "Full, "), ("assess", None, "They meet with you first, ")],
)  # fmt: skip
def test_every_state_is_said_with_its_age(state: str, count: int | None, words: str) -> None:
    said = Residence(vacancy=state, vacancies=count, vacancies_at=NOW - timedelta(hours=5))
    assert vacancy_words(said, NOW, "en") == words + "told 5 hours ago. Call to be sure."
    assert "hace 5 horas" in vacancy_words(said, NOW, "es")


@pytest.mark.parametrize(("hours", "known"), [(5, True), (73, False)])
def test_pages_tell_it_with_its_age_or_say_to_ask(hours: int, known: bool) -> None:
    listed = told(hours)
    rows = {row.label: row.values for part in parts(listed.draft, "en", NOW) for row in part.rows}
    card = make_card(listed, None, Reader("en", NOW, "America/New_York"))
    fresh = "3 open beds, told 5 hours ago. Call to be sure."
    assert rows["Open beds"] == ((fresh,) if known else ("Not known. Call to ask.",))
    assert card.vacancy == (fresh if known else "")


@pytest.mark.parametrize(
    ("hours", "words"), [(5, "3 open beds (Tue, May 5, 7:00 am)"), (73, "Not known. Call to ask.")]
)
def test_paper_tells_the_day_and_hour_it_was_told(hours: int, words: str) -> None:
    packet = build([told(hours)], Options(), discharge=NOW, near=None, settings=Settings(), now=NOW)
    said = json.dumps(packet.as_dict(), default=str, ensure_ascii=False)
    assert words in said
    assert ("3 open beds" in said) == (hours == 5)


@pytest.mark.parametrize("form", FORMATS)
def test_no_export_holds_an_old_vacancy_or_one_without_its_moment(form: str) -> None:
    def exported(listed: Listed) -> str:
        out = io.StringIO()
        writer(form)([listed], out, NOW)
        return out.getvalue()

    assert "vacanc" not in exported(told(73))
    fresh = exported(told(5))
    assert ("vacancies_at" in fresh) == ("vacancies" in fresh)
    if form == "csv":
        (row,) = csv.DictReader(io.StringIO(fresh))
        assert json.loads(row["residence"])["vacancies_at"] == (NOW - timedelta(hours=5)).isoformat()


def test_nothing_else_of_the_house_is_lost_with_its_vacancy() -> None:
    assert aged(told(73).draft, NOW).residence == Residence(beds=8)
    assert aged(told(5).draft, NOW) == told(5).draft
