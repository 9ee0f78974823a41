"""Agreements with their parties, amounts and documents."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlmodel import Field, SQLModel

from api.domain.schemas.agreements import AgreementFields
from api.domain.tables.base import TenantRow, checked_words, house_key, tenant_key


class Agreement(TenantRow, AgreementFields, table=True):
    __tablename__ = "agreement"
    __table_args__ = (
        *checked_words(AgreementFields),
        house_key(),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_agreement_ends_on", "workspace_id", "ends_on"),
    )
    organisation_id: UUID
    is_archived: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class AgreementParty(SQLModel, table=True):
    """An organisation that an agreement binds."""

    __tablename__ = "agreement_party"
    __table_args__ = (
        tenant_key("agreement_id", "agreement", ondelete="CASCADE"),
        Index("ix_agreement_party_organisation", "organisation_id", "workspace_id", "agreement_id"),
    )
    workspace_id: UUID = Field(primary_key=True)
    agreement_id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(primary_key=True, foreign_key="organisation.id")


class AgreementYear(SQLModel, table=True):
    """What an agreement brings in one year."""

    __tablename__ = "agreement_year"
    __table_args__ = (
        tenant_key("agreement_id", "agreement", ondelete="CASCADE"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("num_nonnulls(amount, in_kind) > 0", name="amount_or_in_kind"),
    )
    workspace_id: UUID = Field(primary_key=True)
    agreement_id: UUID = Field(primary_key=True)
    year: int = Field(primary_key=True)
    amount: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    in_kind: str | None = None


class AgreementLink(SQLModel, table=True):
    """A document of an agreement."""

    __tablename__ = "agreement_link"
    __table_args__ = (tenant_key("agreement_id", "agreement", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    agreement_id: UUID = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    label: str
    link: str
