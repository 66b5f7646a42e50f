"""What a person may set of a publisher: read from a form or the command line, checked, saved with who did it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from directory.acting import acting
from directory.errors import NotFound
from directory.fetching import SCHEDULES, allowed
from directory.models import Publisher
from directory.security import audit
from directory.security.audit import Act
from directory.settings import Settings
from directory.vocab import Fellowship
from importers import clean

TEXTS = ("licence", "timezone", "state", "fellowship", "feed_url")
PASS_ON = {"": "as its licence says", "yes": "yes", "no": "no"}
NAMES = ("trust", *TEXTS, "schedule", "hands_off", "pass_on", "everything")


async def find(number: int) -> Publisher:
    row = await Publisher.get_or_none(id=number) if 0 < number < 2**31 else None
    if row is None:
        raise NotFound(f"There is no publisher {number}.")
    return row


def shown(row: Publisher) -> dict[str, str]:
    """Each fact as a form holds it."""
    plain = {name: str(getattr(row, name)) for name in (*TEXTS, "trust", "schedule", "pass_on")}
    return plain | {name: "yes" if getattr(row, name) else "" for name in ("hands_off", "everything")}


def read(given: Mapping[str, str], settings: Settings) -> tuple[dict[str, Any], dict[str, str]]:
    """The facts, and what is wrong with them by field, in sentences; `given` names all NAMES (absent is empty)."""
    told = {name: clean.words(given.get(name, "")) for name in NAMES}
    problems: dict[str, str] = {}
    if not (told["trust"].isascii() and told["trust"].isdigit() and int(told["trust"][:4]) <= 100):
        problems["trust"] = "Write a number from 0 to 100."
    zone, state = clean.zone(told["timezone"]), clean.state(told["state"])
    if told["timezone"] and not zone:
        problems["timezone"] = "Write it like America/New_York."
    if told["state"] and not state:
        problems["state"] = "Write two letters, like OH."
    if told["fellowship"] and told["fellowship"] not in Fellowship._value2member_map_:
        problems["fellowship"] = "Choose one from the list."
    if told["pass_on"] not in PASS_ON:
        problems |= {"pass_on": "Write yes or no, or leave it to the licence."}
    url, schedule = told["feed_url"], told["schedule"] or "off"
    if url and not allowed(url, settings.feed_hosts):
        problems["feed_url"] = f"{urlsplit(url).hostname or url} is not in AFTERCARE_FEED_HOSTS, or is not https."
    if schedule not in SCHEDULES or (schedule != "off" and not url):
        problems["schedule"] = "Give the address of the feed first." if schedule in SCHEDULES else "Choose one."
    if len(told["licence"]) > 300 or len(url) > 600:
        problems["licence" if len(told["licence"]) > 300 else "feed_url"] = "That is too long."
    facts = {
        **told,
        "trust": 0 if "trust" in problems else int(told["trust"]),
        "timezone": zone or "",
        "state": state,
        "schedule": schedule,
        "hands_off": told["hands_off"] == "yes",
        "everything": told["everything"] == "yes",
    }
    return facts, problems


async def save(row: Publisher, facts: Mapping[str, Any], now: datetime) -> None:
    """What changed is in the audit trail by whose publisher it is; its words are on its page."""
    if facts["feed_url"] != row.feed_url:
        row.fetched = None
    row.update_from_dict(dict(facts))
    await row.save()
    await audit.record(acting.get(), Act.PUBLISHER, f"publisher {row.id}", now=now)
