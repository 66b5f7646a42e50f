"""Every fault as one page: what happened, what to do now, and the numbers to call."""

from collections.abc import Callable

from starlette.datastructures import ImmutableMultiDict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from directory.errors import DirectoryError, NotFound
from directory.i18n import catalogue
from directory.web.api_answers import for_programs, problem
from directory.web.forms import Asked
from directory.web.headers import PERSONAL
from directory.web.render import Visit, page

Say = Callable[[str], str]
STAFF = ("/admin", "/account", "/planner", "/sign-", "/welcome")  # pages behind the one cookie, or before it


async def mishap(request: Request, error: Exception) -> Response:
    if for_programs(request.url.path):
        return await problem(request, error)
    visit = Visit.of(request, ImmutableMultiDict(request.query_params.multi_items()))
    known: DirectoryError | type[DirectoryError] = error if isinstance(error, DirectoryError) else DirectoryError
    status, headers = known.status, {}
    if isinstance(error, HTTPException):
        status, headers = error.status_code, dict(error.headers or {})
        known = NotFound if status == 404 else DirectoryError
    say = catalogue(visit.language).gettext
    response = page(
        visit,
        "error.html",
        status,
        keep=PERSONAL,
        asked=Asked(),
        here="/",
        staff=request.url.path.startswith(STAFF),
        heading=heading(say, status),
        advice=another_way(say) if status == 405 else say(known.advice),
    )
    response.headers.update(headers)
    return response


def heading(_: Say, status: int) -> str:
    told = {404: _("We could not find that page"), 405: _("That page opens in another way")}
    if status in told:
        return told[status]
    return _("We could not do that") if status < 500 else _("Please try again in a minute")


def another_way(_: Say) -> str:
    return _("Start again from the first page. Nothing you typed was kept.")


def advices(_: Say) -> tuple[str, ...]:
    """What errors.py advises on pages, named once more so that translators meet it; a test compares the two."""
    return (
        _("Something broke on our side. Please call one of the help numbers below."),
        _("That listing is gone or has moved. Search again from here."),
        _("That step is not open right now."),
        _("This page needs an account that may open it. Sign in with another one, or ask an admin."),
        _("That did not come from a page of ours. Open the place here and press the button again."),
        _("Too much came at once. Wait a minute and try again."),
        _("We could not read part of what you asked. Change it and try again."),
    )
