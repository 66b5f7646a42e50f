"""HSDS of Open Referral, 1.0 to 3.x: nested or flat JSON, or the tables of a package."""

from importers.hsds import draft, joined

__all__ = ["draft", "joined"]
