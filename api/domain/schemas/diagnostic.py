"""The diagnostic of a plan: what its period asks, what is there, and what nothing answers."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from api.domain.enumerations.programming import ChecklistReason, ChecklistState, Requirement
from api.domain.schemas.articulation import PlanNamed
from api.domain.schemas.base import Answer, Day


class Named(Answer):
    """A finding, right, action or objective of the plan."""

    id: UUID
    title: str


class Missing(Answer):
    """What a line lacks: a document, by its kind, or a year."""

    kind: str
    id: UUID | None
    title: str


class ChecklistLine(Answer):
    """One thing that a period may ask, whether it is met, and why."""

    rule: Requirement
    label: str
    is_required: bool = Field(description="False where the period only advises it, or does not ask it.")
    state: ChecklistState
    reason: ChecklistReason
    why: str
    found: int
    needed: int
    missing: list[Missing]


class IndexValue(Answer):
    """The index of access to a right in this commune, as its source published it."""

    edition: int
    value: str
    source: str | None


class DiagnosedRight(Answer):
    """A right of the period, with the findings that touch it and the actions that serve it."""

    id: UUID
    code: str
    label: str
    finding_count: int
    action_count: int
    index: IndexValue | None


class Heard(Answer):
    """A partner that was heard."""

    organisation_id: UUID
    name: str
    finding_count: int


class DiagnosedFinding(Answer):
    """A finding that the plan takes up, in its order."""

    id: UUID
    text: str
    theme: str | None
    found_on: Day | None
    right_ids: list[UUID]
    objective_count: int
    action_count: int
    is_answered_elsewhere: bool = Field(description="By an objective or an action of another plan.")


class BeyondKind(StrEnum):
    """What reaches beyond the end of the period."""

    AGREEMENT = "agreement"
    BUDGET_LINE = "budgetLine"
    ACTION = "action"


class Beyond(Answer):
    """What goes on after the programming period has ended."""

    kind: BeyondKind
    id: UUID
    title: str
    ends_on: Day


class Diagnostic(Answer):
    """The findings of a plan, what answers them, and what its period asks of the diagnostic."""

    plan: PlanNamed
    period_id: UUID | None
    checklist: list[ChecklistLine]
    findings: list[DiagnosedFinding]
    findings_without_answer: list[Named]
    objectives_without_finding: list[Named]
    rights: list[DiagnosedRight]
    heard: list[Heard]
    beyond_period: list[Beyond]
