"""Words about what is given: communes, terms, programming periods, plan types, domains, goals."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field as PydanticField
from pydantic import StringConstraints
from sqlalchemy import JSON, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from api.domain.enumerations.common import BudgetSource, OrganisationKind, PeriodItemKind, StrandMeaning
from api.domain.enumerations.programming import Certainty, CountsAs, Requirement
from api.domain.schemas.base import Code, Day, Flag, InputModel, Label, Labels, LongText, Nis, Percent, Rank, Year

Jsonb: Any = JSON().with_variant(JSONB(), "postgresql")
ItemCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._/\-]{1,20}$")]


DurationYears = Annotated[int, PydanticField(strict=True, ge=1, le=50)]


class CommuneFields(InputModel):
    """A commune as Statbel lists it, with the dates between which it exists."""

    nis: Nis
    labels: Labels = Field(sa_type=JSONB)
    province: Label
    arrondissement: Label
    is_german_speaking: Flag = False
    valid_from: Day | None = None
    valid_to: Day | None = None
    successor_nis: Nis | None = None


class TermFields(InputModel):
    """A mandature: the six years for which a PST is made."""

    code: Code
    labels: Labels = Field(sa_type=JSONB)
    starts_on: Day
    ends_on: Day
    is_pilot: Flag = False


class SdgFields(InputModel):
    """One of the seventeen sustainable development goals."""

    number: Annotated[int, Field(ge=1, le=17)]
    labels: Labels = Field(sa_type=JSONB)


class ProgrammingPeriodFields(InputModel):
    """A programmation of the PCS (or of another funded plan): its rules are data."""

    plan_type_code: Code
    code: Code
    labels: Labels = Field(sa_type=JSONB)
    starts_on: Day
    ends_on: Day
    is_diagnostic_required: Flag = False
    local_share_percent: Percent | None = None
    code_pattern: Label | None = Field(default=None, description="The form of an action code, as a regular expression.")
    is_confirmed: Flag = True
    note: LongText | None = None
    end_certainty: Certainty = Field(
        default=Certainty.CONFIRMED, sa_type=Text, description="Whether its end is decided, or only announced."
    )
    end_source: LongText | None = Field(default=None, description="Where its end is written: act, answer, press.")


class RevenueKind(InputModel):
    """A kind of revenue that the period tells apart. A revenue line is of the first kind, in their order, whose
    source and funding scheme are its own; what a kind leaves open fits every line."""

    code: ItemCode
    label: Label = Field(description="Its name, as the law words it.")
    source: BudgetSource | None = None
    funding_scheme: Code | None = None
    counts_as: CountsAs = CountsAs.NEITHER


class AccountingFunction(InputModel):
    """The function under which a kind of organisation books the plan, or one kind of its revenue."""

    organisation_kind: OrganisationKind
    code: ItemCode
    label: Label
    revenue_code: ItemCode | None = Field(default=None, description="The kind of revenue; null for all others.")


class PeriodRequirement(InputModel):
    """What the period asks of the diagnostic and the plan; advice where it is not required."""

    rule: Requirement
    least: Annotated[int, PydanticField(strict=True, ge=1, le=1000)] = Field(
        default=1, description="How many at least."
    )
    is_required: Flag = True
    note: Label | None = None


class ProgrammingPeriodParts(InputModel):
    requirements: list[PeriodRequirement] = Field(default=[], max_length=20)
    revenue_kinds: list[RevenueKind] = Field(default=[], max_length=20)
    accounting_functions: list[AccountingFunction] = Field(default=[], max_length=20)


class ProgrammingPeriodCreate(ProgrammingPeriodFields, ProgrammingPeriodParts):
    """A programmation with its subsidy rule and accounting functions."""


class PeriodItemFields(InputModel):
    """An axis, a theme, a right or an action code of a programming period."""

    kind: PeriodItemKind = Field(sa_type=Text)
    code: ItemCode
    labels: Labels = Field(sa_type=JSONB)
    parent_id: UUID | None = None
    rank: Rank = 0
    is_confirmed: Flag = True


class PeriodItemCreate(PeriodItemFields):
    period_id: UUID


class PeriodItemMappingFields(InputModel):
    """An item of a period goes on in an item of another one: an item may go on in several, and several in one."""

    from_item_id: UUID
    to_item_id: UUID
    weight: Annotated[int, PydanticField(strict=True, ge=1, le=10_000)] = Field(
        default=1, description="Its part among the items in which the same item goes on."
    )
    note: LongText | None = None


class RightIndexFields(InputModel):
    """The index of access to a right (ISADF of the IWEPS) in a commune: external, dated, never computed here."""

    nis: Nis
    right_id: UUID
    edition: Year
    value: Annotated[str, StringConstraints(pattern=r"^(0\.\d{4}|1\.0000)$")] = Field(
        sa_type=Numeric(5, 4), description="From 0.0000 to 1.0000."
    )
    source: Label | None = None


class PlanTypeFields(InputModel):
    """A kind of plan to which a commune can subscribe."""

    reference_code: Code | None = None
    acronym: Code
    name: Label
    funder_level: Code | None = None
    legal_base: LongText | None = None
    duration_years: DurationYears | None = None
    reporting_duty: LongText | None = None


class DomainFields(InputModel):
    """A field of municipal action; it can be disabled, never deleted while used."""

    reference_code: Code | None = None
    name: Label
    strand: StrandMeaning = Field(sa_type=Text)
    is_disabled: Flag = False
