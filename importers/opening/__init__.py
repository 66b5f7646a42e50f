"""Opens any feed: one file, a directory or a zip is a set of tables, told by content and never by suffix."""

from importers.opening.members import Member, shown
from importers.opening.tables import Opened, Table, Unsound, normal, open_feed

__all__ = ["Member", "Opened", "Table", "Unsound", "normal", "open_feed", "shown"]
