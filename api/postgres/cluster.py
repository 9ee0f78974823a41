"""The directory of the service's own PostgreSQL: who holds it, what is in it, how it is made."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

import psutil

from api.postgres.binaries import Account, EmbeddedError
from api.settings import RUNTIME_ROLE

OWNER_ROLE = "pst_owner"
DATABASE = "pst"
SUPERUSER = "postgres"
ORPHAN_SECONDS = 30
LOG_BYTES = 16_777_216
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 100
"""The kernel takes 107 bytes on Linux and 103 elsewhere."""


class DirectoryInUse(EmbeddedError):
    """Another living process owns the data directory."""


def home_in(data_dir: Path) -> Path:
    """Where the server's files are: `postgres` in the data directory, or the folder this name points to."""
    return (data_dir / "postgres").resolve()


def prepare_home(data_dir: Path, account: Account) -> Path:
    """Make the home, in the data directory; or in /var/lib/pst with a link to it, where the data
    directory lies in a folder (such as root's own) that the server's account cannot enter.
    """
    if not data_dir.exists():
        data_dir.mkdir(parents=True)
        data_dir.chmod(0o755)
    name, home = data_dir / "postgres", home_in(data_dir)
    if account.is_another and not account.may_reach(home.parent):
        if home.exists():
            raise EmbeddedError(
                f"User id {account.uid}, which owns the database, may not enter {home.parent}: "
                "open that folder to it (chmod o+x), or start the service as that user."
            )
        home = Path("/var/lib/pst") / hashlib.sha256(os.fsencode(name)).hexdigest()[:12]
        home.mkdir(parents=True, exist_ok=True)
        name.symlink_to(home)
    home.mkdir(exist_ok=True)
    if home.stat().st_uid == os.geteuid():
        home.chmod(0o711 if account.is_another else 0o700)
    return home


def lock_directory(home: Path) -> IO[str]:
    """Hold the directory for this process until the returned file is closed, or refuse."""
    path = home / "lock"
    try:
        held = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    except PermissionError:
        raise DirectoryInUse(f"Another user made {home}: use that account, or another PST_DATA_DIR.") from None
    deadline = time.monotonic() + 0.5
    while not _try_lock(held, fcntl.LOCK_EX):
        # Whoever only looks whether the directory is held does hold it, for an instant.
        if time.monotonic() > deadline:
            owner = held.read().strip() or "unknown"
            held.close()
            raise DirectoryInUse(
                f"Another process (pid {owner}) already runs the database in {home}. "
                "Stop it first, or give this one another PST_DATA_DIR."
            )
        time.sleep(0.02)
    held.seek(0)
    held.truncate()
    held.write(f"{os.getpid()}\n")
    held.flush()
    return held


def is_taken(home: Path) -> bool:
    """Whether a living process holds the directory."""
    try:
        with (home / "lock").open() as file:
            return not _try_lock(file, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False
    except PermissionError:
        raise EmbeddedError(f"Another user keeps its database in {home}: use that account.") from None


def _try_lock(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_orphans(cluster: Path, sockets: Path) -> None:
    """Wait until nothing is left of a server whose service was killed, then clear away its traces.

    The caller holds the directory, so a server still alive here has lost its service: the kernel has told it
    to stop. Process ids are reused, so PostgreSQL could take a stranger for the owner named in a stale file.
    """
    deadline = time.monotonic() + ORPHAN_SECONDS
    while orphans := _processes_in(cluster):
        postmaster = next(iter(lines_of(cluster / "postmaster.pid")), "")
        main = [orphan for orphan in orphans if str(orphan.pid) == postmaster]
        try:
            if not main:  # backends without their server: what they committed is safe, the rest is void
                for orphan in orphans:
                    orphan.send_signal(signal.SIGQUIT)
            elif sys.platform != "linux":
                main[0].send_signal(signal.SIGINT)
        except psutil.NoSuchProcess:
            continue
        if time.monotonic() > deadline:
            pids = ", ".join(str(orphan.pid) for orphan in orphans)
            raise DirectoryInUse(f"A PostgreSQL server (pid {pids}) is still running in {cluster}: stop it first.")
        time.sleep(0.02)
    for trace in (cluster / "postmaster.pid", sockets / SOCKET_NAME, sockets / f"{SOCKET_NAME}.lock"):
        trace.unlink(missing_ok=True)


def _processes_in(cluster: Path) -> list[psutil.Process]:
    """Every PostgreSQL process of this cluster: each has it as its working directory."""
    here = str(cluster)
    return [
        process
        for process in psutil.process_iter(["name", "cwd", "status"])
        if process.info["name"] == "postgres"
        and process.info["cwd"] == here
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def initialise_cluster(home: Path, account: Account, programs: Path) -> None:
    """Make the cluster with its two roles and its database; all of it, or nothing that a later start sees."""
    unfinished = home / "cluster.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    account.give(unfinished)
    account.run(
        programs / "initdb",
        *("-D", unfinished, "-U", SUPERUSER, "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"),
        *("--builtin-locale=C.UTF-8", "--no-instructions", "--auth-local=reject", "--auth-host=reject"),
    )
    passwords = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER_ROLE, RUNTIME_ROLE)}
    write_private(home / "accounts.json", json.dumps(passwords))
    provided = account.run(
        programs / "postgres",
        *("--single", "-D", unfinished, "-c", "password_encryption=scram-sha-256", "postgres"),
        words=_first_words(passwords),
    )
    if "ERROR:" in provided or "FATAL:" in provided:
        raise EmbeddedError(f"The roles could not be made: {provided.strip()}")
    (unfinished / "pg_hba.conf").write_text("local all all scram-sha-256\n")
    unfinished.rename(home / "cluster")


def _first_words(passwords: dict[str, str]) -> str:
    """What a new cluster is told, one statement a line: two accounts, of which only one owns anything."""
    limits = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
    statements = [
        f"ALTER ROLE {SUPERUSER} PASSWORD '{passwords[SUPERUSER]}'",
        f"CREATE ROLE {OWNER_ROLE} LOGIN {limits} PASSWORD '{passwords[OWNER_ROLE]}'",
        f"CREATE ROLE {RUNTIME_ROLE} LOGIN {limits} PASSWORD '{passwords[RUNTIME_ROLE]}'",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}",
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {DATABASE} TO {RUNTIME_ROLE}",
    ]
    return "".join(f"{statement}\n" for statement in statements)


def socket_folder(home: Path, account: Account) -> Path:
    """The folder of the server's socket, closed to others: in the home unless its path is too long."""
    folder = home / "run"
    if len(os.fsencode(folder / SOCKET_NAME)) > SOCKET_PATH_BYTES:
        digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"pst-{account.uid}-{digest}"
    if not folder.exists():
        folder.mkdir(mode=0o700)
        account.give(folder)
    found = folder.lstat()
    if found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != 0o700 or folder.is_symlink():
        raise EmbeddedError(f"{folder} is not a private folder of user id {account.uid}: remove it.")
    return folder


def log_of(home: Path) -> IO[str]:
    """The server's log, opened to be continued; the one before is kept once it has grown large."""
    path = home / "log"
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(home / "log.1")
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a")


def lines_of(path: Path) -> list[str]:
    """The lines of a file that may not be there."""
    try:
        return path.read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return []


def write_private(path: Path, words: str) -> None:
    """Write a file that only its owner may read, in one move."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(words)
    unfinished.replace(path)
