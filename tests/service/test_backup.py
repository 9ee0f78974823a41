"""A backup taken while people write, and the installation restored from it elsewhere."""

import gzip
import io
import json
import shutil
import stat
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.service.loopback import foreign_postgres
from tests.service.running import Headers, Service, free_port, pst, served
from tests.service.writing import NIS, Writers, assert_is_whole, everything

pytestmark = pytest.mark.xdist_group("service")
EMAIL = "dg@walcourt.example"


class Installation:
    """A data directory of its own, and the service that is started on it."""

    def __init__(self, folder: Path, port: int, **more: str) -> None:
        self.folder, self.port, self.more = folder, port, more
        folder.mkdir()
        folder.chmod(0o755)

    def pst(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return pst(self.folder, self.port, *words, **self.more)

    def order(self, *words: str) -> str:
        """What a command answers that must succeed."""
        ended = self.pst(*words)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def serve(self) -> AbstractContextManager[Service]:
        return served(self.folder, self.port, **self.more)

    def open_commune(self) -> tuple[str, Headers]:
        """The password of a first administrator, and a token of the administration."""
        created = self.order("workspace", "create", "--nis", str(NIS), "--name", "Walcourt", "--admin-email", EMAIL)
        token = self.order("token", "administration", "--commune", str(NIS)).split()[-1]
        return created.strip().splitlines()[-1].rpartition(" ")[2], {"Authorization": f"Bearer {token}"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the account of PostgreSQL may enter."""
    folder = Path(tempfile.mkdtemp(prefix="pst-backup-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def place_to_restore(folder: Path, kind: str) -> Iterator[dict[str, str]]:
    """What tells the service its database: nothing, for its own, or the address of one that the host runs."""
    if kind == "own":
        yield {}
        return
    (folder / "server").mkdir()
    (folder / "server").chmod(0o755)
    with foreign_postgres(folder / "server") as server:
        yield {"DATABASE_URL": server.create("restored")}


def sign_in(service: Service, password: str) -> Headers:
    answer = httpx.post(f"{service.address}/auth/session", json={"email": EMAIL, "password": password}, timeout=30)
    assert answer.status_code == 200
    return {"Cookie": answer.headers["Set-Cookie"].split(";")[0]}


def tags_of(service: Service, headers: Headers, ids: list[str]) -> dict[str, str]:
    with httpx.Client(base_url=service.address, headers=headers, timeout=30) as client:
        return {one: client.get(f"/pst/v1/actions/{one}").headers["ETag"] for one in ids}


@pytest.mark.parametrize("kind", ["own", "foreign"])
def test_a_backup_under_writes_restores_all_that_was_acknowledged(folder: Path, kind: str) -> None:
    here, archive, before = Installation(folder / "here", free_port()), folder / "pst.backup", dict[str, str]()
    with here.serve() as service:
        password, token = here.open_commune()
        session = sign_in(service, password)
        writers = Writers(service, token)

        def back_up() -> None:
            before.update(writers.acknowledged)
            here.order("backup", str(archive))
            writers.stop()

        writers.until(back_up)
        assert writers.refused == []
        assert len(writers.acknowledged) > len(before), "it was written on meanwhile"
        tags = tags_of(service, token, sorted(before)[:20])
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with place_to_restore(folder, kind) as more:
        there = Installation(folder / "there", here.port, **more)
        there.order("restore", str(archive))
        with there.serve() as service:
            assert_is_whole(service, token, before)
            assert tags_of(service, token, sorted(before)[:20]) == tags
            me = httpx.get(f"{service.address}/auth/session", headers=session, timeout=30)
            assert (me.status_code, me.json().get("email")) == (200, EMAIL)
            assert sign_in(service, password)
            again = Writers(service, token)
            again.until(again.stop)
            assert again.refused == []
            assert_is_whole(service, token, before | again.acknowledged)
        there.order("migrate", "--check")


def altered(archive: Path, name: str, target: Path, **more: Any) -> Path:
    """The same archive with another manifest, or with one byte of a member turned."""
    with tarfile.open(archive, "r:gz") as source, tarfile.open(target, "w:gz") as copy:
        for entry in source:
            content = source.extractfile(entry)
            assert content is not None
            words = content.read()
            if entry.name == "manifest.json":
                words = json.dumps(json.loads(words) | more).encode()
            elif entry.name == name:
                words = bytes([words[0] ^ 1]) + words[1:]
            entry.size = len(words)
            copy.addfile(entry, io.BytesIO(words))
    return target


def state_of(service: Service, headers: Headers) -> list[Any]:
    return [everything(service, headers, plural) for plural in ("actions", "journalEntries", "memberships", "units")]


def assert_one_sentence(ended: "subprocess.CompletedProcess[str]", *words: str, code: int = 1) -> None:
    assert (ended.returncode, ended.stdout) == (code, "")
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert [word for word in words if word not in ended.stderr] == [], ended.stderr


def test_what_must_not_be_restored_is_refused_in_one_sentence_and_changes_nothing(folder: Path) -> None:
    here, archive = Installation(folder / "here", free_port()), folder / "pst.backup"
    cut = folder / "cut"
    with here.serve() as service:
        _, token = here.open_commune()
        here.order("backup", str(archive))
        assert_one_sentence(here.pst("backup", str(archive)), "is there already")
        assert_one_sentence(here.pst("restore", str(archive), "--confirm", "pst"), "Stop it first")
        writers = Writers(service, token)
        writers.until(writers.stop)
        state = state_of(service, token)
    cut.write_bytes(archive.read_bytes()[:-2_000])
    (folder / "text").write_bytes(gzip.compress(b"not an archive"))
    newer = altered(archive, "", folder / "newer", revision="2099_never_heard_of", version="9.9.9")
    later = altered(archive, "", folder / "later", format=2, version="9.9.9")
    damaged = altered(archive, "tables/account", folder / "damaged")
    for source, words in (
        (archive, ["database pst holds", "--confirm pst", "workspace: 1"]),
        (newer, ["9.9.9", "newer than this one"]),
        (later, ["9.9.9", "newer than this one"]),
        (damaged, ["damaged", "tables/account"]),
        (cut, ["not a whole archive"]),
        (folder / "text", ["pst backup"]),
        (folder / "nowhere", ["nowhere"]),
    ):
        assert_one_sentence(here.pst("restore", str(source)), *words)
    assert_one_sentence(here.pst("restore", str(archive), "--confirm", "other"), "other names another")
    assert_one_sentence(here.pst("migrate", "base"), "--confirm pst")
    assert_one_sentence(here.pst("migrate", "-1", "--confirm", "other"), "--confirm pst")
    assert_one_sentence(here.pst("demo"), "--confirm pst", code=2)
    with here.serve() as service:
        assert state_of(service, token) == state
    here.order("restore", str(archive), "--confirm", "pst")
    with here.serve() as service:
        assert everything(service, token, "actions") == []
    here.order("migrate", "base", "--confirm", "pst")
    here.order("restore", str(archive))
    with here.serve() as service:
        assert len(everything(service, token, "journalEntries")) > 0
