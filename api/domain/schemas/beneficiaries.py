"""Words about those whom actions are meant for and reach: groups, and counts; never a person."""

from typing import Annotated
from uuid import UUID

from pydantic import Field as PydanticField
from sqlalchemy import Text
from sqlmodel import Field

from api.domain.enumerations.programming import Counted
from api.domain.schemas.base import Code, Flag, InputModel, Label, LongText, Year

Count = Annotated[int, PydanticField(strict=True, ge=0, le=10_000_000)]


class TargetGroupFields(InputModel):
    """A group that actions are meant for; it can be disabled, never deleted while used."""

    reference_code: Code | None = None
    name: Label
    is_disabled: Flag = False


class BeneficiaryCountFields(InputModel):
    """How many an action reached in one year: distinct persons, or attendances. The two are never added."""

    year: Year
    counted: Counted = Field(sa_type=Text)
    number: Count
    note: LongText | None = None


class BeneficiaryCountCreate(BeneficiaryCountFields):
    action_id: UUID
