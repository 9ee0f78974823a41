"""`pst keys` shows, renews and removes the signing keys, and never leaves the service without one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.keys import app
from api.identity import keys as module
from api.identity.keys import Keys
from api.identity.signatures import public_jwk
from api.settings import get_settings


@pytest.fixture(autouse=True)
def _in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PST_DATA_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def pst_keys(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def listed() -> list[tuple[str, str]]:
    return [(line.split()[0], line.split()[-1]) for line in pst_keys("list").stdout.splitlines()]


def test_a_rotation_is_seen_and_the_former_key_still_verifies() -> None:
    ((first, _),) = listed()
    second = pst_keys("rotate").stdout.strip()
    assert listed() == [(first, "verifies"), (second, "signs")]


def test_a_key_is_retired_when_no_token_of_it_can_be_alive_or_when_told_so(tmp_path: Path) -> None:
    ((first, _),) = listed()
    pst_keys("rotate")
    refused = pst_keys("retire", first)
    assert refused.exit_code == 1
    assert "--now" in refused.stderr
    assert pst_keys("retire").stdout == ""
    assert len(listed()) == 2
    assert pst_keys("retire", "--now", first).stdout.strip() == first
    assert [state for _, state in listed()] == ["signs"]


def test_old_keys_are_retired_together(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    for hours in (5, 4, 3):
        key = Keys.open(tmp_path).rotate()
        stamp = (datetime.now(UTC) - timedelta(hours=hours)).strftime(module._STAMP)
        key.path.rename(folder / f"{stamp}.{key.kid}.pem")
    before = listed()
    assert [state for _, state in before][-1] == "signs"
    retired = pst_keys("retire").stdout.split()
    assert set(retired) < {kid for kid, _ in before}
    assert before[-1][0] not in retired


@pytest.mark.parametrize("now", [[], ["--now"]])
def test_the_key_that_signs_and_unknown_ones_are_refused(now: list[str]) -> None:
    ((only, _),) = listed()
    for kid in (only, "unknown"):
        refused = pst_keys("retire", *now, kid)
        assert refused.exit_code == 1
        assert refused.stderr.startswith("pst: ")
    assert listed() == [(only, "signs")]


def test_no_key_has_a_name_that_reads_as_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    names = iter(["-first", "--second", "third"])
    monkeypatch.setattr("api.identity.keys.public_jwk", lambda key: public_jwk(key) | {"kid": next(names)})
    assert module._generate()[1] == "third"


def test_a_key_that_others_may_read_is_told_in_one_line(tmp_path: Path) -> None:
    listed()
    for path in (tmp_path / "keys").glob("*.pem"):
        path.chmod(0o644)
    refused = pst_keys("list")
    assert refused.exit_code == 1
    assert "chmod 600" in refused.stderr
