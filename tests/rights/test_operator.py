"""Everything that the operator may write is written, field by field, through both doors."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from api.db import Database
from api.domain.policy import grants_of
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.identity.signatures import public_jwk
from tests.factories import make_commune, make_partner, snapshot_of_everything
from tests.plans.asking import BASE
from tests.rights.setting import LABELS
from tests.world import World, make_reference_commune

Words = dict[str, Any]
IN_COMMUNES = {"client": {"unitIds", "isAdministrator", "administersAllHouses"}}
"""What only a machine of a commune has."""

SPAN = {"startsOn": "2090-01-01", "endsOn": "2096-01-01"}


def code() -> str:
    return f"o{uuid4().hex[:10]}"


@dataclass
class Operator:
    """The operator at one of the two doors; what it changed is kept, by kind."""

    client: httpx.AsyncClient
    world: World
    door: str
    has_changed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    async def create(self, kind: str, /, **words: Any) -> str:
        title, said = BY_NAME[kind].title, {k: v for k, v in words.items() if v is not None}
        if self.door == "graphql":
            query = f"mutation ($words: {title}Create!) {{ create{title}(input: $words) {{ id }} }}"
            return str((await self._asked(query, words=said))["id"])
        answer = await self.client.post(f"{BASE}/{BY_NAME[kind].plural}", json=said, headers=self.world.operator)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def change(self, kind: str, identifier: str, /, **words: Any) -> None:
        """Each word in a change of its own."""
        resource = BY_NAME[kind]
        for name, value in words.items():
            version = (await self.read(kind, identifier))["version"]
            if self.door == "graphql":
                query = (
                    f"mutation ($id: UUID!, $version: Int!, $patch: {resource.title}Patch!) {{"
                    f" update{resource.title}(id: $id, expectedVersion: $version, patch: $patch) {{ version }} }}"
                )
                now = (await self._asked(query, id=identifier, version=version, patch={name: value}))["version"]
            else:
                path, headers = f"{BASE}/{resource.plural}/{identifier}", {"If-Match": f'"{version}"'}
                answer = await self.client.patch(path, json={name: value}, headers=self.world.operator | headers)
                assert answer.status_code == 200, (kind, name, answer.text)
                now = answer.json()["version"]
            assert now == version + 1, (kind, name)
            self.has_changed[kind].add(name)

    async def remove(self, kind: str, identifier: str) -> None:
        resource, version = BY_NAME[kind], (await self.read(kind, identifier))["version"]
        if self.door == "graphql":
            query = f"mutation ($id: UUID!, $v: Int!) {{ x: delete{resource.title}(id: $id, expectedVersion: $v) }}"
            assert await self._asked(query, id=identifier, v=version) == identifier
            return
        path, headers = f"{BASE}/{resource.plural}/{identifier}", {"If-Match": f'"{version}"'}
        answer = await self.client.delete(path, headers=self.world.operator | headers)
        assert answer.status_code == 204, answer.text

    async def read(self, kind: str, identifier: str) -> Words:
        answer = await self.client.get(f"{BASE}/{BY_NAME[kind].plural}/{identifier}", headers=self.world.operator)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def _asked(self, query: str, **variables: Any) -> Any:
        words = {"query": query, "variables": variables}
        answer = await self.client.post("/graphql", json=words, headers=self.world.operator)
        assert "errors" not in answer.json(), answer.text
        (found,) = answer.json()["data"].values()
        return found


@pytest.fixture(params=["rest", "graphql"])
async def operator(client: httpx.AsyncClient, world: World, request: pytest.FixtureRequest) -> Operator:
    return Operator(client, world, request.param)


async def test_every_field_of_every_resource_that_the_operator_may_write_is_written(
    operator: Operator, database: Database
) -> None:
    await _reference(operator, (await make_commune(database)).nis)
    await _directory(operator, database)
    await _people(operator)
    actor = operator.world.operator_actor
    for resource in RESOURCES:
        if resource.patch is not None and grants_of(actor, f"{resource.name}:update"):
            fields = {resource.wire(name) for name in resource.patch.model_fields}
            assert operator.has_changed[resource.name] == fields - IN_COMMUNES.get(resource.name, set()), resource.name


async def test_a_workspace_takes_in_no_house_at_home_elsewhere_and_lets_none_go_that_is_at_work(
    operator: Operator, database: Database
) -> None:
    commune, other = await make_commune(database), await make_commune(database)
    houses = [str(commune.municipality), str(commune.cpas)]
    path, version = f"{BASE}/workspaces/{commune.workspace_id}", 1
    for said, kind in (([*houses, str(other.cpas)], "inUse"), (houses[:1], "stillNamed")):
        before = await snapshot_of_everything(database, commune.workspace_id)
        if operator.door == "rest":
            headers = operator.world.operator | {"If-Match": f'"{version}"'}
            answer = await operator.client.patch(path, json={"organisations": said}, headers=headers)
            assert (answer.status_code, answer.json()["type"]) == (409, f"urn:problem-type:pst:{kind}"), answer.text
        else:
            query = (
                "mutation ($id: UUID!, $patch: WorkspacePatch!) {"
                " updateWorkspace(id: $id, expectedVersion: 1, patch: $patch) { version } }"
            )
            variables = {"id": str(commune.workspace_id), "patch": {"organisations": said}}
            answer = await operator.client.post(
                "/graphql", json={"query": query, "variables": variables}, headers=operator.world.operator
            )
            assert f"urn:problem-type:pst:{kind}" in answer.text
        assert await snapshot_of_everything(database, commune.workspace_id) == before
    await operator.change("workspace", str(commune.workspace_id), organisations=[houses[1], houses[0], houses[1]])
    assert (await operator.read("workspace", str(commune.workspace_id)))["organisations"] == houses[::-1]


async def _reference(operator: Operator, nis: int) -> None:
    dates = {"startsOn": "2090-02-01", "endsOn": "2096-02-01"}
    words: Words = {"code": code(), "labels": LABELS, **SPAN}
    term = await operator.create("term", **words)
    await operator.change("term", term, code=code(), labels={**LABELS, "fr": "Autre"}, isPilot=True, **dates)
    period = await operator.create("programmingPeriod", planTypeCode="pcs", **words)
    await operator.change(
        "programmingPeriod", period, planTypeCode="pst", code=code(), labels={**LABELS, "fr": "Autre"},
        isDiagnosticRequired=True, localSharePercent=30, codePattern="^[0-9]$", isConfirmed=False, note="Vu.",
        endCertainty="announced", endSource="Vu.",
        requirements=[{"rule": "findingsMade", "least": 2}],
        revenueKinds=[{"code": "subsidy", "label": "Subside", "countsAs": "subsidy"}],
        accountingFunctions=[{"organisationKind": "municipality", "code": "84010", "label": "PCS"}], **dates,
    )  # fmt: skip
    axis = await operator.create("periodItem", periodId=period, kind="axis", code="1", labels=LABELS)
    theme = await operator.create("periodItem", periodId=period, kind="theme", code="1.1", labels=LABELS)
    await operator.change(
        "periodItem", theme, parentId=axis, code="1.2", labels={**LABELS, "fr": "Autre"}, rank=3, isConfirmed=False,
        kind="right",
    )  # fmt: skip
    right = await operator.create("periodItem", periodId=period, kind="right", code="r", labels=LABELS)
    index = await operator.create("rightIndex", nis=nis, rightId=right, edition=2023, value="0.5000")
    told = BY_NAME["rightIndex"].read.model_validate(await operator.read("rightIndex", index))
    assert told.model_dump()["value"] == "0.5000"
    await operator.change("rightIndex", index, value="0.6000", source="IWEPS")
    await _map(operator, right)
    for kind, identifier in (
        ("rightIndex", index), ("periodItem", right), ("periodItem", theme), ("periodItem", axis),
        ("programmingPeriod", period), ("term", term),
    ):  # fmt: skip
        await operator.remove(kind, identifier)


async def _map(operator: Operator, right: str) -> None:
    """A right goes on in one of a later period; then neither is left."""
    later = await operator.create(
        "programmingPeriod", planTypeCode="pst", code=code(), labels=LABELS, startsOn="2097-01-01", endsOn="2099-01-01"
    )
    following = await operator.create("periodItem", periodId=later, kind="right", code="r", labels=LABELS)
    mapping = await operator.create("periodItemMapping", fromItemId=right, toItemId=following)
    await operator.change("periodItemMapping", mapping, weight=2, note="Vu.")
    for kind, identifier in (("periodItemMapping", mapping), ("periodItem", following), ("programmingPeriod", later)):
        await operator.remove(kind, identifier)


async def _directory(operator: Operator, database: Database) -> None:
    commune = await make_commune(database)
    body = await operator.create("organisation", name="Régie", kind="municipalAgency")
    await operator.change(
        "organisation", body, name="La Régie", kind="nonprofit", enterpriseNumber=_number(), email="r@regie.example",
        website="https://regie.example", validFrom="2020-01-01", validTo="2090-01-01",
        successorId=str(await make_partner(database)), territory=[commune.nis],
    )  # fmt: skip
    houses = [str(commune.municipality), str(commune.cpas)]
    workspace, free = str(commune.workspace_id), next(operator.world.free_nis)
    async with database.transaction() as connection:
        await make_reference_commune(connection, free, "Fusionnée")
    await operator.change(
        "workspace", workspace, name="Un nom", slug=code(), nis=free, reminderHour=9, organisations=[*houses, body]
    )
    assert (await operator.read("workspace", workspace))["organisations"] == [*houses, body]
    await operator.change("workspace", workspace, organisations=list(reversed(houses)))
    assert (await operator.read("workspace", workspace))["organisations"] == list(reversed(houses))
    lead, other = str(await make_partner(database)), str(await make_partner(database))
    group = await operator.create("workspace", name="Ensemble", slug=code(), kind="group", organisations=[lead])
    members = await operator.client.get(
        f"{BASE}/groupMembers", params={"groupId": group}, headers=operator.world.operator
    )
    (leading,) = members.json()["items"]
    await operator.change("groupMember", leading["id"], isLead=False)
    member = await operator.create("groupMember", groupId=group, organisationId=other)
    await operator.change(
        "groupMember", member, startsOn="2025-01-01", endsOn="2090-01-01", decidedOn="2025-01-01", reference="CC",
        isLead=True, isEnded=True,
    )  # fmt: skip


async def _people(operator: Operator) -> None:
    email = f"{code()}@operateur.example"
    account = await operator.create("account", email=email, displayName="Quelqu’un")
    await operator.change("account", account, displayName="Quelqu’une", language="nl", isDisabled=True)
    body = await operator.create("organisation", name="ASBL", kind="nonprofit")
    member = await operator.create("organisationMember", organisationId=body, email=f"{code()}@asbl.example")
    await operator.change("organisationMember", member, isAdministrator=True, isEnded=True)
    machine = await operator.create("client", name="Script", role="region", scopes=["plans:read"])
    await operator.change(
        "client", machine, name="Le script", scopes=["region:read"], isDisabled=True,
        jwks={"keys": [public_jwk(ec.generate_private_key(ec.SECP256R1()).public_key())]},
    )  # fmt: skip


def _number() -> str:
    """An enterprise number of nobody."""
    stem = 1_000_000 + uuid4().int % 8_999_999
    return f"0{stem}{97 - stem % 97:02}"
