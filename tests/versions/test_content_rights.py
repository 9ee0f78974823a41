"""What a version holds is read by the rights of today: rows and fields, while its hash stays to be verified."""

import hashlib
import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import (
    Commune,
    change,
    make,
    make_action,
    make_commune,
    make_objective,
    make_plan,
    snapshot_of_everything,
)

BASE = "/pst/v1"


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


async def content_of(client: httpx.AsyncClient, commune: Commune, version: UUID, house: str) -> tuple[bytes, Any]:
    headers = commune.as_("administration", house)
    answer = await client.get(f"{BASE}/planVersions/{version}/content", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.content, answer.json()


def ids(content: dict[str, Any], name: str) -> set[str]:
    return {row["id"] for row in content[name]}


async def test_a_co_owner_reads_no_restricted_action_of_the_other_house_nor_what_hangs_on_it(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    plan = await make_plan(commune, owners=[commune.cpas])
    objective = await make_objective(commune, plan)
    kept = await make_action(
        commune, plan, objective, title="Licenciement", internal_note="Entre nous", estimate="999.00",
        audience="restricted",
    )  # fmt: skip
    shown = await make_action(commune, plan, objective, title="Rampe", internal_note="À nous tous")
    money: dict[str, Any] = {"fiscal_year": 2026, "source": "wallonia", "service": "ordinary", "planned": "123.00"}
    lines = [await make(commune, "budgetLine", action_id=action, **money) for action in (kept, shown)]
    version = await make(commune, "planVersion", plan_id=plan)
    whole, own = await content_of(client, commune, version, "municipality")
    told, theirs = await content_of(client, commune, version, "cpas")
    document = await client.get(f"{BASE}/planVersions/{version}", headers=commune.as_("administration"))
    assert hashlib.sha256(whole).hexdigest() == document.json()["sha256"]
    assert "withheld" not in own
    assert (ids(own, "action"), ids(theirs, "action")) == ({str(kept), str(shown)}, {str(shown)})
    assert (ids(own, "budgetLine"), ids(theirs, "budgetLine")) == ({str(line) for line in lines}, {str(lines[1])})
    for secret in (str(kept), "Licenciement", "Entre nous", "999.00"):
        assert secret not in told.decode(), secret
    assert theirs["withheld"] == {"action": 1, "planAction": 1, "placement": 1, "budgetLine": 1}
    assert ids(theirs, "objective") == ids(own, "objective") == {str(objective)}


async def test_what_is_narrowed_later_is_no_longer_told_by_older_versions(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    plan = await make_plan(commune, owners=[commune.cpas])
    action = await make_action(commune, plan, audience="council", internal_note="Plus tard")
    version = await make(commune, "planVersion", plan_id=plan)
    assert "withheld" not in (await content_of(client, commune, version, "cpas"))[1]
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    for house in ("municipality", "cpas"):
        await content_of(client, commune, version, house)
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before
    await change(commune, "action", action, audience="restricted")
    assert "Plus tard" not in (await content_of(client, commune, version, "cpas"))[0].decode()
    assert "withheld" not in (await content_of(client, commune, version, "municipality"))[1]


async def test_a_row_removed_since_is_told_where_what_it_hung_on_is_read(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    plan = await make_plan(commune, owners=[commune.cpas])
    actions = {a: await make_action(commune, plan, audience=a) for a in ("public", "restricted")}
    money: dict[str, Any] = {"fiscal_year": 2026, "source": "wallonia", "service": "ordinary", "planned": "123.00"}
    lines = {a: await make(commune, "budgetLine", action_id=action, **money) for a, action in actions.items()}
    version = await make(commune, "planVersion", plan_id=plan)
    headers = commune.as_("administration")
    for line in lines.values():
        gone = await client.delete(f"{BASE}/budgetLines/{line}", headers={**headers, "If-Match": '"1"'})
        assert gone.status_code == 204, gone.text
    assert ids((await content_of(client, commune, version, "cpas"))[1], "budgetLine") == {str(lines["public"])}
    whole, own = await content_of(client, commune, version, "municipality")
    assert ids(own, "budgetLine") == {str(line) for line in lines.values()}
    assert json.loads(whole) == own
