"""The planner's verbs on the command line: search, show, match, handoff."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from directory.terminal import guarded, say, show_json, with_runtime, wrong_usage

SORTS = ("best", "near", "soon")
Near = Annotated[str, typer.Option(help='A ZIP, "City, ST", or "lat,lon".')]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def search(
    words: Annotated[list[str] | None, typer.Argument(help="What you look for, in plain words.")] = None,
    near: Near = "",
    radius: Annotated[float, typer.Option(help="Miles.", min=0.1, max=3000)] = 25.0,
    kind: Annotated[list[str] | None, typer.Option(help="support_group, sober_living, outpatient …")] = None,
    facet: Annotated[list[str] | None, typer.Option(help="GROUP=VALUE, like payment=medicaid.")] = None,
    when: Annotated[str, typer.Option(help="now, today, tonight, or: mon 18:00-21:00")] = "",
    sort: Annotated[str, typer.Option(help="best, near or soon.")] = "best",
    limit: Annotated[int, typer.Option(help="How many to show.", min=1, max=1000)] = 20,
    as_typed: Annotated[list[str] | None, typer.Option(help="Words to take plainly, not as a filter.")] = None,
    as_json: Json = False,
) -> None:
    """Search the directory near a place."""
    if sort not in SORTS:
        wrong_usage(f"--sort is one of {', '.join(SORTS)}, not {sort!r}.")
    kinds, facets = _kinds(kind or []), _facets(facet or [])

    async def verb(rt: Any) -> dict[str, Any]:
        from directory.finding import answer
        from directory.search.query import SearchQuery
        from directory.search.when import window

        point = await asyncio.to_thread(place, rt, near) if near else None
        zone = (point.timezone if point else "") or rt.settings.timezone
        now = datetime.now(ZoneInfo(zone))
        query = SearchQuery(
            " ".join(words or []), point, radius, kinds, facets, window(when, now) if when else None, now, sort, limit
        )
        return await answer(rt, query, as_typed or [])

    found = with_runtime(verb)
    if as_json:
        show_json(found)
    else:
        _show_found(found)


def place(rt: Any, words: str) -> Any:
    """The point somebody means; BadQuestion when no place is known by these words."""
    from directory.errors import BadQuestion

    found = rt.locator.find(words)
    if found is None:
        raise BadQuestion(
            f'We do not know the place {words!r}. Try a ZIP code, or a town and state like "Columbus, OH".'
        )
    return found


def _kinds(names: list[str]) -> tuple[Any, ...]:
    from directory.vocab import Kind

    for name in names:
        if name not in Kind._value2member_map_:
            wrong_usage(f"There is no kind {name!r}. The kinds are: {', '.join(kind.value for kind in Kind)}.")
    return tuple(Kind(name) for name in names)


def _facets(pairs: list[str]) -> dict[str, tuple[str, ...]]:
    from directory.vocab import FACETS

    groups: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        group, equals, value = pair.partition("=")
        if not equals or group not in (*FACETS, "language"):
            wrong_usage(f"{pair!r} is no facet. Write GROUP=VALUE; the groups are: {', '.join((*FACETS, 'language'))}.")
        if group in FACETS and value not in FACETS[group]._value2member_map_:
            known = ", ".join(term.value for term in FACETS[group])
            wrong_usage(f"{group} has no value {value!r}. Its values are: {known}.")
        if group == "language" and not (value.isascii() and value.isalpha() and 2 <= len(value) <= 3):
            wrong_usage(f"language has no value {value!r}. Write a code of two or three letters, like language=es.")
        groups[group] = (*groups.get(group, ()), value)
    return groups


def _show_found(found: dict[str, Any]) -> None:
    where = f" within {found['radius']:g} miles of {found['near']['label']}" if found["near"] else ""
    typer.echo(f"{found['total']} found{where}" + (" (widened: nothing nearer)." if found["widened"] else "."))
    for read in found["read"]:
        typer.echo(f"Read {read['words']!r} as {', '.join(read['means'])}.")
    if found["not_insisted_on"]:
        typer.echo(f"Too few fit {', '.join(map(repr, found['not_insisted_on']))} as well: the others may not.")
    if found["did_you_mean"]:
        typer.echo(f"Did you mean: {found['did_you_mean']}?")
    for hit in found["hits"]:
        _show_hit(hit)
    if found["beyond"]:
        typer.echo(f"Also online, by phone, or serving the whole area ({found['beyond_total']}):")
        for hit in found["beyond"]:
            _show_hit(hit)
    for relaxed in found["relaxed"]:
        filter_ = (
            "the hours asked" if relaxed["group"] == "window" else f"{relaxed['group']} {', '.join(relaxed['values'])}"
        )
        typer.echo(f"{relaxed['more']} more without {filter_}.")
    if not found["total"] and not found["beyond"]:
        typer.echo("Nothing found. Call 211 for help by phone, or 988 if you need to talk to someone now.")


def _show_hit(hit: dict[str, Any]) -> None:
    coming = datetime.fromisoformat(hit["next"]).strftime("next %a %b %-d, %H:%M") if hit["next"] else ""
    far = hit["why"][0] if hit["miles"] is not None else ""
    facts = [far, hit["address"], hit["phone"], coming]
    typer.echo(f"  [{hit['id']}] {hit['name']} ({hit['kind']})")
    if line := " · ".join(filter(None, facts)):
        typer.echo(f"        {line}")


def show(listing: Annotated[int, typer.Argument(help="Number of a listing.")], as_json: Json = False) -> None:
    """Show one public listing with everything we know, and from whom."""
    from directory.public_listings import get

    one = with_runtime(lambda rt: get(rt, listing))
    facts = {"id": one.id, "publisher": one.publisher, "source": one.source, "licence": one.licence,
             "retrieved_on": one.retrieved_on, **one.draft.as_dict()}  # fmt: skip
    if one.draft.place and one.draft.place.confidential:
        facts["place"] = {"city": one.draft.place.city, "state": one.draft.place.state, "confidential": True}
    if as_json:
        show_json(facts)
        return
    for name, value in facts.items():
        typer.echo(f"{name}: {value}")


def match(
    needs: Annotated[Path | None, typer.Argument(help="Needs as JSON.")] = None,
    example: Annotated[bool, typer.Option("--example", help="Print a filled needs file.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a needs file.")] = False,
    preset: Annotated[str, typer.Option(help="Begin from a common situation: methadone, no_home_tonight …")] = "",
    as_json: Json = False,
) -> None:
    """Rank places for one person's needs: why each fits, what to ask, what speaks against it."""
    from directory.handoff import desk, needs_schema, presets

    if schema:
        return show_json(needs_schema.schema())
    if example:
        given = {"near": desk.example()["near"]} if preset else desk.example()
        return show_json(guarded(lambda: presets.begin(preset, given)) if preset else given)
    if needs is None:
        wrong_usage("Name a needs file; `aftercare match --example` prints one.")
    asked = guarded(lambda: desk.read_needs(needs))
    if preset:
        asked = guarded(lambda: presets.begin(preset, asked))
    found = with_runtime(lambda rt: desk.matched(rt, asked))
    if as_json:
        return show_json(found)
    _show_matched(found)


