"""Invented sources for tests of the machinery, so that they depend on no real one."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from directory.listing import ListingDraft
from directory.vocab import Kind
from importers import clean, sniff
from importers.lookups import Lookups
from importers.registry import Source
from importers.rows import Feed, Reject, Row, Skip

FACTS: dict[str, Any] = {
    "title": "Toy houses",
    "licence": "open",
    "home": "https://example.org",
    "publisher": "",
    "key": ["ref"],
    "ignore": ["Internal Notes"],
    "drop": ["Manager"],
    "drop_prefixes": ["contact_"],
    "sniff": {"formats": ["csv", "json", "xlsx"], "paths": ["", "houses", "values"], "all": ["ref", "House Name"]},
    "lookups": {"status": {"Open": "open"}},
}


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    key, name = row.take("ref"), clean.words(row.first("house_name", "House Name"))
    if not name:
        raise Reject("no name", key=key)
    if name == "boom":
        raise ZeroDivisionError("a mistake in the source")
    if clean.closed_in_name(name, meeting=False):
        raise Skip("marked closed in its name", name, key)
    if status := row.take("status"):
        look("status", status)
    if code := row.take("code"):
        row.note(f"unknown code: {code}")
    phone = clean.phone(row.take("phone"))
    return ListingDraft(
        key, name, Kind.SOBER_LIVING, phones=(phone,) if phone else (), website=clean.url(row.take("web"))
    )


def toy(name: str = "toy-houses", facts: Mapping[str, Any] | None = None, **functions: Any) -> Source:
    made = Source(name, FACTS | dict(facts or {}))
    made.__dict__["module"] = SimpleNamespace(**{"draft": draft} | functions)
    return made


def only(monkeypatch: pytest.MonkeyPatch, *sources: Source) -> None:
    """These are all the sources there are."""
    known = {one.name: one for one in sources}
    monkeypatch.setattr(sniff, "source_names", lambda: tuple(known))
    monkeypatch.setattr(sniff, "source", known.__getitem__)
