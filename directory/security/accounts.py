"""Accounts: made, listed, disabled, given another role. Every verb leaves its line in the audit trail."""

import unicodedata
from datetime import datetime

from tortoise.exceptions import IntegrityError

from directory.bulk import writing
from directory.errors import NotAllowed, NotFound
from directory.security import audit, invitations, passwords, sessions, totp
from directory.security.audit import Act
from directory.security.models import Account
from directory.security.roles import Role

MOST = 80  # characters of a name


class NameTaken(NotAllowed): ...


class NameRefused(NotAllowed): ...


def key(name: str) -> str:
    """A name as it is compared (RFC 8265, UsernameCaseMapped, and compatible letters as one): "Ana" is "ａｎａ"."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.split())[:160]


def sound(name: str) -> str:
    """The name as it is kept; NameRefused when nobody could type or read it."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    odd = [c for c in kept if unicodedata.category(c)[0] == "C" or unicodedata.bidirectional(c) in ("RLO", "LRO")]
    if not kept or len(kept) > MOST or odd or not any(c.isalnum() for c in kept):
        raise NameRefused(f"A name has 1 to {MOST} characters, with a letter or digit and none that cannot be seen.")
    return kept


async def add(name: str, role: Role, by: str, now: datetime, *, demo: bool = False) -> Account:
    """A new account that cannot sign in until its link is used or a password is set."""
    kept = sound(name)
    try:
        async with writing():
            account = await Account.create(name=kept, key=key(kept), role=role.value, demo=demo, created_at=now)
            await audit.record(by, Act.INVITE, f"account {account.id}", now=now)
    except IntegrityError:
        raise NameTaken(f"There is an account {kept!r} already.") from None
    return account


async def by_name(name: str) -> Account:
    account = await Account.get_or_none(key=key(name))
    if account is None:
        raise NotFound(f"There is no account {name!r}; `aftercare account list` shows all.")
    return account


async def by_id(number: int) -> Account:
    account = await Account.get_or_none(id=min(number, 2**31 - 1))
    if account is None:
        raise NotFound(f"There is no account {number}.")
    return account


async def everyone() -> list[Account]:
    return await Account.all().order_by("name")


async def reset(account: Account, by: str, now: datetime, *, forget_codes: bool = False) -> str:
    """The token of a new link. The old password works until it is used; the second step stays unless the phone and
    the recovery codes are gone: then whoever uses the link sets it up anew."""
    async with writing():
        await audit.record(by, Act.RESET, f"account {account.id}", now=now)
        if forget_codes:
            await totp.off(account)
            await sessions.end_all(account.id)
            # without its second step the old password must not be enough
            await Account.filter(id=account.id).update(password="")
            await audit.record(by, Act.TOTP_OFF, f"account {account.id}", now=now)
        return await invitations.invite(account, now)


async def set_password(account: Account, password: str, by: str, now: datetime, *, but: int = 0) -> None:
    """Everywhere else, except in the session `but`, the account is signed out."""
    stored = await passwords.hashed(password)
    async with writing():
        await Account.filter(id=account.id).update(password=stored)
        await sessions.end_all(account.id, but=but)
        await audit.record(by, Act.PASSWORD, f"account {account.id}", now=now)


async def set_role(account: Account, role: Role, by: str, now: datetime) -> None:
    async with writing():
        if role is not Role.ADMIN:
            await _not_the_last(account)
        await Account.filter(id=account.id).update(role=role.value)
        await sessions.end_all(account.id)
        await audit.record(by, Act.ROLE, f"account {account.id}", now=now)


async def disable(account: Account, by: str, now: datetime) -> None:
    """Signed out everywhere at once; links open nothing."""
    async with writing():
        await _not_the_last(account)
        await Account.filter(id=account.id).update(disabled_at=now)
        await sessions.end_all(account.id)
        await audit.record(by, Act.DISABLE, f"account {account.id}", now=now)


async def enable(account: Account, by: str, now: datetime) -> None:
    async with writing():
        await Account.filter(id=account.id).update(disabled_at=None)
        await audit.record(by, Act.ENABLE, f"account {account.id}", now=now)


async def _not_the_last(account: Account) -> None:
    """Inside `writing()`, so that two admins cannot disable each other at once."""
    admins = await Account.filter(role=Role.ADMIN.value, disabled_at__isnull=True).select_for_update()
    if [one.id for one in admins] == [account.id]:
        raise NotAllowed(f"{account.name} is the last admin. Make another one first.")
