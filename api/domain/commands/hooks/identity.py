"""Who may sign in, act and call: nobody takes over an account, no workspace is left without administrator."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

from api.domain.actor import Role
from api.domain.commands.context import ChangeContext, Image, today
from api.domain.commands.hooks.administrators import (
    keep_an_administrator,
    keep_an_administrator_of_organisation,
    refuse_foreign_person,
    refuse_foreign_units,
)
from api.domain.commands.hooks.base import Hooks
from api.domain.commands.hooks.standing_in import Steward, account_here, accounts_with_email, enter_account, entry_for
from api.domain.errors import Conflict, Forbidden, invalid
from api.domain.rules.credentials import password_hash, weakness
from api.domain.schemas.identity import OwnerKind, WorkspaceRole


class AccountRules(Hooks, concept="account"):
    async def find_existing(self, change: ChangeContext) -> UUID | None:
        """What the author knows already of that e-mail, if anything: it stays as it is, its password above all.

        An account that somebody else made is nothing that a workspace learns of: it gets an entry of its own.
        """
        account, steward = await accounts_with_email(change.connection, change.after["email"]), Steward.of(change)
        if account is None or steward is None:
            return account
        found = await account_here(change.connection, steward, account)
        if found is None:
            change.after["stands_for_id"] = str(account)
        return found

    async def on_create(self, change: ChangeContext) -> None:
        if change.actor.workspace_id is not None:
            change.after["steward_workspace_id"] = str(change.actor.workspace_id)
        password = change.provided.pop("password", None)
        if password is None:
            return
        name, _, _ = change.after["email"].partition("@")
        if weak := weakness(password, name, *change.after["display_name"].split()):
            raise invalid(weak, "password")
        # Hashed even where it is not kept: how long the answer takes tells nothing either.
        hashed = await asyncio.to_thread(password_hash, password)
        if change.after["stands_for_id"] is None:
            change.aside["password_hash"] = hashed

    async def on_update(self, change: ChangeContext) -> None:
        await _switch(change, "is_disabled", "disabled_at")

    async def afterwards(self, change: ChangeContext) -> None:
        if "password_hash" in change.aside:
            await change.connection.execute(
                "insert into local_credential (account_id, password_hash) values ($1::uuid, $2)",
                UUID(change.after["id"]),
                change.aside["password_hash"],
            )


class MembershipRules(Hooks, concept="membership"):
    async def on_create(self, change: ChangeContext) -> None:
        _check_membership(change)
        if _is_over(change.after["ends_on"]):
            raise invalid("inThePast", "endsOn", change.after["ends_on"])
        change.after["account_id"] = str(await entry_for(change, UUID(change.after["account_id"])))
        await _check_reach(change)

    async def on_update(self, change: ChangeContext) -> None:
        assert change.before is not None
        if change.before["ended_at"] is not None:
            raise Conflict("membershipEnded")
        _check_membership(change)
        if change.provided.get("is_ended") or (change.has_changed("ends_on") and _is_over(change.after["ends_on"])):
            change.after["ended_at"] = await _now(change)
            change.after["ends_on"] = min(change.after["ends_on"] or str(today()), str(today()))
            if change.after["starts_on"] and change.after["starts_on"] > change.after["ends_on"]:
                raise invalid("endsAfterStart", "endsOn", change.after["ends_on"])
        await _check_reach(change)
        await keep_an_administrator(change)


class OrganisationMemberRules(Hooks, concept="organisationMember"):
    async def on_create(self, change: ChangeContext) -> None:
        """Find the account of the e-mail, or make one: it can sign in once it has a password or identity.

        An account that somebody else made is told to nobody: the member is an entry for it, until its holder accepts.
        """
        email, name = change.provided["email"], change.provided.get("display_name") or change.provided["email"]
        holder, steward = await accounts_with_email(change.connection, email), Steward.of(change)
        found = holder
        if holder is not None and steward is not None:
            found = await account_here(change.connection, steward, holder)
        words = {"email": email, "display_name": name}
        account = found or await enter_account(change, steward, words, holder)
        change.after["account_id"] = str(account)

    async def on_update(self, change: ChangeContext) -> None:
        assert change.before is not None
        if change.before["ended_at"] is not None:
            raise Conflict("membershipEnded")
        if change.provided.get("is_ended"):
            change.after["ended_at"] = await _now(change)
        if Role.OPERATOR not in change.actor.roles:
            await keep_an_administrator_of_organisation(change)


class ClientRules(Hooks, concept="client"):
    fields_of_move = frozenset({"is_disabled"})

    def permission(self, before: Image, provided: dict[str, Any]) -> str | None:
        """Stopping a machine is a right of its own: the operator may do it to all, and nothing else."""
        return "client:disable" if provided == {"is_disabled": True} else None

    async def on_create(self, change: ChangeContext) -> None:
        """The owner is who asks, whatever the words say."""
        actor, after = change.actor, change.after
        if actor.workspace_id is not None:
            after["owner_kind"], after["owner_workspace_id"] = OwnerKind.WORKSPACE, str(actor.workspace_id)
            given: frozenset[str] = frozenset(WorkspaceRole)
            if after["organisation_id"] is None:
                raise invalid("required", "organisationId")
        elif actor.organisation_id is not None:
            after["owner_kind"] = OwnerKind.ORGANISATION
            after["owner_organisation_id"] = str(actor.organisation_id)
            given = frozenset({Role.PARTNER})
        else:
            is_operator = Role.OPERATOR in actor.roles
            after["owner_kind"] = OwnerKind.OPERATOR if is_operator else OwnerKind.REGION
            given = frozenset({Role.REGION, Role.INTEGRATOR} | ({Role.OPERATOR} if is_operator else set()))
        if after["role"] not in given:
            raise invalid("notYoursToGive", "role", after["role"], allowed=sorted(given))
        for name in ("organisation_id", "unit_ids"):
            if after[name] and actor.workspace_id is None:
                raise invalid("onlyInWorkspaces", change.resource.wire(name))
        _check_client(change)
        await refuse_foreign_units(change, "unit_ids")

    async def on_update(self, change: ChangeContext) -> None:
        if change.after["unit_ids"] and change.after["owner_workspace_id"] is None:
            raise invalid("onlyInWorkspaces", "unitIds")
        _check_client(change)
        await refuse_foreign_units(change, "unit_ids")
        await _switch(change, "is_disabled", "disabled_at")


async def _check_reach(change: ChangeContext) -> None:
    """Refuse (403) what would reach into a house that the author does not administer."""
    await refuse_foreign_units(change, "unit_ids")
    await refuse_foreign_person(change)


def _check_grant(change: ChangeContext) -> None:
    """The grant for all houses goes with the grant itself, and falls with it unless it is asked for expressly."""
    after = change.after
    if after["administers_all_houses"] and not after["is_administrator"]:
        if change.provided.get("administers_all_houses"):
            raise invalid("allHousesOfAdministrator", "administersAllHouses", value=True)
        after["administers_all_houses"] = False


def _check_membership(change: ChangeContext) -> None:
    after, provided = change.after, change.provided
    if after["is_administrator"] and after["role"] != Role.ADMINISTRATION:
        raise invalid("administrationOnly", "isAdministrator", value=True)
    _check_grant(change)
    if after["starts_on"] and after["starts_on"] > str(today()):
        # It would count from now on: nothing starts it later yet, and rights must not come early.
        raise invalid("inTheFuture", "startsOn", after["starts_on"])
    if after["plan_ids"] and after["covers_all_plans"]:
        if provided.get("covers_all_plans") and provided.get("plan_ids"):
            raise invalid("allPlansOrSome", "planIds")
        if provided.get("covers_all_plans"):
            after["plan_ids"] = []
        else:
            after["covers_all_plans"] = False


def _check_client(change: ChangeContext) -> None:
    if change.after["is_administrator"] and change.after["role"] not in (Role.ADMINISTRATION, Role.PARTNER):
        raise invalid("administrationOnly", "isAdministrator", value=True)
    _check_grant(change)
    if change.after["administers_all_houses"] and change.after["owner_workspace_id"] is None:
        raise invalid("onlyInWorkspaces", "administersAllHouses", value=True)
    change.after["scopes"] = sorted(set(change.after["scopes"]))
    held = change.actor.scopes
    if held is not None and not set(change.provided.get("scopes", ())) <= held:
        # A machine that could give more than it has would not be narrowed by its scopes at all.
        raise Forbidden("client:update", ["scopes"])


def _is_over(ends_on: str | None) -> bool:
    return ends_on is not None and date.fromisoformat(ends_on) <= today()


async def _switch(change: ChangeContext, provided: str, column: str) -> None:
    """A flag of the words becomes the instant at which it was set; saying it again moves nothing."""
    if provided in change.provided:
        was = (change.before or {}).get(column)
        change.after[column] = (was or await _now(change)) if change.provided[provided] else None


async def _now(change: ChangeContext) -> str:
    return str(await change.connection.fetchval("select now()::text"))
