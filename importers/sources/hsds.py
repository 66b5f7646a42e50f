"""HSDS of Open Referral, 1.0 to 3.x: nested or flat JSON, or the tables of a package."""

from importers.hsds import draft, joined, unwrap

__all__ = ["draft", "joined", "unwrap"]
