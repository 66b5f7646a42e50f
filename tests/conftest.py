"""What every test may ask for: a runtime over an empty home, on SQLite and on a real PostgreSQL."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from argon2 import PasswordHasher

from directory.security import passwords
from tests import postgres

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
NO_SKIPS = os.environ.get("AFTERCARE_TESTS_NO_SKIPS") == "1"


def pytest_configure(config: pytest.Config) -> None:
    """One cluster for all workers; they find it by the environment."""
    if hasattr(config, "workerinput") or os.environ.get(postgres.VARIABLE):
        return
    cluster = postgres.start()
    if cluster:
        os.environ[postgres.VARIABLE] = cluster.url
        config.add_cleanup(cluster.stop)


def missing(what: str) -> None:
    """Skip plainly where something is not installed; fail where skips are forbidden."""
    if NO_SKIPS:
        pytest.fail(f"{what} is not installed, and skips are forbidden here")
    pytest.skip(f"{what} is not installed here")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Hashing costs what it costs in use; here it is made cheap. A test of passwords looks at the real cost."""
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def samples() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip("the real sample feeds are not beside this checkout")
    return SAMPLES


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """AFTERCARE_DATABASE for one test: empty (SQLite in the home), or a fresh PostgreSQL database."""
    if request.param == "sqlite":
        yield ""
        return
    server = os.environ.get(postgres.VARIABLE)
    if not server:
        missing("PostgreSQL")
    import asyncpg

    name = f"test_{uuid4().hex}"
    admin = await asyncpg.connect(server)
    await admin.execute(f"CREATE DATABASE {name}")
    yield server.replace("/postgres?", f"/{name}?")
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture(autouse=True)
def no_home_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("AFTERCARE_") and "TEST" not in name]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AFTERCARE_HOME", str(tmp_path / "home"))
