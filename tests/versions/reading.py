"""Everything that a reader of versions can be answered: every route, with filters, searches, sorts and counts."""

from typing import Any

import httpx

from tests.factories import PUBLIC, Commune, Headers

BASE = "/pst/v1"
Questions = list[tuple[str, dict[str, Any]]]
WORDS = ("Neuf", "Réécrit", "Ancien", "Action", "Objectif", "Plan")
"""What is searched: words of before the edits and of after."""


def circles(commune: Commune) -> dict[str, Headers]:
    return {
        "council": commune.as_("council"), "region": commune.as_("region"), "integrator": commune.as_("integrator"),
        "public": PUBLIC,
    }  # fmt: skip


def questions(commune: Commune) -> Questions:
    """Path and query of every question about the commune's PST."""
    plan, own = str(commune.plans["pst"]), {"workspaceId": str(commune.workspace_id)}
    asked: Questions = [(f"plans/{plan}", {}), (f"plans/{plan}/tree", {}), ("plans", {**own, "total": True})]
    for name in ("objectives", "actions", "planActions", "placements", "planVersions"):
        asked.append((name, {"planId": plan, "total": True, "pageSize": 200}))
    for word in WORDS:
        asked += [(name, {**own, "q": word, "total": True}) for name in ("plans", "objectives", "actions")]
    asked += [("actions", {"planId": plan, "sort": sort}) for sort in ("-title", "plannedEnd", "progress", "updatedAt")]
    asked += [("actions", {"planId": plan, "status": status, "total": True}) for status in ("inProgress", "completed")]
    asked += [("actions", {"planId": plan, "isLate": True, "total": True})]
    asked += [("actions", {"objectiveId": str(o), "total": True}) for o in commune.objectives.values()]
    asked += [("objectives", {"planId": plan, "status": "open", "total": True})]
    for kind, ids in (("actions", commune.actions), ("objectives", commune.objectives)):
        asked += [(f"{kind}/{identifier}", {}) for identifier in ids.values()]
    for name in ("planActions", "placements", "partnerships"):
        asked += [(name, {"actionId": str(action), "total": True}) for action in commune.actions.values()]
    return asked


async def answers(
    client: httpx.AsyncClient, commune: Commune, headers: Headers, more: Questions | None = None
) -> dict[str, tuple[int, bytes]]:
    """Status and whole body of every question; the body of a refusal, which has a number of its own, is left out."""
    door = f"{BASE}/public" if headers == PUBLIC else BASE
    asked = questions(commune) + (more or [])
    if headers == commune.as_("council"):
        asked.append(("budgetLines", {"total": True}))
    found = {}
    for path, query in asked:
        answer = await client.get(f"{door}/{path}", params=query, headers=headers)
        assert answer.status_code in (200, 404), (path, query, answer.text)
        found[f"{path} {query}"] = answer.status_code, answer.content if answer.status_code == 200 else b""
    return found
