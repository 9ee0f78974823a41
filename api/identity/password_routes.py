"""Passwords that people set themselves: the own one changed, a forgotten one asked for and set anew."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import SecretStr

from api.domain.commands import passwords as commands
from api.domain.errors import Invalid, Issue, Refusal, Unauthenticated, invalid
from api.domain.queries.identity import credential_of, who_am_i
from api.domain.rules.credentials import weakness
from api.domain.schemas.passwords import PasswordChange, PasswordResetRequest, PasswordResetUse
from api.identity import throttle
from api.identity.authentication import identify, require_sign_in
from api.identity.service import identity_of
from api.identity.sessions import refuse_foreign_page


def refuse_query(request: Request) -> None:
    """What is under /auth takes no query parameter, and ignores none: least of all a password in an address."""
    if request.query_params:
        raise Invalid(*(Issue("unknownInput", "query", name[:100]) for name in list(request.query_params)[:20]))


router = APIRouter(prefix="/auth", tags=["session"], dependencies=[Depends(refuse_query)])
_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}


def _refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    words = {
        400: "Something said cannot be true",
        401: "Not signed in",
        403: "Asked by a page that is not ours",
        413: "The body is too large",
        414: "The address is too long",
        429: "Too many tries: see Retry-After",
    }
    return {status: {"description": words[status], **_PROBLEM} for status in statuses}


@router.post(
    "/password",
    operation_id="changePassword",
    summary="Change the own password",
    status_code=204,
    responses=_refusals(400, 401, 403, 413, 414, 429),
)
async def change_password(words: PasswordChange, request: Request) -> Response:
    """The current one is asked for. Every other session of the account ends; links made before serve no more."""
    who = require_sign_in(await identify(request))
    identity = identity_of(request.app)
    async with request.app.state.database.snapshot() as connection:
        me = await who_am_i(connection, session=who.session, account_id=who.account_id, jti=who.jti)
    if me is None:
        raise Unauthenticated("expiredAccessToken" if who.session else "invalidAccessToken")
    attempt = throttle.Attempt.of(me.email, _address(request))
    async with request.app.state.database.transaction() as connection:
        seconds = await throttle.count(connection, attempt)
        credential = None if seconds else await credential_of(connection, me.email)
    _refuse_for(seconds)
    current = credential["password_hash"] if credential else None
    if not await identity.passwords.matches(current, words.current_password.get_secret_value()):
        raise invalid("wrongPassword", "currentPassword")
    _refuse_weak(words.new_password, me.email, me.display_name)
    new_hash = await identity.passwords.hash_password(words.new_password.get_secret_value())
    async with request.app.state.database.transaction() as connection:
        await throttle.forgive(connection, attempt)
        await commands.set_password(connection, me.account_id, new_hash, staying=who.session)
    return _empty_response(204)


@router.post(
    "/passwordResets",
    operation_id="requestPasswordReset",
    summary="Ask for a link with which a forgotten password is set anew",
    status_code=202,
    response_class=Response,  # with no body, and so of no media type
    responses=_refusals(400, 403, 413, 414, 429),
)
async def request_password_reset(words: PasswordResetRequest, request: Request) -> Response:
    """Always answered the same: whether there is such an account is told to its mailbox alone. The link serves once,
    for an hour."""
    refuse_foreign_page(request.headers, identity_of(request.app).origins)
    async with request.app.state.database.transaction() as connection:
        seconds = await throttle.count_reset(connection, words.email, _address(request))
        if not seconds:
            await commands.request_reset(connection, words.email)
    _refuse_for(seconds)
    return _empty_response(202)


@router.post(
    "/newPassword",
    operation_id="useResetLink",
    summary="Set a password through a link",
    status_code=204,
    responses=_refusals(400, 403, 413, 414, 429),
)
async def use_reset_link(words: PasswordResetUse, request: Request) -> Response:
    """The link serves no more, nor does any other of the account; its sessions end. Nobody is signed in by it."""
    identity = identity_of(request.app)
    refuse_foreign_page(request.headers, identity.origins)
    identity.client_failures.check(_address(request))
    token = words.token.get_secret_value()
    async with request.app.state.database.snapshot() as connection:
        account = await commands.account_of_token(connection, token)
    if account is None:
        identity.client_failures.add(_address(request))
        raise invalid("linkVoid", "token")
    _refuse_weak(words.new_password, account["email"], account["display_name"])
    new_hash = await identity.passwords.hash_password(words.new_password.get_secret_value())
    async with request.app.state.database.transaction() as connection:
        if not await commands.redeem_reset(connection, token, new_hash):  # used meanwhile
            raise invalid("linkVoid", "token")
        await throttle.forgive(connection, throttle.Attempt.of(account["email"], _address(request)))
    return _empty_response(204)


def _refuse_weak(password: SecretStr, email: str, display_name: str) -> None:
    name, _, _ = email.partition("@")
    if weak := weakness(password.get_secret_value(), name, *display_name.split()):
        raise invalid(weak, "newPassword")


def _refuse_for(seconds: int) -> None:
    if seconds:
        raise Refusal("tooManyRequests", retryAfter=seconds)


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None


def _empty_response(status: int) -> Response:
    return Response(status_code=status, headers={"Cache-Control": "no-store"})
