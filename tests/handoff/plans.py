"""Plans of the invented places, for the tests of the first seven days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from directory.handoff.booked import Booked
from directory.handoff.cards import Telling
from directory.handoff.itinerary import NO_EDITS, Edits, Router, Timeline
from directory.handoff.needs import Needs
from directory.handoff.timeline import timeline
from directory.handoff.travel import straight_line
from directory.handoff.values import Options
from directory.i18n import catalogue
from directory.listing import Listed
from tests.handoff.people import DISCHARGE, NEAR, ZONE, meeting, weekly


def telling(leaving: datetime = DISCHARGE, language: str = "en", zone: str = ZONE, **options: Any) -> Telling:
    here = Options(language=language, **options)
    return Telling(catalogue(language).gettext, here, leaving, zone, replace(NEAR, timezone=zone), leaving)


def plan(
    chosen: Sequence[Listed],
    booked: Sequence[Booked] = (),
    edits: Edits = NO_EDITS,
    router: Router = straight_line,
    tell: Telling | None = None,
    **needs: Any,
) -> Timeline:
    return timeline(chosen, Needs(near=NEAR, **needs), booked, tell or telling(), edits, router)


def daily(id: int, hour: float, long: int | None = 60, **changes: Any) -> Listed:
    """A meeting every day at that hour."""
    return meeting(id, times=tuple(weekly(day, hour, long) for day in range(7)), **changes)
