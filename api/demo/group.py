"""Telling the group of the demonstration: a small PCS that its communes carry together, and what they took up of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from api.accounts import ensure_account, ensure_membership, open_workspace
from api.db import Connection
from api.demo.directory import OPERATOR_EMAIL, make, to_wire
from api.domain.actor import Actor, Membership, Role
from api.domain.commands import documents
from api.domain.commands.workspaces import create_workspace
from api.domain.reference import load
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.organisations import WorkspaceCreate
from api.identity.authentication import Caller, authorize

NAMES = ("lesse-et-plateaux",)

Entry = dict[str, Any]


def load_group(name: str) -> Entry:
    """The group's file; it reads like those of the communes, which demo/README.md explains."""
    return load(f"demo/groups/{name}")


def group_slugs() -> list[str]:
    return [load_group(name)["workspace"]["slug"] for name in NAMES]


def introduction() -> list[str]:
    """Each group with its members and accounts."""
    lines = []
    for entry in map(load_group, NAMES):
        members = ", ".join(member["commune"] for member in entry["members"])
        lines += ["", f"  {entry['workspace']['name']}  ({members})"]
        lines += [f"         {each['email']:<42} {each['role']}" for each in entry["accounts"]]
    return lines


async def write_group(connection: Connection, name: str, password_hash: str) -> None:
    """Write everything the group's file tells, in the transaction of the caller; its communes must be there."""
    await _GroupWriter(connection, load_group(name)).write(password_hash)


