"""Pages from templates: one environment a language, the same footer of help numbers, the same headers on every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from directory.assets import templates
from directory.handoff.helplines import help_lines
from directory.handoff.timeline_fields import pairs as edit_pairs
from directory.handoff.week_grid import week_days
from directory.i18n import LANGUAGES, catalogue, tongue
from directory.settings import Settings
from directory.vocab import label
from directory.web.cards import Reader
from directory.web.forms import Fields, Pairs, picked, read_fields
from directory.web.headers import ASKED

STATIC = Path(__file__).parents[1] / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}
LANGUAGE_NAMES = {"en": "English", "es": "Español"}


@cache
def static_files() -> dict[str, Path]:
    """Address name with a hash of the content -> file; a changed file has another address."""
    return {_hashed(file): file for file in sorted(STATIC.iterdir()) if file.suffix in TYPES}


def _hashed(file: Path) -> str:
    return f"{file.stem}-{sha256(file.read_bytes()).hexdigest()[:10]}{file.suffix}"


@cache
def static_address(name: str) -> str:
    return "/static/" + _hashed(STATIC / name)


@cache
def icon() -> str:
    """In the page itself: one request less on a slow phone."""
    return "data:image/svg+xml," + quote((STATIC / "icon.svg").read_text().strip(), safe=" /:=")


@cache
def environment(language: str) -> Environment:
    env = Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = catalogue(language)
    env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        static=static_address,
        icon=icon(),
        tongue=tongue,
        week_days=week_days,
        edit_pairs=edit_pairs,
        label=lambda group, value: label(group, value, language),
        language_names=LANGUAGE_NAMES,
    )
    return env


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as pages need it: what was sent, in which language, at what moment."""

    request: Request
    fields: Fields
    language: str
    said: bool  # the language was chosen here, not by the browser: it is carried along
    now: datetime

    @classmethod
    async def read(cls, request: Request) -> "Visit":
        return cls.of(request, await read_fields(request))

    @classmethod
    def of(cls, request: Request, fields: Fields) -> "Visit":
        chosen = fields.get("switch") or fields.get("lang") or ""
        said = chosen in LANGUAGES
        language = (
            chosen if said else _preferred(request.headers.get("accept-language", ""), _settings(request).language)
        )
        return cls(request, fields, language, said, moment(request))

    @property
    def picks(self) -> tuple[int, ...]:
        return picked(self.fields)

    @property
    def settings(self) -> Settings:
        return _settings(self.request)

    @property
    def token(self) -> str:
        """What the forms of a signed-in page send along; "" for pages without an account."""
        return str(getattr(self.request.state, "token", ""))

    def reader(self, zone: str = "") -> Reader:
        return Reader(self.language, self.now, zone or self.settings.timezone)

    def carried(self) -> Pairs:
        """Hidden fields every form of a page repeats: the list and the language, instead of a cookie."""
        kept = [("pick", str(pick)) for pick in self.picks]
        return [("lang", self.language), *kept] if self.said else kept

    def path(self, path: str) -> str:
        """A plain link that keeps a chosen language."""
        return f"{path}?{urlencode({'lang': self.language})}" if self.said else path


def moment(request: Request) -> datetime:
    """Now; tests set a clock of their own."""
    clock = getattr(request.app.state, "clock", None)
    now: datetime = clock() if clock else datetime.now(UTC)
    return now


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _preferred(header: str, otherwise: str) -> str:
    """The first of our languages by the browser's own order."""
    ranked = []
    for place, part in enumerate(header[:200].split(",")):
        code, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), place, code.split("-")[0].lower()))
        except ValueError:
            continue
    return next((code for weight, _, code in sorted(ranked) if weight < 0 and code in LANGUAGES), otherwise)


def page(
    visit: Visit, template: str, status: int = 200, *, keep: Mapping[str, str] = ASKED, **context: Any
) -> HTMLResponse:
    """The answer; `keep` says which caches may hold it."""
    common = {
        "visit": visit,
        "language": visit.language,
        "languages": LANGUAGES,
        "site": visit.settings.name,
        "help_lines": help_lines(visit.language),
        "exit": visit.settings.exit,
        "here": visit.request.url.path,
        "kept": [],
    }
    text = environment(visit.language).get_template(template).render({**common, **context})
    return HTMLResponse(text, status, {**keep, "Content-Language": visit.language, "Vary": "Accept-Language"})
