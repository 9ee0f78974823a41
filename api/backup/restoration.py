"""Restoring an archive: tables as the migrations of its time make them, its rows in one transaction, then this version.

Whatever fails, the rows that were there before stay, unless tables of another time had to make room first.
"""

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Any

import asyncpg

from api.backup.archive import FILES, TABLES, Manifest, UnfitArchive, unpack
from api.backup.creation import SECRET_FILES, columns_of_tables
from api.confirmation import require_confirmation
from api.migration import UnfitDatabase, known_revisions, migrate, refuse_newer, revision_of
from api.settings import Settings

_KEYS = """
    select conrelid::regclass::text as on_table, quote_ident(conname) as name, pg_get_constraintdef(oid) as words
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0
"""
_TRIGGERS = """
    select distinct tgrelid::regclass::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not tgisinternal and c.relnamespace = 'public'::regnamespace
"""


def restore_backup(settings: Settings, owner_address: str, source: Path, confirmed: str | None) -> Manifest:
    """Make this installation what the archive says. Not from within a running event loop.

    Refuses an archive that is damaged or newer than this version, a database in which a service is at work, and one
    that holds anything, unless its name is confirmed.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore.", dir=settings.data_dir) as unpacked:
        folder = Path(unpacked)
        manifest = unpack(source, folder)
        if manifest.revision not in known_revisions():
            raise UnfitArchive(
                f"{source} was made by version {manifest.version}, which is newer than this one: install that version."
            )
        present = asyncio.run(_inspect(owner_address, confirmed))
        if present and present != manifest.revision:
            migrate(owner_address, "base")
        migrate(owner_address, manifest.revision)
        asyncio.run(_load(owner_address, folder, manifest))
        _place_files(settings.data_dir, folder, manifest)
    migrate(owner_address)
    return manifest


async def _inspect(owner_address: str, confirmed: str | None) -> str:
    """The revision of the database to be replaced, empty where there is none; raises where it must stay as it is."""
    connection: Any = await asyncpg.connect(owner_address)
    try:
        database = await connection.fetchval("select current_database()::text")
        revision = await revision_of(connection)
        tables = await columns_of_tables(connection)
        if not revision:
            if tables:
                raise UnfitDatabase(f"The database {database} holds tables of another program: restore into a new one.")
            return ""
        refuse_newer(revision, database)
        if await connection.fetchval(
            "select exists (select from pg_stat_activity where datname = current_database()"
            " and application_name = 'pst')"
        ):
            raise UnfitDatabase(f"A service works in the database {database}: stop it first.")
        counted = [name for name in ("account", "workspace", "organisation") if name in tables]
        rows = {name: await connection.fetchval(f"select count(*) from {name}") for name in counted}
    finally:
        await connection.close()
    if any(rows.values()):
        counts = ", ".join(f"{name}: {count}" for name, count in rows.items())
        require_confirmation(
            f"A restore replaces all that the database {database} holds ({counts})", database, confirmed
        )
    return revision


async def _load(owner_address: str, folder: Path, manifest: Manifest) -> None:
    """Replace every row by those of the archive, in one transaction; references are checked again at its end."""
    connection: Any = await asyncpg.connect(owner_address, server_settings={"application_name": "pst restore"})
    try:
        async with connection.transaction():
            await connection.execute("set local statement_timeout = 0; set local lock_timeout = '5s'")
            here = await columns_of_tables(connection)
            _refuse_other_tables(manifest, here)
            keys = await connection.fetch(_KEYS)
            triggers = [row[0] for row in await connection.fetch(_TRIGGERS)]
            for key in keys:
                await connection.execute(f"alter table {key['on_table']} drop constraint {key['name']}")
            for table in triggers:
                await connection.execute(f"alter table {table} disable trigger user")
            await connection.execute(f"truncate {', '.join(here)}")
            for table, content in manifest.tables.items():
                status = await connection.copy_to_table(table, columns=content.columns, source=folder / TABLES / table)
                if int(status.split()[-1]) != content.rows:
                    raise UnfitArchive(f"The table {table} has not the {content.rows} rows that the manifest says.")
            for table in triggers:
                await connection.execute(f"alter table {table} enable trigger user")
            for key in keys:
                await connection.execute(f"alter table {key['on_table']} add constraint {key['name']} {key['words']}")
        await connection.execute("analyze")
    finally:
        await connection.close()


def _refuse_other_tables(manifest: Manifest, here: dict[str, list[str]]) -> None:
    archived = {table: sorted(content.columns) for table, content in manifest.tables.items()}
    expected = {table: sorted(columns) for table, columns in here.items()}
    if archived != expected:
        names = archived.keys() | expected.keys()
        differing = sorted(name for name in names if archived.get(name) != expected.get(name))
        raise UnfitArchive(f"The archive does not fit its revision {manifest.revision}: {', '.join(differing[:5])}.")


def _place_files(data_dir: Path, folder: Path, manifest: Manifest) -> None:
    """Keys and secrets become those of the archive; others, which signed nothing of what is here now, go."""
    names = {name.removeprefix(f"{FILES}/") for name in manifest.members if name.startswith(f"{FILES}/")}
    for name in sorted(names):
        path = data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_name(f"{path.name}.unfinished")
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write((folder / FILES / name).read_bytes())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    for secret in SECRET_FILES:
        for path in (data_dir / secret).glob("*.pem"):
            if str(path.relative_to(data_dir)) not in names:
                path.unlink()
