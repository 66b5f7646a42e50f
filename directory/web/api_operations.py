"""Every address of the open API, once: its route, its description, what it takes and what it answers."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from directory.web import api, api_feeds, api_hsds
from directory.web.api_answers import KEPT, data
from directory.web.api_describe import document
from directory.web.api_questions import only
from directory.web.doors import Endpoint

GET = ("GET", "OPTIONS")
SEARCH = ("q", "near", "radius", "kind", "facet", "when", "sort", "as_typed", "limit", "cursor")
PAGED = ("page", "per_page")


@dataclass(frozen=True, slots=True)
class Operation:
    path: str
    endpoint: Endpoint
    name: str
    says: str
    takes: tuple[str, ...] = ()  # parameters of api_describe.PARAMETERS
    answers: str = ""  # a schema of api_schemas.SCHEMAS, or the media type of a file
    methods: tuple[str, ...] = GET
    cost: int = 1  # how many requests of the limit it counts as


async def described(request: Request) -> Response:
    only(request.query_params, ())
    return data(request, document(OPERATIONS), keep=KEPT)


V1, HSDS = "/api/v1", "/hsds"
OPERATIONS: tuple[Operation, ...] = (
    Operation("/api/openapi.json", described, "api-description", "This description", answers="Description"),
    Operation(
        f"{V1}/listings",
        api.listings,
        "api-listings",
        "Search, or all listings by id when no question is asked. With POST the question is a form in the body, so"
        " that a person's words stand in no address and no proxy's log.",
        SEARCH,
        "Listings",
        methods=("GET", "POST", "OPTIONS"),
    ),
    Operation(f"{V1}/listings/{{id}}", api.listing, "api-listing", "One listing, by number or UUID", (), "Listing"),
    Operation(f"{V1}/changes", api.changed, "api-changes", "What came, changed or went", ("since", "limit"), "Changes"),
    Operation(f"{V1}/kinds", api.kinds, "api-kinds", "The kinds, in English and Spanish", (), "Kinds"),
    Operation(f"{V1}/facets", api.facets, "api-facets", "The facet groups and their values", (), "Facets"),
    Operation(
        f"{V1}/publishers", api.who_publishes, "api-publishers", "Who publishes, under which licence", (), "Publishers"
    ),
    Operation(HSDS, api_hsds.root, "hsds", "HSDS: version and description", (), "HsdsRoot"),
    Operation(
        f"{HSDS}/services",
        api_hsds.services,
        "hsds-services",
        "HSDS: services; with full=true all that is nested in each",
        (*PAGED, "organization_id", "full"),
        "HsdsPage",
    ),
    Operation(f"{HSDS}/services/{{id}}", api_hsds.one_service, "hsds-service", "HSDS: one service", (), "HsdsThing"),
    Operation(
        f"{HSDS}/organizations", api_hsds.organizations, "hsds-organizations", "HSDS: organizations", PAGED, "HsdsPage"
    ),
    Operation(
        f"{HSDS}/organizations/{{id}}",
        api_hsds.one_organization,
        "hsds-organization",
        "HSDS: one organization and its services",
        (),
        "HsdsThing",
    ),
    Operation(
        f"{HSDS}/service_at_locations",
        api_hsds.places,
        "hsds-places",
        "HSDS: services at locations",
        (*PAGED, "full"),
        "HsdsPage",
    ),
    Operation(
        f"{HSDS}/service_at_locations/{{id}}",
        api_hsds.one_place,
        "hsds-place",
        "HSDS: one service at one location",
        (),
        "HsdsThing",
    ),
    Operation(f"{HSDS}/taxonomies", api_hsds.taxonomies, "hsds-taxonomies", "HSDS: our taxonomy", PAGED, "HsdsPage"),
    Operation(
        f"{HSDS}/taxonomies/{{id}}", api_hsds.one_taxonomy, "hsds-taxonomy", "HSDS: one taxonomy", (), "HsdsThing"
    ),
    Operation(
        f"{HSDS}/taxonomy_terms",
        api_hsds.terms,
        "hsds-terms",
        "HSDS: the terms, each with its code group:value",
        (*PAGED, "taxonomy_id"),
        "HsdsPage",
    ),
    Operation(f"{HSDS}/taxonomy_terms/{{id}}", api_hsds.one_term, "hsds-term", "HSDS: one term", (), "HsdsThing"),
    Operation(
        "/feeds/{file}",
        api_feeds.feed,
        "feed",
        f"Everything we may pass on as one file: {', '.join(api_feeds.FEEDS)}",
        (),
        "application/octet-stream",
        cost=10,
    ),
)
