"""Words about what collège and council decided on an action or objective."""

from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field

from api.domain.enumerations.common import Audience, Organ
from api.domain.schemas.base import Day, InputModel, Label, LongText, Title, WebAddress


class DecisionFields(InputModel):
    """A decision of an organ: what it decided, when, and where that can be read."""

    organ: Organ = Field(sa_type=Text)
    decided_on: Day
    title: Title
    reference: Label | None = Field(default=None, description="Of the deliberation: « Collège 2026-03-02, point 14 ».")
    link: WebAddress | None = None
    note: LongText | None = None
    audience: Audience = Field(default=Audience.ADMINISTRATION, sa_type=Text)


class DecisionCreate(DecisionFields):
    organisation_id: UUID | None = Field(
        default=None, description="The house whose organ decided; the one that answers for the action unless said."
    )
    action_id: UUID | None = None
    objective_id: UUID | None = None
