"""Words about actions: the sheet itself, its place in plans, its partners, tasks, money and references."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints
from sqlalchemy import Numeric, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from api.domain.enumerations.common import (
    ActionKind,
    Audience,
    BudgetCategory,
    BudgetNature,
    BudgetService,
    BudgetSource,
    DatePrecision,
    Delivery,
    Department,
    Health,
    PartnershipRole,
    PartnershipState,
    PlacementState,
)
from api.domain.rules.action_statuses import ActionStatus
from api.domain.schemas.base import (
    Amount,
    Clean,
    Code,
    Day,
    Factor,
    Flag,
    InputModel,
    Label,
    LongText,
    Money,
    Percent,
    Title,
    Weight,
    Year,
)
from api.domain.schemas.plans import ObjectiveParts, Positioned, Priority

Link = Annotated[str, StringConstraints(min_length=1, max_length=255), Clean]


class ActionFields(InputModel):
    """An action, held once for all the plans that claim it."""

    title: Title
    description: LongText | None = None
    kind: ActionKind = Field(default=ActionKind.PROJECT, sa_type=Text)
    status: ActionStatus = Field(default=ActionStatus.DRAFT, sa_type=Text)
    status_remark: LongText | None = None
    progress: Percent | None = Field(
        default=0, description="Percent done, independent of the status; a perennial action has none."
    )
    health: Health = Field(default=Health.GOOD, sa_type=Text)
    health_reason: LongText | None = Field(
        default=None, description="Why the health is not good; it goes when the health is good again."
    )
    priority: Priority = 0
    department: Department = Field(default=Department.MUNICIPALITY, sa_type=Text)
    is_synergy: Flag = False
    audience: Audience = Field(default=Audience.PUBLIC, sa_type=Text)
    planned_start: Day | None = Field(
        default=None, description="The first planned day; with a precision, the first day of that span."
    )
    planned_start_precision: DatePrecision | None = Field(default=None, sa_type=Text)
    planned_start_text: Label | None = Field(default=None, description="The planned start as it was written.")
    planned_end: Day | None = Field(
        default=None, description="The last planned day; with a precision, the last day of that span."
    )
    planned_end_precision: DatePrecision | None = Field(default=None, sa_type=Text)
    planned_end_text: Label | None = Field(default=None, description="The planned end as it was written.")
    actual_start: Day | None = None
    actual_end: Day | None = None
    is_on_roadmap: Flag = False
    full_time_equivalents: Factor | None = Field(default=None, sa_type=Numeric(6, 2))
    estimate: LongText | None = Field(default=None, description="A first idea of the cost, before budget lines.")
    estimate_low: Amount | None = Field(
        default=None, sa_type=Numeric(14, 2), description="The least it may cost; alone, it is the most too."
    )
    estimate_high: Amount | None = Field(
        default=None, sa_type=Numeric(14, 2), description="The most it may cost; alone, it is the least too."
    )
    internal_note: LongText | None = None
    places: list[Label] = Field(default=[], sa_type=ARRAY(Text), max_length=50)
    keywords: list[Label] = Field(default=[], sa_type=ARRAY(Text), max_length=50)
    parent_id: UUID | None = Field(default=None, description="The action of which this one is a sub-action.")


class ActionCreate(ActionFields, ObjectiveParts):
    synergy_organisation_ids: list[UUID] = Field(
        default=[], max_length=30, description="The organisations that the synergy concerns."
    )
    target_group_ids: list[UUID] = Field(default=[], max_length=30, description="Whom it is meant for.")
    organisation_id: UUID = Field(description="The house that answers for it.")


class PlanActionFields(InputModel):
    """A plan claims an action: the plan's own words and codes for it."""

    label: Title | None = Field(default=None, description="The official label in this plan, when it differs.")
    own_code: Code | None = None
    period_item_id: UUID | None = Field(default=None, description="The action code of the programming period.")
    delivery: Delivery | None = Field(default=None, sa_type=Text)
    phase: Label | None = None
    progress_weight: Weight | None = Field(
        default=None, description="Its weight in a plan whose progress is weighed explicitly; null counts as 1."
    )


class PlanActionParts(InputModel):
    right_ids: list[UUID] = Field(default=[], max_length=30, description="The rights it serves in this plan.")


class PlanActionCreate(PlanActionFields, PlanActionParts):
    plan_id: UUID
    action_id: UUID


class PlacementFields(InputModel):
    """Where a plan puts an action it claims. No objective means the root of the plan."""

    objective_id: UUID | None = None
    weight: Weight = Field(default=0, description="Its part in the shares of this action inside this plan.")
    is_main: Flag = False
    state: PlacementState = Field(default=PlacementState.ACTIVE, sa_type=Text)


class PlacementCreate(PlacementFields, Positioned):
    plan_id: UUID
    action_id: UUID


class Contribution(InputModel):
    """What an organisation brings to an action in one year: money, staff, something in kind."""

    year: Year
    amount: Amount | None = None
    full_time_equivalents: Factor | None = None
    in_kind: Label | None = None


class PartnershipFields(InputModel):
    """A part that an organisation takes in an action; it sees the action from `proposed` on."""

    role: PartnershipRole = Field(sa_type=Text)
    state: PartnershipState = Field(default=PartnershipState.PLANNED, sa_type=Text)
    may_report_progress: Flag = False
    agreement_id: UUID | None = Field(default=None, description="The agreement that binds it, of which it is a party.")
    note: LongText | None = None


class PartnershipParts(InputModel):
    contributions: list[Contribution] = Field(default=[], max_length=20)


class PartnershipCreate(PartnershipFields, PartnershipParts):
    action_id: UUID
    organisation_id: UUID


class TaskFields(InputModel):
    """A line of the work plan of an action."""

    title: Title
    assignee_unit_id: UUID | None = None
    assignee_person_id: UUID | None = None
    due_by: Day | None = None
    done_on: Day | None = None


class TaskCreate(TaskFields, Positioned):
    action_id: UUID


class BudgetLineFields(InputModel):
    """Money of one year, from one source, for one action, objective or plan. Euro, exact to the cent."""

    fiscal_year: Year
    source: BudgetSource = Field(sa_type=Text)
    service: BudgetService = Field(sa_type=Text)
    nature: BudgetNature = Field(default=BudgetNature.EXPENSE, sa_type=Text)
    category: BudgetCategory | None = Field(default=None, sa_type=Text)
    funding_scheme: Code | None = None
    planned: Money | None = Field(default=None, sa_type=Numeric(14, 2))
    committed: Money | None = Field(default=None, sa_type=Numeric(14, 2))
    spent: Money | None = Field(default=None, sa_type=Numeric(14, 2))
    comment: LongText | None = None


class BudgetLineParts(InputModel):
    declared_plan_ids: list[UUID] = Field(default=[], max_length=20)


class BudgetLineCreate(BudgetLineFields, BudgetLineParts):
    action_id: UUID | None = None
    objective_id: UUID | None = None
    plan_id: UUID | None = None


class ExternalReferenceFields(InputModel):
    """The identifier under which another system knows an action."""

    system: Code
    reference: Link


class ExternalReferenceCreate(ExternalReferenceFields):
    action_id: UUID
