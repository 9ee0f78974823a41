"""Words about findings: what is found where the commune is, before any objective."""

from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field

from api.domain.enumerations.common import Audience
from api.domain.schemas.base import Day, InputModel, Label, LongText, Title
from api.domain.schemas.plans import Positioned


class FindingFields(InputModel):
    """A finding (constat), shared by the state of play of a PST and the diagnostic of a PCS."""

    text: Title
    description: LongText | None = None
    theme: Label | None = None
    source: Label | None = Field(default=None, description="Where it comes from: diagnostic, survey, statistics…")
    found_on: Day | None = None
    audience: Audience = Field(default=Audience.ADMINISTRATION, sa_type=Text)


class FindingParts(InputModel):
    heard_organisation_ids: list[UUID] = Field(default=[], max_length=50, description="The partners heard.")
    right_ids: list[UUID] = Field(default=[], max_length=30, description="The rights of the period that it touches.")


class FindingCreate(FindingFields, FindingParts):
    organisation_id: UUID = Field(description="The house that keeps it.")


class PlanFindingFields(InputModel):
    """A plan takes up a finding: in the constat of a PST, in the diagnostic of a PCS, in the plan's own order."""

    remark: LongText | None = Field(default=None, description="What this plan says of it.")


class PlanFindingCreate(PlanFindingFields, Positioned):
    plan_id: UUID
    finding_id: UUID
