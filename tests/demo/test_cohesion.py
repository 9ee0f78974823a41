"""What the demonstration shows of cohesion: no screen of a PCS is empty."""

import pytest

from api.db import Database
from api.domain.queries.diagnostic import diagnostic
from api.domain.queries.dpc_coverage import dpc_coverage
from api.domain.queries.pcs_report import pcs_report
from api.domain.sql.reader import Reader
from tests.demo.test_conversions import EXAMPLES, administration_of

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize("slug", EXAMPLES)
async def test_each_commune_has_partners_bound_people_reached_and_a_declaration(database: Database, slug: str) -> None:
    async with administration_of(database, slug) as (connection, actor, _):
        pcs = await connection.fetchval(
            "select p.id from plan p join plan_type k on k.workspace_id = p.workspace_id and k.id = p.plan_type_id"
            " where p.workspace_id = $1 and k.reference_code = 'pcs'", actor.workspace_id,
        )  # fmt: skip
        report = await pcs_report(connection, Reader(actor, "fr", ""), pcs)
        assert report.agreements
        assert any(agreement.is_after_period for agreement in report.agreements)
        assert {reached.counted for reached in report.beneficiaries} == {"persons", "attendances"}
        assert report.committee
        assert all(action.target_groups for action in report.actions)
        told = await diagnostic(connection, Reader(actor, "fr", ""), pcs)
        assert {line.state for line in told.checklist} >= {"met", "notMet"}
        assert told.beyond_period
        dpc = await connection.fetchval("select id from dpc where workspace_id = $1", actor.workspace_id)
        covered = await dpc_coverage(connection, Reader(actor, "fr", ""), dpc)
        assert 0 < covered.covered_count < covered.item_count
