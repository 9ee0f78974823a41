"""What may be sent to `/graphql`: one operation as strict JSON, its document said or named by its SHA-256."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from fastapi import Request

from api.domain.errors import Invalid, Issue, Refusal, Unauthenticated
from api.graphql.documents import Document, Library, digest_of
from api.identity.authentication import Caller
from api.problems import MOST_ISSUES
from api.routers.bodies import strict_json
from api.settings import Settings

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
ANY = ("*/*", "application/*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class PersistedQueryNotFound(Exception):
    """The document named by its hash is not known: it must be sent once in full (Apollo's APQ protocol)."""


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """The members of a request's body."""

    query: str | None
    operation_name: str | None
    variables: dict[str, Any]
    sha256: str | None


def media_type(request: Request) -> str:
    """The media type of the answer; refuses another method, body type or answer than ours (405, 415, 406)."""
    if request.method != "POST":
        raise Refusal("methodNotAllowed", allow=["POST"])
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != JSON:
        raise Refusal("unsupportedMediaType", expected=[JSON])
    if names_graphql_json(request):
        return GRAPHQL_JSON
    if not any(kind in (JSON, *ANY, "") for kind in _accepted_media(request)):
        raise Refusal("notAcceptable")
    return JSON


def names_graphql_json(request: Request) -> bool:
    """Whether the asker takes the media type of GraphQL's own answers, as its clients do now."""
    return GRAPHQL_JSON in _accepted_media(request)


def _accepted_media(request: Request) -> list[str]:
    return [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")]


async def read_request(request: Request, settings: Settings) -> GraphQLRequest:
    """The body, strictly read: an object (batches are refused) with the four known members."""
    body = strict_json(await request.body(), settings)
    if not isinstance(body, dict):
        raise _wrong("", "an object with a query: batches are not taken")
    unknown = islice((name for name in body if name not in _KNOWN), MOST_ISSUES)  # no more of them are answered
    if issues := [Issue("unknownInput", "body", name[:100]) for name in unknown]:
        raise Invalid(*issues)
    for name, kind in (("query", str), ("operationName", str), ("variables", dict), ("extensions", dict)):
        if body.get(name) is not None and not isinstance(body[name], kind):
            raise _wrong(name, f"must be {'an object' if kind is dict else 'a text'}")
    return GraphQLRequest(
        body.get("query"), body.get("operationName"), body.get("variables") or {}, _sha256(body.get("extensions") or {})
    )


_KNOWN = {"query", "operationName", "variables", "extensions"}


def _wrong(name: str, reason: str) -> Invalid:
    return Invalid(Issue("schemaViolation", "body", name, None, (("reason", reason),)))


def _sha256(extensions: dict[str, Any]) -> str | None:
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return None
    found = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if not isinstance(found, str) or not _SHA256.fullmatch(found):
        raise _wrong("extensions.persistedQuery.sha256Hash", "must be a SHA-256 in lower case hexadecimal")
    return found


def document_of(question: GraphQLRequest, library: Library, who: Caller, settings: Settings) -> Document:
    """The document asked for. Only those who sign in register new ones, or ask for the schema.

    What they register spares them its text; it opens nothing to those who may ask only what is in the manifest.
    """
    text = _text_of(question, library)
    if digest_of(text) not in library.manifest and not _may_ask_others(who, settings):
        raise Unauthenticated("noAccessToken") if who.is_anonymous else Refusal("unknownDocument")
    document = library.read(text)
    if who.is_anonymous and document.tells_schema:
        raise Unauthenticated("noAccessToken")
    if question.sha256 is not None and not who.is_anonymous:
        library.register(question.sha256, text)
    return document


def _text_of(question: GraphQLRequest, library: Library) -> str:
    """The text that was sent, or the one known by the hash that was sent."""
    text = question.query
    if text is not None:
        if question.sha256 is not None and digest_of(text) != question.sha256:
            raise _wrong("extensions.persistedQuery.sha256Hash", "is not the SHA-256 of the query")
        return text
    if question.sha256 is None:
        raise Invalid(Issue("required", "body", "query"))
    known = library.text(question.sha256)
    if known is None:
        raise PersistedQueryNotFound
    return known


def _may_ask_others(who: Caller, settings: Settings) -> bool:
    askers = settings.askers_of_unknown_documents
    return askers == "anyone" or (askers == "signedIn" and not who.is_anonymous)
