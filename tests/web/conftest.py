"""One filled home and one running application for all tests of pages."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from directory.app import create_app
from directory.settings import Settings
from tests.web import site

with warnings.catch_warnings():  # Starlette asks for a client that is not packaged everywhere yet; httpx does the same
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


@dataclass
class Site:
    client: TestClient
    ids: dict[str, int]

    def get(self, path: str, **options: object) -> str:
        response = self.client.get(path, **options)  # type: ignore[arg-type]
        assert response.status_code == 200, response.text
        return response.text

    def post(self, path: str, **fields: object) -> str:
        response = self.client.post(path, data=fields)
        assert response.status_code == 200, response.text
        return response.text


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    home = tmp_path_factory.mktemp("site") / "home"
    return home, site.fill(home)


@pytest.fixture(scope="module")
def pages(filled: tuple[Path, dict[str, int]]) -> Iterator[Site]:
    """For one file of tests: while it runs, its database is the one of this process."""
    home, ids = filled
    app = create_app(Settings(home=str(home), phone="614-555-0177"))
    app.state.clock = lambda: site.NOW
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Site(client, ids)
