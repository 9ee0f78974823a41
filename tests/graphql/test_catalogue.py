"""Everything that REST reads or writes, GraphQL reads or writes: a hole fails here."""

from typing import Any

from graphql import is_non_null_type, is_object_type

from api.domain.actor import Role
from api.domain.policy import POLICY
from api.domain.resources.catalogue import RESOURCES
from api.domain.sql.links import links_of
from api.domain.sql.reader import document_fields
from api.graphql.arguments import filter_types
from api.graphql.descriptions import COMMON
from api.graphql.schema import CORE
from api.main import create_app
from api.routers.documents import ListQuery, list_query
from api.settings import Settings

BESIDE = {
    "getPlanTree": "planTree",
    "getPlanVersionContent": "planVersionContent",
    "listPartnerActions": "partnerActions",
    "issueClientSecret": "issueClientSecret",
    "getArticulation": "articulation",
    "previewArticulation": "articulationPreview",
    "previewHandOver": "handOverPreview",
    "previewContinuation": "continuationPreview",
    "previewPeriodAmendment": "periodAmendmentPreview",
    "getTransversal": "transversal",
    "getPcsReport": "pcsReport",
    "getDiagnostic": "diagnostic",
    "getSynergies": "synergies",
    "getPlanTotals": "planTotals",
    "getWorkspaceTotals": "workspaceTotals",
    "getPlanProgress": "planProgress",
    "getPlanQuality": "planQuality",
    "getDpcCoverage": "dpcCoverage",
    "getSearchResults": "search",
}
"""Operations that are not the generic five: their GraphQL fields."""

ELSEWHERE_TAGS = {"health", "session", "public", "files"}
"""Health, signing in; public addresses, which GraphQL answers to whoever sends no token; and the bytes of files,
which GraphQL attaches and leads to, but does not carry (decision 0017)."""


def operations() -> dict[str, dict[str, Any]]:
    document = create_app(Settings(mode="development")).openapi()
    return {
        said["operationId"]: {**said, "method": method, "path": path}
        for path, methods in document["paths"].items()
        for method, said in methods.items()
        if method in ("get", "post", "patch", "put", "delete") and path.startswith("/pst/v1")
    }


def graphql_field(operation: str) -> str:
    """The field that does what a REST operation does."""
    by_title = {r.title: r for r in RESOURCES}
    verb = next((v for v in ("list", "get") if operation.startswith(v)), None)
    if operation in BESIDE or verb is None:
        return BESIDE.get(operation, operation)
    rest = operation.removeprefix(verb)
    lists = {r.plural[0].upper() + r.plural[1:]: r for r in RESOURCES}
    if rest not in (lists if verb == "list" else by_title):
        return rest[0].lower() + rest[1:]
    return lists[rest].plural if verb == "list" else by_title[rest].name


def test_every_rest_operation_has_its_graphql_field() -> None:
    fields = {*CORE.query_type.fields, *CORE.mutation_type.fields}  # type: ignore[union-attr]
    found = {
        operation: graphql_field(operation)
        for operation, said in operations().items()
        if not ELSEWHERE_TAGS & set(said.get("tags", ()))
    }
    assert len(found) > 100
    assert {operation: field for operation, field in found.items() if field not in fields} == {}


def test_every_graphql_field_has_its_rest_operation() -> None:
    fields = {*CORE.query_type.fields, *CORE.mutation_type.fields}  # type: ignore[union-attr]
    assert (
        fields - {graphql_field(o) for o, said in operations().items() if not ELSEWHERE_TAGS & set(said["tags"])}
        == set()
    )


def test_what_the_public_reads_through_graphql_has_public_addresses_in_rest() -> None:
    """Everything that the policy opens to everybody; the addresses that documents tell of themselves lead there."""
    paths = {said["path"].removeprefix("/pst/v1/public/") for name, said in operations().items() if "Public" in name}
    readable = {p.partition(":")[0] for role, p in POLICY if role is Role.PUBLIC and p.endswith(":read")}
    documents = {r.plural for r in RESOURCES if r.name in readable}
    assert readable - {r.name for r in RESOURCES} == {"progress"}
    assert documents | {"plans/{planId}/progress", "plans/{planId}/tree", "search"} <= paths
    assert {path.partition("/")[0] for path in paths} == documents | {"search"}


def test_documents_have_the_same_fields() -> None:
    for resource in RESOURCES:
        fields = CORE.type_map[resource.title].fields  # type: ignore[attr-defined]
        assert {resource.wire(name) for name in document_fields(resource)} <= set(fields)


def test_both_doors_tell_the_same_nulls() -> None:
    """What OpenAPI says may be null, the SDL says, and nothing else; documents, trees and computed answers."""
    schemas = create_app(Settings(mode="development")).openapi()["components"]["schemas"]
    links = {r.title: links_of(r).keys() for r in RESOURCES}
    differing = []
    for name, kind in CORE.type_map.items():
        if not is_object_type(kind) or name not in schemas:
            continue
        told = schemas[name]["properties"]
        assert told.keys() == kind.fields.keys() - links.get(name, set()), name
        for key, said in told.items():
            may_be_null = {"type": "null"} in said.get("anyOf", ()) or said.get("type") == "null"
            if may_be_null == is_non_null_type(kind.fields[key].type):
                differing.append(f"{name}.{key}")
    assert differing == []


def test_the_schema_tells_what_everything_is() -> None:
    """Every type, every question and change, every argument and link, and what all documents and pages have."""
    kinds = {name: kind for name, kind in CORE.type_map.items() if not name.startswith("__")}
    assert [name for name, kind in kinds.items() if not kind.description] == []
    composed = {name: kind for name, kind in kinds.items() if is_object_type(kind)}
    fields = {f"{name}.{key}": f for name, kind in composed.items() for key, f in kind.fields.items()}
    assert [f"{at}({key})" for at, f in fields.items() for key, arg in f.args.items() if not arg.description] == []
    whole = {"Query", "Mutation", "PageInfo"} | {f"{r.title}{end}" for r in RESOURCES for end in ("Connection", "Edge")}
    links = {f"{r.title}.{name}" for r in RESOURCES for name in (*links_of(r), *COMMON)}
    must = [at for at in fields if at.partition(".")[0] in whole or at in links]
    assert [at for at in must if not fields[at].description] == []
    assert len(must) > 1_000


def test_lists_can_be_asked_the_same() -> None:
    for resource in RESOURCES:
        asked = set(list_query(resource).model_fields) - set(ListQuery.model_fields) - {"sort"}
        assert set(filter_types(resource)) == asked, resource.name
