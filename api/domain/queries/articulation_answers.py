"""The articulation as answered: what is detected, and the preview of a conversion."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from api.domain.errors import Invalid, invalid
from api.domain.queries.articulation import Pair, pair, pairs
from api.domain.reference import load
from api.domain.rules.articulation.conversion import plan_conversion, policies, targets
from api.domain.rules.articulation.conversion_rows import COVER, HOME, Conversion, ObjectiveChange, PlacementChange
from api.domain.rules.articulation.detection import Target, detect
from api.domain.rules.articulation.suggestions import suggest_objectives
from api.domain.schemas import articulation as words
from api.domain.sql.reader import Reader

Connection = Any


async def articulation(
    connection: Connection, reader: Reader, plan_id: UUID, with_id: UUID | None = None
) -> words.Articulation:
    """How a PST joins each PCS of its workspace, or the one named."""
    plan, found = await pairs(connection, reader, plan_id, with_id)
    if with_id is not None and not found:
        raise invalid("referencedResourceNotFound", "with", str(with_id), where="query")
    named = words.PlanNamed(id=plan["id"], title=plan["title"])
    permitted = ["convertArticulation"] if plan["mayConvert"] else []
    return words.Articulation(plan=named, articulations=[_describe_pair(one) for one in found], permitted=permitted)


async def preview(
    connection: Connection, reader: Reader, plan_id: UUID, to: Target, with_id: UUID | None, assigned: Mapping[str, str]
) -> words.ArticulationPreview:
    """What converting would do to each row; nothing is written. Refuses a place that is none (400)."""
    found = await pair(connection, reader, plan_id, with_id, "query")
    conversion = plan_conversion(found.situation, to, assigned)
    if conversion.issues:
        raise Invalid(*conversion.issues)
    return describe_preview(found, conversion)


def describe_preview(found: Pair, conversion: Conversion) -> words.ArticulationPreview:
    """A conversion in the words of the API."""
    s = found.situation
    return words.ArticulationPreview.model_validate(
        {
            "basis": found.basis(conversion.to),
            "plan_id": s.plan_id,
            "with_plan_id": s.with_id,
            "from_approach": conversion.before.approach,
            "to_approach": conversion.to,
            "is_applicable": not conversion.unmatched,
            "actions": [_action(found, conversion, action) for action in sorted(s.actions)],
            "placements": [_placement(change) for change in conversion.placements],
            "objectives": [_objective(change) for change in conversion.objectives],
            "claims": [
                {"change": c.change, "plan_action_id": c.id, "action_id": c.action_id, "version": c.version}
                for c in conversion.claims
            ],
            "unmatched": [_describe_unmatched(found, conversion, action) for action in conversion.unmatched],
            "place_ids": [o.id for o in targets(s, conversion.before, conversion.to)],
        }
    )


def title_of(change: ObjectiveChange) -> str:
    """The title of an objective that exists or that a conversion makes; French, to be reworded by the commune."""
    if change.title is None:
        return str(load("articulation")[{HOME: "home", COVER: "cover"}[change.target]])
    return change.title


def _describe_pair(found: Pair) -> words.ArticulationPair:
    s = found.situation
    detected = detect(s)
    return words.ArticulationPair.model_validate(
        {
            "with_plan": {"id": s.with_id, "title": found.with_plan["title"]},
            "approach": detected.approach,
            "home_objective_ids": [h for h in detected.homes if not s.objectives[h].is_resting],
            "covering_objective_ids": [c.id for c in s.covers if not c.is_resting],
            "action_count": len(s.actions),
            "reasons": [
                {"code": r.code, "count": r.count, "objective_ids": list(r.objective_ids)} for r in detected.reasons
            ],
            "actions": [
                {"action_id": a.id, "title": a.title, "stands": detected.regions[a.id]} for a in s.actions.values()
            ],
        }
    )


def _action(found: Pair, conversion: Conversion, action: str) -> dict[str, Any]:
    s = found.situation
    before = [p.objective_id for p in s.active.get(action, ())]
    after = [c.target for c in conversion.placements if c.action_id == action and c.change != "rested"]
    lost, gained = set(before) - set(after), set(after) - set(before)
    move = "moved" if lost and gained else "added" if gained else "removed" if lost else "kept"
    return {
        "action_id": action,
        "title": s.actions[action].title,
        "change": move,
        "from_objective_ids": sorted(o for o in before if o),
        "to_objectives": sorted(o for o in after if o),
    }


def _placement(c: PlacementChange) -> dict[str, Any]:
    return {
        "change": c.change, "placement_id": c.id, "action_id": c.action_id, "objective": c.target,
        "weight": c.weight, "is_main": c.is_main, "version": c.version,
    }  # fmt: skip


def _objective(c: ObjectiveChange) -> dict[str, Any]:
    return {
        "change": c.change, "objective": c.target, "parent": c.parent, "level": c.level, "title": title_of(c),
        "period_item_id": c.period_item_id, "covers_plan_id": c.covers_plan_id, "version": c.version,
    }  # fmt: skip


def _describe_unmatched(found: Pair, conversion: Conversion, action: str) -> dict[str, Any]:
    s = found.situation
    best = suggest_objectives(s, s.actions[action], policies(s, conversion.before))
    return {
        "action_id": action,
        "title": s.actions[action].title,
        "suggestions": [
            {
                "objective_id": one.objective.id, "title": one.objective.title, "score": one.score,
                "domains": one.domains, "words": one.words, "shared_domain_ids": list(one.shared),
            }
            for one in best
        ],
    }  # fmt: skip
