"""The keys with which this installation signs its tokens: files only it may read, and their public half."""

import logging
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from api.identity.signatures import PreparedKey, prepare_key, public_jwk

_STAMP = "%Y%m%dT%H%M%S%fZ"
_LOOK_SECONDS = 1.0
_log = logging.getLogger(__name__)


class UnsafeKey(Exception):
    """A key file that others may read, or that holds no P-256 key: the service must not start with it."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key pair, ready for use."""

    kid: str
    made_at: datetime
    path: Path
    private: PreparedKey
    public: PreparedKey
    jwk: dict[str, str]


class Keys:
    """The key pairs in one directory: the newest signs, all verify, and a key is retired by removing it.

    Several processes may share the directory. What another one adds is found when it is first named; what it
    removes is gone within a second.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._keys: dict[str, SigningKey] = {}
        self._changed_at: int | None = None
        self._looked_at = float("-inf")

    @classmethod
    def open(cls, data_dir: Path) -> Self:
        """The keys of an installation; the first one is made if there is none. Refuses an unsafe file."""
        keys = cls(data_dir / "keys")
        keys._read(strict=True)
        if not keys._keys:
            keys.rotate()
        return keys

    def _read(self, *, strict: bool = False) -> None:
        """Read the directory. Once in service, an unsafe file is left out rather than stopping everybody."""
        found: dict[str, SigningKey] = {}
        loaded = {key.path: key for key in self._keys.values()}
        self._changed_at = _changed_at(self._directory)
        for path in sorted(self._directory.glob("*.pem")):
            try:
                key = loaded.get(path) or _load(path)
            except (UnsafeKey, OSError) as unusable:
                if strict:
                    raise
                _log.error("signing key left out: %s", unusable)
                continue
            found[key.kid] = key
        self._keys = found

    def _look(self, *, at_once: bool = False) -> None:
        """Read the directory again if it changed: a look costs one stat, and is taken once a second."""
        now = time.monotonic()
        if not at_once and now - self._looked_at < _LOOK_SECONDS:
            return
        self._looked_at = now
        changed_at = _changed_at(self._directory)
        # Clocks of file systems tick coarsely: two changes at nearly one time may look like one.
        fresh = changed_at is not None and time.time_ns() - changed_at < 1_000_000_000
        if fresh or changed_at != self._changed_at:
            self._read()

    def rotate(self) -> SigningKey:
        """Make a new key, which signs from now on; the others keep verifying until they are retired."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        private, kid = _generate()
        pem = private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path = self._directory / f"{datetime.now(UTC).strftime(_STAMP)}.{kid}.pem"
        _write_privately(path, pem)
        self._read()
        return self._keys[kid]

    def retire(self, kid: str) -> None:
        """Remove a key for good: what it signed is refused from now on. The one that signs stays."""
        if kid == self.signing.kid:
            raise ValueError("the key that signs cannot be retired: rotate first")
        self._keys[kid].path.unlink()
        self._read()

    def stopped_before(self, instant: datetime) -> list[str]:
        """The keys that have not signed since `instant`: each stopped when its successor was made."""
        return [key.kid for key, successor in pairwise(self.all()) if successor.made_at < instant]

    def retire_before(self, instant: datetime) -> list[str]:
        """Retire every key that stopped signing before `instant`: leave more than the life of a token."""
        stopped = self.stopped_before(instant)
        for kid in stopped:
            self.retire(kid)
        return stopped

    def all(self) -> list[SigningKey]:
        """Every key, the oldest first."""
        self._look(at_once=True)
        return sorted(self._keys.values(), key=lambda key: (key.made_at, key.kid))

    @property
    def signing(self) -> SigningKey:
        """The newest key."""
        self._look()
        if not self._keys:
            return self.rotate()
        return max(self._keys.values(), key=lambda key: (key.made_at, key.kid))

    def verifying(self, kid: str) -> PreparedKey | None:
        """The public key of that name, or None if it is not one of ours."""
        if not self.knows(kid):
            self._look(at_once=True)
        key = self._keys.get(kid)
        return key.public if key else None

    def knows(self, kid: str) -> bool:
        """Whether that key still verifies."""
        self._look()
        return kid in self._keys

    def jwks(self) -> dict[str, Any]:
        """The public keys as a JWK Set (RFC 7517 §5), the same from every process."""
        self._look(at_once=True)
        newest_first = sorted(self._keys.values(), key=lambda key: key.made_at, reverse=True)
        return {"keys": [key.jwk for key in newest_first]}


def _generate() -> tuple[ec.EllipticCurvePrivateKey, str]:
    """A new private key and its name, which is never mistaken for an option of the command line (`-…`)."""
    while True:
        private = ec.generate_private_key(ec.SECP256R1())
        kid: str = public_jwk(private.public_key())["kid"]
        if not kid.startswith("-"):
            return private, kid


def _changed_at(directory: Path) -> int | None:
    try:
        return directory.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _write_privately(path: Path, content: bytes) -> None:
    """Write beside, then rename: a reader sees a whole file or none, and nobody else can ever open it."""
    unfinished = path.with_suffix(".unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


def _load(path: Path) -> SigningKey:
    if path.stat().st_mode & 0o077:
        raise UnsafeKey(f"{path} can be read by others: chmod 600 it, and rotate if anybody may have")
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
        made_at = datetime.strptime(path.name.split(".")[0], _STAMP).replace(tzinfo=UTC)
    except ValueError as unreadable:
        raise UnsafeKey(f"{path} is not a key file of this service") from unreadable
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise UnsafeKey(f"{path} is not a P-256 key")
    public = private.public_key()
    jwk = public_jwk(public)
    return SigningKey(jwk["kid"], made_at, path, prepare_key(private), prepare_key(public), jwk)
