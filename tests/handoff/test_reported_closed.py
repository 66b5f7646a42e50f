"""A place that visitors reported closed says so on paper, in every form, before its number."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from directory.handoff import page, pdf, text
from directory.handoff.packet import Options, Packet, build
from directory.settings import Settings
from directory.vocab import Kind
from tests.builders import make_listed

WORDS = {"en": "Reported closed. Call first.", "es": "Nos avisaron que cerró. Llame primero."}


def packet(language: str, closed: bool) -> Packet:
    places = [make_listed(1, reported_closed=closed), make_listed(2, kind=Kind.OUTPATIENT, reported_closed=closed)]
    others = [make_listed(3, reported_closed=closed)]
    return build(
        places,
        Options(language, discreet=True),
        discharge=datetime(2026, 5, 5, 16, tzinfo=UTC),
        near=None,
        settings=Settings(),
        others=others,
    )


@pytest.mark.parametrize("language", WORDS)
def test_every_form_says_it_and_only_when_it_was_reported(language: str) -> None:
    for closed in (True, False):
        told = packet(language, closed)
        drawn = " ".join(part.extract_text() for part in PdfReader(BytesIO(pdf.render(told))).pages)
        for form in (page.render(told), text.plain(told), drawn):
            assert (WORDS[language] in " ".join(form.split())) is closed
        assert {card.closed for card in told.section("places").cards} == {WORDS[language] if closed else ""}
        assert all((WORDS[language] in step.when) is closed for step in told.section("steps").steps)


def test_a_text_message_has_no_room_to_say_it_and_leaves_the_place_to_the_paper() -> None:
    (open_ones,) = text.sms(packet("en", closed=False))
    assert open_ones.count("614-555") == 2
    assert text.sms(packet("en", closed=True)) == ["+2 more on paper"]
