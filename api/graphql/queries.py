"""The root of every question: each concept by id and as a list, and the reads that REST offers beside them."""

# ruff: noqa: A002, N803 - arguments are named as GraphQL names them

from typing import Any
from uuid import UUID

import orjson
import strawberry

from api.domain.actor import Role
from api.domain.errors import NotFound, invalid
from api.domain.policy import refusal
from api.domain.queries import articulation_answers, versions
from api.domain.queries.reminders import reminders
from api.domain.queries.search import MOST, search
from api.domain.queries.transversal import cell_actions, transversal
from api.domain.resources import trees as tree_shapes
from api.domain.resources.base import Resource, list_of
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.domain.rules.articulation.detection import Target
from api.domain.schemas.articulation import Articulation, ArticulationPreview, Assignment
from api.domain.schemas.reminders import Reminders
from api.domain.schemas.search import FoundKind, SearchAnswer
from api.domain.schemas.transversal import CellActions, ColumnKind, RowKind, Transversal
from api.domain.sql import plan_tree
from api.domain.sql.connections import Node, linking_columns
from api.domain.sql.listing import DEFAULT_PAGE
from api.graphql import descriptions, scalars, shapes
from api.graphql.arguments import LONGEST_VALUE, at_most, checked_text, listing_of
from api.graphql.context import Context, position_of
from api.graphql.continuation import continuation_fields
from api.graphql.indicators import indicator_fields
from api.graphql.invitations import invitation_queries
from api.graphql.overviews import plan_overview_fields
from api.graphql.rollups import rollup_fields
from api.graphql.types import CONNECTIONS, TYPES, ListAnswer, annotate_resolver, field_type, list_arguments

PARTNER_ACTIONS = "The actions in which the caller's organisation takes part, in every commune, page by page."
MOST_ASSIGNED = 200
"""As many as a conversion takes."""
TREE_PARTS = {
    "objectives": ("objective", tree_shapes.OBJECTIVE, tree_shapes.TREE_OBJECTIVE),
    "placements": ("placement", tree_shapes.PLACEMENT, tree_shapes.TREE_PLACEMENT),
    "actions": ("action", tree_shapes.ACTION, tree_shapes.TREE_ACTION),
}
"""The lists of a tree: the concept whose rows they repeat, its fields, and the schema with what is added."""


def _one(resource: Resource) -> Any:
    async def resolve(info: Any, id: UUID) -> Any:
        context: Context = info.context
        found = await context.document(resource, id, position_of(info.path))
        if found is None:
            raise NotFound(resource.name, id)
        return found

    answers = shapes.maybe(TYPES[resource.name])
    return strawberry.field(
        resolver=annotate_resolver(resolve, answers, id=scalars.Identifier), description=descriptions.one(resource)
    )


def _many(resource: Resource, only: Role | None = None) -> Any:
    async def resolve(
        info: Any, first: Any = DEFAULT_PAGE, after: Any = strawberry.UNSET,
        filter: Any = strawberry.UNSET, sort: Any = strawberry.UNSET, search: Any = strawberry.UNSET,
    ) -> Any:  # fmt: skip
        context: Context = info.context
        provided = {"first": first, "after": after, "filter": filter, "sort": sort, "search": search}
        listing = listing_of(resource, provided)
        snapshot = await context.open_snapshot()
        if only is not None and only not in snapshot.actor.roles:
            raise refusal(snapshot.actor, f"{resource.name}:readAs{only.title()}")
        return ListAnswer(await context.page(resource, listing), resource, listing)

    answers = shapes.maybe(CONNECTIONS[resource.name])
    meaning = descriptions.many(resource) if only is None else PARTNER_ACTIONS
    return strawberry.field(
        resolver=annotate_resolver(resolve, answers, **list_arguments(resource)), description=meaning
    )


def _tree_type(key: str) -> Any:
    name, fields, model = TREE_PARTS[key]
    resource = BY_NAME[name]
    kinds: dict[str, Any] = {}
    for field_name, info in model.model_fields.items():
        kind = field_type(resource, field_name) if field_name in fields else shapes.shape(info.annotation)
        kinds[resource.wire(field_name)] = kind
    meaning = f"One of the {descriptions.split_name(resource.plural)} of a plan, with what its place in the tree tells."
    words = descriptions.identifiers(resource) | descriptions.COMMON
    return shapes.make_type(f"Tree{resource.title}", kinds, {n: words.get(n) for n in kinds}, description=meaning)


TREE_TYPES = {key: _tree_type(key) for key in TREE_PARTS}
PLAN_TREE = shapes.make_type(
    "PlanTree",
    {"plan": TYPES["plan"], **{key: list_of(kind) for key, kind in TREE_TYPES.items()}},
    description="The whole tree, flat: objectives name their parent, placements both ends, each action stands once.",
)


async def _plan_tree(info: Any, planId: UUID) -> Any:
    snapshot = await info.context.open_snapshot()
    found = orjson.loads(await snapshot.read(lambda c, reader: plan_tree.plan_tree(c, reader, planId)))
    plan = BY_NAME["plan"]
    columns = {c: found["plan"].get(plan.wire(c)) for c in linking_columns(plan)}
    found["plan"] = Node(found["plan"], {c: UUID(v) if v else None for c, v in columns.items()})
    return found


async def _version_content(info: Any, planVersionId: UUID) -> Any:
    snapshot = await info.context.open_snapshot()
    return orjson.loads(await snapshot.read(lambda c, reader: versions.version_content(c, reader, planVersionId)))


async def _articulation(info: Any, planId: UUID, withPlanId: Any = strawberry.UNSET) -> Any:
    snapshot = await info.context.open_snapshot()
    found = await snapshot.read(
        lambda c, reader: articulation_answers.articulation(c, reader, planId, withPlanId or None)
    )
    return found.model_dump(mode="json", by_alias=True)