def _show_matched(found: dict[str, Any]) -> None:
    if not found["hits"]:
        typer.echo("Nothing fits. Call 211 for help by phone, or 988 if you need to talk to someone now.")
    for hit in found["hits"]:
        chosen = "*" if hit["id"] in found["set"] else " "
        typer.echo(f"{chosen} [{hit['id']}] {hit['kind']}: {'; '.join(hit['why'])}")
        for sentence in hit["unknown"]:
            typer.echo(f"      {sentence}")
        for sentence in hit["against"]:
            typer.echo(f"      but: {sentence}")
    for group, ids in found["options"].items():
        typer.echo(f"To choose from, {group.replace('_', ' ')}: {', '.join(map(str, ids))}")
    for name, ids in found["ties"].items():
        typer.echo(f"Run by the same people, {name}: {', '.join(map(str, ids))}")


def handoff(
    out: Annotated[Path, typer.Option(help="Where to write: .pdf, .html, .ics, .vcf, .txt or .json.")],
    near: Annotated[str, typer.Option(help='Where they will stay: a ZIP or "City, ST".')] = "",
    discharge: Annotated[str, typer.Option(help="When they leave, like 2026-11-23 or 2026-11-23T14:00.")] = "",
    needs: Annotated[Path | None, typer.Option(help="Needs as JSON: where, when and the rest come from it.")] = None,
    need: Annotated[list[str] | None, typer.Option(help="A need: housing, food, transport …")] = None,
    pick: Annotated[list[int] | None, typer.Option(help="Number of a chosen listing; none: a matched set.")] = None,
    book: Annotated[list[str] | None, typer.Option(help='An appointment made: "12 2026-11-25T09:30".')] = None,
    answer: Annotated[list[str] | None, typer.Option(help="To a medication gap: GAP=ANSWER.")] = None,
    copy: Annotated[Path | None, typer.Option(help="Where to write the planner's own copy, like copy.pdf.")] = None,
    language: Annotated[str, typer.Option(help="en or es; without it that of the needs file, or en.")] = "",
    large_print: Annotated[bool, typer.Option("--large-print", help="18 point.")] = False,
    discreet: Annotated[bool, typer.Option("--discreet", help="No words that tell the condition.")] = False,
    paper: Annotated[str, typer.Option(help="letter or a4.")] = "letter",
) -> None:
    """Write the handoff packet for chosen places: nothing about the patient is asked or stored."""
    from directory.handoff import desk

    if needs is None and not (near and discharge):
        wrong_usage(
            "Say where they will stay and when they leave: --near and --discharge, or --needs with a needs file."
        )
    if needs is None and (answer or copy):
        wrong_usage("--answer and --copy go with --needs: without needs no medication gap is known.")
    values = guarded(lambda: desk.read_needs(needs)) if needs else None
    spoken = language or desk.spoken(values)
    options = guarded(lambda: desk.options(spoken, large_print, discreet, paper))
    order = desk.Order(options, out, near, discharge, need or (), pick or (), values, book or (), answer or (), copy)
    written = with_runtime(lambda rt: desk.write(rt, order))
    for warning in written.warnings:
        say(warning)
    say(f"Wrote {out} with {written.places} {'place' if written.places == 1 else 'places'}.")
    if copy:
        say(f"Wrote {copy}: for the planner, never for the patient.")
