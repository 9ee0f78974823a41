"""A database that a newer version of the service has migrated is told in one sentence, and left as it is."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from api.installation import install_reference
from api.migration import migrate
from api.postgres.embedded import EmbeddedPostgres
from tests.service.running import free_port, pst

pytestmark = pytest.mark.xdist_group("service")
NEWER = "20991231235959"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pst-newer-"))
    folder.chmod(0o755)
    with EmbeddedPostgres(folder, durable=False) as addresses:
        migrate(addresses.owner)
        install_reference(addresses.owner)
        asyncio.run(_write(addresses.owner, f"update alembic_version set version_num = '{NEWER}'"))
    yield folder
    shutil.rmtree(folder)


async def _write(address: str, statement: str) -> None:
    connection = await asyncpg.connect(address)
    await connection.execute(statement)
    await connection.close()


async def _revision(address: str) -> str:
    connection = await asyncpg.connect(address)
    try:
        return str(await connection.fetchval("select version_num from alembic_version"))
    finally:
        await connection.close()


@pytest.mark.parametrize("command", [["serve"], ["migrate"], ["demo"], ["backup", "never.made"], ["synthesize"]])
def test_a_newer_database_is_told_in_one_sentence(folder: Path, command: list[str]) -> None:
    ended = pst(folder, free_port(), *command)
    assert ended.returncode in {1, 2}
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert ended.stderr.startswith("pst: The database pst was brought to ")
    assert NEWER in ended.stderr
    assert "newer version" in ended.stderr
    with EmbeddedPostgres(folder, durable=False) as addresses:
        assert asyncio.run(_revision(addresses.owner)) == NEWER


def test_a_database_that_cannot_be_reached_is_told_in_one_sentence(folder: Path) -> None:
    address = f"postgresql://pst:pst@127.0.0.1:{free_port()}/pst"
    ended = pst(folder, free_port(), "migrate", DATABASE_URL=address)
    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert ended.stderr.startswith("pst: ")
