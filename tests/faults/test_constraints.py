"""What only a constraint of the database refuses is told in words of the domain, and never as our fault."""

import json
import re
from typing import Any

import asyncpg
import httpx
import pytest

from api.db import Database
from api.domain.commands.constraints import refusal_of
from api.domain.errors import Invalid
from api.domain.reference import LANGUAGES
from api.domain.resources.catalogue import BY_NAME
from api.problems import problem_of
from tests.factories import Commune, make_commune, snapshot_of_everything

BASE = "/pst/v1"
INSIDE = re.compile(r"\b(ck|uq|fk|ix|pk)_|violat|constraint|asyncpg|key \(|detail:", re.IGNORECASE)
"""Names of constraints, and words of the database and of libraries."""


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


def violation(kind: Any, **facts: Any) -> Any:
    error = kind("new row violates what the database says in its own words")
    for name, fact in facts.items():
        setattr(error, name, fact)
    return error


@pytest.mark.parametrize("media_type", ["text/plain", "text/csv", "application/pdf"])
async def test_an_empty_file_is_refused_as_empty(
    client: httpx.AsyncClient, commune: Commune, database: Database, media_type: str
) -> None:
    before = await snapshot_of_everything(database, commune.workspace_id)
    headers = {**commune.as_("administration"), "Content-Type": media_type}
    answer = await client.post(f"{BASE}/files", content=b"", headers=headers)
    assert answer.status_code == 400, answer.text
    assert answer.json()["issues"][0]["type"].endswith(":fileEmpty")
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_a_second_one_of_the_same_kind_is_told_by_its_fields(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    words = {"name": "Culture", "strand": "other"}
    headers = {**commune.as_("administration"), "Accept-Language": "fr"}
    assert (await client.post(f"{BASE}/domains", json=words, headers=headers)).status_code == 201
    before = await snapshot_of_everything(database, commune.workspace_id)
    rest = await client.post(f"{BASE}/domains", json=words, headers=headers)
    query = 'mutation { createDomain(input: {name: "Culture", strand: other}) { id } }'
    graphql = (await client.post("/graphql", json={"query": query}, headers=headers)).json()["errors"][0]["extensions"]
    assert (rest.status_code, rest.json()["fields"]) == (409, ["name", "strand"])
    assert {**graphql, "instance": ""} == {**rest.json(), "instance": ""}
    assert not INSIDE.search(rest.text), rest.text
    assert await snapshot_of_everything(database, commune.workspace_id) == before


UNFORESEEN = {
    "check": violation(asyncpg.CheckViolationError, constraint_name="ck_file_content_range", table_name="file"),
    "unique": violation(
        asyncpg.UniqueViolationError, constraint_name="uq_x_y", detail="Key (lower(email))=(a@b.be) already exists."
    ),
    "foreign key": violation(
        asyncpg.ForeignKeyViolationError, constraint_name="fk_x_y", table_name="x",
        detail='Key is not present in table "y".',
    ),
    "still named": violation(
        asyncpg.ForeignKeyViolationError, constraint_name="fk_x_y", table_name="plan_action",
        detail="La clé est toujours référencée à partir de la table « plan_action ».",
    ),
    "restrict": violation(
        asyncpg.RestrictViolationError, constraint_name="fk_x_y", table_name="x", detail="Key (id)=(2) is referenced."
    ),
    "exclusion": violation(asyncpg.ExclusionViolationError, constraint_name="ex_x_y"),
    "null": violation(asyncpg.NotNullViolationError, column_name="title", table_name="x"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", UNFORESEEN)
def test_what_no_rule_says_first_is_no_fault_and_shows_nothing_of_our_inside(kind: str, language: str) -> None:
    problem = problem_of(UNFORESEEN[kind], language, "0")
    told = json.dumps(problem.body, ensure_ascii=False)
    assert problem.status in (400, 409)
    assert not INSIDE.search(told), told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_creation_is_never_told_of_a_removal(language: str) -> None:
    """Whatever language the database speaks."""
    broken = UNFORESEEN["still named"]
    problem = problem_of(refusal_of(broken, BY_NAME["action"]), language, "0")
    removal = problem_of(refusal_of(broken, BY_NAME["action"], is_removal=True), language, "0")
    assert (problem.status, problem.body["usedBy"]) == (409, "planAction")
    assert not re.search(r"supprim|verwijder|gelöscht|removed|deleted", problem.body["detail"])
    assert re.search(r"supprim|verwijder|gelöscht|removed|deleted", removal.body["detail"])


@pytest.mark.parametrize("suffix", ["", "_1", "_102014"])
def test_a_check_is_known_by_its_name_whatever_number_follows(suffix: str) -> None:
    name = f"ck_action_planned_end_after_start{suffix}"
    refused = refusal_of(violation(asyncpg.CheckViolationError, constraint_name=name), BY_NAME["action"])
    assert isinstance(refused, Invalid)
    [issue] = refused.issues
    assert (issue.code, issue.name) == ("plannedEndAfterStart", "plannedEnd")


def test_a_check_without_a_sentence_is_told_by_its_field() -> None:
    name = violation(asyncpg.CheckViolationError, constraint_name="ck_action_estimate_low_not_negative_7")
    refused = refusal_of(name, BY_NAME["action"])
    assert isinstance(refused, Invalid)
    [issue] = refused.issues
    assert (issue.code, issue.name) == ("outOfRange", "estimateLow")
