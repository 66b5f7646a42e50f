"""The words of the pages filled in by hand: medicine, where to stay, who checks in, the plan."""

from directory.handoff.values import Blank, Block, Table
from directory.handoff.words import Say


def medicine_intro(_: Say) -> str:
    return _("Bring this page when you see a doctor or nurse, or get a refill.")


def medicine_blanks(_: Say, supply_known: bool) -> tuple[Blank, ...]:
    until = () if supply_known else (Blank(_("I have enough until")),)
    return (Blank(_("My last dose: day and hour")), *until, Blank(_("Who refills it, and their phone")))


def medicine_table(_: Say, named: bool) -> Block:
    """Lines for each medicine; `named` says that one is already told above."""
    heading = _("Other medicines I take") if named else _("Each medicine I take")
    head = (_("Medicine"), _("Last dose"), _("Enough until"), _("Who refills it"))
    return Block(heading, table=Table(head, (("",) * 4,) * 3))


def run_out(_: Say, methadone: bool) -> Block:
    lines = [
        _("Call before your last day. Do not wait until it is all gone."),
        _("Do not stop on your own. Talk first to the people who give it to you."),
        _("Keep it locked up. Keep it away from children and pets."),
    ]
    if methadone:
        lines.append(_("Only a methadone clinic can give you more. Ask them which day to come."))
    return Block(_("If I may run out"), tuple(lines))


def stay_intro(_: Say) -> str:
    return _("A safe place to sleep comes first. Call before you go there.")


def sleep(_: Say) -> Block:
    blanks = (Blank(_("Tonight I sleep at")), Blank(_("I can stay until")), Blank(_("Phone there")))
    return Block(_("My place to sleep"), blanks=blanks)


def bed_tonight(_: Say) -> Block:
    return Block(
        _("No bed for tonight?"),
        (
            _("Call 211 now. Say: “I need a bed tonight.”"),
            _("Ask us, too, before you leave. Do not sleep outside alone."),
        ),
        alert=True,
    )


def house_questions(_: Say, discreet: bool) -> Block:
    ticks = [
        _("What does it cost? When do I pay?"),
        _("When do I have to be in at night?"),
        _("May my family or my children visit?"),
        _("If I must leave, how many days do I get?"),
    ]
    if not discreet:
        ticks[2:2] = [_("May I stay on my medicine? Who keeps it?"), _("Do they test for drugs?")]
        ticks.append(_("What do they do if someone uses?"))
    return Block(_("Ask before I say yes"), ticks=tuple(ticks))


def check_ins_intro(_: Say) -> str:
    return _("The first month counts most. Ask people you trust to call you on these days.")


def check_ins_head(_: Say) -> tuple[str, ...]:
    return (_("Day"), _("Who"), _("Their phone"), _("OK to leave a message"))


def plan_intro(_: Say) -> str:
    return _("Fill this in by hand, with someone you trust. We keep no copy.")


def plan(_: Say, discreet: bool) -> tuple[Block, ...]:
    return (
        Block(_("My reasons"), blanks=(Blank(_("What I want to keep, or get back"), 2),)),
        Block(
            _("What makes it hard"),
            blanks=(
                Blank(_("People and places")),
                Blank(_("Feelings, pain, bad sleep")),
                Blank(_("Days and times, like payday")),
            ),
        ),
        Block(_("Early signs"), blanks=(Blank(_("How I act or feel when things start to slip"), 2),)),
        Block(
            _("What helps me"),
            (_("Leave the place. Call someone. Take a walk. Wait 20 minutes: an urge goes away."),),
            blanks=(Blank(_("What worked for me before"), 2),),
        ),
        Block(_("If this happens, then I do that"), table=Table((_("If"), _("Then I will")), (("", ""),) * 3)),
        Block(_("People I call"), table=Table((_("Name"), _("Phone"), _("Best time")), (("",) * 3,) * 3)),
        _bad_day(_) if discreet else _again(_),
        _low(_),
        Block(_("Look at it again"), blanks=(Blank(_("I read this again on")), Blank(_("Who has a copy")))),
    )


def _again(_: Say) -> Block:
    return Block(
        _("If I use again"),
        (
            _("Stop. One time does not undo all you have done."),
            _("Do not be alone. Call someone on this page."),
            _("Keep naloxone close. Your body can take much less now."),
            _("Call your program, and ask to start again today."),
        ),
        ordered=True,
        alert=True,
    )


def _bad_day(_: Say) -> Block:
    return Block(
        _("If a day goes wrong"),
        (
            _("Stop. One bad day does not undo all you have done."),
            _("Do not be alone. Call someone on this page."),
            _("Call the people who care for you. Ask for help today."),
        ),
        ordered=True,
        alert=True,
    )


def _low(_: Say) -> Block:
    return Block(
        _("When I feel very low"),
        (_("Start at the top. Go down until you feel safe. In danger now? Call or text 988."),),
        blanks=(
            Blank(_("My signs that a bad time is near")),
            Blank(_("What I can do on my own")),
            Blank(_("People and places that calm me")),
            Blank(_("Who I ask for help")),
            Blank(_("How I make my home safer")),
        ),
    )
