"""A field that no list names is read by its house alone, and every field of a concept is listed."""

import os
import subprocess
import sys
from pathlib import Path

from api.domain.policy import HOUSE_ROLES, HOUSE_SCOPES, POLICY
from api.domain.policy_fields import COVERED, HOUSE, WRITING
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME, RESOURCES

ROOT = Path(__file__).resolve().parents[2]
WHERE = "list it in api/domain/policy_fields.py, for each group that may read it or as `house`"


def fields_of(resource: Resource) -> set[str]:
    """What the concept answers: fields, and the members of its arrays of objects."""
    members = {f"{n}.{c}" for n, part in resource.parts.items() if not part.is_scalar for c in part.columns}
    return {*resource.answered_fields, *members}


def fields_written(resource: Resource) -> set[str]:
    return set(resource.patch.model_fields) if resource.patch else set()


def is_read_outside(resource: Resource) -> bool:
    return any(g.permission == f"{resource.name}:read" and not g.is_whole for g in POLICY.values())


def test_every_field_of_what_others_read_is_listed() -> None:
    unlisted = []
    for resource in filter(is_read_outside, RESOURCES):
        groups = [fields for (group, name), fields in COVERED.items() if name == resource.name and group not in WRITING]
        listed = frozenset().union(*groups)
        house = COVERED.get((HOUSE, resource.name), frozenset())
        of_house = {field for field in fields_of(resource) if field.split(".")[0] in house}
        unlisted += [f"{resource.name}.{field}: {WHERE}" for field in fields_of(resource) - listed - of_house]
    assert unlisted == []


def test_every_list_names_fields_that_there_are() -> None:
    gone = [
        f"{name}.{field} ({group})"
        for (group, name), fields in COVERED.items()
        for field in fields
        if field not in fields_of(BY_NAME[name]) | fields_written(BY_NAME[name])
    ]
    assert gone == []


def test_every_right_to_read_outside_the_house_names_a_list() -> None:
    names = {resource.name for resource in RESOURCES}
    open_ended = [
        (grant.role, grant.permission)
        for grant in POLICY.values()
        if grant.permission.endswith(":read") and grant.permission.partition(":")[0] in names
        and not (grant.role in HOUSE_ROLES and grant.scope in HOUSE_SCOPES)
        and (grant.group, grant.permission.partition(":")[0]) not in COVERED
    ]  # fmt: skip
    assert open_ended == []


def test_every_filter_asks_for_a_field_that_there_is() -> None:
    for resource in RESOURCES:
        for name, asked in resource.filters.items():
            assert asked.field == "id" or asked.field in resource.answered_fields, (resource.name, name)


def test_a_field_planted_on_every_concept_is_told_to_nobody_outside(tmp_path: Path) -> None:
    """A process of its own, in which every concept is declared with fields that no list names (`planted.py`)."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "tests.rights.planted",
         "tests/rights/planted_suite.py"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
