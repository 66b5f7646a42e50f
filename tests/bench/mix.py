"""The questions every engine is asked: a metro, a city, the countryside; few words and many; filtered or not."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from directory.search.query import Near, SearchQuery
from directory.vocab import Kind

METRO = Near("Los Angeles, CA", 34.0522, -118.2437, "CA", "Los Angeles", "America/Los_Angeles")
CITY = Near("Columbus, OH", 39.9612, -82.9988, "OH", "Franklin", "America/New_York")
RURAL = Near("Sheridan, WY", 44.7972, -106.9562, "WY", "Sheridan", "America/Denver")
PLACES = {"metro": METRO, "city": CITY, "rural": RURAL}
NOW = datetime(2026, 9, 16, 23, 5, tzinfo=UTC)  # a Wednesday evening, four in Los Angeles and seven in Columbus
COMMON_WORD = SearchQuery("meeting")  # the first word asked of a newly opened engine
FOR_ALL = {"metro: one word", "metro: two words", "metro: filtered word"}  # the slowest rival is asked only these


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    group: str  # questions of one sort are summed up together
    query: SearchQuery = field(compare=False)

    @property
    def filtered(self) -> bool:
        return bool(self.query.kinds or self.query.facets)


EVERYWHERE = {
    "one word": SearchQuery("narcotics"),
    "two words": SearchQuery("harbor women"),
    "three words": SearchQuery("hope women discussion"),
    "meaning, filtered": SearchQuery("suboxone", facets={"payment": ("medicaid",)}, kinds=(Kind.OUTPATIENT,)),
    "nearest": SearchQuery(sort="near"),
    "soonest": SearchQuery(sort="soon", now=NOW),
}
IN_TOWN = {
    "very common word": SearchQuery("meeting"),
    "rare word": SearchQuery("acupuncture"),
    "filtered word": SearchQuery("spanish newcomer", facets={"format": ("open", "newcomer")}),
    "filters only": SearchQuery(kinds=(Kind.SUPPORT_GROUP,), facets={"fellowship": ("na", "aa")}),
}
NATIONWIDE = {
    "nationwide one word": SearchQuery("methadone"),
    "nationwide name of a fellowship": SearchQuery("narcotics anonymous"),
    "nationwide three words": SearchQuery("women discussion group"),
    "nationwide filtered": SearchQuery("trauma", facets={"population": ("veterans",), "payment": ("free", "medicaid")}),
}


def questions() -> Iterator[Named]:
    """The whole mix; a question's name says where it is asked and what for."""
    for place, near in PLACES.items():
        for name, query in (EVERYWHERE | (IN_TOWN if near is not RURAL else {})).items():
            yield Named(f"{place}: {name}", place, replace(query, near=near))
    for name, query in NATIONWIDE.items():
        yield Named(name, "nationwide", query)
