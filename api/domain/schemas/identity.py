"""Signing in, and the answer to "who am I, and where may I act?"."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import SecretStr, StringConstraints
from sqlmodel import Field

from api.domain.actor import Role
from api.domain.schemas.base import Answer, Words


class Language(StrEnum):
    """The languages of the interface."""

    FR = "fr"
    NL = "nl"
    DE = "de"
    EN = "en"


class GlobalRole(StrEnum):
    """The roles an account holds at large, outside any workspace."""

    REGION = "region"
    INTEGRATOR = "integrator"
    OPERATOR = "operator"


class OwnerKind(StrEnum):
    """Who owns a client, and so who may give and withdraw it."""

    WORKSPACE = "workspace"
    ORGANISATION = "organisation"
    REGION = "region"
    OPERATOR = "operator"


class Scope(StrEnum):
    """What a machine's token may be used for. A scope narrows rights; it never widens them."""

    PLANS_READ = "plans:read"
    ACTIONS_READ = "actions:read"
    ACTIONS_WRITE = "actions:write"
    PROGRESS_WRITE = "progress:write"
    CHANGES_READ = "changes:read"
    REGION_READ = "region:read"
    ADMIN = "admin"


Email = Annotated[
    str,
    StringConstraints(min_length=3, max_length=254, pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$"),
]


class SignIn(Words):
    """What a person types to sign in with a local account."""

    email: Email = Field(description="The e-mail address of the account, in any case.")
    password: SecretStr = Field(min_length=1, max_length=1024)


class RoleHeld(Answer):
    """One role in one house of a workspace."""

    role: Role
    organisation_id: UUID
    is_administrator: bool


class WorkspacePlace(Answer):
    """A workspace in which the reader may act: send `Pst-Acting-As: workspace/<id>`."""

    id: UUID
    name: str
    slug: str
    nis: int | None
    roles: list[RoleHeld]


class OrganisationPlace(Answer):
    """A partner organisation for which the reader may act: send `Pst-Acting-As: organisation/<id>`."""

    id: UUID
    name: str
    is_administrator: bool


class WhoAmI(Answer):
    """The person signed in, and everywhere they may act."""

    account_id: UUID
    display_name: str
    email: str
    language: Language
    global_role: GlobalRole | None
    workspaces: list[WorkspacePlace]
    organisations: list[OrganisationPlace]
