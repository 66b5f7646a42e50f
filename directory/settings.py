"""Every environment variable, read once. docs/operating.md documents each; a test keeps that true."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from directory.errors import BadSettings


def _env(name: str, default: str, what: str) -> Any:
    return field(default=default, metadata={"env": name, "help": what})


@dataclass(frozen=True, slots=True)
class Settings:
    home: str = _env("AFTERCARE_HOME", "./aftercare-data", "Folder that holds all state: database, index, keys.")
    database: str = _env("AFTERCARE_DATABASE", "", "postgres://… for a server; empty for SQLite inside AFTERCARE_HOME.")
    host: str = _env("AFTERCARE_HOST", "127.0.0.1", "Address the web server listens on.")
    port: str = _env("AFTERCARE_PORT", "8000", "Port the web server listens on.")
    name: str = _env("AFTERCARE_NAME", "Aftercare Directory", "Name shown on pages and on paper.")
    timezone: str = _env(
        "AFTERCARE_TIMEZONE", "America/New_York", "IANA zone of the people served, for 'today' and 'tonight'."
    )
    phone: str = _env(
        "AFTERCARE_PHONE", "", "24-hour phone of the unit, printed on the handoff; empty to leave it off."
    )
    language: str = _env("AFTERCARE_LANGUAGE", "en", "Language of pages when the browser asks for none: en or es.")
    exit: str = _env("AFTERCARE_EXIT", "https://www.weather.gov/", "Harmless page that 'Leave this page' goes to.")

    metrics: str = _env(
        "AFTERCARE_METRICS", "", "Token that opens /metrics (16 characters or more); empty for no such page."
    )
    gtfs: str = _env("AFTERCARE_GTFS", "", "GTFS zip of the local buses, for travel times in the plan; empty for none.")

    @classmethod
    def read(cls, env: Mapping[str, str]) -> "Settings":
        given = {f.name: env[f.metadata["env"]] for f in fields(cls) if env.get(f.metadata["env"])}
        settings = cls(**given)
        settings._check()
        return settings

    def _check(self) -> None:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        if not (self.port.isascii() and self.port.isdigit()) or not 0 < int(self.port) < 65536:
            raise BadSettings(f"AFTERCARE_PORT must be a number from 1 to 65535, not {self.port!r}")
        if self.database and not self.database.startswith(("postgres://", "postgresql://", "sqlite://")):
            raise BadSettings("AFTERCARE_DATABASE must start with postgres:// (or be empty for SQLite)")
        if self.language not in ("en", "es"):
            raise BadSettings("AFTERCARE_LANGUAGE must be en or es")
        if not self.exit.startswith(("https://", "http://")):
            raise BadSettings(f"AFTERCARE_EXIT must start with https:// or http://, not {self.exit!r}")
        if self.metrics and len(self.metrics) < 16:
            raise BadSettings("AFTERCARE_METRICS must have 16 characters or more, or be empty")
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, like "America"
            raise BadSettings(f"AFTERCARE_TIMEZONE is no IANA zone: {self.timezone!r}") from None

    @property
    def home_path(self) -> Path:
        return Path(self.home).expanduser().resolve()

    @property
    def index_path(self) -> Path:
        return self.home_path / "index"

    @property
    def database_url(self) -> str:
        """The URL Tortoise opens."""
        if self.database.startswith(("postgres://", "postgresql://")):
            return "asyncpg://" + self.database.split("://", 1)[1]
        return self.database or f"sqlite://{self.home_path / 'directory.sqlite3'}"
