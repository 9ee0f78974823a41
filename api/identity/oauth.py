"""The OAuth 2.0 endpoints for machines: tokens, their revocation and introspection, metadata, public keys."""

from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import orjson
from fastapi import APIRouter, Request, Response

from api.domain.actor import Role
from api.domain.commands.identity import note_use, revoke
from api.domain.errors import Unauthenticated
from api.domain.queries.identity import is_live
from api.domain.schemas.identity import Scope
from api.identity.clients import OAuthError, authenticate_client, read_proof
from api.identity.service import Identity, identity_of
from api.identity.tokens import Claims

router = APIRouter(include_in_schema=False)

_LONGEST_FORM = 16_384
_AUTHENTICATION_METHODS = ["private_key_jwt", "client_secret_basic", "client_secret_post"]


@router.post("/oauth/token")
async def issue_token(request: Request) -> Response:
    """An access token for a client that proves itself (RFC 6749 §4.4)."""
    try:
        return await _issue(request)
    except OAuthError as refused:
        return _refuse(request, refused)


@router.post("/oauth/revoke")
async def revoke_token(request: Request) -> Response:
    """The client's token serves no longer (RFC 7009); one that never did is 200 as well."""
    try:
        form, client = await _form_and_client(request)
        claims = _claims_in(request, form)
        if claims is not None and claims.client_id == str(client["id"]):
            async with request.app.state.database.transaction() as connection:
                await revoke(connection, claims.jti, claims.expires_at)
        return _answer({})
    except OAuthError as refused:
        return _refuse(request, refused)


@router.post("/oauth/introspect")
async def introspect_token(request: Request) -> Response:
    """Whether a token still serves (RFC 7662). A client learns this of its own tokens, an operator of all."""
    try:
        form, client = await _form_and_client(request)
        return _answer(await _introspection_of(request, _claims_in(request, form), client))
    except OAuthError as refused:
        return _refuse(request, refused)


@router.get("/.well-known/jwks.json")
async def public_keys(request: Request) -> Response:
    """The public keys of every token still in life (RFC 7517)."""
    keys = identity_of(request.app).tokens.keys.jwks()
    return _answer(keys, cache="public, max-age=300", media_type="application/jwk-set+json")


@router.get("/.well-known/oauth-authorization-server")
async def metadata(request: Request) -> Response:
    """Where everything is and what is supported (RFC 8414)."""
    issuer = identity_of(request.app).tokens.issuer
    described = {
        "issuer": issuer,
        "token_endpoint": f"{issuer}/oauth/token",
        "revocation_endpoint": f"{issuer}/oauth/revoke",
        "introspection_endpoint": f"{issuer}/oauth/introspect",
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "scopes_supported": sorted(Scope),
    }
    for endpoint in ("token", "revocation", "introspection"):
        described[f"{endpoint}_endpoint_auth_methods_supported"] = _AUTHENTICATION_METHODS
        described[f"{endpoint}_endpoint_auth_signing_alg_values_supported"] = ["ES256"]
    return _answer(described, cache="public, max-age=3600")


async def _issue(request: Request) -> Response:
    tokens = identity_of(request.app).tokens
    form, client = await _form_and_client(request)
    if "grant_type" not in form:
        raise OAuthError("invalid_request", "grant_type is missing.")
    if form["grant_type"] != "client_credentials":
        raise OAuthError("unsupported_grant_type", "Only client_credentials is supported.")
    scopes = _grant_scopes(form.get("scope", ""), client["scopes"])
    await request.app.state.database.note(lambda connection: note_use(connection, client["id"]))
    token = tokens.issue(
        client["id"],
        is_machine=True,
        scopes=scopes,
        role=client["role"],
        organisation=client["organisation_id"],
    )
    return _answer(
        {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": tokens.lifetime_seconds,
            "scope": " ".join(scopes),
        }
    )


def _grant_scopes(asked: str, held: list[str]) -> list[str]:
    """The scopes asked for, all of which the client must hold; all that it holds if it asks for none."""
    words = asked.split()
    if not set(words) <= set(held):
        raise OAuthError("invalid_scope", "The client does not hold every scope that it asks for.")
    return sorted(set(words) or set(held))


async def _form_and_client(request: Request) -> tuple[dict[str, str], Any]:
    """The form, and the client that proved itself; an address that fails too often is made to wait."""
    identity = identity_of(request.app)
    address = request.client.host if request.client else None
    identity.client_failures.check(address)
    try:
        form = await _form(request)
        proof = read_proof(form, request.headers.get("Authorization"))
        async with request.app.state.database.transaction() as connection:
            return form, await authenticate_client(connection, proof, audiences=_audiences(identity))
    except OAuthError as refused:
        if refused.error == "invalid_client":
            identity.client_failures.add(address)
        raise


def _audiences(identity: Identity) -> frozenset[str]:
    issuer = identity.tokens.issuer
    return frozenset({issuer, f"{issuer}/oauth/token"})


async def _form(request: Request) -> dict[str, str]:
    """The form's parameters, none of them twice (RFC 6749 §3.2)."""
    media_type = request.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if media_type != "application/x-www-form-urlencoded":
        raise OAuthError("invalid_request", "The body must be application/x-www-form-urlencoded.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_FORM:
            raise OAuthError("invalid_request", "The body is too long.", status=413)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError as malformed:
        raise OAuthError("invalid_request", "The body is not a form.") from malformed
    form = dict(pairs)
    if len(form) != len(pairs):
        raise OAuthError("invalid_request", "A parameter is given twice.")
    return form


def _claims_in(request: Request, form: dict[str, str]) -> Claims | None:
    """The claims of the form's `token`, or None if it is no good token of ours."""
    if "token" not in form:
        raise OAuthError("invalid_request", "token is missing.")
    try:
        return identity_of(request.app).tokens.verify(form["token"])
    except Unauthenticated:
        return None


async def _introspection_of(request: Request, claims: Claims | None, client: Any) -> dict[str, Any]:
    if claims is None or (claims.client_id != str(client["id"]) and client["role"] != Role.OPERATOR):
        return {"active": False}
    machine: UUID | None = claims.subject if claims.is_machine else None
    person: UUID | None = None if claims.is_machine else claims.subject
    async with request.app.state.database.snapshot() as connection:
        if not await is_live(connection, claims.jti, account_id=person, client_id=machine):
            return {"active": False}
    tokens = identity_of(request.app).tokens
    return {
        "active": True,
        "iss": tokens.issuer,
        "aud": tokens.audience,
        "sub": str(claims.subject),
        "client_id": claims.client_id,
        "scope": " ".join(sorted(claims.scopes)),
        "token_type": "Bearer",
        "exp": claims.expires_at,
        "iat": claims.issued_at,
        "jti": claims.jti,
    }


def _answer(
    content: dict[str, Any],
    *,
    status: int = 200,
    cache: str = "no-store",
    media_type: str = "application/json",
) -> Response:
    return Response(orjson.dumps(content), status_code=status, media_type=media_type, headers={"Cache-Control": cache})


def _refuse(request: Request, refused: OAuthError) -> Response:
    answer = _answer({"error": refused.error, "error_description": refused.description}, status=refused.status)
    if refused.status == 401 and "Authorization" in request.headers:
        answer.headers["WWW-Authenticate"] = 'Basic realm="pst"'  # RFC 6749 §5.2
    return answer
