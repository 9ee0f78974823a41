"""Freezing a plan into a numbered version, and what recorded acts make of it for its readers."""

import hashlib
import json
from datetime import date
from uuid import UUID

from api.domain.commands.change import Image, Undertaking, today
from api.domain.commands.freezing import frozen_content
from api.domain.commands.rules.base import Rules
from api.domain.commands.showing import lock_shown, show_plan
from api.domain.errors import Conflict
from api.domain.schemas.enumerations import ActKind


class PlanVersionRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        """Number the version and freeze the content at a journal position that nothing can slip past."""
        workspace, plan = under.workspace_id, UUID(under.after["plan_id"])
        fetch = under.connection.fetchval
        await under.connection.execute(
            "select from plan where workspace_id = $1::uuid and id = $2::uuid for no key update",
            workspace,
            plan,
        )
        position = await fetch(
            "select position from journal_counter where workspace_id = $1::uuid for update", workspace
        )
        content = await frozen_content(under.connection, workspace, plan)
        last = await fetch(
            "select max(number) from plan_version where workspace_id = $1::uuid and plan_id = $2::uuid", workspace, plan
        )
        under.after |= {
            "number": (last or 0) + 1,
            "journal_position": position or 0,
            "sha256": hashlib.sha256(content.encode()).hexdigest(),
            "frozen_at": str(await fetch("select now()")),
        }
        under.aside["content"] = content

    async def afterwards(self, under: Undertaking) -> None:
        if under.before is None:
            await under.connection.execute(
                "insert into plan_version_content (workspace_id, version_id, content) values ($1::uuid, $2::uuid, $3)",
                under.workspace_id, UUID(under.after["id"]), under.aside["content"],
            )  # fmt: skip
            await _keep_files(under)


async def _keep_files(under: Undertaking) -> None:
    """What a version shows stays: also the files of its documents, when the living plan lets them go."""
    content = json.loads(under.aside["content"])
    files = [UUID(each["file_id"]) for each in content["attachment"] if each["file_id"] is not None]
    await under.connection.execute(
        "update file set is_frozen = true where workspace_id = $1::uuid and id = any($2::uuid[])",
        under.workspace_id,
        files,
    )


class ActRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        """An act dated ahead takes effect on its day, not before. Refuses to withdraw what is not published then."""
        under.after["is_in_effect"] = _is_due(under.after)
        if under.after["kind"] == ActKind.WITHDRAWN:
            await lock_shown(under.connection, under.workspace_id)
            await _check_published(under)

    async def on_update(self, under: Undertaking) -> None:
        if under.changed("decided_on"):
            under.after["is_in_effect"] = _is_due(under.after)
            if not under.after["is_in_effect"]:
                _refuse_to_undo(under)

    async def on_delete(self, under: Undertaking) -> None:
        _refuse_to_undo(under)

    async def afterwards(self, under: Undertaking) -> None:
        """Show each circle of readers the version that the acts in effect put before it."""
        plan = await under.connection.fetchval(
            "select plan_id from plan_version where workspace_id = $1::uuid and id = $2::uuid",
            under.workspace_id, UUID(under.after["version_id"]),
        )  # fmt: skip
        await show_plan(under, plan)


def _is_due(act: Image) -> bool:
    return date.fromisoformat(act["decided_on"]) <= today()


def _refuse_to_undo(under: Undertaking) -> None:
    """Refuse to remove or postpone a publication or a withdrawal that has taken effect."""
    act = under.before or under.after
    if act["is_in_effect"] and act["kind"] == ActKind.PUBLISHED:
        raise Conflict("alreadyPublished", versionId=act["version_id"])
    if act["is_in_effect"] and act["kind"] == ActKind.WITHDRAWN:
        raise Conflict("alreadyWithdrawn", versionId=act["version_id"])


async def _check_published(under: Undertaking) -> None:
    """Refuse a withdrawal unless the version has a publication by that day that is not withdrawn yet."""
    last = await under.connection.fetchval(
        "select kind from act where workspace_id = $1::uuid and version_id = $2::uuid and decided_on <= $3::date"
        " and kind in ('published', 'withdrawn') order by decided_on desc, created_at desc, id desc limit 1",
        under.workspace_id, UUID(under.after["version_id"]), date.fromisoformat(under.after["decided_on"]),
    )  # fmt: skip
    if last != ActKind.PUBLISHED:
        raise Conflict("notPublished", versionId=under.after["version_id"])
