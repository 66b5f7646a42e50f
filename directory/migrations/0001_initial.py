from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Change',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('listing_id', fields.IntField()),
                ('what', fields.CharField(max_length=10)),
                ('batch_id', fields.IntField(null=True)),
                ('before', fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'change', 'app': 'directory', 'indexes': [Index(fields=['listing_id', 'id'])], 'pk_attr': 'id', 'table_description': 'The change log, in order: what the index still has to learn, and what each listing was before.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Publisher',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(unique=True, max_length=200)),
                ('source', fields.CharField(max_length=60)),
                ('licence', fields.CharField(default='', max_length=300)),
                ('fellowship', fields.CharField(default='', max_length=40)),
                ('timezone', fields.CharField(default='', max_length=60)),
                ('state', fields.CharField(default='', max_length=2)),
                ('trust', fields.SmallIntField(default=50)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={'table': 'publisher', 'app': 'directory', 'pk_attr': 'id', 'table_description': 'Who publishes one feed. Its zone, fellowship, licence and trust hold for every record of it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Batch',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('publisher', fields.ForeignKeyField('directory.Publisher', source_field='publisher_id', db_constraint=True, to_field='id', related_name='batches', on_delete=OnDelete.CASCADE)),
                ('source', fields.CharField(max_length=60)),
                ('status', fields.CharField(default='staging', max_length=12)),
                ('files', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('facts', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('broken', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('report', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('reason', fields.CharField(default='', max_length=500)),
                ('started_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('finished_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'batch', 'app': 'directory', 'pk_attr': 'id', 'table_description': 'One import run: staging, then staged (waits for a person), then applying and applied, or rejected.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Listing',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('publisher', fields.ForeignKeyField('directory.Publisher', source_field='publisher_id', db_constraint=True, to_field='id', related_name='listings', on_delete=OnDelete.CASCADE)),
                ('key', fields.CharField(max_length=300)),
                ('source', fields.CharField(max_length=60)),
                ('status', fields.CharField(default='active', max_length=10)),
                ('kind', fields.CharField(max_length=20)),
                ('name', fields.CharField(max_length=500)),
                ('data', fields.JSONField(encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('said', fields.CharField(max_length=32)),
                ('raw_said', fields.CharField(max_length=32)),
                ('edited', fields.BooleanField(default=False)),
                ('record_id', fields.BigIntField(null=True)),
                ('first_seen_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('seen_on', fields.DateField()),
            ],
            options={'table': 'listing', 'app': 'directory', 'unique_together': (('publisher', 'key'),), 'indexes': [Index(fields=['status', 'kind'])], 'pk_attr': 'id', 'table_description': 'One service at one place, known by (publisher, key). Retired, never deleted.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SourceRecord',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('batch', fields.ForeignKeyField('directory.Batch', source_field='batch_id', db_constraint=True, to_field='id', related_name='records', on_delete=OnDelete.CASCADE)),
                ('number', fields.IntField()),
                ('key', fields.CharField(default='', max_length=300)),
                ('outcome', fields.CharField(max_length=10)),
                ('reason', fields.CharField(default='', max_length=200)),
                ('detail', fields.TextField(default='', unique=False)),
                ('words', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('draft', fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('applied', fields.BooleanField(default=False)),
            ],
            options={'table': 'source_record', 'app': 'directory', 'indexes': [Index(fields=['batch_id', 'applied', 'id']), Index(fields=['batch_id', 'outcome'])], 'pk_attr': 'id', 'table_description': 'What a publisher said in one batch, verbatim (less personal contacts), and what came of it.'},
            bases=['Model'],
        ),
    ]
