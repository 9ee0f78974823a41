"""Words about follow-ups: what is said of an action on a day, and how it then stands."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints
from sqlalchemy import Text
from sqlmodel import Field

from api.domain.enumerations.common import Audience, Health
from api.domain.rules.action_statuses import ActionStatus
from api.domain.schemas.base import Clean, Day, InputModel, LongText, Percent, Version

Note = Annotated[str, StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True), Clean]


class FollowUpNote(InputModel):
    """What is written, beside how the action stands."""

    text: Note
    progress: Percent | None = Field(default=None, description="Percent done; the action's, unless said.")
    health_reason: LongText | None = None
    audience: Audience = Field(default=Audience.ADMINISTRATION, sa_type=Text)


class FollowUpFields(FollowUpNote):
    """A follow-up (suivi): a dated note on an action, with its status, progress and health on that day."""

    noted_on: Day
    status: ActionStatus = Field(sa_type=Text)
    health: Health = Field(sa_type=Text)


class FollowUpCreate(FollowUpNote):
    action_id: UUID
    noted_on: Day | None = Field(default=None, description="The day of which it speaks; today unless said.")
    status: ActionStatus | None = Field(default=None, description="The action's, unless said.")
    health: Health | None = Field(default=None, description="The action's, unless said.")
    action_version: Version | None = Field(
        default=None,
        description="The version of the action that was read. With it, the status, progress and health said here are"
        " also set on the action, with the rights which that asks for; without it the note only records them.",
    )
    status_reason: LongText | None = Field(default=None, description="Why the action moves, where that is asked.")
