"""The house keeps its measure: short modules, short functions, no name of a machine or of a registry."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULE_LINES, FUNCTION_LINES, TYPESCRIPT_LINES = 300, 40, 250

# Written in halves, so that this file does not name what it looks for.
UNWANTED = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com",
    "deb.deb" + "ian.org",
    "proxy.go" + "lang.org",
    "/opt/" + "wheels",
    "/opt/" + "pypi",
    "/work/" + "main",
    "/work/" + "shared",
    "/ro" + "ot/",
]


@cache
def files() -> list[Path]:
    """Every file that is, or is about to be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_python_module_is_too_long_to_hold_in_mind() -> None:
    written = [p for p in files() if p.suffix == ".py" and "versions" not in p.relative_to(ROOT).parts[:2]]
    long = {str(p.relative_to(ROOT)): lines_of(p) for p in written}
    assert {name: count for name, count in long.items() if count > MODULE_LINES} == {}


def test_no_python_function_is_too_long_to_read_at_once() -> None:
    long = {}
    for path in files():
        if path.suffix != ".py" or "versions" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                count = (node.end_lineno or node.lineno) - node.lineno + 1
                if count > FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = count
    assert long == {}


def test_no_typescript_file_is_too_long() -> None:
    sources = [p for p in files() if p.suffix in {".ts", ".tsx"} and "generated" not in p.parts]
    long = {str(p.relative_to(ROOT)): lines_of(p) for p in sources}
    assert {name: count for name, count in long.items() if count > TYPESCRIPT_LINES} == {}


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = {}
    for path in files():
        words = path.read_bytes().decode("utf-8", errors="ignore")
        if named := [unwanted for unwanted in UNWANTED if unwanted in words]:
            found[str(path.relative_to(ROOT))] = named
    assert found == {}


def test_every_pinned_requirement_has_a_hash() -> None:
    for name in ("runtime", "build", "test"):
        pinned = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        requirements = [part for part in pinned.replace("\\\n", " ").splitlines() if part.strip()]
        assert requirements
        assert [line for line in requirements if "==" not in line or "--hash=sha256:" not in line] == []


def test_every_decision_has_a_number_of_its_own() -> None:
    pages = [path for path in files() if path.parent == ROOT / "docs" / "decisions"]
    numbers = [path.name[:4] for path in pages]
    assert sorted(set(numbers)) == sorted(numbers)
    assert {path.name: path.read_text(encoding="utf-8")[2:6] for path in pages} == {p.name: p.name[:4] for p in pages}
