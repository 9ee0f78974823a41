"""The report of a PCS, drawn from the same records as the PST: nothing is typed twice."""

from uuid import UUID

from pydantic import Field

from api.domain.enumerations.common import (
    BudgetCategory,
    Delivery,
    Health,
    OrganisationKind,
    PartnershipRole,
    PartnershipState,
)
from api.domain.enumerations.programming import AgreementState, Certainty, Counted, CountsAs
from api.domain.rules.action_statuses import ActionStatus
from api.domain.schemas.articulation import PlanNamed
from api.domain.schemas.base import Answer, Day, Explained, Money


class ReportPeriod(Answer):
    """The programming period that is reported on, and what it asks."""

    id: UUID
    code: str
    starts_on: Day
    ends_on: Day
    end_certainty: Certainty
    end_source: str | None = Field(description="Where its end is written.")
    without_period_from: Day | None = Field(
        description="From this day on the plan claims no period; its codes stay those of this one."
    )
    local_share_percent: int | None = Field(description="The least local share, in percent of the subsidy.")
    is_diagnostic_required: bool


class ReportBody(Answer):
    """A house that carries the plan: its lead first, then the co-owners."""

    organisation_id: UUID
    name: str
    kind: OrganisationKind
    is_lead: bool


class ReportFunction(Answer):
    """The accounting function of the period for a house that carries the plan."""

    organisation_kind: OrganisationKind
    code: str
    label: str
    revenue_code: str | None


class ReportSeat(Answer):
    """A seat of the committee that accompanies the plan."""

    organisation_id: UUID | None
    name: str | None
    role: str


class ReportPartner(Answer):
    """An organisation that takes part in an action."""

    organisation_id: UUID
    name: str
    role: PartnershipRole
    state: PartnershipState
    agreement_id: UUID | None


class ReportAgreementYear(Answer):
    """What an agreement brings in one year."""

    year: int
    amount: Money | None
    in_kind: str | None


class ReportAgreement(Answer):
    """An agreement that a partnership of one of the actions names."""

    id: UUID
    title: str
    state: AgreementState
    starts_on: Day | None
    ends_on: Day | None
    renewal_alert_on: Day | None
    is_after_period: bool
    parties: list[str]
    amounts: list[ReportAgreementYear]


class ReportGroup(Answer):
    """Whom an action is meant for."""

    id: UUID
    name: str


class Beneficiaries(Answer):
    """How many were reached in a year. Persons are distinct within an action, not between actions."""

    year: int
    counted: Counted
    number: int


class CategoryExpenses(Answer):
    """Expenses of one category; null for those without."""

    category: BudgetCategory | None
    planned: Money
    committed: Money
    spent: Money


class KindRevenue(Answer):
    """Revenue of one kind of the period; null for what the period does not name."""

    code: str | None
    label: str | None
    counts_as: CountsAs | None
    planned: Money
    committed: Money
    received: Money


class Amounts(Answer):
    """Euro, each budget line once."""

    expenses_planned: Money
    expenses_committed: Money
    expenses_spent: Money
    revenue_planned: Money
    revenue_committed: Money
    revenue_received: Money
    expenses: list[CategoryExpenses]
    revenue: list[KindRevenue]


class YearAmounts(Amounts):
    """Amounts of one fiscal year."""

    fiscal_year: int


class ReportAction(Amounts):
    """An action as the report of a PCS tells it."""

    model_config = Explained.model_config

    action_id: UUID
    title: str
    """The plan's own label for it, else its title."""
    code: str | None
    axis_id: UUID | None
    theme_id: UUID | None
    right_ids: list[UUID]
    delivery: Delivery | None
    status: ActionStatus
    progress: int | None
    is_late: bool
    health: Health
    health_reason: str | None
    status_remark: str | None
    target_groups: list[ReportGroup]
    partners: list[ReportPartner]
    beneficiaries: list[Beneficiaries]


class ReportLine(Amounts):
    """What the actions of an axis, theme, right or code come to, with the lines of its objectives."""

    id: UUID
    code: str
    label: str
    action_count: int
    completed_count: int
    late_count: int
    average_progress: int | None = Field(description="Percent, of the actions that have one.")
    partner_count: int
    beneficiaries: list[Beneficiaries]


class LocalShare(Answer):
    """The rule of the period for one year: the local share against the subsidy, as planned revenue."""

    fiscal_year: int
    subsidy: Money
    local: Money
    percent: int | None = Field(description="Of the subsidy, rounded down; null without a subsidy.")
    is_met: bool | None = Field(description="Null where the period has no rule, or the year no subsidy.")


class PcsReport(Explained):
    """What a PCS reports on: its actions, partners, agreements, beneficiaries and money."""

    plan: PlanNamed
    period: ReportPeriod
    carriers: list[ReportBody]
    accounting_functions: list[ReportFunction]
    committee: list[ReportSeat]
    actions: list[ReportAction]
    agreements: list[ReportAgreement]
    axes: list[ReportLine]
    themes: list[ReportLine]
    rights: list[ReportLine]
    codes: list[ReportLine]
    beneficiaries: list[Beneficiaries]
    total: Amounts
    """Of the actions and of what the plan and its objectives carry themselves, in the years of the plan."""
    years: list[YearAmounts]
    local_shares: list[LocalShare]
