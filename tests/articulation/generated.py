"""Generated communes: random plans, trees, placements with shares, money, findings, partners and codes."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from api.accounts import open_workspace
from api.db import Connection
from api.demo.directory import make, to_wire
from api.domain.actor import Actor, Membership, Role
from api.domain.commands.bulk_insert import bulk_insert, image_of_words
from api.domain.commands.workspaces import create_workspace
from api.domain.identifiers import new_id
from api.domain.journal import Change, record
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.organisations import WorkspaceCreate
from tests.world import World, make_reference_commune

Words = dict[str, Any]
STATUSES = ("draft", "notStarted", "inProgress", "suspended", "completed", "cancelled")
AMOUNTS = st.decimals("0", "99999.99", places=2)


GIVEN = ("position", "is_withdrawn", "is_archived")
"""What nobody says of a new row, and what a generated one is given at once."""


@st.composite
def lines(draw: st.DrawFn) -> list[Words]:
    """Budget lines, some declared for one plan alone."""
    return [
        {
            "fiscal_year": draw(st.integers(2019, 2028)), "planned": str(draw(AMOUNTS)), "spent": str(draw(AMOUNTS)),
            "source": draw(st.sampled_from(["wallonia", "municipality", "other"])), "service": "ordinary",
            "nature": draw(st.sampled_from(["expense", "revenue"])), "declared": draw(st.sampled_from(["", "", "pcs"])),
        }
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip


@st.composite
def communes(draw: st.DrawFn) -> Words:
    """What a commune is to be: its policies, whether one covers the PCS, its actions and where each stands."""
    pillars = draw(st.lists(st.integers(0, 2), min_size=2, max_size=3))
    below = [(f"os{n}", f"os{n}.{m}") for n, count in enumerate(pillars) for m in range(count)]
    targets = [f"os{n}" for n in range(len(pillars))] + [name for _, name in below]
    has_cover = draw(st.booleans())
    actions: list[Words] = [
        {
            "status": draw(st.sampled_from(STATUSES)), "progress": draw(st.integers(0, 100)),
            "code": draw(st.integers(0, 30)), "rights": draw(st.sets(st.integers(0, 14), max_size=2)),
            "is_pcs": draw(st.integers(0, 3)) > 0, "third": draw(st.sampled_from([0, 0, 1])),
            "where": draw(st.lists(st.sampled_from(targets + ["cover"] * has_cover), unique=True, max_size=2)),
            "weights": [draw(st.integers(1, 3)), draw(st.integers(0, 3))], "lines": draw(lines()),
            "partners": draw(st.integers(0, 2)), "findings": draw(st.sets(st.integers(0, 2), max_size=2)),
            "reached": draw(st.integers(0, 500)), "domain": draw(st.integers(0, 5)),
            "parent": draw(st.sampled_from([None, None, *range(n)])) if n else None,
            "is_archived": draw(st.integers(0, 6)) == 6, "is_withdrawn": draw(st.integers(0, 3)) == 3,
        }
        for n in range(draw(st.integers(2, 5)))
    ]  # fmt: skip
    for action in actions:
        if action["parent"] is not None and actions[action["parent"]]["parent"] is not None:
            action["parent"] = None
    return {"pillars": len(pillars), "below": below, "cover": has_cover, "actions": actions, "money": draw(lines())}


@dataclass
class Reference:
    """What every generated commune draws on, read once."""

    organisations: list[UUID]
    themes: list[UUID]
    codes: list[UUID]
    rights: list[UUID]
    period: UUID
    term: UUID


async def reference_of(connection: Connection, world: World) -> Reference:
    async def ids(kind: str) -> list[UUID]:
        rows = await connection.fetch(
            "select i.id from period_item i join programming_period p on p.id = i.period_id"
            " where p.code = '2020-2025' and i.kind = $1 order by i.rank, i.code", kind,
        )  # fmt: skip
        return [row[0] for row in rows]

    period = await connection.fetchval("select id from programming_period where code = '2020-2025'")
    term = await connection.fetchval("select id from term where code = '2024-2030'")
    bodies = [
        await make(connection, world.operator_actor, "organisation", name=f"ASBL {n}", kind="nonprofit")
        for n in range(2)
    ]
    return Reference(bodies, await ids("theme"), await ids("actionCode"), await ids("right"), period, term)


@dataclass
class Generated:
    """A commune on its way into the database."""

    connection: Connection
    reference: Reference
    actor: Actor
    workspace: UUID
    house: UUID
    ids: dict[str, UUID] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    async def add(self, kind: str, key: str | None = None, /, **words: Any) -> UUID:
        """A row of the concept, as its words would be said, without asking the rules: they are not under test."""
        resource = BY_NAME[kind]
        assert resource.create is not None
        more = {name: words.pop(name) for name in GIVEN if name in words}
        said = resource.create.model_validate(json.loads(json.dumps(to_wire(words), default=str)))
        row = image_of_words(resource, said, id=new_id(), workspace_id=self.workspace, **more)
        self.changes += await bulk_insert(self.connection, resource, [row])
        identifier = UUID(row["id"])
        if key is not None:
            self.ids[key] = identifier
        return identifier


async def write(connection: Connection, world: World, reference: Reference, told: Words) -> Generated:
    """The commune as told, every row journaled."""
    nis = next(world.free_nis)
    await make_reference_commune(connection, nis, f"Commune {nis}")
    house = await make(connection, world.operator_actor, "organisation", name=f"C {nis}", kind="municipality")
    words = {"name": f"C {nis}", "slug": f"g{nis}", "kind": "municipality", "nis": nis, "organisations": [house]}
    workspace = await create_workspace(connection, world.operator_actor, WorkspaceCreate.model_validate(words))
    await open_workspace(connection, workspace)
    member = Membership(Role.ADMINISTRATION, organisation_id=house, is_administrator=True)
    actor = Actor(memberships=(member,), account_id=world.operator_id, workspace_id=workspace)
    made = Generated(connection, reference, actor, workspace, house)
    await _plans(made, told)
    for number, action in enumerate(told["actions"]):
        await _action(made, number, action)
    await record(connection, actor, "generate", workspace, made.changes)
    return made


async def _plans(made: Generated, told: Words) -> None:
    reference = made.reference
    types = await made.connection.fetch(
        "select reference_code, id from plan_type where workspace_id = $1", made.workspace
    )
    kinds = {row[0]: row[1] for row in types}
    domains = await made.connection.fetch(
        "select id from domain where workspace_id = $1 order by name limit 6", made.workspace
    )
    made.ids |= {f"domain{n}": row[0] for n, row in enumerate(domains)}
    two = [
        {"level": n, "label": f"N{n}", "meaning": m, "is_numbered": True, "restarts": True, "prefix": None}
        for n, m in ((1, "strategic"), (2, "operational"))
    ]
    common = {"organisation_id": made.house, "levels": two}
    await made.add("plan", "pst", title="PST", plan_type_id=kinds["pst"], term_id=reference.term, **common)
    await made.add(
        "plan", "pcs", title="PCS", plan_type_id=kinds["pcs"], period_id=reference.period,
        starts_on="2020-01-01", ends_on="2026-12-31", **common,
    )  # fmt: skip
    await made.add("plan", "third", title="PCDR", plan_type_id=kinds["pst"], **common)
    for n in range(3):
        await made.add("finding", f"finding{n}", text=f"Constat {n}", organisation_id=made.house, audience="public")
    for n, plan in enumerate(("pst", "pcs", "pcs")):
        await made.add("planFinding", plan_id=made.ids[plan], finding_id=made.ids[f"finding{n}"], position=f"a{n}")
    await _tree(made, told)
    await _money(made, told["money"], plan_id=made.ids["pcs"])


async def _tree(made: Generated, told: Words) -> None:
    """The objectives of the PST, one of which may cover the PCS."""
    common = {"plan_id": made.ids["pst"], "status": "open"}
    for n in range(told["pillars"]):
        await made.add(
            "objective", f"os{n}", title=f"OS {n}", level=1, position=f"a{n}", domain_ids=[made.ids[f"domain{n}"]],
            **common,
        )  # fmt: skip
    for n, (parent, name) in enumerate(told["below"]):
        await made.add(
            "objective", name, title=f"OO {name}", level=2, parent_id=made.ids[parent], position=f"a{n}",
            finding_ids=[made.ids["finding0"]], **common,
        )  # fmt: skip
    if told["cover"]:
        await made.add(
            "objective", "cover", title="Suivi du PCS", level=2, parent_id=made.ids["os0"], position="a9",
            covers_plan_id=made.ids["pcs"], **common,
        )  # fmt: skip


async def _money(made: Generated, told: list[Words], **bearer: UUID) -> None:
    for line in told:
        declared = [made.ids[line["declared"]]] if line["declared"] else []
        words = {k: v for k, v in line.items() if k != "declared"}
        await made.add("budgetLine", declared_plan_ids=declared, **words, **bearer)


async def _action(made: Generated, number: int, told: Words) -> None:
    reference = made.reference
    action = await made.add(
        "action", f"action{number}", title=f"Action {number}", status=told["status"], progress=told["progress"],
        organisation_id=made.house, finding_ids=sorted(made.ids[f"finding{n}"] for n in told["findings"]),
        domain_ids=[made.ids[f"domain{told['domain']}"]], is_archived=told["is_archived"],
        parent_id=None if told["parent"] is None else made.ids[f"action{told['parent']}"],
    )  # fmt: skip
    claims = {"pcs": told["is_pcs"], "third": told["third"], "pst": bool(told["where"])}
    for plan in (plan for plan, is_claimed in claims.items() if is_claimed):
        own: Words = {}
        if plan == "pcs":
            own = {"period_item_id": reference.codes[told["code"] % len(reference.codes)]}
            own["right_ids"] = sorted(reference.rights[n] for n in told["rights"])
        if plan == "pst":
            own["is_withdrawn"] = told["is_withdrawn"]
        await made.add("planAction", plan_id=made.ids[plan], action_id=action, **own)
    for rank, target in enumerate(told["where"]):
        await made.add(
            "placement", plan_id=made.ids["pst"], action_id=action, objective_id=made.ids[target],
            weight=told["weights"][rank], is_main=rank == 0, position=f"a{number}{rank + 1}",
        )  # fmt: skip
    for n in range(told["partners"]):
        await made.add(
            "partnership", action_id=action, organisation_id=reference.organisations[n], role="contributor",
            state="agreed", contributions=[{"year": 2025, "amount": str(Decimal(100 + n)) + ".00"}],
        )  # fmt: skip
    await made.add("beneficiaryCount", action_id=action, year=2025, counted="persons", number=told["reached"])
    await _money(made, told["lines"], action_id=action)
