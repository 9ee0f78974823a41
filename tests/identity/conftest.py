"""Keys and tokens made for one test, and tools to forge them."""

import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from api.db import Database
from api.identity.keys import Keys
from api.identity.tokens import Tokens
from tests.identity.town import Town

ISSUER = "https://pst.test"
AUDIENCE = "https://pst.test/pst/v1"


def base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def forged(header: Mapping[str, Any] | bytes, claims: Mapping[str, Any] | bytes, signature: bytes) -> str:
    """A compact JWS with whatever signature is given."""
    parts = [part if isinstance(part, bytes) else orjson.dumps(part) for part in (header, claims)]
    return ".".join([*map(base64url, parts), base64url(signature)])


class Forger:
    """Signs anything at all with a real key: what a flawed or malicious issuer could produce."""

    def __init__(self, keys: Keys) -> None:
        self.kid = keys.signing.kid
        self._private = keys.signing.private.prepared_key

    def header(self, **more: Any) -> dict[str, Any]:
        return {"alg": "ES256", "kid": self.kid, "typ": "at+jwt", **more}

    def claims(self, **more: Any) -> dict[str, Any]:
        """Claims that would be accepted; a value of None leaves the claim out."""
        now = int(time.time())
        subject = str(uuid4())
        good = {
            "iss": ISSUER,
            "sub": subject,
            "aud": AUDIENCE,
            "exp": now + 300,
            "iat": now,
            "jti": str(uuid4()),
            "client_id": subject,
            "scope": "actions:read",
            **more,
        }
        return {name: value for name, value in good.items() if value is not None}

    def token(self, header: Mapping[str, Any] | bytes, claims: Mapping[str, Any] | bytes) -> str:
        parts = [part if isinstance(part, bytes) else orjson.dumps(part) for part in (header, claims)]
        signed = ".".join(map(base64url, parts))
        r, s = decode_dss_signature(self._private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signed}.{base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys.open(tmp_path)


@pytest.fixture
def tokens(keys: Keys) -> Tokens:
    return Tokens(keys, issuer=ISSUER, audience=AUDIENCE, lifetime_seconds=600)


@pytest.fixture
def forger(keys: Keys) -> Forger:
    return Forger(keys)


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)
