"""One document of every concept, made through the API itself, and who may read and write each."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from tests.conventions.operations import NOBODY, Operation, first_text
from tests.conventions.words import NUMBERS, WORDS, Words
from tests.factories import Commune, Headers, Snapshot, make_commune, make_partner, snapshot_of_everything, world_of
from tests.gatherings import make_group, make_offer

MERGE = {"Content-Type": "application/merge-patch+json"}
OPERATOR_WRITES = frozenset(
    {
        "workspace",
        "groupMember",
        "term",
        "programmingPeriod",
        "periodItem",
        "periodItemMapping",
        "rightIndex",
        "account",
        "organisationMember",
        "client",
    }
)
"""The concepts that the operator writes in these tests; a commune's administration writes the others."""
WRITABLE = [r.name for r in RESOURCES if r.create is not None]
GIVEN = [r.name for r in RESOURCES if r.create is None]
CHANGEABLE = [r.name for r in RESOURCES if r.patch is not None]
SHOWING = ("planVersion", "act")
"""What is made once there is something to show."""
FIELD_BY_FIELD = frozenset(
    {"placement", "officeHolding", "term", "periodItem", "membership", "organisationMember", "reminderRule"}
)
"""The concepts without a free text, changed in another way."""
TEXTS = {
    "action": "title", "planAction": "label", "partnership": "note", "task": "title", "budgetLine": "comment",
    "externalReference": "reference", "indicator": "title", "measurement": "comment", "measurementLock": "reason",
    "plan": "title", "objective": "title", "planVersion": "label",
    "act": "reference", "organisation": "name", "workspace": "name", "unit": "name", "person": "familyName",
    "office": "title", "partner": "label", "programmingPeriod": "note", "planType": "name", "domain": "name",
    "account": "displayName", "client": "name", "groupMember": "reference", "counterpart": "note",
}  # fmt: skip
"""For each concept that has one, a free text of it."""
for _name in CHANGEABLE:
    if _name not in TEXTS and _name not in FIELD_BY_FIELD:
        TEXTS[_name] = first_text(f"{BY_NAME[_name].title}Patch")
OF_A_PCS = frozenset({"getPcsReport", "previewContinuation"})
"""Reads of plans that only a PCS answers."""


def change_of(name: str, document: Words) -> Words:
    """A legal patch that changes one field of this document."""
    number = next(NUMBERS)
    match name:
        case "reminderRule":
            return {"days": document["days"] + 1}
        case "placement":
            return {"weight": document["weight"] % 50 + 1}
        case "periodItem":
            return {"rank": document["rank"] + 1}
        case "officeHolding":  # still to come: whether it counts today stays as it is
            return {"endsOn": f"20{90 + number % 5}-0{number % 9 + 1}-{number % 19 + 10}"}
        case "membership":
            return {"startsOn": f"20{20 + number % 5}-0{number % 9 + 1}-{number % 19 + 10}"}
        case "term" | "organisationMember":
            field = "isPilot" if name == "term" else "isAdministrator"
            return {field: not document[field]}
    return {TEXTS[name]: f"Changé {number}"}


@dataclass
class Estate:
    """A commune in which every concept has a document, and a client to ask with."""

    client: httpx.AsyncClient
    commune: Commune
    group: Commune
    partner: UUID
    ids: dict[str, UUID] = field(default_factory=dict)

    def writer(self, name: str) -> Headers:
        if name in OPERATOR_WRITES:
            return world_of(self.commune.database).operator
        if name == "uptake":
            return self.group.as_("administration")
        return self.commune.as_("administration")

    def reader(self, operation: Operation) -> Headers:
        """Somebody who may read what this operation answers."""
        if operation.is_public:
            return {}
        if operation.name == "listPartnerActions":
            return self.commune.as_("partner", organisation=self.partner)
        return self.writer(operation.resource.name if operation.resource else "action")

    def path(self, operation: Operation) -> str:
        """The address with the id of a document that is there."""
        if operation.resource is None or not operation.names_one:
            return operation.path()
        if operation.name in OF_A_PCS:
            return operation.path(self.commune.plans["pcs"])
        if operation.name == "previewHandOver":
            return operation.path(self.ids["person"]).replace(str(NOBODY), str(self.ids["unit"]))
        return operation.path(self.ids[operation.resource.name])

    def address(self, name: str) -> str:
        return f"/pst/v1/{_PLURALS[name]}/{self.ids[name]}"

    async def etag(self, name: str) -> str:
        answer = await self.client.get(self.address(name), headers=self.writer(name))
        assert answer.status_code == 200, answer.text
        return str(answer.headers["ETag"])

    async def read(self, name: str) -> Words:
        answer = await self.client.get(self.address(name), headers=self.writer(name))
        assert answer.status_code == 200, answer.text
        document: Words = answer.json()
        return document

    async def patch(self, name: str, words: Any, **headers: str) -> httpx.Response:
        """A merge patch of the document at its present version, unless the headers say another."""
        given = {"If-Match": await self.etag(name), **MERGE, **self.writer(name), **headers}
        return await self.client.patch(self.address(name), json=words, headers=given)

    async def post(self, name: str, words: Any = None, **headers: str) -> httpx.Response:
        """A creation with good words, unless others are given."""
        words = await self.words(name) if words is None else words
        given = {**self.writer(name), **headers}
        return await self.client.post(f"/pst/v1/{_PLURALS[name]}", json=words, headers=given)

    async def snapshot(self) -> Snapshot:
        return await snapshot_of_everything(self.commune.database, self.commune.workspace_id)

    async def words(self, name: str) -> Words:
        """What a good creation of this concept says, new each time."""
        return await WORDS[name](self) if name in WORDS else self._least(BY_NAME[name])

    def _least(self, resource: Resource) -> Words:
        """The least that a creation must say, for concepts without words of their own below."""
        found: Words = {}
        for name, info in (resource.create or resource.fields).model_fields.items():
            if not info.is_required():
                continue
            kind = info.annotation
            if name in resource.refs:
                target = resource.refs[name].target
                found[info.alias or name] = str(
                    self.commune.municipality if target == "organisation" else self.ids[target]
                )
            elif isinstance(kind, type) and issubclass(kind, StrEnum):
                found[info.alias or name] = str(next(iter(kind)))
            elif kind is date:
                found[info.alias or name] = "2026-03-01"
            else:
                found[info.alias or name] = f"Texte {next(NUMBERS)}" if kind is str else 1
        return found


