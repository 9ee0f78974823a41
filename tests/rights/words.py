"""What is said when a document of each collection is created, changed or made to be deleted."""

from itertools import count
from typing import Any
from uuid import UUID

from tests.factories import make, make_action, make_objective, make_partner, make_placement, make_plan
from tests.gatherings import make_offer
from tests.rights import words_groups, words_indicators, words_pcs
from tests.rights.making import make_as_partner, make_partnership
from tests.rights.setting import LABELS, Setting

_NUMBERS = count(1)

CHANGES: dict[str, dict[str, Any]] = {
    "actions": {"statusRemark": "Vu."},
    "planActions": {"phase": "Phase 2"},
    "placements": {"weight": 3},
    "partnerships": {"note": "Vu."},
    "tasks": {"title": "Visite"},
    "editions": {"remark": "Vu."},
    "followUps": {"text": "Vu."},
    "actionLinks": {"note": "Vu."},
    "decisions": {"note": "Vu."},
    "attachments": {"description": "Vu."},
    "budgetLines": {"comment": "Vu."},
    "externalReferences": {"reference": "B2"},
    "indicators": {"description": "Vu."},
    "measurements": {"comment": "Vu."},
    "measurementLocks": {"reason": "Vu."},
    "plans": {"description": "Vu."},
    "objectives": {"description": "Vu."},
    "findings": {"theme": "Vu."},
    "planFindings": {"remark": "Vu."},
    "planVersions": {"note": "Vu."},
    "acts": {"note": "Vu."},
    "organisations": {"website": "https://ecole.example"},
    "workspaces": {"name": "Un nom"},
    "units": {"email": "unit@commune.example"},
    "persons": {"phone": "081"},
    "offices": {"competences": "Tout"},
    "officeHoldings": {"startsOn": "2024-12-03"},
    "partners": {"contactName": "Léa"},
    "terms": {"isPilot": True},
    "programmingPeriods": {"note": "Vu."},
    "periodItems": {"rank": 3},
    "planTypes": {"legalBase": "Vu."},
    "domains": {"isDisabled": True},
    "reminderRules": {"days": 20},
    "accounts": {"displayName": "Autre nom"},
    "memberships": {"endsOn": "2090-01-01"},
    "organisationMembers": {"isAdministrator": True},
    "clients": {"name": "Autre script"},
    **words_pcs.CHANGES,
    **words_groups.CHANGES,
}
"""A change that everybody who may change the document at all may make."""


def change_of(collection: str) -> dict[str, Any]:
    """A change that differs each time, so that it is one."""
    words = dict(CHANGES[collection])
    name, value = next(iter(words.items()))
    if isinstance(value, str) and not value[:4].isdigit() and "@" not in value:
        words[name] = f"{value} {next(_NUMBERS)}"
    return words


SPAN = {"startsOn": "2090-01-01", "endsOn": "2096-01-01"}


def creation_of(setting: Setting, collection: str, caller: str) -> dict[str, Any]:
    """The body of a creation on behalf of the commune's house; never the same twice."""
    n, house = next(_NUMBERS), str(setting.commune.municipality)
    d = setting.documents | {"partner": setting.partner}
    fresh, body = d.get(f"fresh {caller}"), d.get(f"body {caller}")
    by_collection: dict[str, dict[str, Any]] = {
        "plans": {"title": f"Plan {n}", "planTypeId": d["planTypes"], "organisationId": house},
        "objectives": {"title": f"But {n}", "planId": d["plans"], "level": 1},
        "actions": {"title": f"Action {n}", "organisationId": house},
        "planActions": {"planId": d["plans"], "actionId": fresh},
        "placements": {"planId": d["plans"], "actionId": fresh, "objectiveId": d["objectives"]},
        "partnerships": {"actionId": d["actions"], "organisationId": body, "role": "funder"},
        "budgetLines": {"actionId": d["actions"], "fiscalYear": 2027, "source": "other", "service": "ordinary"},
        **words_pcs.creations(setting, n, house, fresh),
        **words_indicators.creations(setting, n, house), "planFindings": {"planId": d["plans"], "findingId": fresh},
        "planVersions": {"planId": d["plans"]},
        "acts": {"versionId": d["planVersions"], "kind": "prepared", "organ": "codir", "decidedOn": "2025-05-02",
                 "organisationId": house},
        "organisations": {"name": f"ASBL {n}", "kind": "nonprofit"},
        **words_groups.creations(setting, n, house, caller), **_registers(n, house, d),
        "partners": {"organisationId": body},
        "terms": {"code": f"T{n}", "labels": LABELS} | SPAN,
        "programmingPeriods": {"code": f"P{n}", "planTypeCode": "pcs", "labels": LABELS} | SPAN,
        "periodItems": {"periodId": d["programmingPeriods"], "kind": "theme", "code": f"1.{n}", "labels": LABELS},
        "planTypes": {"acronym": f"A{n}", "name": f"Type {n}"},
        "domains": {"name": f"Domaine {n}", "strand": "external"},
        "accounts": {"email": f"someone{n}@{setting.commune.slug}.example", "displayName": "Quelqu’un"},
        "memberships": {"accountId": fresh, "role": "agent", "organisationId": house},
        "organisationMembers": {"organisationId": d["partner"], "email": f"m{n}@{setting.commune.slug}.example"},
        "clients": _client(n, caller, house),
    }  # fmt: skip
    words = words_pcs.in_a_year_of_its_own((by_collection | _of_the_sheet(d, n, fresh))[collection])
    return {k: str(v) if isinstance(v, UUID) else v for k, v in words.items()}


