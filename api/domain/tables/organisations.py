"""Workspaces, the directory of organisations, and the people, units and offices of a workspace."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, column, func, text
from sqlmodel import Field, SQLModel

from api.domain.schemas.organisations import (
    OfficeFields,
    OfficeHoldingFields,
    OrganisationFields,
    PartnerFields,
    PersonFields,
    UnitFields,
    WorkspaceFields,
)
from api.domain.tables.base import GlobalRow, TenantRow, checked_words, house_key, tenant_key


class Workspace(GlobalRow, WorkspaceFields, table=True):
    __tablename__ = "workspace"
    __table_args__ = (
        *checked_words(WorkspaceFields),
        UniqueConstraint("slug"),
        CheckConstraint("kind <> 'municipality' or nis is not null", name="municipality_has_nis"),
        Index(
            "uq_workspace_living_nis",
            "nis",
            unique=True,
            postgresql_where="closed_at is null and nis is not null",
        ),
    )
    nis: int | None = Field(default=None, foreign_key="commune.nis")
    closed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Organisation(GlobalRow, OrganisationFields, table=True):
    __tablename__ = "organisation"
    __table_args__ = (
        *checked_words(OrganisationFields),
        UniqueConstraint("enterprise_number"),
        CheckConstraint(
            "enterprise_number ~ '^[01][0-9]{9}$' and "
            "97 - (left(enterprise_number, 8)::int % 97) = right(enterprise_number, 2)::int",
            name="enterprise_number_check",
        ),
        CheckConstraint("valid_to >= valid_from", name="validity"),
        Index(
            "ix_organisation_text",
            func.plain_text(column("name")).label("plain"),
            postgresql_using="gin",
            postgresql_ops={"plain": "gin_trgm_ops"},
        ),
        Index("ix_organisation_words", text("search_words(name)"), postgresql_using="gin"),
    )
    successor_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    steward_workspace_id: UUID | None = Field(default=None, foreign_key="workspace.id")


class OrganisationTerritory(SQLModel, table=True):
    """The communes an organisation serves."""

    __tablename__ = "organisation_territory"
    organisation_id: UUID = Field(primary_key=True, foreign_key="organisation.id", ondelete="CASCADE")
    nis: int = Field(primary_key=True, foreign_key="commune.nis")


class WorkspaceOrganisation(SQLModel, table=True):
    """A house of the workspace: the commune, its CPAS, or the members of a group."""

    __tablename__ = "workspace_organisation"
    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id")
    organisation_id: UUID = Field(primary_key=True, foreign_key="organisation.id", index=True)
    rank: int = 0


class Unit(TenantRow, UnitFields, table=True):
    __tablename__ = "unit"
    __table_args__ = (
        tenant_key("parent_id", "unit"),
        house_key(),
        CheckConstraint("parent_id <> id", name="parent_is_another"),
    )
    organisation_id: UUID = Field(index=True)
    is_archived: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class Person(TenantRow, PersonFields, table=True):
    __tablename__ = "person"
    __table_args__ = (*checked_words(PersonFields),)
    is_archived: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class Office(TenantRow, OfficeFields, table=True):
    __tablename__ = "office"
    __table_args__ = (*checked_words(OfficeFields), tenant_key("unit_id", "unit"), house_key())
    organisation_id: UUID
    is_archived: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class OfficeHolding(TenantRow, OfficeHoldingFields, table=True):
    """Who holds an office, from when, until when.

    It counts while `is_current`. `starts_on` and `ends_on` are what was decided, the end being the day on which the
    office passes on; what writes a holding, and on the day itself a scheduled command, makes them true, so that
    visibility never reads the clock (`model.md` §3).
    """

    __tablename__ = "office_holding"
    __table_args__ = (
        tenant_key("office_id", "office"),
        tenant_key("person_id", "person"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_office_holding_office", "workspace_id", "office_id"),
        Index("ix_office_holding_person", "workspace_id", "person_id"),
    )
    office_id: UUID
    person_id: UUID
    is_current: bool = Field(default=True, sa_column_kwargs={"server_default": "true"})


class Partner(TenantRow, PartnerFields, table=True):
    """The workspace's row pointing at an organisation it works with."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("workspace_id", "organisation_id"),)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    is_archived: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
