"""The handoff's own plain-language sentences; English is the message id. A test keeps each block at sixth grade."""

from collections.abc import Callable, Mapping

from directory.handoff.values import Block

Say = Callable[[str], str]  # a catalogue's gettext


def title(_: Say, discreet: bool) -> str:
    return _("My next steps") if discreet else _("My recovery plan")


def section_titles(_: Say, discreet: bool) -> Mapping[str, str]:
    return {
        "steps": _("What to do first") if discreet else _("My next steps"),
        "safety": _("Take care this week") if discreet else _("Stay safe this week"),
        "places": _("Places I chose"),
        "meetings": _("Meetings this week"),
        "daily": _("Help with daily life"),
        "numbers": _("Numbers to keep"),
    }


def labels(_: Say) -> Mapping[str, str]:
    """Short labels for the renderers; `document` is the title in a file's properties, the same on every packet."""
    return {
        "document": _("My next steps"),
        "first_name": _("First name"),
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
        "scan": _("The same list on a phone. Point the camera here."),
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


def meeting_lines(_: Say) -> tuple[str, ...]:
    return (_("Come ten minutes early. You can just listen."), _("You do not need to sign up."))


def places_intro(_: Say) -> str:
    return _("Call first. Hours and rules change.")


def choice(_: Say) -> str:
    return _(
        "You are free to choose any place, also one that is not on this list. "
        "No place can pay to be on it. If you have insurance, ask which places it covers."
    )


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


def safety(_: Say, discreet: bool) -> tuple[Block, ...]:
    return _neutral_safety(_) if discreet else (*_danger(_), *_overdose(_))


def safety_intro(_: Say, discreet: bool) -> str:
    if discreet:
        return _("The first days at home can be hard. Go slow, and stay near people you trust.")
    return _("The first week has the most risk. These steps can save your life.")


def _danger(_: Say) -> tuple[Block, ...]:
    return (
        Block(
            _("Your body has changed"),
            (
                _("Your body can't handle what it used to. A dose that was normal for you before can kill you now."),
                _("Fentanyl may be in any pill or powder. You can't see it, smell it, or taste it."),
            ),
            alert=True,
        ),
        Block(
            _("Lower the risk"),
            (
                _("Keep taking your medicine. If you may run out, call before you do."),
                _("Do not use alone. Tell someone, or stay on the phone with a check-in line."),
                _("Do not mix drugs with alcohol, sleep pills, or pills for nerves."),
                _("Keep naloxone (Narcan) close. Show others where it is and how to use it."),
                _("If you do use, you have not failed. Call your program. You can start again today."),
            ),
        ),
    )


def _overdose(_: Say) -> tuple[Block, ...]:
    return (
        Block(
            _("Signs of an overdose"),
            (
                _("The person will not wake up."),
                _("Breath is very slow, or has stopped."),
                _("Lips or nails look blue or gray."),
                _("You hear a gurgle or a deep snore."),
            ),
        ),
        Block(
            _("What to do"),
            (
                _("Call 911. Say that someone is not breathing."),
                _("Give naloxone in the nose."),
                _("Give one breath every 5 seconds."),
                _("No change after 2 or 3 minutes? Give more naloxone."),
                _("Once they breathe, roll them on their side."),
                _("Stay until help comes. Naloxone can wear off, and the overdose can come back."),
            ),
            ordered=True,
        ),
        Block(
            _("If you feel very low"),
            (_("Call or text 988. It is free, day and night. You do not have to be in danger to call."),),
        ),
    )


def _neutral_safety(_: Say) -> tuple[Block, ...]:
    return (
        Block(
            _("Your body has changed"),
            (
                _("After time in care, your body is not the same. What it could handle before may be too much now."),
                _("Take only what your care team told you to take. If you may run out, call before you do."),
                _("Do not be alone in the first days. Ask someone to check on you."),
                _("Keep your nose spray close. Show others where it is and how to use it."),
            ),
            alert=True,
        ),
        Block(
            _("When to get help at once"),
            (
                _("Someone will not wake up, or breath is slow, or lips look blue or gray: call 911."),
                _("Use the nose spray. Give one breath every 5 seconds."),
                _("No change after 2 or 3 minutes? Use the spray again."),
                _("Once they breathe, roll them on their side. Stay until help comes."),
            ),
            ordered=True,
        ),
        Block(
            _("If you feel very low"),
            (_("Call or text 988. It is free, day and night. You do not have to be in danger to call."),),
        ),
    )
