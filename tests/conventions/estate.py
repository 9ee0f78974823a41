"""One document of every concept, made through the API itself, and who may read and write each."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import httpx

from api.db import Database
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from tests.conventions.operations import NOBODY, Operation, first_text
from tests.factories import (
    Commune,
    Headers,
    Snapshot,
    make_action,
    make_commune,
    make_partner,
    make_placement,
    snapshot_of_everything,
    world_of,
)

Words = dict[str, Any]
MERGE = {"Content-Type": "application/merge-patch+json"}
OPERATOR_WRITES = frozenset(
    {"workspace", "term", "programmingPeriod", "periodItem", "account", "organisationMember", "client"}
)
"""The concepts that the operator writes in these tests; a commune's administration writes the others."""
WRITABLE = [r.name for r in RESOURCES if r.create is not None]
GIVEN = [r.name for r in RESOURCES if r.create is None]
CHANGEABLE = [r.name for r in RESOURCES if r.patch is not None]
FIELD_BY_FIELD = frozenset({"placement", "officeHolding", "term", "periodItem", "membership", "organisationMember"})
"""The concepts without a free text, changed in another way."""
TEXTS = {
    "action": "title", "planAction": "label", "partnership": "note", "task": "title", "budgetLine": "comment",
    "externalReference": "reference", "plan": "title", "objective": "title", "planVersion": "label",
    "act": "reference", "organisation": "name", "workspace": "name", "unit": "name", "person": "familyName",
    "office": "title", "partner": "label", "programmingPeriod": "note", "planType": "name", "domain": "name",
    "account": "displayName", "client": "name",
}  # fmt: skip
"""For each concept that has one, a free text of it."""
for _name in CHANGEABLE:
    if _name not in TEXTS and _name not in FIELD_BY_FIELD:
        TEXTS[_name] = first_text(f"{BY_NAME[_name].title}Patch")
_NUMBERS = count(1)


def change_of(name: str, document: Words) -> Words:
    """A legal patch that changes one field of this document."""
    number = next(_NUMBERS)
    match name:
        case "placement":
            return {"weight": document["weight"] % 50 + 1}
        case "periodItem":
            return {"rank": document["rank"] + 1}
        case "officeHolding" | "membership":
            field = "endsOn" if name == "officeHolding" else "startsOn"
            return {field: f"20{20 + number % 5}-0{number % 9 + 1}-{number % 19 + 10}"}
        case "term" | "organisationMember":
            field = "isPilot" if name == "term" else "isAdministrator"
            return {field: not document[field]}
    return {TEXTS[name]: f"Changé {number}"}


@dataclass
class Estate:
    """A commune in which every concept has a document, and a client to ask with."""

    client: httpx.AsyncClient
    commune: Commune
    partner: UUID
    ids: dict[str, UUID] = field(default_factory=dict)

    def writer(self, name: str) -> Headers:
        if name in OPERATOR_WRITES:
            return world_of(self.commune.database).operator
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
        return await _WORDS[name](self) if name in _WORDS else self._least(BY_NAME[name])

    def _least(self, resource: Resource) -> Words:
        """The least that a creation must say, for concepts without words of their own below."""
        found: Words = {}
        for field, info in (resource.create or resource.fields).model_fields.items():
            if not info.is_required():
                continue
            kind = info.annotation
            if field in resource.refs:
                target = resource.refs[field].target
                found[info.alias or field] = str(
                    self.commune.municipality if target == "organisation" else self.ids[target]
                )
            elif isinstance(kind, type) and issubclass(kind, StrEnum):
                found[info.alias or field] = str(next(iter(kind)))
            elif kind is date:
                found[info.alias or field] = "2026-03-01"
            else:
                found[info.alias or field] = f"Texte {next(_NUMBERS)}" if kind is str else 1
        return found


_PLURALS = {r.name: r.plural for r in RESOURCES}


