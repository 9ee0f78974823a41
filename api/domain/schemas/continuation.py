"""Words about going on beyond a programming period: what would become of a plan, and what became of it."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import Text
from sqlmodel import Field as Column

from api.domain.enumerations.common import BudgetCategory, BudgetNature, PeriodItemKind
from api.domain.enumerations.programming import AgreementState
from api.domain.rules.continuation import ContinuationKind
from api.domain.schemas.base import Answer, Day, Explained, InputModel, Title
from api.domain.schemas.rollups import Sums


class ContinuedRow(InputModel):
    """A row that a continuation wrote (`added` or `changed`), and the version it gave it."""

    entity: str
    entity_id: UUID
    change: str
    row_version: int


class PlanContinuationFields(InputModel):
    """How a plan went on beyond the end of its programming period, as it was applied."""

    kind: ContinuationKind = Column(sa_type=Text)
    former_ends_on: Day | None = None
    ends_on: Day | None = None


class CodeAssignment(BaseModel):
    """The items of the next period under which a claim goes on, all alike; none leaves it without."""

    model_config = InputModel.model_config

    plan_action_id: UUID
    period_item_ids: list[UUID] = Field(max_length=20)


class ContinuationRequest(BaseModel):
    """How the plan goes on, and what of it differs from what the preview proposes."""

    model_config = InputModel.model_config

    kind: ContinuationKind
    period_id: UUID | None = Field(None, description="The next period; only for a successor.")
    ends_on: Day | None = Field(None, description="Until when the plan goes on; only under no period yet.")
    title: Title | None = Field(None, description="The title of the plan of the next period.")
    assignments: list[CodeAssignment] = Field(default=[], max_length=500)
    ending_ids: list[UUID] | None = Field(
        None, max_length=500,
        description="The claims that stay behind; when absent, those whose action is completed, cancelled or archived.",
    )  # fmt: skip


class PeriodNamed(Answer):
    """A programming period by its code and dates."""

    id: UUID
    code: str
    label: str
    starts_on: date
    ends_on: date


class ItemNamed(Answer):
    """An item of a programming period by its code and name."""

    id: UUID
    kind: PeriodItemKind
    code: str
    label: str


class LineBeyond(Explained):
    """A budget line of a year after the end of the plan."""

    budget_line_id: UUID
    fiscal_year: int
    title: str
    """The action, the objective or the plan that it is of."""
    action_id: UUID | None
    nature: BudgetNature
    category: BudgetCategory | None
    planned: str
    committed: str
    spent: str
    is_covered: bool
    """Whether the plan, or the plan of the next period, has that year afterwards."""
    is_moved: bool
    """Whether it goes over to the plan of the next period, which it would then be borne by or declared for."""


class AgreementBeyond(Answer):
    """An agreement of an action of the plan that ends after the plan."""

    agreement_id: UUID
    title: str
    state: AgreementState
    ends_on: date


class PostBeyond(Answer):
    """Full-time equivalents that an organisation brings to an action in a year after the end of the plan."""

    partnership_id: UUID
    action_id: UUID
    title: str
    organisation_id: UUID
    year: int
    full_time_equivalents: str


class MappedTarget(Answer):
    """An item of the next period, and the part of the money that goes to it."""

    item: ItemNamed
    weight: int
    amounts: Sums


class MappedCode(Explained):
    """An item under which something of the plan stands, or none: where it goes on."""

    item: ItemNamed | None
    action_count: int
    amounts: Sums
    targets: list[MappedTarget]
    """None: its money is part of what is unmapped, except for claims that are assigned otherwise."""


class ContinuedClaim(Explained):
    """An action of the plan, and the items under which it would go on."""

    plan_action_id: UUID
    action_id: UUID
    title: str
    item: ItemNamed | None
    targets: list[ItemNamed]
    is_going_on: bool
    """Whether the plan of the next period claims it."""
    is_assigned: bool
    """Whether the request says its items, not the mapping."""


class CodeMapping(Explained):
    """The money of the plan by the items of the next period. `mapped` and `unmapped` make up `total`, to the cent."""

    total: Sums
    mapped: Sums
    unmapped: Sums
    unmapped_claim_ids: list[UUID]
    """Actions for which no item is found: they would go on without a code, at the root of the plan."""
    unmapped_objective_ids: list[UUID]
    """Objectives with money of their own for which none is found."""
    codes: list[MappedCode]
    claims: list[ContinuedClaim]


class PlanDates(Answer):
    """The dates of a plan, and its sums in the years between them."""

    starts_on: date | None
    ends_on: date | None
    without_period_from: date | None
    totals: Sums


class ContinuationPreview(Explained):
    """What going on would change; nothing is written. `basis` names the state of all rows concerned."""

    basis: str
    plan_id: UUID
    kind: ContinuationKind
    period: PeriodNamed
    next_period: PeriodNamed | None
    title: str | None
    """The title of the plan of the next period."""
    before: PlanDates
    after: PlanDates
    next: PlanDates | None
    """The plan of the next period."""
    is_partial: bool
    """Whether the plan has actions that the reader does not see: they go on as the mapping says."""
    budget_lines: list[LineBeyond]
    agreements: list[AgreementBeyond]
    posts: list[PostBeyond]
    mapping: CodeMapping | None
    """For a successor only."""

    @classmethod
    def of(cls, words: dict[str, Any]) -> "ContinuationPreview":
        return cls.model_validate(words)
