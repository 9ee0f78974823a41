"""Files as the database keeps them, and the documents that point at them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, LargeBinary, func
from sqlmodel import Field, SQLModel

from api.domain.schemas.attachments import AttachmentFields
from api.domain.tables.base import TenantRow, checked_words, tenant_key

MOST_BYTES = 20 * 1024 * 1024


class File(SQLModel, table=True):
    """The bytes of a document, once for each uploader; never changed, removed when nothing points at them."""

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint(f"octet_length(content) between 1 and {MOST_BYTES}", name="content_range"),
        CheckConstraint("octet_length(content) = size_bytes", name="size_form"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_form"),
        CheckConstraint("num_nonnulls(account_id, client_id) = 1", name="one_uploader_form"),
        Index("ix_file_uploader", "workspace_id", "account_id", "client_id", "sha256"),
    )
    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id")
    id: UUID = Field(primary_key=True)
    sha256: str
    media_type: str
    size_bytes: int
    content: bytes = Field(sa_type=LargeBinary)
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    is_frozen: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    """A version of a plan shows it: it stays, whatever happens to the living document."""
    created_at: datetime = Field(
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.now()},
    )


class Attachment(TenantRow, AttachmentFields, table=True):
    __tablename__ = "attachment"
    __table_args__ = (
        *checked_words(AttachmentFields),
        tenant_key("action_id", "action"),
        tenant_key("objective_id", "objective"),
        tenant_key("plan_id", "plan"),
        tenant_key("file_id", "file"),
        CheckConstraint("num_nonnulls(action_id, objective_id, plan_id) = 1", name="exactly_one_bearer"),
        CheckConstraint("num_nonnulls(link, file_id) = 1", name="link_or_file"),
        CheckConstraint("(file_id is null) = (file_name is null)", name="file_has_name"),
        CheckConstraint("link like 'https://%'", name="link_form"),
        Index("ix_attachment_action", "workspace_id", "action_id"),
        Index("ix_attachment_objective", "workspace_id", "objective_id"),
        Index("ix_attachment_plan", "workspace_id", "plan_id"),
        Index("ix_attachment_file", "workspace_id", "file_id"),
    )
    action_id: UUID | None = None
    objective_id: UUID | None = None
    plan_id: UUID | None = None
    file_id: UUID | None = None
    media_type: str | None = None
    size_bytes: int | None = None
    sha256: str | None = None
    """What the file is, repeated here: whoever reads a version sees it without reaching the file itself."""
