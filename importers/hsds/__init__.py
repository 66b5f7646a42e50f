"""The HSDS family (Open Referral 1.0 to 3.x, Ohana): records of any shape made one, and that a listing."""

from importers.hsds.drafting import draft
from importers.hsds.joining import joined
from importers.hsds.shapes import unwrap

__all__ = ["draft", "joined", "unwrap"]
