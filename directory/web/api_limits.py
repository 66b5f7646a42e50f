"""How often one network may ask the open API: a bucket of tokens that fills again, in the memory of this process.

No address is kept: a bucket is known by a hash under a key that is made anew each day and never written down.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from math import ceil
from secrets import token_bytes
from time import monotonic

from directory.errors import DirectoryError
from directory.visitors import network

MOST = 20_000  # buckets; the longest unused go first


class TooMany(DirectoryError):
    status = 429
    advice = "Wait as many seconds as Retry-After says, then go on. For all listings at once take a file of /feeds."

    def __init__(self, wait: int) -> None:
        super().__init__(f"That was too many requests from one network; go on in {wait} seconds.")
        self.wait = wait


@dataclass(slots=True)
class Allowance:
    """What is left to one network, for the headers of an answer."""

    limit: int
    left: int
    full_in: int  # seconds

    def headers(self) -> dict[str, str]:
        """None where there is no limit."""
        if not self.limit:
            return {}
        told = {"Limit": self.limit, "Remaining": self.left, "Reset": self.full_in}
        return {f"RateLimit-{name}": str(value) for name, value in told.items()}


class Limiter:
    """`a_minute` requests a minute for each network, as many at once after a pause; 0 refuses nobody."""

    def __init__(
        self,
        a_minute: int,
        clock: Callable[[], float] = monotonic,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self.limit = a_minute
        self._clock, self._today = clock, today
        self._day, self._key = today(), token_bytes(32)
        self._left: dict[bytes, tuple[float, float]] = {}  # tokens, and when they were counted

    def take(self, address: str, cost: int = 1) -> Allowance:
        """TooMany says how long to wait; what is refused costs nothing."""
        if not self.limit:
            return Allowance(0, 0, 0)
        who, now, rate = self._who(address), self._clock(), self.limit / 60
        left, since = self._left.pop(who, (float(self.limit), now))
        left = min(left + (now - since) * rate, self.limit)
        cost = min(cost, self.limit)
        if left < cost:
            self._left[who] = (left, now)
            raise TooMany(max(ceil((cost - left) / rate), 1))
        self._left[who] = (left - cost, now)
        if len(self._left) > MOST:
            del self._left[next(iter(self._left))]
        return Allowance(self.limit, int(left - cost), ceil((self.limit - left + cost) / rate))

    def _who(self, address: str) -> bytes:
        if (today := self._today()) != self._day:
            self._day, self._key = today, token_bytes(32)
            self._left.clear()
        return hmac.digest(self._key, network(address).encode(), sha256)
