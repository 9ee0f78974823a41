"""How a plan answers a DPC, both ways: commitments without objective, objectives without commitment."""

from uuid import UUID

from api.domain.schemas.base import Answer, Day, Explained


class CoveringObjective(Answer):
    """An objective that carries out an item."""

    id: UUID
    title: str
    plan_id: UUID


class CoveredItem(Answer):
    """A commitment, in the order of the declaration, and the objectives that descend from it."""

    id: UUID
    own_code: str | None
    text: str
    section: str | None
    is_dropped: bool
    objectives: list[CoveringObjective]


class DpcCoverage(Explained):
    """Which items of a declaration of communal policy an objective carries out, and which none does."""

    dpc_id: UUID
    title: str
    adopted_on: Day | None
    items: list[CoveredItem]
    item_count: int
    """Commitments that stand; dropped ones aside."""
    covered_count: int
    items_without_objective: list[UUID]
    objectives_without_item: list[CoveringObjective]
    """Objectives of the PSTs of this house for this term beneath and above which nothing descends from the DPC."""
