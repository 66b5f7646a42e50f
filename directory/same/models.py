"""The tables of linked listings. Only directory/duplicates writes them."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class SamePair(Model):
    """Two listings compared, the lower id first: linked, asked of a person, or kept apart, and why."""

    id = fields.IntField(primary_key=True)
    a_id = fields.IntField()
    b_id = fields.IntField()
    standing = fields.CharField(max_length=8)  # a same.grouping.Standing
    waits = fields.BooleanField(
        default=False
    )  # in the queue: unsure, or sure but refused by the publishers' own records
    score = fields.FloatField(default=0.0)
    why: list[dict[str, object]] = fields.JSONField(default=list)  # a same.scoring.Reason each
    lead_id = fields.IntField(null=True)  # the one a person chose to answer for both
    said = fields.CharField(max_length=70, default="")  # what both said when a person decided; else empty
    who = fields.CharField(max_length=120, default="")  # "" for the rules
    at = fields.DatetimeField()

    class Meta:
        table = "same_pair"
        unique_together = (("a_id", "b_id"),)
        indexes = (Index(fields=("b_id",)), Index(fields=("waits", "id")))


class SameMember(Model):
    """One public listing of a group and the listing that answers for it. The lead has a row of its own."""

    listing_id = fields.IntField(primary_key=True, generated=False)
    lead_id = fields.IntField()

    class Meta:
        table = "same_member"
        indexes = (Index(fields=("lead_id",)),)


class SameDecision(Model):
    """What a person decided about a pair, and what stood before: the history, never shortened."""

    id = fields.IntField(primary_key=True)
    a_id = fields.IntField()
    b_id = fields.IntField()
    what = fields.CharField(max_length=8)  # linked, apart, undone
    before: dict[str, object] | None = fields.JSONField(null=True)  # the pair's row, null when there was none
    undoes = fields.IntField(null=True)  # with undone: the decision taken back
    who = fields.CharField(max_length=120, default="")
    at = fields.DatetimeField()

    class Meta:
        table = "same_decision"
        indexes = (Index(fields=("a_id", "b_id")),)


class SameKey(Model):
    """What a listing can be found by when another is compared: listings that may be the same share a key."""

    id = fields.BigIntField(primary_key=True)
    listing_id = fields.IntField()
    key = fields.BigIntField()

    class Meta:
        table = "same_key"
        indexes = (Index(fields=("key", "listing_id")), Index(fields=("listing_id",)))


class SameMark(Model):
    """One row: up to which change the listings have been compared."""

    id = fields.IntField(primary_key=True, generated=False)
    change_id = fields.BigIntField()

    class Meta:
        table = "same_mark"
