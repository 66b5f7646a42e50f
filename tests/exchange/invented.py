"""Random invented listings: every kind of place, times, words and permissions."""

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

from hypothesis import strategies as st

from directory.exchange.formats import writer
from directory.listing import Area, Listed, ListingDraft, Online, Phone, Place, Residence, facets
from directory.schedule import WeeklyTime
from directory.vocab import FACETS, Kind, Modality

MADE_AT = datetime(2026, 1, 15, 12, tzinfo=UTC)
STREET, BUILDING, WAY = "77 Zyxomma Lane", "Quillwort House", "behind the vexillum"  # words no other text holds
PIN = (39.961234, -83.004321)

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
days = st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31))


def export(name: str, *listings: Listed) -> str:
    out = StringIO(newline="")
    writer(name)(listings, out, MADE_AT)
    return out.getvalue()


@st.composite
def times(draw: st.DrawFn) -> WeeklyTime:
    start = draw(st.integers(0, 1439))
    return WeeklyTime(
        weekday=draw(st.integers(0, 6)),
        start=start,
        end=draw(st.none() | st.integers(start + 1, start + 1440)),
        timezone=draw(st.sampled_from([None, "America/New_York", "America/Phoenix"])),
        weeks=draw(st.sampled_from([(), (), (1, 3), (-1,)])),
        every=draw(st.sampled_from([1, 1, 2])),
        valid_from=draw(days),
        valid_to=draw(days),
        note=draw(st.sampled_from(["", "use the side door", f"meet at {STREET}"])),
    )


@st.composite
def groups(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    chosen = draw(st.lists(st.sampled_from(sorted(FACETS)), max_size=4, unique=True))
    picked = {group: draw(st.lists(st.sampled_from(list(FACETS[group])), max_size=3)) for group in chosen}
    return facets(**picked, language=draw(st.lists(st.sampled_from(["es", "ase", "xx"]), max_size=2)))


places = st.builds(
    Place,
    name=st.sampled_from(["", BUILDING]),
    street=st.sampled_from(["", STREET]),
    city=st.sampled_from(["", "Columbus"]),
    state=st.just("OH"),
    postal_code=st.sampled_from(["", "43215"]),
    directions=st.sampled_from(["", WAY]),
    latitude=st.just(PIN[0]),
    longitude=st.just(PIN[1]),
    approximate=st.booleans(),
    confidential=st.booleans(),
    timezone=st.sampled_from([None, "America/New_York"]),
)


@st.composite
def listings(draw: st.DrawFn) -> Listed:
    text: Any = st.one_of(words, st.sampled_from(["=1+1", "+cmd|x", "-2", "@SUM(A1)", f"Come to {STREET.upper()}"]))
    kind = draw(st.sampled_from(list(Kind)))
    draft = ListingDraft(
        source_key=draw(st.sampled_from(["a", "b c", "é", "x" * 90])),
        name=draw(words.filter(bool)),
        kind=kind,
        also=draw(st.sampled_from([(), (Kind.SUPPORT_GROUP,)])),
        modality=draw(st.sampled_from(list(Modality))),
        group=draw(words),
        description=draw(text),
        notes=draw(text),
        place=draw(st.none() | places),
        area=draw(st.none() | st.builds(Area, nationwide=st.booleans(), states=st.just(("OH",)), words=text)),
        online=draw(st.none() | st.just(Online(url="https://example.org/join", phone="614-555-0150,,1#"))),
        phones=draw(st.sampled_from([(), (Phone("614-555-0134", "12"), Phone("988"), Phone("614-555-0135", "1a"))])),
        times=tuple(draw(st.lists(times(), max_size=4))),
        by_appointment=draw(st.booleans()),
        facets=draw(groups()),
        denied=draw(groups()),
        residence=draw(
            st.none()
            | st.just(Residence(operator="Example Homes", beds=8, vacancies=2, vacancies_as_of=MADE_AT.date()))
            | st.just(Residence(operator="Example Homes", beds=8, vacancies=2, vacancies_as_of=MADE_AT.date()))
        ),
        verified_on=draw(days),
        source_updated_on=draw(days),
    )
    return Listed(
        id=draw(st.integers(1, 10**9)),
        publisher=draw(st.sampled_from(["Example Intergroup", "Another"])),
        source="meeting-guide",
        draft=draft,
        status=draw(st.sampled_from(["active", "active", "retired"])),
        licence=draw(st.sampled_from(["", "open, with credit", "No redistribution: members only"])),
    )
