"""Plans with their levels, strands and owners, and the tree of objectives."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from api.domain.enumerations.common import LevelMeaning, ResponsibilityKind, StrandMeaning
from api.domain.rules.action_statuses import ActionStatus
from api.domain.schemas.plans import ObjectiveFields, PlanFields
from api.domain.tables.base import TenantRow, checked_words, house_key, tenant_key

_STATUSES = ", ".join(f"'{status}'" for status in ActionStatus)


class Plan(TenantRow, PlanFields, table=True):
    __tablename__ = "plan"
    __table_args__ = (
        *checked_words(PlanFields),
        tenant_key("plan_type_id", "plan_type"),
        house_key(),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("num_nonnulls(term_id, period_id) <= 1", name="term_or_period"),
        CheckConstraint(f"counted_statuses <@ array[{_STATUSES}]::text[]", name="counted_statuses_word"),
        CheckConstraint("num_nonnulls(origin_workspace_id, origin_plan_id) <> 1", name="origin_is_whole"),
        tenant_key("continues_id", "plan"),
        Index("uq_plan_continues", "workspace_id", "continues_id", "period_id", unique=True,
              postgresql_where="continues_id is not null"),
        Index("uq_plan_origin", "workspace_id", "origin_workspace_id", "origin_plan_id", unique=True,
              postgresql_where="origin_plan_id is not null"),
    )  # fmt: skip
    plan_type_id: UUID
    organisation_id: UUID
    term_id: UUID | None = Field(default=None, foreign_key="term.id")
    period_id: UUID | None = Field(default=None, foreign_key="programming_period.id")
    is_closed: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    is_archived: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    origin_workspace_id: UUID | None = Field(default=None, foreign_key="workspace.id")
    origin_plan_id: UUID | None = None
    """The plan of a group of which this one is the member's part."""
    continues_id: UUID | None = None
    """The plan of the former programming period that this one goes on from."""
    without_period_from: date | None = None
    """From this day on the plan claims no programming period; its codes stay those of `period_id`."""


class PlanOwner(SQLModel, table=True):
    """A co-owner of a plan beside its lead."""

    __tablename__ = "plan_owner"
    __table_args__ = (tenant_key("plan_id", "plan", ondelete="CASCADE"), house_key())
    workspace_id: UUID = Field(primary_key=True)
    plan_id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(primary_key=True)


class PlanLevel(SQLModel, table=True):
    """A declared level of a plan's tree."""

    __tablename__ = "plan_level"
    __table_args__ = (
        tenant_key("plan_id", "plan", ondelete="CASCADE"),
        CheckConstraint("level between 1 and 6", name="level_range"),
        CheckConstraint("meaning in (" + ", ".join(f"'{m}'" for m in LevelMeaning) + ")", name="meaning_word"),
    )
    workspace_id: UUID = Field(primary_key=True)
    plan_id: UUID = Field(primary_key=True)
    level: int = Field(primary_key=True)
    label: str
    meaning: str
    is_numbered: bool
    restarts: bool
    prefix: str | None = None


class PlanStrand(SQLModel, table=True):
    """A volet of a plan; its id never changes, so objectives and files can name it."""

    __tablename__ = "plan_strand"
    __table_args__ = (
        tenant_key("plan_id", "plan", ondelete="CASCADE"),
        CheckConstraint("meaning in (" + ", ".join(f"'{m}'" for m in StrandMeaning) + ")", name="meaning_word"),
    )
    workspace_id: UUID = Field(primary_key=True)
    plan_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    rank: int
    label: str
    meaning: str


class PlanCommitteeMember(SQLModel, table=True):
    """A seat of the committee that accompanies a plan."""

    __tablename__ = "plan_committee_member"
    __table_args__ = (tenant_key("plan_id", "plan", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    plan_id: UUID = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    role: str


class Objective(TenantRow, ObjectiveFields, table=True):
    __tablename__ = "objective"
    __table_args__ = (
        *checked_words(ObjectiveFields),
        UniqueConstraint("workspace_id", "plan_id", "id"),
        tenant_key("plan_id", "plan"),
        ForeignKeyConstraint(
            ["workspace_id", "plan_id", "parent_id"],
            ["objective.workspace_id", "objective.plan_id", "objective.id"],
        ),
        ForeignKeyConstraint(
            ["workspace_id", "plan_id", "level"],
            ["plan_level.workspace_id", "plan_level.plan_id", "plan_level.level"],
        ),
        ForeignKeyConstraint(
            ["workspace_id", "plan_id", "strand_id"],
            ["plan_strand.workspace_id", "plan_strand.plan_id", "plan_strand.id"],
        ),
        tenant_key("covers_plan_id", "plan"),
        CheckConstraint("parent_id <> id", name="parent_is_another"),
        CheckConstraint("covers_plan_id <> plan_id", name="covers_another_plan"),
        CheckConstraint("priority between 0 and 3", name="priority_range"),
        Index("uq_objective_own_code", "workspace_id", "plan_id", "parent_id", "own_code",
              unique=True, postgresql_nulls_not_distinct=True, postgresql_where="own_code is not null"),
        Index("ix_objective_siblings", "workspace_id", "plan_id", "parent_id", "position"),
        Index("ix_objective_covers", "workspace_id", "plan_id", postgresql_where="covers_plan_id is not null"),
    )  # fmt: skip
    plan_id: UUID
    period_item_id: UUID | None = Field(default=None, foreign_key="period_item.id")
    continues_id: UUID | None = None
    is_resting: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    position: str = Field(sa_type=Text(collation="C"))


class ObjectiveDomain(SQLModel, table=True):
    __tablename__ = "objective_domain"
    __table_args__ = (
        tenant_key("objective_id", "objective", ondelete="CASCADE"),
        tenant_key("domain_id", "domain"),
    )
    workspace_id: UUID = Field(primary_key=True)
    objective_id: UUID = Field(primary_key=True)
    domain_id: UUID = Field(primary_key=True)


class ObjectiveSdg(SQLModel, table=True):
    __tablename__ = "objective_sdg"
    __table_args__ = (tenant_key("objective_id", "objective", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    objective_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True, foreign_key="sdg.number")


def responsibility_args(owner: str) -> tuple[object, ...]:
    """The constraints of a responsibility: a known kind, and exactly one office, unit or person."""
    return (
        tenant_key(f"{owner}_id", owner, ondelete="CASCADE"),
        tenant_key("office_id", "office"),
        tenant_key("unit_id", "unit"),
        tenant_key("person_id", "person"),
        CheckConstraint("num_nonnulls(office_id, unit_id, person_id) = 1", name="exactly_one_bearer"),
        CheckConstraint("kind in (" + ", ".join(f"'{k}'" for k in ResponsibilityKind) + ")", name="kind_word"),
    )


class ObjectiveResponsibility(SQLModel, table=True):
    """Who answers for an objective."""

    __tablename__ = "objective_responsibility"
    __table_args__ = responsibility_args("objective")
    workspace_id: UUID = Field(primary_key=True)
    objective_id: UUID = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    kind: str
    office_id: UUID | None = None
    unit_id: UUID | None = None
    person_id: UUID | None = None
