"""Makes pairs.jsonl: invented pairs of listings as two publishers would write them, each labelled same or not.

`python -m tests.same.invent` writes the file anew; another seed makes a set the rules were not tuned on.
"""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PAIRS = Path(__file__).with_name("pairs.jsonl")
Data = dict[str, Any]
FIRST = "Harbor Willow Cedar Juniper Summit Prairie Beacon Anchor Lantern Meadow Granite Heron Orchard Pioneer".split()
LAST = "Ridge Valley Bridge Point Grove Landing Crossing Hollow Springs Creek Gate Field Light Path".split()
SAINTS = "Luke Mary Anne Joseph Brendan Cecilia Paul Agnes".split()
STREETS = "Maple Oak Walnut Broad Jefferson Lincoln Sycamore Chestnut Spruce Delaware".split()
TOWNS = [
    ("Columbus", "OH", "43215", 39.96, -83.0),
    ("Dayton", "OH", "45402", 39.76, -84.19),
    ("Boise", "ID", "83702", 43.62, -116.2),
    ("Erie", "PA", "16501", 42.13, -80.08),
    ("Tulsa", "OK", "74103", 36.15, -95.99),
    ("Macon", "GA", "31201", 32.84, -83.63),
]
TYPES = {
    "outpatient": ["Recovery Center", "Behavioral Health Services", "Counseling Center", "Treatment Services"],
    "residential": ["Recovery Ranch", "Residential Treatment Center", "Treatment Center", "Lodge"],
    "sober_living": ["House", "Recovery Home", "Sober Living", "Manor"],
    "community_service": ["Food Pantry", "Community Services", "Resource Center", "Family Center"],
}
LEVEL = {"outpatient": ["outpatient"], "residential": ["residential_long"]}
KINDS = list(TYPES)


