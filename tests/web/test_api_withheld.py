"""What may not be passed on leaves by no way of the open API; and the limit, in a running application."""

from pathlib import Path

from httpx import ASGITransport, AsyncClient

from directory.app import create_app
from directory.bulk import writing
from directory.catalog import Entry, save
from directory.models import Publisher
from directory.runtime import opened
from directory.settings import Settings
from directory.shadow import catch_up
from tests.builders import make_draft

LIST = "/api/v1/listings"


async def test_a_listing_whose_licence_keeps_it_here_is_found_but_only_its_page_is_told(
    database: str, tmp_path: Path
) -> None:
    settings = Settings(home=str(tmp_path / "home"), database=database, api_rate="3")
    async with opened(settings, shared=True) as rt:
        publisher = await Publisher.create(name="Closed office", source="x", licence="All rights reserved")
        draft = make_draft()
        async with writing():
            await save(rt, publisher, [Entry(draft.source_key, draft, draft.fingerprint(), draft.fingerprint())])
        await catch_up(rt)
        app = create_app(settings)
        app.state.rt = rt
        async with AsyncClient(transport=ASGITransport(app), base_url="http://here") as client:
            (hit,) = (await client.get(f"{LIST}?q=steps")).json()["hits"]
            assert set(hit) == {"id", "uuid", "page", "passed_on", "kind", "name"}
            refused = await client.get(f"{LIST}/{hit['id']}")
            assert (refused.status_code, hit["page"] in refused.json()["detail"]) == (403, True)
            assert (await client.get(LIST)).json() == {"listings": [], "next": None}
            slow = await client.get(LIST)
            assert (slow.status_code, slow.headers["retry-after"]) == (429, "20")
            assert slow.json()["title"] == "Too many requests"
