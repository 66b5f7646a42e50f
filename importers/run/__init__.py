"""Reads one feed to the end, with every record accounted for."""

from importers.run.folding import FOLDED, SHARED, TWICE, UNFOLDED, Result
from importers.run.naming import named_after
from importers.run.reading import Reading, read_feed

__all__ = ["FOLDED", "SHARED", "TWICE", "UNFOLDED", "Reading", "Result", "named_after", "read_feed"]
