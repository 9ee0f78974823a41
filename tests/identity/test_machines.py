"""Machines belong to whoever made them, get their secret once, and are stopped at once."""

from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from api.db import Database
from api.domain.commands.clients import issue_secret
from api.domain.errors import Conflict, Forbidden, NotFound
from api.identity.authentication import Caller, authorize
from api.identity.signatures import public_jwk
from tests.identity.people import Commune, Somebody, commune, counts, operator, signed_in
from tests.identity.town import Town

TABLES = ("client", "client_unit")
GOOD: dict[str, Any] = {"name": "Site de la commune", "role": "agent", "scopes": ["plans:read", "actions:read"]}


async def machine(home: Commune, **words: Any) -> dict[str, Any]:
    answer = await home.admin.post("clients", **{**GOOD, "organisationId": str(home.house), **words})
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    return document


async def partner(client: httpx.AsyncClient, town: Town, *, is_administrator: bool = True) -> Somebody:
    organisation, account = await town.organisation(), await town.account()
    await town.put(
        "organisation_member",
        organisation_id=organisation,
        account_id=account,
        is_administrator=is_administrator,
    )
    return await signed_in(client, town, account, f"organisation/{organisation}")


async def secret_for(
    database: Database, somebody: Somebody, identifier: str, overlap: timedelta = timedelta(hours=1)
) -> str:
    """A new secret, asked by a person where they act."""
    place = somebody.headers.get("Pst-Acting-As", "/").split("/")
    kind, place_id = place[0], UUID(place[1]) if place[1] else None
    who = Caller(
        account_id=somebody.account,
        workspace_id=place_id if kind == "workspace" else None,
        organisation_id=place_id if kind == "organisation" else None,
    )
    async with database.transaction() as connection:
        actor = (await authorize(connection, who)).actor
        return (await issue_secret(connection, actor, UUID(identifier), overlap=overlap)).secret


async def token(client: httpx.AsyncClient, identifier: str, secret: str) -> httpx.Response:
    proof = b64encode(f"{identifier}:{secret}".encode()).decode()
    return await client.post(
        "/oauth/token", data={"grant_type": "client_credentials"}, headers={"Authorization": f"Basic {proof}"}
    )


async def test_a_machine_of_a_commune_is_made_gets_its_secret_and_reads(
    client: httpx.AsyncClient, database: Database, town: Town
) -> None:
    home = await commune(client, town)
    unit = await town.unit(home.workspace, home.house)
    made = await machine(home, unitIds=[str(unit)])
    assert (made["ownerKind"], made["ownerWorkspaceId"]) == ("workspace", str(home.workspace))
    assert (made["unitIds"], made["secretHint"], made["isDisabled"]) == ([str(unit)], None, False)
    assert made["scopes"] == ["actions:read", "plans:read"]
    secret = await secret_for(database, home.admin, made["id"])
    read = await home.admin.get(f"clients/{made['id']}")
    assert read.json()["secretHint"] == secret[-4:]
    assert read.json()["version"] == 2
    assert "hash" not in read.text.casefold()
    assert secret not in read.text
    bearer = {"Authorization": f"Bearer {(await token(client, made['id'], secret)).json()['access_token']}"}
    units = await client.get("/pst/v1/units", headers=bearer)
    assert [item["id"] for item in units.json()["items"]] == [str(unit)]
    emptied = await home.admin.patch(f"clients/{made['id']}", unitIds=[], name="Autre")
    assert (emptied.json()["unitIds"], emptied.json()["name"]) == ([], "Autre")


async def test_two_secrets_live_during_a_rotation_and_never_three(
    client: httpx.AsyncClient, database: Database, town: Town
) -> None:
    home = await commune(client, town)
    made = await machine(home)
    first = await secret_for(database, home.admin, made["id"])
    assert (await home.admin.get(f"clients/{made['id']}")).json()["previousSecretUntil"] is None
    second = await secret_for(database, home.admin, made["id"])
    assert (await home.admin.get(f"clients/{made['id']}")).json()["previousSecretUntil"] is not None
    assert [(await token(client, made["id"], s)).status_code for s in (first, second)] == [200, 200]
    third = await secret_for(database, home.admin, made["id"])
    statuses = [(await token(client, made["id"], s)).status_code for s in (first, second, third)]
    assert statuses == [401, 200, 200]
    leaked = await secret_for(database, home.admin, made["id"], timedelta(0))
    statuses = [(await token(client, made["id"], s)).status_code for s in (second, third, leaked)]
    assert statuses == [401, 401, 200]


