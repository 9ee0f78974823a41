"""The journal: one gapless stream per workspace, and one of the directory (the nil workspace)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel


class JournalCounter(SQLModel, table=True):
    """The last position given in a stream; its row is locked last and until the commit."""

    __tablename__ = "journal_counter"
    __table_args__ = (CheckConstraint("position >= 0", name="position_not_negative"),)
    workspace_id: UUID = Field(primary_key=True)
    position: int = Field(default=0, sa_type=BigInteger)


class PublicStamp(SQLModel, table=True):
    """One row, whose number every change of what the public reads raises; locked last and until the commit."""

    __tablename__ = "public_stamp"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    id: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False})
    number: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})


class JournalEntry(SQLModel, table=True):
    """What a command changed: the thing before and after, who did it, in whose name, through which door."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        CheckConstraint("before is not null or after is not null", name="says_something"),
        Index("ix_journal_entry_entity", "workspace_id", "entity", "entity_id", "position"),
        Index("ix_journal_entry_action", "workspace_id", "action_id", "position"),
        Index(
            "ix_journal_entry_linked_action",
            "workspace_id",
            "linked_action_id",
            "position",
            postgresql_where=text("linked_action_id is not null"),
        ),
    )
    workspace_id: UUID = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_type=BigInteger)
    id: UUID
    at: datetime = Field(
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.clock_timestamp()},
    )
    command: str
    entity: str
    entity_id: UUID
    entity_version: int
    before: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    image_schema: int = 1
    account_id: UUID | None = None
    client_id: UUID | None = None
    roles: list[str] = Field(sa_type=ARRAY(Text))
    origin: str
    organisation_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))
    plan_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))
    action_id: UUID | None = None
    """The action that it is about: the thing itself, or what it hangs on. Beside the images, which no index reads
    under row-level security."""
    linked_action_id: UUID | None = None
    """The other end, of a link between two actions."""
