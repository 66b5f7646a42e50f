"""Promises of a run: those its source's TOML makes, and that the feed is no less than it was last time."""

from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, Any]  # read, listings, placed, columns, and gone of active: numbers and names kept with a batch
FEW = 3  # below this many listings a change of size says nothing


def held_back(now: Facts, before: Facts | None, checks: Mapping[str, Any]) -> list[str]:
    """Why the whole batch waits for a person, a sentence each; empty when nothing does.

    `checks` is the [checks] table with what the run measured: `filled` (share of drafts by field) and `seen` (columns).
    """
    found = _promises(now, checks)
    listings = int(now.get("listings", 0))
    if not listings:
        was = f"; last time there were {before['listings']}" if before and before.get("listings") else ""
        found.append(f"Not one of the {now.get('read', 0)} records read became a listing{was}.")
    elif before is not None:
        found += _shrunk(listings, int(before.get("listings", 0))) or _replaced(now)
        found += _unplaced(now, before)
    else:
        found += _replaced(now)
    return found + (_lost(now, before, checks) if before is not None else [])


def _promises(now: Facts, checks: Mapping[str, Any]) -> list[str]:
    found = []
    least = int(checks.get("rows_min", 0))
    if now.get("read", 0) < least:
        found.append(f"The feed has {now.get('read', 0)} records; at least {least} are expected.")
    filled = checks.get("filled", {})
    for name, share in checks.get("fill", {}).items():
        if filled.get(name, 1.0) < share:
            found.append(
                f"The field {name} is filled in {filled[name]:.0%} of the listings; at least {share:.0%} are expected."
            )
    return found


def _shrunk(listings: int, before: int) -> list[str]:
    """A third is meant exactly: 20 of 30 is a third less."""
    if before < FEW or 3 * (before - listings) < before:
        return []
    return [f"The feed shrank from {before} to {listings} listings."]


def _replaced(now: Facts) -> list[str]:
    gone, active = int(now.get("gone", 0)), int(now.get("active", 0))
    if active < FEW or 3 * gone < active:
        return []
    return [f"{gone} of the {active} public listings are no longer in the feed."]


def _unplaced(now: Facts, before: Facts) -> list[str]:
    """Places that were there last time: an emptied address column is a lost one."""
    if int(before.get("listings", 0)) < FEW or not before.get("placed"):
        return []
    was, share = before["placed"] / before["listings"], now.get("placed", 0) / now["listings"]
    return [f"Only {share:.0%} of the listings have a place; last time {was:.0%} had."] if share < was * 2 / 3 else []


def _lost(now: Facts, before: Facts, checks: Mapping[str, Any]) -> list[str]:
    lost = sorted(set(before.get("columns", ())) - set(now.get("columns", ())) - set(checks.get("seen", ())))
    return [f"The feed lost what it had last time: {', '.join(lost)}."] if lost else []
