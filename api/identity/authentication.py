"""From a request to an Actor: who asks (without the database), then what they may do (in one statement)."""

import json
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from fastapi import Request

from api.db import Connection
from api.domain.actor import PUBLIC, Actor, Membership, Role
from api.domain.commands.identity import touch_session
from api.domain.errors import Forbidden, Refusal, Unauthenticated, invalid
from api.domain.journal import public_position
from api.domain.queries.identity import rights
from api.identity.service import identity_of
from api.identity.sessions import COOKIE, require_own_page, session_key
from api.lru_cache import LruCache

ACTING_AS = "Pst-Acting-As"

MOST_ASKERS = 4_096
_PLACE = re.compile(r"(workspace|organisation)/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as far as a token or cookie tells, and where they say they act. No rights are known yet."""

    account_id: UUID | None = None
    client_id: UUID | None = None
    session: bytes | None = None
    """The key of a browser session, whose account only the database knows."""
    jti: str | None = None
    scopes: frozenset[str] | None = None
    origin: str = "api"
    workspace_id: UUID | None = None
    organisation_id: UUID | None = None

    @property
    def is_anonymous(self) -> bool:
        return self.account_id is None and self.client_id is None and self.session is None

    @property
    def asker(self) -> Hashable:
        """Who asks and where, whatever token says so."""
        return (
            self.account_id, self.client_id, self.session, self.workspace_id, self.organisation_id, self.scopes,
            self.origin,
        )  # fmt: skip


ANONYMOUS = Caller()


class Authorized(NamedTuple):
    """An Actor, the version of everything it can reach (`model.md` §6; None at large) and its language."""

    actor: Actor
    position: str | None
    language: str | None


_LATELY: LruCache[Hashable, Authorized] = LruCache(MOST_ASKERS)


async def identify(request: Request) -> Caller:
    """Who sends this request: a bearer token, else a session cookie, else nobody.

    Refuses a bad or expired token, a malformed `Pst-Acting-As`, and a change that a foreign page asks for in
    the name of a cookie.
    """
    identity = identity_of(request.app)
    workspace_id, organisation_id = acting_as(request.headers.getlist(ACTING_AS))
    token = bearer_token(request.headers.getlist("Authorization"))
    if token is not None:
        claims = identity.tokens.verify(token)
        who = (
            Caller(client_id=claims.subject, jti=claims.jti, scopes=claims.scopes)
            if claims.is_machine
            else Caller(account_id=claims.subject, jti=claims.jti)
        )
    elif cookie := request.cookies.get(COOKIE):
        require_own_page(request.method, request.headers, identity.origins)
        who = Caller(session=session_key(cookie), origin="web")
        await _note_presence(request, session_key(cookie))
    elif workspace_id or organisation_id:
        raise Unauthenticated("noAccessToken")
    else:
        return ANONYMOUS
    return replace(who, workspace_id=workspace_id, organisation_id=organisation_id)


async def _note_presence(request: Request, session: bytes) -> None:
    """Keep a session from falling idle, in a transaction of its own: the request itself may only read.

    Where that cannot be written for now, whoever reads is answered nevertheless.
    """
    sessions = identity_of(request.app).sessions
    if sessions.is_due(session):
        limits = {"idle_seconds": sessions.idle_seconds, "longest_seconds": sessions.longest_seconds}
        await request.app.state.database.note(lambda connection: touch_session(connection, session, **limits))


def require_sign_in(who: Caller) -> Caller:
    """The caller itself; refuses an anonymous one (401)."""
    if who.is_anonymous:
        raise Unauthenticated("noAccessToken")
    return who


async def authorize(connection: Connection, who: Caller) -> Authorized:
    """The Actor with its rights as they are now; opens row-level security for the rest of the transaction.

    One round trip. It is the first statement of a transaction or snapshot.
    """
    if who.is_anonymous:
        return Authorized(PUBLIC, await public_position(connection), None)
    found = parse_authorization(who, await rights(connection, authorization_parameters(who)))
    _LATELY.put(who.asker, found)
    return found


def recent_authorization(who: Caller) -> Authorized | None:
    """The authorization of the caller's last request, which may be outdated; None if there is none in the store."""
    return Authorized(PUBLIC, None, None) if who.is_anonymous else _LATELY.get(who.asker)


def authorization_parameters(who: Caller) -> Sequence[Any]:
    """The parameters of the SQL function `enter` for this caller."""
    return who.account_id, who.client_id, who.workspace_id, who.organisation_id, who.jti, who.session


_POSITION = re.compile(r'"position": "([^"]*)", ')
"""Where the answer of `enter` holds the position, which moves with each change; the rest hardly ever changes."""


def parse_authorization(who: Caller, told: str) -> Authorized:
    """The authorization that an answer of `enter` holds; raises the refusal where it holds one."""
    position = _POSITION.search(told)
    rest = told if position is None else told[: position.start()] + told[position.end() :]
    actor, language = _asker(who, rest)
    return Authorized(actor, None if position is None else position[1], language)


@lru_cache(maxsize=4_096)
def _asker(who: Caller, told: str) -> tuple[Actor, str | None]:
    """The Actor and language in an answer of `enter`; cached by its text, hence never outdated."""
    found = json.loads(told)
    if found["status"] != "ok":
        raise _refusal(found)
    return _actor(who, found), found["language"]


def bearer_token(headers: list[str]) -> str | None:
    """The token of an Authorization header (RFC 6750 §2.1), or None if there is no such header."""
    if not headers:
        return None
    scheme, _, token = headers[0].partition(" ")
    if len(headers) > 1 or scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("invalidAccessToken")
    return token.strip()


def acting_as(headers: list[str]) -> tuple[UUID | None, UUID | None]:
    """The workspace or the organisation that `Pst-Acting-As` names, or neither."""
    if not headers:
        return None, None
    place = _PLACE.fullmatch(headers[0])
    if len(headers) > 1 or place is None:
        raise invalid("malformed", ACTING_AS, ", ".join(headers)[:200], where="header")
    identifier = UUID(place[2])
    return (identifier, None) if place[1] == "workspace" else (None, identifier)


def _refusal(found: dict[str, Any]) -> Refusal:
    match found["status"]:
        case "actingAsRequired":
            return Refusal("actingAsRequired", candidates=found["candidates"])
        case "notYours":
            return Forbidden("actAs")
        case "expired":
            return Unauthenticated("expiredAccessToken")
        case _:
            # Unknown, revoked and disabled answer alike: a token tells nothing about accounts.
            return Unauthenticated("invalidAccessToken")


def _actor(who: Caller, found: dict[str, Any]) -> Actor:
    scopes = who.scopes
    if who.client_id is not None:
        # A scope taken from a client is gone at once, from tokens already issued too.
        scopes = (scopes or frozenset()) & frozenset(found["scopes"])
    return Actor(
        memberships=tuple(_membership(held) for held in found["memberships"]),
        account_id=_uuid(found["account_id"]),
        client_id=who.client_id,
        workspace_id=_uuid(found["workspace_id"]),
        organisation_id=_uuid(found["organisation_id"]),
        scopes=scopes,
        origin=who.origin,
    )


def _membership(held: dict[str, Any]) -> Membership:
    plans = held["plans"]
    return Membership(
        role=Role(held["role"]),
        organisation_id=_uuid(held["organisation_id"]),
        person_id=_uuid(held["person_id"]),
        units=frozenset(map(UUID, held["units"])),
        plans=None if plans is None else frozenset(map(UUID, plans)),
        is_administrator=held["is_administrator"],
        administers_all_houses=held["administers_all_houses"],
    )


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
