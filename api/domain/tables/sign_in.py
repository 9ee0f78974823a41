"""The traces that signing in leaves: tries, sessions, tokens that are refused. They end by themselves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, LargeBinary, func, text
from sqlmodel import Field, SQLModel

INSTANT: Any = DateTime(timezone=True)


class PasswordReset(SQLModel, table=True):
    """A leave to set the password of an account, once, for whoever holds the link.

    The link is made when it is handed over, by letter or on the command line: only the SHA-256 of its token is here.
    Without a token yet, the row is a letter that waits to be sent.
    """

    __tablename__ = "password_reset"
    __table_args__ = (
        CheckConstraint("octet_length(token_hash) = 32", name="token_sha256"),
        CheckConstraint("(token_hash is null) = (expires_at is null)", name="token_ends"),
        Index("uq_password_reset_token_hash", "token_hash", unique=True),
        Index(
            "ix_password_reset_waiting", "next_try_at",
            postgresql_where=text("sent_at is null and used_at is null and given_up_at is null"),
        ),
    )  # fmt: skip

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    token_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=INSTANT, sa_column_kwargs={"server_default": func.now()})
    expires_at: datetime | None = Field(default=None, sa_type=INSTANT)
    used_at: datetime | None = Field(default=None, sa_type=INSTANT)
    sent_at: datetime | None = Field(default=None, sa_type=INSTANT)
    given_up_at: datetime | None = Field(default=None, sa_type=INSTANT)
    next_try_at: datetime = Field(sa_type=INSTANT, sa_column_kwargs={"server_default": func.now()})
    tries: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


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
