"""Sessions live on the server: the browser holds 256 random bits, the database their hash.

A session begins anew at sign-in and at each raise of rights (its token is another one), ends after a time without use,
ends after ten hours whatever happens, and ends everywhere when the password, the codes or the role change.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe

from directory.security.models import Account, Session
from directory.security.roles import Role, Who
from directory.settings import Settings

LENGTH = 43  # characters of 32 bytes in base64url
HALFWAY = timedelta(minutes=10)  # between the password and the code
NOTICED = timedelta(minutes=1)  # seen again sooner is not written: one write a minute a session
A_LITTLE = timedelta(minutes=2)  # how far the clock may have been set back


class Stage(StrEnum):
    CODE = "code"  # the password was right; the second step is still to come
    SET_UP = "set up"  # the password was right; this role needs a second step and has none yet
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Access:
    """One request's session, as the database knows it."""

    session: int
    stage: Stage
    who: Who
    token: str  # what the forms of its pages send along


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def form_token(token: str) -> str:
    """Bound to the session: nobody without its cookie can work it out, and the cookie not from it."""
    return hmac.new(token.encode(), b"forms", sha256).hexdigest()


async def start(account: Account, stage: Stage, browser: str, settings: Settings, now: datetime) -> str:
    """The token of a new session."""
    token = token_urlsafe(32)
    lasting = HALFWAY if stage is not Stage.FULL else timedelta(hours=int(settings.session_hours))
    await Session.filter(account_id=account.id, ends_at__lte=now).delete()
    await Session.create(
        token=hashed(token), account=account, stage=stage.value, browser=browser[:40],
        started_at=now, seen_at=now, ends_at=now + lasting,
    )  # fmt: skip
    return token


async def find(token: str, settings: Settings, now: datetime) -> Access | None:
    """Who holds this token; None when it is no session's, too old, or its account was disabled."""
    if len(token) != LENGTH or not token.isascii():
        return None
    row = await Session.get_or_none(token=hashed(token)).select_related("account")
    if row is None:
        return None
    account = row.account
    role = Role(account.role)
    over = now >= row.ends_at or now - row.seen_at >= idle(role, settings) or row.started_at - now > A_LITTLE
    if over or account.disabled_at is not None:
        await Session.filter(id=row.id).delete()
        return None
    if now - row.seen_at >= NOTICED:
        await Session.filter(id=row.id).update(seen_at=now)
    return Access(row.id, Stage(row.stage), Who(account.id, account.name, role), form_token(token))


def idle(role: Role, settings: Settings) -> timedelta:
    return timedelta(minutes=int(settings.idle_admin if role is Role.ADMIN else settings.idle))


async def end(session: int) -> None:
    await Session.filter(id=session).delete()


async def end_all(account: int, *, but: int = 0) -> int:
    """Signed out everywhere, except in the session `but`; answers how many ended."""
    return int(await Session.filter(account_id=account).exclude(id=but).delete())


async def of(account: int, settings: Settings, now: datetime) -> list[Session]:
    """The running ones, the last used first."""
    rows = await Session.filter(account_id=account, stage=Stage.FULL.value, ends_at__gt=now).order_by("-seen_at")
    role = Role((await Account.get(id=account)).role)
    return [row for row in rows if now - row.seen_at < idle(role, settings)]
