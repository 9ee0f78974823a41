"""Writes the shapes that the outside sees (`openapi/`) and the tables that people read (`docs/generated/`)."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from api.architecture import architecture
from api.domain.actor import Role
from api.domain.policy import PERMISSIONS, POLICY, Scope
from api.domain.policy_fields import COVERED, HOUSE
from api.domain.resources.catalogue import RESOURCES, links_from, links_to
from api.main import create_app
from api.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
NOTE = "<!-- Written by `make contracts`; do not edit. -->\n\n"


def contents() -> Iterator[tuple[str, str]]:
    """Every generated file: its path and what it says."""
    document = create_app(Settings(public_url="http://127.0.0.1:8000")).openapi()
    yield "openapi/openapi.json", json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    if find_spec("api.graphql.schema") is not None:
        from api.graphql.schema import schema_text

        yield "openapi/schema.graphql", schema_text()
    yield "docs/generated/policy.md", NOTE + _policy()
    yield "docs/generated/lifecycle.md", NOTE + _lifecycle()
    yield "docs/generated/model.md", NOTE + _model()
    yield "docs/generated/architecture.md", NOTE + architecture()


def write() -> None:
    for path, text in contents():
        file = ROOT / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _policy() -> str:
    roles = list(Role)
    lines = [
        "# Who may do what",
        "",
        "A cell names the rows a right covers, then the fields it is narrowed to.",
        "",
    ]
    lines += ["| right | " + " | ".join(roles) + " |", "| --- |" + " --- |" * len(roles)]
    for permission in PERMISSIONS:
        cells = []
        for role in roles:
            grant = POLICY.get((role, permission))
            cells.append("–" if grant is None else grant.scope + (f" / {grant.group}" if grant.group else ""))
        lines.append(f"| `{permission}` | " + " | ".join(cells) + " |")
    lines += ["", "## Scopes", "", *(f"- `{scope}`" for scope in Scope), "", "## Fields", ""]
    lines += ["Closed lists: a field that a group does not list is read by its house alone.", ""]
    lines += [
        f"- `{group}` on {name}: {', '.join(sorted(fields))}"
        for (group, name), fields in sorted(COVERED.items())
        if group != HOUSE
    ]
    return "\n".join(lines) + "\n"


def _lifecycle() -> str:
    lines: list[str] = []
    for resource in RESOURCES:
        if (life := resource.lifecycle) is not None:
            lines += [f"# {resource.title}: its moves", "", "| from | to | right asked |", "| --- | --- | --- |"]
            moves = [(a, b) for a, reached in life.moves.items() for b in reached]
            lines += [f"| {a} | {b} | `{resource.name}:{life.verb(a, b)}` |" for a, b in moves]
            lines += ["", "```mermaid", "stateDiagram-v2", *(f"  {a} --> {b}" for a, b in moves), "```", ""]
    return "\n".join(lines)


def _model() -> str:
    lines = ["# The concepts and their links", ""]
    for resource in RESOURCES:
        lines += [f"## {resource.title}", "", (resource.fields.__doc__ or "").strip(), ""]
        lines += [f"- {link} → {target.title}" for link, target, _ in links_from(resource)]
        lines += [f"- {link} → list of {other.title}" for link, other, _ in links_to(resource)]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    write()
