"""The filters beside the results: only what is present, each with its count, what was chosen always shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from directory.i18n import catalogue
from directory.vocab import FACETS, Kind, label
from directory.web.forms import Asked


@dataclass(frozen=True, slots=True)
class Option:
    field: str
    value: str
    words: str
    count: int
    chosen: bool

    @property
    def code(self) -> str:
        return self.value.rpartition("=")[2]


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> int:
        return sum(option.chosen for option in self.options)


def titles(language: str) -> dict[str, str]:
    """Facet groups in the order people need them."""
    _ = catalogue(language).gettext
    return {
        "kind": _("Kind of help"),
        "modality": _("In person or online"),
        "fellowship": _("Which group"),
        "format": _("Kind of meeting"),
        "accepts": _("Welcomes people on this medicine"),
        "medication": _("Gives this medicine"),
        "payment": _("Cost"),
        "gender": _("Who may come"),
        "population": _("Made for"),
        "age": _("Ages"),
        "access": _("Access"),
        "language": _("Languages"),
        "need": _("Help with"),
        "level": _("Kinds of care"),
        "residence": _("Kind of house"),
        "therapy": _("Ways of helping"),
    }


def groups(
    counts: Mapping[str, Mapping[str, int]], asked: Asked, language: str, read: Collection[tuple[str, str]] = ()
) -> list[Group]:
    """What was `read` in the words stands above the results and is not offered again."""
    made = (
        Group(
            title, tuple(o for o in _options(name, counts.get(name, {}), asked, language) if (name, o.code) not in read)
        )
        for name, title in titles(language).items()
    )
    return [group for group in made if group.options]


def _options(name: str, counts: Mapping[str, int], asked: Asked, language: str) -> tuple[Option, ...]:
    chosen = [kind.value for kind in asked.kinds] if name == "kind" else asked.facets.get(name, ())
    ranked = sorted(counts, key=lambda value: (-counts[value], value))
    values = [value for value in dict.fromkeys([*ranked, *chosen]) if counts.get(value) or value in chosen]
    return tuple(
        Option(
            field="kind" if name == "kind" else "facet",
            value=value if name == "kind" else f"{name}={value}",
            words=label(name, value, language),
            count=counts.get(value, 0),
            chosen=value in chosen,
        )
        for value in values
        if known(name, value)
    )


def known(name: str, value: str) -> bool:
    """A word of the vocabulary; language codes are open."""
    words = Kind if name == "kind" else FACETS.get(name)
    return words is None or value in words._value2member_map_
