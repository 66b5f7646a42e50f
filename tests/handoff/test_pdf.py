"""The PDF is accessible, the same everywhere, says nothing in its properties, and shows hostile words as words."""

import json
import re
from datetime import timedelta
from io import BytesIO
from statistics import median
from time import perf_counter

import pytest
from pypdf import PdfReader

from directory.handoff import helplines, pdf
from directory.listing import Listed
from tests.handoff.people import DISCHARGE, clinic, make_packet, meeting, moved, online, twelve, weekly

VARIANTS = [
    {"large_print": large, "discreet": discreet, "paper": paper, "language": language}
    for large, discreet, paper, language in (
        (False, False, "letter", "en"),
        (True, False, "a4", "en"),
        (False, True, "a4", "es"),
        (True, True, "letter", "es"),
    )
]
HOSTILE = [
    '#import "x.typ": *',
    '"); #panic("no") //',
    "*bold* _it_ $x^2$ `raw` <label> @ref https://example.org",
    "= Heading\n#pagebreak()",
    "\\u{41} \\ # [ ] { } ~ --- ...",
    "A" * 300,
    "بيت السلام",
    "בית שלום",
    "Hope 😀🏠 House",
    "希望之家",
    "a\x00b\x1b\u202e\u2066c\ufeff",
    "Zürich Ñandú Œuvre ☐ ✓",
]


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words(content: bytes) -> str:
    """The text of all pages on one line, without the soft breaks of long words."""
    pages = " ".join(page.extract_text() for page in read(content).pages)
    return " ".join(pages.replace("\u200b", "").split())


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_every_variant_is_tagged_for_screen_readers(variant: dict[str, bool | str]) -> None:
    document = read(pdf.render(make_packet(**variant, link="https://example.org/list")))
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert str(root["/Lang"]).split("-")[0] == variant["language"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    width, height = (round(float(side)) for side in document.pages[0].mediabox[2:])
    assert (width, height) == ((612, 792) if variant["paper"] == "letter" else (595, 842))


def structure(node: object, tag: str) -> list[object]:
    """Every structure element of one kind, depth first."""
    found = []
    stack = [node]
    while stack:
        one = stack.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, dict):
            found += [one] if one.get("/S") == tag else []
            stack += [one["/K"]] if "/K" in one else []
    return found


def test_headings_tables_and_the_code_are_in_the_structure() -> None:
    root = read(pdf.render(make_packet(link="https://example.org/list"))).trailer["/Root"]["/StructTreeRoot"]
    assert len(structure(root, "/H1")) == 1
    assert len(structure(root, "/H2")) == 6
    assert len(structure(root, "/TH")) == 3 + 3 + 2
    assert structure(root, "/Figure")[0]["/Alt"] == "The same list on a phone. Point the camera here."


def test_properties_and_raw_bytes_say_nothing() -> None:
    content = pdf.render(make_packet(discreet=True))
    properties = read(content).metadata or {}
    assert set(properties) <= {"/Title", "/Creator", "/Producer"}
    assert properties["/Title"] == "My next steps"
    assert read(pdf.render(make_packet())).metadata["/Title"] == "My next steps"
    assert b"recover" not in read(content).trailer["/Root"]["/Metadata"].get_data().lower()


def test_every_page_is_numbered_and_carries_the_units_phone() -> None:
    pages = read(pdf.render(make_packet())).pages
    for number, page in enumerate(pages, 1):
        text = " ".join(page.extract_text().split())
        assert f"Page {number} of {len(pages)}" in text
        assert "Call us, day or night: 614-555-0100" in text


def test_every_word_of_the_packet_is_on_paper() -> None:
    packet = make_packet(others=[clinic(30, name="Another Clinic")])
    text = words(pdf.render(packet))
    for card in (*packet.section("places").cards, *packet.section("places").others):
        assert card.name in text
        assert card.where in text
    for block in packet.section("safety").blocks:
        assert block.heading in text
        assert all(line in text for line in block.lines)
    assert packet.section("places").closing in text


