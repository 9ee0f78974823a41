"""Two communes with everything in each, and what one can name of the other."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.db import Database
from api.domain.commands.continuation import continue_plan
from api.domain.queries.continuation import read_situation
from api.domain.resources.catalogue import RESOURCES
from api.domain.schemas.continuation import ContinuationRequest
from api.domain.sql.reader import Reader
from tests.factories import Commune, make, make_action, make_commune, make_partner
from tests.rights.making import make_attachment, make_partnership, make_with_role

BASE = "/pst/v1"
OF_GROUPS = ("groupAction", "counterpart", "uptake")
"""What groups and their members have of each other is asked by tests/groups."""
TENANTS = [r for r in RESOURCES if r.is_tenant and not r.name.startswith("articulation") and r.name not in OF_GROUPS]
ABSENT = "01a2075f-0000-7000-8000-000000000000"
"""An id that nothing has."""


@dataclass
class Scene:
    """`mine` asks; `theirs` must stay unknown. `rows` are ids of theirs by resource, `own` of mine."""

    mine: Commune
    theirs: Commune
    rows: dict[str, UUID]
    own: dict[str, UUID]


async def make_scene(database: Database) -> Scene:
    mine, theirs = await make_commune(database, "distributed"), await make_commune(database, "distributed")
    for commune in (mine, theirs):
        await _fill(commune)
    return Scene(mine, theirs, await _rows(theirs), await _rows(mine))


async def _fill(commune: Commune) -> None:
    """The kinds of documents that the articulation lacks; nothing is put before anybody."""
    action = await make_action(commune, title="À part")
    line: dict[str, Any] = {"fiscal_year": 2026, "source": "other", "service": "ordinary"}
    await make(commune, "task", action_id=action, title="Ligne", assignee_person_id=commune.persons["works"])
    await make(commune, "followUp", action_id=action, text="Note")
    yearly = await make_action(commune, title="Chaque année", kind="recurring")
    await make(commune, "edition", action_id=yearly, year=2026)
    other = await make_action(commune, title="Aussi")
    await make(commune, "actionLink", action_id=action, linked_action_id=other, kind="related")
    await make(commune, "decision", action_id=action, organ="college", decided_on="2026-01-01", title="Décision")
    await make_attachment(commune, action_id=action, title="Document", file_name="document.txt")
    await make(commune, "budgetLine", action_id=action, **line)
    await make(commune, "externalReference", action_id=action, system="S", reference="1")
    indicator = await make(commune, "indicator", action_id=action, title="Trajets")
    await make(commune, "measurement", indicator_id=indicator, measured_on="2026-01-31", value="3")
    lock = {"starts_on": "2001-01-01", "ends_on": "2001-12-31", "reason": "Clos"}
    await make(commune, "measurementLock", organisation_id=commune.municipality, **lock)
    finding = await make(commune, "finding", text="Constat", organisation_id=commune.municipality)
    await make(commune, "planFinding", plan_id=commune.plans["pst"], finding_id=finding)
    partner = await make_partner(commune.database)
    agreement = await make(
        commune, "agreement", title="Convention", organisation_id=commune.municipality, party_ids=[partner]
    )
    await make_partnership(commune, action, partner, agreement_id=agreement)
    dpc = await make(commune, "dpc", title="DPC", organisation_id=commune.municipality)
    await make(commune, "dpcItem", text="Engagement", dpc_id=dpc, is_section=True)
    await make(commune, "beneficiaryCount", action_id=action, year=2026, counted="persons", number=4)
    await make(commune, "partner", organisation_id=partner)
    await make(commune, "reminderRule", kind="late", organisation_id=commune.municipality)
    version = await make(commune, "planVersion", plan_id=commune.plans["pst"])
    await make(
        commune, "act", version_id=version, kind="prepared", organ="codir", decided_on="2025-01-01",
        organisation_id=commune.municipality,
    )  # fmt: skip
    await make_with_role(
        commune, "client", name="Script", role="agent", scopes=["plans:read"], organisation_id=commune.municipality
    )
    await _continue(commune)


async def _continue(commune: Commune) -> None:
    """The PCS goes on under no period yet: a continuation comes of this command alone."""
    plan = commune.plans["pcs"]
    words = ContinuationRequest.model_validate({"kind": "noneYet", "endsOn": "2040-12-31"})
    async with commune.acting("administration", "municipality") as (connection, actor):
        situation = await read_situation(
            connection, Reader(actor, "fr", ""), plan, words.kind, words.period_id, words.ends_on, "body"
        )
        await continue_plan(connection, actor, plan, words, situation.basis)


async def _rows(commune: Commune) -> dict[str, UUID]:
    """One id of every tenant resource."""
    found = {}
    async with commune.acting() as (connection, _):
        for resource in TENANTS:
            found[resource.name] = await connection.fetchval(
                f"select id from {resource.table.name} where workspace_id = $1 order by id limit 1",
                commune.workspace_id,
            )
        found["client"] = await connection.fetchval(
            "select id from client where owner_workspace_id = $1", commune.workspace_id
        )
    assert all(found.values()), found
    return found


def bodies(scene: Scene) -> dict[str, dict[str, Any]]:
    """A creation that would succeed, for every kind with references, in my commune."""
    own, house = scene.own, str(scene.mine.municipality)
    return _of_the_sheet(own) | {
        "unit": {"name": "S", "organisationId": house, "parentId": own["unit"]},
        "office": {"kind": "other", "title": "O", "organisationId": house, "unitId": own["unit"]},
        "officeHolding": {"officeId": own["office"], "personId": own["person"], "startsOn": "2025-01-01"},
        "plan": {"title": "P", "planTypeId": own["planType"], "organisationId": house, "owners": []},
        "objective": {"title": "O", "planId": own["plan"], "level": 3, "parentId": own["objective"],
                      "coversPlanId": own["plan"], "domainIds": [own["domain"]], "findingIds": [own["finding"]],
                      "responsibilities": [{"kind": "lead", "unitId": own["unit"]}]},
        "action": {"title": "A", "organisationId": house, "parentId": own["action"], "domainIds": [own["domain"]],
                   "targetGroupIds": [own["targetGroup"]],
                   "responsibilities": [{"kind": "owner", "personId": own["person"]}]},
        "planAction": {"planId": own["plan"], "actionId": own["action"]},
        "placement": {"planId": own["plan"], "actionId": own["action"], "objectiveId": own["objective"]},
        **_of_the_pcs(own, house),
        "task": {"title": "T", "actionId": own["action"], "assigneeUnitId": own["unit"],
                 "assigneePersonId": own["person"]},
        "budgetLine": {"fiscalYear": 2027, "source": "other", "service": "ordinary", "actionId": own["action"],
                       "objectiveId": own["objective"], "planId": own["plan"], "declaredPlanIds": [own["plan"]]},
        "externalReference": {"system": "X", "reference": "1", "actionId": own["action"]},
        "indicator": {"title": "I", "actionId": own["action"], "objectiveId": own["objective"],
                      "contributesToIds": [own["indicator"]]},
        "measurement": {"indicatorId": own["indicator"], "measuredOn": "2026-01-01", "value": "1"},
        "measurementLock": {"organisationId": house, "planId": own["plan"], "startsOn": "2001-01-01",
                            "endsOn": "2001-12-31", "reason": "R"},
        "planFinding": {"planId": own["plan"], "findingId": own["finding"]},
        "planVersion": {"planId": own["plan"]},
        "act": {"versionId": own["planVersion"], "kind": "prepared", "organ": "codir", "decidedOn": "2025-01-01",
                "organisationId": house},
        "membership": {"accountId": str(scene.mine.account("council")), "role": "agent", "organisationId": house,
                       "personId": own["person"],
                       "unitIds": [own["unit"]], "planIds": [own["plan"]]},
        "client": {"name": "C", "role": "agent", "scopes": ["plans:read"], "organisationId": house,
                   "unitIds": [own["unit"]]},
    }  # fmt: skip


def _of_the_pcs(own: dict[str, Any], house: str) -> dict[str, dict[str, Any]]:
    """Partners and their agreement, counts, and the commitments of a DPC."""
    return {
        "partnership": {"actionId": own["action"], "organisationId": house, "role": "funder",
                        "agreementId": own["agreement"]},
        "beneficiaryCount": {"actionId": own["action"], "year": 2025, "counted": "attendances", "number": 9},
        "dpcItem": {"text": "E", "dpcId": own["dpc"], "parentId": own["dpcItem"]},
    }  # fmt: skip


def _of_the_sheet(own: dict[str, UUID]) -> dict[str, dict[str, Any]]:
    """What hangs on an action beside its tasks and money."""
    action: dict[str, Any] = {"actionId": own["action"]}
    return {
        "edition": action | {"year": 2027},
        "followUp": action | {"text": "N"},
        "actionLink": action | {"linkedActionId": own["action"], "kind": "partOf"},
        "decision": action
        | {"organ": "college", "decidedOn": "2026-01-01", "title": "D", "objectiveId": own["objective"]},
        "attachment": action
        | {"title": "D", "link": "https://x.example", "objectiveId": own["objective"], "planId": own["plan"]},
    }
