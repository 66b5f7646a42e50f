from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    """What visitors say is wrong with a listing."""

    dependencies = [("directory", "0002_public_listings_by_id")]
    initial = False

    operations = [
        ops.CreateModel(
            name='Report',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('listing', fields.ForeignKeyField('directory.Listing', source_field='listing_id', db_constraint=True, to_field='id', related_name='reports', on_delete=OnDelete.CASCADE)),
                ('reason', fields.CharField(max_length=10)),
                ('who', fields.CharField(max_length=32)),
                ('reported_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('status', fields.CharField(default='open', max_length=8)),
                ('outcome', fields.CharField(default='', max_length=10)),
                ('settled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'report', 'app': 'directory', 'unique_together': (('listing', 'reason', 'who'),), 'indexes': [Index(fields=['who']), Index(fields=['reported_at']), Index(fields=['status'])], 'pk_attr': 'id', 'table_description': 'What one visitor chose as wrong with one listing. No words of theirs, no address, no minute.'},
            bases=['Model'],
        ),
    ]
