"""One commune with a published plan, a partner, and one document of every kind: what the table is asked about."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from api.accounts import ensure_account, ensure_organisation_member
from api.db import Database
from api.demo.directory import make as make_document
from tests.factories import (
    PUBLIC,
    Commune,
    Headers,
    World,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_objective,
    make_partner,
    make_placement,
    make_plan,
    world_of,
)
from tests.gatherings import make_group, make_offer
from tests.rights.making import make_as_partner, make_attachment, make_member, make_partnership, make_with_role

LABELS = {"fr": "Essai", "nl": "Proef", "de": "Probe", "en": "Trial"}


@dataclass
class Setting:
    """The commune, and by collection (`plans`, `actions`…) the document that every caller is asked about."""

    commune: Commune
    group: Commune
    """A group of which the commune is a member."""
    partner: UUID
    headers: dict[str, Headers]
    """By caller of the table."""
    documents: dict[str, UUID] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        return self.commune.database

    @property
    def world(self) -> World:
        return world_of(self.database)

    @property
    def managed(self) -> dict[str, Any]:
        """The responsibility of the agent's unit."""
        return {"responsibilities": [{"kind": "managingUnit", "unit_id": self.commune.units["works"]}]}

    async def global_document(self, kind: str, /, **words: Any) -> UUID:
        """A document that the operator makes."""
        async with self.database.transaction() as connection:
            return await make_document(connection, self.world.operator_actor, kind, **words)


async def make_setting(database: Database) -> Setting:
    """The whole scene, made once for each test process."""
    commune = await make_commune(database)
    partner = await make_partner(database)
    group = await make_group(database, [commune])
    setting = Setting(commune, group, partner, await callers_of(commune, partner))
    await _plan_and_action(setting)
    await _declaration(setting)
    await _register(setting)
    await _global(setting)
    version = await freeze_and_publish(commune, setting.documents["plans"])
    setting.documents["planVersions"] = version
    setting.documents["acts"] = await make(
        commune, "act", version_id=version, kind="prepared", organ="codir", decided_on="2025-05-01",
        organisation_id=commune.municipality,
    )  # fmt: skip
    await _taken_up(setting)
    await _found(setting)
    return setting


async def callers_of(commune: Commune, partner: UUID) -> dict[str, Headers]:
    """The headers of every caller of the table."""
    world = world_of(commune.database)
    plain = {house: await make_member(commune, f"plain-{house}", ("administration", house)) for house in commune.houses}
    async with commune.acting() as (connection, actor):
        email = f"member@{commune.slug}.example"
        member = await ensure_account(connection, actor, email, "Partner")
        await ensure_organisation_member(connection, actor, partner, member, is_administrator=True)
    return {
        "coll": commune.as_("college"), "coun": commune.as_("council"),
        "admn": plain["municipality"], "grnt": commune.as_("administration"),
        "agnt": commune.as_("agent", unit="works"), "cpas": plain["cpas"],
        "prtn": world.partner(partner), "pgrn": world.person(member),
        "regn": world.region, "intg": world.integrator, "oper": world.operator, "anon": PUBLIC,
    }  # fmt: skip


async def _plan_and_action(setting: Setting) -> None:
    commune, found = setting.commune, setting.documents
    plan = found["plans"] = await make_plan(commune, "pst")
    found["pcs"] = await make_plan(commune, "pcs")
    objective = found["objectives"] = await make_objective(commune, plan, **setting.managed)
    action = found["actions"] = await make_action(commune, unit="works", title="Rénover la salle")
    found["findings"] = await make(
        commune, "finding", text="Un constat", organisation_id=commune.municipality, audience="public"
    )
    found["planFindings"] = await make(commune, "planFinding", plan_id=plan, finding_id=found["findings"])
    found["placements"] = await make_placement(commune, action, plan, objective)
    found["agreements"] = await make(
        commune, "agreement", title="Convention", state="signed", organisation_id=commune.municipality,
        party_ids=[setting.partner],
    )  # fmt: skip
    found["partnerships"] = await make_partnership(
        commune, action, setting.partner, may_report_progress=True, agreement_id=found["agreements"]
    )
    found["targetGroups"] = await make(commune, "targetGroup", name="Un groupe à nous")
    found["beneficiaryCounts"] = await make(
        commune, "beneficiaryCount", action_id=action, year=1995, counted="persons", number=12
    )
    found["tasks"] = await make(commune, "task", action_id=action, title="Appel d’offres")
    found["recurring"] = await make_action(commune, unit="works", kind="recurring", title="Fête de la musique")
    found["editions"] = await make(commune, "edition", action_id=found["recurring"], year=1990)
    await _sheet(setting, action)
    found["budgetLines"] = await make(
        commune, "budgetLine", action_id=action, fiscal_year=2026, source="wallonia", service="ordinary"
    )
    found["externalReferences"] = await make(
        commune, "externalReference", action_id=action, system="eComptes", reference="A1"
    )
    found["indicators"] = await make(commune, "indicator", action_id=action, title="Trajets", is_cumulative=True)
    found["measurements"] = await make_as_partner(
        commune, setting.partner, "measurement", indicator_id=found["indicators"], measured_on="2026-01-31", value="12"
    )
    found["measurementLocks"] = await make(
        commune, "measurementLock", organisation_id=commune.municipality, starts_on="2001-01-01",
        ends_on="2001-12-31", reason="Rapport remis",
    )  # fmt: skip


