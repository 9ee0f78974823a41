"""The report of a PCS, drawn from the same records as the PST: nothing is typed twice."""

from uuid import UUID

from pydantic import Field

from api.domain.lifecycle import ActionStatus
from api.domain.schemas.articulation import PlanNamed
from api.domain.schemas.base import Answer, Day, Money
from api.domain.schemas.enumerations import Delivery, PartnershipRole, PartnershipState


class ReportPeriod(Answer):
    id: UUID
    code: str
    starts_on: Day
    ends_on: Day
    local_share_percent: int | None = Field(description="The least local share, in percent of the subsidy.")
    is_diagnostic_required: bool


class ReportPartner(Answer):
    organisation_id: UUID
    name: str
    role: PartnershipRole
    state: PartnershipState


class Amounts(Answer):
    """Euro, each budget line once."""

    expenses_planned: Money
    expenses_committed: Money
    expenses_spent: Money
    revenue_planned: Money
    revenue_committed: Money
    revenue_received: Money


class ReportAction(Amounts):
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
    partners: list[ReportPartner]


class ReportLine(Amounts):
    """What the actions of an axis, theme, right or code come to."""

    id: UUID
    code: str
    label: str
    action_count: int
    partner_count: int


class LocalShare(Answer):
    """The rule of the period for one year: the local share against the regional subsidy, as planned revenue."""

    fiscal_year: int
    subsidy: Money
    local: Money
    percent: int | None = Field(description="Of the subsidy, rounded down; null without a subsidy.")
    is_met: bool | None = Field(description="Null where the period has no rule, or the year no subsidy.")


class PcsReport(Answer):
    plan: PlanNamed
    period: ReportPeriod
    actions: list[ReportAction]
    axes: list[ReportLine]
    themes: list[ReportLine]
    rights: list[ReportLine]
    codes: list[ReportLine]
    total: Amounts
    """Of the actions and of what the plan and its objectives carry themselves, in the years of the plan."""
    local_shares: list[LocalShare]
