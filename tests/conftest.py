"""What every test may ask for: a runtime over an empty home, on SQLite and on a real PostgreSQL."""

import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
from argon2 import PasswordHasher

from directory import tables
from directory.security import passwords
from directory.settings import Settings
from tests import postgres

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
NO_SKIPS = os.environ.get("AFTERCARE_TESTS_NO_SKIPS") == "1"
# A busy machine is no fault of what is tested: no example has to be done in a given time.
STEADY = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
# The quick one tries the same examples every time, so that what fails once fails for whoever looks. New ones: deep.
hypothesis.settings.register_profile("quick", max_examples=40, derandomize=True, **STEADY)  # type: ignore[arg-type]
hypothesis.settings.register_profile("deep", max_examples=1000, **STEADY)  # type: ignore[arg-type]
hypothesis.settings.load_profile("quick")  # `--hypothesis-profile deep` is heard after this


def pytest_configure(config: pytest.Config) -> None:
    """One cluster for all workers; they find it by the environment. And what is compiled once is kept: else each
    worker compiles every test anew, and each command that runs apart the whole directory."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if hasattr(config, "workerinput") or os.environ.get(postgres.VARIABLE):
        return
    cluster = postgres.start()
    if cluster:
        os.environ[postgres.VARIABLE] = cluster.url
        config.add_cleanup(cluster.stop)


def pytest_collection_finish() -> None:
    """The code and five thousand tests stay till the end: the collector need not go through them again and again."""
    gc.collect()
    gc.freeze()


def missing(what: str) -> None:
    """Skip plainly where something is not installed; fail where skips are forbidden."""
    if NO_SKIPS:
        pytest.fail(f"{what} is not installed, and skips are forbidden here")
    pytest.skip(f"{what} is not installed here")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Hashing costs what it costs in use; here it is made cheap. A test of passwords looks at the real cost."""
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tables of an empty home take 0.4 s; each process of the suite makes them once and copies the file after that.
    A file that is there already is migrated as in use, and so is every home of a command that runs apart."""
    kept = tmp_path_factory.mktemp("migrated") / "directory.sqlite3"
    migrate = tables._migrate

    async def once(url: str, whole: bool) -> None:
        place = Path(url.removeprefix("sqlite://"))
        if not url.startswith("sqlite://") or place.exists():
            return await migrate(url, whole)
        if not kept.exists():
            await migrate(f"sqlite://{kept}", whole)
            tables._settle(kept)
        shutil.copyfile(kept, place)

    tables._migrate = once


@pytest.fixture(scope="session")
def samples() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip("the real sample feeds are not beside this checkout")
    return SAMPLES


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """AFTERCARE_DATABASE for one test: empty (SQLite in the home), or a fresh PostgreSQL database with its tables."""
    async with _fresh(request.param, tables_made=True) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
async def database_without_tables(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The same before any table is made, for tests of making them."""
    async with _fresh(request.param, tables_made=False) as url:
        yield url


@asynccontextmanager
async def _fresh(kind: str, tables_made: bool) -> AsyncIterator[str]:
    if kind == "sqlite":
        yield ""
        return
    server = os.environ.get(postgres.VARIABLE)
    if not server:
        missing("PostgreSQL")
    import asyncpg

    name, worker = f"test_{uuid4().hex}", os.environ.get("PYTEST_XDIST_WORKER", "alone")
    admin, template = await asyncpg.connect(server), f"empty_{worker}" if tables_made else "template1"
    if not await admin.fetchval("SELECT count(*) FROM pg_database WHERE datname = $1", template):
        await admin.execute(f"CREATE DATABASE {template}")
        await tables.bring_up_to_date(Settings(database=server.replace("/postgres?", f"/{template}?")))
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.replace("/postgres?", f"/{name}?")
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture(autouse=True)
def no_home_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("AFTERCARE_") and "TEST" not in name]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AFTERCARE_HOME", str(tmp_path / "home"))
