"""What every table shares: names of constraints, keys led by the workspace, versions, checked words."""

from datetime import datetime
from enum import StrEnum
from typing import Any, get_args
from uuid import UUID

from pydantic import ConfigDict
from sqlalchemy import CheckConstraint, DateTime, ForeignKeyConstraint, func
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class VersionedRow(SQLModel):
    """A row with a version that every change raises by one, and the instants of its first and last change."""

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]

    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    created_at: datetime = Field(
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.now()},
    )
    updated_at: datetime = Field(
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.now()},
    )


class GlobalRow(VersionedRow):
    """A row of the installation: read by everybody whom the policy lets."""

    id: UUID = Field(primary_key=True)


class TenantRow(VersionedRow):
    """A row of one workspace: its key begins with the workspace, so the schema can be sharded by it."""

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id")
    id: UUID = Field(primary_key=True)


def words_of(annotation: Any) -> type[StrEnum] | None:
    """The enumeration inside an annotation such as `Status | None`, if there is one."""
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return part
    return None


def checked_words(model: type[SQLModel]) -> list[CheckConstraint]:
    """A CHECK for each enumerated field: text that can hold only the published words."""
    checks = []
    for name, field in model.model_fields.items():
        if words := words_of(field.annotation):
            listed = ", ".join(f"'{word}'" for word in words)
            checks.append(CheckConstraint(f"{name} in ({listed})", name=f"{name}_word"))
    return checks


def tenant_key(column: str, table: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A reference inside one workspace: both key columns, so that nothing can point into another commune."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], ondelete=ondelete)


def house_key(column: str = "organisation_id") -> ForeignKeyConstraint:
    """A reference to one of the workspace's own organisations: a plan never belongs to a stranger."""
    return ForeignKeyConstraint(
        ["workspace_id", column],
        ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
    )
