"""Whether what is sealed can be opened and the audit trail is whole."""

import asyncio

from directory.errors import BadSettings
from directory.runtime import Runtime
from directory.security import audit
from directory.security.models import Account
from directory.security.sealed import ring


async def unsound(rt: Runtime) -> list[str]:
    """What is wrong, in sentences."""
    found = [fault] if (fault := await audit.first_fault()) else []
    try:
        keys = await asyncio.to_thread(ring, rt.settings.home_path)
    except BadSettings as error:
        return [*found, str(error)]
    for account in await Account.exclude(totp=""):
        try:
            keys.unseal(account.totp, f"account|totp|{account.id}")
        except BadSettings as error:
            found.append(f"{account.name} cannot sign in with codes. {error}")
    return found
