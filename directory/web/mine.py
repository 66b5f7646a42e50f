"""A list kept for later, opened by its code: the places as they are today, to call and to go to. No account.

The code is all it takes, to see the list as well as to delete it: a page of another site that does not know it can do
neither. Nothing of an opening is kept or logged.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory.errors import TooBusy
from directory.handoff import kept, words
from directory.handoff.cards import is_meeting
from directory.i18n import catalogue
from directory.listing import ListingDraft, Phone
from directory.public_listings import listed
from directory.runtime import Runtime
from directory.security import limits
from directory.visitors import mark
from directory.web.cards import Card, Reader, make_card
from directory.web.facts import hours, map_link
from directory.web.forms import Asked, Pairs
from directory.web.headers import PERSONAL
from directory.web.moments import long_date
from directory.web.render import Visit, page

# Wrong codes of one network: no guess at 128 bits is near at that pace. A right one is not counted: then something of
# its opening would be written down.
WRONG = (30, timedelta(minutes=1))
DIALLED = "0123456789+,*#"


@dataclass(frozen=True, slots=True)
class Place:
    card: Card
    phones: tuple[Phone, ...]  # without their labels where those could tell
    dial: str  # tel: of a meeting held by phone
    hours: tuple[str, ...]
    map: str  # geo:, for the phone's own map; "" where one may not walk to it
    way: str  # the way there, for phones that know no geo:

    @property
    def draft(self) -> ListingDraft:
        return self.card.draft


async def ask(request: Request) -> Response:
    """Where the code is typed; what was typed goes on to its own address, which can be kept as a bookmark."""
    visit = await Visit.read(request)
    typed = visit.fields.get("code", "").strip()
    if request.method == "POST" and typed:
        code = kept.read(typed) or "unknown"  # a slip of the pen and a list that is gone look the same
        return RedirectResponse(visit.path(f"/mine/{code}"), 303, PERSONAL)
    return _asked(visit)


async def mine(request: Request) -> Response:
    """Shows the list, or deletes it when the button was pressed: to open a link deletes nothing."""
    visit = await _plainly(request)
    rt: Runtime = request.app.state.rt
    code = request.path_params["code"]
    network = await asyncio.to_thread(
        mark, rt.settings.home_path, request.client.host if request.client else "", visit.now
    )
    if await limits.used_up("kept list", network, *WRONG, visit.now):
        raise TooBusy("Too many codes were tried from this network.")
    if "delete" in visit.fields and request.method == "POST":
        if not await kept.forget(rt, code):  # pressed twice, it is still gone
            await limits.allow("kept list", network, *WRONG, visit.now)
        return page(visit, "public/mine_deleted.html", keep=PERSONAL, asked=Asked(), here="/mine")
    found = await kept.kept(rt, code, visit.now)
    if found is None:
        await limits.allow("kept list", network, *WRONG, visit.now)
        return _asked(visit, 404)
    return await _shown(visit, kept.read(code), found)


def _asked(visit: Visit, status: int = 200) -> Response:
    return page(visit, "public/mine.html", status, keep=PERSONAL, asked=Asked(), here="/mine", missing=status == 404)


async def _shown(visit: Visit, code: str, found: kept.Kept) -> Response:
    """In the language it was kept in, unless another was chosen here."""
    language = visit.language if visit.said else found.options.language
    visit = replace(visit, language=language, said=True)
    rt: Runtime = visit.request.app.state.rt
    chosen = await listed(rt, found.listing_ids)
    places = [_place(make_card(one, None, visit.reader()), visit.reader(), found.options.discreet) for one in chosen]
    return page(
        visit,
        "public/mine_list.html",
        keep=PERSONAL,
        asked=Asked(),
        here=f"/mine/{code}",
        places=places,
        discreet=found.options.discreet,
        large=found.options.large_print,
        gone=len(set(found.listing_ids) - {number for one in chosen for number in one.numbers}),
        until=long_date(_last_moment(found.ends_at, visit), language),
        taken=_taken(places, visit, found),
        has_meetings=any(is_meeting(place.draft) and place.draft.times for place in places),
        has_phones=any(place.draft.phones for place in places),
    )


def _last_moment(ends_at: datetime, visit: Visit) -> datetime:
    """On the clock here: a day that begins in UTC begins the evening before."""
    return ends_at.astimezone(ZoneInfo(visit.settings.timezone))


def _taken(places: list[Place], visit: Visit, found: kept.Kept) -> Pairs:
    """The fields that the handoff's files are made from."""
    looks = [("large_print", found.options.large_print), ("discreet", found.options.discreet)]
    picks = [("pick", str(place.card.id)) for place in places]
    return [("lang", visit.language), *picks, *((name, "1") for name, on in looks if on)]


def _place(card: Card, reader: Reader, discreet: bool) -> Place:
    draft = card.draft
    if discreet:
        neutral = words.neutral_kinds(catalogue(reader.language).gettext)[draft.kind]
        card = replace(card, kind=neutral, medicine="")
    times = (
        f"{told} ({note})" if note and not discreet else told
        for told, note in hours(draft, reader.now.date(), reader.language)
    )
    phones = tuple(replace(phone, label="") if discreet else phone for phone in draft.phones)
    number = draft.online.phone if draft.online else ""
    dial = f"tel:{''.join(c for c in number if c in DIALLED)}" if number else ""
    here = map_link(draft)
    way = f"https://maps.apple.com/?daddr={here.removeprefix('geo:')}" if here else ""
    return Place(card, phones, dial, tuple(dict.fromkeys(times)), here, way)


async def _plainly(request: Request) -> Visit:
    """Only the language and the button are read: an address with more in it shows and does nothing else."""
    visit = await Visit.read(request)
    read = [(name, value) for name, value in visit.fields.multi_items() if name in ("lang", "switch", "delete")]
    return Visit.of(request, ImmutableMultiDict(read))
