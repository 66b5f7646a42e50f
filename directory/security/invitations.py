"""Links that set a password, once: for a new account, and for a password that was forgotten."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from directory.bulk import writing
from directory.security import audit, passwords, sessions
from directory.security.audit import Act
from directory.security.models import Account, Invitation

LASTING = timedelta(hours=72)


async def invite(account: Account, now: datetime) -> str:
    """The token of a new link; an older one of the same account opens nothing any more."""
    token = token_urlsafe(32)
    async with writing():
        await Invitation.filter(account_id=account.id).delete()
        await Invitation.create(token=sessions.hashed(token), account=account, ends_at=now + LASTING)
    return token


async def invited(token: str, now: datetime) -> Account | None:
    """Whose link this is; None when it is nobody's, used, too old, or its account was disabled."""
    if len(token) != sessions.LENGTH or not token.isascii():
        return None
    row = await Invitation.get_or_none(token=sessions.hashed(token)).select_related("account")
    if row is None or row.used_at is not None or now >= row.ends_at or row.account.disabled_at is not None:
        return None
    return row.account


async def accept(token: str, password: str, now: datetime) -> bool:
    """Set the password by a link; False when somebody was quicker. Everywhere else the account is signed out."""
    account = await invited(token, now)
    if account is None:
        return False
    stored = await passwords.hashed(password)
    async with writing():
        mine = Invitation.filter(token=sessions.hashed(token), used_at__isnull=True, ends_at__gt=now)
        if not await mine.update(used_at=now):
            return False
        await Account.filter(id=account.id).update(password=stored)
        await sessions.end_all(account.id)
        await audit.record(account.name, Act.PASSWORD, f"account {account.id}", now=now)
    return True
