"""Who may sign in and what each may do where: accounts, memberships, machines, and the traces they leave."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from api.domain.actor import WORKSPACE_ROLES, Role
from api.domain.schemas.identity import GlobalRole, JwkSet, Language, OwnerKind, Scope
from api.domain.tables.base import GlobalRow, TenantRow, VersionedRow, checked_words, house_key, tenant_key

INSTANT: Any = DateTime(timezone=True)
WORD: Any = Text
WORDS: Any = ARRAY(Text)
JSON: Any = JSONB(none_as_null=True)


def _quote_list(words: frozenset[Role] | type[StrEnum]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


def _among_living(name: str, *columns: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, postgresql_where=text("ended_at is null"))


class AccountColumns(SQLModel):
    """The enumerated fields of an account."""

    language: Language = Field(default=Language.FR, sa_type=WORD, sa_column_kwargs={"server_default": "fr"})
    global_role: GlobalRole | None = Field(default=None, sa_type=WORD)


class Account(AccountColumns, GlobalRow, table=True):
    """Somebody who can sign in. What they may do is said by memberships, never here.

    `global_role` is for those who act in no workspace: the Region, integrators, operators.
    """

    __tablename__ = "account"
    __table_args__ = (
        *checked_words(AccountColumns),
        CheckConstraint("position('@' in email) > 1 and length(email) <= 254", name="email_shape"),
        Index("uq_account_email", text("lower(email)"), unique=True, postgresql_where=text("stands_for_id is null")),
        Index(
            "uq_account_standing_in",
            "stands_for_id",
            text("coalesce(steward_workspace_id, steward_organisation_id)"),
            unique=True,
            postgresql_where=text("stands_for_id is not null"),
        ),
    )

    email: str
    display_name: str
    disabled_at: datetime | None = Field(default=None, sa_type=INSTANT)
    steward_workspace_id: UUID | None = Field(default=None, foreign_key="workspace.id", index=True)
    steward_organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", index=True)
    """The workspace or the partner organisation whose administrator made it, if it was one."""
    stands_for_id: UUID | None = Field(default=None, foreign_key="account.id")
    """The account of whoever has this e-mail, where somebody else made it: this row is all that its steward is told.

    Nobody signs in with it, so what it is given counts for nothing; once its holder accepts that, it is theirs.
    """


class AccountIdentity(VersionedRow, table=True):
    """How an identity provider names an account: OpenID Connect Core §5.7 trusts only (iss, sub) together."""

    __tablename__ = "account_identity"

    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)


class LocalCredential(SQLModel, table=True):
    """The password of a local account, as an Argon2id hash (RFC 9106)."""

    __tablename__ = "local_credential"
    __table_args__ = (CheckConstraint("password_hash like '$argon2id$%'", name="argon2id"),)

    account_id: UUID = Field(primary_key=True, foreign_key="account.id")
    password_hash: str
    changed_at: datetime = Field(sa_type=INSTANT, sa_column_kwargs={"server_default": func.now()})


class Membership(TenantRow, table=True):
    """A person's right to act in a workspace: a role in one of its houses, narrowed to units or plans.

    It counts while `ended_at` is null. `starts_on` and `ends_on` are what was decided; a scheduled command
    makes them true, so that visibility never reads the clock (`model.md` §3).
    """

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(f"role in ({_quote_list(WORKSPACE_ROLES)})", name="role_word"),
        CheckConstraint("ends_on is null or starts_on is null or ends_on >= starts_on", name="days_in_order"),
        CheckConstraint("is_administrator or not administers_all_houses", name="all_houses_of_administrator"),
        tenant_key("person_id", "person"),
        house_key(),
        _among_living("ix_membership_account", "account_id"),
        _among_living("uq_membership_live", "workspace_id", "account_id", "organisation_id", "role", unique=True),
    )

    account_id: UUID = Field(foreign_key="account.id")
    person_id: UUID | None = None
    role: Role = Field(sa_type=WORD)
    organisation_id: UUID
    is_administrator: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    administers_all_houses: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    covers_all_plans: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    starts_on: date | None = None
    ends_on: date | None = None
    ended_at: datetime | None = Field(default=None, sa_type=INSTANT)
    accepted_at: datetime | None = Field(default=None, sa_type=INSTANT)
    """When its holder accepted it, where that was asked."""


class MembershipUnit(SQLModel, table=True):
    """A service (unit) in which a membership is held."""

    __tablename__ = "membership_unit"
    __table_args__ = (
        tenant_key("membership_id", "membership", ondelete="CASCADE"),
        tenant_key("unit_id", "unit"),
    )

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id")
    membership_id: UUID = Field(primary_key=True)
    unit_id: UUID = Field(primary_key=True)


class MembershipPlan(SQLModel, table=True):
    """A plan to which a membership is limited; read only where `covers_all_plans` is false."""

    __tablename__ = "membership_plan"
    __table_args__ = (
        tenant_key("membership_id", "membership", ondelete="CASCADE"),
        tenant_key("plan_id", "plan"),
    )

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id")
    membership_id: UUID = Field(primary_key=True)
    plan_id: UUID = Field(primary_key=True)


class OrganisationMember(GlobalRow, table=True):
    """A person's right to act for a partner organisation, in every commune that works with it."""

    __tablename__ = "organisation_member"
    __table_args__ = (
        _among_living("ix_organisation_member_account", "account_id"),
        _among_living("uq_organisation_member_live", "organisation_id", "account_id", unique=True),
    )

    organisation_id: UUID = Field(foreign_key="organisation.id")
    account_id: UUID = Field(foreign_key="account.id")
    is_administrator: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    ended_at: datetime | None = Field(default=None, sa_type=INSTANT)
    accepted_at: datetime | None = Field(default=None, sa_type=INSTANT)


