"""The table of lists kept for later.

No semicolon in a table's docstring: it becomes the table's comment, and SQLite scripts are split there.
"""

from datetime import date

from tortoise import fields
from tortoise.models import Model


class KeptList(Model):
    """Places somebody keeps under a random code: nothing of who, where, why, or the minute."""

    code = fields.CharField(max_length=64, primary_key=True)  # SHA-256 of the code, in hex
    listing_ids: list[int] = fields.JSONField()  # in the order chosen
    language = fields.CharField(max_length=2)
    large_print = fields.BooleanField()
    discreet = fields.BooleanField()
    ends_on: date = fields.DateField()  # UTC, over when this day begins

    class Meta:
        table = "kept_list"
