"""The PDF is accessible, the same everywhere, says nothing in its properties, and shows hostile words as words."""

import json
import re
from html import unescape
from io import BytesIO
from itertools import product

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from directory.assets import templates
from directory.handoff import helplines, pdf, text
from directory.handoff.page import render as render_page
from directory.handoff.values import SECTIONS
from directory.listing import Listed, Phone, Residence
from tests.handoff.people import clinic, house, make_packet, meeting, moved, online, weekly

VARIANTS = [
    {"large_print": large, "discreet": discreet, "paper": paper, "language": language}
    for large, discreet, paper, language in product((False, True), (False, True), ("letter", "a4"), ("en", "es"))
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
    fonts = [font.get_object() for page in document.pages for font in page["/Resources"]["/Font"].values()]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in described)  # every font is embedded
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
    assert len(structure(root, "/H2")) == len(SECTIONS)
    # medicine 4, meetings 3, check-ins 4, the plan 2 and 3, daily life 3, numbers 2
    assert len(structure(root, "/TH")) == 4 + 3 + 4 + 2 + 3 + 3 + 2
    code, sketch = structure(root, "/Figure")
    assert code["/Alt"] == "The same list on a phone. Point the camera here."
    assert "1. Harbor Point Clinic: 1.1 miles away, north" in sketch["/Alt"]


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


def printable(words: str) -> str:
    return re.sub(r"[^\x21-\x7eÀ-ſ]", "", words)


def test_hostile_words_are_shown_as_words() -> None:
    """One packet of them all: what one does to the paper it does to the others too."""
    places = [moved(clinic(number), name=name) for number, name in enumerate(HOSTILE, 1)]
    meetings = [moved(online(100 + number), name=name) for number, name in enumerate(HOSTILE, 1)]
    content = pdf.render(make_packet([*places, *meetings]))
    plain = printable(words(content))
    assert [name for name in HOSTILE if plain.count(printable(name)) < 2] == []
    assert len(structure(read(content).trailer["/Root"]["/StructTreeRoot"], "/H2")) == len(SECTIONS)


def test_a_word_no_line_can_hold_is_broken_not_cut() -> None:
    reader = read(pdf.render(make_packet([moved(clinic(), name="W" * 200)])))
    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    assert sum(line.count("W") for line in lines) >= 200
    assert max(line.count("W") for line in lines) < 80


def test_a_card_longer_than_a_page_runs_on() -> None:
    long = clinic()
    long = moved(long, facets={**long.draft.facets, "language": tuple(f"tongue{n}" for n in range(400))})
    assert "tongue399" in words(pdf.render(make_packet([long], large_print=True)))


@pytest.mark.parametrize("large_print", [False, True])
def test_house_rules_longer_than_a_page_run_on(large_print: bool) -> None:
    rules = " ".join(f"rule{n}" for n in range(1200))
    told = words(pdf.render(make_packet([house(residence=Residence(house_rules=rules))], large_print=large_print)))
    assert all(f"rule{n}" in told for n in (0, 600, 1199))