async def open_estate(client: httpx.AsyncClient, database: Database) -> Estate:
    """A commune with a document of every concept; most are created through the API."""
    commune = await make_commune(database, approach="grouped", name="Saint-Remacle")
    estate = Estate(client, commune, await make_partner(database))
    headers = commune.as_("administration")
    for name in GIVEN:
        found = (await client.get(f"/pst/v1/{_PLURALS[name]}", params={"pageSize": 1}, headers=headers)).json()
        estate.ids[name] = UUID(found["items"][0]["id"]) if found["items"] else NOBODY
    for name in sorted(WRITABLE, key=lambda name: name not in _WORDS):
        answer = await estate.post(name)
        assert answer.status_code == 201, f"{name}: {answer.text}"
        estate.ids[name] = UUID(answer.json()["id"])
    for kind, organ in (("acknowledged", "council"), ("published", "administration")):
        act = await estate.words("act") | {"kind": kind, "organ": organ}
        assert (await estate.post("act", act)).status_code == 201
    estate.ids |= {"plan": commune.plans["pst"], "objective": commune.objectives["oo1"]}
    await _show_to_the_public(estate)
    return estate


async def _show_to_the_public(estate: Estate) -> None:
    """The claim, the placement and the partnership that the public addresses name are in the published version."""
    headers = estate.commune.as_("administration")
    for name in ("action", "planAction", "placement", "partnership", "act"):
        found = (await estate.client.get(f"/pst/v1/public/{_PLURALS[name]}", params={"pageSize": 200})).json()
        for item in found["items"]:
            own = await estate.client.get(f"/pst/v1/{_PLURALS[name]}/{item['id']}", headers=headers)
            if own.status_code == 200:
                estate.ids[name] = UUID(item["id"])
                break
        else:
            raise AssertionError(f"the public sees no {name} of the estate")


async def _action(estate: Estate) -> UUID:
    return await make_action(estate.commune)


async def _of_action(estate: Estate, **words: Any) -> Words:
    return {"actionId": str(estate.commune.actions["space"]), **words}


async def _plan_action(estate: Estate) -> Words:
    return {"planId": str(estate.commune.plans["pst"]), "actionId": str(await _action(estate))}


async def _placement(estate: Estate) -> Words:
    action = await _action(estate)
    await make_placement(estate.commune, action, estate.commune.plans["pst"])
    return {
        "planId": str(estate.commune.plans["pst"]),
        "objectiveId": str(estate.commune.objectives["oo1"]),
        "actionId": str(action),
    }


async def _partnership(estate: Estate) -> Words:
    if "partnership" not in estate.ids:
        return await _of_action(estate, organisationId=str(estate.partner), role="contributor", state="agreed")
    partner = await make_partner(estate.commune.database)
    return await _of_action(estate, organisationId=str(partner), role="funder", state="proposed")


async def _plan_type(estate: Estate) -> UUID:
    async with estate.commune.acting() as (connection, _):
        found: UUID = await connection.fetchval(
            "select id from plan_type where workspace_id = $1 and reference_code = 'pst'", estate.commune.workspace_id
        )
    return found


async def _plan(estate: Estate) -> Words:
    return {
        "planTypeId": str(await _plan_type(estate)),
        "organisationId": str(estate.commune.municipality),
        "title": f"Plan {next(_NUMBERS)}",
    }


async def _version(estate: Estate) -> Words:
    return {"planId": str(estate.commune.plans["pst"])}


async def _act(estate: Estate) -> Words:
    return {
        "versionId": str(estate.ids["planVersion"]), "organisationId": str(estate.commune.municipality),
        "kind": "adopted", "organ": "college", "decidedOn": "2025-03-01",
    }  # fmt: skip


async def _workspace(estate: Estate) -> Words:
    other = await make_partner(estate.commune.database)
    return {"name": "Groupe", "slug": f"g{uuid4().hex[:12]}", "kind": "group", "organisations": [str(other)]}


