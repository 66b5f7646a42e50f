"""The second step: six digits from an app, each used once; ten recovery codes for when the phone is gone."""

import base64
import hmac
from datetime import datetime
from secrets import token_bytes

import pyotp
import segno

from directory.bulk import writing
from directory.security.models import Account, RecoveryCode
from directory.security.roles import Role
from directory.security.sealed import Ring

STEP = 30  # seconds
AROUND = 1  # steps a phone's clock may be off, to either side
CODES = 10


def needed(account: Account) -> bool:
    """Admins need a second step; accounts of a demo, made up and printed, do not."""
    return account.role == Role.ADMIN and not account.demo


async def asked(account: Account, ring: Ring) -> str:
    """The seed an account is to put into its app; the same until it is confirmed."""
    if account.totp_asked:
        return ring.unseal(account.totp_asked, _place(account))
    seed = pyotp.random_base32()
    account.totp_asked = ring.seal(seed, _place(account))
    await Account.filter(id=account.id, totp_asked="").update(totp_asked=account.totp_asked)
    return await asked(await Account.get(id=account.id), ring)  # two tabs show the same


def picture(seed: str, name: str, site: str) -> str:
    """The seed as a QR code for an app's camera: a data address of an SVG."""
    address = pyotp.TOTP(seed).provisioning_uri(name=name, issuer_name=site.replace(":", " "))
    picture: str = segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    return picture


async def confirm(account: Account, code: str, ring: Ring, now: datetime) -> list[str]:
    """Turn the second step on with a first right code; the recovery codes, or nothing when the code is wrong."""
    if not account.totp_asked:
        return []
    step = _step(ring.unseal(account.totp_asked, _place(account)), code, now)
    async with writing():
        mine = Account.filter(id=account.id, totp_asked=account.totp_asked)
        if not step or not await mine.update(totp=account.totp_asked, totp_asked="", totp_step=step):
            return []
        return await new_codes(account, ring)


async def passed(account: Account, code: str, ring: Ring, now: datetime) -> bool:
    """Whether this is a code of now that nobody used yet; from here on it is used."""
    step = _step(ring.unseal(account.totp, _place(account)), code, now) if account.totp else 0
    return bool(step and await Account.filter(id=account.id, totp_step__lt=step).update(totp_step=step))


async def recovered(account: Account, code: str, ring: Ring, now: datetime) -> bool:
    """Whether this is a recovery code nobody used yet; from here on it is used."""
    same = RecoveryCode.filter(account_id=account.id, code=_code_hash(account, code, ring), used_at__isnull=True)
    return bool(await same.update(used_at=now))


async def new_codes(account: Account, ring: Ring) -> list[str]:
    """Ten new recovery codes, shown this once; the old ones open nothing any more."""
    plain = [base64.b32encode(token_bytes(10)).decode().lower() for _ in range(CODES)]
    codes = ["-".join(text[i : i + 4] for i in range(0, 16, 4)) for text in plain]
    async with writing():
        await RecoveryCode.filter(account_id=account.id).delete()
        await RecoveryCode.bulk_create(
            [RecoveryCode(account_id=account.id, code=_code_hash(account, code, ring)) for code in codes]
        )
    return codes


async def off(account: Account) -> None:
    await RecoveryCode.filter(account_id=account.id).delete()
    await Account.filter(id=account.id).update(totp="", totp_asked="")


async def left(account: Account) -> int:
    return await RecoveryCode.filter(account_id=account.id, used_at__isnull=True).count()


async def sealed_seeds(ring: Ring) -> list[str]:
    """Every seed as it is stored; BadSettings when one cannot be opened."""
    return [stored for account, _, stored in await _stored() if ring.unseal(stored, _place(account))]


async def seal_anew(ring: Ring) -> None:
    """Every seed sealed with the last key. Inside the caller's transaction; one that changes meanwhile is left."""
    for account, column, stored in await _stored():
        fresh = ring.seal(ring.unseal(stored, _place(account)), _place(account))
        await Account.filter(id=account.id, **{column: stored}).update(**{column: fresh})


async def _stored() -> list[tuple[Account, str, str]]:
    rows = await Account.all().order_by("id")
    return [(row, name, getattr(row, name)) for row in rows for name in ("totp", "totp_asked") if getattr(row, name)]


def _step(seed: str, code: str, now: datetime) -> int:
    """The step this is the code of; 0 for none. All are compared, so that the time it takes tells nothing."""
    given = "".join(code.split())
    if not (given.isascii() and given.isdigit() and len(given) == 6):
        return 0
    maker, this = pyotp.TOTP(seed), int(now.timestamp()) // STEP
    found = [
        step for step in range(this - AROUND, this + AROUND + 1) if hmac.compare_digest(maker.generate_otp(step), given)
    ]
    return found[-1] if found else 0


def _code_hash(account: Account, code: str, ring: Ring) -> str:
    bare = "".join(c for c in code.lower() if c.isascii() and c.isalnum())
    return ring.keyed("recovery code", f"{account.id}|{bare}")


def _place(account: Account) -> str:
    return f"account|totp|{account.id}"
