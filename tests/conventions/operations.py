"""Every operation of the OpenAPI document, so that a rule of `api.md` is asked of all of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

import pytest

from api.domain.resources.base import Resource
from api.domain.resources.catalogue import RESOURCES
from api.main import create_app
from api.settings import Settings

BY_PLURAL = {resource.plural: resource for resource in RESOURCES}
NOBODY = UUID("0190f0f0-0000-7000-8000-000000000000")
"""An id that names nothing."""
NEEDED_QUERIES = {
    "previewArticulation": "?to=singleObjective", "getSearchResults": "?q=plan",
    "getPublicSearchResults": "?q=plan",
    "previewHandOver": f"?toUnitId={NOBODY}", "previewContinuation": "?kind=noneYet&endsOn=2040-12-31",
    "previewPeriodAmendment": "?endsOn=2100-12-31",
}  # fmt: skip
NEEDED_WORDS = {
    "convertArticulation": {"to": "singleObjective"}, "continuePlan": {"kind": "noneYet", "endsOn": "2040-12-31"},
    "amendProgrammingPeriod": {"endsOn": "2100-12-31", "certainty": "announced", "source": "Essai"},
    "nameAdministrator": {"email": "premiere@commune.example", "displayName": "Première Administratrice"},
}  # fmt: skip
"""What cannot be left out, of the few operations that are about no document."""


BASED = frozenset({"convertArticulation", "handOver", "continuePlan", "amendProgrammingPeriod"})
"""The commands that name the basis of a preview in If-Match."""


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    name: str
    method: str
    template: str
    provided: dict[str, Any] = field(repr=False)

    @property
    def is_public(self) -> bool:
        return self.template.startswith(("/pst/v1/public", "/pst/v1/health"))

    @property
    def resource(self) -> Resource | None:
        """The concept whose documents it is about."""
        words = self.template.removeprefix("/pst/v1/").removeprefix("public/").split("/")
        if words[:2] == ["partners", "me"]:
            return BY_PLURAL["actions"]
        return BY_PLURAL.get(words[0])

    @property
    def names_one(self) -> bool:
        return "{" in self.template

    @property
    def is_list(self) -> bool:
        return self.method == "GET" and self.name.startswith("list")

    def path(self, identifier: object = NOBODY) -> str:
        return re.sub(r"\{[^/]+\}", str(identifier), self.template) + NEEDED_QUERIES.get(self.name, "")

    @property
    def body(self) -> dict[str, Any] | None:
        """The least that can be sent: nearly always an object that says nothing; None where there is no body."""
        return NEEDED_WORDS.get(self.name, {}) if "requestBody" in self.provided else None

    @property
    def tag(self) -> str:
        """A well-formed If-Match for it."""
        return f'"{"0" * 24}"' if self.name in BASED else '"1"'

    def parameters(self, where: str) -> list[dict[str, Any]]:
        return [p for p in self.provided.get("parameters", []) if p["in"] == where]


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document as the code makes it."""
    return create_app(Settings(public_url="http://127.0.0.1:8000")).openapi()


@cache
def everything() -> tuple[Operation, ...]:
    """Every operation, those of files too."""
    return tuple(
        Operation(said["operationId"], method.upper(), template, said)
        for template, item in document()["paths"].items()
        for method, said in item.items()
    )


@cache
def operations() -> tuple[Operation, ...]:
    """The operations that speak JSON."""
    return tuple(op for op in everything() if not is_bytes(op.template))


def is_bytes(template: str) -> bool:
    """Whether a file goes in or out there, which is no JSON: tests/attachments asks these."""
    return template == "/pst/v1/files" or template.endswith("/attachments/{attachmentId}/content")


def rest(*methods: str) -> list[Operation]:
    """The operations under `/pst/v1`, of these methods or of all."""
    return [op for op in operations() if op.template.startswith("/pst/v1") and (not methods or op.method in methods)]


def each(found: list[Operation]) -> pytest.MarkDecorator:
    """Ask the test of each of these operations."""
    return pytest.mark.parametrize("operation", found, ids=[op.name for op in found])


def paths() -> Iterator[tuple[str, set[str]]]:
    """Every address with the methods that it documents."""
    for template, item in document()["paths"].items():
        yield template, {method.upper() for method in item}


def properties(schema: str) -> dict[str, Any]:
    found: dict[str, Any] = document()["components"]["schemas"][schema]["properties"]
    return found


def kinds_of(said: dict[str, Any]) -> list[dict[str, Any]]:
    """The alternatives of a property: itself, or the members of its `anyOf`."""
    return [said, *said.get("anyOf", [])]


def first_text(schema: str) -> str:
    """The first property that takes any text."""
    for name, said in properties(schema).items():
        for kind in kinds_of(said):
            if kind.get("type") == "string" and not kind.keys() & {"enum", "format", "pattern"}:
                return name
    raise LookupError(f"{schema} has no free text")
