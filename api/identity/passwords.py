"""Passwords of local accounts: Argon2id (RFC 9106), off the event loop, never more than a few at once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.domain.errors import Refusal
from api.domain.rules.credentials import MEMORY_KIB, TIME_COST, normal

_WAITING = 32
"""How many may wait for their turn: beyond, signing in is refused rather than everything made slow."""


class Passwords:
    """Hashes and checks passwords in a few threads, 19 MiB each."""

    def __init__(self, at_once: int, *, time_cost: int = TIME_COST, memory_kib: int = MEMORY_KIB) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="argon2")
        self._most = at_once + _WAITING
        self._running = 0
        self._decoy = self.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The Argon2id hash to keep. Slow on purpose: inside the service, use `hashed`."""
        return self._hasher.hash(normal(password))

    async def hash_password(self, password: str) -> str:
        """The Argon2id hash to keep, computed beside the event loop."""
        return str(await self._in_turn(self.hash, password))

    async def matches(self, kept: str | None, password: str) -> bool:
        """Whether this is the password. An account without one costs exactly the same time."""
        held = await self._in_turn(self._verify, kept or self._decoy, password)
        return held is True and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with other parameters, and should be made again at this sign-in."""
        return self._hasher.check_needs_rehash(kept)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, normal(password))
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False

    async def _in_turn(self, work: object, *words: str) -> object:
        if self._running >= self._most:
            raise Refusal("tooManyRequests", retryAfter=2)
        self._running += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *words)  # type: ignore[arg-type]
        finally:
            self._running -= 1
