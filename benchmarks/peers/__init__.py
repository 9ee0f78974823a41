"""What a user would pick instead: PostGraphile, Django REST Framework, strawberry-django.

Their packages are fetched at pinned versions into `var/bench/peers`, and are no part of this project.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from benchmarks.bed import PUBLIC_URL, Bed
from benchmarks.servers import Server, free_port, serving

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent


def install(home: Path) -> None:
    """Both peers at their pinned versions; nothing is fetched where they are already."""
    _made(home / "python", (HERE / "requirements.txt").read_text(), _install_python)
    _made(home / "node", (HERE / "postgraphile_peer" / "package.json").read_text(), _install_node)


def _made(folder: Path, pinned: str, install: Callable[[Path], None]) -> None:
    """A folder with what is pinned; made anew when the pins have changed since."""
    note = folder / "pinned.txt"
    if note.exists() and note.read_text() == pinned:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    install(folder)
    note.write_text(pinned)


def _install_python(folder: Path) -> None:
    _run(sys.executable, "-m", "venv", str(folder))
    pip = str(folder / "bin" / "pip")
    _run(pip, "--disable-pip-version-check", "-q", "install", "-r", str(HERE / "requirements.txt"))


def _install_node(folder: Path) -> None:
    (folder / "package.json").write_text((HERE / "postgraphile_peer" / "package.json").read_text())
    _run("npm", "install", "--no-fund", "--no-audit", "--loglevel=error", folder=folder)


def _run(*command: str, folder: Path | None = None) -> None:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "PATH": path})


@contextmanager
def postgraphile(bed: Bed, home: Path) -> Iterator[Server]:
    """PostGraphile under the runtime role, behind the same row-level security."""
    port, node = free_port(), home / "node"
    (node / "server.mjs").write_text((HERE / "postgraphile_peer" / "server.mjs").read_text())
    given = {"PEER_DATABASE_URL": bed.addresses.runtime, "PEER_PORT": str(port), "NODE_ENV": "production",
             "GRAPHILE_ENV": "production", **_trusted(bed)}  # fmt: skip
    command: list[str | Path] = [BIN / "node", "server.mjs"]
    log = bed.folder / "postgraphile.log"
    with serving("postgraphile", command, given, port=port, health="/graphql", log=log, folder=node) as server:
        yield server


@contextmanager
def django(bed: Bed, home: Path) -> Iterator[Server]:
    """Django under gunicorn with one worker of threads, as its own connections allow."""
    port, address = free_port(), urlsplit(bed.addresses.runtime)
    given = {"PEER_NAME": address.path.strip("/"), "PEER_HOST": parse_qs(address.query)["host"][0],
             "PEER_USER": str(address.username), "PEER_PASSWORD": unquote(str(address.password)),
             **_trusted(bed)}  # fmt: skip
    gunicorn = home / "python" / "bin" / "gunicorn"
    command: list[str | Path] = [gunicorn, "app:application", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--threads", "4", "--keep-alive", "60", "--chdir", HERE / "django_peer"]
    log = bed.folder / "django.log"
    with serving("django", command, given, port=port, health="/", log=log) as server:
        yield server


def _trusted(bed: Bed) -> dict[str, str]:
    """Whose tokens are believed, and the public keys that verify them."""
    return {"PEER_ISSUER": PUBLIC_URL, "PEER_JWKS": json.dumps(bed.bearers.jwks)}
