"""Whatever the SDL allows, asked by whomever, never finds a fault of ours."""

import os
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings

from tests.conventions.estate import Estate
from tests.factories import Headers, world_of

EXAMPLES = int(os.environ.get("PST_SCHEMATHESIS_EXAMPLES", "1"))
SDL = Path(__file__).parents[2] / "openapi" / "schema.graphql"
SCHEMA: Any = schemathesis.graphql.from_file(SDL.read_text(encoding="utf-8"))
FIELDS = [operation.ok() for operation in SCHEMA.get_all_operations()]
UNDERSTOOD = {200, 400, 401, 403, 413, 503}


@pytest.fixture(scope="session")
def askers(doomed: Estate) -> dict[str, Headers]:
    """Those whose answers differ most: who changes everything, who sees a part, who sees versions, and nobody."""
    commune, world = doomed.commune, world_of(doomed.commune.database)
    partner = commune.as_("partner", organisation=doomed.partner)
    return {
        "administration": commune.as_("administration"),
        "council": commune.as_("council"),
        "partner": partner,
        "region": world.region,
        "public": {},
    }


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.label)
def test_no_question_of_the_sdl_finds_a_server_error(field: Any, askers: dict[str, Headers], address: str) -> None:
    session = requests.Session()

    @given(field.as_strategy())
    @hypothesis_settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        for role, headers in askers.items():
            answer = session.post(f"{address}/graphql", json={"query": case.body}, headers=headers, timeout=30)
            assert answer.status_code in UNDERSTOOD, (role, case.body, answer.text)
            types = [e["extensions"]["type"] for e in answer.json().get("errors", [])]
            assert not [t for t in types if t.endswith("internalServerError")], (role, case.body, answer.text)

    ask()
