"""For generated communes, whatever is converted and undone: nothing but where the PST puts its actions changes.

Not the set of actions, not a cent of a budget, no partner, finding or count, not the PCS report, no entry of the
journal written before. And an action in several plans is counted once in every total, before and after.
"""

import json
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.db import Connection, Database
from api.domain.commands.articulation import convert_articulation
from api.domain.commands.articulation_undo import undo_conversion
from api.domain.queries.articulation_answers import preview
from api.domain.queries.pcs_report import pcs_report
from api.domain.queries.totals import plan_totals
from api.domain.queries.transversal import transversal
from api.domain.rules.articulation.detection import Target
from api.domain.schemas.articulation import ConversionRequest
from api.domain.schemas.transversal import ColumnKind, RowKind
from api.domain.sql.reader import Reader
from tests.articulation.generated import Generated, Words, communes, reference_of, write
from tests.world import world_of

STEPS = st.lists(st.sampled_from([*Target, "undo"]), min_size=1, max_size=5)
CONVERTED = frozenset(
    {"objective", "objective_domain", "placement", "plan_action", "journal_entry", "journal_counter",
     "articulation_conversion", "articulation_conversion_row"}
)  # fmt: skip
"""What a conversion writes; of the shared ones, the rows of other plans are compared apart."""


IMAGES = """
select e.entity, e.image::text from (
    select 'objective' as entity, to_jsonb(t) as image from objective t where workspace_id = $1
    union all select 'placement', to_jsonb(t) from placement t where workspace_id = $1
    union all select 'planAction', to_jsonb(t) from plan_action t where workspace_id = $1) e
"""


class Undone(Exception):
    """Ends a transaction without a trace."""


async def tables_of(connection: Connection) -> list[str]:
    rows = await connection.fetch(
        "select c.table_name from information_schema.columns c join information_schema.tables t"
        " using (table_schema, table_name) where c.table_schema = 'public' and t.table_type = 'BASE TABLE'"
        " and c.column_name = 'workspace_id' order by 1"
    )
    return [row[0] for row in rows if row[0] not in CONVERTED and not row[0].startswith("articulation")]


async def untouched(made: Generated, tables: list[str], position: int) -> Words:
    """Everything that a conversion must leave as it is."""
    fetch, digest = made.connection.fetch, "md5(coalesce(string_agg(t::text, '|' order by t::text), ''))"
    parts = [f"select '{t}' as name, {digest} as digest from {t} t where workspace_id = $1" for t in tables]
    parts += [
        f"select '{t} elsewhere', {digest} from {t} t where workspace_id = $1 and plan_id <> $2"
        for t in ("placement", "plan_action", "objective")
    ]
    parts.append(f"select 'history', {digest} from journal_entry t where workspace_id = $1 and position <= $3")
    rows = await fetch(" union all ".join(parts), made.workspace, made.ids["pst"], position)
    report = await pcs_report(made.connection, _reader(made), made.ids["pcs"])
    view = await transversal(made.connection, _reader(made), RowKind.PLAN, ColumnKind.RIGHT)
    return {row[0]: row[1] for row in rows} | {"report": report.model_dump(), "total": view.total.model_dump()}


def _reader(made: Generated) -> Reader:
    return Reader(made.actor, "fr", "")


async def convert(made: Generated, to: Target) -> UUID | None:
    """Convert with every unmatched action under its best suggestion; None where there is no room for one."""
    told = await preview(made.connection, _reader(made), made.ids["pst"], to, made.ids["pcs"], {})
    if any(not each.suggestions for each in told.unmatched):
        return None
    assignments = [
        {"actionId": str(each.action_id), "objectiveId": str(each.suggestions[0].objective_id)}
        for each in told.unmatched
    ]
    said = {"to": to, "withPlanId": str(made.ids["pcs"]), "assignments": assignments}
    words = ConversionRequest.model_validate(said)
    return await convert_articulation(made.connection, made.actor, made.ids["pst"], words, told.basis)


async def once(made: Generated, told: Words) -> None:
    """The totals count an action once, however many plans claim it and wherever it stands."""
    view = await transversal(made.connection, _reader(made), RowKind.PLAN, ColumnKind.DOMAIN)
    counted = [a for a in told["actions"] if a["status"] not in ("draft", "cancelled") and not a["is_archived"]]
    planned = sum(
        (100 * _cents(line["planned"]) for a in counted for line in a["lines"] if line["nature"] == "expense"), 0
    )
    assert (view.total.count, 100 * _cents(view.total.budget_planned)) == (len(counted), planned)
    report = await pcs_report(made.connection, _reader(made), made.ids["pcs"])
    assert len({a.action_id for a in report.actions}) == len(report.actions)
    assert len(report.actions) == sum(a["is_pcs"] for a in counted)


def _cents(euro: str) -> int:
    return int(euro.replace(".", ""))


async def images(made: Generated) -> list[tuple[str, Words]]:
    """Every row of every plan that a conversion may write, but for its version."""
    rows = [(row[0], json.loads(row[1])) for row in await made.connection.fetch(IMAGES, made.workspace)]
    return sorted(
        ((entity, {k: v for k, v in row.items() if k not in ("version", "updated_at")}) for entity, row in rows),
        key=lambda one: one[1]["id"],
    )


async def figures(made: Generated) -> Words:
    """What the totals of each plan say."""
    return {
        name: json.loads(await plan_totals(made.connection, _reader(made), made.ids[name], ()))
        for name in ("pst", "pcs", "third")
    }


async def whole(made: Generated) -> None:
    """While an action stands in a plan, its shares make a whole and one place is the main one."""
    broken = await made.connection.fetch(
        "select action_id from placement where workspace_id = $1 and state = 'active' group by plan_id, action_id"
        " having sum(weight) = 0 or count(*) filter (where is_main) <> 1", made.workspace,
    )  # fmt: skip
    assert broken == []


async def go_through(connection: Connection, database: Database, told: Words, steps: list[Any]) -> int:
    """Write the commune, take the steps, and hold everything against what was; answers how many were taken."""
    world = world_of(database)
    made = await write(connection, world, await reference_of(connection, world), told)
    tables = await tables_of(connection)
    position = await connection.fetchval("select position from journal_counter where workspace_id = $1", made.workspace)
    before = await untouched(made, tables, position)
    await once(made, told)
    done: list[tuple[UUID, list[Any], Words]] = []
    taken = 0
    for step in steps:
        if step == "undo" and done:
            conversion, standing, said = done.pop()
            await undo_conversion(connection, made.actor, made.ids["pst"], conversion)
            assert await images(made) == standing
            assert await figures(made) == said
        elif step != "undo":
            standing, said = await images(made), await figures(made)
            if (made_now := await convert(made, step)) is not None:
                done.append((made_now, standing, said))
        taken += 1
        assert await untouched(made, tables, position) == before
        await whole(made)
    await once(made, told)
    return taken


@settings(max_examples=100, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(communes(), STEPS)
async def test_converting_and_undoing_change_nothing_but_where_the_pst_puts_its_actions(
    database: Database, told: Words, steps: list[Any]
) -> None:
    try:
        async with database.transaction() as connection:
            assert await go_through(connection, database, told, steps) == len(steps)
            raise Undone
    except Undone:
        pass
