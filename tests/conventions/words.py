"""What a good creation of each concept says, new each time."""

from collections.abc import Awaitable, Callable
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from tests.factories import make, make_action, make_partner, make_placement
from tests.gatherings import make_offer

if TYPE_CHECKING:
    from tests.conventions.estate import Estate

Words = dict[str, Any]
NUMBERS = count(1)


async def _action(estate: "Estate") -> UUID:
    return await make_action(estate.commune)


async def _of_action(estate: "Estate", **words: Any) -> Words:
    return {"actionId": str(estate.commune.actions["space"]), **words}


async def _action_link(estate: "Estate") -> Words:
    action = await _action(estate)
    await make_placement(estate.commune, action, estate.commune.plans["pst"])
    return await _of_action(estate, linkedActionId=str(action), kind="dependsOn")


async def _plan_action(estate: "Estate") -> Words:
    return {"planId": str(estate.commune.plans["pst"]), "actionId": str(await _action(estate))}


async def _placement(estate: "Estate") -> Words:
    action = await _action(estate)
    await make_placement(estate.commune, action, estate.commune.plans["pst"])
    return {
        "planId": str(estate.commune.plans["pst"]),
        "objectiveId": str(estate.commune.objectives["oo1"]),
        "actionId": str(action),
    }


async def _partnership(estate: "Estate") -> Words:
    if "partnership" not in estate.ids:
        return await _of_action(estate, organisationId=str(estate.partner), role="contributor", state="agreed")
    partner = await make_partner(estate.commune.database)
    return await _of_action(estate, organisationId=str(partner), role="funder", state="proposed")


async def _plan_type(estate: "Estate") -> UUID:
    async with estate.commune.acting() as (connection, _):
        found: UUID = await connection.fetchval(
            "select id from plan_type where workspace_id = $1 and reference_code = 'pst'", estate.commune.workspace_id
        )
    return found


async def _plan(estate: "Estate") -> Words:
    return {
        "planTypeId": str(await _plan_type(estate)),
        "organisationId": str(estate.commune.municipality),
        "title": f"Plan {next(NUMBERS)}",
    }


async def _plan_finding(estate: "Estate") -> Words:
    house = estate.commune.municipality
    text = f"Constat {next(NUMBERS)}"
    finding = await make(estate.commune, "finding", text=text, organisation_id=house, audience="public")
    return {"planId": str(estate.commune.plans["pst"]), "findingId": str(finding)}


async def _measurement(estate: "Estate") -> Words:
    """One of an indicator of its own, which nothing gathers."""
    action = estate.commune.actions["space"]
    indicator = await make(estate.commune, "indicator", action_id=action, title=f"Relevé {next(NUMBERS)}")
    return {"indicatorId": str(indicator), "measuredOn": "2026-03-01", "value": "12.5"}


async def _version(estate: "Estate") -> Words:
    return {"planId": str(estate.commune.plans["pst"])}


async def _act(estate: "Estate") -> Words:
    return {
        "versionId": str(estate.ids["planVersion"]), "organisationId": str(estate.commune.municipality),
        "kind": "adopted", "organ": "college", "decidedOn": "2025-03-01",
    }  # fmt: skip


async def _workspace(estate: "Estate") -> Words:
    other = await make_partner(estate.commune.database)
    return {"name": "Groupe", "slug": f"g{uuid4().hex[:12]}", "kind": "group", "organisations": [str(other)]}


async def _holding(estate: "Estate") -> Words:
    return {
        "officeId": str(estate.commune.offices["mayor"]),
        "personId": str(estate.commune.persons["mayor"]),
        "startsOn": "2018-12-03",
    }


async def _partner(estate: "Estate") -> Words:
    return {"organisationId": str(await make_partner(estate.commune.database))}


async def _period_item(estate: "Estate") -> Words:
    labels = {"fr": "Axe", "nl": "As", "de": "Achse", "en": "Axis"}
    return {
        "kind": "axis",
        "code": f"x{next(NUMBERS)}",
        "labels": labels,
        "periodId": str(estate.ids["programmingPeriod"]),
    }


async def _membership(estate: "Estate") -> Words:
    account = await estate.post("account", **estate.commune.as_("administration"))
    return {
        "accountId": account.json()["id"],
        "role": "council",
        "organisationId": str(estate.commune.municipality),
    }


async def _account_of_commune(estate: "Estate") -> Words:
    email = f"p{next(NUMBERS)}-{uuid4().hex[:6]}@estate.example"
    return {"email": email, "displayName": "Ana Dubois"}


def _dated(**words: Any) -> Callable[["Estate"], Awaitable[Words]]:
    async def said(_: "Estate") -> Words:
        labels = {"fr": "Période", "nl": "Periode"}
        return {
            "code": f"t{uuid4().hex[:8]}",
            "labels": labels,
            "startsOn": "2031-01-01",
            "endsOn": "2036-12-31",
            **words,
        }

    return said


