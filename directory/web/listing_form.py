"""What the form of a listing shows: its fields, their values, and what is wrong beside each."""

from typing import Any

from directory import typed
from directory.differences import GROUPS
from directory.vocab import Kind, Modality

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


def form_context(values: dict[str, str], problems: dict[str, str]) -> dict[str, Any]:
    chosen = {
        group: sum(bool(values.get(f"facet:{group}:{word.value}")) for word in words)
        for group, words in typed.EDITABLE.items()
    }
    return {
        "values": values,
        "problems": problems,
        "kind_options": [(kind.value, kind.label()) for kind in Kind],
        "also_options": [(f"also:{kind.value}", kind.label()) for kind in Kind],
        "modality_options": [(modality.value, modality.label()) for modality in Modality],
        "groups": [(group, GROUPS[group], list(words), chosen[group]) for group, words in typed.EDITABLE.items()],
        "day_options": list(enumerate(DAYS)),
        "times": typed.rows_of_times(values),
        "phones": range(typed.PHONES),
    }
