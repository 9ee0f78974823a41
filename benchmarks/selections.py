"""GraphQL documents that ask for everything that a REST answer holds, so that both doors say the same."""

from typing import Any

from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from api.domain.resources.catalogue import BY_NAME
from api.domain.sql.reader import document_fields
from api.graphql.schema import CORE


def everything(type_name: str, names: set[str] | None = None) -> str:
    """The selection of the fields of a type that take no argument, objects one level down."""
    kind: Any = CORE.get_type(type_name)
    parts = []
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if field.args or (names is not None and name not in names):
            continue
        if is_leaf_type(inner):
            parts.append(name)
        elif isinstance(inner, GraphQLObjectType) and names is not None:
            leaves = [n for n, f in inner.fields.items() if is_leaf_type(get_named_type(f.type)) and not f.args]
            parts.append(f"{name} {{ {' '.join(leaves)} }}")
    return " ".join(parts)


def _document(name: str) -> str:
    resource = BY_NAME[name]
    return everything(resource.title, {resource.wire(n) for n in document_fields(resource)})


LIST = f"query List {{ actions(first: 50) {{ nodes {{ {_document('action')} }} }} }}"
TREE = (
    f"query Tree($id: UUID!) {{ planTree(planId: $id) {{ plan {{ {_document('plan')} }}"
    f" objectives {{ {everything('TreeObjective')} }} placements {{ {everything('TreePlacement')} }}"
    f" actions {{ {everything('TreeAction')} }} }} }}"
)
PEER_LIST = """query List { actions(first: 50, sort: [plannedEnd], filter: {status: [inProgress]}) { nodes {
  id organisationId title description status progress priority plannedStart plannedEnd
  responsibilities { kind officeId unitId personId } } } }"""
PEER_TREE = """query Tree($id: UUID!) { planTree(planId: $id) { plan { id title } objectives { id title parentId }
  placements { id objectiveId actionId } actions { id title status progress } } }"""
