"""Words about plans: the programme itself, its levels and strands, its objectives, its versions and acts."""

from typing import Annotated
from uuid import UUID

from pydantic import Field as PydanticField
from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from api.domain.enumerations.common import (
    ActKind,
    LevelMeaning,
    Numbering,
    ObjectiveStatus,
    Organ,
    ProgressWeighting,
    ResponsibilityKind,
    StrandMeaning,
)
from api.domain.rules.action_statuses import ActionStatus
from api.domain.schemas.base import Code, Day, Flag, InputModel, Label, LongText, Prefix, Title

Priority = Annotated[int, PydanticField(strict=True, ge=0, le=3)]
LevelIndex = Annotated[int, PydanticField(strict=True, ge=1, le=6)]
SdgNumber = Annotated[int, PydanticField(strict=True, ge=1, le=17)]
Months = Annotated[int, PydanticField(strict=True, ge=1, le=36)]


class Level(InputModel):
    """One level of a plan's tree: its word for it and what it canonically means."""

    level: LevelIndex
    label: Label
    meaning: LevelMeaning
    is_numbered: Flag = True
    restarts: Flag = True
    prefix: Prefix | None = Field(default=None, description="What stands before its own numbers, space included.")


class Strand(InputModel):
    """A volet of a plan. Saying its id keeps it; a strand without id is a new one."""

    id: UUID | None = None
    label: Label
    meaning: StrandMeaning


class Responsibility(InputModel):
    """Who answers for something: exactly one of an office, a unit or a person."""

    kind: ResponsibilityKind
    office_id: UUID | None = None
    unit_id: UUID | None = None
    person_id: UUID | None = None


class CommitteeMember(InputModel):
    """A seat of the committee that accompanies a plan: an organisation, a function; never a name."""

    organisation_id: UUID | None = None
    role: Label = Field(description="What the seat is for: chair, representative of the associations…")


class PlanFields(InputModel):
    """A plan of the workspace, with a tree of objectives or as a bare subscription."""

    title: Title
    description: LongText | None = None
    reference: Label | None = Field(default=None, description="The reference under which its funder knows it.")
    term_id: UUID | None = None
    period_id: UUID | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    numbering: Numbering = Field(default=Numbering.HIERARCHICAL, sa_type=Text)
    report_interval_months: Months | None = None
    counted_statuses: list[ActionStatus] | None = Field(
        default=None,
        sa_type=ARRAY(Text),
        min_length=1,
        max_length=7,
        description="The statuses of actions that totals and progress count; null: all but drafts and cancelled.",
    )
    progress_weighting: ProgressWeighting | None = Field(
        default=None,
        sa_type=Text,
        description="How progress weighs actions: alike, by their budget, or as the plan says; null: alike.",
    )


class PlanParts(InputModel):
    owners: list[UUID] = Field(default=[], max_length=20, description="Co-owner organisations beside the lead.")
    levels: list[Level] = Field(default=[], max_length=6)
    strands: list[Strand] = Field(default=[], max_length=10)
    committee: list[CommitteeMember] = Field(
        default=[], max_length=60, description="The commission d’accompagnement, where the plan has one."
    )


class PlanCreate(PlanFields, PlanParts):
    plan_type_id: UUID
    organisation_id: UUID = Field(description="The house that leads the plan.")


class ObjectiveFields(InputModel):
    """An objective: what the commune wants to be (strategic) or to do (operational)."""

    title: Title
    parent_id: UUID | None = None
    level: LevelIndex
    strand_id: UUID | None = None
    status: ObjectiveStatus = Field(default=ObjectiveStatus.DRAFT, sa_type=Text)
    description: LongText | None = None
    finding: LongText | None = Field(default=None, description="The constat it starts from.")
    own_code: Code | None = None
    priority: Priority = 0
    due_by: Day | None = None
    covers_plan_id: UUID | None = Field(default=None, description="The plan this objective stands for as a whole.")
    period_item_id: UUID | None = None


class Positioned(InputModel):
    place_after: UUID | None = Field(default=None, description="The sibling it follows; null puts it first.")


class ObjectiveParts(InputModel):
    domain_ids: list[UUID] = Field(default=[], max_length=20)
    sdgs: list[SdgNumber] = Field(default=[], max_length=17)
    responsibilities: list[Responsibility] = Field(default=[], max_length=50)
    finding_ids: list[UUID] = Field(default=[], max_length=50, description="The findings that it answers.")


class ObjectiveCreate(ObjectiveFields, ObjectiveParts, Positioned):
    dpc_item_ids: list[UUID] = Field(default=[], max_length=50, description="The items of a DPC it descends from.")
    plan_id: UUID


class PlanVersionFields(InputModel):
    """A frozen state of a plan; its acts say what was decided on it."""

    label: Label | None = None
    note: LongText | None = None


class PlanVersionCreate(PlanVersionFields):
    """Freezes the living plan as its next numbered version."""

    plan_id: UUID


class ActFields(InputModel):
    """What an organ decided about a version, as recorded from its deliberation."""

    kind: ActKind = Field(sa_type=Text)
    organ: Organ = Field(sa_type=Text)
    decided_on: Day
    reference: Label | None = None
    document_link: Label | None = None
    note: LongText | None = None


class ActCreate(ActFields):
    version_id: UUID
    organisation_id: UUID
