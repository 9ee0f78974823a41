"""Draws the rooms and the ways through them from the code: `docs/generated/architecture.md`.

A way is a list of functions. Who calls whom, and in which order, is read from their source; a function that is gone, or
that no listed one calls any more, is refused here, and so `make check-contracts` fails until the list is mended.
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMANDS, SQL, ANSWERS = "api.domain.commands", "api.domain.sql", "api.routers.answers"
AUTHENTICATION, GRAPHQL = "api.identity.authentication", "api.graphql"

WAYS: Mapping[str, tuple[str, ...]] = {
    "The way of a change": (
        "api.routers.documents:_add_update.update_document",
        f"{GRAPHQL}.mutations:_update.resolve",
        f"{GRAPHQL}.authoring:run_as_author",
        f"{ANSWERS}:writer",
        f"{AUTHENTICATION}:identify",
        f"{ANSWERS}:authorize_writer",
        f"{AUTHENTICATION}:authorize",
        "api.db:Database.transaction",
        f"{COMMANDS}.documents:update",
        f"{COMMANDS}.documents:apply_update",
        f"{COMMANDS}.documents:_lock_row",
        f"{COMMANDS}.documents:_authorize",
        f"{COMMANDS}.references:check",
        f"{COMMANDS}.hooks.base:Hooks.on_update",
        f"{COMMANDS}.write_and_authorize:update",
        f"{COMMANDS}.write_and_authorize:read_if_allowed",
        f"{COMMANDS}.hooks.base:Hooks.afterwards",
        "api.domain.rights.visibility:may",
        "api.domain.journal:record",
        f"{SQL}.documents:document",
        f"{GRAPHQL}.authoring:read_back",
        f"{ANSWERS}:answer_written",
    ),
    "The way of a read": (
        "api.routers.documents:add_read.read_document",
        f"{ANSWERS}:answer_read",
        f"{AUTHENTICATION}:identify",
        f"{ANSWERS}:_read_optimistically",
        f"{ANSWERS}:_looked_up",
        "api.db:Database.snapshot",
        f"{AUTHENTICATION}:authorize",
        "api.accelerations.response_cache:ResponseCache.find",
        f"{SQL}.documents:document",
        f"{SQL}.prepared:prepare_statement",
        f"{SQL}.reader:Reader.rows",
        f"{SQL}.reader:Reader.document",
        "api.domain.rights.visibility:visible",
        "api.accelerations.response_cache:ResponseCache.keep",
        f"{ANSWERS}:to_response",
    ),
    "The way of a GraphQL query": (
        f"{GRAPHQL}.endpoint:graphql",
        f"{GRAPHQL}.requests:read_request",
        f"{AUTHENTICATION}:identify",
        f"{GRAPHQL}.requests:document_of",
        f"{GRAPHQL}.operations:operation_of",
        f"{GRAPHQL}.endpoint:_answer_ordinary",
        f"{GRAPHQL}.endpoint:_of_the_schema",
        f"{GRAPHQL}.endpoint:_read_remembered",
        f"{GRAPHQL}.endpoint:_read_optimistically",
        f"{GRAPHQL}.context:Context.open_snapshot",
        f"{AUTHENTICATION}:authorize",
        "api.accelerations.response_cache:ResponseCache.find",
        f"{GRAPHQL}.compiled:answer_compiled",
        f"{GRAPHQL}.compiled:_statement",
        f"{SQL}.compilation:compile_statement",
        f"{GRAPHQL}.ordinary:execute_ordinary",
        "api.accelerations.response_cache:ResponseCache.keep",
        f"{GRAPHQL}.endpoint:to_http_response",
    ),
}
"""The functions of each way, as module:function; those that none of the others calls stand first."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def architecture() -> str:
    """The rooms with what they import, then the ways, in Markdown."""
    return "\n".join(["# Architecture, drawn from the code", "", *_rooms(), *_ways()]) + "\n"


