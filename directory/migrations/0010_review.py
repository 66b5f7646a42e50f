import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


def json_field():
    return fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)


class Migration(migrations.Migration):
    """What people decide about records, all that undoing needs, and feeds that are fetched."""

    dependencies = [("directory", "0009_freshness")]
    initial = False

    operations = [
        ops.CreateModel(
            name='Answer',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('publisher', fields.ForeignKeyField('directory.Publisher', source_field='publisher_id', db_constraint=True, to_field='id', related_name='answers', on_delete=OnDelete.CASCADE)),
                ('key', fields.CharField(max_length=300)),
                ('said', fields.CharField(max_length=40)),
                ('decision', fields.CharField(max_length=6)),
                ('draft', json_field()),
                ('who', fields.CharField(default='', max_length=120)),
                ('at', fields.DatetimeField(auto_now=True, auto_now_add=False)),
            ],
            options={'table': 'answer', 'app': 'directory', 'unique_together': (('publisher', 'key', 'said'),), 'pk_attr': 'id', 'table_description': 'What a person decided about one record: it holds while the source says the same of that key.'},
            bases=['Model'],
        ),
        ops.AddField(model_name='SourceRecord', name='kind', field=fields.CharField(default='', db_default='', max_length=20)),
        ops.AddField(model_name='SourceRecord', name='name', field=fields.CharField(default='', db_default='', max_length=120)),
        ops.AddField(model_name='SourceRecord', name='decision', field=fields.CharField(default='', db_default='', max_length=6)),
        ops.AddIndex(model_name='SourceRecord', index=Index(fields=['batch_id', 'outcome', 'reason', 'kind', 'decision', 'name'])),
        ops.AddField(model_name='Change', name='facts', field=json_field()),
        ops.AddField(model_name='Change', name='reason', field=fields.CharField(default='', db_default='', max_length=300)),
        ops.AddIndex(model_name='Change', index=Index(fields=['batch_id', 'listing_id'])),
        ops.AddField(model_name='Publisher', name='feed_url', field=fields.CharField(default='', db_default='', max_length=600)),
        ops.AddField(model_name='Publisher', name='schedule', field=fields.CharField(default='off', db_default='off', max_length=6)),
        ops.AddField(model_name='Publisher', name='hands_off', field=fields.BooleanField(default=False, db_default=False)),
        ops.AddField(model_name='Publisher', name='fetched_at', field=fields.DatetimeField(null=True)),
        ops.AddField(model_name='Publisher', name='fetched', field=json_field()),
    ]
