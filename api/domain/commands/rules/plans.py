"""Making a plan: its default levels and strands, and the axes and themes of its programming period."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fractional_indexing import generate_key_between

from api.domain.commands import images
from api.domain.commands.batches import insert_all
from api.domain.commands.change import Undertaking
from api.domain.commands.group_offers import tell_members
from api.domain.commands.rules.base import Rules
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


class PlanRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        after = under.after
        template = await _template(under)
        if not after["levels"]:
            after["levels"] = _levels(template)
        if not after["strands"] and template and template["code"] == "pst":
            after["strands"] = [{"id": None, "label": labels("strand", m)["fr"], "meaning": m} for m in PST_STRANDS]
        await _take_dates(under)
        _check_parts(under)

    async def on_update(self, under: Undertaking) -> None:
        assert under.before is not None
        if under.before["is_closed"] and under.after["is_closed"]:
            raise Conflict("planFrozen", planId=under.after["id"])
        if under.changed("period_id"):
            await _check_no_codes(under)
        _check_parts(under)

    async def afterwards(self, under: Undertaking) -> None:
        if under.before is None and under.after["period_id"]:
            await add_period_objectives(under)
        if under.before is not None and (under.changed("title") or under.changed("is_archived")):
            claimed = await under.connection.fetch(
                "select action_id from plan_action where workspace_id = $1::uuid and plan_id = $2::uuid"
                " order by action_id",
                under.workspace_id,
                UUID(under.after["id"]),
            )
            await tell_members(under, *(row[0] for row in claimed))


async def _check_no_codes(under: Undertaking) -> None:
    """A plan whose claims or objectives name items of its period goes on under another by `continuePlan` alone."""
    assert under.before is not None
    is_used = await under.connection.fetchval(
        "select exists (select from plan_action c where c.workspace_id = $1::uuid and c.plan_id = $2::uuid"
        " and (c.period_item_id is not null or exists (select from plan_action_right x"
        " where x.workspace_id = c.workspace_id and x.plan_action_id = c.id))) or exists (select from objective o"
        " where o.workspace_id = $1::uuid and o.plan_id = $2::uuid and o.period_item_id is not null)",
        under.workspace_id,
        UUID(under.after["id"]),
    )
    if is_used:
        raise Conflict("periodHasCodes", periodId=under.before["period_id"])


async def _template(under: Undertaking) -> dict[str, Any] | None:
    """The shipped description of the plan's type, when it has one."""
    code = await under.connection.fetchval(
        "select reference_code from plan_type where workspace_id = $1::uuid and id = $2::uuid",
        under.workspace_id,
        UUID(under.after["plan_type_id"]),
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


async def _take_dates(under: Undertaking) -> None:
    """A plan without dates of its own takes those of its term or programming period."""
    after = under.after
    for column, table in (("term_id", "term"), ("period_id", "programming_period")):
        if after[column] and not after["starts_on"]:
            given = await under.connection.fetchrow(
                f"select starts_on, ends_on from {table} where id = $1::uuid", UUID(after[column])
            )
            after["starts_on"], after["ends_on"] = (
                str(given["starts_on"]),
                after["ends_on"] or str(given["ends_on"]),
            )


def _check_parts(under: Undertaking) -> None:
    """Levels are numbered without gaps; a strand named by id must be one the plan already has."""
    levels = [level["level"] for level in under.after["levels"]]
    if levels != list(range(1, len(levels) + 1)):
        raise invalid("levelsInOrder", "levels", levels)
    known = {s["id"] for s in (under.before or {}).get("strands", [])}
    for strand in under.after["strands"]:
        if strand.get("id") is None:
            strand["id"] = str(new_id())
        elif strand["id"] not in known and "strands" in under.said:
            raise invalid("referencedResourceNotFound", "strands", strand["id"])
    if under.after["organisation_id"] in under.after["owners"]:
        raise invalid("leadIsNoCoOwner", "owners", under.after["organisation_id"])


async def add_period_objectives(under: Undertaking, continues: Mapping[str, str] | None = None) -> None:
    """A plan of a programming period starts with the objectives of its axes and themes, written level by level.

    `continues` names, by item, the objective of the former plan that goes on in the new one.
    """
    meanings = {level["meaning"]: level["level"] for level in under.after["levels"]}
    rows = await under.connection.fetch(
        "select id, parent_id, kind, code, labels::text from period_item where period_id = $1::uuid"
        " and kind in ('axis', 'theme') order by kind, rank, code",
        UUID(under.after["period_id"]),
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
            "id": made[row["id"]], "workspace_id": under.after["workspace_id"], "plan_id": under.after["id"],
            "parent_id": parent, "level": meanings[row["kind"]], "status": "open", "own_code": row["code"],
            "title": json.loads(row["labels"])["fr"], "period_item_id": str(row["id"]), "position": last[parent],
            "continues_id": (continues or {}).get(str(row["id"])),
        }  # fmt: skip
        by_kind.setdefault(row["kind"], []).append(images.whole(OBJECTIVE, words))
    for level in by_kind.values():
        under.changes += await insert_all(under.connection, OBJECTIVE, level)
