"""Signing in and out of the browser, and who one is."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from api.domain.commands.identity import end_session, open_session, replace_password
from api.domain.errors import Refusal, Unauthenticated
from api.domain.queries.identity import credential_of, who_am_i
from api.domain.schemas.identity import SignIn, WhoAmI
from api.identity import oauth, password_routes, throttle
from api.identity.authentication import identify, require_sign_in
from api.identity.password_routes import refuse_query
from api.identity.service import identity_of
from api.identity.sessions import COOKIE, new_cookie, refuse_foreign_page, require_own_page, session_key, set_cookie

router = APIRouter()
router.include_router(oauth.router)


_session = APIRouter(prefix="/auth", tags=["session"], dependencies=[Depends(refuse_query)])
_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}
_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"description": "Something said cannot be true", **_PROBLEM},
    413: {"description": "The body is too large", **_PROBLEM},
    414: {"description": "The address is too long", **_PROBLEM},
    401: {"description": "Not signed in, or not with this e-mail and password", **_PROBLEM},
    403: {"description": "Asked by a page that is not ours", **_PROBLEM},
    503: {"description": "Try again shortly: see Retry-After", **_PROBLEM},
}


@_session.post(
    "/session",
    operation_id="signIn",
    summary="Sign in with a local account",
    responses={**_REFUSALS, 429: {"description": "Too many tries: see Retry-After", **_PROBLEM}},
)
async def sign_in(words: SignIn, request: Request, response: Response) -> WhoAmI:
    """Opens a browser session, in a cookie that scripts cannot read, and answers who signed in."""
    identity = identity_of(request.app)
    refuse_foreign_page(request.headers, identity.origins)
    attempt = throttle.Attempt.of(words.email, request.client.host if request.client else None)
    credential = await _credential(request, words.email, attempt)
    password = words.password.get_secret_value()
    kept = credential["password_hash"] if credential else None
    if not await identity.passwords.matches(kept, password) or credential is None:
        raise Unauthenticated("invalidCredentials")
    account_id, cookie = credential["account_id"], new_cookie()
    outdated = identity.passwords.is_outdated(credential["password_hash"])
    fresh = await identity.passwords.hash_password(password) if outdated else None
    async with request.app.state.database.transaction() as connection:
        await throttle.forgive(connection, attempt)
        if fresh is not None:
            await replace_password(connection, account_id, fresh)
        await end_session(connection, session_key(request.cookies.get(COOKIE, "")))
        await open_session(connection, session_key(cookie), account_id, identity.sessions.idle_seconds)
        me = await who_am_i(connection, session=session_key(cookie), account_id=None, jti=None)
    if me is None:  # disabled between the two transactions
        raise Unauthenticated("invalidCredentials")
    response.headers["Set-Cookie"] = set_cookie(cookie, identity.sessions.longest_seconds)
    response.headers["Cache-Control"] = "no-store"
    return me


@_session.get(
    "/session",
    operation_id="getSession",
    summary="Who is signed in, and where they may act",
    responses={status: _REFUSALS[status] for status in (400, 401, 414, 503)},
)
async def who_is_signed_in(request: Request, response: Response) -> WhoAmI:
    """The person of this session or bearer token, with every workspace and organisation they may act in."""
    who = require_sign_in(await identify(request))
    async with request.app.state.database.snapshot() as connection:
        me = await who_am_i(connection, session=who.session, account_id=who.account_id, jti=who.jti)
    if me is None:
        raise Unauthenticated("expiredAccessToken" if who.session else "invalidAccessToken")
    response.headers["Cache-Control"] = "no-store"
    return me


@_session.delete(
    "/session",
    operation_id="signOut",
    summary="Sign out",
    status_code=204,
    responses={status: _REFUSALS[status] for status in (400, 403, 414, 503)},
)
async def sign_out(request: Request) -> Response:
    """Ends this browser's session at once, here and in the database; signing out twice is no fault."""
    cookie = request.cookies.get(COOKIE)
    if cookie:
        require_own_page(request.method, request.headers, identity_of(request.app).origins)
        async with request.app.state.database.transaction() as connection:
            await end_session(connection, session_key(cookie))
    return Response(status_code=204, headers={"Set-Cookie": set_cookie("", 0), "Cache-Control": "no-store"})


async def _credential(request: Request, email: str, attempt: throttle.Attempt) -> Any:
    """The account's credential, or None; the try is counted and kept even when it is then refused."""
    async with request.app.state.database.transaction() as connection:
        seconds = await throttle.count(connection, attempt)
        credential = None if seconds else await credential_of(connection, email)
    if seconds:
        raise Refusal("tooManyRequests", retryAfter=seconds)
    return credential


router.include_router(_session)
router.include_router(password_routes.router)
