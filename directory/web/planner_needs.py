"""The needs form: structured choices only. Reads what was sent, says what is wrong beside its field, keeps nothing."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from directory.handoff.needs import ONE, SEVERAL, Needs
from directory.handoff.presets import presets
from directory.i18n import catalogue
from directory.runtime import Runtime
from directory.search.query import Near
from directory.term import Term
from directory.vocab import label
from directory.web.forms import Fields, Pairs
from directory.web.render import Visit

RADII = ("2", "5", "10", "25", "50", "100")  # miles
TONGUES = ("es", "ase", "zh", "vi", "ar", "fr", "ht", "hi", "ko", "ne", "pt", "ru", "so", "sw", "tl", "am")
PLAIN = ("place", "radius", "leave_day", "leave_hour", "supply_through", "language")
NAMES = (*PLAIN, *SEVERAL, *ONE)
FAR = 366  # days: nobody plans a discharge further ahead
GROUPS = {  # field -> group of vocab.label, where the field has another name
    "kinds": "kind",
    "needs": "need",
    "wishes": "wish",
}


@dataclass(frozen=True, slots=True)
class Form:
    """What was chosen, as fields; `needs` is None while something is wrong, and `problems` says what, by field."""

    pairs: Pairs
    needs: Needs | None
    problems: Mapping[str, str]

    def one(self, name: str) -> str:
        return next((value for given, value in self.pairs if given == name), "")

    def several(self, name: str) -> list[str]:
        return [value for given, value in self.pairs if given == name]


def chosen_pairs(fields: Fields) -> Pairs:
    """The fields of the form, without what is no choice of it; a preset chosen since fills its own fields."""
    found: Pairs = [(name, fields[name]) for name in PLAIN if fields.get(name)]
    found = [(name, value) for name, value in found if name != "language" or _tongue(value)]
    for name, words in (*SEVERAL.items(), *ONE.items()):
        sound = [value for value in dict.fromkeys(fields.getlist(name)) if value in words._value2member_map_]
        found += [(name, value) for value in (sound if name in SEVERAL else sound[:1])]
    preset = presets().get(fields.get("preset", ""))
    if preset is None or preset.code == fields.get("filled"):
        return found
    told: Pairs = []
    for name, value in preset.needs.items():
        told += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
    return [*((name, value) for name, value in found if name not in preset.needs), *told]


def preset_of(fields: Fields) -> str:
    """The preset the form was filled from, so that it is filled once only."""
    code = fields.get("preset", fields.get("filled", ""))
    return code if code in presets() else ""


async def read(visit: Visit, rt: Runtime) -> Form:
    pairs = chosen_pairs(visit.fields)
    given = dict(pairs)
    problems: dict[str, str] = {}
    near = await asyncio.to_thread(rt.locator.find, given["place"]) if given.get("place") else None
    zone = ZoneInfo((near.timezone if near else "") or visit.settings.timezone)
    local = visit.now.astimezone(zone)
    say = catalogue(visit.language).gettext
    if near is None:
        unknown = say("We do not know this place. Write a ZIP code, or a town and state, like Columbus, OH.")
        problems["place"] = unknown if given.get("place") else say("Say where the person will stay.")
    leaving = _leaving(given, local, visit, problems)
    supply = _supply(given, local, visit, problems)
    radius = given.get("radius", "")
    if radius and not (radius.isascii() and radius.isdigit() and 0 < int(radius[:6]) <= 500):
        problems["radius"] = say("Choose one of the distances.")
    if problems or near is None:
        return Form(pairs, None, problems)
    values = {name: [value for field, value in pairs if field == name] for name in SEVERAL}
    one = {name: given.get(name, "") for name in (*ONE, "language", "radius")}
    here = Near(near.label, near.lat, near.lon, near.state, near.county, str(zone))
    needs = Needs.read({**values, **one, "near": here, "leaving": leaving, "supply_through": supply})
    return Form(pairs, needs, {})


def begun(visit: Visit) -> Form:
    """An empty form: they leave today, in the next full hour."""
    local = visit.now.astimezone(ZoneInfo(visit.settings.timezone))
    soon = (local + timedelta(hours=1)).replace(minute=0)
    return Form([("leave_day", soon.date().isoformat()), ("leave_hour", f"{soon:%H:%M}")], None, {})


def _leaving(given: Mapping[str, str], local: datetime, visit: Visit, problems: dict[str, str]) -> datetime:
    """On the wall clock of where they will stay; a day without an hour is noon, today without one is now."""
    say = catalogue(visit.language).gettext
    day, hour = local.date(), None
    try:
        day = date.fromisoformat(given["leave_day"]) if given.get("leave_day") else day
        hour = time.fromisoformat(given["leave_hour"]) if given.get("leave_hour") else None
    except ValueError:
        problems["leave_day"] = say("We cannot read this day or hour. Choose the day, and the hour if you know it.")
        return local
    if day < local.date():
        problems["leave_day"] = say("This day is over. Choose the day they leave.")
    elif (day - local.date()).days > FAR:
        problems["leave_day"] = say("This day is more than a year away. Choose the day they leave.")
    if hour is None and day == local.date():
        return local.replace(second=0, microsecond=0)
    return _real(datetime.combine(day, (hour or time(12)).replace(tzinfo=None), local.tzinfo))


def _real(moment: datetime) -> datetime:
    """In the night the clocks go forward an hour is missing: what falls into it is an hour later."""
    zone = moment.tzinfo
    return moment.astimezone(ZoneInfo("UTC")).astimezone(zone)


def _supply(given: Mapping[str, str], local: datetime, visit: Visit, problems: dict[str, str]) -> date | None:
    say = catalogue(visit.language).gettext
    if not given.get("supply_through"):
        return None
    try:
        day = date.fromisoformat(given["supply_through"])
    except ValueError:
        problems["supply_through"] = say("We cannot read this day. Choose the last day the medicine lasts.")
        return None
    if abs((day - local.date()).days) > FAR:
        problems["supply_through"] = say("This day is more than a year away. Choose the last day the medicine lasts.")
    return day


def _tongue(value: str) -> bool:
    return value in TONGUES


def options(language: str) -> dict[str, list[tuple[str, str]]]:
    """Field -> (value, words) of everything that can be chosen."""
    found = {
        name: [(one.value, _words(name, one, language)) for one in words] for name, words in {**SEVERAL, **ONE}.items()
    }
    say = catalogue(language).gettext
    found["radius"] = [(miles, say("{miles} miles").format(miles=miles)) for miles in RADII]
    found["language"] = [(code, label("language", code, language)) for code in TONGUES]
    found["preset"] = [(one.code, one.label(language)) for one in presets().values()]
    return found


def _words(name: str, one: object, language: str) -> str:
    if isinstance(one, Term):
        return one.label(language)
    return label(GROUPS.get(name, name), str(one), language)
