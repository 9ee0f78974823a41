"""Communes of each approach, with policies under which their PCS actions could be distributed."""

from api.db import Database
from tests.factories import Commune, change, make_commune, make_objective

APPROACHES = ("singleObjective", "grouped", "distributed")


async def commune_with(database: Database, approach: str) -> Commune:
    """A commune of that approach, with policies under which its PCS actions could be distributed."""
    commune = await make_commune(database, approach)
    async with commune.acting() as (connection, _):
        mobility = await connection.fetchval(
            "select id from domain where workspace_id = $1 and reference_code = 'mobility'", commune.workspace_id
        )
    above = await make_objective(
        commune, commune.plans["pst"], title="Une mobilité aisée pour tous", domain_ids=[mobility]
    )
    commune.objectives["bus"] = await make_objective(
        commune, commune.plans["pst"], above, title="Développer les navettes et shuttles", domain_ids=[mobility]
    )
    commune.objectives["digital"] = await make_objective(
        commune, commune.plans["pst"], title="Des espaces publics numériques (space)"
    )
    await change(commune, "action", commune.actions["shuttle"], domain_ids=[mobility])
    return commune
