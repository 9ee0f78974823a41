"""The only place that knows `jose`: signing and opening compact JWS with ES256 and nothing else.

`jose` left to itself takes the algorithm from the token, decodes base64 loosely and ignores `crit`. So the
shape and the header are settled here before it sees anything, and the key is never the token's to choose.
"""

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from jose import jws
from jose.backends.cryptography_backend import CryptographyECKey as PreparedKey
from jose.exceptions import JOSEError

ALGORITHM = "ES256"
LONGEST_TOKEN = 8_192

__all__ = [
    "ALGORITHM",
    "LONGEST_TOKEN",
    "InvalidSignature",
    "PreparedKey",
    "key_of_jwk",
    "open_token",
    "prepare_key",
    "public_jwk",
    "sign",
    "unverified_issuer",
]

# 64 bytes of signature are 86 characters, of which the last one carries four unused bits: they must be zero,
# or one signature could be written in sixteen ways.
_COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]{85}[AQgw]", re.ASCII)


class InvalidSignature(Exception):
    """The token is not one that we would have made. Which of its faults was seen is told to nobody."""


def prepare_key(key: ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) -> PreparedKey:
    """The key in the form that signs or verifies without parsing anything again."""
    if not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("ES256 needs a key on the curve P-256")  # RFC 7518 §3.4
    return PreparedKey(key, ALGORITHM)


def public_jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """The public key as a JSON Web Key (RFC 7517) that names itself by its thumbprint (RFC 7638)."""
    numbers = key.public_numbers()
    members = {
        "crv": "P-256",
        "kty": "EC",
        "x": _base64url(numbers.x.to_bytes(32, "big")),
        "y": _base64url(numbers.y.to_bytes(32, "big")),
    }
    kid = _base64url(hashlib.sha256(orjson.dumps(members, option=orjson.OPT_SORT_KEYS)).digest())
    return {**members, "kid": kid, "alg": ALGORITHM, "use": "sig"}


def key_of_jwk(jwk: Mapping[str, Any]) -> PreparedKey:
    """A prepared verification key from somebody else's public JWK; raises ValueError unless P-256."""
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or jwk.get("alg", ALGORITHM) != ALGORITHM:
        raise ValueError("only P-256 keys for ES256 are known")
    x, y = (int.from_bytes(_decode_base64url(str(jwk.get(name, ""))), "big") for name in ("x", "y"))
    return prepare_key(ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key())


def sign(claims: Mapping[str, Any], key: PreparedKey, *, kid: str, typ: str) -> str:
    """The claims as a compact JWS under our key."""
    signed: str = jws.sign(dict(claims), key, headers={"kid": kid, "typ": typ}, algorithm=ALGORITHM)
    return signed


def open_token(
    token: str, key_named: Callable[[str], PreparedKey | None], *, allowed_types: tuple[str | None, ...]
) -> dict[str, Any]:
    """The claims of a token whose header is exactly what is allowed and whose signature holds; else `Odd`.

    The header may hold `alg`, `kid` and `typ` and nothing else: `crit`, `jku`, `jwk`, `x5u`, `x5c`, `b64`
    and whatever will be invented are refused alike (RFC 8725 §3.1, §3.8, §3.10, §3.11).
    """
    if len(token) > LONGEST_TOKEN or not (parts := _COMPACT.fullmatch(token)):
        raise InvalidSignature
    header = _object(parts[1])
    kid = header.get("kid")
    if (
        not header.keys() <= {"alg", "kid", "typ"}
        or header.get("alg") != ALGORITHM
        or header.get("typ") not in allowed_types
        or not isinstance(kid, str)
        or (key := key_named(kid)) is None
    ):
        raise InvalidSignature
    claims = _object(parts[2])
    try:
        jws.verify(token, key, [ALGORITHM])
    except (JOSEError, ValueError, RecursionError) as refused:
        raise InvalidSignature from refused
    return claims


def unverified_issuer(token: str) -> str | None:
    """Who a token says it comes from, to know whose keys to try; nothing may be believed of it yet."""
    parts = _COMPACT.fullmatch(token) if len(token) <= LONGEST_TOKEN else None
    try:
        issuer = _object(parts[2]).get("iss") if parts else None
    except InvalidSignature:
        return None
    return issuer if isinstance(issuer, str) else None


def _object(segment: str) -> dict[str, Any]:
    try:
        value = orjson.loads(_decode_base64url(segment))
    except ValueError as malformed:
        raise InvalidSignature from malformed
    if not isinstance(value, dict):
        raise InvalidSignature
    return value


def _decode_base64url(segment: str) -> bytes:
    """base64url without padding, in its one canonical spelling (RFC 7515 §2); else ValueError."""
    decoded = urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    if _base64url(decoded) != segment:
        raise ValueError("not canonical base64url")
    return decoded


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
