"""A Dockerfile read as it is written, and its own steps executed in Debian roots instead of images."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from tests.image.debian import PATH, DebianRoot

BASE = "python:3.11-slim"


@dataclass(frozen=True)
class Step:
    word: str
    rest: str


@dataclass
class Image:
    """What a stage became: its root, and with what it is run."""

    root: DebianRoot
    variables: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    folder: str = "/"
    user: str = "0:0"
    entry: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    volumes: list[str] = field(default_factory=list)


def steps_of(dockerfile: Path) -> list[Step]:
    """Its instructions in order, lines that go on joined, comments left out."""
    lines = [line for line in dockerfile.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    return [Step(*line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


class Builder:
    """Executes the steps of a Dockerfile; `machine` says how pip and npm of this machine find their packages."""

    def __init__(self, base: DebianRoot, context: Path, folder: Path, machine: Mapping[str, str]) -> None:
        self._base, self._context, self._folder, self._machine = base, context, folder, machine
        self._stages: dict[str, Image] = {}
        self._image: Image | None = None

    def build(self, dockerfile: Path) -> Image:
        for step in steps_of(dockerfile):
            getattr(self, f"_{step.word.lower()}")(step.rest)
        return self._here

    @property
    def _here(self) -> Image:
        assert self._image is not None, "a Dockerfile begins with FROM"
        return self._image

    def _from(self, rest: str) -> None:
        source, _, name = rest.partition(" AS ")
        stage = self._stages.get(source)
        assert stage is not None or source == BASE, f"no stage and no base is called {source}"
        name = name or "last"
        root = (stage.root if stage else self._base).copied(self._folder / name)
        before = stage or Image(root)
        self._image = self._stages[name] = Image(root, dict(before.variables), before.folder, before.user)

    def _workdir(self, rest: str) -> None:
        self._here.folder = rest
        self._inside(rest).mkdir(parents=True, exist_ok=True)

    def _copy(self, rest: str) -> None:
        words = rest.split()
        origin = self._context
        if words[0].startswith("--from="):
            origin = self._stages[words.pop(0).removeprefix("--from=")].root.path
        *sources, target = words
        for source in sources:
            found = origin / source.lstrip("/")
            into = self._inside(target)
            if found.is_dir():
                shutil.copytree(found, into, symlinks=True, dirs_exist_ok=True)
            else:
                into = into / found.name if target.endswith("/") else into
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(found, into)

    def _run(self, rest: str) -> None:
        here = self._here
        variables = {**here.variables, **self._machine}
        here.root.run("/bin/sh", "-c", rest, user=here.user, folder=here.folder, variables=variables)

    def _env(self, rest: str) -> None:
        known = self._here.variables
        for name, value in re.findall(r"(\w+)=(\S+)", rest):
            known[name] = re.sub(r"\$(\w+)", lambda m: known.get(m[1], ""), value)

    def _user(self, rest: str) -> None:
        entries = (self._here.root.path / "etc/passwd").read_text().splitlines()
        (entry,) = [line.split(":") for line in entries if line.startswith(f"{rest}:")]
        self._here.user = f"{entry[2]}:{entry[3]}"

    def _volume(self, rest: str) -> None:
        self._here.volumes.append(rest)

    def _expose(self, rest: str) -> None:
        assert rest == self._here.variables["PST_PORT"]

    def _healthcheck(self, rest: str) -> None:
        self._here.health = json.loads(rest.partition("CMD ")[2])

    def _entrypoint(self, rest: str) -> None:
        self._here.entry = json.loads(rest)

    def _cmd(self, rest: str) -> None:
        self._here.command = json.loads(rest)

    def _inside(self, name: str) -> Path:
        return self._here.root.path / str(Path(self._here.folder, name)).lstrip("/")


def drop_ignored(context: Path) -> None:
    """Take away from a context what its .dockerignore keeps out of an image."""
    patterns = (context / ".dockerignore").read_text(encoding="utf-8").split()
    for path in sorted(context.rglob("*")):
        name = str(path.relative_to(context))
        if not any(fnmatch(name, p) or (p.startswith("**/") and fnmatch(path.name, p[3:])) for p in patterns):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
