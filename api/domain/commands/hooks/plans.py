"""Making a plan: its default levels and strands, and the axes and themes of its programming period."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fractional_indexing import generate_key_between

from api.domain.commands import images
from api.domain.commands.batches import insert_all
from api.domain.commands.context import ChangeContext
from api.domain.commands.group_offers import update_offers
from api.domain.commands.hooks.base import Hooks
from api.domain.errors import Conflict, invalid
from api.domain.identifiers import new_id
from api.domain.reference import labels, load
from api.domain.resources.plans import OBJECTIVE

DEFAULT_LEVELS = [
    {
        "level": 1,
        "label": "Objectif",
        "meaning": "strategic",
        "is_numbered": True,
        "restarts": True,
        "prefix": None,
    }
]
PST_STRANDS = ("internal", "external")


class PlanRules(Hooks, concept="plan"):
    async def on_create(self, change: ChangeContext) -> None:
        after = change.after
        template = await _template(change)
        if not after["levels"]:
            after["levels"] = _levels(template)
        if not after["strands"] and template and template["code"] == "pst":
            after["strands"] = [{"id": None, "label": labels("strand", m)["fr"], "meaning": m} for m in PST_STRANDS]
        await _take_dates(change)
        _check_parts(change)

    async def on_update(self, change: ChangeContext) -> None:
        assert change.before is not None
        if change.before["is_closed"] and change.after["is_closed"]:
            raise Conflict("planFrozen", planId=change.after["id"])
        if change.has_changed("period_id"):
            await _check_no_codes(change)
        _check_parts(change)

    async def afterwards(self, change: ChangeContext) -> None:
        if change.before is None and change.after["period_id"]:
            await add_period_objectives(change)
        if change.before is not None and (change.has_changed("title") or change.has_changed("is_archived")):
            claimed = await change.connection.fetch(
                "select action_id from plan_action where workspace_id = $1::uuid and plan_id = $2::uuid"
                " order by action_id",
                change.workspace_id,
                UUID(change.after["id"]),
            )
            await update_offers(change, *(row[0] for row in claimed))


async def _check_no_codes(change: ChangeContext) -> None:
    """A plan whose claims or objectives name items of its period goes on under another by `continuePlan` alone."""
    assert change.before is not None
    is_used = await change.connection.fetchval(
        "select exists (select from plan_action c where c.workspace_id = $1::uuid and c.plan_id = $2::uuid"
        " and (c.period_item_id is not null or exists (select from plan_action_right x"
        " where x.workspace_id = c.workspace_id and x.plan_action_id = c.id))) or exists (select from objective o"
        " where o.workspace_id = $1::uuid and o.plan_id = $2::uuid and o.period_item_id is not null)",
        change.workspace_id,
        UUID(change.after["id"]),
    )
    if is_used:
        raise Conflict("periodHasCodes", periodId=change.before["period_id"])


async def _template(change: ChangeContext) -> dict[str, Any] | None:
    """The shipped description of the plan's type, when it has one."""
    code = await change.connection.fetchval(
        "select reference_code from plan_type where workspace_id = $1::uuid and id = $2::uuid",
        change.workspace_id,
        UUID(change.after["plan_type_id"]),
    )
    found: dict[str, Any] | None = next((t for t in load("plan_types")["items"] if t["code"] == code), None)
    return found


def _levels(template: dict[str, Any] | None) -> list[dict[str, Any]]:
    if not template or not template["levels"]:
        return DEFAULT_LEVELS
    return [
        {
            "level": n,
            "label": level["labels"]["fr"],
            "meaning": level["meaning"],
            "is_numbered": level["numbered"],
            "restarts": level["restarts"],
            "prefix": level["prefix"],
        }
        for n, level in enumerate(template["levels"], 1)
    ]


async def _take_dates(change: ChangeContext) -> None:
    """A plan without dates of its own takes those of its term or programming period."""
    after = change.after
    for column, table in (("term_id", "term"), ("period_id", "programming_period")):
        if after[column] and not after["starts_on"]:
            given = await change.connection.fetchrow(
                f"select starts_on, ends_on from {table} where id = $1::uuid", UUID(after[column])
            )
            after["starts_on"], after["ends_on"] = (
                str(given["starts_on"]),
                after["ends_on"] or str(given["ends_on"]),
            )


def _check_parts(change: ChangeContext) -> None:
    """Levels are numbered without gaps; a strand named by id must be one the plan already has."""
    levels = [level["level"] for level in change.after["levels"]]
    if levels != list(range(1, len(levels) + 1)):
        raise invalid("levelsInOrder", "levels", levels)
    known = {s["id"] for s in (change.before or {}).get("strands", [])}
    for strand in change.after["strands"]:
        if strand.get("id") is None:
            strand["id"] = str(new_id())
        elif strand["id"] not in known and "strands" in change.provided:
            raise invalid("referencedResourceNotFound", "strands", strand["id"])
    if change.after["organisation_id"] in change.after["owners"]:
        raise invalid("leadIsNoCoOwner", "owners", change.after["organisation_id"])


async def add_period_objectives(change: ChangeContext, continues: Mapping[str, str] | None = None) -> None:
    """A plan of a programming period starts with the objectives of its axes and themes, written level by level.

    `continues` names, by item, the objective of the former plan that goes on in the new one.
    """
    meanings = {level["meaning"]: level["level"] for level in change.after["levels"]}
    rows = await change.connection.fetch(
        "select id, parent_id, kind, code, labels::text from period_item where period_id = $1::uuid"
        " and kind in ('axis', 'theme') order by kind, rank, code",
        UUID(change.after["period_id"]),
    )
    made: dict[UUID, str] = {}
    last: dict[str | None, str | None] = {}
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["kind"] not in meanings:
            continue
        parent = made.get(row["parent_id"])
        last[parent] = generate_key_between(last.get(parent), None)
        made[row["id"]] = str(new_id())
        words = {
            "id": made[row["id"]], "workspace_id": change.after["workspace_id"], "plan_id": change.after["id"],
            "parent_id": parent, "level": meanings[row["kind"]], "status": "open", "own_code": row["code"],
            "title": json.loads(row["labels"])["fr"], "period_item_id": str(row["id"]), "position": last[parent],
            "continues_id": (continues or {}).get(str(row["id"])),
        }  # fmt: skip
        by_kind.setdefault(row["kind"], []).append(images.complete_image(OBJECTIVE, words))
    for level in by_kind.values():
        change.changes += await insert_all(change.connection, OBJECTIVE, level)
