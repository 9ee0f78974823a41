"""A token is good only if it is exactly what we would have issued."""

import hashlib
import hmac
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.domain.errors import Unauthenticated
from api.identity.keys import Keys
from api.identity.service import open_tokens
from api.identity.signatures import prepare_key, public_jwk, sign
from api.identity.tokens import Tokens, TooLong
from api.settings import Settings
from tests.identity.conftest import AUDIENCE, ISSUER, Forger, base64url, forged


def refusal(tokens: Tokens, token: str) -> str:
    with pytest.raises(Unauthenticated) as refused:
        tokens.verify(token)
    return refused.value.code


def test_what_is_issued_is_verified_again_with_the_same_claims(tokens: Tokens) -> None:
    subject, organisation = uuid4(), uuid4()
    token = tokens.issue(
        subject,
        is_machine=True,
        scopes=["changes:read", "actions:read"],
        role="partner",
        organisation=organisation,
    )
    claims = tokens.verify(token)
    assert claims.subject == subject
    assert claims.is_machine
    assert claims.scopes == {"actions:read", "changes:read"}
    assert (claims.role, claims.organisation) == ("partner", str(organisation))
    assert claims.expires_at - claims.issued_at == 600
    assert tokens.verify(token) is claims


def test_a_token_of_a_person_is_not_that_of_a_machine(tokens: Tokens) -> None:
    assert not tokens.verify(tokens.issue(uuid4(), is_machine=False)).is_machine


def test_the_forger_makes_good_tokens_when_it_changes_nothing(tokens: Tokens, forger: Forger) -> None:
    assert tokens.verify(forger.token(forger.header(), forger.claims())).scopes == {"actions:read"}


@pytest.mark.parametrize(
    "member",
    [
        {"crit": ["exp"]},
        {"crit": []},
        {"jku": "https://evil.test/jwks.json"},
        {"x5u": "https://evil.test/cert"},
        {"x5c": ["MII="]},
        {"jwk": {"kty": "EC"}},
        {"b64": False},
        {"zip": "DEF"},
        {"cty": "JWT"},
        {"anything": 1},
        {"typ": "JWT"},
        {"typ": "AT+JWT"},
        {"typ": "application/at+jwt"},
        {"typ": None},
        {"typ": ["at+jwt"]},
        {"alg": "none"},
        {"alg": "None"},
        {"alg": "ES384"},
        {"alg": "es256"},
        {"alg": ["ES256"]},
        {"alg": {"a": 1}},
        {"alg": None},
        {"kid": "unknown"},
        {"kid": None},
        {"kid": 7},
        {"kid": ["a"]},
        {"kid": "../../etc/passwd"},
    ],
)
def test_an_odd_header_is_refused_although_the_signature_holds(
    tokens: Tokens, forger: Forger, member: dict[str, Any]
) -> None:
    assert refusal(tokens, forger.token(forger.header(**member), forger.claims())) == "invalidAccessToken"


@pytest.mark.parametrize("missing", ["alg", "kid", "typ"])
def test_each_header_member_is_required(tokens: Tokens, forger: Forger, missing: str) -> None:
    header = {name: value for name, value in forger.header().items() if name != missing}
    assert refusal(tokens, forger.token(header, forger.claims())) == "invalidAccessToken"


NOW = int(time.time())


@pytest.mark.parametrize(
    "claim",
    [
        *({name: None} for name in ("exp", "iat", "iss", "aud", "sub", "jti", "client_id")),
        {"exp": True},
        {"exp": float(NOW + 300)},
        {"exp": str(NOW + 300)},
        {"exp": [NOW + 300]},
        {"exp": -1},
        {"exp": 0},
        {"exp": 2**60},
        {"iat": True},
        {"iat": NOW + 0.5},
        {"iat": str(NOW)},
        {"iat": NOW + 3_600, "exp": NOW + 7_200},
        {"iat": NOW + 290, "exp": NOW + 280},
        {"nbf": NOW + 3_600},
        {"nbf": "now"},
        {"iss": "https://evil.test"},
        {"iss": ISSUER + "/"},
        {"iss": [ISSUER]},
        {"aud": "https://other.test"},
        {"aud": [AUDIENCE]},
        {"aud": [AUDIENCE, "https://other.test"]},
        {"aud": ""},
        {"sub": "not-a-uuid"},
        {"sub": "25E44CB6-F366-4098-A27A-285481F4B5FE"},
        {"sub": 12},
        {"sub": ""},
        {"jti": 12},
        {"jti": ""},
        {"jti": "x" * 2_000},
        {"client_id": 1},
        {"scope": ["actions:read"]},
        {"role": {"name": "operator"}},
        {"organisation": 3},
    ],
    ids=",".join,  # the same in every process: values hold the time of day
)
def test_an_odd_claim_is_refused_although_the_signature_holds(
    tokens: Tokens, forger: Forger, claim: dict[str, Any]
) -> None:
    assert refusal(tokens, forger.token(forger.header(), forger.claims(**claim))) == "invalidAccessToken"


def test_a_token_that_is_over_is_expired_each_time(tokens: Tokens, forger: Forger) -> None:
    token = forger.token(forger.header(), forger.claims(iat=NOW - 700, exp=NOW - 100))
    assert refusal(tokens, token) == "expiredAccessToken"
    assert refusal(tokens, token) == "expiredAccessToken"


