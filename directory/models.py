"""The tables. Only catalog.py writes listings, only reports.py writes reports; only staging.py, review.py and undo.py
write batches; staging.py and answers.py write source records and what people decide about them.

No semicolon in a table's docstring: it becomes the table's comment, and SQLite scripts are split there.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Publisher(Model):
    """Who publishes one feed. Its zone, fellowship, licence and trust hold for every record of it."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=200, unique=True)
    source = fields.CharField(max_length=60)
    licence = fields.CharField(max_length=300, default="")
    fellowship = fields.CharField(max_length=40, default="")
    timezone = fields.CharField(max_length=60, default="")
    state = fields.CharField(max_length=2, default="")
    everything = fields.BooleanField(default=False, db_default=False)  # also what has nothing to do with aftercare
    trust = fields.SmallIntField(default=50)  # 0..100; the higher one wins where two say different things
    pass_on = fields.CharField(max_length=3, default="", db_default="")  # yes, no; "": exchange/licences.py decides
    created_at = fields.DatetimeField(auto_now_add=True)
    feed_url = fields.CharField(max_length=600, default="")
    schedule = fields.CharField(max_length=6, default="off")  # off daily weekly
    hands_off = fields.BooleanField(default=False)  # a fetched feed that no check holds is made public without review
    fetched_at = fields.DatetimeField(null=True)  # last tried
    fetched: dict[str, str] | None = fields.JSONField(null=True)  # etag, modified, and told: what came of it

    class Meta:
        table = "publisher"


class Batch(Model):
    """One import run: staging, then staged (waits for a person), then applying and applied, or rejected.

    An applied one can be undone. The undoing is a batch itself (source "undo"), so that it can be undone too.
    """

    id = fields.IntField(primary_key=True)
    publisher: fields.ForeignKeyRelation[Publisher] = fields.ForeignKeyField(
        "directory.Publisher", related_name="batches"
    )
    source = fields.CharField(max_length=60)
    status = fields.CharField(max_length=12, default="staging")
    files: list[str] = fields.JSONField(default=list)
    facts: dict[str, object] = fields.JSONField(default=dict)  # what checks compare with the next run: counts, columns
    broken: list[str] = fields.JSONField(default=list)  # broken promises, in sentences: the whole batch waits
    report: dict[str, object] = fields.JSONField(default=dict)  # the accounting, as `import --json` prints it
    reason = fields.CharField(max_length=500, default="")  # why a person accepted or rejected it
    started_at = fields.DatetimeField(auto_now_add=True)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "batch"


class SourceRecord(Model):
    """What a publisher said in one batch, verbatim (less personal contacts), and what came of it."""

    id = fields.BigIntField(primary_key=True)
    batch: fields.ForeignKeyRelation[Batch] = fields.ForeignKeyField("directory.Batch", related_name="records")
    number = fields.IntField()  # its number in the feed; 0 for a listing gone from it
    key = fields.CharField(max_length=300, default="")
    outcome = fields.CharField(max_length=10)  # new changed same held skipped rejected gone
    reason = fields.CharField(max_length=200, default="")
    detail = fields.TextField(default="")
    words: dict[str, object] = fields.JSONField(default=dict)
    draft: dict[str, object] | None = fields.JSONField(null=True)
    applied = fields.BooleanField(default=False)
    kind = fields.CharField(max_length=20, default="")  # of the draft; "" when it could not be read
    name = fields.CharField(max_length=120, default="")  # to find it by
    decision = fields.CharField(max_length=6, default="")  # of a person: accept leave edit; "" is not decided

    class Meta:
        table = "source_record"
        indexes = (
            Index(fields=("batch_id", "applied", "id")),
            Index(
                fields=("batch_id", "outcome", "reason", "kind", "decision", "name")
            ),  # counts and filters of a batch
        )


