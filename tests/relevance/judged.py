"""Questions as people type them, each with what would help: readable criteria over the facts of a listing.

Grades: 3 what was asked for, 2 nearly, 1 worth a look, 0 no help. Distance lowers a grade, never the order of finding.
A question's `place` is what stands in the box beside it; `told` is the place that its words name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from directory.geo import find_place
from directory.search.query import Document, Near
from tests.relevance.corpus import EVENING, GROUP, HELP, HOUSE, OUT, SATURDAY, STAY, SUNDAY, Facts

Test = Callable[[Facts], bool]
DETOX = ("residential_detox", "hospital_detox", "outpatient_detox")
CHEAP = ("free", "sliding_scale", "payment_assistance")
NEAR, FAR = 12.0, 25.0  # miles


@dataclass(frozen=True)
class Judged:
    words: str
    grades: tuple[tuple[int, Test], ...]  # the first that holds
    place: str = "43215"
    told: str = ""
    afar: bool = False  # online or by phone is as good

    @property
    def near(self) -> Near | None:
        return place_of(self.told or self.place)

    def grade(self, listing: Document) -> int:
        facts = Facts(listing, self.near)
        full = next((grade for grade, holds in self.grades if holds(facts)), 0)
        if not full or (self.afar and listing.anywhere):
            return full
        if facts.far is None:
            return max(full - 1, 1)
        return full if facts.far <= NEAR else max(full - 1, 1) if facts.far <= FAR else 0

    def must(self, listing: Document) -> bool:
        """A listing that has to be on the first page: one of the best that there are."""
        return self.grade(listing) >= 2


@cache
def place_of(words: str) -> Near | None:
    return find_place(words) if words else None


def group(*fellowships: str) -> Test:
    return lambda f: f.has("fellowship", *fellowships)


def kind(*kinds: str) -> Test:
    return lambda f: bool({*kinds} & {k.value for k in f.listing.kinds})


def has(name: str, *values: str) -> Test:
    return lambda f: f.has(name, *values)


def on(day: int, start: int = 0, end: int = 1440) -> Test:
    return lambda f: f.meets(day, start, end)


def every(*tests: Test) -> Test:
    return lambda f: all(test(f) for test in tests)


def none(*tests: Test) -> Test:
    return lambda f: not any(test(f) for test in tests)


def named(*words: str) -> Test:
    return lambda f: all(word in f.listing.name.casefold() for word in words)


meeting, house, treatment, rehab, help_ = kind(GROUP), kind(HOUSE), kind(OUT, STAY), kind(STAY), kind(HELP)
aa, na, tonight = group("aa"), group("na"), on(SATURDAY, EVENING)
detox, women, men = has("level", *DETOX), has("gender", "women"), has("gender", "men")
for_women, for_men = every(women, none(men)), every(men, none(women))
spanish, free, cheap = has("language", "es"), has("payment", "free"), has("payment", *CHEAP)
bup, methadone = has("medication", "buprenorphine"), has("medication", "methadone")
takes_bup = has("accepts", "buprenorphine")
unknown_bup = none(has("accepts", "buprenorphine", "methadone", "naltrexone"))
kids = has("residence", "children")
veterans = has("population", "veterans")


def q(words: str, *grades: tuple[int, Test], place: str = "43215", told: str = "", afar: bool = False) -> Judged:
    return Judged(words, grades, place, told, afar)


TAKES_BUP = ((3, every(house, takes_bup)), (1, every(house, unknown_bup)))
BUP = ((3, every(treatment, bup)), (1, every(house, takes_bup)))
AA_TONIGHT = ((3, every(aa, tonight)), (1, aa))
SPANISH_MEETING = ((3, every(meeting, spanish)),)
MOTHERS = ((3, every(house, women, kids)), (1, every(house, women)))
WOMENS_HOUSE = ((3, every(house, for_women)), (2, every(house, women)))
FOOD = ((3, has("need", "food")),)

JUDGED = (
    # A house, and the medicine somebody takes
    q("halfway house that takes suboxone near 43215", *TAKES_BUP, place="", told="43215"),
    q("sober living suboxone ok", *TAKES_BUP),
    q("sober house that allows subs", *TAKES_BUP),
    q("recovery house that accepts subutex", *TAKES_BUP),
    q("sober living on methadone", (3, every(house, has("accepts", "methadone"))), (1, every(house, unknown_bup))),
    q("casa de recuperacion que acepta suboxone", *TAKES_BUP),
    q("MAT friendly sober living", (3, every(house, has("accepts", "buprenorphine", "methadone")))),
    q("oxford house", (3, has("residence", "oxford_house")), (1, house)),
    q("oxford house for women", (3, every(has("residence", "oxford_house"), women)), (1, every(house, women))),
    q("womens sober living", *WOMENS_HOUSE),
    q("women's sober living with kids", *MOTHERS),
    q("vivienda sobria para mujeres con hijos", *MOTHERS),
    q("halfway house for men medicaid", (3, every(house, men, has("payment", "medicaid"))), (1, every(house, men))),
    q("sober living pet friendly", (3, every(house, has("access", "pets"))), (1, house)),
    q("felony friendly sober living", (3, every(house, has("population", "criminal_justice"))), (1, house)),
    q(
        "sober living grove city",
        (3, every(house, lambda f: f.listing.city == "Grove City")),
        (1, house),
        told="Grove City, OH",
    ),
    q("sober livng for vetrans", (3, every(house, veterans)), (1, house)),
    q("halfway house in dayton", (3, house), place="", told="Dayton, OH"),
    q("sober living women kids dayton", *MOTHERS, place="", told="Dayton, OH"),
    q("sober living columbus ohio", (3, house), place="", told="Columbus, OH"),
    q("need a bed tonight sober house", (3, house)),
    # Meetings
    q("AA tonight", *AA_TONIGHT),
    q("aa meetings tonight near me", *AA_TONIGHT),
    q("alcoholic anonymous tonite", *AA_TONIGHT),
    q("A.A. in Columbus tonight", *AA_TONIGHT, place="", told="Columbus, OH"),
    q("AA hoy en la noche cerca de Dayton", *AA_TONIGHT, place="", told="Dayton, OH"),
    q("NA meeting tomorrow morning", (3, every(na, on(SUNDAY, 0, 720))), (2, every(na, on(SUNDAY))), (1, na)),
    q("narcodic anonymous saturday", (3, every(na, on(SATURDAY))), (1, na)),
    q("na monday evening", (3, every(na, on(1, EVENING))), (1, na)),
    q("aa sunday morning 43055", (3, every(aa, on(SUNDAY, 0, 720))), (1, aa), place="", told="43055"),
    q("womens aa meeting", (3, every(aa, has("population", "women"))), (1, aa)),
    q("mens NA", (3, every(na, has("population", "men"))), (1, na)),
    q("AA in spanish", (3, every(aa, spanish)), (1, every(meeting, spanish))),
    q("reuniones en español", *SPANISH_MEETING),
    q(
        "reuniones de alcoholicos anonimos en espanol esta noche",
        (3, every(aa, spanish, tonight)),
        (2, every(meeting, spanish)),
        (1, every(aa, tonight)),
    ),
    q("online aa", (3, every(aa, has("modality", "online"))), afar=True),
    q(
        "zoom NA meetings",
        (3, every(na, has("modality", "online"))),
        (1, every(meeting, has("modality", "online"))),
        afar=True,
    ),
    q("smart recovery", (3, group("smart"))),
    q("al-anon", (3, group("al_anon")), (1, has("population", "families"))),
    q("meeting where suboxone is ok", (3, group("mara")), (1, meeting)),
    q("beginners aa meeting", (3, every(aa, has("format", "newcomer"))), (1, aa)),
    q("aa meeting wheelchair accessible", (3, every(aa, has("access", "wheelchair"))), (1, aa)),
    q("aa meeting with child care", (3, every(aa, has("access", "babysitting", "children_welcome"))), (1, aa)),
    q("AA in Grove City", (3, every(aa, lambda f: f.listing.city == "Grove City")), (2, aa), told="Grove City, OH"),
    q(
        "women's meeting wheelchair",
        (3, every(meeting, has("population", "women"), has("access", "wheelchair"))),
        (2, every(meeting, has("population", "women"))),
    ),
    q("meetings today", (3, every(meeting, on(SATURDAY, 14 * 60))), (1, meeting)),
    # Treatment
    q("suboxone", *BUP),
    q("suboxon clinic", *BUP),
    q("buprenorfina", *BUP),
    q("subutex doctor near 43055", *BUP, place="", told="43055"),
    q("metadone clinic", (3, every(treatment, methadone)), (1, every(house, has("accepts", "methadone")))),
    q("clinica de metadona cerca de dayton", (3, every(treatment, methadone)), place="", told="Dayton, OH"),
    q(
        "vivitrol shot",
        (3, every(treatment, has("medication", "naltrexone"))),
        (1, every(house, has("accepts", "naltrexone"))),
    ),
    q(
        "rehab that takes medicaid",
        (3, every(rehab, has("payment", "medicaid"))),
        (2, every(kind(OUT), has("payment", "medicaid"))),
        (1, treatment),
    ),
    q("rehab sin seguro", (3, every(rehab, cheap)), (2, every(kind(OUT), cheap)), (1, treatment)),
    q("free detox", (3, every(detox, cheap)), (1, detox)),
    q("detox", (3, detox)),
    q("detox now", (3, detox)),
    q("inpatient rehab for women", (3, every(rehab, has("population", "women"))), (2, every(rehab, women)), (1, rehab)),
    q(
        "IOP medicaid",
        (3, every(has("level", "intensive_outpatient"), has("payment", "medicaid"))),
        (1, has("level", "intensive_outpatient")),
    ),
    q(
        "rehab for veterans tricare",
        (3, every(treatment, veterans, has("payment", "military_insurance"))),
        (2, every(treatment, veterans)),
        (1, every(treatment, has("payment", "military_insurance"))),
    ),
    q(
        "treatment for teens",
        (3, every(treatment, has("age", "teen"))),
        (1, every(treatment, has("population", "young_people"))),
    ),
    q("outpatient in spanish", (3, every(kind(OUT), spanish)), (1, every(treatment, spanish))),
    q(
        "pregnant suboxone",
        (3, every(treatment, bup, has("population", "pregnant"))),
        (1, every(treatment, has("population", "pregnant"))),
        (1, every(treatment, bup)),
    ),
    q(
        "my son needs detox and has medicaid",
        (3, every(detox, has("payment", "medicaid"))),
        (1, detox),
    ),
    q(
        "cheap rehab",
        (3, every(rehab, cheap)),
        (2, every(kind(OUT), cheap)),
        (1, treatment),
    ),
    q("drug treatment center that takes medicare", (3, every(treatment, has("payment", "medicare"))), (1, treatment)),
    # Daily life
    q("food pantry", *FOOD),
    q("comida gratis", (3, every(has("need", "food"), free)), (2, has("need", "food"))),
    q("food pantry open today", (3, every(has("need", "food"), on(SATURDAY, 14 * 60))), (2, has("need", "food"))),
    q("narcan", (3, has("need", "harm_reduction")), afar=True),
    q("free dentist", (3, every(has("need", "dental"), cheap)), (2, has("need", "dental"))),
    q("bus pass", (3, has("need", "transport"))),
    q(
        "find a job with a felony",
        (3, every(has("need", "jobs"), has("population", "criminal_justice"))),
        (2, has("need", "jobs")),
    ),
    # Names: what is read into them must not hide them
    q("Free at Last", (3, named("free at last"))),
    q("phoenix house", (3, named("phoenix"))),
    q("tuesday night lanterns", (3, named("lanterns"))),
    q("women in recovery house newark", (3, named("women in recovery")), (1, every(house, women)), told="Newark, OH"),
    q("stillwater detox", (3, named("stillwater")), (1, detox)),
)
