"""`pst demo`, `pst token` and `pst workspace create` as somebody at a terminal meets them."""

import json
import os
import subprocess
import sys
from base64 import urlsafe_b64decode
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from api.db import Database
from api.running import announce
from api.settings import Settings
from tests.factories import Commune, make_commune

ROOT = Path(__file__).resolve().parents[2]


class Terminal:
    """A shell beside the service: the same database and data directory, and whatever mode is said."""

    def __init__(self, settings: Settings, data_dir: Path) -> None:
        assert settings.database_url is not None
        self.environment = {
            **os.environ,
            "DATABASE_URL": settings.database_url.get_secret_value(),
            "PST_DATA_DIR": str(data_dir),
        }

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "api.cli.main", *words],
            cwd=ROOT, env={**self.environment, **variables}, text=True, capture_output=True, check=False,
        )  # fmt: skip


@pytest.fixture
def terminal(settings: Settings, data_folder: Path) -> Terminal:
    return Terminal(settings, data_folder)


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


@pytest.mark.parametrize("words", [("token", "operator"), ("token", "college", "--commune", "84016"), ("demo",)])
@pytest.mark.parametrize("mode", [{}, {"PST_MODE": "production"}])
def test_production_refuses_in_two_languages(
    settings: Settings, tmp_path: Path, words: tuple[str, ...], mode: dict[str, str]
) -> None:
    """Not saying the mode is production too."""
    refused = Terminal(settings, tmp_path).run(*words, **mode)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "refusé en production" in refused.stderr
    assert "refused in production" in refused.stderr


def test_beside_a_production_service_no_said_mode_helps(settings: Settings, tmp_path: Path) -> None:
    announce(settings.model_copy(update={"mode": "production", "data_dir": tmp_path}))
    refused = Terminal(settings, tmp_path).run("token", "operator", PST_MODE="demo")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "production" in refused.stderr


async def test_the_token_stands_alone_on_the_last_line_and_opens_the_api(
    terminal: Terminal, client: httpx.AsyncClient, commune: Commune
) -> None:
    printed = terminal.run("token", "administration", "--commune", str(commune.nis), PST_MODE="development")
    assert printed.returncode == 0, printed.stderr
    token = printed.stdout.splitlines()[-1]
    assert token.count(".") == 2
    answer = await client.get("/pst/v1/units", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert {item["name"] for item in answer.json()["items"]} == {"works", "social", "aid"}


async def test_beside_a_running_service_its_mode_and_address_are_taken(
    settings: Settings, tmp_path: Path, commune: Commune
) -> None:
    """`make run` says them to the service alone, not to the next terminal."""
    announce(settings.model_copy(update={"data_dir": tmp_path, "mode": "demo", "port": 8_123}))
    printed = Terminal(settings, tmp_path).run("token", "college", "--commune", str(commune.nis))
    assert printed.returncode == 0, printed.stderr
    payload = printed.stdout.splitlines()[-1].split(".")[1]
    claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert claims["iss"] == "http://127.0.0.1:8123"
    assert claims["role"] == "college"


@pytest.mark.usefixtures("database")
def test_what_does_not_exist_is_told_with_what_does(terminal: Terminal) -> None:
    refused = terminal.run("token", "college", "--commune", "10000", PST_MODE="demo")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "There is no commune 10000 here" in refused.stderr
    assert "Il y a / There is" in refused.stderr


async def test_the_operator_opens_a_commune_whose_administrator_then_signs_in(
    terminal: Terminal, client: httpx.AsyncClient
) -> None:
    email = f"dg.{uuid4().hex}@namur.example"
    opened = terminal.run("workspace", "create", "--nis", "92094", "--name", "Namur", "--admin-email", email)
    assert opened.returncode == 0, opened.stderr
    password = opened.stdout.splitlines()[-1].rpartition(" ")[2]
    session = await client.post("/auth/session", json={"email": email, "password": password})
    assert session.status_code == 200
    (space,) = session.json()["workspaces"]
    assert (space["nis"], space["slug"]) == (92094, "namur")
    assert [role["role"] for role in space["roles"]] == ["administration"]
    again = terminal.run("workspace", "create", "--nis", "92094", "--name", "Namur")
    assert again.returncode == 2
    assert "duplicate" in again.stderr


@pytest.mark.usefixtures("database")
def test_a_commune_that_does_not_exist_gets_no_workspace(terminal: Terminal) -> None:
    refused = terminal.run("workspace", "create", "--nis", "12345", "--name", "Nulle part")
    assert refused.returncode == 2
    assert "territory" in refused.stderr