async def test_the_journal_holds_neither_secret_nor_hash(
    client: httpx.AsyncClient, database: Database, town: Town
) -> None:
    home = await commune(client, town)
    made = await machine(home)
    secret = await secret_for(database, home.admin, made["id"])
    await home.admin.patch(f"clients/{made['id']}", isDisabled=True)
    async with database.connection() as connection:
        entries = await connection.fetch(
            "select command, before::text || coalesce(after::text, '') as images, after::text as after,"
            " account_id from journal_entry where entity_id = $1 order by position",
            UUID(made["id"]),
        )
        kept = await connection.fetchval(
            "select encode(secret_hash, 'hex') from client where id = $1", UUID(made["id"])
        )
    assert [entry["command"] for entry in entries] == ["createClient", "issueSecret", "updateClient"]
    for entry in entries:
        assert entry["account_id"] == home.admin.account
        for hidden in (secret, kept, "_hash"):
            assert hidden not in f"{entry['images']}{entry['after']}"


async def test_a_disabled_machine_is_out_at_once_and_may_come_back(
    client: httpx.AsyncClient, database: Database, town: Town
) -> None:
    home, boss = await commune(client, town), await operator(client, town)
    made = await machine(home)
    secret = await secret_for(database, home.admin, made["id"])
    bearer = {"Authorization": f"Bearer {(await token(client, made['id'], secret)).json()['access_token']}"}
    path = f"clients/{made['id']}"
    stopped = await boss.patch(path, isDisabled=True)
    assert stopped.status_code == 200, stopped.text
    assert (await client.get("/pst/v1/units", headers=bearer)).status_code == 401
    assert (await token(client, made["id"], secret)).status_code == 401
    with pytest.raises(Conflict):
        await secret_for(database, home.admin, made["id"])
    assert (await boss.patch(path, isDisabled=False)).status_code == 403
    assert (await home.admin.patch(path, isDisabled=False)).json()["isDisabled"] is False
    assert (await client.get("/pst/v1/units", headers=bearer)).status_code == 200


async def test_the_operator_may_stop_the_machine_of_a_commune_and_never_become_it(
    client: httpx.AsyncClient, database: Database, town: Town
) -> None:
    home, boss = await commune(client, town), await operator(client, town)
    made = await machine(home)
    before = await counts(town, *TABLES)
    with pytest.raises(Forbidden):
        await secret_for(database, boss, made["id"])
    jwk = public_jwk(ec.generate_private_key(ec.SECP256R1()).public_key())
    for words in (
        {"jwks": {"keys": [jwk]}},
        {"scopes": ["admin"]},
        {"name": "Mine"},
        {"isDisabled": True, "name": "Mine"},
    ):
        assert (await boss.patch(f"clients/{made['id']}", **words)).status_code == 403, words
    assert await counts(town, *TABLES) == before


async def test_nobody_reaches_the_machines_of_another(
    client: httpx.AsyncClient, database: Database, town: Town
) -> None:
    home, elsewhere, body = (
        await commune(client, town),
        await commune(client, town),
        await partner(client, town),
    )
    made = await machine(home)
    before = await counts(town, *TABLES)
    for stranger in (elsewhere.admin, body):
        assert (await stranger.get(f"clients/{made['id']}")).status_code == 404
        assert (await stranger.patch(f"clients/{made['id']}", 1, isDisabled=True)).status_code == 404
        assert (await stranger.get("clients")).json()["items"] == []
        with pytest.raises(NotFound):
            await secret_for(database, stranger, made["id"])
    colleague = await home.person("administration")
    assert (await colleague.get("clients")).status_code == 403
    assert (await colleague.post("clients", **GOOD, organisationId=str(home.house))).status_code == 403
    assert await counts(town, *TABLES) == before


async def test_a_partner_s_administrator_makes_its_machines_and_its_members_do_not(
    client: httpx.AsyncClient, database: Database, town: Town
) -> None:
    body, member = await partner(client, town), await partner(client, town, is_administrator=False)
    words = {"name": "Agenda", "role": "partner", "scopes": ["actions:read"]}
    made = await body.post("clients", **words)
    assert made.status_code == 201, made.text
    assert made.json()["ownerOrganisationId"] == body.headers["Pst-Acting-As"].partition("/")[2]
    secret = await secret_for(database, body, made.json()["id"])
    assert (await token(client, made.json()["id"], secret)).status_code == 200
    before = await counts(town, *TABLES)
    assert (await member.post("clients", **words)).status_code == 403
    assert (await body.post("clients", **{**words, "role": "region"})).status_code == 400
    assert await counts(town, *TABLES) == before


