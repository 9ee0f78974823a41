"""Communes and plans for tests, made through the domain's commands. Each test makes its own: tenants never meet.

commune = await make_commune(database, approach="grouped")
answer = await client.get(f"/pst/v1/plans/{commune.plans['pst']}", headers=commune.as_("college"))
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from api.accounts import ensure_account, ensure_membership, open_workspace
from api.db import Connection, Database
from api.demo.directory import make as make_document
from api.demo.directory import to_wire
from api.domain.actor import WORKSPACE_ROLES, Actor, Membership, Role
from api.domain.commands import documents
from api.domain.commands.workspaces import create_workspace
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.organisations import WorkspaceCreate
from api.identity.authentication import Caller, authorize
from tests.articulations import articulate
from tests.observing import Snapshot, snapshot_of_everything, statements
from tests.world import PUBLIC, Headers, World, make_partner, make_reference_commune, world_of

__all__ = [
    "PUBLIC", "Commune", "Headers", "Snapshot", "World", "change", "freeze_and_publish", "make", "make_action",
    "make_commune", "make_objective", "make_partner", "make_placement", "make_plan", "snapshot_of_everything",
    "statements", "world_of",
]  # fmt: skip

UNITS = {"municipality": ("works", "social"), "cpas": ("aid",)}


@dataclass
class Commune:
    """A workspace of a commune and its CPAS, with people, and plans where an approach was asked."""

    database: Database
    nis: int
    name: str
    slug: str
    workspace_id: UUID
    houses: dict[str, UUID]
    units: dict[str, UUID] = field(default_factory=dict)
    """`works` and `social` of the commune, `aid` of the CPAS."""
    persons: dict[str, UUID] = field(default_factory=dict)
    """`mayor` and `cpasPresident`, who hold these offices; `works`, `social` and `aid`: the agent of each unit."""
    offices: dict[str, UUID] = field(default_factory=dict)
    accounts: dict[tuple[str, str, str | None], UUID] = field(default_factory=dict)
    """By role, house and (for agents) unit."""
    plans: dict[str, UUID] = field(default_factory=dict)
    objectives: dict[str, UUID] = field(default_factory=dict)
    actions: dict[str, UUID] = field(default_factory=dict)

    @property
    def municipality(self) -> UUID:
        return self.houses["municipality"]

    @property
    def cpas(self) -> UUID:
        return self.houses["cpas"]

    def account(self, role: str, house: str = "municipality", unit: str | None = None) -> UUID:
        """The account of a role in a house; an agent is of the first unit unless another is named."""
        if role == Role.AGENT:
            unit = unit or UNITS[house][0]
            house = next(h for h, units in UNITS.items() if unit in units)
        return self.accounts[role, house, unit]

    def as_(
        self, role: str, house: str = "municipality", unit: str | None = None, organisation: UUID | None = None
    ) -> Headers:
        """The headers of who asks: any role; a partner is named by its organisation (of `make_partner`)."""
        world = world_of(self.database)
        if role in WORKSPACE_ROLES:
            return world.person(self.account(role, house, unit))
        if role == Role.PARTNER:
            assert organisation is not None
            return world.partner(organisation)
        beside = {"region": world.region, "integrator": world.integrator, "operator": world.operator}
        return beside.get(role, PUBLIC)

    @asynccontextmanager
    async def acting(
        self, role: str = "administration", house: str = "municipality", unit: str | None = None
    ) -> AsyncIterator[tuple[Connection, Actor]]:
        """A transaction entered by somebody of the commune, for calling the domain itself."""
        who = Caller(account_id=self.account(role, house, unit), workspace_id=self.workspace_id)
        async with self.database.transaction() as connection:
            yield connection, (await authorize(connection, who)).actor


async def make_commune(database: Database, approach: str | None = None, name: str | None = None) -> Commune:
    """A new commune; with `singleObjective`, `grouped` or `distributed`, also a PST and a PCS joined that way."""
    world = world_of(database)
    nis = next(world.free_nis)
    name = name or f"Commune {nis}"
    async with database.transaction() as connection:
        await make_reference_commune(connection, nis, name)
        houses = {
            kind: await make_document(
                connection, world.operator_actor, "organisation",
                name=f"{kind} {name}", kind=kind, territory=[nis],
            )
            for kind in UNITS
        }  # fmt: skip
        slug = f"c{nis}"
        words = {"name": name, "slug": slug, "kind": "municipality", "nis": nis}
        workspace_id = await create_workspace(
            connection,
            world.operator_actor,
            WorkspaceCreate.model_validate({**words, "organisations": list(houses.values())}),
        )
        commune = Commune(database, nis, name, slug, workspace_id, houses)
        await _people(connection, commune)
    if approach is not None:
        await articulate(commune, approach)
    return commune


async def _people(connection: Connection, commune: Commune) -> None:
    """Units, elected persons in their offices, and an account for every role."""
    for house, organisation in commune.houses.items():
        founder = await _founder(connection, commune, house)
        for unit in UNITS[house]:
            commune.units[unit] = await make_document(
                connection, founder, "unit", name=unit, code=unit.upper(), organisation_id=organisation
            )
            commune.persons[unit] = await make_document(
                connection, founder, "person", kind="agent", family_name=unit.title(), given_name="Ana"
            )
        kind = "mayor" if house == "municipality" else "cpasPresident"
        commune.persons[kind] = await make_document(
            connection, founder, "person", kind="mandatary", family_name=kind.title(), given_name="Jo"
        )
        commune.offices[kind] = await make_document(
            connection, founder, "office", kind=kind, title=kind, organisation_id=organisation
        )
        await make_document(
            connection, founder, "officeHolding",
            office_id=commune.offices[kind], person_id=commune.persons[kind], starts_on="2024-12-02",
        )  # fmt: skip
        await _member(connection, commune, founder, "college", house, person=kind)
        await _member(connection, commune, founder, "council", house)
        for unit in UNITS[house]:
            await _member(connection, commune, founder, "agent", house, unit, unit)


async def _founder(connection: Connection, commune: Commune, house: str) -> Actor:
    await open_workspace(connection, commune.workspace_id)
    await _member(connection, commune, world_of(commune.database).operator_actor, "administration", house)
    member = Membership(Role.ADMINISTRATION, organisation_id=commune.houses[house], is_administrator=True)
    account = commune.account("administration", house)
    return Actor(memberships=(member,), account_id=account, workspace_id=commune.workspace_id)


async def _member(
    connection: Connection, commune: Commune, actor: Actor, role: str, house: str,
    unit: str | None = None, person: str | None = None,
) -> None:  # fmt: skip
    email = "-".join(word for word in (role, house, unit) if word) + f"@{commune.slug}.example"
    account = await ensure_account(connection, actor, email, f"{role} {house} {unit or ''}".strip())
    await ensure_membership(
        connection, actor, commune.workspace_id, account, Role(role), commune.houses[house],
        person_id=commune.persons.get(person or ""), units=[commune.units[unit]] if unit else [],
        is_administrator=role == "administration",
    )  # fmt: skip
    commune.accounts[role, house, unit] = account


async def make(
    commune: Commune, kind: str, /, role: str = "administration", house: str = "municipality",
    unit: str | None = None, **words: Any,
) -> UUID:  # fmt: skip
    """Any document, said in snake_case: `await make(commune, "task", action_id=…, title="…")`."""
    async with commune.acting(role, house, unit) as (connection, actor):
        return await make_document(connection, actor, kind, **words)


async def change(
    commune: Commune, kind: str, identifier: UUID, /, role: str = "administration", house: str = "municipality",
    unit: str | None = None, version: int | None = None, **words: Any,
) -> None:  # fmt: skip
    """A patch of any document, at the version it has now unless one is given."""
    resource = BY_NAME[kind]
    assert resource.patch is not None
    async with commune.acting(role, house, unit) as (connection, actor):
        expected = version or await connection.fetchval(
            f"select version from {resource.table.name} where id = $1", identifier
        )
        patch = resource.patch.model_validate(to_wire(words))
        await documents.update(connection, actor, resource, identifier, patch, expected)


async def make_plan(
    commune: Commune,
    kind: str = "pst",
    house: str = "municipality",
    **words: Any,
) -> UUID:
    """A plan of a shipped type: a PST of the term 2024-2030, or a PCS of the period 2020-2025, unless said."""
    async with commune.acting("administration", house) as (connection, actor):
        plan_type = await connection.fetchval(
            "select id from plan_type where workspace_id = $1 and reference_code = $2",
            commune.workspace_id,
            kind,
        )
        given: dict[str, Any] = {"title": kind.upper()}
        if kind == "pst":
            given["term_id"] = await connection.fetchval("select id from term where code = '2024-2030'")
        if kind == "pcs":
            given["period_id"] = await connection.fetchval(
                "select id from programming_period where plan_type_code = 'pcs' and code = '2020-2025'"
            )
        words = {"plan_type_id": plan_type, "organisation_id": commune.houses[house], **given, **words}
        return await make_document(connection, actor, "plan", **words)


async def make_objective(
    commune: Commune, plan: UUID, parent: UUID | None = None, house: str = "municipality", **words: Any
) -> UUID:
    """An open objective: strategic at the root, operational under a parent, unless a level is said."""
    given = {"title": "Objectif", "status": "open", "level": 1 if parent is None else 2}
    return await make(commune, "objective", house=house, plan_id=plan, parent_id=parent, **{**given, **words})


async def make_action(
    commune: Commune, plan: UUID | None = None, objective: UUID | None = None,
    house: str = "municipality", unit: str | None = None, **words: Any,
) -> UUID:  # fmt: skip
    """An action not started yet, answered for by its house; with a plan it is placed there at once.

    A unit named manages it: `await make_action(commune, plan, objective, unit="works", status="inProgress")`.
    """
    given: dict[str, Any] = {"title": "Action", "status": "notStarted", "organisation_id": commune.houses[house]}
    given["department"] = house
    if unit is not None:
        given["responsibilities"] = [{"kind": "managingUnit", "unit_id": commune.units[unit]}]
    action = await make(commune, "action", house=house, **{**given, **words})
    if plan is not None:
        await make_placement(commune, action, plan, objective, house=house)
    return action


async def make_placement(
    commune: Commune, action: UUID, plan: UUID, objective: UUID | None = None,
    house: str = "municipality", **words: Any,
) -> UUID:  # fmt: skip
    """The action stands in the plan: under the objective, or at the root."""
    words = {"action_id": action, "plan_id": plan, "objective_id": objective, **words}
    return await make(commune, "placement", house=house, **words)


async def freeze_and_publish(
    commune: Commune, plan: UUID, house: str = "municipality", *, council: bool = True, published: bool = True
) -> UUID:
    """A version of the plan as it stands, put before the council and published; answers the version's id."""
    version = await make(commune, "planVersion", house=house, plan_id=plan)
    acts = [("acknowledged", "council")] * council + [("published", "administration")] * published
    for kind, organ in acts:
        await make(
            commune, "act", house=house, version_id=version, kind=kind, organ=organ, decided_on="2025-06-30",
            organisation_id=commune.houses[house],
        )  # fmt: skip
    return version