async def _holding(estate: Estate) -> Words:
    return {
        "officeId": str(estate.commune.offices["mayor"]),
        "personId": str(estate.commune.persons["mayor"]),
        "startsOn": "2018-12-03",
    }


async def _partner(estate: Estate) -> Words:
    return {"organisationId": str(await make_partner(estate.commune.database))}


async def _period_item(estate: Estate) -> Words:
    labels = {"fr": "Axe", "nl": "As", "de": "Achse", "en": "Axis"}
    return {
        "kind": "axis",
        "code": f"x{next(_NUMBERS)}",
        "labels": labels,
        "periodId": str(estate.ids["programmingPeriod"]),
    }


async def _membership(estate: Estate) -> Words:
    account = await estate.post("account", **estate.commune.as_("administration"))
    return {
        "accountId": account.json()["id"],
        "role": "council",
        "organisationId": str(estate.commune.municipality),
    }


async def _account_of_commune(estate: Estate) -> Words:
    email = f"p{next(_NUMBERS)}-{uuid4().hex[:6]}@estate.example"
    return {"email": email, "displayName": "Ana Dubois"}


def _dated(**words: Any) -> Callable[[Estate], Awaitable[Words]]:
    async def said(_: Estate) -> Words:
        labels = {"fr": "Période", "nl": "Periode"}
        return {"code": f"t{uuid4().hex[:8]}", "labels": labels, "startsOn": "2031-01-01", "endsOn": "2036-12-31", **words}

    return said


def _plain(**words: Any) -> Callable[[Estate], Awaitable[Words]]:
    """Words in which `{n}` becomes a number of their own and `{house}` the commune."""

    async def said(estate: Estate) -> Words:
        number = str(next(_NUMBERS))
        house = str(estate.commune.municipality)
        return {
            k: v.replace("{n}", number).replace("{house}", house) if isinstance(v, str) else v
            for k, v in words.items()
        }

    return said


def _about_action(**words: Any) -> Callable[[Estate], Awaitable[Words]]:
    async def said(estate: Estate) -> Words:
        return await _of_action(estate, **await _plain(**words)(estate))

    return said


async def _objective(estate: Estate) -> Words:
    return {"planId": str(estate.commune.plans["pst"]), "title": f"Objectif {next(_NUMBERS)}", "level": 1}


async def _member(estate: Estate) -> Words:
    return {"organisationId": str(estate.partner), "email": f"m{uuid4().hex[:8]}@estate.example"}


_WORDS: dict[str, Callable[[Estate], Awaitable[Words]]] = {
    "action": _plain(title="Action {n}", organisationId="{house}"),
    "planAction": _plan_action,
    "placement": _placement,
    "partnership": _partnership,
    "task": _about_action(title="Tâche {n}"),
    "budgetLine": _about_action(fiscalYear=2026, source="municipality", service="ordinary", planned="10.00"),
    "externalReference": _about_action(system="s{n}", reference="r{n}"),
    "plan": _plan,
    "objective": _objective,
    "planVersion": _version,
    "act": _act,
    "organisation": _plain(name="Organisation {n}", kind="nonprofit"),
    "workspace": _workspace,
    "unit": _plain(name="Service {n}", organisationId="{house}"),
    "person": _plain(kind="agent", familyName="Personne {n}"),
    "office": _plain(kind="alderman", title="Charge {n}", organisationId="{house}"),
    "officeHolding": _holding,
    "partner": _partner,
    "term": _dated(),
    "programmingPeriod": _dated(planTypeCode="pcs"),
    "periodItem": _period_item,
    "planType": _plain(acronym="T{n}", name="Type {n}"),
    "domain": _plain(name="Domaine {n}", strand="external"),
    "account": _account_of_commune,
    "membership": _membership,
    "organisationMember": _member,
    "client": _plain(name="Machine {n}", role="region", scopes=["plans:read"]),
}
