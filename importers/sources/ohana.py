"""Ohana, HSDS's ancestor: organizations with locations with services, nested as JSON or as a set of CSV tables."""

from importers.hsds import draft, joined

__all__ = ["draft", "joined"]
