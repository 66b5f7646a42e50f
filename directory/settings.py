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
    idle: str = _env("AFTERCARE_IDLE", "15", "Minutes without use after which planners and readers are signed out.")
    idle_admin: str = _env("AFTERCARE_IDLE_ADMIN", "30", "Minutes without use after which admins are signed out.")
    session_hours: str = _env("AFTERCARE_SESSION_HOURS", "10", "Hours after which everybody signs in again.")
    api_rate: str = _env(
        "AFTERCARE_API_RATE", "600", "Requests a minute that one network may make to the open API; 0 for no limit."
    )
    exit: str = _env("AFTERCARE_EXIT", "https://www.weather.gov/", "Harmless page that 'Leave this page' goes to.")

    metrics: str = _env(
        "AFTERCARE_METRICS", "", "Token that opens /metrics (16 characters or more); empty for no such page."
    )
    upload_mb: str = _env("AFTERCARE_UPLOAD_MB", "200", "Largest upload of feed files, in megabytes.")
    feed_hosts: str = _env("AFTERCARE_FEED_HOSTS", "", "Hosts that feeds may be fetched from, with commas between.")
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
        if not (self.upload_mb.isascii() and self.upload_mb.isdigit()) or not 0 < int(self.upload_mb) <= 10_000:
            raise BadSettings(f"AFTERCARE_UPLOAD_MB must be a number from 1 to 10000, not {self.upload_mb!r}")
        if self.database and not self.database.startswith(("postgres://", "postgresql://", "sqlite://")):
            raise BadSettings("AFTERCARE_DATABASE must start with postgres:// (or be empty for SQLite)")
        for name, most in (("idle", 240), ("idle_admin", 240), ("session_hours", 24)):
            value = getattr(self, name)
            if not (value.isascii() and value.isdigit()) or not 0 < int(value) <= most:
                raise BadSettings(f"AFTERCARE_{name.upper()} must be a number from 1 to {most}, not {value!r}")
        if not (self.api_rate.isascii() and self.api_rate.isdigit() and len(self.api_rate) < 8):
            raise BadSettings(f"AFTERCARE_API_RATE must be a whole number, 0 or more, not {self.api_rate!r}")
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
    def upload_bytes(self) -> int:
        return int(self.upload_mb) * 2**20

    @property
    def index_path(self) -> Path:
        return self.home_path / "index"

    @property
    def database_url(self) -> str:
        """The URL Tortoise opens."""
        if self.database.startswith(("postgres://", "postgresql://")):
            return "asyncpg://" + self.database.split("://", 1)[1]
        return self.database or f"sqlite://{self.home_path / 'directory.sqlite3'}"
