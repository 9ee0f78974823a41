"""The image, built by its Dockerfile's own steps in a Debian root; and a machine that has only what README.md asks."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.image.debian import ROOT, DebianRoot, copy_repository, make_debian_root
from tests.image.dockerfile import Builder, Image, drop_ignored
from tests.service.loopback import ForeignPostgres, foreign_postgres
from tests.service.running import free_port

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("image")]

MACHINE = {
    "PIP_NO_INDEX": "1",
    "PIP_FIND_LINKS": "/machine/wheels",
    "npm_config_cache": "/machine/npm",
    "npm_config_offline": "true",
    "npm_config_update_notifier": "false",
}
"""Inside a root, packages come from what this machine fetched: the versions and hashes are the repository's."""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pst-image-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def debian(folder: Path) -> DebianRoot:
    shared = {"/machine/wheels": folder / "wheels", "/machine/npm": folder / "npm"}
    root = make_debian_root(folder / "debian", shared)
    fetch_packages(folder)
    return root


def fetch_packages(folder: Path) -> None:
    """The wheels of every pinned requirement of the runtime, and what npm fetches for the frontend."""
    scripts = ROOT / ".venv" / "bin"
    requirements = [part for name in ("runtime", "build") for part in ("-r", f"requirements/{name}.txt")]
    subprocess.run(
        [scripts / "python", "-m", "pip", "download", "--quiet", "--require-hashes", "--only-binary=:all:",
         "--dest", folder / "wheels", *requirements],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    copied = folder / "lock"
    copied.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "frontend" / name, copied / name)
    known = subprocess.run([scripts / "npm", "config", "get", "cache"], capture_output=True, text=True, check=True)
    shutil.copytree(known.stdout.strip(), folder / "npm", dirs_exist_ok=True)
    subprocess.run(
        [scripts / "npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund",
         "--cache", folder / "npm"],
        cwd=copied, check=True, capture_output=True,
    )  # fmt: skip
    shutil.rmtree(copied)
    subprocess.run(["chmod", "-R", "a+rwX", folder / "npm", folder / "wheels"], check=True)


@pytest.fixture(scope="module")
def image(debian: DebianRoot, folder: Path) -> Image:
    base = debian.copied(folder / "base")
    base.run("python3.11", "-m", "venv", "/usr/local")
    context = folder / "context"
    copy_repository(context)
    drop_ignored(context)
    return Builder(base, context, folder / "stages", MACHINE).build(context / "Dockerfile")


@pytest.fixture(scope="module")
def foreign(folder: Path) -> Iterator[ForeignPostgres]:
    place = folder / "database"
    place.mkdir()
    with foreign_postgres(place) as server:
        yield server


class Container:
    """The image running as compose.yaml runs it: an unprivileged account, a root that nobody may write."""

    def __init__(self, image: Image, log: Path, **variables: str) -> None:
        self._image, self.log = image, log
        self._variables = {**image.variables, **variables}

    def start(self, *command: str) -> "subprocess.Popen[str]":
        with self.log.open("a") as log:
            return self._image.root.start(
                *self._image.entry, *(command or self._image.command), user=self._image.user,
                folder=self._image.folder, variables=self._variables, is_read_only=True,
                writable=["/tmp", *self._image.volumes], log=log.fileno(),
            )  # fmt: skip

    def ask(self, *command: str, entry: list[str] | None = None) -> str:
        """A command in it, as `docker exec` and a health check run one."""
        return self._image.root.run(
            *(self._image.entry if entry is None else entry), *command, user=self._image.user,
            folder=self._image.folder, variables=self._variables,
        )  # fmt: skip


def wait_until_it_answers(process: "subprocess.Popen[str]", address: str, log: Path, seconds: int) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()[-4000:]
        try:
            if httpx.get(f"{address}/health", timeout=5).json() == {"status": "UP"}:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(f"the service does not answer:\n{log.read_text()[-4000:]}")


def stop(process: "subprocess.Popen[str]") -> None:
    """End a program in its root, as `docker stop` does; what does not leave by itself is killed with its mounts."""
    subprocess.run(["pkill", "-TERM", "-P", str(process.pid)], check=False)
    try:
        process.wait(60)
    finally:
        process.kill()


def page_of(address: str) -> str:
    page = httpx.get(f"{address}/", headers={"Accept": "text/html"}, timeout=30)
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    return page.text


def test_the_image_starts_as_its_own_user_on_a_database_of_the_host(
    image: Image, foreign: ForeignPostgres, folder: Path
) -> None:
    assert image.user.startswith("10001:")
    address = foreign.create("image")
    port = str(free_port())
    container = Container(image, folder / "image.log", DATABASE_URL=address, PST_PORT=port, PST_MODE="production",
                          PST_PUBLIC_URL="https://pst.example")  # fmt: skip
    process = container.start()
    try:
        base = f"http://127.0.0.1:{port}"
        wait_until_it_answers(process, base, container.log, 120)
        communes = httpx.get(f"{base}/pst/v1/public/communes?pageSize=1", timeout=30)
        assert communes.status_code == 200
        assert communes.json()["items"]
        script = page_of(base).partition('<script type="module" crossorigin src="')[2].partition('"')[0]
        assert httpx.get(f"{base}{script}", timeout=30).status_code == 200, "the page is there with all it needs"
        container.ask(*image.health, entry=[])
        created = container.ask("workspace", "create", "--nis", "93088", "--name", "Walcourt",
                                "--admin-email", "dg@walcourt.example")  # fmt: skip
        password = created.strip().splitlines()[-1].rpartition(" ")[2]
        words = {"email": "dg@walcourt.example", "password": password}
        assert httpx.post(f"{base}/auth/session", json=words, timeout=30).status_code == 200
    finally:
        stop(process)


def test_a_machine_with_what_the_readme_asks_runs_the_service(debian: DebianRoot, folder: Path) -> None:
    machine = debian.copied(folder / "machine")
    machine.run("useradd", "--create-home", "--uid", "1000", "somebody")
    copy_repository(machine.path / "home/somebody/pst")
    machine.run("chown", "-R", "somebody:somebody", "/home/somebody")
    port = str(free_port())
    log = folder / "machine.log"
    with log.open("w") as file:
        process = machine.start(
            "make", "run", user="1000:1000", folder="/home/somebody/pst", log=file.fileno(),
            variables={**MACHINE, "HOME": "/home/somebody", "PST_PORT": port},
        )  # fmt: skip
    try:
        base = f"http://127.0.0.1:{port}"
        wait_until_it_answers(process, base, log, 600)
        assert "<title>" in page_of(base)
        assert process.poll() is None
    finally:
        stop(process)
