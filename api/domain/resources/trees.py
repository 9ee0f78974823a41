"""The shape of a plan's tree, flat: objectives with their parent, placements, each action once."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, create_model

from api.domain.policy import can_be_withheld
from api.domain.resources.base import Resource, list_of
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.domain.schemas.base import Answer

OBJECTIVE = ("id", "parent_id", "level", "strand_id", "status", "title", "own_code", "priority", "due_by",
             "covers_plan_id", "period_item_id", "domain_ids", "sdgs", "version", "permitted")  # fmt: skip
ACTION = ("id", "title", "kind", "status", "progress", "health", "priority", "department", "is_synergy",
          "organisation_id", "parent_id", "planned_start", "planned_end", "planned_end_precision", "is_late",
          "is_on_roadmap", "is_archived", "version", "permitted", "next_statuses")  # fmt: skip
PLACEMENT = ("id", "action_id", "objective_id", "weight", "is_main", "version", "permitted")


_create: Any = create_model


def _entry(resource: Resource, fields: tuple[str, ...], **more: Any) -> Any:
    """Fields of a document as the tree repeats them; what a reader may not see is null."""
    annotations: dict[str, Any] = {name: info.annotation for name, info in resource.read.model_fields.items()}
    hidden = {name for name in resource.answered_fields if can_be_withheld(resource.name, name)}
    shown = {name: (annotations[name] | None if name in hidden else annotations[name], ...) for name in fields}
    return _create(f"Tree{resource.title}", __base__=Answer, **shown, **more)


_IDS: Any = list[UUID]

TREE_OBJECTIVE = _entry(BY_NAME["objective"], OBJECTIVE, number=(str | None, ...))
TREE_PLACEMENT = _entry(BY_NAME["placement"], PLACEMENT, number=(str | None, ...))
TREE_ACTION = _entry(
    BY_NAME["action"],
    ACTION,
    number=(str | None, ...),
    plan_ids=(_IDS, ...),
    plan_label=(str | None, ...),
    own_code=(str | None, ...),
    period_item_id=(UUID | None, ...),
)

PLAN_TREE: Any = _create(
    "PlanTree",
    __base__=Answer,
    plan=(BY_NAME["plan"].read, ...),
    objectives=(list_of(TREE_OBJECTIVE), ...),
    placements=(list_of(TREE_PLACEMENT), ...),
    actions=(list_of(TREE_ACTION), ...),
)


class _VersionContent(BaseModel):
    model_config = ConfigDict(extra="allow")


_LISTED = sorted((part.place, r.name) for r in RESOURCES if (part := r.in_versions) and part.place is not None)
VersionContent: Any = _create(
    "VersionContent",
    __base__=_VersionContent,
    __doc__="The rows of a frozen version, in the shape their tables had that day: those that its reader reads today.",
    **{name: (list[dict[str, Any]], ...) for _, name in _LISTED},
    names=(dict[str, Any], ...),
    withheld=(
        dict[str, int] | None,
        Field(
            default=None,
            description="How many rows of each kind are kept from the reader; absent where it reads all, as hashed.",
        ),
    ),
)
"""The lists that every version holds; further ones are in versions frozen since they were held."""
