"""The sentences of the results page: how many, how far, what was widened, what one filter costs."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.geo import is_point
from directory.i18n import catalogue
from directory.search.ask import Told
from directory.search.find import Found
from directory.search.query import Near
from directory.vocab import Kind, label
from directory.web.forms import Asked


@dataclass(frozen=True, slots=True)
class Suggestion:
    words: str
    drop: str  # the value of the button's field `drop`


def heading(told: Told, near: Near | None, language: str) -> str:
    """ "12 places within 25 miles of Columbus, OH 43215"."""
    _ = catalogue(language).gettext
    total = told.total
    if not total:
        return _("Nothing found near {place}").format(place=_place(near, language)) if near else _("Nothing found")
    counted = _counted(total, told.query.kinds, language)
    if near is None:
        return counted
    return _("{places} within {miles} miles of {place}").format(
        places=counted, miles=f"{told.query.radius:g}", place=_place(near, language)
    )


def _place(near: Near, language: str) -> str:
    """The town; far from any, a point is where somebody stands."""
    return catalogue(language).gettext("you") if is_point(near.label) else near.label


def _counted(n: int, kinds: Sequence[Kind], language: str) -> str:
    plural = catalogue(language).ngettext
    told = {
        Kind.SUPPORT_GROUP: plural("{n} meeting", "{n} meetings", n),
        Kind.SOBER_LIVING: plural("{n} home", "{n} homes", n),
        Kind.OUTPATIENT: plural("{n} program", "{n} programs", n),
        Kind.RESIDENTIAL: plural("{n} program", "{n} programs", n),
        Kind.COMMUNITY_SERVICE: plural("{n} service", "{n} services", n),
    }
    return (told[kinds[0]] if len(kinds) == 1 else plural("{n} place", "{n} places", n)).format(n=f"{n:,}")


def widened_words(found: Found, asked: Asked, near: Near | None, language: str) -> str:
    if not found.widened or near is None:
        return ""
    _ = catalogue(language).gettext
    return _("There was nothing within {asked} miles, so we looked within {radius} miles.").format(
        asked=asked.radius, radius=f"{found.query.radius:g}"
    )


def missing_place(asked: Asked, near: Near | None, language: str) -> str:
    if not asked.place or near is not None:
        return ""
    _ = catalogue(language).gettext
    return _("We do not know the place “{place}”. Check the spelling, or use a ZIP code.").format(place=asked.place)


def relaxed_words(told: Told, language: str) -> list[Suggestion]:
    """ "2 more without: Women": one button for each chosen filter that would help if it were off."""
    plural = catalogue(language).ngettext
    made = []
    read = {group for one in told.read.found for group in one.groups}
    for relaxed in told.found.relaxed:
        if relaxed.group in read:
            continue  # its own button stands above
        drop = "when" if relaxed.group in ("when", "window") else relaxed.group
        names = ", ".join(label(relaxed.group, value, language) for value in relaxed.values)
        words = plural("{n} more without “{filter}”", "{n} more without “{filter}”", relaxed.count)
        made.append(Suggestion(words.format(n=relaxed.count, filter=names or _time_filter(language)), drop))
    return made


def _time_filter(language: str) -> str:
    return catalogue(language).gettext("the time you chose")


def radius_words(radii: Sequence[int], language: str) -> list[tuple[int, str]]:
    plural = catalogue(language).ngettext
    return [(miles, plural("{n} mile", "{n} miles", miles).format(n=miles)) for miles in radii]
