"""Freezing a plan into a numbered version, and what recorded acts make of it for its readers."""

import hashlib
import json
from datetime import date
from uuid import UUID

from api.domain.commands.context import ChangeContext, Image, today
from api.domain.commands.freezing import frozen_content
from api.domain.commands.hooks.base import Hooks
from api.domain.commands.shown_rows import lock_shown, show_plan
from api.domain.enumerations.common import ActKind
from api.domain.errors import Conflict


class PlanVersionRules(Hooks, concept="planVersion"):
    async def on_create(self, change: ChangeContext) -> None:
        """Number the version and freeze the content at a journal position that nothing can slip past."""
        workspace, plan = change.workspace_id, UUID(change.after["plan_id"])
        fetch = change.connection.fetchval
        await change.connection.execute(
            "select from plan where workspace_id = $1::uuid and id = $2::uuid for no key update",
            workspace,
            plan,
        )
        position = await fetch(
            "select position from journal_counter where workspace_id = $1::uuid for update", workspace
        )
        content = await frozen_content(change.connection, workspace, plan)
        last = await fetch(
            "select max(number) from plan_version where workspace_id = $1::uuid and plan_id = $2::uuid", workspace, plan
        )
        change.after |= {
            "number": (last or 0) + 1,
            "journal_position": position or 0,
            "sha256": hashlib.sha256(content.encode()).hexdigest(),
            "frozen_at": str(await fetch("select now()")),
        }
        change.aside["content"] = content

    async def afterwards(self, change: ChangeContext) -> None:
        if change.before is None:
            await change.connection.execute(
                "insert into plan_version_content (workspace_id, version_id, content) values ($1::uuid, $2::uuid, $3)",
                change.workspace_id, UUID(change.after["id"]), change.aside["content"],
            )  # fmt: skip
            await _keep_files(change)


async def _keep_files(change: ChangeContext) -> None:
    """What a version shows stays: also the files of its documents, when the living plan lets them go."""
    content = json.loads(change.aside["content"])
    files = [UUID(each["file_id"]) for each in content["attachment"] if each["file_id"] is not None]
    await change.connection.execute(
        "update file set is_frozen = true where workspace_id = $1::uuid and id = any($2::uuid[])",
        change.workspace_id,
        files,
    )


class ActRules(Hooks, concept="act"):
    async def on_create(self, change: ChangeContext) -> None:
        """An act dated ahead takes effect on its day, not before. Refuses to withdraw what is not published then."""
        change.after["is_in_effect"] = _is_due(change.after)
        if change.after["kind"] == ActKind.WITHDRAWN:
            await lock_shown(change.connection, change.workspace_id)
            await _check_published(change)

    async def on_update(self, change: ChangeContext) -> None:
        if change.has_changed("decided_on"):
            change.after["is_in_effect"] = _is_due(change.after)
            if not change.after["is_in_effect"]:
                _refuse_to_undo(change)

    async def on_delete(self, change: ChangeContext) -> None:
        _refuse_to_undo(change)

    async def afterwards(self, change: ChangeContext) -> None:
        """Show each reader group the version that the acts in effect put before it."""
        plan = await change.connection.fetchval(
            "select plan_id from plan_version where workspace_id = $1::uuid and id = $2::uuid",
            change.workspace_id, UUID(change.after["version_id"]),
        )  # fmt: skip
        await show_plan(change, plan)


def _is_due(act: Image) -> bool:
    return date.fromisoformat(act["decided_on"]) <= today()


def _refuse_to_undo(change: ChangeContext) -> None:
    """Refuse to remove or postpone a publication or a withdrawal that has taken effect."""
    act = change.before or change.after
    if act["is_in_effect"] and act["kind"] == ActKind.PUBLISHED:
        raise Conflict("alreadyPublished", versionId=act["version_id"])
    if act["is_in_effect"] and act["kind"] == ActKind.WITHDRAWN:
        raise Conflict("alreadyWithdrawn", versionId=act["version_id"])


async def _check_published(change: ChangeContext) -> None:
    """Refuse a withdrawal unless the version has a publication by that day that is not withdrawn yet."""
    last = await change.connection.fetchval(
        "select kind from act where workspace_id = $1::uuid and version_id = $2::uuid and decided_on <= $3::date"
        " and kind in ('published', 'withdrawn') order by decided_on desc, created_at desc, id desc limit 1",
        change.workspace_id, UUID(change.after["version_id"]), date.fromisoformat(change.after["decided_on"]),
    )  # fmt: skip
    if last != ActKind.PUBLISHED:
        raise Conflict("notPublished", versionId=change.after["version_id"])
