"""The HSDS 3.0 API (Open Referral): services, organizations, places and terms of what may be passed on. Read only."""

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from directory.errors import NotFound
from directory.exchange.hsds import service
from directory.exchange.public import discreet
from directory.exchange.terms import taxonomy
from directory.public_listings import listed
from directory.published import Contents, position
from directory.web.api import moment
from directory.web.api_answers import data
from directory.web.api_questions import number, only

MOST, USUAL = 100, 50


async def root(request: Request) -> Response:
    """Which version, and where it is described."""
    only(request.query_params, ())
    here = str(request.base_url).rstrip("/")
    return data(request, {"version": "3.0", "profile": f"{here}/api", "openapi_url": f"{here}/api/openapi.json"})


async def services(request: Request) -> Response:
    fields = request.query_params
    only(fields, ("page", "per_page", "organization_id", "full"), ("page", "per_page", "organization_id", "full"))
    contents = await _contents(request)
    ids: Iterable[int] = contents.services.values()
    if wanted := fields.get("organization_id", ""):
        ids = contents.organizations.get(wanted.lower(), [])
    page, envelope = _page(request, list(ids))
    found = await _services(request, page)
    whole = fields.get("full", "") == "true"
    return await _answer(request, envelope, [one if whole else _flat(one) for one in found])


async def one_service(request: Request) -> Response:
    only(request.query_params, ())
    contents = await _contents(request)
    return await _one(request, (await _found(request, contents.services)))


async def organizations(request: Request) -> Response:
    only(request.query_params, ("page", "per_page"), ("page", "per_page"))
    contents = await _contents(request)
    page, envelope = _page(request, [ids[0] for ids in contents.organizations.values()])
    return await _answer(request, envelope, [one["organization"] for one in await _services(request, page)])


async def one_organization(request: Request) -> Response:
    """With its services, each by id, name and status."""
    only(request.query_params, ())
    contents = await _contents(request)
    ids = contents.organizations.get(_id(request))
    if not ids:
        raise NotFound("There is no organization of this id.")
    found = await _services(request, ids[:MOST])
    if not found:
        raise NotFound("There is no organization of this id.")
    short = [{name: one[name] for name in ("id", "name", "status")} for one in found]
    return await _one(request, found[0]["organization"] | {"services": short})


async def places(request: Request) -> Response:
    only(request.query_params, ("page", "per_page", "full"), ("page", "per_page", "full"))
    contents = await _contents(request)
    keys = dict(contents.places)
    page, envelope = _page(request, list(keys))
    found = await _services(request, list(dict.fromkeys(keys[key] for key in page)))
    by_key = {at["id"]: _at(one, at) for one in found for at in one.get("service_at_locations", ())}
    whole = request.query_params.get("full", "") == "true"
    told = [by_key[key] if whole else _flat(by_key[key]) for key in page if key in by_key]
    return await _answer(request, envelope, told)


async def one_place(request: Request) -> Response:
    only(request.query_params, ())
    contents = await _contents(request)
    found = await _found(request, contents.places)
    ats = [_at(found, at) for at in found.get("service_at_locations", ()) if at["id"] == _id(request)]
    if not ats:
        raise NotFound("There is nothing of this id.")
    return await _one(request, ats[0])


async def taxonomies(request: Request) -> Response:
    only(request.query_params, ("page", "per_page"), ("page", "per_page"))
    page, envelope = _page(request, [taxonomy()])
    return await _answer(request, envelope, page)


async def one_taxonomy(request: Request) -> Response:
    only(request.query_params, ())
    if _id(request) != taxonomy()["id"]:
        raise NotFound("There is no taxonomy of this id.")
    return await _one(request, taxonomy())


async def terms(request: Request) -> Response:
    only(request.query_params, ("page", "per_page", "taxonomy_id"), ("page", "per_page", "taxonomy_id"))
    known = (await _contents(request)).terms()
    mine = request.query_params.get("taxonomy_id", taxonomy()["id"]).lower() == taxonomy()["id"]
    page, envelope = _page(request, known if mine else [])
    return await _answer(request, envelope, page)


async def one_term(request: Request) -> Response:
    only(request.query_params, ())
    for term in (await _contents(request)).terms():
        if term["id"] == _id(request):
            return await _one(request, term)
    raise NotFound("There is no taxonomy term of this id.")


async def _contents(request: Request) -> Contents:
    request.state.etag = await _state(request)  # before what it names is read
    contents: Contents = request.app.state.contents
    return await contents.current(request.app.state.rt)


def _id(request: Request) -> str:
    return str(request.path_params["id"]).lower()


def _page(request: Request, items: list[Any]) -> tuple[list[Any], dict[str, Any]]:
    """The items of the page asked for, and the envelope of the specification around them."""
    size = number(request.query_params, "per_page", 1, MOST, USUAL)
    page = number(request.query_params, "page", 1, 10**9, 1)
    pages = max(-(-len(items) // size), 1)
    here = items[(page - 1) * size : page * size]
    told = {"total_items": len(items), "total_pages": pages, "page_number": page, "size": len(here)}
    return here, {**told, "first_page": page == 1, "last_page": page >= pages, "empty": not here}


async def _services(request: Request, ids: list[int]) -> list[dict[str, Any]]:
    today = moment(request).replace(hour=12, minute=0, second=0, microsecond=0)
    return [service(discreet(one), today) for one in await listed(request.app.state.rt, ids)]


async def _found(request: Request, known: dict[str, int]) -> dict[str, Any]:
    number = known.get(_id(request))
    found = await _services(request, [number]) if number is not None else []
    if not found:
        raise NotFound("There is nothing of this id.")
    return found[0]


def _at(one: dict[str, Any], at: dict[str, Any]) -> dict[str, Any]:
    return {"id": at["id"], "service_id": one["id"], "location_id": at["location"]["id"], "location": at["location"]}


def _flat(thing: dict[str, Any]) -> dict[str, Any]:
    """The view of lists: what is one to one, without lists of its own."""
    plain = {name: value for name, value in thing.items() if not isinstance(value, list)}
    return {name: _flat(value) if isinstance(value, dict) else value for name, value in plain.items()}


async def _answer(request: Request, envelope: dict[str, Any], contents: list[Any]) -> Response:
    return data(request, {**envelope, "contents": contents}, etag=getattr(request.state, "etag", ""))


async def _one(request: Request, body: Any) -> Response:
    return data(request, body, etag=getattr(request.state, "etag", ""))


async def _state(request: Request) -> str:
    """Of the directory and the day, which decides the UTC offsets of schedules."""
    return f"{await position(reports=False)}-{moment(request):%Y%m%d}"
