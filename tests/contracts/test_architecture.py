"""The drawings of the architecture are read from the code, and the documents name what there is."""

import re
import subprocess
from pathlib import Path

import pytest

from api.architecture import WAYS, calls_of, edges_of, find_definition, imports_of

ROOT = Path(__file__).resolve().parents[2]
ROOMS = re.compile(r"`((?:api|tests|docs|frontend|migrations|openapi|benchmarks|requirements)/[\w./-]*)`")
MODULES = re.compile(r"`(\w[\w/-]*\.(?:py|tsx?|json))`")
LINKS = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
BUILT = ("frontend/dist", "frontend/node_modules")


def tracked() -> list[str]:
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()


def documents() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_function_of_a_way_is_there_and_is_called() -> None:
    for way in WAYS.values():
        assert all(find_definition(reference) for reference in way)
        assert edges_of(way)


def test_a_function_that_is_gone_is_named() -> None:
    with pytest.raises(LookupError, match=r"api\.domain\.journal:recorded is gone"):
        find_definition("api.domain.journal:recorded")
    with pytest.raises(LookupError, match=r"api\.domain\.gone:record is gone"):
        find_definition("api.domain.gone:record")


def test_a_function_that_nothing_on_the_way_calls_is_named() -> None:
    commands = "api.domain.commands.documents"
    with pytest.raises(LookupError, match="read_reminders"):
        edges_of((f"{commands}:update", f"{commands}:apply_update", "api.domain.commands.reminders:read_reminders"))


def test_calls_are_told_in_the_order_of_the_source() -> None:
    journal, commands = "api.domain.journal:record", "api.domain.commands.documents"
    known = (journal, f"{commands}:update", f"{commands}:apply_update")
    assert calls_of(f"{commands}:update", known) == [f"{commands}:apply_update", journal]


def test_imports_of_a_room_are_those_of_its_modules() -> None:
    assert imports_of("api.domain", "errors") == set()
    assert {"schemas", "tables", "policy"} <= imports_of("api.domain", "resources")
    assert "commands" not in imports_of("api.domain", "sql")


def test_documents_name_files_that_there_are() -> None:
    files = tracked()
    folders = {str(parent) for file in files for parent in Path(file).parents}
    gone = []
    for document in documents():
        text = document.read_text(encoding="utf-8")
        rooms = [name for name in ROOMS.findall(text) if name.rstrip("/") not in {*files, *folders}]
        modules = [n for n in MODULES.findall(text) if not any(file == n or file.endswith(f"/{n}") for file in files)]
        links = [link for link in LINKS.findall(text) if not (document.parent / link).exists()]
        named = [name for name in (*rooms, *modules, *links) if not name.startswith(BUILT)]
        gone += [f"{document.relative_to(ROOT)}: {name}" for name in named]
    assert gone == []
