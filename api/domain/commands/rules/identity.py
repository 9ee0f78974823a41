"""Who may sign in, act and call: nobody takes over an account, no workspace is left without administrator."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

from api.domain.actor import Role
from api.domain.commands.change import Image, Undertaking, today
from api.domain.commands.rules.administrators import (
    keep_an_administrator,
    keep_an_administrator_of_organisation,
    refuse_foreign_person,
    refuse_foreign_units,
)
from api.domain.commands.rules.base import Rules
from api.domain.commands.rules.standing_in import Steward, account_here, enter_account, entry_for, signing_in_with
from api.domain.credentials import password_hash, weakness
from api.domain.errors import Conflict, Forbidden, invalid
from api.domain.schemas.identity import OwnerKind, WorkspaceRole


class AccountRules(Rules):
    async def known(self, under: Undertaking) -> UUID | None:
        """What the author knows already of that e-mail, if anything: it stays as it is, its password above all.

        An account that somebody else made is nothing that a workspace learns of: it gets an entry of its own.
        """
        account, steward = await signing_in_with(under.connection, under.after["email"]), Steward.of(under)
        if account is None or steward is None:
            return account
        found = await account_here(under.connection, steward, account)
        if found is None:
            under.after["stands_for_id"] = str(account)
        return found

    async def on_create(self, under: Undertaking) -> None:
        if under.actor.workspace_id is not None:
            under.after["steward_workspace_id"] = str(under.actor.workspace_id)
        password = under.said.pop("password", None)
        if password is None:
            return
        name, _, _ = under.after["email"].partition("@")
        if weak := weakness(password, name, *under.after["display_name"].split()):
            raise invalid(weak, "password")
        # Hashed even where it is not kept: how long the answer takes tells nothing either.
        hashed = await asyncio.to_thread(password_hash, password)
        if under.after["stands_for_id"] is None:
            under.aside["password_hash"] = hashed

    async def on_update(self, under: Undertaking) -> None:
        await _switch(under, "is_disabled", "disabled_at")

    async def afterwards(self, under: Undertaking) -> None:
        if "password_hash" in under.aside:
            await under.connection.execute(
                "insert into local_credential (account_id, password_hash) values ($1::uuid, $2)",
                UUID(under.after["id"]),
                under.aside["password_hash"],
            )


class MembershipRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        _check_membership(under)
        if _is_over(under.after["ends_on"]):
            raise invalid("inThePast", "endsOn", under.after["ends_on"])
        under.after["account_id"] = str(await entry_for(under, UUID(under.after["account_id"])))
        await _check_reach(under)

    async def on_update(self, under: Undertaking) -> None:
        assert under.before is not None
        if under.before["ended_at"] is not None:
            raise Conflict("membershipEnded")
        _check_membership(under)
        if under.said.get("is_ended") or (under.changed("ends_on") and _is_over(under.after["ends_on"])):
            under.after["ended_at"] = await _now(under)
            under.after["ends_on"] = min(under.after["ends_on"] or str(today()), str(today()))
            if under.after["starts_on"] and under.after["starts_on"] > under.after["ends_on"]:
                raise invalid("endsAfterStart", "endsOn", under.after["ends_on"])
        await _check_reach(under)
        await keep_an_administrator(under)


class OrganisationMemberRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        """Find the account of the e-mail, or make one: it can sign in once it has a password or identity.

        An account that somebody else made is told to nobody: the member is an entry for it, until its holder accepts.
        """
        email, name = under.said["email"], under.said.get("display_name") or under.said["email"]
        holder, steward = await signing_in_with(under.connection, email), Steward.of(under)
        found = holder
        if holder is not None and steward is not None:
            found = await account_here(under.connection, steward, holder)
        words = {"email": email, "display_name": name}
        account = found or await enter_account(under, steward, words, holder)
        under.after["account_id"] = str(account)

    async def on_update(self, under: Undertaking) -> None:
        assert under.before is not None
        if under.before["ended_at"] is not None:
            raise Conflict("membershipEnded")
        if under.said.get("is_ended"):
            under.after["ended_at"] = await _now(under)
        if Role.OPERATOR not in under.actor.roles:
            await keep_an_administrator_of_organisation(under)


class ClientRules(Rules):
    fields_of_move = frozenset({"is_disabled"})

    def permission(self, before: Image, said: dict[str, Any]) -> str | None:
        """Stopping a machine is a right of its own: the operator may do it to all, and nothing else."""
        return "client:disable" if said == {"is_disabled": True} else None

    async def on_create(self, under: Undertaking) -> None:
        """The owner is who asks, whatever the words say."""
        actor, after = under.actor, under.after
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
                raise invalid("onlyInWorkspaces", under.resource.wire(name))
        _check_client(under)
        await refuse_foreign_units(under, "unit_ids")

    async def on_update(self, under: Undertaking) -> None:
        if under.after["unit_ids"] and under.after["owner_workspace_id"] is None:
            raise invalid("onlyInWorkspaces", "unitIds")
        _check_client(under)
        await refuse_foreign_units(under, "unit_ids")
        await _switch(under, "is_disabled", "disabled_at")


async def _check_reach(under: Undertaking) -> None:
    """Refuse (403) what would reach into a house that the author does not administer."""
    await refuse_foreign_units(under, "unit_ids")
    await refuse_foreign_person(under)


def _check_grant(under: Undertaking) -> None:
    """The grant for all houses goes with the grant itself, and falls with it unless it is asked for expressly."""
    after = under.after
    if after["administers_all_houses"] and not after["is_administrator"]:
        if under.said.get("administers_all_houses"):
            raise invalid("allHousesOfAdministrator", "administersAllHouses", value=True)
        after["administers_all_houses"] = False


def _check_membership(under: Undertaking) -> None:
    after, said = under.after, under.said
    if after["is_administrator"] and after["role"] != Role.ADMINISTRATION:
        raise invalid("administrationOnly", "isAdministrator", value=True)
    _check_grant(under)
    if after["starts_on"] and after["starts_on"] > str(today()):
        # It would count from now on: nothing starts it later yet, and rights must not come early.
        raise invalid("inTheFuture", "startsOn", after["starts_on"])
    if after["plan_ids"] and after["covers_all_plans"]:
        if said.get("covers_all_plans") and said.get("plan_ids"):
            raise invalid("allPlansOrSome", "planIds")
        if said.get("covers_all_plans"):
            after["plan_ids"] = []
        else:
            after["covers_all_plans"] = False


def _check_client(under: Undertaking) -> None:
    if under.after["is_administrator"] and under.after["role"] not in (Role.ADMINISTRATION, Role.PARTNER):
        raise invalid("administrationOnly", "isAdministrator", value=True)
    _check_grant(under)
    if under.after["administers_all_houses"] and under.after["owner_workspace_id"] is None:
        raise invalid("onlyInWorkspaces", "administersAllHouses", value=True)
    under.after["scopes"] = sorted(set(under.after["scopes"]))
    held = under.actor.scopes
    if held is not None and not set(under.said.get("scopes", ())) <= held:
        # A machine that could give more than it has would not be narrowed by its scopes at all.
        raise Forbidden("client:update", ["scopes"])


def _is_over(ends_on: str | None) -> bool:
    return ends_on is not None and date.fromisoformat(ends_on) <= today()


async def _switch(under: Undertaking, said: str, column: str) -> None:
    """A flag of the words becomes the instant at which it was set; saying it again moves nothing."""
    if said in under.said:
        was = (under.before or {}).get(column)
        under.after[column] = (was or await _now(under)) if under.said[said] else None


async def _now(under: Undertaking) -> str:
    return str(await under.connection.fetchval("select now()::text"))
