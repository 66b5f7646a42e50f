from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

SQLITE = """
CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
"""
POSTGRES = """
CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$;
CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();
"""


async def only_added_to(apps, editor):
    sqlite = editor.client.capabilities.dialect == "sqlite"
    await editor.client.execute_script(SQLITE if sqlite else POSTGRES)


class Migration(migrations.Migration):
    """Accounts, their sessions, links and codes; limits; the audit trail, which refuses to be changed."""

    dependencies = [("directory", "0006_same_place")]
    initial = False

    operations = [
        ops.CreateModel(
            name='Account',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=80)),
                ('key', fields.CharField(unique=True, max_length=160)),
                ('role', fields.CharField(max_length=10)),
                ('password', fields.CharField(default='', max_length=200)),
                ('totp', fields.CharField(default='', max_length=300)),
                ('totp_asked', fields.CharField(default='', max_length=300)),
                ('totp_step', fields.BigIntField(default=0)),
                ('demo', fields.BooleanField(default=False)),
                ('disabled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'account', 'app': 'directory', 'pk_attr': 'id', 'table_description': 'One person who may sign in. Disabled, never deleted: the audit trail names them.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('number', fields.BigIntField(unique=True)),
                ('at', fields.CharField(max_length=32)),
                ('who', fields.CharField(max_length=120)),
                ('what', fields.CharField(max_length=40)),
                ('object', fields.CharField(default='', max_length=60)),
                ('outcome', fields.CharField(max_length=10)),
                ('before', fields.CharField(max_length=64)),
                ('hash', fields.CharField(max_length=64)),
            ],
            options={'table': 'audit_entry', 'app': 'directory', 'pk_attr': 'id', 'table_description': 'One line of the audit trail. Written once: triggers refuse a change, the chain of hashes shows one.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Invitation',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('token', fields.CharField(unique=True, max_length=64)),
                ('account', fields.ForeignKeyField('directory.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='links', on_delete=OnDelete.CASCADE)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'invitation', 'app': 'directory', 'pk_attr': 'id', 'table_description': 'A link that sets a password, once.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Limit',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('bucket', fields.CharField(max_length=40)),
                ('who', fields.CharField(max_length=64)),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('count', fields.IntField(default=0)),
                ('last_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'limit_count', 'app': 'directory', 'unique_together': (('bucket', 'who', 'since'),), 'pk_attr': 'id', 'table_description': 'How often somebody, known by a keyed hash, did something in a span of time.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('directory.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='codes', on_delete=OnDelete.CASCADE)),
                ('code', fields.CharField(max_length=64)),
                ('used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'recovery_code', 'app': 'directory', 'unique_together': (('account', 'code'),), 'pk_attr': 'id', 'table_description': 'What opens the second step once when the phone is lost: a keyed hash.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Session',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('token', fields.CharField(unique=True, max_length=64)),
                ('account', fields.ForeignKeyField('directory.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='sessions', on_delete=OnDelete.CASCADE)),
                ('stage', fields.CharField(max_length=6)),
                ('browser', fields.CharField(default='', max_length=40)),
                ('started_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('seen_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'session', 'app': 'directory', 'pk_attr': 'id', 'table_description': "One browser that is signed in, or on the way: its token's hash."},
            bases=['Model'],
        ),
        ops.RunPython(only_added_to),
    ]
