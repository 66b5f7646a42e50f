"""Loads the invented seed listings through the importers, like anybody's feeds."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from directory import assets
from directory.errors import NeedsDecision
from directory.models import Listing
from directory.review import apply
from directory.runtime import Runtime
from directory.security import demo_accounts
from directory.staging import publisher_for, stage
from importers.mapping import load
from importers.run import read_feed


async def load_seeds(rt: Runtime) -> int:
    """Import every file of seeds/seeds.toml; answers how many listings are public. Again, it changes nothing."""
    seeds = assets.seeds()
    plan = tomllib.loads((seeds / "seeds.toml").read_text(encoding="utf-8"))
    for feed in plan["feed"]:
        await _load(rt, seeds, feed)
    return await Listing.filter(status="active").count()


async def make_accounts(rt: Runtime) -> dict[str, str]:
    """Name to password of the accounts to look around with; new passwords each time."""
    return await demo_accounts.make(datetime.now(UTC))


async def _load(rt: Runtime, seeds: Path, feed: Mapping[str, Any]) -> None:
    chosen = {name: feed.get(name, "") for name in ("fellowship", "timezone", "state")}
    mapping = load(Path(feed["map"])) if feed.get("map") else None
    reading = read_feed(
        [seeds / feed["file"]], source=feed.get("source", ""), publisher=feed["publisher"], mapping=mapping, **chosen
    )
    async with rt.alone():
        publisher = await publisher_for(reading, **chosen, dry_run=False)
        if not publisher.pass_on:  # invented, and ours to give away
            publisher.update_from_dict({"pass_on": "yes"})
            await publisher.save()
        batch, _ = await stage(reading, publisher, [feed["file"]])
        if batch.broken:
            raise NeedsDecision(f"The seed file {feed['file']} is held: {' '.join(batch.broken)}")
        await apply(rt, batch)
