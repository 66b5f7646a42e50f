"""The HTML, alone in a file or inside the site: every word is text, headings are in order, nothing is loaded."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from directory.handoff import page
from directory.i18n import catalogue
from tests.handoff.people import clinic, house, make_packet, meeting, moved, online

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Reader(HTMLParser):
    """Tags in order; fails on a tag closed out of turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("discreet", [False, True])
@pytest.mark.parametrize("language", ["en", "es"])
def test_headings_go_down_one_at_a_time_and_every_tag_is_closed(discreet: bool, language: str) -> None:
    html = page.render(make_packet(discreet=discreet, language=language, others=[clinic(30)]))
    levels = [int(tag[1]) for tag in Reader(html).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert f'<html lang="{language}">' in html
    assert f"<title>{catalogue(language).gettext('My next steps')}</title>" in html


def test_nothing_is_loaded_and_links_only_call_or_join() -> None:
    read = Reader(page.render(make_packet()))
    assert not {"script", "img", "link", "iframe"} & set(read.tags)
    assert all(link.startswith(("tel:", "https://meet.example.org/")) for link in read.links)


def test_hostile_names_and_links_are_shown_as_words() -> None:
    name = "<script>alert(1)</script> {{ 7 * 7 }} \"' onload=x"
    bad = online().draft.online.__class__(url="javascript:alert(1)")
    read = Reader(page.render(make_packet([moved(clinic(), name=name), moved(online(), name=name, online=bad)])))
    assert "script" not in read.tags
    assert name in "".join(read.words)
    assert not [link for link in read.links if link.startswith("javascript")]


def test_every_place_phone_and_choice_is_on_the_page() -> None:
    packet = make_packet([clinic(), house(), meeting()])
    words = " ".join("".join(Reader(page.render(packet)).words).split())
    for card in packet.section("places").cards:
        assert card.name in words
        assert all(call.number in words for call in card.phones)
    assert packet.section("places").closing in words


def test_large_print_and_paper_are_real_switches() -> None:
    assert 'class="handoff-large"' in page.render(make_packet(large_print=True))
    assert "size: A4" in page.render(make_packet(paper="a4"))
    assert "size: letter" in page.render(make_packet())