class Inventor:
    def __init__(self, seed: int = 7) -> None:
        self.rng = random.Random(seed)

    def pick(self, many: Any) -> Any:
        return self.rng.choice(list(many))

    def phone(self) -> str:
        return f"{self.rng.randint(201, 779)}-555-{self.rng.randint(100, 199):04d}"

    def place(self) -> Data:
        city, state, code, lat, lon = self.pick(TOWNS)
        way, ending = self.pick(["", "N ", "E "]), self.pick(["Street", "Avenue", "Road"])
        street = f"{self.rng.randint(12, 9899)} {way}{self.pick(STREETS)} {ending}"
        lat, lon = lat + self.rng.uniform(-0.05, 0.05), lon + self.rng.uniform(-0.05, 0.05)
        return {
            "street": street,
            "city": city,
            "state": state,
            "postal_code": code,
            "latitude": round(lat, 5),
            "longitude": round(lon, 5),
        }

    def service(self, kind: str = "") -> Data:
        kind = kind or self.pick(KINDS)
        name = f"{self.pick(FIRST)} {self.pick(LAST)} {self.pick(TYPES[kind])}"
        made: Data = {"name": name, "kind": kind, "place": self.place(), "phones": [{"number": self.phone()}]}
        if kind in LEVEL:
            made["facets"] = {"level": LEVEL[kind]}
        if kind == "community_service":
            made["facets"] = {"need": ["food" if "Food" in name else "benefits"]}
        return made

    def meeting(self) -> Data:
        name = f"{self.pick(FIRST)} {self.pick(['Night', 'Morning', 'Noon', 'Step', 'Serenity', 'Hope'])} Group"
        place = self.place() | {
            "name": f"Saint {self.pick(SAINTS)}'s {self.pick(['Lutheran', 'Episcopal', 'Methodist'])} Church"
        }
        time = {"weekday": self.rng.randint(0, 6), "start": 30 * self.rng.randint(12, 42)}
        return {
            "name": name,
            "kind": "support_group",
            "place": place,
            "times": [time],
            "facets": {"fellowship": [self.pick(["aa", "na", "al_anon"])]},
        }

    def typo(self, text: str) -> str:
        n = self.rng.randint(2, len(text) - 3)
        return self.pick([text[:n] + text[n + 1 :], text[:n] + text[n + 1] + text[n] + text[n + 2 :]])

    # -- the same place, written by somebody else

    def same_service(self) -> Iterator[tuple[str, Data, Data]]:
        ways: dict[str, Callable[[Data], Data]] = {
            "abbreviations": self.abbreviated,
            "a suite number": lambda d: self.placed(
                d, street=d["place"]["street"] + f", Suite {self.rng.randint(2, 400)}"
            ),
            "the phone moved": lambda d: d | {"phones": [{"number": self.phone()}]},
            "LLC": lambda d: d | {"name": d["name"] + self.pick([", LLC", " Inc.", ", Inc", " LLC"])},
            "a campus name": lambda d: (
                d | {"name": d["name"] + self.pick([" - Main Campus", " (East Campus)", " - West Site"])}
            ),
            "doing business as": lambda d: d | {"name": f"{self.pick(FIRST)} Holdings LLC dba {d['name']}"},
            "a typo in the name": lambda d: d | {"name": self.typo(d["name"])},
            "a typo in the street": lambda d: self.placed(d, street=self.typo_street(d["place"]["street"])),
            "name and organisation swapped": self.swapped,
            "only a ZIP centroid": lambda d: self.placed(
                d,
                street="",
                latitude=round(d["place"]["latitude"], 1),
                longitude=round(d["place"]["longitude"], 1),
                approximate=True,
            ),
            "a suburb by its own name": lambda d: self.placed(d, city="Northfield"),
            "upper case and accents": lambda d: d | {"name": d["name"].upper().replace("CENTER", "CENTRE")},
            "a second phone": lambda d: d | {"phones": [{"number": self.phone()}, *d["phones"]]},
            "street abbreviated": lambda d: self.placed(
                d,
                street=d["place"]["street"]
                .replace("Street", "St.")
                .replace("Avenue", "Ave")
                .replace("Road", "Rd")
                .replace("N ", "North "),
            ),
            "abbreviations, no phone": lambda d: {k: v for k, v in self.abbreviated(d).items() if k != "phones"},
            "LLC, a new phone and a suite": lambda d: self.placed(
                d | {"name": d["name"] + " LLC", "phones": [{"number": self.phone()}]},
                street=d["place"]["street"] + " Ste 9",
            ),
        }
        for kind in KINDS:
            for how, change in ways.items():
                if kind == "sober_living" and how == "a campus name":
                    continue
                one = self.service(kind)
                if how == "name and organisation swapped":
                    one["group"] = f"{self.pick(FIRST)} {self.pick(LAST)} Foundation"
                yield how, one, change(one)

    def same_saint(self) -> Iterator[tuple[str, Data, Data]]:
        for kind in KINDS:
            one = self.service(kind)
            saint = self.pick(SAINTS)
            one["name"] = f"Saint {saint}'s {self.pick(TYPES[kind])}"
            yield "St and Saint", one, one | {"name": one["name"].replace("Saint", "St.").replace("'", "’")}

    def same_meeting(self) -> Iterator[tuple[str, Data, Data]]:
        ways: dict[str, Callable[[Data], Data]] = {
            "abbreviations": lambda d: d | {"name": d["name"].replace("Group", "Grp").replace("Night", "Nite")},
            "the building abbreviated": lambda d: self.placed(
                d, name=d["place"]["name"].replace("Saint", "St").replace("Lutheran", "Luth.")
            ),
            "no street, the building named": lambda d: self.placed(
                d, street="", name=d["place"]["name"].replace("Saint", "St")
            ),
            "no street, the pin near": lambda d: self.placed(
                d, street="", name="", latitude=d["place"]["latitude"] + 0.0004
            ),
            "a typo in the name": lambda d: d | {"name": self.typo(d["name"])},
            "the name without Group": lambda d: d | {"name": d["name"].removesuffix(" Group")},
            "the fellowship unsaid": lambda d: {k: v for k, v in d.items() if k != "facets"},
            "other name, same hour and room": lambda d: d | {"name": f"{self.pick(LAST)} Beginnings"},
            "one more day": lambda d: (
                d
                | {
                    "times": [
                        *d["times"],
                        {"weekday": (d["times"][0]["weekday"] + 2) % 7, "start": d["times"][0]["start"]},
                    ]
                }
            ),
            "moved by a quarter of an hour": lambda d: (
                d | {"times": [{**d["times"][0], "start": d["times"][0]["start"] + 15}]}
            ),
            "hybrid and in person": lambda d: (
                d | {"modality": "hybrid", "online": {"url": "https://zoom.example/j/81234567890"}}
            ),
        }
        for _ in range(5):
            for how, change in ways.items():
                one = self.meeting()
                yield how, one, change(one)
        for _ in range(4):
            one = self.meeting() | {
                "modality": "online",
                "online": {"url": f"https://zoom.us/j/{self.rng.randint(10**9, 10**10)}?pwd=a"},
            }
            del one["place"]
            yield (
                "the same online room, other words",
                one,
                one
                | {
                    "name": self.typo(one["name"]),
                    "online": {"url": one["online"]["url"].replace("?pwd=a", "").replace("zoom.us", "us02web.zoom.us")},
                },
            )

    # -- different places that look alike

    def other(self) -> Iterator[tuple[str, Data, Data]]:
        for _ in range(9):
            one = self.service("outpatient")
            yield (
                "another program at one address, another phone",
                one,
                self.service("outpatient") | {"place": one["place"]},
            )
            yield (
                "detox and outpatient of one house",
                one | {"name": one["name"] + " Detox", "facets": {"level": ["residential_detox"]}},
                one | {"name": one["name"] + " Outpatient"},
            )
            base = self.service("residential")
            yield (
                "for men and for women",
                base | {"name": "Men's " + base["name"]},
                base | {"name": "Women's " + base["name"]},
            )
            yield (
                "other suites, other names, one switchboard",
                self.placed(one, street=one["place"]["street"] + " Suite 100"),
                self.placed(
                    one | {"name": self.service("outpatient")["name"]}, street=one["place"]["street"] + " Suite 300"
                ),
            )
            free = [{"number": "800-555-0142"}]
            yield (
                "a chain with one national phone, two towns",
                one | {"phones": free},
                one | {"phones": free, "place": self.elsewhere(one)},
            )
            yield (
                "one name in two towns",
                one,
                one | {"phones": [{"number": self.phone()}], "place": self.elsewhere(one)},
            )
            home = self.service("sober_living")
            stem = home["name"]
            first, second = self.pick([("I", "II"), ("1", "2"), ("II", "III"), ("One", "Two"), ("East", "West")])
            yield (
                "houses of a row with one phone",
                home | {"name": f"{stem} {first}"},
                self.placed(home | {"name": f"{stem} {second}"}, street=self.next_door(home)),
            )
            yield (
                "houses of a row, streets unsaid",
                self.placed(home | {"name": f"{stem} {first}"}, street="", approximate=True),
                self.placed(home | {"name": f"{stem} {second}"}, street="", approximate=True),
            )
            yield (
                "one operator's houses in one town",
                home,
                home
                | {
                    "place": self.placed(home, street=f"{self.rng.randint(12, 9899)} {self.pick(STREETS)} Street")[
                        "place"
                    ],
                    "name": f"{self.pick(FIRST)} House",
                },
            )
            aid = self.service("community_service")
            yield (
                "pantry and legal aid of one charity",
                aid | {"name": aid["name"].split()[0] + " Charities Food Pantry", "facets": {"need": ["food"]}},
                aid | {"name": aid["name"].split()[0] + " Charities Legal Aid", "facets": {"need": ["legal_aid"]}},
            )
            meeting = self.meeting()
            yield (
                "a clinic and the meeting in its basement",
                one,
                meeting | {"name": one["name"], "place": one["place"]},
            )
            yield (
                "two fellowships in one church, one hour",
                meeting | {"facets": {"fellowship": ["aa"]}},
                meeting | {"facets": {"fellowship": ["na"]}},
            )
            yield (
                "one group, another hour",
                meeting,
                meeting | {"times": [{**meeting["times"][0], "start": (meeting["times"][0]["start"] + 120) % 1440}]},
            )
            yield (
                "one group, another day",
                meeting,
                meeting | {"times": [{**meeting["times"][0], "weekday": (meeting["times"][0]["weekday"] + 3) % 7}]},
            )
            yield (
                "men's and women's meeting, one hour, one church",
                meeting | {"name": "Men's " + meeting["name"]},
                meeting | {"name": "Women's " + meeting["name"]},
            )
            yield "another church at that hour", meeting, meeting | {"place": self.meeting()["place"]}
            yield (
                "one name online, other rooms",
                meeting | {"modality": "online", "place": None, "online": {"url": "https://zoom.us/j/8123456789"}},
                self.meeting()
                | {
                    "modality": "online",
                    "place": None,
                    "times": meeting["times"],
                    "facets": meeting["facets"],
                    "online": {"url": "https://zoom.us/j/8987654321"},
                },
            )
            yield (
                "next door with a name alike",
                one,
                self.placed(
                    one
                    | {
                        "name": one["name"].split()[0] + " " + self.pick(LAST) + " Clinic",
                        "phones": [{"number": self.phone()}],
                    },
                    street=self.next_door(one),
                ),
            )

    # -- the small changes

    def abbreviated(self, one: Data) -> Data:
        name = one["name"]
        for long, short in (
            ("Services", "Svcs"),
            ("Center", "Ctr"),
            ("Behavioral Health", "BH"),
            ("Treatment", "Tx"),
            ("Community", "Comm"),
            ("House", "Home"),
            ("Recovery", "Rec."),
            ("Residential", "Res"),
        ):
            name = name.replace(long, short)
        return one | {"name": name.replace("BH", "Behavioral Hlth")}

    def swapped(self, one: Data) -> Data:
        return one | {"name": one.get("group", one["name"]), "group": one["name"]}

    def placed(self, one: Data, **changes: Any) -> Data:
        return one | {"place": {**one["place"], **changes}}

    def typo_street(self, street: str) -> str:
        number, _, rest = street.partition(" ")
        return f"{number} {rest[:-8]}{self.typo(rest[-8:])}"

    def next_door(self, one: Data) -> str:
        number, _, rest = one["place"]["street"].partition(" ")
        return f"{int(number) + self.pick([2, 4, 10])} {rest}"

    def elsewhere(self, one: Data) -> Data:
        while (place := self.place())["city"] == one["place"]["city"]:
            pass
        return place


def pairs(seed: int = 7) -> list[dict[str, Any]]:
    inventor = Inventor(seed)
    same = [*inventor.same_service(), *inventor.same_service(), *inventor.same_saint(), *inventor.same_meeting()]
    told = [(True, *pair) for pair in same] + [(False, *pair) for pair in inventor.other()]
    return [{"same": same, "how": how, "a": _whole(a), "b": _whole(b)} for same, how, a, b in told]


def _whole(data: Data) -> Data:
    return {name: value for name, value in data.items() if value is not None}


if __name__ == "__main__":
    PAIRS.write_text("".join(json.dumps(pair) + "\n" for pair in pairs()), encoding="utf-8")
