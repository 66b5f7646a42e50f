"""A small invented directory behind the real application, for tests of pages."""

import asyncio
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from tortoise.transactions import in_transaction

from directory import catalog
from directory.handoff import kept
from directory.handoff.models import KeptList
from directory.listing import ListingDraft, Online, Phone, Residence, facets
from directory.models import Listing, Publisher
from directory.runtime import opened
from directory.settings import Settings
from directory.shadow import catch_up
from directory.vocab import Kind, Modality
from tests.builders import make_draft, make_place, make_time

NOW = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)  # a Tuesday noon in Columbus
KEPT_CODE = kept.written(0x1F2E3D4C5B6A79881F2E3D4C5B6A7988)


def drafts() -> list[ListingDraft]:
    evening = {"place": make_place(), "group": "Northside Group"}
    many = [
        make_draft(
            source_key=f"many-{n}",
            name=f"Morning Meeting {n}",
            group="",
            times=(make_time(weekday=n % 7, start=420, end=480),),
            place=make_place(street=f"{n + 1} Example Street"),
        )
        for n in range(25)
    ]
    return [
        make_draft(source_key="tue", **evening),
        make_draft(source_key="thu", times=(make_time(weekday=4),), **evening),
        clinic(),
        house(),
        hidden_house(),
        make_draft(
            source_key="food",
            name="Broad Street Food Shelf",
            kind=Kind.COMMUNITY_SERVICE,
            group="",
            facets=facets(need=["food"], payment=["free"]),
        ),
        make_draft(
            source_key="online",
            name="Night Owls Online",
            group="",
            modality=Modality.ONLINE,
            place=None,
            online=Online(url="https://example.org/join", phone="+16145550100,,123#"),
        ),
        make_draft(source_key="phone", name="Phone Friends", group="", modality=Modality.PHONE, place=None),
        *many,
    ]


def clinic() -> ListingDraft:
    return make_draft(
        source_key="clinic",
        name="Scioto Recovery Clinic",
        kind=Kind.OUTPATIENT,
        group="",
        phones=(Phone("614-555-0101", "12", "intake"),),
        times=tuple(make_time(weekday=day, start=480, end=1020) for day in range(1, 6)),
        facets=facets(
            level=["opioid_treatment_program"], medication=["buprenorphine"], payment=["medicaid", "sliding_scale"]
        ),
    )


def house() -> ListingDraft:
    return make_draft(
        source_key="house",
        name="Maple House <b>",
        kind=Kind.SOBER_LIVING,
        group="",
        times=(),
        facets=facets(gender=["women"], residence=["narr_2"]),
        denied={"gender": ("men",), "accepts": ("methadone", "buprenorphine")},
        residence=Residence(beds=8, vacancies=2, vacancies_as_of=date(2026, 5, 1), fee=140.0, fee_period="week"),
    )


def hidden_house() -> ListingDraft:
    return make_draft(
        source_key="hidden",
        name="Harbor House",
        kind=Kind.SOBER_LIVING,
        group="",
        times=(),
        place=make_place(street="77 Secret Street", confidential=True, directions="Behind the secret gate"),
    )


def fill(home: Path) -> dict[str, int]:
    """Write the directory into a home; answers the ids by source key."""

    async def run() -> dict[str, int]:
        async with opened(Settings(home=str(home)), shared=True) as rt:
            publisher = await Publisher.create(
                name="Example Intergroup", source="meeting-guide", licence="public domain"
            )
            entries = [catalog.Entry(d.source_key, d, d.fingerprint(), d.fingerprint()) for d in drafts()]
            async with in_transaction():
                await catalog.save(rt, publisher, entries)
            await catch_up(rt)
            return {row.key: row.id for row in await Listing.all()}

    return asyncio.run(run())


def keep(home: Path, *ids: int) -> None:
    """A list under KEPT_CODE that lasts as long as any test: in English until another language is chosen."""

    async def run() -> None:
        async with opened(Settings(home=str(home)), shared=True):
            hashed = sha256(KEPT_CODE.encode()).hexdigest()
            looks = {"language": "en", "large_print": False, "discreet": False}
            await KeptList.create(code=hashed, listing_ids=list(ids), ends_on=date(2999, 1, 1), **looks)

    asyncio.run(run())
