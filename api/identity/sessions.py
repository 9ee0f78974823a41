"""Browser sessions: a cookie that says nothing, and the proof that our own pages sent the request."""

import hashlib
import secrets
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from api.domain.errors import Forbidden

COOKIE = "__Host-pst"
"""`__Host-` binds the cookie to this host and path and to TLS (RFC 6265bis §4.1.3.2).

Chromium and Firefox count http://localhost and http://127.0.0.1 as secure, so it also serves there
(seen with Chromium 156 on both); Safari does not, and needs TLS even for a demonstration.
"""

CSRF_HEADER = "Pst-Csrf"
NOTED_EVERY_SECONDS = 60.0
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_VITE_PORT = 5173


class Presence:
    """How long sessions last, and which of them were seen a moment ago, in bounded memory.

    A session ends when its browser has been away for `idle_seconds`, and after `longest_seconds` in any case
    (OWASP Session Management: both limits, kept by the server).
    """

    def __init__(self, *, idle_seconds: int, longest_seconds: int, remembered: int = 10_000) -> None:
        self.idle_seconds = min(idle_seconds, longest_seconds)
        self.longest_seconds = longest_seconds
        self._remembered = remembered
        self._seen: dict[bytes, float] = {}

    def is_due(self, session: bytes) -> bool:
        """Whether to write down that this session is in use: once a minute is enough, and costs nobody."""
        now = time.monotonic()
        seen = self._seen.pop(session, float("-inf"))
        is_due = now - seen >= NOTED_EVERY_SECONDS
        if len(self._seen) >= self._remembered:
            del self._seen[next(iter(self._seen))]
        self._seen[session] = now if is_due else seen
        return is_due


def new_cookie() -> str:
    """256 random bits: the whole content of a session cookie."""
    return secrets.token_urlsafe(32)


def session_key(cookie: str) -> bytes:
    """What the database keeps of a cookie. It is random, so a fast hash cannot be guessed back."""
    return hashlib.sha256(cookie.encode("utf-8", "replace")).digest()


def set_cookie(value: str, max_age_seconds: int) -> str:
    """The Set-Cookie line that opens a session; with an empty value and no age, the one that ends it."""
    return f"{COOKIE}={value}; Max-Age={max_age_seconds}; Path=/; Secure; HttpOnly; SameSite=Strict"


def trusted_origins(base_url: str, *, mode: str) -> frozenset[str]:
    """The origins whose pages may act with the cookie: our own public address.

    Outside production, an address on this machine is the same under all its names, and in development the
    frontend may come from Vite.
    """
    parts = urlsplit(base_url)
    own = f"{parts.scheme}://{parts.netloc}".lower()
    if mode == "production":
        return frozenset({own})
    origins = {own}
    port = parts.port
    if parts.hostname in {"localhost", "127.0.0.1", "::1"}:
        origins |= {f"{parts.scheme}://{name}{f':{port}' if port else ''}" for name in _LOOPBACK}
    if mode == "development":
        origins |= {f"http://{name}:{_VITE_PORT}" for name in _LOOPBACK}
    return frozenset(origins)


def require_own_page(method: str, headers: Mapping[str, str], origins: frozenset[str]) -> None:
    """Refuse to act with a cookie unless one of our own pages sent the request (OWASP CSRF: both defences).

    A page of another site can send neither the header, without a CORS leave that we never give, nor a false
    Origin.
    """
    if method in _SAFE_METHODS:
        return
    if headers.get(CSRF_HEADER) != "1" or headers.get("Origin", "").lower() not in origins:
        raise Forbidden("ownPage")


def refuse_foreign_page(headers: Mapping[str, str], origins: frozenset[str]) -> None:
    """Refuse a sign-in that another site's page sends: it would sign its visitor in as somebody else."""
    origin = headers.get("Origin")
    if (origin is not None and origin.lower() not in origins) or headers.get("Sec-Fetch-Site") == "cross-site":
        raise Forbidden("ownPage")
