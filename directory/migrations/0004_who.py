from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    """Who changed a listing."""

    dependencies = [("directory", "0003_reports")]
    initial = False

    operations = [
        ops.AddField(
            model_name='Change',
            name='who',
            field=fields.CharField(default='', db_default='', max_length=120),
        ),
    ]
