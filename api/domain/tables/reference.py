"""What is given to every commune (global rows), and the lists each commune makes its own (tenant rows)."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from api.domain.enumerations.common import BudgetSource, OrganisationKind
from api.domain.enumerations.programming import Certainty, CountsAs, Requirement
from api.domain.schemas.amendments import PeriodAmendmentFields
from api.domain.schemas.reference import (
    CommuneFields,
    DomainFields,
    PeriodItemFields,
    PeriodItemMappingFields,
    PlanTypeFields,
    ProgrammingPeriodFields,
    RightIndexFields,
    SdgFields,
    TermFields,
)
from api.domain.tables.base import GlobalRow, TenantRow, checked_words


class Commune(GlobalRow, CommuneFields, table=True):
    __tablename__ = "commune"
    __table_args__ = (
        UniqueConstraint("nis"),
        CheckConstraint("nis between 10000 and 99999", name="nis_form"),
    )


class Term(GlobalRow, TermFields, table=True):
    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
    )


class Sdg(GlobalRow, SdgFields, table=True):
    __tablename__ = "sdg"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("number between 1 and 17", name="number_range"),
    )


class ProgrammingPeriod(GlobalRow, ProgrammingPeriodFields, table=True):
    __tablename__ = "programming_period"
    __table_args__ = (
        *checked_words(ProgrammingPeriodFields),
        UniqueConstraint("plan_type_code", "code"),
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
    )


class PeriodRevenueKind(SQLModel, table=True):
    """A kind of revenue that a period tells apart."""

    __tablename__ = "period_revenue_kind"
    __table_args__ = (
        ForeignKeyConstraint(["period_id"], ["programming_period.id"], ondelete="CASCADE"),
        CheckConstraint("source in (" + ", ".join(f"'{s}'" for s in BudgetSource) + ")", name="source_word"),
        CheckConstraint("counts_as in (" + ", ".join(f"'{c}'" for c in CountsAs) + ")", name="counts_as_word"),
        UniqueConstraint("period_id", "code"),
    )
    period_id: UUID = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    code: str
    label: str
    source: str | None = None
    funding_scheme: str | None = None
    counts_as: str


class PeriodAccountingFunction(SQLModel, table=True):
    """The function under which a kind of organisation books a plan of the period."""

    __tablename__ = "period_accounting_function"
    __table_args__ = (
        ForeignKeyConstraint(["period_id"], ["programming_period.id"], ondelete="CASCADE"),
        CheckConstraint(
            "organisation_kind in (" + ", ".join(f"'{k}'" for k in OrganisationKind) + ")",
            name="organisation_kind_word",
        ),
    )
    period_id: UUID = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    organisation_kind: str
    code: str
    label: str
    revenue_code: str | None = None


class PeriodRequirementRow(SQLModel, table=True):
    """What a period asks of the diagnostic and the plan."""

    __tablename__ = "period_requirement"
    __table_args__ = (
        ForeignKeyConstraint(["period_id"], ["programming_period.id"], ondelete="CASCADE"),
        CheckConstraint("rule in (" + ", ".join(f"'{r}'" for r in Requirement) + ")", name="rule_word"),
        UniqueConstraint("period_id", "rule"),
    )
    period_id: UUID = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    rule: str
    least: int
    is_required: bool
    note: str | None = None


class PeriodItem(GlobalRow, PeriodItemFields, table=True):
    __tablename__ = "period_item"
    __table_args__ = (*checked_words(PeriodItemFields), UniqueConstraint("period_id", "kind", "code"))
    period_id: UUID = Field(foreign_key="programming_period.id")
    parent_id: UUID | None = Field(default=None, foreign_key="period_item.id")


class PeriodItemMapping(GlobalRow, PeriodItemMappingFields, table=True):
    __tablename__ = "period_item_mapping"
    __table_args__ = (
        UniqueConstraint("from_item_id", "to_item_id"),
        CheckConstraint("weight between 1 and 10000", name="weight_range"),
        Index("ix_period_item_mapping_to", "to_item_id"),
    )
    from_item_id: UUID = Field(foreign_key="period_item.id")
    to_item_id: UUID = Field(foreign_key="period_item.id")


class PeriodAmendment(GlobalRow, PeriodAmendmentFields, table=True):
    """What an amendment of a period's end replaced; `period_version` is the version that it gave the period."""

    __tablename__ = "period_amendment"
    __table_args__ = (
        *checked_words(PeriodAmendmentFields),
        Index("ix_period_amendment_period", "period_id"),
    )
    period_id: UUID = Field(foreign_key="programming_period.id")
    former_ends_on: date
    former_certainty: Certainty = Field(sa_type=Text)
    former_source: str | None = None
    period_version: int
    is_undone: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class RightIndex(GlobalRow, RightIndexFields, table=True):
    __tablename__ = "right_index"
    __table_args__ = (
        UniqueConstraint("nis", "right_id", "edition"),
        ForeignKeyConstraint(["right_id"], ["period_item.id"]),
        ForeignKeyConstraint(["nis"], ["commune.nis"]),
        CheckConstraint("value between 0 and 1", name="value_range"),
    )


class PlanType(TenantRow, PlanTypeFields, table=True):
    __tablename__ = "plan_type"
    __table_args__ = (UniqueConstraint("workspace_id", "acronym"),)
    is_archived: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class Domain(TenantRow, DomainFields, table=True):
    __tablename__ = "domain"
    __table_args__ = (*checked_words(DomainFields), UniqueConstraint("workspace_id", "name", "strand"))
