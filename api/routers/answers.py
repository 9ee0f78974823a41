"""Answering a request of REST: its caller, its language, its preconditions, and the headers of the answer."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

import orjson
from fastapi import Request, Response
from xxhash import xxh3_128_hexdigest

from api.accelerations.optimistic_read import OptimisticRead, RightsMoved
from api.accelerations.response_cache import CachedAnswer, ResponseCache, audience_key
from api.accelerations.switch import is_accelerated
from api.db import Connection, Database
from api.domain.actor import Actor
from api.domain.commands.context import today
from api.domain.errors import Refusal, invalid
from api.domain.reference import LANGUAGES
from api.domain.sql.cursors import CursorKey
from api.domain.sql.reader import Reader
from api.identity.authentication import Authorized, Caller, authorize, identify, recent_authorization, require_sign_in
from api.routers.public import check_pace
from api.settings import Settings

JSON = "application/json"
VARY = "Authorization, Cookie, Pst-Acting-As, Accept-Language"
LONGEST_QUESTION = 250
_IF_MATCH = re.compile(r'"(\d{1,9})(?:\.[0-9a-f]{1,64})?"')
_BASED = re.compile(r'"([0-9a-f]{24})(?:\.[0-9a-f]{1,64})?"')
_BASIS = re.compile(rb'\{"basis":"([0-9a-f]{24})"')
_VERSION = re.compile(rb'"version":(\d+),"createdAt"')

Work = Callable[[Connection, Reader], Awaitable[bytes]]


def settings_of(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def database_of(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def cursor_key_of(request: Request) -> CursorKey:
    key: CursorKey = request.app.state.cursor_key
    return key


def response_cache_of(request: Request) -> ResponseCache:
    memory: ResponseCache = request.app.state.memory
    return memory


def language_of(request: Request, preferred: str | None = None) -> str:
    """The first supported language of Accept-Language, else the reader's own, else French."""
    return _first_spoken(request.headers.get("accept-language", "")[:200]) or preferred or LANGUAGES[0]


@lru_cache(maxsize=1_024)
def _first_spoken(accepted: str) -> str | None:
    ranges: list[tuple[float, int, str]] = []
    for part in accepted.replace(" ", "").split(",")[:20]:
        tag, _, quality = part.partition(";q=")
        primary = tag.split("-")[0].lower()
        if primary in LANGUAGES:
            try:
                ranges.append((-float(quality or 1), len(ranges), primary))
            except ValueError:
                continue
    return next((language for q, _, language in sorted(ranges) if q < 0), None)


def reader_of(request: Request, entered: Authorized) -> Reader:
    language = language_of(request, entered.language)
    return Reader(entered.actor, language, settings_of(request).base_url)


async def answer_read(
    request: Request,
    work: Work,
    *,
    is_public: bool = False,
    is_document: bool = False,
    is_remembered: bool = True,
    is_one_statement: bool = False,
) -> Response:
    """Answer a read from one snapshot, or from the response cache while nothing it depends on has changed.

    `is_remembered=False` is for answers from data that the journal does not record: no position would show that they
    are outdated. `is_one_statement` allows an optimistic read, in one round trip.

    Refuses an anonymous caller (401) unless the address is public; there, a caller beyond the rate limit (429).
    """
    who = await identify(request)
    if is_public:
        who, work = Caller(), _limit_pace(request, work)
    else:
        require_sign_in(who)
    question, memory, day = question_of(request), response_cache_of(request), today()
    if not is_accelerated(request.scope):
        is_remembered = is_one_statement = False
    found = None
    if is_one_statement and not is_worth_looking_up(memory, who, question):
        found = await _read_optimistically(request, who, work)
    if found is None:
        found = await _looked_up(request, who, work, question if is_remembered else None)
    entered, reader, body = found
    answer = body if isinstance(body, CachedAnswer) else CachedAnswer(body, tag_of(body, is_document))
    if is_remembered:
        if answer is not body:
            memory.keep(
                entered.actor, entered.position, reader.language, question, answer, day=day,
                is_personal=reader.is_personal,
            )  # fmt: skip
        if entered.position is not None:
            memory.note((who.asker, question))
    return to_response(request, answer, reader.language, is_public=is_public)


def _limit_pace(request: Request, work: Work) -> Work:
    """The same work, counted against the rate limit when it runs: an answer from the cache is not counted."""

    async def within_pace(connection: Connection, reader: Reader) -> bytes:
        check_pace(request)
        return await work(connection, reader)

    return within_pace


Found = tuple[Authorized, Reader, bytes | CachedAnswer]
"""The authorization, the reader, and the body; or the answer found in the response cache."""


def is_worth_looking_up(memory: ResponseCache, who: Caller, question: str) -> bool:
    """Whether the cache may hold a valid answer: readers of the same rights had one, not found outdated since."""
    assumed = recent_authorization(who)
    if assumed is None:
        return True
    return memory.knows((audience_key(assumed.actor), question)) and not memory.knows((who.asker, question))


async def _looked_up(request: Request, who: Caller, work: Work, question: str | None) -> Found:
    """Authorize in a snapshot; return the cached answer of the same position, else what the work reads there."""
    async with database_of(request).snapshot() as connection:
        entered = await authorize(connection, who)
        reader = reader_of(request, entered)
        if question is not None:
            known = response_cache_of(request).find(entered.actor, entered.position, reader.language, question)
            if known is not None:
                return entered, reader, known
        return entered, reader, await work(connection, reader)


