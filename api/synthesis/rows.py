"""Made-up communes of real size, for measuring: the same seed makes the same rows in every database.

Rows are copied in as the owner, past the commands: they are true to every constraint, but the journal does not
know them. For benchmarks and trials only; demonstrations have `pst demo`, whose communes were told by commands.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
from fractional_indexing import generate_n_keys_between

from api.domain import reference
from api.domain.identifiers import DIRECTORY
from api.domain.journal import raise_public_stamp
from api.synthesis import houses
from api.synthesis.words import paragraph, title

SEED = "pst"
ACTIONS = 300
DAY_ONE = date(2024, 12, 2)
SHARED = ("TEC", "Intercommunale de développement", "Société de logement", "Agence immobilière sociale", "SPW")
"""The bodies that work with every commune; the first one has a machine that reads its actions."""

STATUSES = ("draft", "notStarted", "notStarted", "waiting", "inProgress", "inProgress", "inProgress",
            "suspended", "completed", "completed", "cancelled")  # fmt: skip
SOURCES = ("municipality", "wallonia", "europe", "province", "other")


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of a made-up commune, with the objectives on which actions are placed."""

    id: UUID
    leaves: Sequence[UUID]


class Rows:
    """Rows by table, in the order in which the tables must be filled, under ids that the seed decides."""

    def __init__(self, rank: int) -> None:
        self._next = (0x0193_0000_0000 << 80) | (0x7 << 76) | (0b10 << 62) | (rank << 32)
        self.random = Random(f"{SEED}:{rank}")  # noqa: S311 - made-up words, the same each time
        self.tables: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def new_id(self) -> UUID:
        self._next += 1
        return UUID(int=self._next)

    def add(self, table: str, **values: Any) -> None:
        self.tables[table].append(values)

    async def copy(self, connection: Any) -> int:
        """Write everything; answers how many rows."""
        for table, rows in self.tables.items():
            columns = list(rows[0])
            records = [tuple(row[c] for c in columns) for row in rows]
            await connection.copy_records_to_table(table, records=records, columns=columns)
        return sum(map(len, self.tables.values()))


async def synthesize(owner_address: str, communes: int, actions: int = ACTIONS) -> int:
    """Fill an installed but empty database with this many communes; answers how many rows were written.

    Not into a database that holds a workspace already: ids would collide, and nobody wants this beside real plans.
    """
    connection: Any = await asyncpg.connect(owner_address)
    try:
        if await connection.fetchval("select exists (select from workspace)"):
            raise ValueError("this database holds workspaces already; made-up ones need an empty one")
        given = await _load_reference(connection)
        async with connection.transaction():
            shared = Rows(0)
            partners = houses.directory(shared, SHARED)
            written = await shared.copy(connection)
            for rank, entry in enumerate(_living_communes(communes), 1):
                rows = Rows(rank)
                _commune(rows, entry, partners, given, actions)
                written += await rows.copy(connection)
            await connection.execute(
                "insert into journal_counter (workspace_id, position) select id, 0 from workspace union all"
                " select $1, 0 on conflict do nothing",
                DIRECTORY,
            )
            await raise_public_stamp(connection)
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()
    return written


async def _load_reference(connection: Any) -> dict[str, Any]:
    """What the installation holds and communes name: the term, the programming period of the PCS, its items."""
    period = await connection.fetchrow(
        "select id from programming_period where plan_type_code = 'pcs' order by starts_on desc limit 1"
    )
    items = await connection.fetch(
        "select id, kind, labels->>'fr' as label from period_item where period_id = $1 order by code", period["id"]
    )
    term = await connection.fetchval("select id from term where starts_on >= '2024-12-01' order by starts_on limit 1")
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for item in items:
        by_kind[item["kind"]].append(item["id"])
    return {"term": term, "period": period["id"], "items": by_kind}


def _living_communes(communes: int) -> list[dict[str, Any]]:
    """The communes that exist today, in the order of their code."""
    living = [c for c in reference.load("communes")["items"] if c["valid_to"] is None]
    if not 1 <= communes <= len(living):
        raise ValueError(f"between 1 and {len(living)} communes can be made")
    return sorted(living, key=lambda entry: entry["nis"])[:communes]


def _commune(rows: Rows, entry: dict[str, Any], partners: Sequence[UUID], given: dict[str, Any], actions: int) -> None:
    town = houses.write_town(rows, entry, partners)
    pst = _plan(rows, town, "pst", given, (6, 25), ("strategic", "operational"))
    pcs = _plan(rows, town, "pcs", given, (7, 14), ("axis", "theme"))
    for number in range(actions):
        # Most actions are in the PST alone; one in twenty stands in both plans, one in ten in the PCS alone.
        kind = number % 20
        plans = (pst, pcs) if kind == 0 else (pcs,) if kind in (7, 14) else (pst,)
        _action(rows, town, plans, given, number)


