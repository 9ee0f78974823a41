"""The traces that signing in leaves: tries, sessions, tokens that are refused. They end by themselves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, LargeBinary, func
from sqlmodel import Field, SQLModel

INSTANT: Any = DateTime(timezone=True)


class AttemptWindow(SQLModel, table=True):
    """How often a door was knocked at since its window opened; full, it stays shut until the window ends.

    The key is the SHA-256 of what is counted (an e-mail, known or not, or an address). Counting unknown
    e-mails like known ones is why this is not a column of `local_credential`: a lock must not tell which
    accounts exist.
    """

    __tablename__ = "attempt_window"

    key: bytes = Field(primary_key=True, sa_type=LargeBinary)
    attempts: int
    ends_at: datetime = Field(sa_type=INSTANT, index=True)


class BrowserSession(SQLModel, table=True):
    """A signed-in browser. The key is the SHA-256 of its cookie: reading this table signs nobody in."""

    __tablename__ = "browser_session"
    __table_args__ = (CheckConstraint("octet_length(id) = 32", name="sha256"),)

    id: bytes = Field(primary_key=True, sa_type=LargeBinary)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    created_at: datetime = Field(sa_type=INSTANT, sa_column_kwargs={"server_default": func.now()})
    last_seen_at: datetime = Field(sa_type=INSTANT, sa_column_kwargs={"server_default": func.now()})
    expires_at: datetime = Field(sa_type=INSTANT, index=True)
    revoked_at: datetime | None = Field(default=None, sa_type=INSTANT)


class RevokedToken(SQLModel, table=True):
    """A token refused before its end, or a client's assertion already used once; forgotten once expired."""

    __tablename__ = "revoked_token"

    jti: str = Field(primary_key=True)
    expires_at: datetime = Field(sa_type=INSTANT, index=True)
