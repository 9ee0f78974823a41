"""What a demonstration commune has of cohesion beside its file: agreements, contributions, beneficiaries, the DPC.

It is drawn from what the file tells: the partners agreed in the PCS, its actions, the first objectives of the PST.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.demo.directory import make
from api.domain.commands import documents
from api.domain.resources.catalogue import BY_NAME

if TYPE_CHECKING:
    from api.demo.commune import CommuneWriter

SEATS = ("Présidence", "Collège communal", "CPAS", "Associations locales", "Région (DiCS)")
DECLARATION = {
    "Vivre ensemble": (
        "Rompre l’isolement des aînés dans chaque village",
        "Soutenir les associations qui font vivre les quartiers",
        "Ouvrir une maison de la participation",
    ),
    "Se loger et se déplacer": (
        "Garantir à chacun un logement décent et accessible",
        "Offrir un transport à ceux qui n’ont pas de voiture",
    ),
    "Une administration proche": (
        "Accueillir chacun en un seul lieu, commune et CPAS ensemble",
        "Accompagner les démarches en ligne",
    ),
}
GROUPS = {"aîné": "elderly", "senior": "elderly", "jeune": "youth", "famil": "families", "locatai": "tenants",
          "sans abri": "homelessPersons", "sans-abri": "homelessPersons", "violence": "violenceVictims",
          "assuétude": "addictedPersons", "emploi": "jobSeekers"}  # fmt: skip
"""The group that a word of a title names; the whole population otherwise."""

AGREED = """
select x.id, x.version, x.organisation_id, g.name from partnership x join organisation g on g.id = x.organisation_id
join plan_action c on c.workspace_id = x.workspace_id and c.action_id = x.action_id and c.plan_id = $2
join action a on a.workspace_id = x.workspace_id and a.id = x.action_id and a.organisation_id = $3
where x.workspace_id = $1 and x.state = 'agreed' and not exists (select from workspace_organisation w
    where w.workspace_id = x.workspace_id and w.organisation_id = x.organisation_id)
order by g.name, x.id
"""
OF_THE_PCS = """
select a.id, a.version, a.title, a.status, a.organisation_id from action a join plan_action c
on c.workspace_id = a.workspace_id and c.action_id = a.id and c.plan_id = $2
where a.workspace_id = $1 order by a.title, a.id
"""


async def write_cohesion(writer: "CommuneWriter") -> None:
    """Write it in the name of the houses that answer for it."""
    pcs = writer.ids["plan"]["pcs"]
    await _agreements(writer, pcs)
    await _write_beneficiaries(writer, pcs)
    await _committee(writer, pcs)
    await _declaration(writer)


async def _make(writer: "CommuneWriter", house: str, kind: str, /, **words: Any) -> UUID:
    return await make(writer.connection, writer.actors[house], kind, **words)


async def _change(writer: "CommuneWriter", house: str, kind: str, identifier: UUID, version: int, **words: Any) -> None:
    resource = BY_NAME[kind]
    assert resource.patch is not None
    patch = resource.patch.model_validate({resource.wire(name): value for name, value in words.items()})
    await documents.update(writer.connection, writer.actors[house], resource, identifier, patch, version)


async def _agreements(writer: "CommuneWriter", pcs: UUID) -> None:
    """One agreement for each partner of the PCS, alternately paid and in kind; the last goes on after the period."""
    commune = writer.town.houses["commune"]
    rows = await writer.connection.fetch(AGREED, writer.town.workspace_id, pcs, commune)
    partners = {row["organisation_id"]: row["name"] for row in rows}
    for number, (organisation, name) in enumerate(partners.items(), 1):
        is_paid = number % 2 == 1
        brought = {"inKind": "Un local et deux demi-journées d’animation par semaine"}
        amounts = [{"year": y, **({"amount": f"{2500 * number}.00"} if is_paid else brought)} for y in (2025, 2026)]
        agreement = await _make(
            writer, "commune", "agreement", title=f"Convention de partenariat avec {name}", state="signed",
            organisation_id=commune, party_ids=[organisation], amounts=amounts, starts_on="2025-01-01",
            ends_on="2027-06-30" if number == len(partners) else "2026-12-31", notice_months=3,
            decided_on="2024-12-16", decision_organ="council", decision_reference=f"CC 16.12.2024/{10 + number}",
        )  # fmt: skip
        for row in (row for row in rows if row["organisation_id"] == organisation):
            contribution = {"year": 2026, **({"fullTimeEquivalents": "0.50"} if is_paid else brought)}
            await _change(
                writer, "commune", "partnership", row["id"], row["version"],
                agreement_id=str(agreement), contributions=[contribution],
            )  # fmt: skip


async def _write_beneficiaries(writer: "CommuneWriter", pcs: UUID) -> None:
    """Whom each action of the PCS is meant for, and how many it reached."""
    workspace = writer.town.workspace_id
    found = await writer.connection.fetch(
        "select reference_code, id from target_group where workspace_id = $1", workspace
    )
    groups = {row[0]: row[1] for row in found}
    houses = {identifier: house for house, identifier in writer.town.houses.items()}
    for number, row in enumerate(await writer.connection.fetch(OF_THE_PCS, workspace, pcs)):
        house, title = houses[row["organisation_id"]], row["title"].casefold()
        named = [groups[code] for word, code in GROUPS.items() if word in title] or [groups["allInhabitants"]]
        meant = sorted({str(group) for group in named})
        await _change(writer, house, "action", row["id"], row["version"], target_group_ids=meant)
        if row["status"] in ("inProgress", "completed"):
            persons = 18 + 7 * (number % 9)
            for counted, count in (("persons", persons), ("attendances", persons * (4 + number % 5))):
                await _make(
                    writer, house, "beneficiaryCount", action_id=row["id"], year=2025, counted=counted, number=count
                )


async def _committee(writer: "CommuneWriter", pcs: UUID) -> None:
    house = str(writer.plans["pcs"]["organisation"])
    version = await writer.connection.fetchval("select version from plan where id = $1", pcs)
    await _change(writer, house, "plan", pcs, version, committee=[{"role": role} for role in SEATS])


async def _declaration(writer: "CommuneWriter") -> None:
    """The DPC, from whose commitments the first objectives of the PST descend; some have none yet."""
    dpc = await _make(writer, "commune", "dpc", title="Déclaration de politique communale 2024-2030",
        organisation_id=writer.town.houses["commune"], term_id=writer.ids["term"]["2024-2030"],
        adopted_on="2025-01-27", published_on="2025-02-03", decision_reference="CC 27.01.2025/3",
    )  # fmt: skip
    commitments = []
    for section, texts in DECLARATION.items():
        parent = await _make(writer, "commune", "dpcItem", dpc_id=dpc, text=section, is_section=True)
        commitments += [
            await _make(writer, "commune", "dpcItem", dpc_id=dpc, text=text, parent_id=parent) for text in texts
        ]
    tops = await writer.connection.fetch(
        "select id, version from objective where workspace_id = $1 and plan_id = $2 and parent_id is null"
        " and status <> 'draft' order by position limit 4",
        writer.town.workspace_id, writer.ids["plan"]["pst"],
    )  # fmt: skip
    for row, commitment in zip(tops, commitments[::2], strict=False):
        house = str(writer.plans["pst"]["organisation"])
        await _change(writer, house, "objective", row["id"], row["version"], dpc_item_ids=[str(commitment)])
