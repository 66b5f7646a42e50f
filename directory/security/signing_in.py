"""Signing in: a name with a password, then for some a code. What is wrong is never told apart."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from directory.runtime import Runtime
from directory.security import accounts, audit, limits, passwords, sessions, totp
from directory.security.audit import Act, Outcome
from directory.security.models import Account
from directory.security.sealed import Ring, ring
from directory.security.sessions import Access, Stage
from directory.visitors import mark

MINUTES = timedelta(minutes=1)
FROM_ONE_NETWORK = (100, 10 * MINUTES)  # a whole hospital may stand behind one address
HERE, LONGEST_HERE = 5, 15 * MINUTES  # tries of one name from one network before they must wait
ANYWHERE, LONGEST_ANYWHERE = 20, MINUTES  # of one name from all networks: short, so that nobody is locked out by others
CODES, LONGEST_CODE = 5, 15 * MINUTES


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a try: a session's token with how far it goes, or a wait, or neither: it was wrong."""

    token: str = ""
    stage: Stage | None = None
    wait: timedelta = timedelta()


async def with_password(
    rt: Runtime, name: str, password: str, *, address: str, browser: str, old: Access | None, now: datetime
) -> Answer:
    """A session, full or on the way, when name and password are right. `old` is what this browser held: it ends."""
    home = rt.settings.home_path
    network, keys = await asyncio.to_thread(mark, home, address, now), await asyncio.to_thread(ring, home)
    named = keys.keyed("sign-in", accounts.key(name))
    if not await limits.allow("sign-in network", network, *FROM_ONE_NETWORK, now):
        return Answer(wait=FROM_ONE_NETWORK[1])
    pair = keys.keyed("sign-in", f"{named}|{network}")
    wait = await limits.attempt("sign-in here", pair, HERE, LONGEST_HERE, now)
    wait = wait or await limits.attempt("sign-in anywhere", named, ANYWHERE, LONGEST_ANYWHERE, now)
    if wait:
        return Answer(wait=wait)
    account = await Account.get_or_none(key=accounts.key(name))
    right = await passwords.verified(account.password if account else "", passwords.read(password))
    if account is None or not right or account.disabled_at is not None:
        about = f"account {account.id}" if account else ""
        await audit.record("nobody", Act.SIGN_IN, about, Outcome.REFUSED, now=now)
        return Answer()
    await limits.forgive("sign-in here", pair)
    await limits.forgive("sign-in anywhere", named)
    if passwords.outdated(account.password):
        fresh = await passwords.hashed(passwords.read(password))
        await Account.filter(id=account.id, password=account.password).update(password=fresh)
    stage = Stage.CODE if account.totp else Stage.SET_UP if totp.needed(account) else Stage.FULL
    if old is not None:
        await sessions.end(old.session)
    await audit.record(account.name, Act.SIGN_IN, f"account {account.id}", now=now)
    return Answer(await sessions.start(account, stage, browser, rt.settings, now), stage)


async def with_code(rt: Runtime, half: Access, code: str, *, browser: str, now: datetime) -> Answer:
    """A full session for one that waits for its code; a recovery code does too."""
    account = await accounts.by_id(half.who.id)
    wait = await limits.attempt("code", f"account {account.id}", CODES, LONGEST_CODE, now)
    if wait:
        return Answer(wait=wait)
    keys = await asyncio.to_thread(ring, rt.settings.home_path)
    act = await _second_step(account, code, keys, now)
    about = f"account {account.id}"
    if act is None:
        await audit.record("nobody", Act.SECOND_STEP, about, Outcome.REFUSED, now=now)
        return Answer()
    await limits.forgive("code", about)
    await audit.record(account.name, act, about, now=now)
    return Answer(await raised(rt, half, account, browser, now), Stage.FULL)


async def _second_step(account: Account, code: str, keys: Ring, now: datetime) -> Act | None:
    if await totp.passed(account, code, keys, now):
        return Act.SECOND_STEP
    return Act.RECOVERY_CODE if await totp.recovered(account, code, keys, now) else None


async def raised(rt: Runtime, half: Access, account: Account, browser: str, now: datetime) -> str:
    """A full session with another token, in the place of one that was on the way."""
    await sessions.end(half.session)
    return await sessions.start(account, Stage.FULL, browser, rt.settings, now)
