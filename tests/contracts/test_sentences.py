"""Every refusal that the code can make has its sentence, in the four languages, saying the same facts."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint

from api.domain.commands.constraints import _invalid_value, _rule_conflict
from api.domain.errors import Invalid
from api.domain.reference import LANGUAGES, load
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import RESOURCES
from api.domain.rules.meaningful_fields import MEANINGS
from api.domain.schemas.base import InputModel
from api.problems import STATUSES

API = Path(__file__).resolve().parents[2] / "api"
REFUSALS = {"Refusal", "Conflict", "Unauthenticated"}
ISSUES = {"Issue", "invalid"}
PLACE = re.compile(r"\{(\w+)\}")


@cache
def said_by_the_code() -> tuple[frozenset[str], frozenset[str]]:
    """The codes of refusals and of issues that are written in the code, and where guards say them."""
    refusals, issues = set(STATUSES), set()
    for path in API.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                codes = set(_texts(node.args[0]))
                refusals |= codes if node.func.id in REFUSALS else set()
                issues |= codes if node.func.id in ISSUES else set()
    refusals |= {guard.refusal for r in RESOURCES for guards in r.guards.values() for guard in guards}
    return frozenset(refusals), frozenset(issues)


def _texts(node: ast.expr) -> Iterator[str]:
    """A text, or those between which a condition chooses."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def sentences(kind: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = load("refusals")[kind]
    return found


def test_every_refusal_has_its_sentence() -> None:
    refusals, _ = said_by_the_code()
    assert sorted(refusals - sentences("refusals").keys()) == []
    assert len(refusals) > 30


def test_every_issue_has_its_sentence() -> None:
    _, issues = said_by_the_code()
    assert sorted(issues - sentences("issues").keys()) == []
    assert len(issues) > 20


def checks() -> Iterator[tuple[Resource, str]]:
    """Every CHECK of a concept or of its arrays, but those that words and schemas make impossible to break."""
    for resource in RESOURCES:
        tables = [resource.table, *(part.table.__table__ for part in resource.parts.values())]  # type: ignore[attr-defined]
        for table in tables:
            for constraint in sorted(table.constraints, key=lambda constraint: str(constraint.name)):
                name = str(constraint.name or "")
                if isinstance(constraint, CheckConstraint) and not name.endswith(IMPOSSIBLE):
                    yield resource, name


IMPOSSIBLE = (
    "_word", "_range", "_form", "_sha256", "_not_negative", "_from_one", "_scopes", "_owner", "_email_shape",
    "_argon2id", "_says_something", "_previous_secret_ends", "_days_in_order", "_positions_in_order",
    "_origin_is_whole", "_origin_is_elsewhere", "_member_is_elsewhere",
)  # fmt: skip
"""What a schema refuses before the database sees it, and what no caller can say at all."""


@pytest.mark.parametrize(("resource", "name"), list(checks()), ids=lambda value: getattr(value, "name", value))
def test_every_check_that_a_caller_can_break_has_its_sentence(resource: Resource, name: str) -> None:
    (issue,) = _told(resource, name).issues
    assert issue.code in sentences("issues"), f"{name} is told as {issue.code}"
    assert issue.name in wire_names(resource), f"{name} is told of {issue.name}"


def _told(resource: Resource, name: str) -> Invalid:
    refusal = _invalid_value(resource, _rule_conflict(name))
    assert isinstance(refusal, Invalid)
    return refusal


def wire_names(resource: Resource) -> set[str]:
    models: list[type[InputModel]] = [m for m in (resource.create, resource.patch) if m is not None]
    return {info.alias or name for model in models for name, info in model.model_fields.items()}


@pytest.mark.parametrize("kind", ["refusals", "issues"])
def test_a_sentence_is_there_in_four_languages_and_says_the_same_facts(kind: str) -> None:
    for code, said in sentences(kind).items():
        assert set(said) == set(LANGUAGES), code
        assert all(text.strip() == text and text.endswith(".") for text in said.values()), code
        assert len({frozenset(PLACE.findall(text)) for text in said.values()}) == 1, code
        assert len(set(said.values())) == len(LANGUAGES), code


def test_no_sentence_is_written_for_nothing() -> None:
    refusals, issues = said_by_the_code()
    told = {issue.code for resource, name in checks() for issue in _told(resource, name).issues}
    assert sentences("refusals").keys() - refusals == set()
    assert {code for code in sentences("issues").keys() - issues - told if code not in SAID_ELSEWHERE} == set()


SAID_ELSEWHERE = {
    "required", "unknownInput", "schemaViolation", "passwordTooShort", "passwordTooLong", "passwordTooObvious",
    *(meaning.refusal for meaning in MEANINGS),
}  # fmt: skip
"""Codes that are chosen by a table or a function rather than written where they are raised."""
