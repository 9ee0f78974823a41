"""A commune of a thousand actions is read in as many statements as one of ten."""

from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import Commune, make_action, make_commune, make_objective, make_plan, statements

SIZES = (10, 1_000)
MAKE = """
with made as (insert into action (workspace_id, id, organisation_id, title, kind, status, progress, health, priority,
        department, is_synergy, audience, is_on_roadmap, places, keywords)
    select $1, gen_random_uuid(), $2, 'Action ' || n, 'project', 'inProgress', n % 101, 'good', 0, 'municipality',
        false, 'public', false, '{}', '{}' from generate_series(1, $3) n returning id),
claimed as (insert into plan_action (workspace_id, id, plan_id, action_id)
    select $1, gen_random_uuid(), $4, id from made returning action_id),
placed as (insert into placement (workspace_id, id, plan_id, action_id, objective_id, weight, is_main, state, position)
    select $1, gen_random_uuid(), $4, action_id, $5, 1, true, 'active', 'a' || action_id from claimed returning 1),
followed as (insert into indicator (workspace_id, id, action_id, title, kind, nature, quantity, is_cumulative,
        direction, position)
    select $1, gen_random_uuid(), action_id, 'Suivi', 'output', 'measure', 'number', false, 'up', 'a'
    from (select action_id, row_number() over () as n from claimed) x where n % 3 = 0 returning id, action_id),
aimed as (insert into indicator_target (workspace_id, indicator_id, due_by, value)
    select $1, id, date '2026-12-31', 10 from followed),
measured as (insert into measurement (workspace_id, id, indicator_id, action_id, measured_on, value, state,
        organisation_id, author_role)
    select $1, gen_random_uuid(), id, action_id, date '2026-01-31' + month * 28, month, 'approved', $2, 'administration'
    from followed, generate_series(0, 2) month)
insert into budget_line (workspace_id, id, action_id, fiscal_year, source, service, nature, planned)
select $1, gen_random_uuid(), action_id, 2026, 'wallonia', 'ordinary', 'expense', 10.01 from claimed
"""


async def make_large(commune: Commune, size: int) -> UUID:
    """A plan of so many actions, entered at once as an import would."""
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan, await make_objective(commune, plan))
    await make_action(commune, plan, objective)
    async with commune.acting() as (connection, _):
        await connection.execute(MAKE, commune.workspace_id, commune.municipality, size, plan, objective)
    return plan


@pytest.fixture(scope="module")
async def plans(database: Database) -> list[tuple[Commune, UUID]]:
    communes = [await make_commune(database) for _ in SIZES]
    return [(commune, await make_large(commune, size)) for commune, size in zip(communes, SIZES, strict=True)]


@pytest.mark.parametrize(
    "path",
    [
        "actions?planId={plan}&pageSize=200", "objectives?planId={plan}", "plans/{plan}/tree",
        "plans/{plan}/totals?groupBy=fiscalYear&groupBy=source", "plans/{plan}/progress", "plans/{plan}/quality",
        "plans/{plan}/indicatorValues", "plans/{plan}/indicatorValues?explain=true", "totals", "transversal",
    ],
)  # fmt: skip
async def test_a_thousand_actions_are_read_in_as_many_statements_as_ten(
    client: httpx.AsyncClient, database: Database, plans: list[tuple[Commune, UUID]], path: str
) -> None:
    (commune, plan), sent = plans[0], []
    await client.get(f"/pst/v1/{path.format(plan=plan)}", headers=commune.as_("college"))  # the driver learns its types
    for commune, plan in plans:
        with statements(database) as said:
            answer = await client.get(f"/pst/v1/{path.format(plan=plan)}", headers=commune.as_("administration"))
        assert answer.status_code == 200, answer.text
        sent.append(len(said))
    assert sent[0] == sent[1] <= 3, sent


async def test_a_thousand_amounts_are_summed_to_the_cent(
    client: httpx.AsyncClient, plans: list[tuple[Commune, UUID]]
) -> None:
    commune, plan = plans[1]
    told = (await client.get(f"/pst/v1/plans/{plan}/totals", headers=commune.as_("college"))).json()
    assert (told["total"]["expensesPlanned"], told["actionCount"]) == ("10010.00", 1001)


async def test_hundreds_of_measured_indicators_are_told_with_their_latest_value(
    client: httpx.AsyncClient, plans: list[tuple[Commune, UUID]]
) -> None:
    commune, plan = plans[1]
    told = (await client.get(f"/pst/v1/plans/{plan}/indicatorValues", headers=commune.as_("college"))).json()
    found = [(each["value"]["value"], each["achievement"]["value"], len(each["points"])) for each in told["values"]]
    assert (len(found), set(found)) == (333, {found[0]})
    assert (found[0][0], found[0][2]) == ("2", 3)
