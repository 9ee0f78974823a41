"""Words about who may sign in and act: accounts, memberships, machines, and "who am I?"."""

from base64 import urlsafe_b64decode
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import Field as PydanticField
from pydantic import SecretStr, StringConstraints, model_validator
from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from api.domain.actor import Role
from api.domain.schemas.base import Answer, Day, Flag, InputModel, Label


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


_JSON: Any = JSONB(none_as_null=True)

Email = Annotated[
    str,
    StringConstraints(min_length=3, max_length=254, pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$"),
]


class WorkspaceRole(StrEnum):
    """The roles that a membership gives in a workspace."""

    COLLEGE = "college"
    COUNCIL = "council"
    ADMINISTRATION = "administration"
    AGENT = "agent"


class ClientRole(StrEnum):
    """The roles that a machine may hold; which of them, its owner decides."""

    COLLEGE = "college"
    COUNCIL = "council"
    ADMINISTRATION = "administration"
    AGENT = "agent"
    PARTNER = "partner"
    REGION = "region"
    INTEGRATOR = "integrator"
    OPERATOR = "operator"


class AccountFields(InputModel):
    """Somebody who can sign in. What they may do is said by memberships."""

    email: Email = Field(description="With which the person signs in, in any case.")
    display_name: Label
    language: Language = Field(default=Language.FR, sa_type=Text)


class AccountCreate(AccountFields):
    """An e-mail that was said here before answers what is there, unchanged. Nothing tells whether somebody else made an
    account of it: what is then given to it counts once its holder accepts."""

    password: Annotated[str, StringConstraints(max_length=1024)] | None = Field(
        default=None,
        repr=False,
        description="A first password for a local account: 12 characters or more, nothing obvious.",
    )


_ALL_HOUSES = "With `isAdministrator`: in every house of the workspace. Given and withdrawn by those alone who hold it."


class MembershipFields(InputModel):
    """A person's right to act in a workspace: a role in one of its houses, narrowed to units or plans."""

    person_id: UUID | None = None
    is_administrator: Flag = Field(
        default=False,
        description="May give and withdraw rights in the house `organisationId`; with the role administration alone.",
    )
    administers_all_houses: Flag = Field(default=False, description=_ALL_HOUSES)
    covers_all_plans: Flag = Field(default=True, description="False: only the plans of `planIds`.")
    starts_on: Day | None = None
    ends_on: Day | None = Field(default=None, description="Today or earlier ends the membership at once.")


class MembershipCreate(MembershipFields):
    account_id: UUID
    role: WorkspaceRole
    organisation_id: UUID = Field(description="The house of the workspace in which the role is held.")
    unit_ids: list[UUID] = Field(default=[], max_length=100)
    plan_ids: list[UUID] = Field(default=[], max_length=100)


class OrganisationMemberFields(InputModel):
    """A person's right to act for a partner organisation, in every commune that works with it."""

    is_administrator: Flag = Field(default=False, description="May admit and dismiss members and machines.")


class OrganisationMemberCreate(OrganisationMemberFields):
    """The account of that e-mail becomes a member; it is made if there is none."""

    organisation_id: UUID
    email: Email
    display_name: Label | None = Field(default=None, description="For a new account alone.")


_COORDINATE = r"^[A-Za-z0-9_-]{43}$"


class PublicKey(InputModel):
    """A P-256 public key as a JWK (RFC 7517, RFC 7518 §6.2). A private one is refused by its unknown `d`."""

    kid: Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[!-~]+$")]
    kty: Annotated[str, StringConstraints(pattern=r"^EC$")]
    crv: Annotated[str, StringConstraints(pattern=r"^P-256$")]
    x: Annotated[str, StringConstraints(pattern=_COORDINATE)]
    y: Annotated[str, StringConstraints(pattern=_COORDINATE)]
    alg: Annotated[str, StringConstraints(pattern=r"^ES256$")] = "ES256"
    use: Annotated[str, StringConstraints(pattern=r"^sig$")] = "sig"

    @model_validator(mode="after")
    def _is_on_its_curve(self) -> Self:
        """A point beside the curve would be accepted here and then fail at every signature."""
        x, y = (int.from_bytes(urlsafe_b64decode(f"{part}="), "big") for part in (self.x, self.y))
        ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        return self


class JwkSet(InputModel):
    """The public keys with which a machine signs its assertions."""

    keys: list[PublicKey] = Field(min_length=1, max_length=5)


ScopeWord = Annotated[str, StringConstraints(pattern=f"^({'|'.join(Scope)})$")]
"""A scope as OAuth spells it: the colon keeps it from being a word of a GraphQL enumeration."""


class ClientFields(InputModel):
    """A machine that calls the API in its own name, with one role, for its owner."""

    name: Label
    scopes: list[ScopeWord] = Field(
        min_length=1, max_length=len(Scope), sa_type=ARRAY(Text), description="They narrow, never widen."
    )
    jwks: JwkSet | None = Field(
        default=None, sa_type=_JSON, description="Public keys for `private_key_jwt` (RFC 7523)."
    )
    is_administrator: Flag = False
    administers_all_houses: Flag = Field(default=False, description=_ALL_HOUSES)


class ClientCreate(ClientFields):
    role: ClientRole
    organisation_id: UUID | None = Field(
        default=None, description="The house in whose name a machine of a workspace acts."
    )
    unit_ids: list[UUID] = Field(default=[], max_length=100)


class SecretWords(InputModel):
    """How a new secret takes over from the one before."""

    overlap_hours: Annotated[int, PydanticField(strict=True, ge=0, le=168)] = 24


class ClientSecret(Answer):
    """A new secret of a client: it is shown this once. The one before serves until `previousUntil`."""

    secret: str
    hint: str
    previous_until: datetime | None


class SignIn(InputModel):
    """What a person types to sign in with a local account."""

    email: Email = Field(description="The e-mail address of the account, in any case.")
    password: SecretStr = Field(min_length=1, max_length=1024)


class RoleHeld(Answer):
    """One role in one house of a workspace."""

    role: Role
    organisation_id: UUID
    is_administrator: bool
    administers_all_houses: bool


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


class InvitationKind(StrEnum):
    """Where what was given lets its holder act."""

    WORKSPACE = "workspace"
    ORGANISATION = "organisation"


class Invitation(Answer):
    """A right that somebody else gave to the reader: it counts once the reader accepts it."""

    id: UUID
    kind: InvitationKind
    place_id: UUID
    place_name: str
    role: Role
    organisation_id: UUID = PydanticField(description="The house in which the role is held, or the organisation.")
    organisation_name: str
    is_administrator: bool
    administers_all_houses: bool
    given_at: datetime


class Invitations(Answer):
    """What was given to the reader and waits for an answer, oldest first."""

    items: list[Invitation]


class InvitationAnswer(InputModel):
    """The reader accepts or declines what was given to it."""

    invitation_id: UUID
    is_accepted: Flag


class WhoAmI(Answer):
    """The person signed in, and everywhere they may act."""

    account_id: UUID
    display_name: str
    email: str
    language: Language
    global_role: GlobalRole | None
    workspaces: list[WorkspacePlace]
    organisations: list[OrganisationPlace]
    invitations: list[Invitation]
