"""A concept is declared once: every list of concepts is derived of the declarations, and none has drifted from them."""

import os
import re
import subprocess
import sys
from pathlib import Path

from api.domain.actor import Role
from api.domain.commands.hooks import Hooks
from api.domain.policy import PERMISSIONS, POLICY, needed_scope
from api.domain.resources.base import OwnerKind
from api.domain.resources.catalogue import BY_NAME, CHAPTERS, IN_VERSIONS, NUMBERED, RESOURCES, SHOWN
from api.domain.resources.trees import VersionContent
from api.domain.rights.visibility import SHOWN_SCOPES
from api.domain.schemas.identity import Scope

ROOT = Path(__file__).resolve().parents[2]
BRANCH = re.compile(r"\b(?:resource|entity|kind|thing|child|target|parent|r)\.name (?:==|!=|in|not in) ")


def test_no_module_asks_which_concept_it_has_before_it() -> None:
    """What differs between concepts is an attribute of `Resource`."""
    asked = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / "api").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if BRANCH.search(line)
    ]
    assert asked == []


def test_every_concept_that_readers_of_versions_may_read_is_declared_as_shown_to_them() -> None:
    """Who reads by versions alone is told rows of versions; else it would be told living ones."""
    drifted = {
        grant.permission
        for grant in POLICY.values()
        if grant.scope in SHOWN_SCOPES and grant.permission.endswith(":read")
        and (r := BY_NAME.get(grant.permission.partition(":")[0])) is not None
        and not r.is_shown and r.owner_kind is not OwnerKind.VERSION and r.published_once is None
    }  # fmt: skip
    assert drifted == set()
    nobody = {name for name in SHOWN if (Role.COUNCIL, f"{name}:read") not in POLICY}
    assert nobody == set()


def test_the_content_of_versions_tells_the_lists_that_every_version_holds() -> None:
    listed = [r.name for r in IN_VERSIONS if r.in_versions is not None and r.in_versions.place is not None]
    assert set(VersionContent.model_fields) - {"names", "withheld"} == set(listed)
    places = [r.in_versions.place for r in IN_VERSIONS if r.in_versions is not None and r.in_versions.place is not None]
    assert sorted(places) == list(range(1, len(places) + 1))
    assert set(NUMBERED) <= SHOWN <= {r.name for r in IN_VERSIONS}


def test_every_right_asks_a_machine_for_a_scope_that_clients_can_have() -> None:
    asked = {needed_scope(permission) for permission in PERMISSIONS} - {None}
    assert asked <= set(Scope)


def test_every_concept_has_rights_and_every_table_is_registered() -> None:
    without = [r.name for r in RESOURCES if not any(p.startswith(f"{r.name}:") for p in PERMISSIONS)]
    assert without == []
    assert set(Hooks.declared) <= set(BY_NAME)
    assert len(BY_NAME) == len(RESOURCES)


def test_the_order_of_the_contracts_names_modules_that_there_are() -> None:
    gone = [name for name in CHAPTERS if not (ROOT / "api" / "domain" / "resources" / f"{name}.py").is_file()]
    assert gone == []


def test_a_concept_made_by_declaration_alone_is_read_and_written_everywhere() -> None:
    """A process of its own, in which one more concept is declared (`declared_concept.py`)."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "tests.rights.declared_concept",
         "tests/rights/declared_concept_suite.py"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
