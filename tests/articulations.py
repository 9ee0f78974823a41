"""The three ways of joining a PST and a PCS, in small: two PCS actions, one of them of the CPAS."""

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tests.factories import Commune

PCS_ACTIONS = {"shuttle": "7.4", "space": "6.1"}
"""The PCS actions and their themes: a shuttle for the elderly, a public digital space."""


async def articulate(commune: "Commune", approach: str) -> None:
    """Give the commune a PST (`commune.plans["pst"]`), a PCS (`["pcs"]`), and the actions by key."""
    from tests import factories  # the factories call us

    assert approach in {"singleObjective", "grouped", "distributed"}
    pst = commune.plans["pst"] = await factories.make_plan(commune, "pst")
    pcs = commune.plans["pcs"] = await factories.make_plan(commune, "pcs")
    commune.objectives |= {f"pcs.{code}": found for code, found in (await _themes(commune, pcs)).items()}
    strategic = commune.objectives["os1"] = await factories.make_objective(commune, pst, title="Cohésion sociale")
    for number, (key, theme) in enumerate(PCS_ACTIONS.items(), 1):
        action = commune.actions[key] = await factories.make_action(
            commune, pcs, commune.objectives[f"pcs.{theme}"], title=key.title(), unit="social",
            status="inProgress",
        )  # fmt: skip
        if approach == "singleObjective":
            continue
        above = strategic
        if approach == "distributed":
            above = commune.objectives[f"os{number + 1}"] = await factories.make_objective(
                commune, pst, title=f"Politique {number}"
            )
        below = commune.objectives[f"oo{number}"] = await factories.make_objective(
            commune, pst, above, title=f"Axe {theme[0]}"
        )
        await factories.make_placement(commune, action, pst, below)
    if approach == "singleObjective":
        cover = commune.objectives["oo1"] = await factories.make_objective(
            commune, pst, strategic, title="Réaliser et assurer le suivi d’un PCS", covers_plan_id=pcs
        )
        commune.actions["report"] = await factories.make_action(commune, pst, cover, title="Faire rapport")


async def _themes(commune: "Commune", pcs: UUID) -> dict[str, UUID]:
    """The axes and themes of the PCS, which came with its programming period, by code."""
    async with commune.acting() as (connection, _):
        found = await connection.fetch(
            "select i.code, o.id from objective o join period_item i on i.id = o.period_item_id"
            " where o.workspace_id = $1 and o.plan_id = $2",
            commune.workspace_id,
            pcs,
        )
    return {row["code"]: row["id"] for row in found}
