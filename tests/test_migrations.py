"""A directory that is in use is brought up to date with everything in it."""

from pathlib import Path

from tortoise.context import TortoiseContext
from tortoise.migrations.executor import MigrationTarget

from directory.models import Change, Publisher
from directory.runtime import opened
from directory.settings import Settings
from directory.tables import APP, _executor, tortoise_config


async def test_filled_tables_get_the_columns_of_review_and_keep_their_rows(
    database_without_tables: str, tmp_path: Path
) -> None:
    settings = Settings(home=str(tmp_path), database=database_without_tables)
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(settings.database_url))
        await _executor(context.db(), settings.database_url).migrate([MigrationTarget(APP, "0004_who")])
        await context.db().execute_script(
            "INSERT INTO publisher (name, source, licence, fellowship, timezone, state, trust, created_at)"
            " VALUES ('Old', 'meeting-guide', '', '', '', '', 50, '2026-01-01 00:00:00+00:00')"
        )
        await context.db().execute_script(
            "INSERT INTO change (listing_id, what, at, who) VALUES (1, 'new', '2026-01-01 00:00:00+00:00', '')"
        )
    async with opened(settings):
        old = await Publisher.get(name="Old")
        assert (old.schedule, old.hands_off, old.feed_url) == ("off", False, "")
        assert (await Change.get()).reason == ""
