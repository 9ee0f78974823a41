"""A GraphQL type and a connection for every concept, made from its one declaration."""

from dataclasses import dataclass
from typing import Any

import strawberry
from sqlalchemy import BigInteger
from strawberry.types import Info

from api.domain.policy import can_be_withheld
from api.domain.resources.base import Resource, list_of
from api.domain.resources.catalogue import RESOURCES
from api.domain.sql import documents
from api.domain.sql.connections import Node, NodePage
from api.domain.sql.links import Link, links_of
from api.domain.sql.listing import DEFAULT_PAGE, Listing
from api.domain.sql.reader import document_fields
from api.graphql import descriptions, scalars, shapes
from api.graphql.arguments import filter_input, listing_of, sort_enum
from api.graphql.context import Context, position_of

TYPES: dict[str, type] = {r.name: type(r.title, (), {}) for r in RESOURCES}
CONNECTIONS: dict[str, type] = {r.name: type(f"{r.title}Connection", (), {}) for r in RESOURCES}
EDGES: dict[str, type] = {r.name: type(f"{r.title}Edge", (), {}) for r in RESOURCES}

COMMON: dict[str, Any] = {
    "id": scalars.Identifier,
    "href": str,
    "version": int,
    "created_at": scalars.Instant,
    "updated_at": scalars.Instant,
    "permitted": list[str],
    "unchangeable": list[str],
    "withheld": list[str],
}


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """A page, and how to count the whole."""

    page: NodePage
    resource: Resource
    listing: Listing
    link: Link | None = None
    source: Node | None = None


def default_resolver(source: Any, name: str) -> Any:
    """A field of a document, or of an object inside one."""
    return (source.document if isinstance(source, Node) else source)[name]


def field_type(resource: Resource, name: str) -> Any:
    """The type of an answered field; what some role may not see can be null."""
    if name in COMMON:
        return COMMON[name]
    if resource.lifecycle is not None and name == resource.lifecycle.answered_as:
        return list_of(shapes.enumeration(resource.lifecycle.words))
    column = resource.table.c.get(name)
    annotation = resource.answered_fields[name]
    if column is not None and isinstance(column.type, BigInteger):
        kind: Any = shapes.maybe(scalars.LargeInt) if shapes.may_be_null(annotation) else scalars.LargeInt
    else:
        kind = shapes.shape(annotation)
    return shapes.maybe(kind) if can_be_withheld(resource.name, name) else kind


def list_arguments(resource: Resource) -> dict[str, Any]:
    """The annotations of the arguments of every list."""
    return {
        "first": shapes.maybe(int),
        "after": shapes.maybe(str),
        "filter": shapes.maybe(filter_input(resource.name)),
        "sort": shapes.maybe(list_of(sort_enum(resource.name))),
        "search": shapes.maybe(str),
    }


def annotate_resolver(resolve: Any, answers: Any, told_of: dict[str, str] | None = None, **arguments: Any) -> Any:
    """A resolver with the annotations that Strawberry reads; `told_of` says what an argument means here alone."""
    resolve.__annotations__ = {"info": Info, **descriptions.describe_arguments(arguments, told_of), "return": answers}
    return resolve


def link_to_one(link: Link) -> Any:
    async def resolve(root: Any, info: Info) -> Any:
        context: Context = info.context
        if any(root.columns[c] is None for c in link.source_columns):
            return None
        return await context.read_linked(link, root, position_of(info.path))

    return strawberry.field(
        resolver=_with_root(resolve, shapes.maybe(TYPES[link.target.name])), description=descriptions.link(link)
    )


def link_to_many(link: Link) -> Any:
    async def resolve(
        root: Any, info: Info, first: Any = DEFAULT_PAGE, after: Any = strawberry.UNSET,
        filter: Any = strawberry.UNSET, sort: Any = strawberry.UNSET, search: Any = strawberry.UNSET,  # noqa: A002
    ) -> Any:  # fmt: skip
        context: Context = info.context
        provided = {"first": first, "after": after, "filter": filter, "sort": sort, "search": search}
        listing = listing_of(link.target, provided)
        page = await context.linked_page(link, root, listing, position_of(info.path))
        return ListAnswer(page, link.target, listing, link, root)

    answers = shapes.maybe(CONNECTIONS[link.target.name])
    return strawberry.field(
        resolver=_with_root(resolve, answers, **list_arguments(link.target)), description=descriptions.link(link)
    )


