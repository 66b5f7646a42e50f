"""The handoff's own plain-language sentences; English is the message id. A test keeps each block at sixth grade."""

from collections.abc import Callable, Mapping

Say = Callable[[str], str]  # a catalogue's gettext


def title(_: Say, discreet: bool) -> str:
    return _("My next steps") if discreet else _("My recovery plan")


def section_titles(_: Say, discreet: bool) -> Mapping[str, str]:
    return {
        "steps": _("What to do first") if discreet else _("My next steps"),
        "safety": _("Take care this week") if discreet else _("Stay safe this week"),
        "medicine": _("My medicine"),
        "places": _("Places I chose"),
        "meetings": _("Meetings this week"),
        "stay": _("Where I will stay"),
        "check_ins": _("Who will check in with me"),
        "plan": _("My plan"),
        "daily": _("Help with daily life"),
        "numbers": _("Numbers to keep"),
        "sharing": _("What I agreed to share"),
        "teach_back": _("Before I leave"),
    }


def labels(_: Say) -> Mapping[str, str]:
    """Short labels for the renderers; `document` is the title in a file's properties, the same on every packet."""
    return {
        "document": _("My next steps"),
        "page": _("Page"),
        "of": _("of"),
        "next": _("Next"),
        "hours": _("Hours"),
        "phone": _("Phone"),
        "where": _("Where"),
        "when": _("When"),
        "day": _("Day"),
        "meeting": _("Meeting"),
        "name": _("Name"),
        "kind": _("Kind"),
        "need": _("Need"),
        "who": _("Who can help"),
        "ask": _("Ask when you call"),
        "online": _("Join online"),
        "dial": _("Join by phone"),
        "map": _("Where these places are"),
        "none": _("None of the meetings you chose."),
    }


def neutral_kinds(_: Say) -> Mapping[str, str]:
    """Kind words that say nothing of why somebody goes there."""
    return {
        "support_group": _("Meeting"),
        "sober_living": _("Housing"),
        "outpatient": _("Clinic"),
        "residential": _("Live-in program"),
        "community_service": _("Service"),
    }


def neutral_needs(_: Say) -> Mapping[str, str]:
    """Needs whose own name would tell; all others keep theirs."""
    return {"harm_reduction": _("Health supplies"), "mental_health": _("Someone to talk to")}


def neutral_lines(_: Say) -> Mapping[str, str]:
    """Help lines that may stand on discreet paper, by number; all others are left off it."""
    return {
        "911": _("Danger to life"),
        "988": _("Someone to talk to, day and night"),
        "211": _("Help near you: food, a bed, rides"),
        "1-800-222-1222": _("Took too much of something"),
        "1-800-662-4357": _("Free help line, day and night"),
    }


def scan(_: Say) -> str:
    return _("The same list on a phone. Point the camera here.")


def kept_list(_: Say) -> str:
    """Beside a code that opens a list somebody keeps online."""
    return _("My list online. Open this page and type the code. Show the code only to people you trust.")


def map_note(_: Say) -> str:
    """Without the name of the area: nothing of the search goes on paper."""
    return _("The circle in the middle is the area I asked for. The numbers are those of the list above.")


def map_rough(_: Say) -> str:
    return _("A broken line means that only the area is known.")


def map_more(_: Say) -> str:
    return _("A plus sign means that more than one place is there.")


def directions(_: Say) -> tuple[str, ...]:
    """Clockwise from north, as `geometry.eighth` counts."""
    return (
        _("north"),
        _("northeast"),
        _("east"),
        _("southeast"),
        _("south"),
        _("southwest"),
        _("west"),
        _("northwest"),
    )


def steps_intro(_: Say) -> str:
    return _("Start at the top. Do one thing at a time. Ask for help if you get stuck.")


def bring(_: Say) -> str:
    return _("Bring: a photo ID, your insurance card, your list of medicines, and these papers.")


def call_script(_: Say) -> str:
    return _("Say: “I leave care on {day}. I would like a first visit. When can I come?”")


def bed_script(_: Say) -> str:
    return _("Say: “I leave care on {day}. Do you have a bed? What does it cost, and what do I bring?”")


def medicine_script(_: Say) -> str:
    return _("Ask: “I take {medicine}. Can I stay on it with you?”")


def help_script(_: Say) -> str:
    return _("Ask what they need from you, and when you can come.")


def visit_script(_: Say) -> str:
    return _("Can't make it? Call them. Ask for a new day.")


def move_in_script(_: Say) -> str:
    return _("Call first. Ask when the door is open, and what to bring.")


def meeting_lines(_: Say) -> tuple[str, ...]:
    return (_("Come ten minutes early. You can just listen."), _("You do not need to sign up."))


def places_intro(_: Say) -> str:
    return _("Call first. Hours and rules change.")


def choice(_: Say) -> str:
    return _(
        "You are free to choose any place, also one that is not on this list. "
        "No place can pay to be on it. If you have insurance, ask which places it covers."
    )


def same_owner(_: Say) -> str:
    """Two or more places that belong together; {names} is a list."""
    return _("These are run by the same people: {names}.")


def meetings_intro(_: Say) -> str:
    return _("These are the real dates for your first seven days. Go to as many as you can.")


def later_meetings(_: Say) -> str:
    return _("None of your meetings comes in the first seven days. Each place above tells its next date.")


def no_meetings(_: Say) -> str:
    return _("You did not choose a meeting yet. Ask us, or call 211, to find one near you.")


def daily_intro(_: Say) -> str:
    return _("If you do not know where to start, call 211. It is free. They know who helps near you.")


def numbers_intro(_: Say) -> str:
    return _("Keep this page. You can call any of these numbers, at any time, for any reason.")


def unit_line(_: Say) -> str:
    return _("Questions about this plan? Call us, day or night: {phone}")


def unknowns(_: Say) -> Mapping[str, str]:
    """What a place did not say, as the words after "ask about"."""
    return {
        "payment": _("what it costs"),
        "access": _("wheelchair access"),
        "language": _("languages"),
        "walk_in": _("if you need a set time"),
    }
