"""What proves who somebody is: the passwords that people choose, the secrets that machines are given."""

import hashlib
import secrets
import unicodedata
from typing import NamedTuple

from argon2 import PasswordHasher

SHORTEST = 12
LONGEST = 1_024
TIME_COST, MEMORY_KIB = 2, 19_456
"""OWASP's second set of parameters for Argon2id: 19 MiB, two passes, one lane."""

_HASHER = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=1)


class Secret(NamedTuple):
    """A new client secret: the value is shown once; hash and hint are what is kept."""

    value: str
    hash: bytes
    hint: str


def new_secret() -> Secret:
    """256 random bits behind the prefix by which a leaked one can be recognised."""
    value = f"pst_{secrets.token_urlsafe(32)}"
    return Secret(value, secret_hash(value), value[-4:])


def secret_hash(value: str) -> bytes:
    """What is kept of a secret. It is random, so a fast hash cannot be guessed back."""
    return hashlib.sha256(value.encode("utf-8", "replace")).digest()


def password_hash(password: str) -> str:
    """The Argon2id hash (RFC 9106) to keep. Slow on purpose: never on the event loop."""
    return _HASHER.hash(normal(password))


def weakness(password: str, *about: str) -> str | None:
    """Why a new password is refused (a code), or None.

    NIST SP 800-63B §3.1.1: length and no obvious words, but no rules about kinds of characters.
    """
    written = normal(password).casefold()
    if len(written) < SHORTEST:
        return "passwordTooShort"
    if len(written) > LONGEST:
        return "passwordTooLong"
    if len(set(written)) < 5 or any(len(word) > 3 and word.casefold() in written for word in about):
        return "passwordTooObvious"
    return None


def normal(password: str) -> str:
    """One spelling of the same characters, whatever keyboard typed them (NIST SP 800-63B §3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