def test_a_remembered_signature_does_not_outlive_its_token(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    token = tokens.issue(uuid4(), is_machine=True)
    tokens.verify(token)
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    assert refusal(tokens, token) == "expiredAccessToken"


def test_hs256_signed_with_the_public_key_is_refused(tokens: Tokens, forger: Forger, keys: Keys) -> None:
    public = keys.signing.public.prepared_key
    for encoding, form in (
        (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
        (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo),
        (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint),
    ):
        secret = public.public_bytes(encoding, form)
        header, claims = forger.header(alg="HS256"), forger.claims()
        text = f"{base64url(orjson.dumps(header))}.{base64url(orjson.dumps(claims))}"
        signature = hmac.new(secret, text.encode(), hashlib.sha256).digest()
        assert refusal(tokens, forged(header, claims, signature)) == "invalidAccessToken"
        assert refusal(tokens, forged(header, claims, signature * 2)) == "invalidAccessToken"


@pytest.mark.parametrize("signature", [b"", bytes(64), bytes(63) + b"\x01", b"\xff" * 64, bytes(72)])
def test_an_empty_or_invented_signature_is_refused(tokens: Tokens, forger: Forger, signature: bytes) -> None:
    assert refusal(tokens, forged(forger.header(), forger.claims(), signature)) == "invalidAccessToken"
    assert refusal(tokens, forged(forger.header(alg="none"), forger.claims(), signature)) == ("invalidAccessToken")


def test_a_stranger_s_key_is_refused_under_our_name_and_under_its_own(tokens: Tokens, forger: Forger) -> None:
    stranger = ec.generate_private_key(ec.SECP256R1())
    own = public_jwk(stranger.public_key())["kid"]
    for kid in (forger.kid, own):
        token = sign(forger.claims(), prepare_key(stranger), kid=kid, typ="at+jwt")
        assert refusal(tokens, token) == "invalidAccessToken"


def test_a_changed_claim_breaks_the_signature(tokens: Tokens, forger: Forger) -> None:
    header, _, signature = tokens.issue(uuid4(), is_machine=True).split(".")
    changed = base64url(orjson.dumps(forger.claims(scope="admin")))
    assert refusal(tokens, f"{header}.{changed}.{signature}") == "invalidAccessToken"


def test_one_token_has_one_spelling(tokens: Tokens) -> None:
    token = tokens.issue(uuid4(), is_machine=True)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = token[:-1] + alphabet[alphabet.index(token[-1]) + 1]  # the same 64 bytes, other unused bits
    for other in (twin, token + "=", token + "\n", " " + token, token.replace(".", ".\n", 1), token + ".x"):
        assert refusal(tokens, other) == "invalidAccessToken"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b"7", b"{", b"\xff\xfe", b'{"exp":NaN}', b'{"a":' * 900, b"[" * 3_000]
)
def test_content_that_is_no_object_is_refused(tokens: Tokens, forger: Forger, content: bytes) -> None:
    assert refusal(tokens, forger.token(content, forger.claims())) == "invalidAccessToken"
    assert refusal(tokens, forger.token(forger.header(), content)) == "invalidAccessToken"


def test_a_token_longer_than_8_kb_is_refused_unread(tokens: Tokens, forger: Forger) -> None:
    small = forger.token(forger.header(), forger.claims(padding="x" * 5_000))
    huge = forger.token(forger.header(), forger.claims(padding="x" * 6_200))
    assert len(small) < 8_192 < len(huge)
    tokens.verify(small)
    assert refusal(tokens, huge) == "invalidAccessToken"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.text(max_size=300) | st.from_regex(r"[\w-]{1,40}\.[\w-]{1,40}\.[\w-]{86}", fullmatch=True))
def test_no_text_at_all_is_more_than_a_refusal(tokens: Tokens, text: str) -> None:
    assert refusal(tokens, text) == "invalidAccessToken"


def test_after_a_rotation_both_keys_verify_until_the_old_one_is_retired(tokens: Tokens, keys: Keys) -> None:
    old_key = keys.signing
    old = tokens.issue(uuid4(), is_machine=True)
    new_key = keys.rotate()
    new = tokens.issue(uuid4(), is_machine=True)
    assert keys.signing is new_key
    assert (tokens.verify(old).kid, tokens.verify(new).kid) == (old_key.kid, new_key.kid)
    keys.retire(old_key.kid)
    assert refusal(tokens, old) == "invalidAccessToken"  # though its signature had been remembered
    tokens.verify(new)


def test_what_is_remembered_is_bounded(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.identity.tokens._REMEMBERED", 8)
    issued = [tokens.issue(uuid4(), is_machine=True) for _ in range(40)]
    for token in issued:
        tokens.verify(token)
    assert len(tokens._verified) <= 8
    tokens.verify(issued[0])


def test_a_refused_token_is_not_remembered(tokens: Tokens, forger: Forger) -> None:
    refusal(tokens, forger.token(forger.header(typ="JWT"), forger.claims()))
    assert not tokens._verified


def test_in_production_no_token_lives_longer_than_the_settings_say(tokens: Tokens, tmp_path: Path) -> None:
    for seconds in (601, 86_400):
        with pytest.raises(TooLong):
            tokens.issue(uuid4(), is_machine=True, lifetime_seconds=seconds)
    tokens.verify(tokens.issue(uuid4(), is_machine=True, lifetime_seconds=60))
    for mode, may in (("production", False), ("demo", True), ("development", True)):
        opened = open_tokens(Settings(mode=mode, data_dir=tmp_path))  # type: ignore[arg-type]
        if may:
            opened.verify(opened.issue(uuid4(), is_machine=False, lifetime_seconds=86_400))
        else:
            with pytest.raises(TooLong):
                opened.issue(uuid4(), is_machine=False, lifetime_seconds=86_400)
