"""Decisions as documents of the action or objective that they are about."""

from uuid import UUID

from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import IN_PLAN, OWN, Filter, OwnerKind, Ref, Resource
from api.domain.resources.version_content import FOR_READERS, OF_ACTION, OF_OBJECTIVE, VersionPart
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


OF_PLAN = Filter(f"({_CLAIMED} or {_OF_OBJECTIVE})", "uuid[]", UUID, shown=IN_PLAN, shown_plans="{v}", field="id")
"""What hangs on the actions that a plan claims and on its objectives."""

DECISION = Resource(
    name="decision",
    plural="decisions",
    table_model=tables.Decision,
    fields=words.DecisionFields,
    owner_kind=OwnerKind.BEARER,
    create=words.DecisionCreate,
    refs={
        "action_id": Ref("action", one="action", many="decisions", asks=OWN),
        "objective_id": Ref("objective", one="objective", many="decisions", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
    },
    filters={"of_plan_id": OF_PLAN},
    search=("title", "reference"),
    sorts=("decided_on", "created_at"),
    default_sort=("decided_on", "created_at"),
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(f"{FOR_READERS} and ({OF_ACTION} or {OF_OBJECTIVE})"),
)

RESOURCES = (DECISION,)
