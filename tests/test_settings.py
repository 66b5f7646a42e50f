"""Settings are read once, and what is wrong with one is said by its name."""

import pytest

from directory.errors import BadSettings
from directory.settings import Settings


def test_nothing_set_means_sqlite_in_a_folder_here() -> None:
    settings = Settings.read({})
    assert settings.database_url.startswith("sqlite://")
    assert settings.database_url.endswith("aftercare-data/directory.sqlite3")


def test_a_postgres_url_is_used_as_given() -> None:
    assert Settings.read({"AFTERCARE_DATABASE": "postgres://u@h/d"}).database_url == "asyncpg://u@h/d"


def test_two_homes_never_share_a_path() -> None:
    one, two = Settings.read({"AFTERCARE_HOME": "/srv/a"}), Settings.read({"AFTERCARE_HOME": "/srv/b"})
    assert {one.index_path, one.database_url}.isdisjoint({two.index_path, two.database_url})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AFTERCARE_PORT", "eighty"),
        ("AFTERCARE_PORT", "70000"),
        ("AFTERCARE_DATABASE", "mysql://x"),
        ("AFTERCARE_LANGUAGE", "tlh"),
        ("AFTERCARE_TIMEZONE", "Mars/North"),
        ("AFTERCARE_EXIT", "javascript:alert(1)"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name):
        Settings.read({name: value})
