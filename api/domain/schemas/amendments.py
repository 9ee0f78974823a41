"""Words about amending the end of a programming period."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Text
from sqlmodel import Field as Column

from api.domain.enumerations.programming import Certainty
from api.domain.schemas.base import Day as DayWritten
from api.domain.schemas.base import Explained, InputModel, LongText


class PeriodAmendmentFields(InputModel):
    """An amendment of the end of a programming period, as it was applied."""

    ends_on: DayWritten
    certainty: Certainty = Column(sa_type=Text)
    source: LongText | None = None


class AmendmentQuestion(BaseModel):
    """An end to try."""

    model_config = InputModel.model_config

    ends_on: DayWritten


class AmendmentRequest(BaseModel):
    """The end wanted, how sure it is, and where it is written."""

    model_config = InputModel.model_config

    ends_on: DayWritten
    certainty: Certainty
    source: LongText


class PlanConcerned(Explained):
    """A plan of the reader's own workspace that follows the period."""

    plan_id: UUID
    title: str
    ends_on: date | None
    is_beyond: bool
    """Whether it goes on after the end asked about."""


class Concerned(Explained):
    """How much an end of the period concerns, over all workspaces: numbers only."""

    workspaces: int
    plans: int
    plans_before: int
    """Plans that end before the end asked about: they can be extended."""
    plans_beyond: int
    """Plans that go on after it."""
    budget_lines_beyond: int
    """Budget lines of the plans, their objectives and actions of years after it."""
    agreements_beyond: int
    posts_beyond: int
    """Full-time equivalents that partners bring in years after it."""


class AmendmentPreview(Explained):
    """What another end of a period would concern; nothing is written. `basis` names the state that was read."""

    basis: str
    period_id: UUID
    ends_on: date
    """The end that it has now."""
    new_ends_on: date
    concerned: Concerned | None
    """Over all workspaces, for those who may amend the period; null for others."""
    plans: list[PlanConcerned]
    """Those of the reader's own workspace."""
