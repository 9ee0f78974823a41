"""A backup: every table in one snapshot, and the keys and secrets without which tokens and cursors would be void.

Rows are copied as text, table by table, and the tables themselves come from the migrations at restore: an archive of
one PostgreSQL is read by any other that serves, whoever owns it. The service goes on meanwhile.
"""

import asyncio
import shutil
import tempfile
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import asyncpg

from api.backup.archive import FILES, FORMAT, TABLES, Manifest, TableContent, members_of, pack, refuse_existing
from api.migration import UnfitDatabase, refuse_newer, revision_of
from api.settings import Settings

SECRET_FILES = ("keys", "cursors.secret")
"""What lies in the data directory and cannot be made again. `postgres/` is copied by its tables; `service.json` only
says how the service last ran."""

_OWN_TABLES = """
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relname <> 'alembic_version'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
        and d.deptype = 'e')
    group by c.relname order by c.relname
"""


async def columns_of_tables(connection: Any) -> dict[str, list[str]]:
    """Every table of the service in this database, with the columns that are stored."""
    return {row["name"]: row["columns"] for row in await connection.fetch(_OWN_TABLES)}


def make_backup(settings: Settings, owner_address: str, target: Path) -> Manifest:
    """Write the archive of an installation. Refuses to overwrite, and a database that this version does not know.

    Takes as much room again beside the archive while it is made. Not from within a running event loop.
    """
    refuse_existing(target)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as unfinished:
        folder = Path(unfinished)
        (folder / TABLES).mkdir()
        manifest = asyncio.run(_copy_tables(owner_address, folder))
        # After the snapshot: what was signed before it was signed with a key that is among these.
        names = _copy_files(settings.data_dir, folder)
        names += [f"{TABLES}/{table}" for table in manifest.tables]
        manifest = manifest.model_copy(update={"members": members_of(folder, names)})
        pack(target, folder, manifest)
    return manifest


async def _copy_tables(owner_address: str, folder: Path) -> Manifest:
    connection: Any = await asyncpg.connect(owner_address, server_settings={"application_name": "pst backup"})
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            # An account that row-level security binds would copy a part and call it all: it is refused instead.
            await connection.execute(
                "set local row_security = off; set local statement_timeout = 0;"
                " set local idle_in_transaction_session_timeout = 0"
            )
            made_at, database, server = await connection.fetchrow(
                "select now(), current_database()::text, current_setting('server_version')"
            )
            revision = await revision_of(connection)
            if not revision:
                raise UnfitDatabase(f"The database {database} is empty: there is nothing to back up.")
            refuse_newer(revision, database)
            tables = {}
            for table, columns in (await columns_of_tables(connection)).items():
                status = await connection.copy_from_table(table, columns=columns, output=folder / TABLES / table)
                tables[table] = TableContent(columns=columns, rows=int(status.split()[-1]))
    except asyncpg.InsufficientPrivilegeError as refusal:
        raise UnfitDatabase(f"This account may not read everything: give PST_OWNER_DATABASE_URL ({refusal}).") from None
    finally:
        await connection.close()
    return _manifest(made_at, database, server, revision, tables)


def _manifest(
    made_at: datetime, database: str, server: str, revision: str, tables: dict[str, TableContent]
) -> Manifest:
    return Manifest(
        format=FORMAT, version=version("pst"), revision=revision, made_at=made_at, database=database,
        postgresql=server, tables=tables, members={},
    )  # fmt: skip


def _copy_files(data_dir: Path, folder: Path) -> list[str]:
    """The names in the archive of the files that were copied; the keys of a host that never started are none."""
    names = []
    for secret in SECRET_FILES:
        source = data_dir / secret
        paths = sorted(source.glob("*.pem")) if source.is_dir() else [source] if source.is_file() else []
        for path in paths:
            name = f"{FILES}/{path.relative_to(data_dir)}"
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)
            names.append(name)
    return names
