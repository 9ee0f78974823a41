"""Machines get, use, check and give back their tokens (RFC 6749, 7009, 7523, 7662, 8414)."""

import time
from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from api.db import Database
from api.domain.errors import Unauthenticated
from api.identity.authentication import Caller, authorize
from api.identity.clients import ASSERTION_TYPE
from api.identity.signatures import prepare_key, public_jwk, sign
from tests.identity.town import Town


def basic(identifier: object, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{identifier}:{secret}".encode()).decode()}


async def token_for(client: httpx.AsyncClient, identifier: UUID, secret: str, **form: str) -> httpx.Response:
    form = {"grant_type": "client_credentials", **form}
    return await client.post("/oauth/token", data=form, headers=basic(identifier, secret))


async def active(client: httpx.AsyncClient, identifier: UUID, secret: str, token: str) -> dict[str, Any]:
    answer = await client.post("/oauth/introspect", data={"token": token}, headers=basic(identifier, secret))
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


async def test_a_secret_in_either_place_gets_a_token(client: httpx.AsyncClient, town: Town) -> None:
    identifier, secret = await town.client()
    assert secret.value.startswith("pst_")
    assert len(secret.value) >= 47
    first = await token_for(client, identifier, secret.value)
    second = await client.post(
        "/oauth/token",
        data={
            "grant_type": "client_credentials",
            "client_id": str(identifier),
            "client_secret": secret.value,
            "scope": "plans:read",
        },
    )
    assert first.status_code == second.status_code == 200
    assert first.headers["Cache-Control"] == "no-store"
    answer = first.json()
    assert set(answer) == {"access_token", "token_type", "expires_in", "scope"}
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 600)
    assert answer["scope"] == "actions:read plans:read"
    assert second.json()["scope"] == "plans:read"
    described = await active(client, identifier, secret.value, answer["access_token"])
    assert described["active"] is True
    assert described["sub"] == described["client_id"] == str(identifier)


async def test_both_secrets_serve_during_a_rotation(client: httpx.AsyncClient, town: Town) -> None:
    identifier, old = await town.client()
    other, new = await town.client()
    rotate = (
        "update client set secret_hash = $2, previous_secret_hash = $3,"
        " previous_secret_until = now() + $4::interval where id = $1"
    )
    await town.run(rotate, identifier, new.hash, old.hash, timedelta(hours=1))
    assert (await token_for(client, identifier, old.value)).status_code == 200
    assert (await token_for(client, identifier, new.value)).status_code == 200
    await town.run(rotate, identifier, new.hash, old.hash, timedelta(hours=-1))
    assert (await token_for(client, identifier, old.value)).status_code == 401
    assert (await token_for(client, identifier, new.value)).status_code == 200
    assert (await token_for(client, other, old.value)).status_code == 401


async def test_whoever_proves_nothing_is_an_invalid_client(client: httpx.AsyncClient, town: Town) -> None:
    identifier, secret = await town.client()
    disabled, its_secret = await town.client()
    await town.run("update client set disabled_at = now() where id = $1", disabled)
    keyless, _ = await town.client(secret_hash=None, secret_hint=None)
    for headers in (
        basic(identifier, "pst_wrong"),
        basic(identifier, ""),
        basic(uuid4(), secret.value),
        basic("not-a-uuid", secret.value),
        basic(disabled, its_secret.value),
        basic(keyless, ""),
        {"Authorization": "Basic !!"},
        {"Authorization": "Basic " + b64encode(b"\xff\xfe").decode()},
        {"Authorization": "Bearer x"},
        {},
    ):
        answer = await client.post("/oauth/token", data={"grant_type": "client_credentials"}, headers=headers)
        assert answer.status_code == 401
        assert answer.json()["error"] == "invalid_client"
        assert answer.headers["Cache-Control"] == "no-store"
        assert ("WWW-Authenticate" in answer.headers) == bool(headers)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials", "scope": "admin"}, "invalid_scope"),
        ({"grant_type": "client_credentials", "scope": "plans:read everything"}, "invalid_scope"),
        ({"grant_type": "client_credentials", "client_secret": "x"}, "invalid_request"),
        ({"grant_type": "client_credentials", "client_id": "82a20c2b-7d8d-45c6-be1c-d01ceeb9f34e"}, "invalid_request"),
    ],
)
async def test_what_is_wrong_is_said_in_the_words_of_oauth(
    client: httpx.AsyncClient, town: Town, form: dict[str, str], error: str
) -> None:
    identifier, secret = await town.client()
    answer = await client.post("/oauth/token", data=form, headers=basic(identifier, secret.value))
    assert answer.status_code == 400
    assert answer.json()["error"] == error
    assert set(answer.json()) == {"error", "error_description"}


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"grant_type=a&grant_type=b", "application/x-www-form-urlencoded"),
        (b"grant_type=%ff%fe", "application/x-www-form-urlencoded"),
        (b"\xff", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(30)), "application/x-www-form-urlencoded"),
        (b'{"grant_type": "client_credentials"}', "application/json"),
        (b"grant_type=client_credentials", ""),
    ],
)
async def test_a_hostile_form_is_an_invalid_request(client: httpx.AsyncClient, body: bytes, media_type: str) -> None:
    answer = await client.post("/oauth/token", content=body, headers={"Content-Type": media_type})
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_request"


