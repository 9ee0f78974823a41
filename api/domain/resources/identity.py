"""Accounts, memberships and machines as documents."""

from uuid import UUID

from api.domain.policy import OF_IDENTITY
from api.domain.resources.base import OWN, READS, ChildList, Derived, Filter, OwnerKind, Ref, Resource
from api.domain.schemas import identity as words
from api.domain.schemas.base import Flag
from api.domain.tables import identity as tables

_OWN = "x.workspace_id = {workspace} and x.account_id = {t}.id"
_IS_KNOWN = (
    "({workspace} is null or {t}.steward_workspace_id = {workspace}"
    f" or exists (select from membership x where {_OWN}))"
)
"""An account is told to the workspace that made it, and to those in which its holder acts."""


def _account_condition(value: str) -> str:
    return f"case when {_IS_KNOWN} then {value} end"


ACCOUNT = Resource(
    name="account",
    plural="accounts",
    table_model=tables.Account,
    fields=words.AccountFields,
    owner_kind=OwnerKind.DIRECTORY,
    create=words.AccountCreate,
    can_delete=False,
    derived={
        "display_name": Derived(_account_condition("{t}.display_name"), str | None),
        "language": Derived(_account_condition("{t}.language"), words.Language | None),
        "global_role": Derived(_account_condition("{t}.global_role"), words.GlobalRole | None),
        "is_disabled": Derived(_account_condition("{t}.disabled_at is not null"), bool | None),
    },
    filters={
        "email": Filter(
            "lower({t}.email) = any(select lower(y) from unnest({v}) y)", "text[]", words.Email, field="email"
        )
    },
    search=("email",),
    sorts=("email", "created_at"),
    default_sort=("email",),
    hidden=frozenset(
        {
            "display_name",
            "language",
            "global_role",
            "disabled_at",
            "steward_workspace_id",
            "steward_organisation_id",
            "stands_for_id",
        }
    ),
    personal=frozenset({"email", "display_name", "stands_for_id"}),
    immutable=frozenset({"email"}),
    patch_more={"is_disabled": Flag},
    # An entry that stood for somebody who acts here by now is told no more: the account itself is.
    administered=(
        "(({t}.steward_workspace_id = {workspace} and not exists (select from membership x"
        " where x.workspace_id = {workspace} and x.account_id = {t}.stands_for_id and x.ended_at is null))"
        f" or exists (select from membership x where {_OWN}))"
    ),
    machine_scopes=OF_IDENTITY,
)

MEMBERSHIP = Resource(
    name="membership",
    plural="memberships",
    table_model=tables.Membership,
    fields=words.MembershipFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.MembershipCreate,
    can_delete=False,
    parts={
        "unit_ids": ChildList(tables.MembershipUnit, "membership_id", ("unit_id",), UUID, "unit", asks="unit:update"),
        "plan_ids": ChildList(tables.MembershipPlan, "membership_id", ("plan_id",), UUID, "plan", asks=READS),
    },
    refs={
        "account_id": Ref("account", one="account", many="memberships", asks=READS),
        "person_id": Ref("person", one="person", many="memberships", asks="person:update"),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
    },
    derived={
        "account_name": Derived("(select a.display_name from account a where a.id = {t}.account_id)", str),
        "is_ended": Derived("{t}.ended_at is not null", bool),
    },
    sorts=("created_at", "role", "starts_on", "ends_on"),
    default_sort=("created_at",),
    patch_more={"is_ended": Flag},
    # Whoever administers one house gives and withdraws nothing that reaches the others.
    of_house="({t}.organisation_id = {house} and not {t}.administers_all_houses)",
    machine_scopes=OF_IDENTITY,
)

ORGANISATION_MEMBER = Resource(
    name="organisationMember",
    plural="organisationMembers",
    table_model=tables.OrganisationMember,
    fields=words.OrganisationMemberFields,
    owner_kind=OwnerKind.DIRECTORY,
    create=words.OrganisationMemberCreate,
    can_delete=False,
    refs={"organisation_id": Ref("organisation", one="organisation", many="members", asks=OWN)},
    derived={
        "email": Derived("(select a.email from account a where a.id = {t}.account_id)", str),
        "account_name": Derived("(select a.display_name from account a where a.id = {t}.account_id)", str),
        "is_ended": Derived("{t}.ended_at is not null", bool),
    },
    sorts=("created_at",),
    default_sort=("created_at",),
    patch_more={"is_ended": Flag},
    machine_scopes=OF_IDENTITY,
)

_HASHES = frozenset({"secret_hash", "previous_secret_hash"})

CLIENT = Resource(
    name="client",
    plural="clients",
    table_model=tables.Client,
    fields=words.ClientFields,
    owner_kind=OwnerKind.DIRECTORY,
    create=words.ClientCreate,
    can_delete=False,
    parts={
        "unit_ids": ChildList(
            tables.ClientUnit, "client_id", ("unit_id",), UUID, "unit", tenant="owner_workspace_id", asks="unit:update"
        )
    },
    refs={
        "owner_workspace_id": Ref("workspace", one="ownerWorkspace", asks=OWN),
        "owner_organisation_id": Ref("organisation", one="ownerOrganisation", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
    },
    derived={"is_disabled": Derived("{t}.disabled_at is not null", bool)},
    search=("name",),
    sorts=("name", "created_at", "last_used_on"),
    default_sort=("name",),
    hidden=_HASHES,
    administered="{t}.owner_workspace_id = {workspace}",
    administered_for="{t}.owner_organisation_id = {organisation}",
    of_house="({t}.organisation_id = {house} and not {t}.administers_all_houses)",
    personal=_HASHES,  # no person's, but what keeps them out of the journal
    patch_more={"is_disabled": Flag},
    machine_scopes=OF_IDENTITY,
    of_organisation="{t}.owner_kind = {service}",
)

RESOURCES: tuple[Resource, ...] = (ACCOUNT, MEMBERSHIP, ORGANISATION_MEMBER, CLIENT)
