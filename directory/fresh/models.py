"""The tables of freshness: what was checked, who calls where right now, programs' links and their corrections."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from directory.models import Listing


class Check(Model):
    """Somebody made sure of one group of facts of one listing, or tried to."""

    id = fields.BigIntField(primary_key=True)
    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField("directory.Listing", related_name="checks")
    listing_id: int
    fact = fields.CharField(max_length=10)  # a freshness.Fact
    how = fields.CharField(max_length=8)  # a freshness.How
    outcome = fields.CharField(max_length=10)  # right changed no_answer wrong closed
    value: dict[str, object] | None = fields.JSONField(null=True)  # what it says now, for a vacancy
    who = fields.CharField(max_length=120, default="")
    at = fields.DatetimeField()
    newest = fields.BooleanField(default=True)  # the last of its listing and fact that found it right

    class Meta:
        table = "check"
        indexes = (Index(fields=("listing_id", "newest")), Index(fields=("how", "at")))


class Call(Model):
    """Whose turn it is to call a listing, and when to try again. A row exists once somebody took it."""

    listing: fields.OneToOneRelation[Listing] = fields.OneToOneField(
        "directory.Listing", related_name="call", primary_key=True
    )
    listing_id: int
    taken_by = fields.CharField(max_length=120, default="")
    taken_until = fields.DatetimeField(null=True)
    tries = fields.SmallIntField(default=0)  # calls nobody answered, since somebody last did
    not_before = fields.DatetimeField(null=True)

    class Meta:
        table = "call"
        indexes = (Index(fields=("taken_by",)),)


class ProgramLink(Model):
    """A program's own link works while it names this generation. Making or ending one raises it."""

    listing: fields.OneToOneRelation[Listing] = fields.OneToOneField(
        "directory.Listing", related_name="program_link", primary_key=True
    )
    listing_id: int
    generation = fields.IntField(default=1)
    made_by = fields.CharField(max_length=120, default="")
    made_at = fields.DatetimeField()
    ended = fields.BooleanField(default=False)

    class Meta:
        table = "program_link"


class Correction(Model):
    """What a program says should be changed. Nothing of it is public before an admin accepts it."""

    id = fields.BigIntField(primary_key=True)
    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "directory.Listing", related_name="corrections"
    )
    listing_id: int
    changes: dict[str, object] = fields.JSONField()  # as fresh/amend.py reads them
    status = fields.CharField(max_length=8, default="waiting")  # waiting accepted declined replaced
    at = fields.DatetimeField()
    decided_by = fields.CharField(max_length=120, default="")
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "correction"
        indexes = (Index(fields=("status", "id")), Index(fields=("listing_id", "at")))
