"""What was shared and with whom, what is talked over before leaving, and the planner's own copy."""

from collections.abc import Mapping

from directory.handoff.values import Blank, Block
from directory.handoff.words import Say


def sharing(_: Say, staffed: bool) -> Block:
    """Nothing is sent in a handoff that the person carries; on a page nobody signs, nobody is there to ask."""
    nothing = (
        _("We did not send anything about you to anybody.")
        if staffed
        else _("Nothing about you was sent to anybody. There is no name on this list, and we keep no copy.")
    )
    yours = _("This paper is yours. You choose who sees it.")
    if not staffed:
        return Block(_("Nothing was shared"), (nothing, yours))
    asked = (
        _("If you want us to tell a place about you, we ask you first, on a page of its own."),
        _("That page says who, what, why, and until when. You can stop it at any time."),
    )
    return Block(_("Nothing was shared"), (nothing, yours, *asked))


def teach_back_intro(_: Say) -> str:
    return _("We ask this to see if we were clear. It is not a test.")


def teach_back(_: Say, discreet: bool) -> tuple[Block, ...]:
    ready = (
        _("I know where my nose spray is, and how to use it.")
        if discreet
        else _("I have naloxone, and I know how to use it.")
    )
    return (
        Block(
            _("Tell me in your own words"),
            (
                _("What will you do first?"),
                _("Who do you call when things get hard?"),
                _("What do you do when someone will not wake up?"),
                _("Until when do you have enough medicine?"),
            ),
        ),
        Block(
            _("We talked about this"),
            ticks=(
                _("I got a list of places. I can choose any place."),
                _("I was told who runs them, and to ask my insurance."),
                ready,
                _("I know who to call, day and night."),
                _("I have a copy of this plan."),
            ),
            blanks=(Blank(_("Me")), Blank(_("Staff")), Blank(_("Day"))),
        ),
    )


def copy_titles(_: Say) -> Mapping[str, str]:
    return {
        "title": _("Planner’s copy"),
        "gaps": _("Medicine gaps"),
        "offered": _("What was offered, in this order"),
        "unknown": _("Not known: call and ask"),
        "ties": _("Choice and ties of ownership"),
    }


def copy_labels(_: Say) -> Mapping[str, str]:
    return {
        "gap": _("Gap"),
        "answer": _("Answer"),
        "place": _("Place"),
        "chosen": _("The table holds what the patient chose."),
        "not_chosen": _("Not chosen. {places}."),
        "number": _("No."),
        "medicine": _("whether it takes {medicine}"),
        "closed": _("whether it is still open: reported closed"),
    }


def copy_intro(_: Say) -> str:
    return _(
        "Not for the patient. It records what was offered; the directory stores none of it. No name belongs on it."
    )


def no_gaps(_: Say) -> str:
    return _("No gap follows from what was entered. Check the supply date and the first visit yourself.")


def order(_: Say) -> str:
    return _("Ordered by fit with what was asked, then by distance. No place can pay for its rank.")


def few(_: Say) -> str:
    """A kind of which fewer than three were offered; {kinds} tells each with its number."""
    return _("Fewer than three offered: {kinds}. Search wider, or note that no more exist in the area.")


def all_known(_: Say) -> str:
    return _("Every chosen place answers what was asked, as far as its listing tells. Call to confirm.")


def ties_found(_: Say) -> str:
    return _("Same organization ({organization}): numbers {names}.")


def no_ties(_: Say) -> str:
    return _(
        "No shared owner shows in these listings. Ties of our own program are not in the directory: write them here."
    )


def network(_: Say) -> str:
    return _("The directory does not know insurance networks. Ask the plan before the first visit.")


def copy_record(_: Say) -> Block:
    ticks = (
        _("List given, and free choice explained"),
        _("Ties of ownership told"),
        _("Network to be checked with the plan"),
    )
    blanks = (Blank(_("Our own financial ties")), Blank(_("Given on, by")))
    return Block("", ticks=ticks, blanks=blanks)
