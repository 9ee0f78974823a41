"""The published document: named as the house names, one query model for each route, every refusal told."""

import re
from typing import Any

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.contracts import ROOT, contents
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import RESOURCES
from api.main import create_app
from api.routers.strict import StrictRoute
from api.settings import Settings
from tests.conventions.operations import Operation, document, each, everything, operations, rest

CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
PASCAL = re.compile(r"[A-Z][a-zA-Z0-9]*")
VERBS = {"GET": ("get", "list", "preview"), "PATCH": ("update",), "DELETE": ("delete", "sign")}
PARAMETER = re.compile(r"\{([a-z][a-zA-Z]*Id)\}")
FLAGS = ("is", "has", "may", "covers", "restarts", "administers", "ends")
INSTANTS = ("At", "Until", "asOf", "at")
APP = create_app(Settings(public_url="http://127.0.0.1:8000"))


def routes() -> list[APIRoute]:
    """Every route that the document shows, as FastAPI holds it, whatever it is wrapped in."""
    found: list[APIRoute] = []
    pending: list[Any] = list(APP.router.routes)
    while pending:
        route = pending.pop()
        pending += getattr(getattr(route, "original_router", None), "routes", [])
        if isinstance(route, APIRoute) and route.include_in_schema:
            found.append(route)
    return found


def test_the_routes_are_those_of_the_document() -> None:
    assert {route.operation_id for route in routes()} == {op.name for op in everything()}


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.operation_id)
def test_a_route_has_at_most_one_query_model_and_it_forbids_the_unknown(route: APIRoute) -> None:
    models = [param.field_info.annotation for param in route.dependant.query_params]
    assert len(models) <= 1
    for model in models:
        assert isinstance(model, type)
        assert issubclass(model, BaseModel)
        assert model.model_config.get("extra") == "forbid"
        assert all(CAMEL.fullmatch(info.alias or name) for name, info in model.model_fields.items())


def test_every_route_of_rest_reads_strictly() -> None:
    """What has no query model refuses every parameter: that is what a strict route does."""
    assert [r.operation_id for r in routes() if not isinstance(r, StrictRoute) and "/auth/" not in r.path_format] == []


def test_operation_ids_are_unique_and_camel_case() -> None:
    names = [op.name for op in operations()]
    assert len(set(names)) == len(names)
    assert [name for name in names if not CAMEL.fullmatch(name)] == []


@each(list(operations()))
def test_an_operation_is_described_and_named_for_what_it_does(operation: Operation) -> None:
    assert operation.provided["summary"]
    assert len(operation.provided["tags"]) == 1
    expected = VERBS.get(operation.method)
    assert expected is None or operation.name.startswith(expected), operation.name


@each(list(operations()))
def test_an_address_is_in_camel_case_and_names_its_parameters(operation: Operation) -> None:
    for word in operation.template.strip("/").split("/"):
        assert PARAMETER.fullmatch(word) or CAMEL.fullmatch(word), operation.template
    assert not operation.template.endswith("/")
    named = [p["name"] for p in operation.parameters("path")]
    assert named == PARAMETER.findall(operation.template)
    assert all(p["schema"] == {"type": "string", "format": "uuid", "title": p["schema"]["title"]}
               for p in operation.parameters("path"))  # fmt: skip
    assert [p["name"] for p in operation.parameters("query") if not CAMEL.fullmatch(p["name"])] == []


@each(rest())
def test_every_refusal_is_a_problem_and_the_usual_ones_are_told(operation: Operation) -> None:
    told = operation.provided["responses"]
    for status, said in told.items():
        if status.startswith(("4", "5")) and operation.name != "getHealth":
            assert list(said["content"]) == ["application/problem+json"], (operation.name, status)
            assert said["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
    usual = {"400", "406", "414"} | ({"401", "403", "503"} if not operation.is_public else set())
    if operation.body is not None:
        usual |= {"413", "415"}
    assert usual - told.keys() == set()


@each(rest("PATCH", "DELETE"))
def test_a_change_asks_for_the_version(operation: Operation) -> None:
    (said,) = operation.parameters("header")
    assert (said["name"], said["required"]) == ("If-Match", True)
    assert {"412", "428"} <= operation.provided["responses"].keys()


@each([op for op in rest("POST") if op.name.startswith("create")])
def test_a_creation_takes_an_idempotency_key(operation: Operation) -> None:
    (said,) = operation.parameters("header")
    assert (said["name"], said["required"]) == ("Idempotency-Key", False)
    assert {"409", "422"} <= operation.provided["responses"].keys()


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_a_concept_has_its_schemas_and_addresses(resource: Resource) -> None:
    schemas, paths = document()["components"]["schemas"], document()["paths"]
    assert resource.title in schemas
    collection, one = f"/pst/v1/{resource.plural}", f"/pst/v1/{resource.plural}/{{{resource.name}Id}}"
    assert ("post" in paths[collection]) == (resource.create is not None)
    assert ("patch" in paths[one]) == (resource.patch is not None)
    assert {"get"} <= paths[collection].keys() & paths[one].keys()
    read = schemas[resource.title]
    assert set(read["required"]) == set(read["properties"]), "every declared property is answered"


def test_schemas_and_their_properties_are_named_as_the_house_names() -> None:
    for name, schema in document()["components"]["schemas"].items():
        assert PASCAL.fullmatch(name), name
        for written in schema.get("properties", {}):
            assert CAMEL.fullmatch(written), f"{name}.{written}"
        for word in schema.get("enum", []):
            assert not isinstance(word, str) or CAMEL.fullmatch(word) or ":" in word, f"{name}: {word}"


def test_flags_instants_and_days_are_named_for_what_they_are() -> None:
    odd = []
    for name, schema in document()["components"]["schemas"].items():
        for written, said in schema.get("properties", {}).items():
            kinds = [said, *said.get("anyOf", [])]
            if any(k.get("type") == "boolean" for k in kinds) and not written.startswith(FLAGS):
                odd.append(f"{name}.{written} is a flag")
            if any(k.get("format") == "date-time" for k in kinds) and not written.endswith(INSTANTS):
                odd.append(f"{name}.{written} is an instant")
    assert odd == []


def test_money_is_never_a_number() -> None:
    numbers = [
        f"{name}.{written}"
        for name, schema in document()["components"]["schemas"].items()
        for written, said in schema.get("properties", {}).items()
        if any(kind.get("type") == "number" for kind in [said, *said.get("anyOf", [])])
    ]
    assert numbers == []


def test_the_generated_files_say_what_the_code_says() -> None:
    stale = [name for name, text in contents() if (ROOT / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run `make contracts`"