class Answer(Model):
    """What a person decided about one record: it holds while the source says the same of that key."""

    id = fields.BigIntField(primary_key=True)
    publisher: fields.ForeignKeyRelation[Publisher] = fields.ForeignKeyField(
        "directory.Publisher", related_name="answers"
    )
    key = fields.CharField(max_length=300)
    said = fields.CharField(max_length=40)  # fingerprint of the record's words, or "gone:" and that of the last ones
    decision = fields.CharField(max_length=6)
    draft: dict[str, object] | None = fields.JSONField(null=True)  # the person's reading, for edit
    who = fields.CharField(max_length=120, default="")
    at = fields.DatetimeField(auto_now=True)

    class Meta:
        table = "answer"
        unique_together = (("publisher", "key", "said"),)


class Listing(Model):
    """One service at one place, known by (publisher, key). Retired, never deleted."""

    id = fields.IntField(primary_key=True)
    publisher: fields.ForeignKeyRelation[Publisher] = fields.ForeignKeyField(
        "directory.Publisher", related_name="listings"
    )
    publisher_id: int
    key = fields.CharField(max_length=300)
    source = fields.CharField(max_length=60)
    status = fields.CharField(max_length=10, default="active")
    kind = fields.CharField(max_length=20)
    name = fields.CharField(max_length=500)
    data: dict[str, object] = fields.JSONField()  # the accepted draft, with its place and zones filled in
    said = fields.CharField(max_length=32)  # fingerprint of what the source's draft said when accepted
    raw_said = fields.CharField(max_length=32)  # fingerprint of its raw record: our own cleaning is never a change
    edited = fields.BooleanField(
        default=False
    )  # by a person, who may also have closed it; the next different record asks first
    record_id = fields.BigIntField(null=True)  # the SourceRecord it came from
    first_seen_at = fields.DatetimeField(auto_now_add=True)
    changed_at = fields.DatetimeField()
    seen_on = fields.DateField()  # last retrieved in its feed

    class Meta:
        table = "listing"
        unique_together = (("publisher", "key"),)
        indexes = (Index(fields=("status", "id")),)  # a page of the public ones, however many there are


class Change(Model):
    """The change log, in order: what the index still has to learn, and what each listing was before."""

    id = fields.BigIntField(primary_key=True)
    listing_id = fields.IntField()
    what = fields.CharField(max_length=10)  # new changed reread retired restored edited undone checked
    batch_id = fields.IntField(null=True)
    before: dict[str, object] | None = fields.JSONField(null=True)
    facts: dict[str, object] | None = fields.JSONField(null=True)  # the row's catalog.KEPT before, for undoing
    # the account, "command line", "program link"; "" for a feed
    who = fields.CharField(max_length=120, default="", db_default="")
    reason = fields.CharField(max_length=300, default="")  # in a person's words
    at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "change"
        indexes = (Index(fields=("listing_id", "id")), Index(fields=("batch_id", "listing_id")))


class Day(Model):
    """How the directory stood at the end of one day: counts only, for the plots of months."""

    day = fields.DateField(primary_key=True)
    facts: dict[str, object] = fields.JSONField(default=dict)  # "kinds": {kind: [listings of each age]}

    class Meta:
        table = "day"


class Report(Model):
    """What one visitor chose as wrong with one listing. No words of theirs, no address, no minute."""

    id = fields.BigIntField(primary_key=True)
    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField("directory.Listing", related_name="reports")
    listing_id: int
    reason = fields.CharField(max_length=10)  # a vocab.Reason
    who = fields.CharField(max_length=32)  # their network's hash under a key that is gone the next day
    reported_at = fields.DatetimeField()  # the hour only
    status = fields.CharField(max_length=8, default="open")  # open settled
    outcome = fields.CharField(max_length=10, default="")  # what a person found out
    settled_at = fields.DatetimeField(null=True)

    class Meta:
        table = "report"
        unique_together = (("listing", "reason", "who"),)
        indexes = (Index(fields=("who",)), Index(fields=("reported_at",)), Index(fields=("status",)))