def _of_the_sheet(d: dict[str, UUID], n: int, fresh: UUID | None) -> dict[str, dict[str, Any]]:
    """What hangs on the action that everybody is asked about."""
    action: dict[str, Any] = {"actionId": d["actions"]}
    return {
        "tasks": action | {"title": f"Ligne {n}"},
        "editions": {"actionId": fresh, "year": 1991 + n % 100},
        "externalReferences": action | {"system": f"S{n}", "reference": "x"},
        "followUps": action | {"text": f"Suivi {n}", "notedOn": "2026-01-05"},
        "actionLinks": action | {"linkedActionId": fresh, "kind": "dependsOn"},
        "decisions": action | {"organ": "college", "decidedOn": "2026-01-05", "title": f"Décision {n}"},
        "attachments": action | {"title": f"Plan {n}", "link": f"https://commune.example/{n}"},
    }


def _registers(n: int, house: str, d: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What a workspace keeps of its services, people, charges and reminders."""
    return {
        "units": {"name": f"Service {n}", "organisationId": house},
        "reminderRules": {"kind": "late", "organisationId": house},
        "persons": {"kind": "agent", "familyName": f"Nom {n}"},
        "offices": {"kind": "other", "title": f"Charge {n}", "organisationId": house},
        "officeHoldings": {"officeId": d["offices"], "personId": d["persons"], "startsOn": f"2025-01-{n % 28 + 1:02}",
                           "endsOn": "2025-02-01"},
    }  # fmt: skip


def _client(n: int, caller: str, house: str) -> dict[str, Any]:
    """A machine of the kind that the caller may give, if it may give any."""
    role = {"pgrn": "partner", "regn": "region", "oper": "region"}.get(caller, "agent")
    words = {"name": f"Machine {n}", "role": role, "scopes": ["plans:read"]}
    return words | ({"organisationId": house} if role == "agent" else {})


async def prepare_creation(setting: Setting, collection: str, caller: str) -> None:
    """What a creation needs of its own: an action that no plan claims yet, an organisation without a part."""
    if collection in ("planActions", "placements", "actionLinks"):
        setting.documents[f"fresh {caller}"] = await make_action(setting.commune, unit="works")
    if collection in ("rightIndices", "periodItemMappings"):
        setting.documents[f"fresh {caller}"] = await words_pcs.fresh_right(setting, next(_NUMBERS), collection)
    if collection == "editions":
        setting.documents[f"fresh {caller}"] = await make_action(setting.commune, unit="works", kind="recurring")
    if collection == "planFindings":
        setting.documents[f"fresh {caller}"] = await make_finding(setting)
    if collection == "memberships":
        email = f"member{next(_NUMBERS)}@{setting.commune.slug}.example"
        setting.documents[f"fresh {caller}"] = await make(
            setting.commune, "account", email=email, display_name="Quelqu’un"
        )
    if collection == "counterparts":
        setting.documents[f"fresh {caller}"] = await make_offer(setting.group)
    if collection in ("partnerships", "partners", "groupMembers"):
        setting.documents[f"body {caller}"] = await make_partner(setting.database)


async def make_finding(setting: Setting) -> UUID:
    house = setting.commune.municipality
    return await make(setting.commune, "finding", text="Constat", organisation_id=house, audience="public")


async def to_delete(setting: Setting, collection: str) -> UUID:
    """A new document that nothing names: the one whose deletion is asked."""
    n, d, commune = next(_NUMBERS), setting.documents, setting.commune
    if collection == "plans":
        return await make_plan(commune, title=f"Plan {n}")
    if collection == "objectives":
        return await make_objective(commune, d["plans"], status="draft")
    if collection == "actions":
        return await make_action(commune, unit="works", status="draft")
    if collection in ("planActions", "actionLinks", "editions"):
        return await _joined_to_delete(setting, collection)
    if collection == "findings":
        return await make_finding(setting)
    if collection == "planFindings":
        return await make(commune, "planFinding", plan_id=d["plans"], finding_id=await make_finding(setting))
    if collection == "measurements":
        words = {"indicator_id": d["indicators"], "measured_on": "2026-03-31", "value": str(n)}
        return await make_as_partner(commune, setting.partner, "measurement", **words)
    if collection == "placements":
        return await make_placement(commune, await make_action(commune), d["plans"], d["objectives"])
    if collection in ("terms", "programmingPeriods", "periodItems", "periodItemMappings", "rightIndices"):
        return await _global_to_delete(setting, collection, n)
    return await _row_to_delete(setting, collection, n)


async def _joined_to_delete(setting: Setting, collection: str) -> UUID:
    """A new action joined to what everybody is asked about; of a recurring one, an edition."""
    d, commune = setting.documents, setting.commune
    if collection == "editions":
        yearly = await make_action(commune, unit="works", kind="recurring")
        return await make(commune, "edition", action_id=yearly, year=2026)
    other = await make_action(commune)
    if collection == "planActions":
        return await make(commune, "planAction", plan_id=d["plans"], action_id=other)
    return await make(commune, "actionLink", action_id=d["actions"], linked_action_id=other, kind="contributesTo")


async def _global_to_delete(setting: Setting, collection: str, n: int) -> UUID:
    if collection == "rightIndices":
        return await words_pcs.index_to_delete(setting, n)
    if collection == "periodItemMappings":
        return await words_pcs.mapping_to_delete(setting, n)
    dates = {"starts_on": "2090-01-01", "ends_on": "2096-01-01"}
    if collection == "terms":
        return await setting.global_document("term", code=f"D{n}", labels=LABELS, **dates)
    if collection == "programmingPeriods":
        return await setting.global_document(
            "programmingPeriod", code=f"D{n}", plan_type_code="pcs", labels=LABELS, **dates
        )
    period = setting.documents["programmingPeriods"]
    return await setting.global_document("periodItem", period_id=period, kind="theme", code=f"9.{n}", labels=LABELS)


async def _row_to_delete(setting: Setting, collection: str, n: int) -> UUID:
    """A row of the commune, by its kind and words."""
    d, commune, house = setting.documents, setting.commune, setting.commune.municipality
    words: dict[str, tuple[str, dict[str, Any]]] = {
        "tasks": ("task", {"action_id": d["actions"], "title": "Visite"}),
        "followUps": ("followUp", {"action_id": d["actions"], "text": "Vu.", "audience": "public"}),
        "decisions": ("decision", {"action_id": d["actions"], "organ": "council", "decided_on": "2026-02-01",
                                   "title": "Vu.", "audience": "public"}),
        "attachments": ("attachment", {"action_id": d["actions"], "title": "Vu.", "audience": "public",
                                       "link": "https://commune.example/vu"}),
        "budgetLines": ("budgetLine", {"action_id": d["actions"], "fiscal_year": 2028, "source": "other",
                                       "service": "ordinary"}),
        "externalReferences": ("externalReference", {"action_id": d["actions"], "system": f"D{n}", "reference": "x"}),
        "indicators": ("indicator", {"action_id": d["actions"], "title": f"Indicateur {n}"}),
        "measurementLocks": ("measurementLock", {"organisation_id": house, "starts_on": "2003-01-01",
                                                 "ends_on": "2003-12-31", "reason": "x"}),
        "acts": ("act", {"version_id": d["planVersions"], "kind": "prepared", "organ": "codir",
                         "decided_on": "2025-05-03", "organisation_id": house}),
        "units": ("unit", {"name": f"Service {n}", "organisation_id": house}),
        "reminderRules": ("reminderRule", {"kind": "late", "organisation_id": house}),
        "persons": ("person", {"kind": "agent", "family_name": f"Nom {n}"}),
        "offices": ("office", {"kind": "other", "title": f"Charge {n}", "organisation_id": house}),
        "officeHoldings": ("officeHolding", {"office_id": d["offices"], "person_id": d["persons"],
                                             "starts_on": "2025-03-01", "ends_on": f"2026-01-{n % 28 + 1:02}"}),
        "planTypes": ("planType", {"acronym": f"D{n}", "name": f"Type {n}"}),
        "domains": ("domain", {"name": f"Domaine {n}", "strand": "external"}),
    }  # fmt: skip
    if collection == "partners":
        return await make(commune, "partner", organisation_id=await make_partner(setting.database))
    if collection == "partnerships":
        body = await make_partner(setting.database)
        return await make_partnership(commune, d["actions"], body, "planned", role="informed")
    kind, said = (words | words_pcs.removals(setting, n))[collection]
    return await make(commune, kind, **words_pcs.in_a_year_of_its_own(said))
