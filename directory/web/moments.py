"""When something is next, in the words of somebody reading it now: "Tonight 7:00 pm", "Open now, until 5:00 pm"."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from directory.i18n import catalogue
from directory.listing import ListingDraft
from directory.schedule import Occurrence, next_occurrence
from directory.schedule_words import clock, day_name
from directory.vocab import Kind, Modality

EVENING = 17  # from this hour on, today is tonight
FAR_AWAY = (Modality.ONLINE, Modality.PHONE)


def next_words(draft: ListingDraft, now: datetime, language: str, zone: str) -> str:
    """Empty when no time is known. `now` is aware; `zone` is the reader's clock, used for what has no place."""
    _ = catalogue(language).gettext
    coming = next_occurrence(draft.times, now, default_zone=zone)
    if coming is None:
        return _("By appointment: call first") if draft.by_appointment else ""
    if always_open(draft):
        return _("Open day and night")
    here = ZoneInfo(zone) if draft.modality in FAR_AWAY else coming.start.tzinfo
    start, local = coming.start.astimezone(here), now.astimezone(here)
    if start <= local:
        return _in_progress(draft, coming, local, language)
    told = " ".join(filter(None, (day_words(start, local, language), hour_words(start, zone, language))))
    return told if draft.kind is Kind.SUPPORT_GROUP else _("Opens {when}").format(when=_mid_sentence(told, language))


def _in_progress(draft: ListingDraft, coming: Occurrence, local: datetime, language: str) -> str:
    _ = catalogue(language).gettext
    open_now = _("On now") if draft.kind is Kind.SUPPORT_GROUP else _("Open now")
    if coming.end is None:
        return open_now
    end = coming.end.astimezone(local.tzinfo)
    return _("{open_now}, until {hour}").format(open_now=open_now, hour=clock(end.hour * 60 + end.minute, language))


def day_words(start: datetime, local: datetime, language: str) -> str:
    """Today, tonight, tomorrow, the weekday within six days, else the date; both in one zone."""
    _ = catalogue(language).gettext
    ahead = (start.date() - local.date()).days
    if ahead == 0:
        return _("Tonight") if start.hour >= EVENING else _("Today")
    if ahead == 1:
        return _("Tomorrow")
    if ahead < 7:
        return day_name(start.isoweekday() % 7, "wide", language).capitalize()
    return short_date(start.date(), language)


def hour_words(start: datetime, zone: str, language: str) -> str:
    """ "7:00 pm", with the name of the clock when it is not the reader's."""
    told = clock(start.hour * 60 + start.minute, language)
    same = start.utcoffset() == start.astimezone(UTC).astimezone(ZoneInfo(zone)).utcoffset()
    return told if same else f"{told} {start.tzname()}"


def always_open(draft: ListingDraft) -> bool:
    """All seven days around the clock."""
    return len({t.weekday for t in draft.times if (t.start, t.end) == (0, 1440) and not t.weeks and t.every == 1}) == 7


def short_date(day: date, language: str) -> str:
    return format_date(day, "EEE, MMM d" if language == "en" else "EEE d 'de' MMM", locale=language)


def long_date(day: date, language: str) -> str:
    return format_date(day, "long", locale=language)


def month_words(day: date, language: str) -> str:
    """ "May 2026", "mayo de 2026"."""
    return format_date(day, "MMMM y" if language == "en" else "MMMM 'de' y", locale=language)


def _mid_sentence(words: str, language: str) -> str:
    """ "Tomorrow" becomes "tomorrow"; English keeps the capital of a weekday, other languages write it small."""
    _ = catalogue(language).gettext
    relative = (_("Today"), _("Tonight"), _("Tomorrow"))
    return words[0].lower() + words[1:] if language != "en" or words.startswith(relative) else words
