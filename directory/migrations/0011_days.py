from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise import fields


class Migration(migrations.Migration):
    """How the directory stood at the end of each day."""

    dependencies = [("directory", "0010_review")]
    initial = False

    operations = [
        ops.CreateModel(
            name='Day',
            fields=[
                ('day', fields.DateField(primary_key=True, unique=True, db_index=True)),
                ('facts', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
            ],
            options={'table': 'day', 'app': 'directory', 'pk_attr': 'day', 'table_description': 'How the directory stood at the end of one day: counts only, for the plots of months.'},
            bases=['Model'],
        ),
    ]
