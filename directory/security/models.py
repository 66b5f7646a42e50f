"""The tables of accounts. Nothing in them opens a door when copied: passwords, links, codes and sessions are hashes,
what must be read back is sealed.

No semicolon in a table's docstring: it becomes the table's comment, and SQLite scripts are split there.
"""

from datetime import datetime

from tortoise import fields
from tortoise.models import Model


class Account(Model):
    """One person who may sign in. Disabled, never deleted: the audit trail names them."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80)  # as shown
    key = fields.CharField(max_length=160, unique=True)  # the name as it is compared: folded, normal form C of KC
    role = fields.CharField(max_length=10)  # a roles.Role
    password = fields.CharField(max_length=200, default="")  # argon2id; "" until the first link is used
    totp = fields.CharField(max_length=300, default="")  # the seed, sealed; "" without
    totp_asked = fields.CharField(max_length=300, default="")  # a seed shown and not confirmed yet, sealed
    totp_step = fields.BigIntField(default=0)  # the last half minute whose code was used: none is used twice
    demo = fields.BooleanField(default=False)  # made by `aftercare demo`: signs in without a second step
    disabled_at: datetime | None = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "account"


class Session(Model):
    """One browser that is signed in, or on the way: its token's hash."""

    id = fields.BigIntField(primary_key=True)
    token = fields.CharField(max_length=64, unique=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("directory.Account", related_name="sessions")
    account_id: int
    stage = fields.CharField(max_length=6)  # a sessions.Stage
    browser = fields.CharField(max_length=40, default="")  # "Firefox on Windows", no more
    started_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()  # whatever happens

    class Meta:
        table = "session"


class Invitation(Model):
    """A link that sets a password, once."""

    id = fields.IntField(primary_key=True)
    token = fields.CharField(max_length=64, unique=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("directory.Account", related_name="links")
    account_id: int
    ends_at = fields.DatetimeField()
    used_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "invitation"


class RecoveryCode(Model):
    """What opens the second step once when the phone is lost: a keyed hash."""

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("directory.Account", related_name="codes")
    account_id: int
    code = fields.CharField(max_length=64)
    used_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "recovery_code"
        unique_together = (("account", "code"),)


class Limit(Model):
    """How often somebody, known by a keyed hash, did something in a span of time."""

    id = fields.BigIntField(primary_key=True)
    bucket = fields.CharField(max_length=40)
    who = fields.CharField(max_length=64)
    since = fields.DatetimeField()  # where the span begins
    count = fields.IntField(default=0)
    last_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "limit_count"
        unique_together = (("bucket", "who", "since"),)


class AuditEntry(Model):
    """One line of the audit trail. Written once: triggers refuse a change, the chain of hashes shows one."""

    id = fields.BigIntField(primary_key=True)
    number = fields.BigIntField(unique=True)  # 1, 2, 3 …
    at = fields.CharField(max_length=32)  # ISO, UTC: text, so that it hashes the same in every database
    who = fields.CharField(max_length=120)
    what = fields.CharField(max_length=40)  # an audit.Act
    object = fields.CharField(max_length=60, default="")  # "account 3"
    outcome = fields.CharField(max_length=10)  # an audit.Outcome
    before = fields.CharField(max_length=64)  # the hash of the entry before
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "audit_entry"
