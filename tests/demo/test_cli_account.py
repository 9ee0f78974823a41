"""`pst account` and `pst workspace name-administrator` as an operator at a terminal meets them."""

import re
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from api.settings import Settings
from tests.demo.test_cli import Terminal

LINK = re.compile(r"^(http\S+)/mot-de-passe/nouveau#([\w-]{40,})$", re.MULTILINE)
PASSWORD = "trois petits canards"


@pytest.fixture
def terminal(settings: Settings, data_folder: Path) -> Terminal:
    return Terminal(settings, data_folder)


@pytest.fixture
def email() -> str:
    return f"{uuid4().hex}@region.example"


async def set_password(client: httpx.AsyncClient, printed: str) -> httpx.Response:
    (found,) = LINK.findall(printed)
    return await client.post("/auth/newPassword", json={"token": found[1], "newPassword": PASSWORD})


async def sign_in(client: httpx.AsyncClient, email: str) -> httpx.Response:
    return await client.post("/auth/session", json={"email": email, "password": PASSWORD})


@pytest.mark.parametrize("role", ["operator", "region"])
async def test_an_account_is_made_with_a_link_and_disabled_again(
    terminal: Terminal, client: httpx.AsyncClient, email: str, role: str
) -> None:
    created = terminal.run("account", "create", email, "--name", "Ana Dubois", "--role", role, "--language", "nl")
    assert created.returncode == 0, created.stderr
    again = terminal.run("account", "create", email.upper(), "--name", "Ana")
    assert (again.returncode, again.stdout) == (2, "")
    assert "already" in again.stderr
    listed = terminal.run("account", "list", "--role", role)
    (line,) = [line for line in listed.stdout.splitlines() if line.startswith(email)]
    assert line == f"{email}  Ana Dubois  {role}  no password yet  never here"
    assert (await set_password(client, created.stdout)).status_code == 204
    session = await sign_in(client, email)
    assert (session.json()["globalRole"], session.json()["language"]) == (role, "nl")
    assert terminal.run("account", "disable", email).returncode == 0
    assert (await client.get("/auth/session")).status_code == 401
    assert (await sign_in(client, email)).status_code == 401
    refused = terminal.run("account", "reset-password", email)
    assert (refused.returncode, refused.stdout) == (2, "")


async def test_a_link_to_reset_voids_the_one_before(terminal: Terminal, client: httpx.AsyncClient, email: str) -> None:
    first = terminal.run("account", "create", email, "--name", "Ana Dubois").stdout
    second = terminal.run("account", "reset-password", email).stdout
    assert (await set_password(client, first)).status_code == 400
    assert (await set_password(client, second)).status_code == 204
    assert (await sign_in(client, email)).status_code == 200
    unknown = terminal.run("account", "reset-password", f"{uuid4()}@region.example")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert len(unknown.stderr.strip().splitlines()) == 1


async def test_the_first_administrator_of_a_workspace_is_named_once(
    terminal: Terminal, client: httpx.AsyncClient, email: str
) -> None:
    opened = terminal.run("workspace", "create", "--nis", "92097", "--name", "Mettet")
    nis = "92097" if opened.returncode == 0 else pytest.fail(opened.stderr)
    named = terminal.run("workspace", "name-administrator", "--nis", nis, "--email", email, "--name", "Zoé Lambert")
    assert named.returncode == 0, named.stderr
    assert (await set_password(client, named.stdout)).status_code == 204
    (place,) = (await sign_in(client, email)).json()["workspaces"]
    assert [(held["role"], held["isAdministrator"]) for held in place["roles"]] == [("administration", True)]
    second = terminal.run(
        "workspace", "name-administrator", "--nis", nis, "--email", f"x{email}", "--name", "Une autre"
    )
    assert (second.returncode, second.stdout) == (2, "")
    assert "administratorNamed" in second.stderr
