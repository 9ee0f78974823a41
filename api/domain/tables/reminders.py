"""Rules of reminders, what each person was reminded of, the daily run, and the letters that tell it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, Text, UniqueConstraint, func, text
from sqlmodel import Field, SQLModel

from api.domain.schemas.reminders import Capacity, ReminderKind, ReminderRuleFields
from api.domain.tables.base import TenantRow, checked_words, house_key, tenant_key

INSTANT: Any = DateTime(timezone=True)
WORD: Any = Text


class ReminderKindColumns(SQLModel):
    """The kind, in rules and in reminders."""

    kind: ReminderKind = Field(sa_type=WORD)


class ReminderRule(TenantRow, ReminderRuleFields, ReminderKindColumns, table=True):
    __tablename__ = "reminder_rule"
    __table_args__ = (
        *checked_words(ReminderKindColumns),
        CheckConstraint("days between 0 and 730", name="days_range"),
        CheckConstraint("interval_days between 1 and 365", name="interval_range"),
        house_key(),
        Index("ix_reminder_rule_house", "workspace_id", "organisation_id", "kind"),
    )
    organisation_id: UUID


class ReminderColumns(ReminderKindColumns):
    """The enumerated fields of a reminder."""

    capacity: Capacity = Field(sa_type=WORD)


class Reminder(ReminderColumns, table=True):
    """A person was reminded of an action on a day. It follows from rules, so the journal does not repeat it."""

    __tablename__ = "reminder"
    __table_args__ = (
        *checked_words(ReminderColumns),
        tenant_key("person_id", "person", ondelete="CASCADE"),
        tenant_key("action_id", "action", ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "person_id", "kind", "action_id", "reminded_on"),
        Index("ix_reminder_unread", "workspace_id", "person_id", postgresql_where=text("read_at is null")),
        Index("ix_reminder_action", "workspace_id", "action_id"),
    )
    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id")
    id: UUID = Field(primary_key=True)
    person_id: UUID
    action_id: UUID
    concerns_on: date | None = None
    reminded_on: date
    read_at: datetime | None = Field(default=None, sa_type=INSTANT)


class ReminderRun(SQLModel, table=True):
    """The day's run of a workspace: whichever instance writes this row does the work, once."""

    __tablename__ = "reminder_run"
    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id")
    run_on: date = Field(primary_key=True)
    reminded: int = 0


class Letter(SQLModel, table=True):
    """An e-mail to be sent: one a person and day. Its text is written when it leaves; addresses are not kept here."""

    __tablename__ = "letter"
    __table_args__ = (
        tenant_key("person_id", "person", ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "person_id", "written_on"),
        Index("ix_letter_waiting", "next_try_at", postgresql_where=text("sent_at is null and given_up_at is null")),
    )
    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id")
    id: UUID = Field(primary_key=True)
    person_id: UUID
    account_id: UUID = Field(foreign_key="account.id")
    written_on: date
    tries: int = 0
    next_try_at: datetime = Field(sa_type=INSTANT, sa_column_kwargs={"server_default": func.now()})
    sent_at: datetime | None = Field(default=None, sa_type=INSTANT)
    given_up_at: datetime | None = Field(default=None, sa_type=INSTANT)
