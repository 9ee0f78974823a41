"""Telling one demonstration commune: its registers, plans, objectives, actions and versions.

Everything goes through the commands, in the name of the administration of the right house: so what visitors
find obeys the rules that their own changes will meet.
"""

from typing import Any
from uuid import UUID

from api.accounts import ensure_membership, open_workspace
from api.db import Connection
from api.demo.cohesion import write_cohesion
from api.demo.directory import Entry, Town, founder_of, make, to_wire
from api.demo.indicators import write_indicators
from api.demo.sheets import write_sheets
from api.domain.actor import Actor, Role
from api.domain.commands import documents
from api.domain.resources.catalogue import BY_NAME
from api.identity.authentication import Caller, authorize

ASIDE = frozenset({"key", "findings", "plan_actions", "placements", "partnerships", "tasks", "budget_lines"})
"""What a file tells beside the words of an action or objective."""


async def write_commune(connection: Connection, town: Town) -> None:
    """Write everything the commune's file tells, in the transaction of the caller."""
    await open_workspace(connection, town.workspace_id)
    await CommuneWriter(connection, town).write()


class CommuneWriter:
    """A commune on its way into the database: the ids made so far, by kind and key."""

    def __init__(self, connection: Connection, town: Town) -> None:
        self.connection = connection
        self.town = town
        self.entry: Entry = town.entry
        self.actors: dict[str, Actor] = {house: founder_of(town, house) for house in town.houses}
        self.ids: dict[str, dict[str, UUID]] = {"organisation": town.organisations}
        self.plans: dict[str, Entry] = {plan["key"]: plan for plan in town.entry["plans"]}

    async def write(self) -> None:
        await self._registers()
        await self._plans_and_people()
        await self._findings()
        await self._objectives()
        for action in self.entry["actions"]:
            await self._action(action)
        await write_sheets(self)
        await write_indicators(self)
        await write_cohesion(self)
        for version in self.entry["versions"]:
            await self._version(version)

    async def _make(self, house: str, kind: str, key: str | None = None, /, **words: Any) -> UUID:
        identifier = await make(self.connection, self.actors[house], kind, **words)
        if key is not None:
            self.ids.setdefault(kind, {})[key] = identifier
        return identifier

    def _id(self, kind: str, key: str | None) -> UUID | None:
        return None if key is None else self.ids[kind][key]

    async def _codes(self, sql: str, *values: Any) -> dict[str, UUID]:
        """Ids by code, as a statement answers them."""
        return {row[0]: row[1] for row in await self.connection.fetch(sql, *values)}

    async def _registers(self) -> None:
        """Lists, services, people, charges and the bodies worked with."""
        workspace = self.town.workspace_id
        for kind, table in (("domain", "domain"), ("planType", "plan_type")):
            self.ids[kind] = await self._codes(
                f"select reference_code, id from {table} where workspace_id = $1", workspace
            )
        self.ids["term"] = await self._codes("select code, id from term")
        self.ids["programmingPeriod"] = await self._codes(
            "select code, id from programming_period where plan_type_code = 'pcs'"
        )
        for unit in self.entry["units"]:
            await self._make(
                unit["organisation"], "unit", unit["key"], name=unit["name"], code=unit["code"],
                email=unit["email"], parent_id=self._id("unit", unit["parent"]),
                organisation_id=self._id("organisation", unit["organisation"]),
            )  # fmt: skip
        for person in self.entry["persons"]:
            await self._make("commune", "person", person["key"], **_without(person, "key"))
        for office in self.entry["offices"]:
            await self._office(office)
        for partner in self.entry["partners"]:
            organisation = self._id("organisation", partner["organisation"])
            words = _without(partner, "organisation")
            await self._make("commune", "partner", organisation_id=organisation, **words)
        for kind, days in (("dueSoon", 30), ("late", 0), ("valueExpected", 14), ("stale", 180), ("ownerMissing", 0)):
            house = self._id("organisation", "commune")
            await self._make("commune", "reminderRule", kind=kind, days=days, organisation_id=house)

    async def _office(self, entry: Entry) -> None:
        office = await self._make(
            entry["organisation"], "office", entry["key"],
            organisation_id=self._id("organisation", entry["organisation"]),
            unit_id=self._id("unit", entry["unit"]),
            **_without(entry, "key", "organisation", "unit", "holders"),
        )  # fmt: skip
        for holder in entry["holders"]:
            await self._make(
                entry["organisation"], "officeHolding", office_id=office,
                person_id=self._id("person", holder["person"]),
                starts_on=holder["starts_on"], ends_on=holder["ends_on"],
            )  # fmt: skip

    async def _plans_and_people(self) -> None:
        """Plans before memberships, which may be limited to one; then everybody acts with the rights they hold."""
        for plan in self.entry["plans"]:
            await self._plan(plan)
        for account in self.entry["accounts"]:
            plans = account["plans"]
            await ensure_membership(
                self.connection, self.actors["commune"], self.town.workspace_id,
                self.town.accounts[account["email"]], Role(account["role"]),
                self.town.houses[account["organisation"]],
                person_id=self._id("person", account["person"]),
                units=[self.ids["unit"][key] for key in account["units"]],
                plans=None if plans is None else [self.ids["plan"][key] for key in plans],
                is_administrator=account["is_administrator"],
            )  # fmt: skip
        for house, founder in self.actors.items():
            who = Caller(account_id=founder.account_id, workspace_id=self.town.workspace_id)
            self.actors[house] = (await authorize(self.connection, who)).actor

    async def _plan(self, entry: Entry) -> None:
        strands = [_without(strand, "key") for strand in entry["strands"]]
        plan = await self._make(
            entry["organisation"], "plan", entry["key"],
            plan_type_id=self._id("planType", entry["type"]),
            organisation_id=self._id("organisation", entry["organisation"]),
            owners=[self._id("organisation", owner) for owner in entry["owners"]],
            term_id=self._id("term", entry["term"]), period_id=self._id("programmingPeriod", entry["period"]),
            strands=strands,
            **_without(entry, "key", "type", "organisation", "owners", "term", "period", "strands",
                   "budget_lines", "objectives"),
        )  # fmt: skip
        made = await self.connection.fetch(
            "select id from plan_strand where workspace_id = $1 and plan_id = $2 order by rank",
            self.town.workspace_id,
            plan,
        )
        self.ids.setdefault("strand", {}).update(
            {f"{entry['key']}.{s['key']}": row["id"] for s, row in zip(entry["strands"], made, strict=True)}
        )
        for line in entry["budget_lines"]:
            await self._make(entry["organisation"], "budgetLine", plan_id=plan, **line)

    async def _findings(self) -> None:
        """The constats, taken up by the PST and, where they come from the diagnostic, by the PCS."""
        rights = await self._codes(
            "select i.code, i.id from period_item i join programming_period p on p.id = i.period_id"
            " where i.kind = 'right' and p.plan_type_code = 'pcs' order by p.starts_on"
        )
        for entry in self.entry["findings"]:
            finding = await self._make(
                "commune", "finding", entry["key"],
                text=entry["text"], theme=entry["theme"], source=entry["source"], found_on=entry["found_on"],
                audience="public", organisation_id=self._id("organisation", "commune"),
                heard_organisation_ids=[self._id("organisation", key) for key in entry["partners"]],
                right_ids=[rights[code] for code in entry["rights"]],
            )  # fmt: skip
            plans = ["pst", "pcs"] if entry["source"] == "diagnostic" else ["pst"]
            for plan in plans:
                await self._make(
                    str(self.plans[plan]["organisation"]), "planFinding",
                    plan_id=self._id("plan", plan), finding_id=finding,
                )  # fmt: skip

    def _answered_findings(self, entry: Entry) -> list[UUID | None]:
        return [self._id("finding", key) for key in entry.get("findings", ())]

    async def _objectives(self) -> None:
        for plan in self.entry["plans"]:
            given = await self.connection.fetch(
                "select i.code, o.id, o.version from objective o join period_item i on i.id = o.period_item_id"
                " where o.workspace_id = $1 and o.plan_id = $2",
                self.town.workspace_id,
                self.ids["plan"][plan["key"]],
            )
            made = {row["code"]: row for row in given}
            for entry in plan["objectives"]:
                await self._objective(plan, entry, made.get(entry["period_item"]))

    async def _objective(self, plan: Entry, entry: Entry, given: Any) -> None:
        """A new objective, or more words about an axis or theme that came with the plan's period."""
        words = {
            **{k: v for k, v in entry.items() if k not in ASIDE | {"department", "period_item", "covers_plan"}},
            "parent_id": self._id("objective", entry["parent"]),
            "strand_id": self._id("strand", entry["strand"] and f"{plan['key']}.{entry['strand']}"),
            "covers_plan_id": self._id("plan", entry["covers_plan"]),
            "responsibilities": self._responsibilities(entry),
            "domain_ids": [self.ids["domain"][code] for code in entry["domains"]],
            "finding_ids": self._answered_findings(entry),
        }
        words = _without(words, "parent", "strand", "domains")
        if given is None:
            plan_id = self._id("plan", plan["key"])
            await self._make(plan["organisation"], "objective", entry["key"], plan_id=plan_id, **words)
            return
        self.ids.setdefault("objective", {})[entry["key"]] = given["id"]
        resource = BY_NAME["objective"]
        assert resource.patch is not None
        patch = resource.patch.model_validate(to_wire(_without(words, "parent_id", "level")))
        actor = self.actors[plan["organisation"]]
        await documents.update(self.connection, actor, resource, given["id"], patch, given["version"])

    def _responsibilities(self, entry: Entry) -> list[Entry]:
        return [
            {"kind": each["kind"]}
            | {f"{kind}_id": self.ids[kind][each[kind]] for kind in ("office", "unit", "person") if kind in each}
            for each in entry["responsibilities"]
        ]

    async def _action(self, entry: Entry) -> None:
        words = {k: v for k, v in entry.items() if k not in ASIDE | {"organisation", "domains"}}
        for end in ("planned_start", "planned_end"):
            date = words.pop(end) or {"date": None, "precision": None, "text": None}
            words |= {end: date["date"], f"{end}_precision": date["precision"], f"{end}_text": date["text"]}
        house = entry["organisation"]
        action = await self._make(
            house, "action", entry["key"],
            **words | {
                "organisation_id": self._id("organisation", house),
                "responsibilities": self._responsibilities(entry),
                "domain_ids": [self.ids["domain"][code] for code in entry["domains"]],
                "finding_ids": self._answered_findings(entry),
                "synergy_organisation_ids": sorted(self.town.houses.values()) if entry["is_synergy"] else [],
            },
        )  # fmt: skip
        for claim in entry["plan_actions"]:
            await self._claim(action, house, claim)
        for place in entry["placements"]:
            await self._make(
                self._keeper(place["plan"], house), "placement", action_id=action,
                plan_id=self._id("plan", place["plan"]),
                objective_id=self._id("objective", place["objective"]),
                weight=place["weight"], is_main=place["main"],
            )  # fmt: skip
        await self._around(action, house, entry)

    async def _claim(self, action: UUID, house: str, claim: Entry) -> None:
        items = {}
        if (period := self.plans[claim["plan"]]["period"]) is not None:
            items = await self._codes(
                "select code, id from period_item where period_id = $1",
                self.ids["programmingPeriod"][period],
            )
        await self._make(
            self._keeper(claim["plan"], house), "planAction", action_id=action,
            plan_id=self._id("plan", claim["plan"]), label=claim["label"], delivery=claim["delivery"],
            period_item_id=items[claim["pcs_code"]] if claim["pcs_code"] else None,
            right_ids=[items[code] for code in claim["rights"]],
        )  # fmt: skip

    def _keeper(self, plan: str, house: str) -> str:
        """The house in whose name a plan takes an action: the action's own where it co-owns the plan."""
        entry = self.plans[plan]
        return house if house in entry["owners"] else str(entry["organisation"])

    async def _around(self, action: UUID, house: str, entry: Entry) -> None:
        """Partners, tasks and money of an action."""
        for each in entry["partnerships"]:
            organisation = self._id("organisation", each["organisation"])
            words = _without(each, "organisation")
            await self._make(house, "partnership", action_id=action, organisation_id=organisation, **words)
        for each in entry["tasks"]:
            unit = self._id("unit", each["assignee_unit"])
            words = _without(each, "assignee_unit")
            await self._make(house, "task", action_id=action, assignee_unit_id=unit, **words)
        for each in entry["budget_lines"]:
            await self._make(house, "budgetLine", action_id=action, **each)

    async def _version(self, entry: Entry) -> None:
        house = self.plans[entry["plan"]]["organisation"]
        version = await self._make(house, "planVersion", plan_id=self._id("plan", entry["plan"]), label=entry["label"])
        for act in entry["acts"]:
            organisation = self._id("organisation", act["organisation"])
            words = _without(act, "organisation")
            await self._make(house, "act", version_id=version, organisation_id=organisation, **words)


def _without(entry: Entry, *names: str) -> Entry:
    return {name: value for name, value in entry.items() if name not in names}