def test_large_print_is_eighteen_points_and_normal_is_twelve() -> None:
    def size(content: bytes) -> float:
        sizes: dict[float, int] = {}

        def note(text: str, matrix: list[float], place: list[float], font: object, points: float) -> None:
            height = round(points * abs(place[3]) * abs(matrix[3]), 1)
            sizes[height] = sizes.get(height, 0) + len(text.strip())

        for page in read(content).pages:
            page.extract_text(visitor_text=note)
        return max(sizes, key=lambda points: sizes[points])

    assert size(pdf.render(make_packet())) == 12
    assert size(pdf.render(make_packet(large_print=True))) == 18


def test_the_same_packet_gives_the_same_bytes() -> None:
    assert pdf.render(make_packet()) == pdf.render(make_packet())


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: json.dumps(name)[:24])
def test_hostile_words_are_shown_as_words(name: str) -> None:
    content = pdf.render(make_packet([moved(clinic(), name=name), moved(online(2), name=name)]))
    plain = re.sub(r"[\s\u200b]", "", words(content))
    shown = re.sub(r"[^\x21-\x7eÀ-ſ]", "", name)
    assert shown in re.sub(r"[^\x21-\x7eÀ-ſ]", "", plain)
    assert len(structure(read(content).trailer["/Root"]["/StructTreeRoot"], "/H2")) == 6


def test_a_word_no_line_can_hold_is_broken_not_cut() -> None:
    reader = read(pdf.render(make_packet([moved(clinic(), name="W" * 200)])))
    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    assert sum(line.count("W") for line in lines) >= 200
    assert max(line.count("W") for line in lines) < 80


def test_a_card_longer_than_a_page_runs_on() -> None:
    long = clinic()
    long = moved(long, facets={**long.draft.facets, "language": tuple(f"tongue{n}" for n in range(400))})
    assert "tongue399" in words(pdf.render(make_packet([long], large_print=True)))


def test_rows_and_headers_stay_together_across_pages() -> None:
    many: list[Listed] = [
        meeting(n, name=f"Group {n}", times=tuple(weekly(day, 8 + n % 12) for day in range(7))) for n in range(1, 9)
    ]
    pages = [" ".join(page.extract_text().split()) for page in read(pdf.render(make_packet(many))).pages]
    week = [page for page in pages if re.search(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), Jun \d+ \d+:00", page)]
    assert len(week) > 2
    assert all("Day When Meeting" in page for page in week[1:])


def test_the_printed_code_opens_exactly_the_link() -> None:
    link = "https://example.org/list/abcd-efgh"
    assert link in words(pdf.render(make_packet(link=link)))
    assert "<svg" in pdf._code(link)
    assert "example.org/list" not in words(pdf.render(make_packet()))


def test_twelve_places_take_150_ms_at_most_at_the_median() -> None:
    pdf.render(make_packet())  # fonts are loaded once
    taken = []
    for hour in range(7):
        packet = make_packet(twelve(), discharge=DISCHARGE + timedelta(hours=hour))
        began = perf_counter()
        pdf.render(packet)
        taken.append(perf_counter() - began)
    assert median(taken) < 0.150


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_help_number_runs_off_the_page_in_large_print(
    paper: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the real help lines: they are longer than the invented ones
    helplines.help_lines.cache_clear()
    packet = make_packet([clinic()], large_print=True, paper=paper, language=language)
    shown: list[tuple[float, str]] = []
    for page in read(pdf.render(packet)).pages:
        page.extract_text(visitor_text=lambda text, cm, _tm, _font, _size: shown.append((cm[5], text.strip())))
    assert {text for height, text in shown if text and height < 60} == {packet.contact}  # the footer alone
    told = " ".join(text for _, text in shown)
    assert all(line.phone in told for line in packet.section("numbers").lines)


def test_discreet_paper_says_no_treatment_in_spanish() -> None:
    told = words(pdf.render(make_packet([clinic()], discreet=True, language="es"))).lower()
    assert "tratamiento" not in told
    assert "dan de alta" in told