def test_rows_and_headers_stay_together_across_pages() -> None:
    many: list[Listed] = [
        meeting(n, name=f"Group {n}", times=tuple(weekly(day, 8 + n % 12) for day in range(7))) for n in range(1, 9)
    ]
    pages = [" ".join(page.extract_text().split()) for page in read(pdf.render(make_packet(many))).pages]
    week = [page for page in pages if re.search(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), Jun \d+ \d+:00", page)]
    assert len(week) > 2
    assert all("Day When Meeting" in page for page in week[1:])


@pytest.mark.parametrize("large_print", [False, True])
def test_a_long_word_beside_one_phone_leaves_the_other_columns_their_width(large_print: bool) -> None:
    def pages(label: str) -> int:
        long = clinic(20, name="Named", phones=(Phone("614-555-0120", label=label),))
        others = [long, *(clinic(n, name=f"Another Place with a Name {n}") for n in range(21, 36))]
        return len(read(pdf.render(make_packet(others=others, large_print=large_print))).pages)

    assert pages("the desk for everybody who calls for the first time, day and night") <= pages("") + 1


def test_the_printed_code_opens_exactly_the_link() -> None:
    link = "https://example.org/list/abcd-efgh"
    assert link in words(pdf.render(make_packet(link=link)))
    assert "<svg" in pdf._code(link)
    assert "example.org/list" not in words(pdf.render(make_packet()))


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


def gray(color: tuple[float, ...]) -> bool:
    return len(color) == 1 or max(color) - min(color) < 0.02


def test_every_color_is_a_gray_and_words_stand_out_at_seven_to_one() -> None:
    """What a gray copier or a bad printer makes of it says the same."""
    drawn: set[tuple[tuple[float, ...], bool]] = set()
    for sheet in read(pdf.render(make_packet(link="https://example.org/list"))).pages:
        in_text = False
        for operands, operator in ContentStream(sheet.get_contents(), sheet.pdf).operations:
            in_text = operator == b"BT" or (in_text and operator != b"ET")
            if operator in (b"g", b"rg", b"sc", b"scn") and operands:
                drawn.add((tuple(float(part) for part in operands), in_text))
    assert len(drawn) > 1
    assert all(gray(color) for color, _ in drawn)


def test_the_darkest_gray_for_words_has_seven_to_one_on_white() -> None:
    style = (templates() / "handoff" / "_style.typ").read_text()
    percent = float(re.search(r"#let faint = luma\((\d+)%\)", style)[1]) / 100
    linear = ((percent + 0.055) / 1.055) ** 2.4
    assert 1.05 / (linear + 0.05) >= 7


def test_large_print_takes_more_pages_but_stays_a_packet() -> None:
    small, large = (len(read(pdf.render(make_packet(large_print=big))).pages) for big in (False, True))
    assert 8 <= small <= 16
    assert small < large <= 28
    assert len(read(pdf.render(make_packet([clinic()]))).pages) <= 9


@pytest.mark.parametrize("variant", VARIANTS[::3], ids=str)
def test_no_heading_stands_alone_at_the_foot_of_a_page(variant: dict[str, bool | str]) -> None:
    packet = make_packet(**variant)
    titles = [section.title for section in packet.sections]
    titles += [block.heading for section in packet.sections for block in section.blocks if block.heading]
    for sheet in read(pdf.render(packet)).pages:
        lines = [line for line in sheet.extract_text().splitlines() if line.strip() and line.strip() != packet.contact]
        assert lines[-1].strip() not in titles


def test_text_json_page_and_paper_hold_the_same_places_and_numbers() -> None:
    packet = make_packet(others=[clinic(30, name="Another Clinic")])
    paper, plain = words(pdf.render(packet)), " ".join(text.plain(packet).split())
    screen, data = unescape(render_page(packet)), json.dumps(packet.as_dict(), ensure_ascii=False)
    for listed in (*packet.chosen, clinic(30, name="Another Clinic")):
        for told in (paper, plain, screen, data):
            assert listed.draft.name in told
            assert all(str(phone) in told for phone in listed.draft.phones[:1])
    for section in packet.sections:
        said = [section.title, *(line for block in section.blocks for line in (*block.lines, *block.ticks))]
        for told in (paper, plain, screen, data):
            assert [line for line in said if line not in told] == []


def test_the_planners_copy_is_one_page_also_with_forty_places() -> None:
    many = [clinic(n, name=f"Clinic Number {n} of the Valley") for n in range(1, 41)]
    content = pdf.render(make_packet(many[:12], offered=many, for_planner=True, medicines=("methadone",)))
    assert len(read(content).pages) == 1
    assert "Clinic Number 40 of the Valley" in words(content)


def test_the_code_of_a_kept_list_is_printed_and_not_drawn() -> None:
    packet = make_packet([house()], kept=("https://example.org/kept", "KELP-4821"))
    assert "https://example.org/kept KELP-4821" in words(pdf.render(packet))
    assert pdf._code(packet.link) == pdf._code("https://example.org/kept")
