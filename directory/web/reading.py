"""How the words of the search box were read, told so that each reading can be taken back."""

from dataclasses import dataclass

from directory.i18n import catalogue
from directory.schedule_words import clock, day_name
from directory.search.ask import Told
from directory.search.query import Window
from directory.search.understand import Meant, Understood
from directory.vocab import label

DAY = 1440  # minutes


@dataclass(frozen=True, slots=True)
class Chip:
    told: str  # We read “suboxone” as:
    meaning: str  # gives buprenorphine
    typed: str  # the value of the button's field `as_typed`


def chips(read: Understood, language: str) -> list[Chip]:
    _ = catalogue(language).gettext
    return [
        Chip(_("We read “{words}” as:").format(words=one.words), meaning(one, read.window, language), one.typed)
        for one in read.found
    ]


def meaning(one: Meant, window: Window | None, language: str) -> str:
    """ "takes people on buprenorphine", "near Columbus, OH 43215", "Monday, from 5:00 pm"."""
    if window and "window" in one.groups:
        return when_words(one.means[0][1], window, language)
    return ", ".join(_value(group, value, language) for group, value in one.means)


def _value(group: str, value: str, language: str) -> str:
    _ = catalogue(language).gettext
    words = label(group, value, language)
    if group == "near":
        return _("near {place}").format(place=value)
    if group not in ("accepts", "medication"):
        return words
    told = _("takes people on {medicine}") if group == "accepts" else _("gives {medicine}")
    return told.format(medicine=words.partition(" (")[0].lower())


def when_words(said: str, window: Window, language: str) -> str:
    _ = catalogue(language).gettext
    named = {"now": _("Now"), "today": _("Today"), "tonight": _("Tonight"), "weekend": _("Saturday or Sunday")}
    if said in named and (said == "weekend" or window.end - window.start == 1 or window.end == DAY):
        return named[said]
    day = day_name(window.weekday, "wide", language).capitalize()
    if (window.start, window.end) == (0, DAY):
        return day
    start, end = clock(window.start, language), clock(window.end % DAY, language)
    if window.end == DAY:
        return _("{day}, from {start}").format(day=day, start=start)
    return _("{day}, {start} to {end}").format(day=day, start=start, end=end)


def lifted_words(told: Told, language: str) -> str:
    """What was understood and not insisted on, and why."""
    if not told.lifted:
        return ""
    plural, _ = catalogue(language).ngettext, catalogue(language).gettext
    words = ", ".join(f"“{one.words}”" for one in told.lifted)
    n = len(told.first)
    if not n:
        return _("Too few places fit {words}, so we searched more widely.").format(words=words)
    return plural(
        "{n} place fits best and comes first. The others may not fit {words}.",
        "{n} places fit best and come first. The others may not fit {words}.",
        n,
    ).format(n=n, words=words)
