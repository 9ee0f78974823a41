"""Whatever the OpenAPI document allows or forbids, asked by whomever, is answered as the document says.

Each request that schemathesis makes is sent in the name of every role. `PST_SCHEMATHESIS_EXAMPLES=200 make test-python`
asks longer; the default keeps all roles together within a few minutes. Cases are derived from the document alone,
so a run can be repeated.
"""

import os
from typing import Any
from uuid import UUID

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.conventions.estate import Estate
from tests.conventions.operations import Operation, document, each, operations
from tests.factories import Headers, world_of

EXAMPLES = int(os.environ.get("PST_SCHEMATHESIS_EXAMPLES", "3"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
TOO_MUCH = (413, 414)
"""Refusals of the size, which schemathesis does not count among those of the content."""
SCHEMA = schemathesis.openapi.from_dict(document())
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture(scope="session")
def callers(doomed: Estate) -> dict[str, Headers]:
    """Every role of the policy, with a token of its own."""
    commune, world = doomed.commune, world_of(doomed.commune.database)
    own = {role: commune.as_(role) for role in ("college", "council", "administration", "agent")}
    partner = commune.as_("partner", organisation=doomed.partner)
    return {
        **own, "partner": partner, "region": world.region, "integrator": world.integrator,
        "operator": world.operator, "public": {},
    }  # fmt: skip


@pytest.fixture(scope="session")
def session() -> requests.Session:
    return requests.Session()


@each(list(operations()))
def test_each_role_is_answered_as_the_document_says(
    operation: Operation, doomed: Estate, callers: dict[str, Headers], session: requests.Session, address: str
) -> None:
    described = SCHEMA[operation.template][operation.method]

    @given(st.one_of([described.as_strategy(generation_mode=mode) for mode in MODES]), st.booleans())
    @hypothesis_settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any, is_about_what_is_there: bool) -> None:
        if is_about_what_is_there and case.meta.generation.mode.is_positive:
            _name_what_is_there(case, doomed.ids)
        for role, headers in callers.items():
            answer = case.call(base_url=address, session=session, headers=headers)
            rejects = [] if answer.status_code in TOO_MUCH else [negative_data_rejection]
            try:
                case.validate_response(answer, checks=[*CHECKS, *rejects])
            except BaseExceptionGroup as failures:
                failures.add_note(f"asked as {role}")
                raise

    ask()


def _name_what_is_there(case: Any, ids: dict[str, UUID]) -> None:
    """Put ids of documents that exist where the case has generated ones, so that it gets further than 404."""
    for name, value in (case.path_parameters or {}).items():
        if isinstance(value, str) and name.removesuffix("Id") in ids:
            case.path_parameters[name] = str(ids[name.removesuffix("Id")])
    if isinstance(case.body, dict):
        for name in case.body:
            target = name.removesuffix("Id")
            if name.endswith("Id") and target in ids and case.body[name] is not None:
                case.body[name] = str(ids[target])