async def test_a_form_too_long_is_not_read_to_its_end(client: httpx.AsyncClient) -> None:
    answer = await client.post("/oauth/token", data={"grant_type": "x" * 20_000})
    assert answer.status_code == 413


async def test_a_revoked_token_serves_no_longer(client: httpx.AsyncClient, database: Database, town: Town) -> None:
    identifier, secret = await town.client()
    token = (await token_for(client, identifier, secret.value)).json()["access_token"]
    jti = (await active(client, identifier, secret.value, token))["jti"]
    for _ in range(2):
        answer = await client.post("/oauth/revoke", data={"token": token}, headers=basic(identifier, secret.value))
        assert answer.status_code == 200
    assert await active(client, identifier, secret.value, token) == {"active": False}
    async with database.snapshot() as connection:
        with pytest.raises(Unauthenticated):
            await authorize(connection, Caller(client_id=identifier, jti=jti))


async def test_nobody_revokes_or_reads_the_token_of_another(client: httpx.AsyncClient, town: Town) -> None:
    owner, owner_secret = await town.client()
    other, other_secret = await town.client()
    operator, operator_secret = await town.client(role="operator")
    token = (await token_for(client, owner, owner_secret.value)).json()["access_token"]
    answer = await client.post("/oauth/revoke", data={"token": token}, headers=basic(other, other_secret.value))
    assert answer.status_code == 200  # RFC 7009 §2.2: it tells nothing
    assert await active(client, other, other_secret.value, token) == {"active": False}
    assert (await active(client, operator, operator_secret.value, token))["active"] is True
    assert (await active(client, owner, owner_secret.value, token))["active"] is True
    assert await active(client, owner, owner_secret.value, "nonsense") == {"active": False}
    unproven = await client.post("/oauth/introspect", data={"token": token})
    assert unproven.status_code == 401


async def test_the_token_of_a_disabled_client_is_no_longer_active(client: httpx.AsyncClient, town: Town) -> None:
    owner, secret = await town.client()
    operator, operator_secret = await town.client(role="operator")
    token = (await token_for(client, owner, secret.value)).json()["access_token"]
    await town.run("update client set disabled_at = now() where id = $1", owner)
    assert await active(client, operator, operator_secret.value, token) == {"active": False}


async def test_an_assertion_signed_with_the_client_s_key_serves_once(client: httpx.AsyncClient, town: Town) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    jwk = public_jwk(private.public_key())
    identifier, _ = await town.client(secret_hash=None, secret_hint=None)
    await set_jwks(town, identifier, jwk)
    now = int(time.time())
    good = {"iss": str(identifier), "sub": str(identifier), "aud": "", "exp": now + 60, "jti": str(uuid4())}

    async def status(key: Any = private, **changed: Any) -> int:
        claims = {name: value for name, value in {**good, **changed}.items() if value is not None}
        signed = sign(claims, prepare_key(key), kid=jwk["kid"], typ="JWT")
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": signed,
        }
        return (await client.post("/oauth/token", data=form)).status_code

    audience = str((await client.get("/.well-known/oauth-authorization-server")).json()["issuer"])
    good["aud"] = audience
    assert await status() == 200
    assert await status() == 401  # the same jti again
    assert await status(jti=str(uuid4()), aud=[f"{audience}/oauth/token"]) == 200
    for changed in (
        {"aud": "https://other.test"},
        {"aud": [audience, "https://other.test"]},
        {"aud": None},
        {"sub": str(uuid4())},
        {"iss": "somebody"},
        {"exp": now - 1},
        {"exp": now + 4_000},
        {"exp": True},
        {"exp": None},
        {"jti": None},
        {"jti": 7},
    ):
        assert await status(**{"jti": str(uuid4()), **changed}) == 401, changed
    assert await status(jti=str(uuid4()), key=ec.generate_private_key(ec.SECP256R1())) == 401


async def set_jwks(town: Town, identifier: UUID, jwk: dict[str, str]) -> None:
    await town.run(
        "update client set jwks = $2::text::jsonb where id = $1",
        identifier,
        orjson.dumps({"keys": [jwk]}).decode(),
    )


async def test_the_metadata_and_the_keys_are_public(client: httpx.AsyncClient) -> None:
    metadata = (await client.get("/.well-known/oauth-authorization-server")).json()
    assert metadata["token_endpoint"] == f"{metadata['issuer']}/oauth/token"
    assert metadata["grant_types_supported"] == ["client_credentials"]
    assert "none" not in metadata["token_endpoint_auth_methods_supported"]
    keys = await client.get("/.well-known/jwks.json")
    assert keys.headers["Content-Type"] == "application/jwk-set+json"
    (key,) = keys.json()["keys"]
    assert (key["alg"], key["crv"]) == ("ES256", "P-256")
    assert "d" not in key


async def test_the_day_of_use_is_noted(client: httpx.AsyncClient, database: Database, town: Town) -> None:
    identifier, secret = await town.client()
    await token_for(client, identifier, secret.value)
    async with database.connection() as connection:
        used = await connection.fetchval("select last_used_on = current_date from client where id = $1", identifier)
    assert used is True


async def test_an_address_that_keeps_failing_is_made_to_wait(client: httpx.AsyncClient) -> None:
    answers = [await token_for(client, uuid4(), "pst_wrong") for _ in range(61)]
    assert [answer.status_code for answer in answers] == [401] * 60 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
