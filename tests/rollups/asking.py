"""What the product says counts, read as somebody of the commune."""

from fractions import Fraction
from uuid import UUID

from api.db import Connection
from api.domain.actor import Actor
from api.domain.sql.counted_actions import counted_actions_sql
from api.domain.sql.reader import Reader
from tests.factories import Commune

Counted = dict[tuple[UUID | None, UUID], Fraction]


async def counted_as(
    commune: Commune, plan: UUID, role: str = "administration", house: str = "municipality"
) -> Counted:
    """The share of each counted action under each objective of the plan, and in the plan (None)."""
    async with commune.acting(role, house) as (connection, actor):
        return await counted_in(connection, actor, plan)


async def counted_in(connection: Connection, actor: Actor, plan: UUID) -> Counted:
    reader = Reader(actor, "fr", "")
    bound = reader.binds.apart(plan, "uuid")
    sql = f"with recursive {counted_actions_sql(reader, bound)} select * from counted"
    found = await connection.fetch(sql, *reader.binds.values)
    shares = {(r["objective_id"], r["action_id"]): Fraction(r["numerator"], r["denominator"]) for r in found}
    assert len(shares) == len(found), "an action counts once per total"
    return shares
