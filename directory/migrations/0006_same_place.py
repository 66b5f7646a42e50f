import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """The same place from two publishers: pairs, groups, decisions, and what finds them."""

    dependencies = [("directory", "0005_everything")]
    initial = False

    operations = [
        ops.CreateModel(
            name='SamePair',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('a_id', fields.IntField()),
                ('b_id', fields.IntField()),
                ('standing', fields.CharField(max_length=8)),
                ('waits', fields.BooleanField(default=False)),
                ('score', fields.FloatField(default=0.0)),
                ('why', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('lead_id', fields.IntField(null=True)),
                ('said', fields.CharField(default='', max_length=70)),
                ('who', fields.CharField(default='', max_length=120)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'same_pair', 'app': 'directory', 'unique_together': (('a_id', 'b_id'),), 'indexes': [Index(fields=['b_id']), Index(fields=['waits', 'id'])], 'pk_attr': 'id', 'table_description': 'Two listings compared, the lower id first: linked, asked of a person, or kept apart, and why.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SameMember',
            fields=[
                ('listing_id', fields.IntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ('lead_id', fields.IntField()),
            ],
            options={'table': 'same_member', 'app': 'directory', 'indexes': [Index(fields=['lead_id'])], 'pk_attr': 'listing_id', 'table_description': 'One public listing of a group and the listing that answers for it. The lead has a row of its own.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SameDecision',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('a_id', fields.IntField()),
                ('b_id', fields.IntField()),
                ('what', fields.CharField(max_length=8)),
                ('before', fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('undoes', fields.IntField(null=True)),
                ('who', fields.CharField(default='', max_length=120)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'same_decision', 'app': 'directory', 'indexes': [Index(fields=['a_id', 'b_id'])], 'pk_attr': 'id', 'table_description': 'What a person decided about a pair, and what stood before: the history, never shortened.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SameKey',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('listing_id', fields.IntField()),
                ('key', fields.BigIntField()),
            ],
            options={'table': 'same_key', 'app': 'directory', 'indexes': [Index(fields=['key', 'listing_id']), Index(fields=['listing_id'])], 'pk_attr': 'id', 'table_description': 'What a listing can be found by when another is compared: listings that may be the same share a key.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SameMark',
            fields=[
                ('id', fields.IntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ('change_id', fields.BigIntField()),
            ],
            options={'table': 'same_mark', 'app': 'directory', 'pk_attr': 'id', 'table_description': 'One row: up to which change the listings have been compared.'},
            bases=['Model'],
        ),
    ]
