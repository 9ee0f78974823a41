"""Words about how a PST joins a PCS: what is detected, what a conversion would do, and what one did."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import Text
from sqlmodel import Field as Column

from api.domain.rules.articulation.detection import Approach, Region, Target
from api.domain.schemas.base import Answer, Explained, InputModel


class Change(StrEnum):
    """What a conversion does to a row. What is `rested` or `withdrawn` is kept, to serve again."""

    ADDED = "added"
    REVIVED = "revived"
    RESTED = "rested"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"


class Move(StrEnum):
    """What a conversion does to an action as seen in the PST."""

    ADDED = "added"
    MOVED = "moved"
    REMOVED = "removed"
    KEPT = "kept"


class ConvertedRow(InputModel):
    """A row that a conversion wrote, and the version it gave it."""

    entity: str
    entity_id: UUID
    change: str
    row_version: int


class ArticulationConversionFields(InputModel):
    """A conversion of the way a PST joins a PCS, as it was applied."""

    from_approach: Approach = Column(sa_type=Text)
    to_approach: Target = Column(sa_type=Text)


class Assignment(BaseModel):
    """An action without a place in the form wanted, and the objective under which it shall stand."""

    model_config = InputModel.model_config

    action_id: UUID
    objective_id: UUID


class ConversionRequest(BaseModel):
    """The form wanted, and a place for each action that the preview left unmatched."""

    model_config = InputModel.model_config

    to: Target
    with_plan_id: UUID | None = Field(None, description="The PCS; needed where the workspace has several.")
    assignments: list[Assignment] = Field(default=[], max_length=200)


class PlanNamed(Answer):
    """A plan by its title."""

    id: UUID
    title: str


class ArticulationReason(Answer):
    """What speaks for the approach detected: how many PCS actions, under which objectives of the PST."""

    code: str
    count: int
    objective_ids: list[UUID]


class StandingAction(Answer):
    """A PCS action and the part of the PST in which it stands."""

    action_id: UUID
    title: str
    stands: Region


class ArticulationPair(Answer):
    """How the PST joins one PCS."""

    with_plan: PlanNamed
    approach: Approach
    home_objective_ids: list[UUID]
    covering_objective_ids: list[UUID]
    action_count: int
    reasons: list[ArticulationReason]
    actions: list[StandingAction]


class Articulation(Explained):
    """How a PST joins each PCS of its workspace."""

    plan: PlanNamed
    articulations: list[ArticulationPair]
    permitted: list[str]
    """`convertArticulation` for who may convert it."""


class PreviewedAction(Explained):
    """What a conversion would do with an action."""

    action_id: UUID
    title: str
    change: Move
    from_objective_ids: list[UUID]
    to_objectives: list[str]
    """Ids, or the names under which `objectives` tells those that would be made."""


class PreviewedPlacement(Answer):
    """What a conversion would do with a placement."""

    change: Change
    placement_id: UUID | None
    action_id: UUID
    objective: str | None
    weight: int
    is_main: bool
    version: int | None


class PreviewedObjective(Explained):
    """What a conversion would do with an objective."""

    change: Change
    objective: str
    """Its id, or the name of one that would be made: `home`, `cover`, `axis:<id of the axis>`."""
    parent: str | None
    level: int
    title: str
    period_item_id: UUID | None
    covers_plan_id: UUID | None
    version: int | None


class PreviewedClaim(Answer):
    """What a conversion would do with the claim of a plan on an action."""

    change: Change
    plan_action_id: UUID | None
    action_id: UUID
    version: int | None


class Suggestion(Answer):
    """An objective that may suit: half for the domains shared, half for the words shared (in hundredths)."""

    objective_id: UUID
    title: str
    score: int = Field(description="0 to 100: the mean of `domains` and `words`.")
    domains: int = Field(description="The share of the action's domains that the objective has too, in hundredths.")
    words: int = Field(description="How alike title or theme and objective read (trigrams shared), in hundredths.")
    shared_domain_ids: list[UUID]


class UnmatchedAction(Answer):
    """An action for which a conversion finds no place, with the places that are suggested."""

    action_id: UUID
    title: str
    suggestions: list[Suggestion]


class ArticulationPreview(Explained):
    """What converting would do, row by row. `basis` names the state of all rows concerned."""

    basis: str
    plan_id: UUID
    with_plan_id: UUID
    from_approach: Approach
    to_approach: Target
    is_applicable: bool
    actions: list[PreviewedAction]
    placements: list[PreviewedPlacement]
    objectives: list[PreviewedObjective]
    claims: list[PreviewedClaim]
    unmatched: list[UnmatchedAction]
    place_ids: list[UUID]
    """The objectives under which an action can be assigned; none where the form leaves no choice."""
