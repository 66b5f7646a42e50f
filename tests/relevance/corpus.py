"""The listings that questions are judged over: the seeds as they are loaded, and invented ones that make it harder."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from directory.assets import seeds
from directory.catalog import placed
from directory.geo import Locator, find_place, miles
from directory.schedule import WeeklyTime
from directory.search.query import Document, Near
from directory.shadow import document
from directory.vocab import Kind
from importers.run import read_feed

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=ZoneInfo("America/New_York"))  # a Saturday afternoon
SATURDAY, SUNDAY = 6, 0
EVENING = 17 * 60
GROUP, HOUSE, OUT, STAY, HELP = (
    Kind.SUPPORT_GROUP,
    Kind.SOBER_LIVING,
    Kind.OUTPATIENT,
    Kind.RESIDENTIAL,
    Kind.COMMUNITY_SERVICE,
)
FRESH = (date(2026, 10, 1) - date(1970, 1, 1)).days


@dataclass(frozen=True)
class Facts:
    """What a judge looks at: the listing and where the person is."""

    listing: Document
    near: Near | None

    @property
    def far(self) -> float | None:
        if self.near is None or self.listing.lat is None or self.listing.lon is None:
            return None
        return miles(self.near.lat, self.near.lon, self.listing.lat, self.listing.lon)

    def is_a(self, *kinds: Kind) -> bool:
        return bool({*kinds} & {*self.listing.kinds})

    def has(self, group: str, *values: str) -> bool:
        return bool({*values} & {*self.listing.facets.get(group, ())})

    def meets(self, weekday: int, start: int = 0, end: int = 1440) -> bool:
        return any(
            time.weekday == weekday and time.start < end and (time.end or time.start + 60) > start
            for time in self.listing.times
        )


@cache
def corpus() -> tuple[Document, ...]:
    return (*_seeds(), *_invented())


def _seeds() -> Iterator[Document]:
    locator, number = Locator(), 0
    for feed in tomllib.loads((seeds() / "seeds.toml").read_text(encoding="utf-8"))["feed"]:
        chosen = {name: feed.get(name, "") for name in ("source", "publisher", "fellowship", "timezone", "state")}
        for result in read_feed([seeds() / feed["file"]], **chosen).results():
            if result.draft is not None and not result.outcome:
                number += 1
                yield document(number, placed(result.draft, locator, feed.get("timezone", "")), locator)


def weekly(*days: int, start: int, end: int) -> tuple[WeeklyTime, ...]:
    return tuple(WeeklyTime(day, start, end, timezone="America/New_York") for day in days)


# Name, kind, town, facets, times, description. Made to mislead words: facets unknown, medicines named to be refused,
# names full of everyday words, and another city with fewer listings.
INVENTED: list[tuple[str, Kind, str, dict[str, tuple[str, ...]], tuple[WeeklyTime, ...], str]] = [
    ("Quarry House", HOUSE, "Columbus, OH", {}, (), "Sober living. Ask us about suboxone and other medicine."),
    ("Abstinence Manor", HOUSE, "Columbus, OH", {"gender": ("men",)}, (), "No suboxone, no methadone, no exceptions."),
    (
        "Harbor Light Outpatient",
        OUT,
        "Columbus, OH",
        {"level": ("outpatient",), "payment": ("self_pay",)},
        (),
        "We do not give suboxone or methadone. Talk therapy only.",
    ),
    (
        "Free at Last",
        GROUP,
        "Columbus, OH",
        {"fellowship": ("na",), "payment": ("free",)},
        weekly(2, start=1140, end=1200),
        "",
    ),
    (
        "Free Spirit Yoga",
        HELP,
        "Columbus, OH",
        {"need": ("mental_health",), "payment": ("self_pay",)},
        weekly(3, start=600, end=660),
        "Classes cost twelve dollars.",
    ),
    ("Women in Recovery House", HOUSE, "Newark, OH", {"gender": ("women",), "population": ("women",)}, (), ""),
    (
        "Tuesday Night Lanterns",
        GROUP,
        "Columbus, OH",
        {"fellowship": ("aa",), "payment": ("free",)},
        weekly(4, start=1140, end=1200),
        "Moved from Tuesday to Thursday.",
    ),
    (
        "Saturday Sunrise",
        GROUP,
        "Columbus, OH",
        {"fellowship": ("aa",), "payment": ("free",)},
        weekly(6, start=390, end=450),
        "",
    ),
    (
        "Tonight Only Players",
        HELP,
        "Columbus, OH",
        {"need": ("volunteering",)},
        weekly(1, start=1080, end=1200),
        "A theater of people in recovery. Free tonight and every Monday.",
    ),
    (
        "Veterans Row",
        HOUSE,
        "Columbus, OH",
        {"gender": ("men",), "population": ("veterans", "men"), "accepts": ("buprenorphine",)},
        (),
        "",
    ),
    (
        "Liberty Landing",
        HOUSE,
        "Grove City, OH",
        {"population": ("veterans",), "gender": ("men", "women")},
        (),
        "Homes for those who served.",
    ),
    (
        "Valor Steps",
        OUT,
        "Columbus, OH",
        {"population": ("veterans",), "level": ("outpatient",), "payment": ("military_insurance",)},
        (),
        "",
    ),
    (
        "Miami Valley Recovery House",
        HOUSE,
        "Dayton, OH",
        {"gender": ("men",), "accepts": ("buprenorphine", "methadone")},
        (),
        "",
    ),
    (
        "Gem City Women's Home",
        HOUSE,
        "Dayton, OH",
        {"gender": ("women",), "population": ("women",), "residence": ("children",)},
        (),
        "",
    ),
    (
        "Wright Brothers Group",
        GROUP,
        "Dayton, OH",
        {"fellowship": ("aa",), "payment": ("free",)},
        weekly(6, start=1140, end=1200),
        "",
    ),
    (
        "Oregon District Noon",
        GROUP,
        "Dayton, OH",
        {"fellowship": ("aa",), "payment": ("free",)},
        weekly(1, 3, 5, start=720, end=780),
        "",
    ),
    (
        "Grupo Nueva Luz",
        GROUP,
        "Dayton, OH",
        {"fellowship": ("aa",), "language": ("es",), "payment": ("free",)},
        weekly(6, start=1140, end=1230),
        "Reuniones en español.",
    ),
    (
        "Clean Slate Step Study",
        GROUP,
        "Dayton, OH",
        {"fellowship": ("na",), "payment": ("free",)},
        weekly(6, start=1200, end=1260),
        "",
    ),
    (
        "Great Miami Medication Clinic",
        OUT,
        "Dayton, OH",
        {
            "medication": ("methadone", "buprenorphine"),
            "level": ("opioid_treatment_program",),
            "payment": ("medicaid",),
        },
        (),
        "",
    ),
    (
        "Riverbend Detox",
        STAY,
        "Dayton, OH",
        {"level": ("residential_detox",), "payment": ("medicaid", "sliding_scale")},
        (),
        "",
    ),
    ("Stillmeadow", STAY, "Dayton, OH", {"level": ("residential_long",), "payment": ("private_insurance",)}, (), ""),
    (
        "Open Table Pantry",
        HELP,
        "Dayton, OH",
        {"need": ("food",), "payment": ("free",)},
        weekly(6, start=600, end=960),
        "",
    ),
    ("Phoenix House", HOUSE, "Columbus, OH", {"gender": ("men", "women")}, (), ""),
    (
        "Lincoln Commons",
        HOUSE,
        "Columbus, OH",
        {"gender": ("men",), "payment": ("self_pay",)},
        (),
        "Near the methadone clinic bus line.",
    ),
    ("Spanish Oak Village", HOUSE, "Columbus, OH", {"gender": ("men",)}, (), "A quiet street."),
    (
        "Detox Diaries Book Club",
        HELP,
        "Columbus, OH",
        {"need": ("education",), "payment": ("free",)},
        weekly(2, start=1080, end=1140),
        "",
    ),
    (
        "Rehab Rangers Softball",
        HELP,
        "Columbus, OH",
        {"need": ("volunteering",), "payment": ("free",)},
        weekly(0, start=840, end=960),
        "A team for anyone out of rehab.",
    ),
    (
        "Sober Living Speakers Night",
        GROUP,
        "Columbus, OH",
        {"fellowship": ("aa",), "format": ("speaker",), "payment": ("free",)},
        weekly(5, start=1200, end=1260),
        "Speakers who live in sober living homes.",
    ),
    (
        "Halfway There",
        GROUP,
        "Columbus, OH",
        {"fellowship": ("na",), "payment": ("free",)},
        weekly(6, start=1110, end=1170),
        "Good for your first six months.",
    ),
    (
        "Mothers and Minis",
        HOUSE,
        "Columbus, OH",
        {"gender": ("women",), "population": ("women", "parents"), "residence": ("children",)},
        (),
        "",
    ),
    (
        "Kids Count Tutoring",
        HELP,
        "Columbus, OH",
        {"need": ("education",), "payment": ("free",)},
        weekly(1, 3, start=960, end=1080),
        "For kids with homework.",
    ),
    (
        "Bridge Clinic",
        OUT,
        "Columbus, OH",
        {"medication": ("buprenorphine",), "payment": ("medicaid", "sliding_scale"), "access": ("drop_in",)},
        weekly(1, 2, 3, 4, 5, start=480, end=1020),
        "",
    ),
    (
        "Northland Vivitrol Program",
        OUT,
        "Columbus, OH",
        {"medication": ("naltrexone",), "payment": ("medicaid",)},
        (),
        "",
    ),
    (
        "Sanctuary Pines",
        STAY,
        "Newark, OH",
        {"level": ("residential_long",), "payment": ("free",)},
        (),
        "No fee. Faith based. Ninety days.",
    ),
    (
        "Grace Cot Program",
        HELP,
        "Columbus, OH",
        {"need": ("housing",), "payment": ("free",), "population": ("homeless",)},
        weekly(0, 1, 2, 3, 4, 5, 6, start=1080, end=1440),
        "",
    ),
    (
        "Quiet Corner Online",
        GROUP,
        "",
        {"fellowship": ("aa",), "modality": ("online",), "payment": ("free",)},
        weekly(6, start=1200, end=1260),
        "",
    ),
    (
        "Medicine Friendly Circle",
        GROUP,
        "Columbus, OH",
        {"fellowship": ("mara",), "payment": ("free",)},
        weekly(3, start=1110, end=1170),
        "Suboxone and methadone are welcome here.",
    ),
]


def _invented() -> Iterator[Document]:
    for number, (name, kind, town, facets, times, description) in enumerate(INVENTED, start=1001):
        near = find_place(town) if town else None
        yield Document(
            id=number,
            kinds=(kind,),
            name=name,
            description=description,
            city=town.partition(",")[0],
            lat=near.lat + (number % 7) / 100 if near else None,
            lon=near.lon if near else None,
            facets={"modality": ("in_person",), **facets},
            times=times,
            anywhere=near is None,
            fresh_on=FRESH,
        )
