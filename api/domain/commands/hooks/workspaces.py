"""Opening a workspace: it is reached from now on, and starts with the usual domains and kinds of plans."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from api.domain import reference
from api.domain.actor import Role
from api.domain.commands.bulk_insert import bulk_insert, image_of_words
from api.domain.commands.context import ChangeContext
from api.domain.commands.hooks.base import Hooks
from api.domain.commands.hooks.groups import founding_members
from api.domain.commands.images import Image
from api.domain.enumerations.common import WorkspaceKind
from api.domain.errors import Conflict, Forbidden
from api.domain.identifiers import new_id
from api.domain.journal import record
from api.domain.resources.beneficiaries import TARGET_GROUP
from api.domain.resources.groups import GROUP_MEMBER
from api.domain.resources.reference import DOMAIN, PLAN_TYPE
from api.domain.schemas.beneficiaries import TargetGroupFields
from api.domain.schemas.reference import DomainFields, PlanTypeFields

SETTLED = ("organisations", "slug", "nis")
"""What the operator settles: an administrator could otherwise make another commune's body a house of its own."""


class WorkspaceRules(Hooks, concept="workspace"):
    async def on_create(self, change: ChangeContext) -> None:
        await _check_houses(change)
        await _open(change)

    async def on_update(self, change: ChangeContext) -> None:
        settled = [name for name in SETTLED if change.has_changed(name)]
        if settled and Role.OPERATOR not in change.actor.roles:
            raise Forbidden("workspace:update", settled)
        if change.after["kind"] == WorkspaceKind.GROUP and change.has_changed("organisations"):
            raise Conflict("groupHouses", fields=["organisations"])
        if change.has_changed("organisations"):
            await _check_houses(change)
            await _open(change)

    async def afterwards(self, change: ChangeContext) -> None:
        """Open the workspace's own journal with its lists.

        The directory's counter is taken after this one. That cannot meet another command half-way: nobody
        else can hold the counter of a workspace that is not committed yet.
        """
        if change.before is None:
            workspace = UUID(change.after["id"])
            changes = [
                *await bulk_insert(change.connection, DOMAIN, list(_domains(workspace))),
                *await bulk_insert(change.connection, PLAN_TYPE, list(_plan_types(workspace))),
                *await bulk_insert(change.connection, TARGET_GROUP, list(_target_groups(workspace))),
            ]
            await record(change.connection, change.actor, "createWorkspace", workspace, changes)
            if change.after["kind"] == WorkspaceKind.GROUP:
                members = founding_members(workspace, change.after["organisations"])
                change.changes += await bulk_insert(change.connection, GROUP_MEMBER, members)


async def _open(change: ChangeContext) -> None:
    """Row-level security knows the workspaces of the caller: the operator has none, and a new one was not there yet."""
    await change.connection.execute(
        "select set_config('app.workspaces', array_append(coalesce(nullif("
        "current_setting('app.workspaces', true), '')::uuid[], '{}'), $1::uuid)::text, true)",
        UUID(change.after["id"]),
    )


async def _check_houses(change: ChangeContext) -> None:
    """A commune or a province, and its CPAS, are at home in one workspace; only a group gathers other's bodies."""
    if change.after["kind"] == WorkspaceKind.GROUP:
        return
    taken = await change.connection.fetchval(
        "select w.id from workspace_organisation x join workspace w on w.id = x.workspace_id"
        " where x.organisation_id = any($1::uuid[]) and w.kind <> $2 and w.closed_at is null and w.id <> $3::uuid"
        " limit 1",
        [UUID(house) for house in change.after["organisations"]],
        WorkspaceKind.GROUP,
        UUID(change.after["id"]),
    )
    if taken is not None:
        raise Conflict("inUse", usedBy="workspace")


def _domains(workspace: UUID) -> Iterable[Image]:
    for entry in reference.items("domains"):
        words = {"referenceCode": entry["code"], "name": entry["labels"]["fr"], "strand": entry["strand"]}
        yield image_of_words(DOMAIN, DomainFields.model_validate(words), id=new_id(), workspace_id=workspace)


def _target_groups(workspace: UUID) -> Iterable[Image]:
    for entry in reference.items("target_groups"):
        words = {"referenceCode": entry["code"], "name": entry["labels"]["fr"]}
        yield image_of_words(TARGET_GROUP, TargetGroupFields.model_validate(words), id=new_id(), workspace_id=workspace)


def _plan_types(workspace: UUID) -> Iterable[Image]:
    for entry in reference.items("plan_types"):
        words = {
            "referenceCode": entry["code"],
            "acronym": entry["acronym"],
            "name": entry["labels"]["fr"],
            "funderLevel": entry["funder_level"],
            "legalBase": entry["legal_base"],
            "durationYears": entry["usual_years"],
            "reportingDuty": _duty(entry["reports"]),
        }
        yield image_of_words(PLAN_TYPE, PlanTypeFields.model_validate(words), id=new_id(), workspace_id=workspace)


def _duty(reports: list[dict[str, Any]]) -> str | None:
    return " ; ".join(report["labels"]["fr"] for report in reports) or None