async def _read_optimistically(request: Request, who: Caller, work: Work) -> Found | None:
    """Read with the rights the caller had last, if the same statement confirms them; else None.

    A refusal raised before anything was read may rest on outdated rights: None then, and the snapshot decides.
    """
    assumed = recent_authorization(who)
    if assumed is None:
        return None
    reader, optimistic_read = reader_of(request, assumed), OptimisticRead(database_of(request), who, assumed)
    try:
        body = await work(optimistic_read, reader)
    except RightsMoved:
        return None
    except Refusal:
        if optimistic_read.entered is None:
            return None
        raise
    return None if optimistic_read.entered is None else (optimistic_read.entered, reader, body)


async def find_cached(request: Request, question: str) -> tuple[CachedAnswer, str] | None:
    """The cached answer to the same question of this caller, if it is still valid, with its language; else None.

    One statement, no snapshot: the position it reads is the version of everything the answer was computed from.
    None also where the caller is refused: the route answers the refusal.
    """
    memory = response_cache_of(request)
    if not memory.knows(question):
        return None
    try:
        who = await identify(request)
        if not memory.knows((who.asker, question)):
            return None
        async with database_of(request).connection() as connection:
            entered = await authorize(connection, who)
    except Refusal:
        return None
    language = language_of(request, entered.language)
    found = memory.find(entered.actor, entered.position, language, question)
    return None if found is None else (found, language)


def question_of(request: Request) -> str:
    """The key of a question: the query string as sent (it holds no space) and the path; long ones are hashed."""
    question = f"{request.scope['query_string'].decode('latin-1')} {request.scope['path']}"
    return question if len(question) < LONGEST_QUESTION else hashlib.sha256(question.encode()).hexdigest()


def accepts_json(request: Request) -> bool:
    """Whether the Accept header of the request takes JSON."""
    accept = request.headers.get("accept")
    if not accept or "*/*" in accept:
        return True
    return any(_means_json(*part.replace(" ", "").partition(";q=")) for part in accept.lower().split(","))


_KINDS = frozenset({"application/json", "application/*", "application/problem+json"})


def _means_json(kind: str, separator: str, weight: str) -> bool:
    """Whether one range of Accept takes JSON; a weight of zero refuses it (RFC 9110 §12.5.1)."""
    is_refused = bool(separator) and not weight.strip("0.")
    return kind.partition(";")[0] in _KINDS and not is_refused


def tag_of(body: bytes, is_document: bool = False) -> str:
    """A strong ETag of the body; a document's begins with its version, a preview's with its basis (see If-Match).

    The hash only distinguishes answers, so it is a fast one: SHA-256 took longer than all the rest.
    """
    digest = xxh3_128_hexdigest(body)[:24]
    version = _VERSION.search(body) if is_document else _BASIS.match(body)
    return f'"{version[1].decode()}.{digest}"' if version else f'"{digest}"'


def to_response(request: Request, answer: CachedAnswer, language: str, *, is_public: bool = False) -> Response:
    """The HTTP response of an answer with its caching headers: 304 where If-None-Match names its ETag."""
    headers = {
        "ETag": answer.etag,
        "Content-Language": language,
        "Cache-Control": "public, no-cache" if is_public else "private, no-cache",
        "Vary": "Accept-Language" if is_public else VARY,
    }
    if is_public:
        headers["Access-Control-Allow-Origin"] = "*"
    known = request.headers.get("if-none-match")
    if known and (known.strip() == "*" or answer.etag in [t.strip().removeprefix("W/") for t in known.split(",")]):
        return Response(status_code=304, headers=headers)
    return Response(answer.body, media_type=JSON, headers=headers)


async def authorize_writer(request: Request, connection: Connection, who: Caller) -> tuple[Actor, Reader]:
    """The Actor of a change, authorized in its transaction, and a Reader with the same rights for the answer."""
    entered = await authorize(connection, who)
    return entered.actor, reader_of(request, entered)


async def writer(request: Request) -> Caller:
    """The caller of a change; refuses an anonymous one (401)."""
    return require_sign_in(await identify(request))


def expected_version(request: Request) -> int:
    """The version in If-Match; refuses its absence (428) and anything but one strong tag (400)."""
    tag = request.headers.get("if-match")
    if tag is None:
        raise Refusal("preconditionRequired")
    found = _IF_MATCH.fullmatch(tag.strip())
    if found is None:
        raise invalid("malformed", "If-Match", tag[:100], where="header")
    return int(found[1])


def expected_basis(request: Request) -> str:
    """The basis of the preview in If-Match; refuses its absence (428) and anything but one strong tag (400)."""
    tag = request.headers.get("if-match")
    if tag is None:
        raise Refusal("preconditionRequired")
    found = _BASED.fullmatch(tag.strip())
    if found is None:
        raise invalid("malformed", "If-Match", tag[:100], where="header")
    return found[1]


def answer_written(
    body: str, status: int, reader: Reader, location: str | None = None, *, is_replayed: bool = False
) -> Response:
    """The response to a change, or to its repetition under the same idempotency key: the document as it now is."""
    encoded = body.encode()
    headers = {
        "ETag": tag_of(encoded, True),
        "Content-Language": reader.language,
        "Cache-Control": "private, no-cache",
        "Vary": VARY,
    }
    headers |= {"Location": location} if location else {}
    headers |= {"Idempotency-Replayed": "true"} if is_replayed else {}
    return Response(encoded, status, media_type=JSON, headers=headers)


def json_of(value: Any) -> bytes:
    return orjson.dumps(value)
