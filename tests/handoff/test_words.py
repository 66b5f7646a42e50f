"""What we say ourselves reads at sixth grade, block by block, and never calls a person by a condition."""

import re
from collections.abc import Callable

import pytest

from directory.handoff import words
from directory.handoff.values import Block
from tests.handoff.people import make_packet

MASKED = re.compile(r"\{\w+\}|\b[\d-]+\b|naloxone|narcan|fentanyl|insurance", re.IGNORECASE)  # names, numbers, drugs
NEVER = re.compile(r"\b(addict|addicts|abuse|abuser|abusers|clean|dirty|junkie|alcoholic|user|users)\b", re.IGNORECASE)


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e; at least one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])(e|es|ed)$", "", word)))
    return max(count, 1)


def grade(text: str) -> float:
    """Flesch-Kincaid grade with names, numbers and drug names masked by a short word."""
    masked = MASKED.sub("it", text)
    sentences = [s for s in re.split(r"[.!?:”]+(?:\s|$)|\n", masked) if re.search(r"[A-Za-z]", s)]
    said = re.findall(r"[A-Za-z][A-Za-z'’-]*", masked)
    return 0.39 * len(said) / len(sentences) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def say(text: str) -> str:
    return text


def block_text(block: Block) -> str:
    return "\n".join((block.heading, *block.lines))


SENTENCES: dict[str, Callable[[words.Say], str]] = {
    function.__name__: function
    for function in (
        words.steps_intro,
        words.bring,
        words.call_script,
        words.bed_script,
        words.medicine_script,
        words.help_script,
        words.places_intro,
        words.choice,
        words.meetings_intro,
        words.later_meetings,
        words.no_meetings,
        words.daily_intro,
        words.numbers_intro,
        words.unit_line,
    )
}
BLOCKS = {f"{name}": function(say) for name, function in SENTENCES.items()}
BLOCKS |= {f"{b.heading}, discreet {d}": block_text(b) for d in (False, True) for b in words.safety(say, d)}
BLOCKS |= {f"safety intro, discreet {discreet}": words.safety_intro(say, discreet) for discreet in (False, True)}
BLOCKS["meeting lines"] = "\n".join(words.meeting_lines(say))


@pytest.mark.parametrize("text", BLOCKS.values(), ids=BLOCKS)
def test_each_fixed_block_reads_at_sixth_grade(text: str) -> None:
    assert grade(text) <= 6.0


def test_the_measure_itself_tells_plain_from_hard() -> None:
    assert grade("The cat sat on the mat. It was warm.") < 2
    assert grade("Comprehensive multidisciplinary rehabilitation necessitates individualized evaluation.") > 12


@pytest.mark.parametrize("text", BLOCKS.values(), ids=BLOCKS)
def test_no_sentence_is_longer_than_fifteen_words_or_so(text: str) -> None:
    sentences = re.split(r"[.!?](?:\s|$)|\n", text)
    assert max(len(sentence.split()) for sentence in sentences) <= 20


def test_every_function_with_sentences_is_measured() -> None:
    told = {
        name
        for name, value in vars(words).items()
        if callable(value) and getattr(value, "__module__", "") == words.__name__
    }
    labels = {"title", "section_titles", "labels", "neutral_kinds", "neutral_needs", "neutral_lines", "unknowns"}
    parts = {"safety", "safety_intro", "meeting_lines", "_danger", "_overdose", "_neutral_safety"}
    assert told == set(SENTENCES) | labels | parts


@pytest.mark.parametrize("discreet", [False, True])
def test_nobody_is_called_by_a_condition(discreet: bool) -> None:
    packet = make_packet(discreet=discreet)
    ours = [section.title for section in packet.sections] + [section.intro for section in packet.sections]
    ours += [line for block in packet.section("safety").blocks for line in (block.heading, *block.lines)]
    assert [text for text in (*ours, *packet.words.values()) if NEVER.search(text)] == []
