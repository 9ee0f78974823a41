"""The register of synergies: the actions that the houses of a workspace carry together, and who brings what."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from api.domain.enumerations.common import PartnershipRole
from api.domain.rules.action_statuses import ActionStatus
from api.domain.schemas.base import Answer, Money


class SynergyReason(StrEnum):
    """Why an action stands in the register."""

    DEPARTMENT_BOTH = "departmentBoth"
    MARKED = "marked"
    HOUSES_TOGETHER = "housesTogether"


class SynergyYear(Answer):
    """What a house brings in one year."""

    year: int
    amount: Money | None
    full_time_equivalents: str | None
    in_kind: list[str]


class SynergyHouse(Answer):
    """A house that takes part: by leading the action, by a partnership, or because the action is of both."""

    organisation_id: UUID
    name: str
    is_lead: bool
    roles: list[PartnershipRole]
    contributions: list[SynergyYear]


class SynergyOrganisation(Answer):
    """An organisation that the synergy concerns, whether or not it is a house of the workspace."""

    organisation_id: UUID
    name: str


class SynergyAction(Answer):
    """An action done together, with the reasons for which it stands here."""

    action_id: UUID
    title: str
    status: ActionStatus
    progress: int | None
    full_time_equivalents: str | None
    reasons: list[SynergyReason]
    plan_ids: list[UUID]
    expenses_planned: Money = Field(description="Of the action’s own budget lines, all years.")
    expenses_spent: Money
    houses: list[SynergyHouse]
    organisations: list[SynergyOrganisation] = Field(description="Those named on the action as concerned.")


class SynergyTotal(Answer):
    """What a house brings to all these actions in one year."""

    organisation_id: UUID
    name: str
    year: int
    action_count: int
    amount: Money
    full_time_equivalents: str


class Synergies(Answer):
    """What a commune and its CPAS do together, and what each brings."""

    actions: list[SynergyAction]
    totals: list[SynergyTotal]
