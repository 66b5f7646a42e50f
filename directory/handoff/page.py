"""The packet as one HTML file that stands alone: no script, nothing loaded from anywhere."""

from functools import cache
from typing import TYPE_CHECKING

from directory.assets import templates
from directory.handoff.values import Packet

if TYPE_CHECKING:  # loaded when a page is made: the command line starts without it
    from jinja2 import Template


def render(packet: Packet) -> str:
    return _page().render(packet=packet)


@cache
def _page() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(templates())
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("handoff/alone.html")
