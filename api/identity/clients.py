"""How a machine proves that it is the client it says it is: by a secret, or by signing with its own key."""

import hashlib
import hmac
import time
from base64 import b64decode
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus
from uuid import UUID

import orjson

from api.db import Connection
from api.domain.commands.identity import revoke
from api.domain.queries.identity import client_of
from api.domain.rules.credentials import secret_hash
from api.identity.signatures import InvalidSignature, PreparedKey, key_of_jwk, open_token, unverified_issuer

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_TYPES = (None, "JWT", "client-authentication+jwt")
_LONGEST_ASSERTION_LIFE = 300


class OAuthError(Exception):
    """A refusal in the words of RFC 6749 §5.2, which the OAuth endpoints answer instead of a problem."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status


@dataclass(frozen=True, slots=True)
class Proof:
    """What a request offers: exactly one of a secret and an assertion."""

    client_id: UUID
    secret: str | None = None
    assertion: str | None = None


def read_proof(form: dict[str, str], authorization: str | None) -> Proof:
    """The one proof of a request (RFC 6749 §2.3: never two methods at once)."""
    offered = [authorization is not None, "client_secret" in form, "client_assertion" in form]
    if sum(offered) > 1:
        raise OAuthError("invalid_request", "Use one method of client authentication.")
    if authorization is not None:
        identifier, secret = _basic(authorization)
        if form.get("client_id", identifier) != identifier:
            raise OAuthError("invalid_request", "Two different clients are named.")
        return Proof(_client_id(identifier), secret=secret)
    if "client_assertion" in form:
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise OAuthError("invalid_request", f"client_assertion_type must be {ASSERTION_TYPE}.")
        assertion = form["client_assertion"]
        return Proof(_client_id(form.get("client_id") or unverified_issuer(assertion) or ""), assertion=assertion)
    if "client_secret" in form:
        return Proof(_client_id(form.get("client_id", "")), secret=form["client_secret"])
    raise _refuse_client()


async def authenticate_client(connection: Connection, proof: Proof, *, audiences: frozenset[str]) -> Any:
    """The record of the client that proved itself; else `invalid_client`, whatever was wrong."""
    client = await client_of(connection, proof.client_id)
    if proof.secret is not None:
        if not _secret_matches(client, proof.secret):
            raise _refuse_client()
    elif not await _assertion_holds(connection, client, proof, audiences):
        raise _refuse_client()
    return client


def _secret_matches(client: Any, secret: str) -> bool:
    offered = secret_hash(secret)
    if client is None:
        return False
    current = hmac.compare_digest(offered, client["secret_hash"] or b"")
    previous = hmac.compare_digest(offered, client["previous_secret_hash"] or b"")
    return current or previous


async def _assertion_holds(connection: Connection, client: Any, proof: Proof, audiences: frozenset[str]) -> bool:
    """Whether the client signed this assertion, for us, just now, and for the first time (RFC 7523 §3)."""
    if client is None or client["jwks"] is None or proof.assertion is None:
        return False
    keys = _keys_of(orjson.loads(client["jwks"]))
    try:
        claims = open_token(proof.assertion, keys.get, allowed_types=_ASSERTION_TYPES)
    except InvalidSignature:
        return False
    identifier, now = str(proof.client_id), time.time()
    expires_at, jti, audience = claims.get("exp"), claims.get("jti"), claims.get("aud")
    if isinstance(audience, list) and len(audience) == 1:
        audience = audience[0]
    if (
        claims.get("iss") != identifier
        or claims.get("sub") != identifier
        or not isinstance(audience, str)
        or audience not in audiences
        or type(expires_at) is not int
        or not now < expires_at <= now + _LONGEST_ASSERTION_LIFE
        or not isinstance(jti, str)
        or not jti
    ):
        return False
    once = hashlib.sha256(f"{identifier}:{jti}".encode("utf-8", "replace")).hexdigest()
    return await revoke(connection, f"assertion:{once}", expires_at)


def _keys_of(jwks: dict[str, Any]) -> dict[str, PreparedKey]:
    keys: dict[str, PreparedKey] = {}
    for jwk in jwks.get("keys", [])[:10]:
        try:
            keys[str(jwk.get("kid"))] = key_of_jwk(jwk)
        except ValueError:
            continue
    return keys


def _basic(authorization: str) -> tuple[str, str]:
    """Client id and secret, each form-encoded before base64 (RFC 6749 §2.3.1)."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise _refuse_client()
    try:
        identifier, colon, secret = b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except ValueError as malformed:
        raise _refuse_client() from malformed
    if not colon:
        raise _refuse_client()
    return unquote_plus(identifier), unquote_plus(secret)


def _client_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as malformed:
        raise _refuse_client() from malformed


def _refuse_client() -> OAuthError:
    return OAuthError("invalid_client", "The client is unknown or did not prove its identity.", status=401)
