"""What the packet says about the first week's danger and about an overdose; in discreet words too."""

from directory.handoff.values import Blank, Block
from directory.handoff.words import Say


def safety(_: Say, discreet: bool) -> tuple[Block, ...]:
    return _neutral_safety(_) if discreet else (*_danger(_), *_overdose(_))


def spray(_: Say, discreet: bool) -> Block:
    """Where it lies is written by hand: seconds count."""
    heading = _("My nose spray") if discreet else _("My naloxone")
    return Block(heading, blanks=(Blank(_("Where I keep it")), Blank(_("Who knows how to use it"))))


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
