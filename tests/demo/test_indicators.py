"""Each demonstration commune follows its actions for some years, so that charts and totals mean something."""

import pytest

from api.db import Database
from api.domain.queries.indicator_values import plan_indicator_values
from api.domain.schemas.indicator_values import PlanIndicatorValues
from api.domain.sql.reader import Reader
from api.identity.authentication import Caller, authorize

pytestmark = pytest.mark.usefixtures("demo")

GATHERED = {
    "haute-rive": {
        "Présences aux activités de lien social": "2187",
        "Aînés qui sortent au moins une fois par semaine en hiver": "35",
    },
    "trois-chenes": {"Logements créés ou remis en location": "11"},
    "val-fleuri": {"Présences aux activités du plan de cohésion sociale": "3913"},
}


async def values_in(database: Database, slug: str) -> PlanIndicatorValues:
    async with database.transaction() as connection:
        account = await connection.fetchval("select id from account where email = $1", f"administration@{slug}.example")
        actor = (await authorize(connection, Caller(account_id=account))).actor
        plan = await connection.fetchval(
            "select p.id from plan p join plan_type t on t.workspace_id = p.workspace_id and t.id = p.plan_type_id"
            " where p.workspace_id = $1 and t.reference_code = 'pst'",
            actor.workspace_id,
        )
        return await plan_indicator_values(connection, Reader(actor, "fr", ""), plan, explain=True)


@pytest.mark.parametrize("slug", GATHERED)
async def test_a_commune_follows_its_plan_with_totals_courses_and_judgements(database: Database, slug: str) -> None:
    told = await values_in(database, slug)
    by_title = {value.title: value for value in told.values}
    assert len(by_title) >= 12
    assert {title: by_title[title].value.value for title in GATHERED[slug]} == GATHERED[slug]
    assert sum(len(value.points) >= 3 for value in told.values) >= 8, "a course of several values"
    assert {value.pace for value in told.values} >= {"onTrack", "behind"}
    explained = [value.explanation for value in told.values if value.explanation]
    reasons = {exclusion.reason for explanation in explained for exclusion in explanation.exclusions}
    assert "notApproved" in reasons or slug == "val-fleuri", "a partner's value waits to be approved"
    whole = next(total for total in told.totals if total.objective_id is None)
    assert whole.count == whole.reached + whole.on_track + whole.behind + whole.not_computable
    assert whole.count >= 12
