"""Who may do what with a measurement in each of its states, said apart from the policy; through REST and GraphQL."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.domain.rules.measurement_statuses import STATE_MOVES
from tests.factories import change, make_action, make_partner, snapshot_of_everything
from tests.indicators.scene import BASE, Scene, ask, make_head, make_indicator, make_measurement, patch, read
from tests.rights.making import make_partnership

STATES = ("draft", "submitted", "approved", "returned")
CALLERS = ("coll", "coun", "admn", "cpas", "agnt", "head", "other", "prtn", "regn")
MOVES = """
move                   coll coun admn cpas agnt head other prtn regn
draft>submitted           -    -  yes    -  yes    -     -  yes    -
submitted>draft           -    -  yes    -  yes    -     -  yes    -
submitted>approved        -    -  yes    -    -  yes     -    -    -
submitted>returned        -    -  yes    -    -  yes     -    -    -
approved>returned         -    -  yes    -    -  yes     -    -    -
returned>submitted        -    -  yes    -  yes    -     -  yes    -
"""
"""The measurement is the partner's own, of an action that the agent's unit manages; the head manages none in person."""
WRITES = {
    "draft": {"admn", "agnt", "prtn"},
    "returned": {"admn", "agnt", "prtn"},
    "submitted": set(),
    "approved": set(),
}
"""Who may change its words, or remove it."""
CLOSED = {"submitted": {"admn", "agnt", "prtn"}, "approved": {"admn", "agnt"}}
"""Who might, were it open; what is approved here was written by the administration."""
READ = {"coll", "admn", "cpas", "agnt", "head", "other", "prtn"}


def _moves() -> dict[tuple[str, str], frozenset[str]]:
    heading, *lines = [line for line in MOVES.splitlines() if line.strip()]
    assert tuple(heading.split()[1:]) == CALLERS
    out = {}
    for line in lines:
        move, *cells = line.split()
        current, _, wanted = move.partition(">")
        out[current, wanted] = frozenset(c for c, cell in zip(CALLERS, cells, strict=True) if cell == "yes")
    return out


WHO_MOVES = _moves()
UPDATE = (
    "mutation ($id: UUID!, $version: Int!, $words: MeasurementPatch!)"
    " { updateMeasurement(id: $id, expectedVersion: $version, patch: $words) { state } }"
)
DELETE = "mutation ($id: UUID!, $version: Int!) { deleteMeasurement(id: $id, expectedVersion: $version) }"


async def at(scene: Scene, state: str) -> tuple[UUID, int]:
    """A measurement of its own indicator in that state, and its version."""
    measurement = await make_measurement(scene, await make_indicator(scene), state)
    return measurement, 2 if state == "returned" else 1


def test_the_table_knows_every_move_and_no_other() -> None:
    assert set(WHO_MOVES) == {(current.value, wanted.value) for current, to in STATE_MOVES.items() for wanted in to}


@pytest.mark.parametrize("state", STATES)
async def test_next_states_and_permitted_are_those_of_the_table_for_everybody(
    client: httpx.AsyncClient, scene: Scene, state: str
) -> None:
    measurement, _ = await at(scene, state)
    for caller in CALLERS:
        document = await read(client, scene, f"measurements/{measurement}", caller)
        assert (document is not None) == (caller in READ), caller
        query = f'{{ measurement(id: "{measurement}") {{ nextStates permitted }} }}'
        told = (await ask(client, scene, caller, query)).get("data")
        if document is None:
            assert told is None or told["measurement"] is None, caller
            continue
        assert told == {"measurement": {name: document[name] for name in ("nextStates", "permitted")}}, caller
        moves = {to for (current, to), who in WHO_MOVES.items() if current == state and caller in who}
        assert set(document["nextStates"]) == moves, caller
        writes = {"updateMeasurement", "deleteMeasurement"} if caller in WRITES[state] else set()
        assert set(document["permitted"]) == writes, caller


async def by_rest(
    client: httpx.AsyncClient, scene: Scene, caller: str, measurement: UUID, version: int, words: Any
) -> int:
    return (await patch(client, scene, f"measurements/{measurement}", caller, words, version)).status_code


async def by_graphql(
    client: httpx.AsyncClient, scene: Scene, caller: str, measurement: UUID, version: int, words: Any
) -> int:
    said = await ask(client, scene, caller, UPDATE, id=str(measurement), version=version, words=words)
    status: int = said["errors"][0]["extensions"]["status"] if "errors" in said else 200
    return status


@pytest.mark.parametrize("door", [by_rest, by_graphql])
@pytest.mark.parametrize("state", STATES)
async def test_every_move_of_the_table_succeeds_and_every_other_is_refused_and_changes_nothing(
    client: httpx.AsyncClient, scene: Scene, state: str, door: Any
) -> None:
    measurement, version = await at(scene, state)
    before = await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id)
    for caller in CALLERS:
        for wanted in set(STATES) - {state}:
            if caller not in WHO_MOVES.get((state, wanted), ()):
                words = {"state": wanted, "stateReason": "Vu"}
                status = await door(client, scene, caller, measurement, version, words)
                expected = (403, 404) if (state, wanted) in WHO_MOVES else (403, 404, 409)
                assert status in expected, (caller, wanted, status)
    assert await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id) == before
    for (current, wanted), who in WHO_MOVES.items():
        for caller in who if current == state else ():
            fresh, version = await at(scene, state)
            words = {"state": wanted, "stateReason": "Vu"}
            assert await door(client, scene, caller, fresh, version, words) == 200, (caller, wanted)


@pytest.mark.parametrize("state", STATES)
async def test_words_are_changed_and_removed_by_those_of_the_table_and_by_nobody_once_submitted(
    client: httpx.AsyncClient, scene: Scene, state: str
) -> None:
    for caller in CALLERS:
        for door in (by_rest, by_graphql):
            measurement, version = await at(scene, state)
            before = await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id)
            status = await door(client, scene, caller, measurement, version, {"value": "13"})
            if caller in WRITES[state]:
                assert status == 200, caller
            else:
                assert status in ((409,) if caller in CLOSED.get(state, ()) else (403, 404)), (caller, status)
                assert await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id) == before
        measurement, version = await at(scene, state)
        headers = {**scene.headers[caller], "If-Match": f'"{version}"'}
        answer = await client.delete(f"{BASE}/measurements/{measurement}", headers=headers)
        assert answer.is_success == (caller in WRITES[state]), (caller, answer.text)
        measurement, version = await at(scene, state)
        said = await ask(client, scene, caller, DELETE, id=str(measurement), version=version)
        assert ("errors" not in said) == (caller in WRITES[state]), (caller, said)


async def test_a_return_and_a_reopening_need_their_reason(client: httpx.AsyncClient, scene: Scene) -> None:
    for state in ("submitted", "approved"):
        measurement, _ = await at(scene, state)
        before = await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id)
        for words in ({"state": "returned"}, {"state": "returned", "stateReason": "  "}):
            answer = await patch(client, scene, f"measurements/{measurement}", "head", words)
            assert answer.status_code == 400
            assert answer.json()["issues"][0]["name"] == "stateReason"
        assert await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id) == before
        answer = await patch(
            client, scene, f"measurements/{measurement}", "head", {"state": "returned", "stateReason": "Deux mois"}
        )
        assert (answer.status_code, answer.json()["stateReason"]) == (200, "Deux mois")


async def test_a_reason_without_a_move_is_refused_instead_of_dropped(client: httpx.AsyncClient, scene: Scene) -> None:
    measurement, _ = await at(scene, "submitted")
    before = await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id)
    answer = await patch(client, scene, f"measurements/{measurement}", "admn", {"stateReason": "Deux mois"})
    assert (answer.status_code, answer.json()["issues"][0]["name"]) == (400, "stateReason")
    assert await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id) == before


async def test_what_is_written_as_approved_at_once_asks_for_the_right_to_approve(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    indicator = await make_indicator(scene)
    words = {"indicatorId": str(indicator), "measuredOn": "2026-01-31", "value": "1", "state": "approved"}
    before = await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id)
    for caller in ("agnt", "prtn", "cpas", "head"):
        answer = await client.post(f"{BASE}/measurements", json=words, headers=scene.headers[caller])
        assert answer.status_code == 403, (caller, answer.text)
    assert await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id) == before
    answer = await client.post(f"{BASE}/measurements", json=words, headers=scene.headers["admn"])
    assert (answer.status_code, answer.json()["state"]) == (201, "approved")


async def test_the_head_of_another_unit_or_a_former_head_approves_nothing(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    measurement, _ = await at(scene, "submitted")
    elsewhere = await make_head(scene.commune, "social")
    scene.headers["elsewhere"] = elsewhere
    answer = await patch(client, scene, f"measurements/{measurement}", "elsewhere", {"state": "approved"})
    assert answer.status_code == 403
    async with scene.commune.acting() as (connection, _actor):
        holding = await connection.fetchval(
            "select h.id from office_holding h join office o on o.workspace_id = h.workspace_id and o.id = h.office_id"
            " where h.workspace_id = $1 and o.unit_id = $2",
            scene.commune.workspace_id, scene.commune.units["social"],
        )  # fmt: skip
    action = await make_action(scene.commune, unit="social")
    other = await make_measurement_of(scene, action)
    await change(scene.commune, "officeHolding", holding, ends_on="2025-12-31")
    answer = await patch(client, scene, f"measurements/{other}", "elsewhere", {"state": "approved"})
    assert answer.status_code == 403


async def test_a_head_approves_until_the_day_on_which_the_office_ends(client: httpx.AsyncClient, scene: Scene) -> None:
    scene.headers["leaving"] = await make_head(scene.commune, "social")
    async with scene.commune.acting() as (connection, _actor):
        holding = await connection.fetchval(
            "select h.id from office_holding h join office o on o.workspace_id = h.workspace_id and o.id = h.office_id"
            " where h.workspace_id = $1 and o.unit_id = $2",
            scene.commune.workspace_id, scene.commune.units["social"],
        )  # fmt: skip
    measurement = await make_measurement_of(scene, await make_action(scene.commune, unit="social"))
    await change(scene.commune, "officeHolding", holding, ends_on="2099-12-31")
    answer = await patch(client, scene, f"measurements/{measurement}", "leaving", {"state": "approved"})
    assert answer.status_code == 200, answer.text


async def make_measurement_of(scene: Scene, action: UUID) -> UUID:
    await make_partnership(scene.commune, action, scene.partner, may_report_progress=True)
    return await make_measurement(scene, await make_indicator(scene, action_id=action), "submitted")


async def test_a_partner_reads_what_is_approved_and_its_own_and_submits_only_where_it_may_report(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    other = await make_partner(scene.commune.database)
    await make_partnership(scene.commune, scene.action, other, role="pilot")
    scene.headers["silent"] = scene.commune.as_("partner", organisation=other)
    indicator = await make_indicator(scene)
    approved = await make_measurement(scene, indicator, "approved", measured_on="2025-12-31")
    submitted = await make_measurement(scene, indicator, "submitted")
    listed = {}
    for caller in ("prtn", "silent"):
        page = await client.get(
            f"{BASE}/measurements?indicatorId={indicator}&total=true", headers=scene.headers[caller]
        )
        listed[caller] = {item["id"] for item in page.json()["items"]}
        assert page.json()["total"] == len(listed[caller])
        assert all(item["withheld"] == ["authorPersonId", "warnings"] for item in page.json()["items"])
    assert listed == {"prtn": {str(approved), str(submitted)}, "silent": {str(approved)}}
    words = {"indicatorId": str(indicator), "measuredOn": "2026-01-30", "value": "1"}
    answer = await client.post(f"{BASE}/measurements", json=words, headers=scene.headers["silent"])
    assert answer.status_code == 403
    await make_partnership(scene.commune, await make_action(scene.commune), other, role="pilot")
    answer = await client.get(f"{BASE}/indicators/{indicator}", headers=scene.headers["silent"])
    assert (answer.status_code, answer.json()["withheld"]) == (200, ["contributesToIds"])
