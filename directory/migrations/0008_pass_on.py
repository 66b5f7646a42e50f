from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    """Whether a publisher's listings may be passed on, whatever its licence says."""

    dependencies = [("directory", "0007_accounts")]
    initial = False

    operations = [
        ops.AddField(
            model_name='Publisher',
            name='pass_on',
            field=fields.CharField(default='', db_default='', max_length=3),
        ),
    ]