async def _declaration(setting: Setting) -> None:
    commune, found = setting.commune, setting.documents
    found["dpcs"] = await make(
        commune, "dpc", title="DPC 2024-2030", organisation_id=commune.municipality, adopted_on="2025-01-20",
        published_on="2025-01-27",
    )  # fmt: skip
    found["dpcItems"] = await make(commune, "dpcItem", text="Une commune solidaire", dpc_id=found["dpcs"])


async def _sheet(setting: Setting, action: UUID) -> None:
    """What hangs on the action beside: a note, a link to another action of the plan, a decision, a file."""
    commune, found = setting.commune, setting.documents
    shown: dict[str, Any] = {"action_id": action, "audience": "public"}
    found["followUps"] = await make(commune, "followUp", text="Chantier ouvert", **shown)
    linked = found["linked"] = await make_action(commune, found["plans"], unit="works", title="Acheter la salle")
    await make_partnership(commune, linked, setting.partner)
    found["actionLinks"] = await make(
        commune, "actionLink", action_id=action, linked_action_id=linked, kind="dependsOn"
    )
    found["decisions"] = await make(
        commune, "decision", organ="college", decided_on="2026-01-12", title="Attribution", **shown
    )
    found["attachments"] = await make_attachment(commune, title="Métré", file_name="metre.txt", **shown)


async def _register(setting: Setting) -> None:
    """A document of every register of the workspace."""
    commune, found = setting.commune, setting.documents
    found["workspaces"] = commune.workspace_id
    found["units"], found["persons"] = commune.units["works"], commune.persons["works"]
    found["offices"] = commune.offices["mayor"]
    found["reminderRules"] = await make(commune, "reminderRule", kind="late", organisation_id=commune.municipality)
    found["partners"] = await make(commune, "partner", organisation_id=setting.partner)
    found["planTypes"] = await make(commune, "planType", acronym="XYZ", name="Un plan à nous")
    found["domains"] = await make(commune, "domain", name="Un domaine à nous", strand="external")
    found["organisations"] = await make(commune, "organisation", name="Une école", kind="school")
    found["accounts"] = await make(commune, "account", email=f"new@{commune.slug}.example", display_name="Nouvelle")
    found["clients"] = await make_with_role(
        commune, "client", name="Script", role="agent", scopes=["plans:read"], organisation_id=commune.municipality
    )
    found["memberships"] = await make_with_role(
        commune, "membership", account_id=found["accounts"], role="council", organisation_id=commune.municipality
    )


async def _taken_up(setting: Setting) -> None:
    """An action that a group offers, and one that the commune took up."""
    commune, group, found = setting.commune, setting.group, setting.documents
    found["groups"], found["groupActions"] = group.workspace_id, await make_offer(group)
    found["counterparts"] = await make(
        commune, "counterpart", origin_action_id=await make_offer(group), organisation_id=commune.municipality
    )
    async with group.acting() as (connection, _):
        found["uptakes"] = await connection.fetchval(
            "select id from uptake where workspace_id = $1", group.workspace_id
        )
        found["groupMembers"] = await connection.fetchval(
            "select id from group_member where group_id = $1", group.workspace_id
        )


async def _global(setting: Setting) -> None:
    found = setting.documents
    year = setting.commune.nis
    found["terms"] = await setting.global_document(
        "term", code=f"T{year}", labels=LABELS, starts_on="2090-01-01", ends_on="2096-01-01"
    )
    found["programmingPeriods"] = await setting.global_document(
        "programmingPeriod", code=f"P{year}", plan_type_code="pcs", labels=LABELS,
        starts_on="2090-01-01", ends_on="2096-01-01",
    )  # fmt: skip
    found["periodItems"] = await setting.global_document(
        "periodItem", period_id=found["programmingPeriods"], kind="axis", code="1", labels=LABELS
    )

    found["right"] = await setting.global_document(
        "periodItem", period_id=found["programmingPeriods"], kind="right", code="r1", labels=LABELS
    )
    found["rightIndices"] = await setting.global_document(
        "rightIndex", nis=year, right_id=found["right"], edition=2023, value="0.5120"
    )
    found["laterPeriod"] = await setting.global_document(
        "programmingPeriod", code=f"L{year}", plan_type_code="pcs", labels=LABELS,
        starts_on="2096-01-02", ends_on="2099-01-01",
    )  # fmt: skip
    later = await setting.global_document(
        "periodItem", period_id=found["laterPeriod"], kind="right", code="r1", labels=LABELS
    )
    found["periodItemMappings"] = await setting.global_document(
        "periodItemMapping", from_item_id=found["right"], to_item_id=later
    )


async def _found(setting: Setting) -> None:
    """What the domain made by itself."""
    commune = setting.commune
    where = {
        "planActions": "select id from plan_action where workspace_id = $1",
        "officeHoldings": "select id from office_holding where workspace_id = $1 order by id limit 1",
        "journalEntries": "select id from journal_entry where workspace_id = $1 and entity = 'plan' limit 1",
    }
    async with commune.acting() as (connection, _):
        for collection, sql in where.items():
            setting.documents[collection] = await connection.fetchval(sql, commune.workspace_id)
        setting.documents["communes"] = await connection.fetchval("select id from commune limit 1")
        setting.documents["sdgs"] = await connection.fetchval("select id from sdg limit 1")
        setting.documents["organisationMembers"] = await connection.fetchval(
            "select id from organisation_member where organisation_id = $1", setting.partner
        )