def _rooms() -> Iterator[str]:
    """A table per container: each room, from the outermost in, what it holds and which rooms it does import."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    yield from ("A room may import those below it in its table and none above or beside it (`lint-imports`); the last",
                "column tells which of them it does import.", "")  # fmt: skip
    for contract in contracts:
        if contract["type"] != "layers":
            continue
        [container] = contract["containers"]
        layers = [[room.strip() for room in layer.split("|")] for layer in contract["layers"]]
        rooms = [room for layer in layers for room in layer]
        yield from (
            f"## Rooms of `{container}`",
            "",
            "| layer | room | what it holds | imports |",
            "| --- | --- | --- | --- |",
        )
        for number, layer in enumerate(layers, start=1):
            for room in layer:
                used = imports_of(container, room)
                known = ", ".join(f"`{other}`" for other in rooms if other in used and other != room) or "–"
                yield f"| {number} | `{_place(container, room)}` | {_purpose(container, room)} | {known} |"
        yield ""


def _files(container: str, room: str) -> list[Path]:
    place = ROOT / container.replace(".", "/") / room
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


def _place(container: str, room: str) -> str:
    place = ROOT / container.replace(".", "/") / room
    return f"{place.relative_to(ROOT)}/" if place.is_dir() else f"{place.relative_to(ROOT)}.py"


def _purpose(container: str, room: str) -> str:
    """The first line of what the room says of itself; refuses a room that says nothing."""
    place = ROOT / container.replace(".", "/") / room
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    text = ast.get_docstring(_tree(file))
    if not text:
        raise LookupError(f"{file.relative_to(ROOT)} has no docstring that says what the room holds")
    return text.splitlines()[0].replace("|", "\\|")


def imports_of(container: str, room: str) -> set[str]:
    """The rooms of the same container whose modules this one imports, outside `TYPE_CHECKING`."""
    depth = container.count(".") + 1
    return {
        parts[depth]
        for file in _files(container, room)
        for module in imported_names(_tree(file)).values()
        if (parts := module.replace(":", ".").split("."))[:depth] == container.split(".") and len(parts) > depth
    }


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported_names(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for: `module` or `module:name`."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                is_module = _file_of(f"{node.module}.{alias.name}") is not None
                found[alias.asname or alias.name] = f"{node.module}{'.' if is_module else ':'}{alias.name}"
    return found


def _file_of(module: str) -> Path | None:
    place = ROOT / module.replace(".", "/")
    return next((f for f in (place.with_suffix(".py"), place / "__init__.py") if f.is_file()), None)


def find_definition(reference: str) -> Definition:
    """The definition that `module:function` names (`Class.method` and `outer.inner` too); refuses what is not there."""
    module, _, path = reference.partition(":")
    file = _file_of(module)
    node: ast.Module | Definition | None = None if file is None else _tree(file)
    for name in path.split("."):
        inner = ast.walk(node) if node is not None else ()
        node = next((n for n in inner if isinstance(n, Definition) and n.name == name), None)
    if not isinstance(node, Definition):
        raise LookupError(f"{reference} is gone: mend WAYS in api/architecture.py")
    return node


def calls_of(reference: str, known: tuple[str, ...]) -> list[str]:
    """Those of the known functions that this one uses, in the order of its source.

    A method is known by its name: of what class a variable is, the source does not say.
    """
    module = reference.partition(":")[0]
    file = _file_of(module)
    assert file is not None
    imported = imported_names(_tree(file))
    methods = {r.rpartition(".")[2]: r for r in known if r.partition(":")[2][:1].isupper()}
    nodes = list(ast.walk(find_definition(reference)))
    local = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    found: dict[str, tuple[int, int]] = {}
    for node in nodes:
        name = None
        if isinstance(node, ast.Name) and node.id not in local:
            name = imported.get(node.id, f"{module}:{node.id}")
        elif isinstance(node, ast.Attribute):
            base = imported.get(node.value.id) if isinstance(node.value, ast.Name) else None
            name = f"{base}:{node.attr}" if base is not None else methods.get(node.attr)
        if name in known and name != reference:
            assert isinstance(node, ast.expr)
            found[name] = min(found.get(name, (1_000_000, 0)), (node.lineno, node.col_offset))
    return sorted(found, key=lambda name: found[name])


def edges_of(way: tuple[str, ...]) -> dict[str, list[str]]:
    """Who calls whom on a way; refuses a function that none of the others calls, unless the way begins with it."""
    edges = {reference: calls_of(reference, way) for reference in way}
    called = {name for names in edges.values() for name in names}
    first = next(rank for rank, name in enumerate(way) if name in called)
    if alone := [name for name in way[first:] if name not in called]:
        raise LookupError(f"{alone} are called by nothing on their way: mend WAYS in api/architecture.py")
    return edges


def _ways() -> Iterator[str]:
    for title, way in WAYS.items():
        edges, ids = edges_of(way), {name: f"f{number}" for number, name in enumerate(way)}
        yield from (f"## {title}", "", "Numbers tell the order in the source of the function that calls.", "")
        yield from ("```mermaid", "flowchart TD")
        yield from (f'  {ids[name]}["{_label(name)}"]' for name in way)
        for name in way:
            yield from (f"  {ids[name]} -->|{rank}| {ids[to]}" for rank, to in enumerate(edges[name], start=1))
        yield from ("```", "", "| function | what it does |", "| --- | --- |")
        yield from (f"| `{name}` | {_summary(name)} |" for name in way)
        yield ""


def _label(reference: str) -> str:
    module, _, path = reference.partition(":")
    return f"{module.removeprefix('api.').removeprefix('domain.')}<br/>{path}"


def _summary(reference: str) -> str:
    """The first sentence of a function's docstring."""
    text = ast.get_docstring(find_definition(reference)) or "–"
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")
