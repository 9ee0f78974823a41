"""Words about handing over: what a person carries, and to whom it goes."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from api.domain.enumerations.common import ResponsibilityKind
from api.domain.schemas.base import Answer, Flag, InputModel


class CarriedKind(StrEnum):
    """What somebody can carry: to answer for an action or objective, a task to do, an office held."""

    ACTION = "action"
    OBJECTIVE = "objective"
    TASK = "task"
    OFFICE_HOLDING = "officeHolding"


class LeftReason(StrEnum):
    """Why something stays with the person."""

    OTHER_HOUSE = "otherHouse"
    PLAN_CLOSED = "planClosed"
    OFFICE_TAKES_NO_TASKS = "officeTakesNoTasks"
    NOT_ASKED = "notAsked"


class HandOverRequest(BaseModel):
    """Who takes over: exactly one person, unit or office."""

    model_config = InputModel.model_config

    to_person_id: UUID | None = None
    to_unit_id: UUID | None = None
    to_office_id: UUID | None = None
    has_offices: Flag = Field(
        default=False, description="The offices held go too, to a person: one holding ends today, another begins."
    )


class Carried(Answer):
    """Something that goes to the successor."""

    kind: CarriedKind
    id: UUID
    title: str = Field(description="Its title; of an office held, that of the office.")
    responsibilities: list[ResponsibilityKind] = Field(description="How the person answers for it; else empty.")
    is_merged: bool = Field(description="The successor carries the same already: nothing is there twice.")


class LeftBehind(Answer):
    """Something that stays with the person, and why."""

    kind: CarriedKind
    id: UUID
    title: str
    reason: LeftReason


class HandOver(Answer):
    """What goes to the successor, and what stays. `basis` names the state of all rows concerned."""

    basis: str
    person_id: UUID
    to_person_id: UUID | None
    to_unit_id: UUID | None
    to_office_id: UUID | None
    moved: list[Carried]
    left: list[LeftBehind]
