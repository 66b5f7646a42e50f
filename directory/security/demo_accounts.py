"""Accounts to look around with: passwords made up for one home, printed once, without a second step."""

from datetime import datetime
from secrets import choice

from directory.security import accounts
from directory.security.accounts import NameTaken
from directory.security.models import Account
from directory.security.roles import Role

WORDS = """amber apple basil beach birch bread brook cedar cloud clover coral daisy delta fern field finch garden ginger
harbor hazel honey island ivory jasmine juniper kettle lantern lemon lilac linen maple meadow mint morning north oak
olive orchard paper pebble pepper pine plum pond quiet rain river robin sage salt sand shell silver sky snow spring
stone sugar sunday thyme tulip valley violet willow window winter wood""".split()  # fmt: skip


async def make(now: datetime) -> dict[str, str]:
    """Name to password. Made again they get new passwords; an account somebody made by hand is left alone."""
    made = {}
    for role in (Role.ADMIN, Role.PLANNER, Role.READER):
        name = f"demo {role.value}"
        try:
            account = await accounts.add(name, role, "demo", now, demo=True)
        except NameTaken:
            account = await Account.get(key=accounts.key(name))
            if not account.demo:
                continue
        made[name] = "-".join(choice(WORDS) for _ in range(5))
        await accounts.set_password(account, made[name], "demo", now)
    return made