class _GroupWriter:
    def __init__(self, connection: Connection, entry: Entry) -> None:
        self.connection, self.entry = connection, entry
        self.bodies: dict[str, UUID] = {}
        """The municipality of each member, by the slug of its workspace."""
        self.actions: dict[str, UUID] = {}

    async def write(self, password_hash: str) -> None:
        for member in self.entry["members"]:
            self.bodies[member["commune"]] = await self.connection.fetchval(
                "select h.organisation_id from workspace w join workspace_organisation h on h.workspace_id = w.id"
                " where w.slug = $1 order by h.rank limit 1",
                member["commune"],
            )
        group, coordinator = await self._group(password_hash)
        author = await self._authorize_as(coordinator, group)
        plan = await self._plan(author, group)
        for action in self.entry["actions"]:
            await self._action(author, group, plan, action)
        for counterpart in self.entry["counterparts"]:
            await self._counterpart(counterpart)

    async def _authorize_as(self, account: UUID, workspace: UUID) -> Actor:
        return (await authorize(self.connection, Caller(account_id=account, workspace_id=workspace))).actor

    async def _group(self, password_hash: str) -> tuple[UUID, UUID]:
        """The workspace with its members' acts and its people; answers its id and its coordinator's account."""
        found = await self.connection.fetchval("select id from account where email = $1", OPERATOR_EMAIL)
        operator = Actor(memberships=(Membership(Role.OPERATOR),), account_id=found)
        words = {**self.entry["workspace"], "organisations": list(self.bodies.values())}
        group = await create_workspace(self.connection, operator, WorkspaceCreate.model_validate(to_wire(words)))
        for member in self.entry["members"]:
            identifier = await self.connection.fetchval(
                "select id from group_member where group_id = $1 and organisation_id = $2",
                group,
                self.bodies[member["commune"]],
            )
            acts = {name: member[name] for name in ("starts_on", "decided_on", "reference")}
            await self._change(operator, "groupMember", identifier, acts)
        await open_workspace(self.connection, group)
        accounts = []
        for each in self.entry["accounts"]:
            account = await ensure_account(
                self.connection, operator, each["email"], each["display_name"], password_hash=password_hash
            )
            await ensure_membership(
                self.connection, operator, group, account, Role(each["role"]), self.bodies[each["commune"]],
                is_administrator=each["is_administrator"], administers_all_houses=each["is_administrator"],
            )  # fmt: skip
            accounts.append(account)
        return group, accounts[0]

    async def _plan(self, author: Actor, group: UUID) -> UUID:
        entry = self.entry["plan"]
        lead, *others = self.bodies.values()
        kind = await self.connection.fetchval(
            "select id from plan_type where workspace_id = $1 and reference_code = 'pcs'", group
        )
        period = await self.connection.fetchval(
            "select id from programming_period where plan_type_code = 'pcs' and code = $1", entry["period"]
        )
        return await make(
            self.connection, author, "plan", title=entry["title"], description=entry["description"],
            plan_type_id=kind, period_id=period, organisation_id=lead, owners=others,
        )  # fmt: skip

    async def _action(self, author: Actor, group: UUID, plan: UUID, entry: Entry) -> None:
        lead = next(iter(self.bodies.values()))
        aside = ("key", "code", "own_code", "rights", "theme", "budget_lines")
        words = {name: value for name, value in entry.items() if name not in aside}
        action = await make(self.connection, author, "action", organisation_id=lead, **words)
        self.actions[entry["key"]] = action
        items = {
            row["code"]: row["id"]
            for row in await self.connection.fetch(
                "select i.code, i.id from period_item i join plan p on p.period_id = i.period_id"
                " where p.workspace_id = $1 and p.id = $2",
                group,
                plan,
            )
        }
        await make(
            self.connection, author, "planAction", plan_id=plan, action_id=action, own_code=entry["own_code"],
            period_item_id=items[entry["code"]], right_ids=[items[right] for right in entry["rights"]],
            delivery="collective",
        )  # fmt: skip
        theme = await self.connection.fetchval(
            "select id from objective where workspace_id = $1 and plan_id = $2 and period_item_id = $3",
            group,
            plan,
            items[entry["theme"]],
        )
        await make(self.connection, author, "placement", plan_id=plan, action_id=action, objective_id=theme)
        for line in entry["budget_lines"]:
            await make(self.connection, author, "budgetLine", action_id=action, **line)

    async def _counterpart(self, entry: Entry) -> None:
        """The commune's administration takes the action up in its PST, and says what is its own."""
        commune = load(f"demo/{entry['commune']}")
        workspace = await self.connection.fetchval("select id from workspace where slug = $1", entry["commune"])
        email = next(a["email"] for a in commune["accounts"] if a["role"] == "administration" and a["is_administrator"])
        account = await self.connection.fetchval("select id from account where email = $1", email)
        author = await self._authorize_as(account, workspace)
        objectives = next(p["objectives"] for p in commune["plans"] if p["key"] == "pst")
        title = next(o["title"] for o in objectives if o["key"] == entry["objective"])
        place = await self.connection.fetchrow(
            "select o.plan_id, o.id from objective o"
            " join plan p on p.workspace_id = o.workspace_id and p.id = o.plan_id"
            " join plan_type k on k.workspace_id = p.workspace_id and k.id = p.plan_type_id"
            " where o.workspace_id = $1 and k.reference_code = 'pst' and o.title = $2",
            workspace,
            title,
        )
        counterpart = await make(
            self.connection, author, "counterpart", origin_action_id=self.actions[entry["action"]],
            organisation_id=self.bodies[entry["commune"]], plan_id=place["plan_id"], objective_id=place["id"],
            own_code=entry["own_code"], note=entry["note"],
        )  # fmt: skip
        action = await self.connection.fetchval(
            "select action_id from counterpart where workspace_id = $1 and id = $2", workspace, counterpart
        )
        await self._change(author, "action", action, {"description": entry["description"]})
        for line in entry["budget_lines"]:
            await make(self.connection, author, "budgetLine", action_id=action, **line)

    async def _change(self, author: Actor, kind: str, identifier: UUID, words: Mapping[str, Any]) -> None:
        resource = BY_NAME[kind]
        assert resource.patch is not None
        patch = resource.patch.model_validate(to_wire(dict(words)))
        await documents.update(self.connection, author, resource, identifier, patch, 1)
