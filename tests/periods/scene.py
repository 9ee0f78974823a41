"""A PCS under a period that ends, the catalogue of the next one, and how the codes of the first go on in the second."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from api.accounts import open_workspace
from api.db import Database
from tests.factories import Commune, make, make_action, make_commune, make_partner, make_plan
from tests.rights.making import make_partnership

Words = dict[str, Any]
OLD_ITEMS = (
    ("axis", "1", None), ("axis", "2", None), ("theme", "1.1", "1"), ("theme", "1.2", "1"), ("theme", "2.1", "2"),
    ("actionCode", "1.1.01", "1.1"), ("actionCode", "1.1.02", "1.1"), ("actionCode", "1.2.01", "1.2"),
    ("actionCode", "2.1.01", "2.1"), ("right", "D1", None), ("right", "D2", None),
)  # fmt: skip
NEW_ITEMS = (
    ("axis", "A", None), ("axis", "B", None), ("theme", "A.x", "A"), ("theme", "B.x", "B"),
    ("actionCode", "A/1", "A.x"), ("actionCode", "A/2", "A.x"), ("actionCode", "B/1", "B.x"), ("right", "R1", None),
)  # fmt: skip
MAPPINGS = (
    ("1.1.01", "A/1", 1), ("1.1.01", "A/2", 1), ("1.1.01", "B/1", 1), ("1.1.02", "A/1", 1), ("2.1", "B.x", 1),
    ("D1", "R1", 1), ("1.1", "A.x", 1),
)  # fmt: skip
"""A code that goes on in three, two that go on in one, a theme for its codes; `1.2` and `D2` go on in nothing."""


@dataclass
class Caller:
    """Somebody who asks through HTTP."""

    client: httpx.AsyncClient
    headers: Mapping[str, str]

    async def ask(self, method: str, path: str, words: Words | None = None, **more: Any) -> httpx.Response:
        headers = dict(self.headers) | more.pop("headers", {})
        return await self.client.request(method, f"/pst/v1/{path}", json=words, headers=headers, **more)

    async def post(self, path: str, **words: Any) -> Words:
        answer = await self.ask("POST", path, words)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def get(self, path: str, **query: Any) -> Words:
        answer = await self.ask("GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@dataclass
class Scene:
    """The commune, its plan, and the ids of the two catalogues by code."""

    client: httpx.AsyncClient
    database: Database
    commune: Commune
    old: str
    new: str
    items: dict[str, str]
    plan: str = ""
    actions: dict[str, str] = field(default_factory=dict)

    def by(self, role: str = "administration", house: str = "municipality") -> Caller:
        return Caller(self.client, self.commune.as_(role, house))

    async def preview(self, kind: str = "successor", **query: Any) -> httpx.Response:
        given = {"periodId": self.new} if kind == "successor" else {}
        return await self.by().ask(
            "GET", f"plans/{self.plan}/continuations/preview", params={"kind": kind, **given, **query}
        )

    async def go_on(self, tag: str, kind: str = "successor", **words: Any) -> httpx.Response:
        given = {"periodId": self.new} if kind == "successor" else {}
        path = f"plans/{self.plan}/continuations"
        return await self.by().ask("POST", path, {"kind": kind, **given, **words}, headers={"If-Match": tag})

    async def gone_on(self, kind: str = "successor", **words: Any) -> tuple[Words, Words]:
        """What the preview told, and the continuation."""
        query = {"endsOn": words["endsOn"]} if "endsOn" in words else {}
        told = await self.preview(kind, **query)
        assert told.status_code == 200, told.text
        made = await self.go_on(told.headers["etag"], kind, **words)
        assert made.status_code == 201, made.text
        return told.json(), made.json()

    async def undo(self, continuation: str) -> httpx.Response:
        return await self.by().ask("POST", f"plans/{self.plan}/continuations/{continuation}/undo")

    async def claim(self, action: str, plan: str | None = None) -> Words:
        found = await self.by().get("planActions", planId=plan or self.plan, actionId=self.actions[action])
        return dict(found["items"][0])

    async def images(self) -> Words:
        """Every row of plans, objectives, claims, placements and lines, without version and instants."""
        rows = {}
        async with self.database.transaction() as connection:
            await open_workspace(connection, self.commune.workspace_id)
            for table in TABLES:
                found = await connection.fetch(
                    f"select (to_jsonb(t) - '{{version,created_at,updated_at}}'::text[])::text from {table} t"
                    " where workspace_id = $1 order by 1",
                    self.commune.workspace_id,
                )
                rows[table] = [row[0] for row in found]
        return rows


TABLES = (
    "plan", "plan_owner", "plan_level", "plan_strand", "plan_committee_member", "objective", "plan_action",
    "plan_action_right", "placement", "budget_line", "budget_line_plan", "plan_version", "plan_version_content",
    "shown_row", "agreement", "partnership", "partnership_contribution", "action",
)  # fmt: skip


async def enter_catalogue(region: Caller, code: str, starts_on: str, ends_on: str, items: Any) -> tuple[str, Words]:
    period = await region.post(
        "programmingPeriods", planTypeCode="pcs", code=code, labels={"fr": f"Programmation {code}"},
        startsOn=starts_on, endsOn=ends_on,
    )  # fmt: skip
    ids: Words = {}
    for rank, (kind, item, parent) in enumerate(items):
        above = {} if parent is None else {"parentId": ids[parent]}
        words = {"kind": kind, "code": item, "labels": {"fr": f"{kind} {item}"}, "rank": rank}
        ids[item] = (await region.post("periodItems", periodId=period["id"], **words, **above))["id"]
    return str(period["id"]), ids


async def make_scene(client: httpx.AsyncClient, database: Database, mappings: Any = MAPPINGS) -> Scene:
    """Both catalogues, entered by the Region; a PCS of the first with five actions, money in four years."""
    commune = await make_commune(database)
    region = Caller(client, commune.as_("region"))
    old, items = await enter_catalogue(region, f"2020-{commune.nis}", "2020-01-01", "2026-12-31", OLD_ITEMS)
    new, more = await enter_catalogue(region, f"2027-{commune.nis}", "2027-01-01", "2032-12-31", NEW_ITEMS)
    items |= more
    for former, following, weight in mappings:
        await region.post("periodItemMappings", fromItemId=items[former], toItemId=items[following], weight=weight)
    scene = Scene(client, database, commune, old, new, items)
    plan = await make_plan(commune, "pcs", period_id=old, title=f"PCS 2020-{commune.nis}")
    scene.plan = str(plan)
    await _write_actions(scene, plan)
    return scene


async def _write_actions(scene: Scene, plan: UUID) -> None:
    commune, own = scene.commune, scene.by()
    tree = await own.get(f"plans/{plan}/tree")
    themes = {o["ownCode"]: o["id"] for o in tree["objectives"]}
    for name, code, status in (
        ("split", "1.1.01", "inProgress"), ("joined", "1.1.02", "inProgress"), ("lost", "1.2.01", "notStarted"),
        ("themed", "2.1.01", "inProgress"), ("done", "1.1.02", "completed"),
    ):  # fmt: skip
        action = await make_action(
            commune, title=name.title(), unit="social", status=status, progress=100 * (status == "completed")
        )
        scene.actions[name] = str(action)
        rights = [scene.items["D1"], scene.items["D2"]] if name == "split" else []
        await make(
            commune, "planAction", plan_id=plan, action_id=action, period_item_id=scene.items[code], right_ids=rights
        )
        await make(commune, "placement", plan_id=plan, action_id=action, objective_id=themes[code[:3]])
        await make_line(scene, 2026, "100.01", action_id=action)
    await make_line(scene, 2027, "50.00", action_id=scene.actions["split"])
    await make_line(scene, 2027, "30.00", action_id=scene.actions["joined"], declared_plan_ids=[plan])
    await make_line(scene, 2026, "20.00", objective_id=themes["1.1"])
    await make_line(scene, 2027, "7.00", objective_id=themes["1.1"])
    await make_line(scene, 2026, "3.00", plan_id=plan, nature="revenue", source="wallonia")
    await make_line(scene, 2028, "9.00", plan_id=plan, nature="revenue", source="wallonia")
    partner = await make_partner(scene.database)
    agreement = await make(
        commune, "agreement", title="Convention navette", state="signed", organisation_id=commune.municipality,
        party_ids=[partner], starts_on="2024-01-01", ends_on="2028-06-30",
    )  # fmt: skip
    await make_partnership(
        commune, UUID(scene.actions["split"]), partner, state="agreed", agreement_id=agreement,
        contributions=[
            {"year": year, "full_time_equivalents": share} for year, share in ((2026, "1.00"), (2027, "0.50"))
        ],
    )  # fmt: skip


async def make_line(scene: Scene, year: int, amount: str, **words: Any) -> UUID:
    given = {"source": "municipality", "service": "ordinary", "nature": "expense", "category": "staff", **words}
    if given["nature"] == "revenue":
        given["category"] = None
    return await make(scene.commune, "budgetLine", fiscal_year=year, planned=amount, **given)
