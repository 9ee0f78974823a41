"""The second line, read from the catalogue of PostgreSQL itself: what no statement can forget."""

from typing import Any

import asyncpg
import pytest

from api.accounts import open_workspace
from api.db import Database
from api.postgres.embedded import Addresses
from tests.factories import Commune, freeze_and_publish, make_commune

TENANT_TABLES = """
    select c.oid, c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not a.attisdropped order by 2
"""
GLOBAL = {
    "account", "account_identity", "alembic_version", "attempt_window", "browser_session", "client", "commune",
    "group_member", "idempotency_record", "local_credential", "organisation", "organisation_member",
    "organisation_territory", "password_reset", "period_accounting_function", "period_amendment", "period_item",
    "period_item_mapping", "period_requirement", "period_revenue_kind", "programming_period", "public_stamp",
    "revoked_token", "right_index", "sdg", "term", "workspace",
}  # fmt: skip
"""The tables that no workspace owns, each on purpose."""


async def fetch(database: Database, sql: str, *values: Any) -> list[dict[str, Any]]:
    async with database.snapshot() as connection:
        return [dict(row) for row in await connection.fetch(sql, *values)]


async def tables(database: Database) -> list[str]:
    return [row["relname"] for row in await fetch(database, TENANT_TABLES)]


async def test_every_table_is_of_tenants_or_global_on_purpose(database: Database) -> None:
    found = await fetch(
        database, "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
    )
    assert {row["relname"] for row in found} - set(await tables(database)) <= GLOBAL


async def test_every_tenant_table_has_row_level_security_with_a_policy(database: Database) -> None:
    without = await fetch(
        database,
        f"select t.relname from ({TENANT_TABLES}) t join pg_class c on c.oid = t.oid where not c.relrowsecurity"
        " or not exists (select from pg_policy p where p.polrelid = t.oid and p.polcmd = '*' and"
        " pg_get_expr(p.polqual, p.polrelid) like '%app.workspaces%' and p.polwithcheck is not null)",
    )
    assert without == []


async def test_every_key_of_a_tenant_table_is_led_by_the_workspace(database: Database) -> None:
    """Foreign keys and unique checks do not heed row-level security: only their columns keep tenants apart."""
    indexes = await fetch(
        database,
        f"select t.relname, i.indexrelid::regclass::text as index from ({TENANT_TABLES}) t"
        " join pg_index i on i.indrelid = t.oid and i.indisunique"
        " join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0] where a.attname <> 'workspace_id'",
    )
    foreign = await fetch(
        database,
        f"with tenant as ({TENANT_TABLES}) select k.conname, t.relname from tenant t"
        " join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' join tenant u on u.oid = k.confrelid"
        " join pg_attribute a on a.attrelid = t.oid and a.attnum = k.conkey[1]"
        " join pg_attribute b on b.attrelid = u.oid and b.attnum = k.confkey[1]"
        " where a.attname <> 'workspace_id' or b.attname <> 'workspace_id'",
    )
    assert (indexes, foreign) == ([], [])


async def test_a_global_table_points_at_a_tenant_only_through_its_workspace(database: Database) -> None:
    found = await fetch(
        database,
        f"with tenant as ({TENANT_TABLES}) select k.conname from pg_constraint k"
        " join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]"
        " where k.contype = 'f' and k.confrelid in (select oid from tenant)"
        " and k.conrelid not in (select oid from tenant) and b.attname <> 'workspace_id'",
    )
    assert found == []


async def test_the_runtime_role_owns_nothing_and_passes_no_policy_by(database: Database) -> None:
    role = await fetch(
        database, "select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user"
    )
    owned = await fetch(
        database,
        "select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user",
    )
    views = await fetch(
        database,
        "select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace"
        " and not coalesce('security_invoker=true' = any(reloptions), false)",
    )
    assert role == [{"rolname": "pst_runtime", "rolsuper": False, "rolbypassrls": False, "rolcreaterole": False}]
    assert (owned, views) == ([], [])