@pytest.mark.parametrize("role", ["operator", "region"])
async def test_the_operator_and_the_region_make_their_own(client: httpx.AsyncClient, town: Town, role: str) -> None:
    somebody = await signed_in(client, town, await town.account(global_role=role))
    made = await somebody.post("clients", name="Agrégats", role="region", scopes=["region:read"])
    assert made.status_code == 201, made.text
    assert made.json()["ownerKind"] == role
    assert (await somebody.patch(f"clients/{made.json()['id']}", name="Autre")).status_code == 200
    refused = await somebody.post("clients", **GOOD)
    assert refused.status_code == 400
    others = await somebody.post("clients", name="Trop", role="operator", scopes=["admin"])
    assert others.status_code == (201 if role == "operator" else 400)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ({"role": "region"}, "role"),
        ({"role": "public"}, "role"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"organisationId": None}, "organisationId"),
        ({"organisationId": str(uuid4())}, "organisationId"),
        ({"unitIds": [str(uuid4())]}, "unitIds"),
        ({"isAdministrator": True}, "isAdministrator"),
        ({"ownerKind": "operator"}, "ownerKind"),
        ({"ownerWorkspaceId": str(uuid4())}, "ownerWorkspaceId"),
        ({"secretHash": "aa"}, "secretHash"),
        ({"secret": "pst_mine"}, "secret"),
        ({"jwks": {"keys": []}}, "jwks"),
        ({"jwks": {"keys": [{"kid": "a", "kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}]}}, "jwks"),
        ({"jwks": {"keys": [{"kid": "a", "kty": "oct", "k": "AAAA"}]}}, "jwks"),
    ],
)
async def test_untrue_words_make_no_machine(
    client: httpx.AsyncClient, town: Town, words: dict[str, Any], name: str
) -> None:
    home = await commune(client, town)
    before = await counts(town, *TABLES)
    answer = await home.admin.post("clients", **{**GOOD, "organisationId": str(home.house), **words})
    assert answer.status_code == 400, answer.text
    assert name in {issue["name"].split(".")[0] for issue in answer.json()["issues"]}
    assert await counts(town, *TABLES) == before


async def test_a_private_key_is_refused_and_a_public_one_kept(client: httpx.AsyncClient, town: Town) -> None:
    home = await commune(client, town)
    jwk = public_jwk(ec.generate_private_key(ec.SECP256R1()).public_key())
    made = await machine(home, jwks={"keys": [jwk]})
    assert made["jwks"]["keys"][0]["x"] == jwk["x"]
    refused = await home.admin.patch(f"clients/{made['id']}", jwks={"keys": [{**jwk, "d": jwk["x"]}]})
    assert refused.status_code == 400
    assert (await home.admin.patch(f"clients/{made['id']}", jwks=None)).json()["jwks"] is None


async def test_a_machine_gives_no_scope_that_it_lacks(
    client: httpx.AsyncClient, database: Database, town: Town
) -> None:
    home = await commune(client, town)
    made = await machine(home, role="administration", isAdministrator=True, scopes=["admin", "plans:read"])
    secret = await secret_for(database, home.admin, made["id"])
    access = (await token(client, made["id"], secret)).json()["access_token"]
    robot = Somebody(client, {"Authorization": f"Bearer {access}"}, home.admin.account)
    before = await counts(town, *TABLES)
    words = {**GOOD, "organisationId": str(home.house)}
    assert (await robot.post("clients", **words)).status_code == 403
    assert (await robot.patch(f"clients/{made['id']}", scopes=["actions:write"])).status_code == 403
    assert await counts(town, *TABLES) == before
    assert (await robot.post("clients", **{**words, "scopes": ["plans:read"]})).status_code == 201


async def test_to_read_people_a_machine_needs_the_scope_of_administration(
    client: httpx.AsyncClient, database: Database, town: Town
) -> None:
    home = await commune(client, town)
    made = await machine(home, role="administration", isAdministrator=True, scopes=["plans:read"])
    secret = await secret_for(database, home.admin, made["id"])
    bearer = {"Authorization": f"Bearer {(await token(client, made['id'], secret)).json()['access_token']}"}
    for plural in ("accounts", "memberships", "clients"):
        answer = await client.get(f"/pst/v1/{plural}", headers=bearer)
        assert answer.status_code == 403
        assert answer.json()["type"] == "urn:problem-type:belgif:missingScope"
