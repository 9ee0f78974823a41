"""Loading the demonstration: once, quickly, and never over what its visitors did."""

import pytest

from api.db import Database
from api.demo.directory import DEMO_PASSWORD, demo_secret
from api.demo.group import group_slugs
from api.demo.loading import TOKEN_HOURS, ensure_demo, load_demo_communes
from api.domain.reference import load_demo
from api.domain.rules.credentials import secret_hash
from api.identity.authentication import Caller, authorize
from api.identity.passwords import Passwords
from api.identity.service import open_tokens
from api.settings import Settings
from tests.observing import Snapshot, snapshot_of_everything, statements

pytestmark = pytest.mark.usefixtures("demo")

SLUGS = ("val-fleuri", "haute-rive", "trois-chenes")


async def everything(database: Database) -> dict[str, Snapshot]:
    async with database.connection() as connection:
        workspaces = await connection.fetch(
            "select slug, id from workspace where slug = any($1)", [*SLUGS, *group_slugs()]
        )
    return {row["slug"]: await snapshot_of_everything(database, row["id"]) for row in workspaces}


async def test_a_second_load_finds_everything_and_changes_nothing(database: Database) -> None:
    before = await everything(database)
    with statements(database) as sent:
        assert await load_demo_communes(database) == []
    assert len(sent) == 2, "which communes and which groups are missing"
    assert await everything(database) == before


async def test_what_a_visitor_changed_stays(database: Database) -> None:
    async with database.transaction() as connection:
        account = await connection.fetchval("select id from account where email = 'administration@val-fleuri.example'")
        actor = (await authorize(connection, Caller(account_id=account))).actor
        await connection.execute(
            "update unit set name = 'Nouveau nom' where workspace_id = $1 and code = 'TRAV'", actor.workspace_id
        )
    await load_demo_communes(database)
    async with database.transaction() as connection:
        await authorize(connection, Caller(account_id=account))
        assert await connection.fetchval("select count(*) from unit where name = 'Nouveau nom'") == 1
        await connection.execute(
            "update unit set name = 'Service des travaux et de la voirie' where name = 'Nouveau nom'"
        )


async def test_every_account_signs_in_with_the_printed_password(database: Database) -> None:
    told = [account for slug in SLUGS for account in load_demo(slug)["accounts"]]
    emails = {account["email"] for account in told + load_demo("directory")["accounts"]}
    async with database.connection() as connection:
        kept = await connection.fetch(
            "select c.password_hash from account a join local_credential c on c.account_id = a.id"
            " where a.email = any($1)",
            sorted(emails),
        )
    assert len(kept) == len(emails)
    passwords = Passwords(1)
    assert await passwords.matches(kept[0][0], DEMO_PASSWORD)
    assert len({row[0] for row in kept}) == 1
    passwords.close()


async def test_every_machine_has_the_printed_secret(database: Database) -> None:
    async with database.connection() as connection:
        for told in load_demo("directory")["clients"]:
            kept = await connection.fetchval("select secret_hash from client where name = $1", told["name"])
            assert kept == secret_hash(demo_secret(told["key"]))
            assert len(demo_secret(told["key"])) >= 47


async def test_the_lines_name_communes_accounts_and_a_good_token_for_each_role(
    settings: Settings, database: Database
) -> None:
    lines = await ensure_demo(settings)
    text = "\n".join(lines)
    for slug in SLUGS:
        told = load_demo(slug)
        assert f"{told['workspace']['nis']}  {told['workspace']['name']}  ({told['approach']})" in text
        assert all(account["email"] in text for account in told["accounts"])
    assert DEMO_PASSWORD in text
    tokens = dict(line.split() for line in lines if line.split()[-1:] and line.split()[-1].startswith("eyJ"))
    assert set(tokens) == {
        "administration", "college", "council", "agent", "cpas", "partner", "region", "integrator", "operator",
    }  # fmt: skip
    for name, token in tokens.items():
        claims = open_tokens(settings).verify(token)
        assert claims.expires_at - claims.issued_at == TOKEN_HOURS * 3_600
        who = (
            Caller(client_id=claims.subject, scopes=claims.scopes)
            if claims.is_machine
            else Caller(account_id=claims.subject)
        )
        async with database.snapshot() as connection:
            actor = (await authorize(connection, who)).actor
        assert actor.roles == {"administration" if name == "cpas" else name}
