"""How often a door may be knocked at in vain, and how long it then stays shut."""

import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from api.db import Connection
from api.domain.commands.identity import count_try, forgive_try
from api.domain.errors import Refusal

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 100
"""Many colleagues share one address of their town hall; those who succeed are not counted."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to sign in: what it is counted under."""

    account_key: bytes
    address_key: bytes

    @classmethod
    def of(cls, email: str, address: str | None) -> "Attempt":
        return cls(_key("account", email.strip().lower()), _key("address", network_of(address)))


async def count(connection: Connection, attempt: Attempt) -> int:
    """Count a try before its password is looked at; the seconds to wait, or 0 if it may go on.

    Counting first is what stops a hundred tries sent at once.
    """
    limits = {attempt.account_key: PER_ACCOUNT, attempt.address_key: PER_ADDRESS}
    return await count_try(connection, limits, WINDOW)


RESETS_PER_ACCOUNT = 5
RESETS_PER_ADDRESS = 30


async def count_reset(connection: Connection, email: str, address: str | None) -> int:
    """Count a request for a link, whether or not the e-mail has an account; the seconds to wait, or 0."""
    limits = {
        _key("resetAccount", email.strip().lower()): RESETS_PER_ACCOUNT,
        _key("resetAddress", network_of(address)): RESETS_PER_ADDRESS,
    }
    return await count_try(connection, limits, WINDOW)


async def forgive(connection: Connection, attempt: Attempt) -> None:
    """After a success the account starts afresh, and its address is not blamed for this try."""
    await forgive_try(connection, attempt.account_key, attempt.address_key)


class Failures:
    """Failed client authentications per address, in bounded memory.

    Secrets of 256 bits cannot be guessed: this only saves us the work of saying no.
    """

    def __init__(self, *, limit: int, seconds: float, remembered: int = 10_000) -> None:
        self._limit = limit
        self._seconds = seconds
        self._remembered = remembered
        self._windows: dict[str, tuple[int, float]] = {}

    def check(self, address: str | None) -> None:
        """Refuse an address that has failed too often of late."""
        failures, ends = self._windows.get(network_of(address), (0, 0.0))
        left = ends - time.monotonic()
        if failures >= self._limit and left > 0:
            raise Refusal("tooManyRequests", retryAfter=int(left) + 1)

    def add(self, address: str | None) -> None:
        network, now = network_of(address), time.monotonic()
        failures, ends = self._windows.pop(network, (0, 0.0))
        if ends <= now:
            failures, ends = 0, now + self._seconds
        if len(self._windows) >= self._remembered:
            del self._windows[next(iter(self._windows))]
        self._windows[network] = (failures + 1, ends)


class Pace:
    """How fast each address may ask, in bounded memory: `limit` at once, and as many again in `seconds`."""

    def __init__(self, *, limit: int, seconds: float, remembered: int = 10_000) -> None:
        self._limit = limit
        self._each = seconds / max(limit, 1)
        self._remembered = remembered
        self._free_at: OrderedDict[str, float] = OrderedDict()
        """When the last question that an address asked would be made good for, had it waited its turn."""

    def take(self, address: str | None) -> None:
        """Count a question. Refuses an address that is ahead of its pace (429)."""
        network, now = network_of(address), time.monotonic()
        free_at = max(self._free_at.get(network, now), now) + self._each
        ahead = free_at - now - self._limit * self._each
        if ahead > 0:
            raise Refusal("tooManyRequests", retryAfter=ceil(ahead))
        self._free_at[network] = free_at
        self._free_at.move_to_end(network)
        if len(self._free_at) > self._remembered:
            self._free_at.popitem(last=False)


def network_of(address: str | None) -> str:
    """What counts as one caller: an IPv4 address, or the /64 that one IPv6 subscriber holds."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


def _key(kind: str, value: str) -> bytes:
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "replace")).digest()
