"""What was already done under an idempotency key."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, LargeBinary, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

INSTANT: Any = DateTime(timezone=True)
JSON: Any = JSONB(none_as_null=True)


class IdempotencyRecord(SQLModel, table=True):
    """The answer once given to a creating request, replayed when the same key comes again (`api.md` §1)."""

    __tablename__ = "idempotency_record"

    principal: str = Field(primary_key=True)
    method: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request_hash: bytes = Field(sa_type=LargeBinary)
    status: int
    headers: dict[str, str] = Field(sa_type=JSON, sa_column_kwargs={"server_default": text("'{}'::jsonb")})
    body: bytes | None = Field(default=None, sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=INSTANT, sa_column_kwargs={"server_default": func.now()})
    expires_at: datetime = Field(sa_type=INSTANT, index=True)
