"""A Debian of its own in a folder, made by `debootstrap` from the mirror of this machine, entered by `chroot`."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("python3.11", "python3-venv", "make", "git")
"""What README.md asks of a machine, and nothing else."""

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
ENTER = """
set -e
root=$1 user=$2 folder=$3; shift 3
while [ "$1" != -- ]; do
    case $1 in
        ro:*) mount -o remount,bind,ro "${1#ro:}" ;;
        *) mkdir -p "${1#*:}"; mount --bind "${1%%:*}" "${1#*:}" ;;
    esac
    shift
done
shift
mount -t proc proc "$root/proc"
exec chroot --userspec="$user" "$root" /bin/sh -c 'cd "$0" && exec "$@"' "$folder" "$@"
"""


@dataclass(frozen=True)
class DebianRoot:
    """A folder that is a whole Debian, and folders of this machine that are seen inside it."""

    path: Path
    shared: Mapping[str, Path] = field(default_factory=dict)
    """Folders of this machine, by the name under which they are seen inside."""

    def copied(self, path: Path) -> "DebianRoot":
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", "--reflink=auto", self.path, path], check=True)
        return DebianRoot(path, self.shared)

    def start(
        self,
        *command: str,
        user: str = "0:0",
        folder: str = "/",
        variables: Mapping[str, str] | None = None,
        is_read_only: bool = False,
        writable: Sequence[str] = (),
        log: int = subprocess.PIPE,
    ) -> "subprocess.Popen[str]":
        """A program inside, alone with its own processes; its mounts end with it."""
        mounts = [f"{outside}:{self.path}{inside}" for inside, outside in self.shared.items()]
        if is_read_only:  # what stays writable is held open by a mount of its own before the rest is closed
            mounts += [f"{self.path}{name}:{self.path}{name}" for name in writable]
            mounts = [f"{self.path}:{self.path}", *mounts, f"ro:{self.path}"]
        environment = {"PATH": PATH, "HOME": "/tmp", "LANG": "C.UTF-8", **(variables or {})}
        return subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", ENTER, "enter",
             str(self.path), user, folder, *mounts, "--", *command],
            env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def run(
        self, *command: str, user: str = "0:0", folder: str = "/", variables: Mapping[str, str] | None = None
    ) -> str:
        """Run a program inside to its end; the answer is what it said, and a failure fails the test with it."""
        process = self.start(*command, user=user, folder=folder, variables=variables)
        words, _ = process.communicate(timeout=900)
        assert process.returncode == 0, f"{' '.join(command)} ended with {process.returncode}:\n{words[-6000:]}"
        return words


def make_debian_root(path: Path, shared: Mapping[str, Path]) -> DebianRoot:
    """Debian 12 with Python 3.11, venv, make and git; the test is skipped where none can be made, and says why."""
    if os.geteuid() != 0:
        pytest.skip("only root may make a Debian root")
    if shutil.which("debootstrap") is None:
        pytest.skip("debootstrap is not installed")
    mirror, suite = _mirror()
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", suite, path, mirror],
        capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    if made.returncode != 0:
        pytest.skip(f"debootstrap cannot reach its mirror: {made.stdout[-300:]}")
    return DebianRoot(path, shared)


def _mirror() -> tuple[str, str]:
    """The mirror and the release from which apt of this machine is served."""
    release = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', Path("/etc/os-release").read_text(), re.MULTILINE))
    suite = release.get("VERSION_CODENAME", "")
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)", "Created-By: Packages"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for line in listed.splitlines():
        address, codename, component = line.split()
        if (codename, component) == (suite, "main"):
            return address, suite
    pytest.skip("apt knows no mirror of this release")


def copy_repository(target: Path) -> None:
    """Every file under version control, or about to be: what a fresh clone holds."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (source := ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)
