"""What a user would pick instead: PostGraphile, Django REST Framework, strawberry-django.

Their packages are fetched at pinned versions into `var/bench/peers`, and are no part of this project.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from benchmarks.bed import Bed
from benchmarks.servers import Server, free_port, serving

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent


def install(home: Path) -> None:
    """Both peers at their pinned versions; nothing is fetched where they are already."""
    python = home / "python"
    if not (python / "bin" / "gunicorn").exists():
        _run(sys.executable, "-m", "venv", str(python))
        _run(str(python / "bin" / "pip"), "--disable-pip-version-check", "-q", "install", "-r",
             str(HERE / "requirements.txt"))  # fmt: skip
    node = home / "node"
    if not (node / "node_modules" / "postgraphile").exists():
        node.mkdir(parents=True, exist_ok=True)
        (node / "package.json").write_text((HERE / "postgraphile_peer" / "package.json").read_text())
        _run("npm", "install", "--no-fund", "--no-audit", "--loglevel=error", folder=node)


def _run(*command: str, folder: Path | None = None) -> None:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "PATH": path})


@contextmanager
def postgraphile(bed: Bed, home: Path) -> Iterator[Server]:
    """PostGraphile under the runtime role, behind the same row-level security."""
    port, node = free_port(), home / "node"
    (node / "server.mjs").write_text((HERE / "postgraphile_peer" / "server.mjs").read_text())
    given = {"PEER_DATABASE_URL": bed.addresses.runtime, "PEER_PORT": str(port), "NODE_ENV": "production",
             "GRAPHILE_ENV": "production"}  # fmt: skip
    command: list[str | Path] = [BIN / "node", "server.mjs"]
    log = bed.folder / "postgraphile.log"
    with serving("postgraphile", command, given, port=port, health="/graphql", log=log, folder=node) as server:
        yield server


@contextmanager
def django(bed: Bed, home: Path) -> Iterator[Server]:
    """Django under gunicorn with one worker of threads, as its own connections allow."""
    port, address = free_port(), urlsplit(bed.addresses.owner)
    given = {"PEER_NAME": address.path.strip("/"), "PEER_HOST": parse_qs(address.query)["host"][0],
             "PEER_USER": str(address.username), "PEER_PASSWORD": unquote(str(address.password))}  # fmt: skip
    gunicorn = home / "python" / "bin" / "gunicorn"
    command: list[str | Path] = [gunicorn, "app:application", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--threads", "4", "--keep-alive", "60", "--chdir", HERE / "django_peer"]
    log = bed.folder / "django.log"
    with serving("django", command, given, port=port, health="/", log=log) as server:
        yield server
