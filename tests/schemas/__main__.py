"""Keeps a database of today's schema, with a few invented listings in it: `python -m tests.schemas` before a release
that brings a migration. Writes tests/schemas/NAME_OF_THE_LAST_MIGRATION.sql and touches no older one.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from tests.web.site import fill

HERE = Path(__file__).parent
MIGRATIONS = Path(__file__).parents[2] / "directory" / "migrations"


def newest() -> str:
    return max(file.stem for file in MIGRATIONS.glob("0*.py"))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        with closing(sqlite3.connect(Path(folder) / "directory.sqlite3")) as database:
            ours = (
                database.execute("DELETE FROM listing WHERE id > 8").rowcount
                + database.execute("DELETE FROM change WHERE listing_id > 8").rowcount
            )
            (HERE / f"{newest()}.sql").write_text("\n".join(database.iterdump()) + "\n", encoding="utf-8")
    print(f"Wrote {newest()}.sql without {ours} rows that say nothing new.")


if __name__ == "__main__":
    main()
