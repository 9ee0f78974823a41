"""Decisions as documents of the action or objective that they are about."""

from uuid import UUID

from api.domain.resources.base import Filter, Home, Ref, Resource
from api.domain.schemas import decisions as words
from api.domain.tables import decisions as tables

_CLAIMED = (
    "exists (select from plan_action x where x.workspace_id = {t}.workspace_id and x.action_id = {t}.action_id"
    " and not x.is_withdrawn and x.plan_id = any({v}))"
)
_OF_OBJECTIVE = (
    "exists (select from objective x where x.workspace_id = {t}.workspace_id and x.id = {t}.objective_id"
    " and x.plan_id = any({v}))"
)


def _shown(entity: str, joined: str) -> str:
    return (
        "exists (select from shown_row y where y.workspace_id = {t}.workspace_id and y.circle = {circle}"
        f" and y.entity = '{entity}' and {joined} and (y.image->>'plan_id')::uuid = any({{v}}))"
    )


_SHOWN_CLAIMED = _shown("planAction", "(y.image->>'action_id')::uuid = {t}.action_id")
_SHOWN_OF_OBJECTIVE = _shown("objective", "y.id = {t}.objective_id")
OF_PLAN = Filter(
    f"({_CLAIMED} or {_OF_OBJECTIVE})", "uuid[]", UUID, shown=f"({_SHOWN_CLAIMED} or {_SHOWN_OF_OBJECTIVE})", field="id"
)
"""What hangs on the actions that a plan claims and on its objectives."""

DECISION = Resource(
    name="decision",
    plural="decisions",
    table_model=tables.Decision,
    fields=words.DecisionFields,
    home=Home.BEARER,
    create=words.DecisionCreate,
    refs={
        "action_id": Ref("action", one="action", many="decisions"),
        "objective_id": Ref("objective", one="objective", many="decisions"),
        "organisation_id": Ref("organisation", one="organisation"),
    },
    filters={"of_plan_id": OF_PLAN},
    search=("title", "reference"),
    sorts=("decided_on", "created_at"),
    default_sort=("decided_on", "created_at"),
)

RESOURCES = (DECISION,)