def _plain(**words: Any) -> Callable[["Estate"], Awaitable[Words]]:
    """Words in which `{n}` becomes a number of their own and `{house}` the commune."""

    async def said(estate: "Estate") -> Words:
        number = str(next(NUMBERS))
        house = str(estate.commune.municipality)
        return {
            k: v.replace("{n}", number).replace("{house}", house) if isinstance(v, str) else v for k, v in words.items()
        }

    return said


def _about_action(**words: Any) -> Callable[["Estate"], Awaitable[Words]]:
    async def said(estate: "Estate") -> Words:
        return await _of_action(estate, **await _plain(**words)(estate))

    return said


async def _right_index(estate: "Estate") -> Words:
    async with estate.commune.acting() as (connection, _):
        right = await connection.fetchval("select id from period_item where kind = 'right' order by id limit 1")
    edition = 1990 + next(NUMBERS) % 110
    return {"nis": estate.commune.nis, "rightId": str(right), "edition": edition, "value": "0.4321"}


async def _mapping(estate: "Estate") -> Words:
    """A right of the shipped period and a new one of another period, so that no mapping is made twice."""
    async with estate.commune.acting() as (connection, _):
        former = await connection.fetchval(
            "select i.id from period_item i join programming_period p on p.id = i.period_id"
            " where i.kind = 'right' and p.code = '2020-2025' order by i.id limit 1"
        )
    operator = estate.writer("periodItem")
    words = {"planTypeCode": "pcs", "code": f"mapped {next(NUMBERS)}", "labels": {"fr": "Période"}}
    dates = {"startsOn": "2060-01-01", "endsOn": "2060-12-31"}
    period = await estate.client.post("/pst/v1/programmingPeriods", json=words | dates, headers=operator)
    item = {"periodId": period.json()["id"], "kind": "right", "code": "R", "labels": {"fr": "Droit"}}
    made = await estate.client.post("/pst/v1/periodItems", json=item, headers=operator)
    return {"fromItemId": str(former), "toItemId": made.json()["id"]}


async def _beneficiaries(estate: "Estate") -> Words:
    """A year of its own: an action counts persons once a year."""
    year = 1990 + next(NUMBERS) % 110
    return await _of_action(estate, year=year, counted="persons", number=3)


async def _edition(estate: "Estate") -> Words:
    """A year of its own, of an action that comes back every year."""
    action = await make_action(estate.commune, kind="recurring")
    return {"actionId": str(action), "year": 1990 + next(NUMBERS) % 110}


async def _objective(estate: "Estate") -> Words:
    return {"planId": str(estate.commune.plans["pst"]), "title": f"Objectif {next(NUMBERS)}", "level": 1}


async def _group_member(estate: "Estate") -> Words:
    body = await make_partner(estate.commune.database)
    return {"groupId": str(estate.group.workspace_id), "organisationId": str(body)}


async def _counterpart(estate: "Estate") -> Words:
    house = str(estate.commune.municipality)
    return {"originActionId": str(await make_offer(estate.group)), "organisationId": house}


async def _member(estate: "Estate") -> Words:
    return {"organisationId": str(estate.partner), "email": f"m{uuid4().hex[:8]}@estate.example"}


WORDS: dict[str, Callable[["Estate"], Awaitable[Words]]] = {
    "action": _plain(title="Action {n}", organisationId="{house}"),
    "planAction": _plan_action,
    "placement": _placement,
    "partnership": _partnership,
    "task": _about_action(title="Tâche {n}"),
    "edition": _edition,
    "actionLink": _action_link,
    "dpc": _plain(title="DPC {n}", organisationId="{house}", adoptedOn="2025-01-10", publishedOn="2025-01-20"),
    "decision": _about_action(organ="college", decidedOn="2026-01-12", title="Décision {n}", audience="public"),
    "attachment": _about_action(title="Document {n}", link="https://commune.example/{n}", audience="public"),
    "followUp": _about_action(text="Note {n}", notedOn="2026-01-12", audience="public"),
    "budgetLine": _about_action(fiscalYear=2026, source="municipality", service="ordinary", planned="10.00"),
    "externalReference": _about_action(system="s{n}", reference="r{n}"),
    "beneficiaryCount": _beneficiaries,
    "indicator": _about_action(title="Indicateur {n}", isCumulative=True),
    "measurement": _measurement,
    "measurementLock": _plain(organisationId="{house}", startsOn="2001-01-01", endsOn="2001-12-31", reason="Clos {n}"),
    "rightIndex": _right_index,
    "periodItemMapping": _mapping,
    "plan": _plan,
    "objective": _objective,
    "planFinding": _plan_finding,
    "planVersion": _version,
    "act": _act,
    "organisation": _plain(name="Organisation {n}", kind="nonprofit"),
    "workspace": _workspace,
    "groupMember": _group_member,
    "counterpart": _counterpart,
    "unit": _plain(name="Service {n}", organisationId="{house}"),
    "reminderRule": _plain(kind="late", organisationId="{house}"),
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
