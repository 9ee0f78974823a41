"""Access tokens: JWT of type `at+jwt` (RFC 9068), signed ES256, short-lived, refused if anything is odd."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from api.domain.errors import Unauthenticated
from api.identity.keys import Keys
from api.identity.signatures import InvalidSignature, open_token, sign

TYPE = "at+jwt"
FIRST_PARTY = "pst"
"""The `client_id` of tokens that a person holds: the service's own client, which is no machine's."""

_LEEWAY_SECONDS = 5
_LATEST = 1 << 40
_REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says. `role` and `organisation` inform; rights come from the database."""

    subject: UUID
    client_id: str
    jti: str
    issued_at: int
    expires_at: int
    kid: str
    scopes: frozenset[str]
    role: str | None = None
    organisation: str | None = None

    @property
    def is_machine(self) -> bool:
        """RFC 9068 §2.2: a client acting in its own name is its own subject."""
        return self.client_id == str(self.subject)


class TooLong(ValueError):
    """Nobody may be given a token that outlives what the settings allow: this is no place for long ones."""


class Tokens:
    """Issues and verifies the access tokens of this installation, for itself alone."""

    def __init__(
        self,
        keys: Keys,
        *,
        issuer: str,
        audience: str,
        lifetime_seconds: int,
        may_live_longer: bool = False,
    ) -> None:
        self.keys = keys
        self._may_live_longer = may_live_longer
        self.issuer = issuer
        self.audience = audience
        self.lifetime_seconds = lifetime_seconds
        self._verified: dict[bytes, Claims] = {}

    def issue(
        self,
        subject: UUID,
        *,
        is_machine: bool,
        scopes: Iterable[str] = (),
        role: str | None = None,
        organisation: UUID | None = None,
        lifetime_seconds: int | None = None,
    ) -> str:
        """A new token for an account or a client.

        A longer life than the usual one is for demonstration and development: in production it is `TooLong`.
        """
        life = self.lifetime_seconds if lifetime_seconds is None else lifetime_seconds
        if life > self.lifetime_seconds and not self._may_live_longer:
            raise TooLong(f"a token lives {self.lifetime_seconds} s at most here, not {life} s")
        key, now = self.keys.signing, int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": str(subject),
            "aud": self.audience,
            "exp": now + life,
            "iat": now,
            "jti": str(uuid4()),
            "client_id": str(subject) if is_machine else FIRST_PARTY,
            "scope": " ".join(sorted(scopes)),
        }
        if role is not None:
            claims["role"] = role
        if organisation is not None:
            claims["organisation"] = str(organisation)
        return sign(claims, key.private, kid=key.kid, typ=TYPE)

    def verify(self, token: str) -> Claims:
        """The claims of a token of ours that is still good; otherwise `Unauthenticated`.

        Only the signature is remembered, by the token's hash: the end of its life and the retirement of its
        key are looked at each time, and rights are never here at all.
        """
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        claims = self._verified.get(digest)
        if claims is None or not self.keys.knows(claims.kid):
            try:
                claims = self._read(token)
            except InvalidSignature as odd:
                self._verified.pop(digest, None)
                raise Unauthenticated("invalidAccessToken") from odd
            self._remember(digest, claims)
        if claims.expires_at <= time.time():
            self._verified.pop(digest, None)
            raise Unauthenticated("expiredAccessToken")
        return claims

    def _read(self, token: str) -> Claims:
        used: list[str] = []

        def key_named(kid: str) -> Any:
            used.append(kid)
            return self.keys.verifying(kid)

        return self._check_claims(open_token(token, key_named, allowed_types=(TYPE,)), used[0])

    def _check_claims(self, claims: dict[str, Any], kid: str) -> Claims:
        """The claims, if each required one is there, has its type, and is ours (RFC 9068 §4); else `Odd`."""
        issued_at, expires_at = _instant(claims, "iat"), _instant(claims, "exp")
        if _instant(claims, "nbf", issued_at) > time.time() + _LEEWAY_SECONDS:
            raise InvalidSignature
        if issued_at > time.time() + _LEEWAY_SECONDS or expires_at <= issued_at:
            raise InvalidSignature
        if claims.get("iss") != self.issuer or claims.get("aud") != self.audience:
            raise InvalidSignature
        try:
            subject = UUID(_text(claims, "sub"))
        except ValueError as malformed:
            raise InvalidSignature from malformed
        if str(subject) != claims["sub"]:
            raise InvalidSignature
        return Claims(
            subject=subject,
            client_id=_text(claims, "client_id"),
            jti=_text(claims, "jti"),
            issued_at=issued_at,
            expires_at=expires_at,
            kid=kid,
            scopes=frozenset(_text(claims, "scope", "").split()),
            role=_text(claims, "role", "") or None,
            organisation=_text(claims, "organisation", "") or None,
        )

    def _remember(self, digest: bytes, claims: Claims) -> None:
        if len(self._verified) >= _REMEMBERED:
            for oldest in list(islice(self._verified, _REMEMBERED // 2)):
                del self._verified[oldest]
        self._verified[digest] = claims


def _instant(claims: dict[str, Any], name: str, absent: int | None = None) -> int:
    """Whole seconds since 1970. A bool is an int to Python, and no instant to anybody."""
    value = claims.get(name, absent)
    if type(value) is not int or not 0 < value < _LATEST:
        raise InvalidSignature
    return value


def _text(claims: dict[str, Any], name: str, absent: str | None = None) -> str:
    value = claims.get(name, absent)
    if not isinstance(value, str) or len(value) > 1_024 or (absent is None and not value):
        raise InvalidSignature
    return value
