"""The forms a paper may take, by the ending of its file: the same on the planner's pages and on the command line."""

import json
from collections.abc import Callable, Mapping

from directory.handoff import calendar, contacts, page, pdf, text
from directory.handoff.itinerary import Timeline
from directory.handoff.values import Packet

Renderer = Callable[[Packet, Timeline | None], bytes]  # contacts are b"" when no place has a phone number

RENDERERS: Mapping[str, Renderer] = {
    ".pdf": lambda packet, _: pdf.render(packet),
    ".html": lambda packet, _: page.render(packet).encode(),
    ".ics": lambda packet, plan: calendar.render(packet, plan=plan),
    ".vcf": lambda packet, _: contacts.render(packet),
    ".txt": lambda packet, _: text.plain(packet).encode(),
    ".json": lambda packet, _: json.dumps(packet.as_dict(), ensure_ascii=False, indent=2, default=str).encode(),
}
COPIES = {ending: RENDERERS[ending] for ending in (".pdf", ".html", ".txt", ".json")}  # nothing on it to dial or attend