def _with_root(resolve: Any, answers: Any, **arguments: Any) -> Any:
    resolve.__annotations__ = {
        "root": Any,
        "info": Info,
        **descriptions.describe_arguments(arguments),
        "return": answers,
    }
    return resolve


@strawberry.type(description="Where a page begins and ends, and whether there are others. Pages are read forwards.")
class PageInfo:
    hasNextPage: bool = strawberry.field(description="Whether another page follows.")  # noqa: N815
    hasPreviousPage: bool = strawberry.field(description="Whether this page was asked for `after` another.")  # noqa: N815
    startCursor: str | None = strawberry.field(description="The cursor of the first document here.")  # noqa: N815
    endCursor: str | None = strawberry.field(description="The `after` of the next page.")  # noqa: N815


def _build(resource: Resource) -> None:
    cls = TYPES[resource.name]
    fields = resource.fields.model_fields.items()
    own = {resource.wire(n): info.description for n, info in fields if info.description}
    words = descriptions.identifiers(resource) | own | descriptions.COMMON
    annotations: dict[str, Any] = {}
    for name in document_fields(resource):
        wire = resource.wire(name)
        annotations[wire] = field_type(resource, name)
        setattr(cls, wire, strawberry.field(description=words.get(wire)))
    for name, link in links_of(resource).items():
        assert name not in annotations, f"{resource.name}.{name} is both a field and a link"
        setattr(cls, name, link_to_many(link) if link.is_many else link_to_one(link))
    cls.__annotations__ = annotations
    described = (
        " ".join((resource.fields.__doc__ or "").split()) or f"One of the {descriptions.split_name(resource.plural)}."
    )
    strawberry.type(cls, name=resource.title, description=described)


def _build_connection(resource: Resource) -> None:
    node, cls = TYPES[resource.name], CONNECTIONS[resource.name]
    edge: Any = EDGES[resource.name]

    async def total(root: Any, info: Info) -> Any:
        context: Context = info.context
        if root.link is None:
            snapshot = await context.open_snapshot()
            return await snapshot.read(lambda c, r: documents.count(c, r, root.resource, root.listing, context.key))
        return await context.linked_total(root.link, root.source, root.listing, position_of(info.path))

    plural = descriptions.split_name(resource.plural)
    edge.__annotations__ = {"cursor": str, "node": node}
    edge.cursor = strawberry.field(description="The `after` of what follows it.")
    edge.node = strawberry.field(description="The document.")
    strawberry.type(edge, name=f"{resource.title}Edge", description=f"One of the {plural} in its list.")
    members = {
        "nodes": (lambda root, info: root.page.nodes, list_of(node), "The documents of this page."),
        "edges": (_edges, list_of(edge), "The same documents, each with its cursor."),
        "pageInfo": (_page_info, PageInfo, "Where this page begins and ends."),
        "totalCount": (total, int, "How many there are on all pages together."),
    }
    for name, (resolve, answers, meaning) in members.items():
        own = _copy_function(resolve) if name != "totalCount" else resolve
        setattr(cls, name, strawberry.field(resolver=_with_root(own, answers), description=meaning))
    strawberry.type(cls, name=f"{resource.title}Connection", description=f"A page of {plural}.")


def _copy_function(resolve: Any) -> Any:
    """A function of its own: each connection answers other types."""

    def resolve_copy(root: Any, info: Info) -> Any:
        return resolve(root, info)

    return resolve_copy


def _edges(root: Any, info: Any) -> Any:
    pairs = zip(root.page.cursors, root.page.nodes, strict=True)
    return [{"cursor": cursor, "node": node} for cursor, node in pairs]


def _page_info(root: Any, info: Any) -> Any:
    cursors = root.page.cursors
    return {
        "hasNextPage": root.page.has_next,
        "hasPreviousPage": root.listing.after is not None,
        "startCursor": cursors[0] if cursors else None,
        "endCursor": cursors[-1] if cursors else None,
    }


for _resource in RESOURCES:
    _build_connection(_resource)
    _build(_resource)