_PLURALS = {r.name: r.plural for r in RESOURCES}


async def open_estate(client: httpx.AsyncClient, database: Database) -> Estate:
    """A commune with a document of every concept; most are created through the API."""
    commune = await make_commune(database, approach="grouped", name="Saint-Remacle")
    group = await make_group(database, [commune])
    await make_offer(group)
    estate = Estate(client, commune, group, await make_partner(database))
    headers = commune.as_("administration")
    await _convert_and_return(estate)
    await _go_on_and_return(estate)
    await _amend_and_return(estate)
    for name in GIVEN:
        found = (await client.get(f"/pst/v1/{_PLURALS[name]}", params={"pageSize": 1}, headers=headers)).json()
        estate.ids[name] = UUID(found["items"][0]["id"]) if found["items"] else NOBODY
    for name in sorted(WRITABLE, key=lambda name: (name not in WORDS, name in SHOWING)):
        answer = await estate.post(name)
        assert answer.status_code == 201, f"{name}: {answer.text}"
        estate.ids[name] = UUID(answer.json()["id"])
    for kind, organ in (("acknowledged", "council"), ("published", "administration")):
        act = await estate.words("act") | {"kind": kind, "organ": organ}
        assert (await estate.post("act", act)).status_code == 201
    await _take_up(estate)
    estate.ids |= {"plan": commune.plans["pst"], "objective": commune.objectives["oo1"]}
    await _show_to_the_public(estate)
    return estate


async def _convert_and_return(estate: Estate) -> None:
    """A conversion of the articulation that was undone at once, so that there is one to read."""
    headers = estate.commune.as_("administration")
    path = f"/pst/v1/plans/{estate.commune.plans['pst']}/articulation"
    seen = await estate.client.get(f"{path}/preview?to=singleObjective", headers=headers)
    asked = {**headers, "If-Match": seen.headers["ETag"]}
    made = await estate.client.post(f"{path}/conversions", json={"to": "singleObjective"}, headers=asked)
    assert made.status_code == 201, made.text
    undone = await estate.client.post(f"{path}/conversions/{made.json()['id']}/undo", headers=headers)
    assert undone.status_code == 200, undone.text


async def _go_on_and_return(estate: Estate) -> None:
    """A plan that went on under no period yet and came back at once."""
    headers = estate.commune.as_("administration")
    path = f"/pst/v1/plans/{estate.commune.plans['pcs']}/continuations"
    said = {"kind": "noneYet", "endsOn": "2040-12-31"}
    seen = await estate.client.get(f"{path}/preview", params=said, headers=headers)
    made = await estate.client.post(path, json=said, headers={**headers, "If-Match": seen.headers["ETag"]})
    assert made.status_code == 201, made.text
    undone = await estate.client.post(f"{path}/{made.json()['id']}/undo", headers=headers)
    assert undone.status_code == 200, undone.text


async def _amend_and_return(estate: Estate) -> None:
    """An amendment of the end of a period of its own, so that there is one to read."""
    headers, n = world_of(estate.commune.database).operator, next(NUMBERS)
    words = {"planTypeCode": "pcs", "code": f"amended {n}", "labels": {"fr": "Période"}, "startsOn": "2050-01-01"}
    period = await estate.client.post(
        "/pst/v1/programmingPeriods", json={**words, "endsOn": "2050-12-31"}, headers=headers
    )
    path = f"/pst/v1/programmingPeriods/{period.json()['id']}/amendments"
    seen = await estate.client.get(f"{path}/preview", params={"endsOn": "2051-12-31"}, headers=headers)
    said = {"endsOn": "2051-12-31", "certainty": "announced", "source": "Essai"}
    made = await estate.client.post(path, json=said, headers={**headers, "If-Match": seen.headers["ETag"]})
    assert made.status_code == 201, made.text


async def _take_up(estate: Estate) -> None:
    """The group has been told of the counterpart that was made."""
    found = await estate.client.get("/pst/v1/uptakes", headers=estate.writer("uptake"))
    estate.ids["uptake"] = UUID(found.json()["items"][0]["id"])


async def _show_to_the_public(estate: Estate) -> None:
    """The claim, the placement and the partnership that the public addresses name are in the published version."""
    headers = estate.commune.as_("administration")
    for name in (
        "action",
        "planAction",
        "placement",
        "partnership",
        "indicator",
        "actionLink",
        "dpc",
        "dpcItem",
        "act",
        "finding",
        "planFinding",
        "beneficiaryCount",
    ):
        found = (await estate.client.get(f"/pst/v1/public/{_PLURALS[name]}", params={"pageSize": 200})).json()
        for item in found["items"]:
            own = await estate.client.get(f"/pst/v1/{_PLURALS[name]}/{item['id']}", headers=headers)
            if own.status_code == 200:
                estate.ids[name] = UUID(item["id"])
                break
        else:
            raise AssertionError(f"the public sees no {name} of the estate")