async def _preview(
    info: Any,
    planId: UUID,
    to: Any,
    withPlanId: Any = strawberry.UNSET,
    assignments: Any = strawberry.UNSET,
) -> Any:
    at_most("assignments", assignments or (), MOST_ASSIGNED)
    snapshot = await info.context.open_snapshot()
    assigned = {str(each.actionId): str(each.objectiveId) for each in assignments or ()}
    found = await snapshot.read(
        lambda c, reader: articulation_answers.preview(c, reader, planId, to, withPlanId or None, assigned)
    )
    return found.model_dump(mode="json", by_alias=True)


def _articulation_fields() -> dict[str, Any]:
    """How a PST joins a PCS, and what converting it would do."""
    place = shapes.maybe(scalars.Identifier)
    assigned = shapes.maybe(list_of(shapes.input_of(Assignment, "AssignmentInput")))
    return {
        "articulation": strawberry.field(
            resolver=annotate_resolver(
                _articulation, shapes.maybe(shapes.object_of(Articulation)),
                planId=scalars.Identifier, withPlanId=place,
            ),
            description="For each PCS of the workspace: how the PST joins it, and the reasons.",
        ),
        "articulationPreview": strawberry.field(
            resolver=annotate_resolver(
                _preview, shapes.maybe(shapes.object_of(ArticulationPreview)),
                planId=scalars.Identifier, to=shapes.enumeration(Target), withPlanId=place, assignments=assigned,
            ),
            description="A conversion of the articulation, row by row; nothing is written.",
        ),
    }  # fmt: skip


async def _transversal(info: Any, rows: Any = RowKind.PLAN, columns: Any = ColumnKind.DOMAIN) -> Any:
    snapshot = await info.context.open_snapshot()
    found = await snapshot.read(lambda c, reader: transversal(c, reader, rows, columns))
    return found.model_dump(mode="json", by_alias=True)


async def _transversal_actions(
    info: Any,
    rows: Any = RowKind.PLAN,
    columns: Any = ColumnKind.DOMAIN,
    row: Any = strawberry.UNSET,
    column: Any = strawberry.UNSET,
) -> Any:
    snapshot = await info.context.open_snapshot()
    cell = (shapes.provided_argument(row), shapes.provided_argument(column))
    found = await snapshot.read(lambda c, reader: cell_actions(c, reader, rows, columns, *cell))
    return found.model_dump(mode="json", by_alias=True)


async def _reminders(info: Any, unread: bool = False) -> Any:
    snapshot = await info.context.open_snapshot()
    found = await snapshot.read(lambda c, reader: reminders(c, reader, only_unread=unread))
    return found.model_dump(mode="json", by_alias=True)


async def _search(info: Any, words: str, kinds: Any = (), first: int = 20) -> Any:
    words = checked_text("words", words, LONGEST_VALUE, is_search=True) or ""
    if not 1 <= first <= MOST:
        raise invalid("outOfRange", "first", first, where="query", maximum=MOST)
    at_most("kinds", kinds, len(FoundKind))
    snapshot = await info.context.open_snapshot()
    found = await snapshot.read(lambda c, reader: search(c, reader, words, kinds, first))
    return found.model_dump(mode="json", by_alias=True)


def _overview_fields() -> dict[str, Any]:
    """All plans crossed, and searching in all of them."""
    return {
        "transversal": strawberry.field(
            resolver=annotate_resolver(
                _transversal, shapes.maybe(shapes.object_of(Transversal)),
                rows=shapes.enumeration(RowKind), columns=shapes.enumeration(ColumnKind),
            ),
            description="All plans of the workspace crossed with domains, goals, units, rights or objectives.",
        ),
        "reminders": strawberry.field(
            resolver=annotate_resolver(_reminders, shapes.maybe(shapes.object_of(Reminders)), unread=bool),
            description="The reader's own, newest first.",
        ),
        "search": strawberry.field(
            resolver=annotate_resolver(
                _search, shapes.maybe(shapes.object_of(SearchAnswer)),
                words=str, kinds=list_of(shapes.enumeration(FoundKind)), first=int,
                told_of={"first": f"The most matches to answer: 1 to {MOST}."},
            ),
            description="The best matches in plans, objectives, actions, findings and organisations, best first.",
        ),
        "transversalActions": strawberry.field(
            resolver=annotate_resolver(
                _transversal_actions, shapes.maybe(shapes.object_of(CellActions)),
                rows=shapes.enumeration(RowKind), columns=shapes.enumeration(ColumnKind),
                row=shapes.maybe(str), column=shapes.maybe(str),
            ),
            description="The actions behind a cell, a row, a column or the total of the transversal view.",
        ),
    }  # fmt: skip


def _fields() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for resource in RESOURCES:
        found[resource.name] = _one(resource)
        found[resource.plural] = _many(resource)
    found["partnerActions"] = _many(BY_NAME["action"], Role.PARTNER)
    found["planTree"] = strawberry.field(
        resolver=annotate_resolver(_plan_tree, shapes.maybe(PLAN_TREE), planId=scalars.Identifier),
        description="The whole tree of a plan, at any depth.",
    )
    found["planVersionContent"] = strawberry.field(
        resolver=annotate_resolver(_version_content, shapes.maybe(scalars.Json), planVersionId=scalars.Identifier),
        description="The frozen content of a version, for those who also read the living plan.",
    )
    computed = _overview_fields() | plan_overview_fields() | rollup_fields() | indicator_fields()
    return found | _articulation_fields() | continuation_fields() | computed | invitation_queries()


Query: Any = strawberry.type(
    type("Query", (), _fields()), name="Query", description="Everything that can be read, in one snapshot."
)
