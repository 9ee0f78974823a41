"""The demonstration: three communes, one for each way of joining a PST and a PCS, and who may look at them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from api.confirmation import require_confirmation
from api.db import Connection, Database
from api.demo.bearers import BearerRequest, find_bearer
from api.demo.commune import write_commune
from api.demo.directory import DEMO_PASSWORD, OPERATOR_EMAIL, demo_secret, ensure_directory
from api.demo.group import NAMES as GROUPS
from api.demo.group import group_slugs, introduction, write_group
from api.domain.actor import Role
from api.domain.reference import demo_names, load_demo
from api.identity.passwords import Passwords
from api.identity.service import open_tokens
from api.settings import Settings

TOKEN_HOURS = 12

LOADING = 7_250_019
"""Any number, the same for every process: `make run` and `pst demo` at once load one after the other."""


async def ensure_demo(settings: Settings) -> list[str]:
    """The demonstration is there; answers the lines that its visitor needs: communes, accounts, tokens.

    What is missing is made; what is there is left as its visitors made it.
    """
    assert settings.may_issue_tokens_freely
    assert settings.database_url is not None
    database = await Database.open(settings, settings.database_url.get_secret_value())
    try:
        await load_demo_communes(database)
        return [*await _introduction(database), *await _tokens(database, settings)]
    finally:
        await database.close()


def require_demonstration(owner_address: str, confirmed: str | None = None) -> None:
    """Refuse a database of real communes, unless its name is confirmed: everybody knows the demonstration's passwords.

    Not from within a running event loop.
    """
    database, is_real = asyncio.run(_inspect(owner_address))
    if is_real:
        require_confirmation(
            f"`pst demo` loads accounts whose passwords are public; the database {database} holds communes that are no "
            "demonstration",
            database,
            confirmed,
        )


async def _inspect(owner_address: str) -> tuple[str, bool]:
    connection: Any = await asyncpg.connect(owner_address)
    try:
        row = await connection.fetchrow(
            "select current_database()::text, exists (select from workspace)"
            " and not exists (select from account where email = $1)",
            OPERATOR_EMAIL,
        )
    finally:
        await connection.close()
    return row[0], row[1]


async def load_demo_communes(database: Database) -> list[str]:
    """Make the communes that are missing; answers their names, none when all were there.

    What they share is one transaction, and each commune one more: a load that was cut short goes on.
    """
    async with database.connection() as connection:
        missing = [*await _missing_communes(connection), *await _missing_groups(connection)]
    if not missing:
        return []
    passwords = Passwords(1)
    try:
        # One hash serves all: who knows one of these passwords knows them all anyway.
        password_hash = await passwords.hash_password(DEMO_PASSWORD)
    finally:
        passwords.close()
    loaded = []
    async with _load_in_turn(database) as connection:
        towns = await ensure_directory(connection, password_hash)
    for town in towns:
        slug = town.entry["workspace"]["slug"]
        async with _load_in_turn(database) as connection:
            if slug in await _missing_communes(connection):
                await write_commune(connection, town)
                loaded.append(slug)
    for name, slug in zip(GROUPS, group_slugs(), strict=True):
        async with _load_in_turn(database) as connection:
            if slug in await _missing_groups(connection):
                await write_group(connection, name, password_hash)
                loaded.append(slug)
    return loaded


@asynccontextmanager
async def _load_in_turn(database: Database) -> AsyncIterator[Connection]:
    """A transaction that lets another loader finish first, and then sees what it made."""
    async with database.transaction() as connection:
        await connection.execute("set local statement_timeout = '120s'; set local lock_timeout = '120s'")
        await connection.execute("select pg_advisory_xact_lock($1)", LOADING)
        yield connection


async def _missing_communes(connection: Connection) -> list[str]:
    """The communes that are not there: their published version comes last, and cannot be removed."""
    slugs = [load_demo(name)["workspace"]["slug"] for name in demo_names()]
    there = await connection.fetch(
        "select slug from workspace w where slug = any($1) and exists ("
        " select from plan_version v where v.workspace_id = w.id and v.is_published)",
        slugs,
    )
    return sorted(set(slugs) - {row["slug"] for row in there})


async def _missing_groups(connection: Connection) -> list[str]:
    """The groups that are not there; each is told in one transaction."""
    there = await connection.fetch("select slug from workspace where slug = any($1)", group_slugs())
    return sorted(set(group_slugs()) - {row["slug"] for row in there})


async def _introduction(database: Database) -> list[str]:
    """Each commune with its accounts, then everybody else."""
    lines = [f"Demonstration communes (the password of every account is {DEMO_PASSWORD})"]
    for entry in _communes():
        space = entry["workspace"]
        lines += ["", f"  {space['nis']}  {space['name']}  ({entry['approach']})"]
        lines += [
            f"         {each['email']:<42} {each['role']}"
            + (", CPAS" if each["organisation"] == "cpas" else "")
            + (f" of {', '.join(each['plans'])} only" if each["plans"] else "")
            + (f" ({', '.join(_unit_names(entry, each['units']))})" if each["units"] else "")
            for each in entry["accounts"]
        ]
    lines += introduction()
    directory = load_demo("directory")
    names = {each["key"]: each["name"] for each in directory["organisations"]}
    lines += ["", "  Beside the communes"]
    lines += [
        f"         {each['email']:<42} {each['role']}, {names[each['organisation']]}" for each in directory["accounts"]
    ]
    lines += [f"         {OPERATOR_EMAIL:<42} operator", "", "  Machines (POST /oauth/token, client_credentials)"]
    async with database.connection() as connection:
        clients = {row["name"]: row["id"] for row in await connection.fetch("select name, id from client")}
    lines += [
        f"         {clients.get(each['name'])}  {demo_secret(each['key'])}  {each['role']}, {each['name']}"
        for each in directory["clients"]
    ]
    return lines


async def _tokens(database: Database, settings: Settings) -> list[str]:
    """One token for each role, those of a commune for the first one."""
    nis = _communes()[0]["workspace"]["nis"]
    partner = load_demo("directory")["organisations"][0]["enterprise_number"]
    wanted = {
        **{str(r): BearerRequest(r, nis) for r in (Role.ADMINISTRATION, Role.COLLEGE, Role.COUNCIL, Role.AGENT)},
        "cpas": BearerRequest(Role.ADMINISTRATION, nis, house="cpas"),
        "partner": BearerRequest(Role.PARTNER, organisation=partner),
        **{str(r): BearerRequest(r) for r in (Role.REGION, Role.INTEGRATOR, Role.OPERATOR)},
    }
    lines = [
        "",
        f"Tokens for {nis}, good for {TOKEN_HOURS} hours (others: .venv/bin/pst token ROLE --commune NIS)",
    ]
    for name, token in (await issue(database, settings, wanted, TOKEN_HOURS)).items():
        lines += [f"  {name:<15} {token}"]
    return lines


async def issue(database: Database, settings: Settings, wanted: dict[str, BearerRequest], hours: int) -> dict[str, str]:
    """A bearer token for each name."""
    tokens = open_tokens(settings)
    issued = {}
    for name, asked in wanted.items():
        async with database.transaction() as connection:
            bearer = await find_bearer(connection, asked)
        issued[name] = tokens.issue(
            bearer.subject,
            is_machine=bearer.is_machine,
            scopes=bearer.scopes,
            role=bearer.role,
            organisation=bearer.organisation,
            lifetime_seconds=hours * 3_600,
        )
    return issued


def _communes() -> list[dict[str, Any]]:
    return sorted((load_demo(name) for name in demo_names()), key=lambda entry: entry["workspace"]["nis"])


def _unit_names(entry: dict[str, Any], keys: Sequence[str]) -> list[str]:
    return [unit["name"] for unit in entry["units"] if unit["key"] in keys]
