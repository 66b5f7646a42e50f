"""The handoff on the screen and as files, modes A and B: built from the list and the options sent, and kept nowhere."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from directory.errors import BadQuestion, NotFound
from directory.handoff import calendar, contacts, pdf, text
from directory.handoff.packet import Options, Packet, build
from directory.public_listings import listed
from directory.runtime import Runtime
from directory.vocab import Medication, Need
from directory.web.forms import MOST_PICKS, Asked, came_from, discharge, handoff_pairs, needs, options
from directory.web.headers import PERSONAL
from directory.web.render import Visit, page


def _message(packet: Packet) -> str:
    return "\n\n".join(text.sms(packet))


def _sms(packet: Packet) -> bytes:
    return _message(packet).encode()


@dataclass(frozen=True, slots=True)
class Kept:
    """One way to take the handoff along. The file name says nothing about anybody."""

    file: str
    media_type: str
    render: Callable[[Packet], bytes]


FILES = {
    kept.file: kept
    for kept in (
        Kept("handoff.pdf", "application/pdf", pdf.render),
        Kept("handoff.ics", "text/calendar", calendar.render),
        Kept("handoff.vcf", "text/vcard", contacts.render),
        Kept("handoff.txt", "text/plain; charset=utf-8", _sms),
    )
}


async def handoff(request: Request) -> Response:
    visit = await Visit.read(request)
    asked = Asked(place=Asked.read(visit.fields).place)  # the words searched for have no business here
    chosen = await listed(request.app.state.rt, visit.picks)
    if not chosen:
        return page(visit, "public/list.html", asked=asked, cards=[], gone=len(visit.picks), most=MOST_PICKS)
    packet = await _packet(visit, asked)
    has_phones = any(card.phones for card in packet.section("places").cards)
    return page(
        visit,
        "handoff/page.html",
        keep=PERSONAL,
        asked=asked,
        packet=packet,
        leave_day=packet.leaving.date().isoformat(),
        leave_hour=visit.fields.get("leave_hour", "")[:5],
        kept=handoff_pairs(visit.fields) + came_from(visit.fields),
        options=Options.read(options(visit.fields, visit.language)),
        needs=needs(visit.fields),
        all_needs=list(Need),
        medicines=list(Medication),
        has_meetings=calendar.has_meetings(packet),
        has_phones=has_phones,
        message=_message(packet) if has_phones else "",
    )


async def download(request: Request) -> Response:
    kept = FILES.get(request.path_params["file"])
    if kept is None:
        raise NotFound("There is no such file. Go back and use one of the buttons.")
    visit = await Visit.read(request)
    packet = await _packet(visit, Asked.read(visit.fields))
    body = await asyncio.to_thread(kept.render, packet)
    if not body:
        raise BadQuestion("None of these places has a phone number to save.")
    headers = {**PERSONAL, "Content-Disposition": f'attachment; filename="{kept.file}"'}
    return Response(body, media_type=kept.media_type, headers=headers)


async def _packet(visit: Visit, asked: Asked) -> Packet:
    rt: Runtime = visit.request.app.state.rt
    chosen = await listed(rt, visit.picks)
    near = await asyncio.to_thread(rt.locator.find, asked.place) if asked.place else None
    local = visit.now.astimezone(ZoneInfo(near.timezone if near and near.timezone else visit.settings.timezone))
    return await asyncio.to_thread(
        build,
        chosen,
        Options.read(options(visit.fields, visit.language)),
        discharge=discharge(visit.fields, local),
        near=near,
        settings=visit.settings,
        needs=needs(visit.fields),
        now=visit.now,
        staffed=False,
    )
