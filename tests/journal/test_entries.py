"""An entry says who changed what, from what to what, without naming persons."""

import json
from typing import Any

import httpx
import pytest

from api.db import Database
from api.demo.directory import make as make_document
from api.domain.identifiers import DIRECTORY
from tests.factories import Commune, make, make_commune, make_partner, snapshot_of_everything, world_of
from tests.journal.entries import assert_chained, assert_gapless, entries_of, position_of

SECRETS = ("Zéphyrine", "Vandenborre-Quaghebeur", "zephyrine@secret.example", "0499/00.00.99")


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database, approach="grouped")


async def changed(
    client: httpx.AsyncClient, commune: Commune, path: str, words: dict[str, Any], role: str = "administration"
) -> httpx.Response:
    headers = commune.as_(role)
    tag = (await client.get(f"/pst/v1/{path}", headers=headers)).headers["ETag"]
    return await client.patch(f"/pst/v1/{path}", json=words, headers={**headers, "If-Match": tag})


async def test_an_entry_says_who_when_by_which_command_and_what_changed(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    action = commune.actions["space"]
    first = await position_of(database, commune.workspace_id)
    answer = await changed(client, commune, f"actions/{action}", {"title": "Autre", "priority": 2})
    (entry,) = (await entries_of(database, commune.workspace_id))[first:]
    before, after = entry["before"], entry["after"]
    assert {k for k in after if before[k] != after[k]} == {"title", "priority", "version", "updated_at"}
    assert (after["title"], after["priority"], after["version"]) == ("Autre", 2, answer.json()["version"])
    assert (entry["command"], entry["entity"], entry["entity_id"]) == ("updateAction", "action", str(action))
    assert entry["account_id"] == str(commune.account("administration"))
    assert (entry["client_id"], entry["roles"], entry["origin"]) == (None, ["administration"], "api")
    assert set(entry["plan_ids"]) == {str(commune.plans["pst"]), str(commune.plans["pcs"])}
    assert str(commune.municipality) in entry["organisation_ids"]
    read = await client.get(
        "/pst/v1/journalEntries", params={"sort": "-position", "pageSize": 1}, headers=commune.as_("administration")
    )
    assert read.json()["items"][0]["id"] == entry["id"]


async def test_a_command_that_changes_several_things_records_each(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    action = await make(commune, "action", title="Parc", organisation_id=commune.municipality)
    first = await position_of(database, commune.workspace_id)
    words = {"actionId": str(action), "planId": str(commune.plans["pst"])}
    answer = await client.post("/pst/v1/placements", json=words, headers=commune.as_("administration"))
    assert answer.status_code == 201
    new = (await entries_of(database, commune.workspace_id))[first:]
    assert [(e["command"], e["entity"], e["before"]) for e in new] == [
        ("createPlacement", "planAction", None),
        ("createPlacement", "placement", None),
    ]


async def test_a_partner_is_concerned_by_the_actions_it_takes_part_in(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    partner = await make_partner(database)
    action = commune.actions["shuttle"]
    async with commune.acting() as (connection, actor):
        words = {"action_id": action, "organisation_id": partner, "role": "contributor", "state": "agreed"}
        await make_document(connection, actor, "partnership", **words)
    await changed(client, commune, f"actions/{action}", {"priority": 1})
    entry = (await entries_of(database, commune.workspace_id))[-1]
    assert str(partner) in entry["organisation_ids"]


async def test_personal_data_never_enter_the_journal(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    given, family, email, phone = SECRETS
    person = await make(commune, "person", kind="agent", family_name=family, given_name=given, email=email, phone=phone)
    renamed = await changed(client, commune, f"persons/{person}", {"familyName": family + "-Dubois"})
    assert renamed.status_code == 200
    partner = await make(
        commune, "partner", organisation_id=await make_partner(database), contact_name=f"{given} {family}",
        contact_email=email,
    )  # fmt: skip
    assert (await changed(client, commune, f"partners/{partner}", {"contactName": family})).status_code == 200
    words = {"email": email, "displayName": f"{given} {family}", "password": "a long enough sentence"}
    answer = await client.post("/pst/v1/accounts", json=words, headers=commune.as_("administration"))
    assert answer.status_code == 201
    for stream in (commune.workspace_id, DIRECTORY):
        text = json.dumps(await entries_of(database, stream), ensure_ascii=False)
        assert [secret for secret in SECRETS if secret in text] == []
        assert "argon2" not in text


async def test_a_change_of_personal_data_alone_is_recorded_without_it(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    person = commune.persons["works"]
    first = await position_of(database, commune.workspace_id)
    assert (await changed(client, commune, f"persons/{person}", {"familyName": "Nouveau"})).status_code == 200
    (entry,) = (await entries_of(database, commune.workspace_id))[first:]
    assert {k for k in entry["after"] if entry["before"][k] != entry["after"][k]} == {"version", "updated_at"}
    assert (await changed(client, commune, f"persons/{person}", {"familyName": "Nouveau"})).status_code == 200
    assert await position_of(database, commune.workspace_id) == first + 1


async def test_what_is_refused_records_nothing(client: httpx.AsyncClient, commune: Commune, database: Database) -> None:
    action, headers = commune.actions["space"], commune.as_("administration")
    path = f"/pst/v1/actions/{action}"
    before = await snapshot_of_everything(database, commune.workspace_id)

    async def status(method: str, path: str, words: Any, **more: str) -> int:
        answer = await client.request(method, path, json=words, headers={**headers, "If-Match": '"1"', **more})
        return answer.status_code

    assert await status("PATCH", path, {"status": "draft"}) == 409
    assert await status("PATCH", path, {"progress": 101}) == 400
    assert await status("PATCH", path, {"plannedStart": "2026-02-01", "plannedEnd": "2026-01-01"}) == 400
    assert await status("PATCH", path, {"title": "x"}, **{"If-Match": '"7"'}) == 412
    assert await status("PATCH", path, {"title": "x"}, **commune.as_("council")) in (403, 404)
    assert await status("PATCH", path, {"title": "x"}, **commune.as_("administration", "cpas")) == 403
    assert await status("DELETE", path, None) == 409
    assert await status("POST", "/pst/v1/placements", {"actionId": str(action), "planId": str(action)}) == 400
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_a_removed_thing_leaves_its_last_image(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    task = await make(commune, "task", action_id=commune.actions["space"], title="À retirer")
    headers = {**commune.as_("administration"), "If-Match": '"1"'}
    assert (await client.delete(f"/pst/v1/tasks/{task}", headers=headers)).status_code == 204
    entry = (await entries_of(database, commune.workspace_id))[-1]
    assert (entry["command"], entry["after"], entry["before"]["title"]) == ("deleteTask", None, "À retirer")
    assert entry["entity_version"] == 2


async def test_global_rows_have_a_stream_of_their_own(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    own = await position_of(database, commune.workspace_id)
    directory = await position_of(database, DIRECTORY)
    words = {"name": "ASBL du quartier", "kind": "nonprofit"}
    made = await client.post("/pst/v1/organisations", json=words, headers=commune.as_("administration"))
    path = f"organisations/{made.json()['id']}"
    assert (await changed(client, commune, path, {"website": "quartier.example"})).status_code == 200
    operator = world_of(database).operator
    term = {"code": f"x{directory}", "labels": {"fr": "Essai"}, "startsOn": "2040-01-01", "endsOn": "2045-12-31"}
    assert (await client.post("/pst/v1/terms", json=term, headers=operator)).status_code == 201
    entries = await entries_of(database, DIRECTORY)
    assert [(e["command"], e["roles"]) for e in entries[directory:]] == [
        ("createOrganisation", ["administration"]),
        ("updateOrganisation", ["administration"]),
        ("createTerm", ["operator"]),
    ]
    assert await position_of(database, commune.workspace_id) == own
    assert_gapless(entries)
    # Only what was made here: other tests plant accounts in the directory by hand, beside the journal.
    assert_chained(entries[directory:])
