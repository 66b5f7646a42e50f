"""How hard a text is to read: Flesch-Kincaid grade for English, Szigriszt-Pazos (the INFLESZ scale) for Spanish."""

import re
from html.parser import HTMLParser

# Names, numbers and medicines: nobody can choose an easier word for them. Each counts as one short word.
MASKED = re.compile(
    r"\d[\d-]*|\b(?:Al-Anon|Nar-Anon|NARR|Oxford House|Medicaid|Medicare|Tor Browser|Tor|Wi-Fi|ZIP|https|MOUD|MAT"
    r"|naloxon[ea]|narcan|methadone|metadona|buprenorphine|buprenorfina|naltrexon[ea]"
    r"|suboxone|zubsolv|sublocade|brixadi|vivitrol)\b",
    re.I,
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SILENT = re.compile(r"(?<=[^aeiouy])(?<!l)e$|(?<=[aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouysxzcgh])es$"
                    r"|(?<=[aeiouy][^aeiouy])e(?=(?:ly|ment|ful|less|thing|where|time|body)$)")  # fmt: skip
APART = re.compile(r"(?<![tscgx])i(?=[aou])|(?<=[aeouy])(?=ing$)")


def english_syllables(word: str) -> int:
    """Groups of vowels, silent e left out; "i" before another vowel stands alone except in -tion and its like."""
    plain = SILENT.sub("", re.sub(r"[^a-z]", "", word.lower()))
    return max(len(re.findall(r"[aeiouy]+", APART.sub(r"\g<0>-", plain))), 1)


def spanish_syllables(word: str) -> int:
    """Strong vowels each alone, weak ones with their neighbour, a weak one with an accent alone."""
    sound = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower())
    sound = re.sub(r"y(?![aeiouáéíóú])", "i", sound)
    return max(len(re.findall(r"[iuü]?[aeoáéóíú][iuü]?|[iuü]+", sound)), 1)


def counts(text: str, mask: str) -> tuple[int, list[str]]:
    """Sentences and words; a line end ends a sentence too."""
    masked = MASKED.sub(mask, text)
    sentences = [part for part in re.split(r"[.!?]+(?=\W|$)|\n", masked) if WORD.search(part)]
    return len(sentences), WORD.findall(masked)


def flesch_kincaid(text: str) -> float:
    sentences, words = counts(text, "it")
    return 0.39 * len(words) / sentences + 11.8 * sum(map(english_syllables, words)) / len(words) - 15.59


def szigriszt(text: str) -> float:
    sentences, words = counts(text, "eso")
    return 206.835 - 62.3 * sum(map(spanish_syllables, words)) / len(words) - len(words) / sentences


class Blocks(HTMLParser):
    """The texts between <main> and </main>: paragraphs, lists, meanings; and each heading with all that follows it."""

    LINES = ("h1", "h2", "h3", "p", "li", "dd", "label", "summary")
    AWAY = ("dt", "ul.help", "script")  # the words to be explained, and the names of help lines

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sections: list[list[str]] = []
        self.paragraphs: list[list[str]] = []
        self.away = ""
        self.line: list[str] = []
        self.feed(page[page.index("<main") : page.index("</main>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if f"{tag}.{dict(attrs).get('class')}" in self.AWAY or tag in self.AWAY:
            self.away = tag
        if tag in ("h1", "h2", "h3"):
            self.sections.append([])
        if tag in ("p", "dd", "ul", "ol"):
            self.paragraphs.append([])

    def handle_data(self, data: str) -> None:
        if not self.away:
            self.line.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.away = "" if tag == self.away else self.away
        told = " ".join("".join(self.line).split())
        if tag in self.LINES and told:
            self.sections[-1].append(told)
            if tag in ("p", "dd", "li"):
                self.paragraphs[-1].append(told)
            self.line = []

    def texts(self) -> list[str]:
        """Sections, and those paragraphs, lists and meanings that hold a sentence."""
        sentences = [lines for lines in self.paragraphs if any(re.search("[.!?]", line) for line in lines)]
        return ["\n".join(lines) for lines in (*self.sections, *sentences) if lines]
