from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    """What was checked and when, who calls where, links of programs and their corrections."""

    dependencies = [("directory", "0008_pass_on")]
    initial = False

    operations = [
        ops.CreateModel(
            name='Check',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('listing', fields.ForeignKeyField('directory.Listing', source_field='listing_id', db_constraint=True, to_field='id', related_name='checks', on_delete=OnDelete.CASCADE)),
                ('fact', fields.CharField(max_length=10)),
                ('how', fields.CharField(max_length=8)),
                ('outcome', fields.CharField(max_length=10)),
                ('value', fields.JSONField(null=True)),
                ('who', fields.CharField(default='', max_length=120)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('newest', fields.BooleanField(default=True)),
            ],
            options={'table': 'check', 'app': 'directory', 'indexes': [Index(fields=['listing_id', 'newest']), Index(fields=['how', 'at'])], 'pk_attr': 'id', 'table_description': 'Somebody made sure of one group of facts of one listing, or tried to.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Call',
            fields=[
                ('listing', fields.OneToOneField('directory.Listing', source_field='listing_id', primary_key=True, db_constraint=True, to_field='id', related_name='call', on_delete=OnDelete.CASCADE)),
                ('taken_by', fields.CharField(default='', max_length=120)),
                ('taken_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('tries', fields.SmallIntField(default=0)),
                ('not_before', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'call', 'app': 'directory', 'indexes': [Index(fields=['taken_by'])], 'pk_attr': 'listing_id', 'table_description': 'Whose turn it is to call a listing, and when to try again. A row exists once somebody took it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProgramLink',
            fields=[
                ('listing', fields.OneToOneField('directory.Listing', source_field='listing_id', primary_key=True, db_constraint=True, to_field='id', related_name='program_link', on_delete=OnDelete.CASCADE)),
                ('generation', fields.IntField(default=1)),
                ('made_by', fields.CharField(default='', max_length=120)),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended', fields.BooleanField(default=False)),
            ],
            options={'table': 'program_link', 'app': 'directory', 'pk_attr': 'listing_id', 'table_description': "A program's own link works while it names this generation. Making or ending one raises it."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Correction',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('listing', fields.ForeignKeyField('directory.Listing', source_field='listing_id', db_constraint=True, to_field='id', related_name='corrections', on_delete=OnDelete.CASCADE)),
                ('changes', fields.JSONField()),
                ('status', fields.CharField(default='waiting', max_length=8)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('decided_by', fields.CharField(default='', max_length=120)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'correction', 'app': 'directory', 'indexes': [Index(fields=['status', 'id']), Index(fields=['listing_id', 'at'])], 'pk_attr': 'id', 'table_description': 'What a program says should be changed. Nothing of it is public before an admin accepts it.'},
            bases=['Model'],
        ),
    ]