class ClientColumns(SQLModel):
    """The enumerated field of a client that any of its words may fill."""

    owner_kind: OwnerKind = Field(sa_type=WORD)


_OWNED = (
    "case owner_kind"
    f" when 'workspace' then role in ({_quote_list(WORKSPACE_ROLES)}) and owner_workspace_id is not null"
    " and organisation_id is not null and owner_organisation_id is null"
    " when 'organisation' then role = 'partner' and owner_organisation_id is not null"
    " and owner_workspace_id is null and organisation_id is null"
    " else (role in ('region', 'integrator') or (owner_kind = 'operator' and role = 'operator'))"
    " and owner_workspace_id is null and owner_organisation_id is null and organisation_id is null end"
)
"""Exactly the right owner is set, and the role is one that this owner can give."""


class Client(ClientColumns, GlobalRow, table=True):
    """A machine that calls the API in its own name (RFC 6749 §4.4), with one role, for its owner.

    Its secret has 256 random bits, so the SHA-256 kept here cannot be guessed back: slow hashing defends
    words that people choose, and here would only let callers burn our processor. The previous secret lives
    on until `previous_secret_until`, so that a rotation interrupts nobody.
    """

    __tablename__ = "client"
    __table_args__ = (
        *checked_words(ClientColumns),
        CheckConstraint(_OWNED, name="owner"),
        CheckConstraint(
            "(is_administrator and owner_workspace_id is not null) or not administers_all_houses",
            name="all_houses_of_administrator",
        ),
        CheckConstraint(f"scopes <@ array[{_quote_list(Scope)}]::text[]", name="scopes"),
        CheckConstraint("octet_length(secret_hash) = 32", name="secret_sha256"),
        CheckConstraint("octet_length(previous_secret_hash) = 32", name="previous_secret_sha256"),
        CheckConstraint(
            "(previous_secret_hash is null) = (previous_secret_until is null)", name="previous_secret_ends"
        ),
        UniqueConstraint("owner_workspace_id", "id"),
        ForeignKeyConstraint(
            ["owner_workspace_id", "organisation_id"],
            ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
        ),
    )

    name: str
    role: Role = Field(sa_type=WORD)
    owner_workspace_id: UUID | None = Field(default=None, foreign_key="workspace.id")
    owner_organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", index=True)
    organisation_id: UUID | None = None
    """The house in whose name a workspace's client acts: the commune, or its CPAS."""
    is_administrator: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    administers_all_houses: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    scopes: list[str] = Field(sa_type=WORDS)
    secret_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    secret_hint: str | None = None
    """The last four characters, so that an administrator recognises a secret without knowing it."""
    previous_secret_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    previous_secret_until: datetime | None = Field(default=None, sa_type=INSTANT)
    jwks: JwkSet | None = Field(default=None, sa_type=JSON)
    """Public keys for `private_key_jwt` (RFC 7523), instead of a secret."""
    disabled_at: datetime | None = Field(default=None, sa_type=INSTANT)
    last_used_on: date | None = None


class ClientUnit(SQLModel, table=True):
    """A service for which a workspace's client acts.

    A table rather than an array, because only foreign keys make sure that the unit exists and belongs to
    the workspace that owns the client.
    """

    __tablename__ = "client_unit"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "client_id"], ["client.owner_workspace_id", "client.id"], ondelete="CASCADE"
        ),
        tenant_key("unit_id", "unit"),
    )

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id")
    client_id: UUID = Field(primary_key=True)
    unit_id: UUID = Field(primary_key=True)