def _plan(
    rows: Rows, town: houses.Town, kind: str, given: dict[str, Any], sizes: tuple[int, int],
    meanings: tuple[str, str],
) -> Plan:  # fmt: skip
    w, plan, is_pst = town.workspace, rows.new_id(), kind == "pst"
    name = "Programme stratégique transversal" if is_pst else "Plan de cohésion sociale"
    rows.add("plan", workspace_id=w, id=plan, plan_type_id=town.plan_types[kind], organisation_id=town.houses[0],
             title=f"{name} 2024-2030 de {town.name}", description=paragraph(rows.random), numbering="hierarchical",
             term_id=given["term"] if is_pst else None, period_id=None if is_pst else given["period"],
             starts_on=DAY_ONE, ends_on=DAY_ONE.replace(year=2030), report_interval_months=12)  # fmt: skip
    rows.add("plan_owner", workspace_id=w, plan_id=plan, organisation_id=town.houses[1])
    for level, (label, meaning) in enumerate(zip(("Objectif", "Mesure"), meanings, strict=True), 1):
        rows.add("plan_level", workspace_id=w, plan_id=plan, level=level, label=label, meaning=meaning,
                 is_numbered=True, restarts=True, prefix=None)  # fmt: skip
    strand = rows.new_id()
    rows.add("plan_strand", workspace_id=w, plan_id=plan, id=strand, rank=1, label="Volet externe", meaning="external")
    above = [_objective(rows, town, plan, strand, None, p) for p in generate_n_keys_between(None, None, sizes[0])]
    places = generate_n_keys_between(None, None, sizes[1])
    below = [_objective(rows, town, plan, strand, above[i % len(above)], p) for i, p in enumerate(places)]
    return Plan(plan, below)


def _objective(rows: Rows, town: houses.Town, plan: UUID, strand: UUID, parent: UUID | None, position: str) -> UUID:
    w, objective, random = town.workspace, rows.new_id(), rows.random
    rows.add("objective", workspace_id=w, id=objective, plan_id=plan, parent_id=parent, level=2 if parent else 1,
             strand_id=strand, status="open", title=title(random), description=paragraph(random, 3),
             finding=paragraph(random, 2), priority=random.randint(0, 3), position=position)  # fmt: skip
    _bearers(rows, town, "objective", objective)
    return objective


def _bearers(rows: Rows, town: houses.Town, owner: str, of: UUID) -> None:
    """Domains, goals and responsibilities, as actions and objectives both have them."""
    w, random, key = town.workspace, rows.random, f"{owner}_id"
    for domain in random.sample(town.domains, random.randint(1, 2)):
        rows.add(f"{owner}_domain", workspace_id=w, **{key: of}, domain_id=domain)
    for number in random.sample(range(1, 18), random.randint(1, 2)):
        rows.add(f"{owner}_sdg", workspace_id=w, **{key: of}, number=number)
    named = (("mandatary", random.choice(town.offices), None, None),
             ("managingUnit", None, random.choice(town.units), None),
             ("owner", None, None, random.choice(town.persons)))  # fmt: skip
    for rank, (kind, office, unit, person) in enumerate(named, 1):
        rows.add(f"{owner}_responsibility", workspace_id=w, **{key: of}, rank=rank, kind=kind, office_id=office,
                 unit_id=unit, person_id=person)  # fmt: skip


def _action(rows: Rows, town: houses.Town, plans: Sequence[Plan], given: dict[str, Any], number: int) -> None:
    w, action, random = town.workspace, rows.new_id(), rows.random
    starts = DAY_ONE + timedelta(days=random.randint(0, 1500))
    status = random.choice(STATUSES)
    is_late = random.random() < 0.15
    rows.add("action", workspace_id=w, id=action, organisation_id=town.houses[number % 4 == 0],
             title=title(random), description=paragraph(random), kind="project", status=status,
             progress=100 if status == "completed" else random.randrange(0, 100, 5),
             health="atRisk" if is_late else "good", health_reason=paragraph(random, 1) if is_late else None,
             priority=random.randint(0, 3),
             department="both" if status == "draft" else random.choice(("municipality", "cpas", "both")),
             is_synergy=random.random() < 0.2, audience="administration" if number % 10 == 3 else "public",
             planned_start=starts, planned_start_precision="month", is_on_roadmap=random.random() < 0.3,
             planned_end=starts + timedelta(days=random.randint(90, 900)), planned_end_precision="quarter",
             estimate=None, internal_note=paragraph(random, 1) if number % 5 == 0 else None,
             places=["Centre"], keywords=["cohésion", "logement"][: number % 3])  # fmt: skip
    _bearers(rows, town, "action", action)
    for plan in plans:
        rows.add("plan_action", workspace_id=w, id=rows.new_id(), plan_id=plan.id, action_id=action, label=None,
                 own_code=None, delivery="collective", phase=None,
                 period_item_id=random.choice(given["items"]["actionCode"]) if len(plans) > 1 else None)  # fmt: skip
        rows.add("placement", workspace_id=w, id=rows.new_id(), plan_id=plan.id, action_id=action, weight=100,
                 objective_id=plan.leaves[number % len(plan.leaves)], is_main=True, state="active",
                 position=f"a{number // 16:X}{number % 16:X}V"[-4:])  # fmt: skip
    _around(rows, town, action, number)


def _around(rows: Rows, town: houses.Town, action: UUID, number: int) -> None:
    """Partners, tasks and money."""
    w, random = town.workspace, rows.random
    for organisation in random.sample(town.partners, number % 3):
        rows.add("partnership", workspace_id=w, id=rows.new_id(), action_id=action, organisation_id=organisation,
                 role=random.choice(("contributor", "funder", "pilot")), state="agreed", note=None,
                 may_report_progress=number % 2 == 0)  # fmt: skip
    for position in generate_n_keys_between(None, None, number % 4):
        rows.add("task", workspace_id=w, id=rows.new_id(), action_id=action, title=title(random), position=position,
                 assignee_unit_id=random.choice(town.units), due_by=DAY_ONE + timedelta(days=300))  # fmt: skip
    for year in range(2025, 2025 + number % 3):
        planned = random.randint(1_000, 250_000)
        rows.add("budget_line", workspace_id=w, id=rows.new_id(), action_id=action, fiscal_year=year,
                 source=random.choice(SOURCES), service="ordinary", nature="expense", planned=planned,
                 committed=planned // 2, spent=planned // 4, comment=None)  # fmt: skip
