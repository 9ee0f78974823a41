"""Rows for the tests of identity: workspaces, houses, people, machines, written under the runtime role."""

from typing import Any
from uuid import UUID, uuid4

from api.db import Connection, Database
from api.domain.rules.credentials import Secret, new_secret


async def insert(connection: Connection, table: str, **values: Any) -> None:
    places = ", ".join(f"${number}" for number in range(1, len(values) + 1))
    await connection.execute(f"insert into {table} ({', '.join(values)}) values ({places})", *values.values())


class Town:
    """Makes what a test needs, each with ids of its own, so that tests never meet."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def put(self, table: str, workspace_id: UUID | None = None, **values: Any) -> UUID:
        """One row, with a new id; a tenant row says its workspace first."""
        row_id = uuid4()
        if workspace_id is not None:
            values["workspace_id"] = workspace_id
        async with self.database.transaction() as connection:
            await self._open(connection, workspace_id)
            await insert(connection, table, id=row_id, **values)
        return row_id

    async def link(self, table: str, workspace_id: UUID, **values: Any) -> None:
        """One row of a table without an id."""
        async with self.database.transaction() as connection:
            await self._open(connection, workspace_id)
            await insert(connection, table, workspace_id=workspace_id, **values)

    async def run(self, statement: str, *values: Any, workspace_id: UUID | None = None) -> None:
        async with self.database.transaction() as connection:
            await self._open(connection, workspace_id)
            await connection.execute(statement, *values)

    async def database_rows(
        self, statement: str, *values: Any, workspace_id: UUID | None = None
    ) -> list[dict[str, Any]]:
        async with self.database.transaction() as connection:
            await self._open(connection, workspace_id)
            return [dict(row) for row in await connection.fetch(statement, *values)]

    async def now(self) -> Any:
        async with self.database.transaction() as connection:
            return await connection.fetchval("select now()")

    async def workspace(self, name: str = "Somme-Fontaine") -> tuple[UUID, UUID]:
        """A workspace and its house; its journal stands at position 41."""
        workspace_id = await self.put("workspace", name=name, slug=f"s{uuid4().hex}", kind="group")
        house = await self.organisation(name)
        await self.link("workspace_organisation", workspace_id, organisation_id=house, rank=0)
        await self.run(
            "insert into journal_counter (workspace_id, position) values ($1, 41)"
            " on conflict (workspace_id) do update set position = 41",
            workspace_id,
            workspace_id=workspace_id,
        )
        return workspace_id, house

    async def organisation(self, name: str = "Maison médicale") -> UUID:
        return await self.put("organisation", name=name, kind="nonprofit")

    async def account(self, **values: Any) -> UUID:
        return await self.put(
            "account", **{"email": f"{uuid4().hex}@commune.test", "display_name": "Ana Dubois", **values}
        )

    async def membership(self, workspace_id: UUID, house: UUID, account: UUID, role: str, **more: Any) -> UUID:
        return await self.put("membership", workspace_id, account_id=account, organisation_id=house, role=role, **more)

    async def unit(self, workspace_id: UUID, house: UUID) -> UUID:
        return await self.put("unit", workspace_id, name="Service social", organisation_id=house)

    async def plan(self, workspace_id: UUID, house: UUID) -> UUID:
        kind = await self.put("plan_type", workspace_id, acronym=uuid4().hex[:8], name="PCS")
        return await self.put(
            "plan",
            workspace_id,
            title="PCS",
            numbering="hierarchical",
            plan_type_id=kind,
            organisation_id=house,
        )

    async def partnership(self, workspace_id: UUID, house: UUID, organisation: UUID, state: str) -> None:
        action = await self.put(
            "action",
            workspace_id,
            title="Navette",
            kind="project",
            status="inProgress",
            health="good",
            priority=0,
            department="municipality",
            is_synergy=False,
            audience="partners",
            is_on_roadmap=False,
            places=[],
            keywords=[],
            organisation_id=house,
        )
        await self.put(
            "partnership",
            workspace_id,
            action_id=action,
            organisation_id=organisation,
            role="contributor",
            state=state,
            may_report_progress=False,
        )

    async def client(self, **values: Any) -> tuple[UUID, Secret]:
        """A machine and its secret; without words about its owner, an operator's integrator."""
        secret = new_secret()
        identifier = await self.put(
            "client",
            **{
                "owner_kind": "operator",
                "role": "integrator",
                "name": "Machine",
                "scopes": ["actions:read", "plans:read"],
                "secret_hash": secret.hash,
                "secret_hint": secret.hint,
                **values,
            },
        )
        return identifier, secret

    @staticmethod
    async def _open(connection: Connection, workspace_id: UUID | None) -> None:
        opened = "{}" if workspace_id is None else f"{{{workspace_id}}}"
        await connection.execute("select set_config('app.workspaces', $1, true)", opened)