async def test_only_the_functions_of_entering_and_finding_run_as_their_owner(database: Database) -> None:
    found = await fetch(
        database, "select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by 1"
    )
    assert {row["proname"] for row in found} <= {
        "enter", "find_shown_rows", "found_in_public", "invitations_of", "places_of"
    }  # fmt: skip


async def test_functions_that_run_as_their_owner_look_at_temporary_tables_last(database: Database) -> None:
    """A caller's temporary table must never stand in for one of the service's (PostgreSQL, CREATE FUNCTION)."""
    found = await fetch(
        database,
        "select proname, coalesce(array_to_string(proconfig, ';'), '') as settings from pg_proc"
        " where prosecdef and pronamespace = 'public'::regnamespace",
    )
    assert {row["proname"] for row in found if "search_path=public, pg_temp" not in row["settings"]} == set()


async def counts(database: Database, seen_by: Commune | None, of: Commune) -> dict[str, int]:
    """How many rows of a commune each tenant table shows when another one is open, or none."""
    names = await tables(database)
    async with database.transaction() as connection:
        if seen_by is not None:
            await open_workspace(connection, seen_by.workspace_id)
        return {
            name: await connection.fetchval(f"select count(*) from {name} where workspace_id = $1", of.workspace_id)
            for name in names
        }


PUBLISHED = {"plan_version", "act", "shown_row", "workspace_organisation"}
"""What every reader may see of any workspace: published versions, and which houses it has."""


async def test_plain_sql_in_one_commune_sees_no_row_of_another(database: Database) -> None:
    mine, other = await make_commune(database), await make_commune(database, "distributed")
    await freeze_and_publish(other, other.plans["pst"], council=True, published=False)
    full = await counts(database, other, other)
    assert sum(count > 0 for count in full.values()) > 20
    for seen_by in (mine, None):
        found = await counts(database, seen_by, other)
        assert {name for name, count in found.items() if count} == {"workspace_organisation"}


async def test_plain_sql_sees_only_what_is_published_of_another_commune(database: Database) -> None:
    mine, other = await make_commune(database), await make_commune(database, "grouped")
    await freeze_and_publish(other, other.plans["pst"])
    found = await counts(database, mine, other)
    assert {name for name, count in found.items() if count} == PUBLISHED
    async with database.transaction() as connection:
        await open_workspace(connection, mine.workspace_id)
        circles = await connection.fetch(
            "select distinct circle from shown_row where workspace_id = $1", other.workspace_id
        )
    assert [row["circle"] for row in circles] == ["public"]


async def run_in(database: Database, commune: Commune, sql: str, *values: Any) -> str:
    async with database.transaction() as connection:
        await open_workspace(connection, commune.workspace_id)
        status: str = await connection.execute(sql, *values)
        return status


async def test_plain_sql_writes_no_row_into_another_commune(database: Database) -> None:
    mine, other = await make_commune(database), await make_commune(database)
    insert = "insert into domain (workspace_id, id, name, strand) values ($1, gen_random_uuid(), 'x', 'external')"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run_in(database, mine, insert, other.workspace_id)
    moved = await run_in(database, mine, "update domain set name = 'x' where workspace_id = $1", other.workspace_id)
    assert moved == "UPDATE 0"


@pytest.mark.parametrize("table", ["journal_entry", "plan_version_content"])
@pytest.mark.parametrize("verb", ["update {0} set workspace_id = workspace_id", "delete from {0}", "truncate {0}"])
async def test_what_is_recorded_is_never_changed_nor_removed(database: Database, table: str, verb: str) -> None:
    commune = await make_commune(database)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run_in(database, commune, verb.format(table))


async def test_the_owner_of_the_schema_is_another_role(addresses: Addresses) -> None:
    assert addresses.owner != addresses.runtime
    connection = await asyncpg.connect(addresses.owner)
    try:
        owners = await connection.fetch(
            "select distinct r.rolname from pg_class c join pg_roles r on r.oid = c.relowner"
            " where c.relnamespace = 'public'::regnamespace"
        )
    finally:
        await connection.close()
    assert "pst_runtime" not in {row["rolname"] for row in owners}
