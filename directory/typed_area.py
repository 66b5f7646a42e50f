"""The area a place serves as four fields of a form: its values to type over, and what was typed read back."""

from collections.abc import Mapping

from directory.listing import Area
from importers import clean

AREA = ("area_nationwide", "area_states", "area_counties", "area_words")


def area_values(area: Area) -> dict[str, str]:
    counties = "; ".join(county.replace(":", ": ", 1) for county in area.counties)
    named = {"area_states": ", ".join(area.states), "area_counties": counties, "area_words": area.words}
    return {"area_nationwide": "yes" if area.nationwide else "", **named}


def read_area(form: Mapping[str, str], base: Area | None, problems: dict[str, str]) -> Area | None:
    """Where people are served beyond the place; nothing typed is nothing known."""
    if {name: form.get(name, "") for name in AREA} == {**dict.fromkeys(AREA, ""), **area_values(base or Area())}:
        return base
    states = [clean.state(one) for one in form.get("area_states", "").replace(";", ",").split(",") if one.strip()]
    if not all(states):
        problems["area_states"] = "Write states in two letters with a comma between, like OH, KY."
    counties = [_county(one) for one in form.get("area_counties", "").split(";") if one.strip()]
    if not all(counties):
        problems["area_counties"] = "Write counties with their state and a semicolon between, like OH: Franklin."
    nationwide, told = form.get("area_nationwide") == "yes", clean.words(form.get("area_words", ""))
    area = Area(nationwide, tuple(dict.fromkeys(states)), tuple(dict.fromkeys(counties)), told)
    return area if area != Area() else None


def _county(raw: str) -> str:
    """ "OH: Franklin" or "Ohio: Franklin County" as an area names it; "" for anything else."""
    state, _, name = raw.partition(":")
    found = clean.words(name).removesuffix(" County")
    return f"{clean.state(state)}:{found}" if clean.state(state) and found else ""
