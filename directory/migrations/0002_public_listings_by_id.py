from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """Reading all public listings a page at a time read and sorted all of them for each page."""

    dependencies = [("directory", "0001_initial")]
    initial = False

    operations = [
        ops.RemoveIndex(model_name="Listing", fields=["status", "kind"]),
        ops.AddIndex(model_name="Listing", index=Index(fields=["status", "id"])),
    ]
