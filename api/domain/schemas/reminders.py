"""Words about reminders: when somebody is told that an action needs them, and what they are told."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field as PydanticField
from sqlalchemy import Text
from sqlmodel import Field

from api.domain.schemas.base import Answer, Flag, InputModel

Days = Annotated[int, PydanticField(strict=True, ge=0, le=730)]
Interval = Annotated[int, PydanticField(strict=True, ge=1, le=365)]


class ReminderKind(StrEnum):
    """What makes an action need somebody."""

    DUE_SOON = "dueSoon"
    LATE = "late"
    VALUE_EXPECTED = "valueExpected"
    STALE = "stale"
    OWNER_MISSING = "ownerMissing"


class Capacity(StrEnum):
    """Why this person is reminded; the next one only where the one before has nobody who can sign in."""

    OWNER = "owner"
    HEAD_OF_UNIT = "headOfUnit"
    COORDINATOR = "coordinator"


class ReminderRuleFields(InputModel):
    """When a house reminds its people of one kind of thing."""

    days: Days = Field(
        default=30,
        description="`dueSoon`: days before the planned end; `late` and `valueExpected`: days after the date; `stale`:"
        " days without news; not used by `ownerMissing`.",
    )
    interval_days: Interval = Field(default=14, description="The same person is not reminded again before.")
    is_enabled: Flag = True


class ReminderRuleCreate(ReminderRuleFields):
    organisation_id: UUID = Field(description="The house whose actions it watches.")
    kind: ReminderKind = Field(sa_type=Text)


class RemindedAction(Answer):
    """The action that a reminder is about."""

    id: UUID
    href: str
    title: str


class Reminder(Answer):
    """What its reader was reminded of; the action is one that the reader still sees."""

    id: UUID
    kind: ReminderKind
    capacity: Capacity
    action: RemindedAction
    concerns_on: date | None = PydanticField(description="The date at stake: the planned end, the last news…")
    reminded_on: date
    read_at: datetime | None


class Reminders(Answer):
    """The reader's own reminders, newest first, at most 200; `unread` counts all that were not read."""

    items: list[Reminder]
    unread: int


class ReadReminders(InputModel):
    """Which reminders were read."""

    reminder_ids: list[UUID] = Field(max_length=200, min_length=1)


class UnreadReminders(Answer):
    """How many reminders are left to read."""

    unread: int
