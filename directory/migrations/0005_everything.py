from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    """Which publishers' services are let in even when they have nothing to do with aftercare."""

    dependencies = [("directory", "0004_who")]
    initial = False

    operations = [
        ops.AddField(
            model_name='Publisher',
            name='everything',
            field=fields.BooleanField(default=False, db_default=False),
        ),
    ]
