from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise import fields


class Migration(migrations.Migration):
    """Lists kept for later under a random code."""

    dependencies = [("directory", "0011_days")]
    initial = False

    operations = [
        ops.CreateModel(
            name='KeptList',
            fields=[
                ('code', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('listing_ids', fields.JSONField(encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('language', fields.CharField(max_length=2)),
                ('large_print', fields.BooleanField()),
                ('discreet', fields.BooleanField()),
                ('ends_on', fields.DateField()),
            ],
            options={'table': 'kept_list', 'app': 'directory', 'pk_attr': 'code', 'table_description': 'Places somebody keeps under a random code: nothing of who, where, why, or the minute.'},
            bases=['Model'],
        ),
    ]
