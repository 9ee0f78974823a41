"""The demonstration's bodies, workspaces, people who sign in and machines: what communes share, or start from."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic.alias_generators import to_camel

from api.accounts import ensure_account, ensure_client, ensure_organisation_member, open_workspace
from api.db import Connection
from api.domain.actor import Actor, Membership, Role
from api.domain.commands import documents
from api.domain.commands.installation import INSTALLER
from api.domain.commands.workspaces import create_workspace
from api.domain.reference import demo_names, load_demo
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.credentials import secret_hash
from api.domain.schemas.organisations import WorkspaceCreate

DEMO_PASSWORD = "pst-demonstration"  # noqa: S105 - it is meant to be known
"""The password of every demonstration account."""

OPERATOR_EMAIL = "exploitation@pst-demo.example"

SCOPES = {
    Role.PARTNER: ("actions:read", "actions:write", "admin", "changes:read", "plans:read", "progress:write"),
    Role.REGION: ("actions:read", "admin", "changes:read", "plans:read", "region:read"),
    Role.INTEGRATOR: ("actions:read", "changes:read", "plans:read"),
}
"""What the machines of each role may be used for."""

Entry = dict[str, Any]


@dataclass
class Town:
    """One demonstration commune: what its file tells, and the ids of what exists of it so far."""

    entry: Entry
    workspace_id: UUID
    houses: dict[str, UUID]
    organisations: dict[str, UUID]
    """Every body it may name, by key: its houses, local associations, and the shared ones."""
    accounts: dict[str, UUID] = field(default_factory=dict)


def demo_secret(key: str) -> str:
    """The secret of a demonstration machine: known like the password, and as long as a real one."""
    return f"pst_demo_{key}_".ljust(47, "0")


def to_wire(words: Any) -> Any:
    """The same words with names as they cross the border."""
    if isinstance(words, dict):
        return {to_camel(name): to_wire(value) for name, value in words.items()}
    return [to_wire(each) for each in words] if isinstance(words, list) else words


async def make(connection: Connection, actor: Actor, kind: str, /, **words: Any) -> UUID:
    """Create a document as a caller of the API would, and answer its id."""
    resource = BY_NAME[kind]
    assert resource.create is not None
    return await documents.create(connection, actor, resource, resource.create.model_validate(to_wire(words)))


async def ensure_directory(connection: Connection, password_hash: str) -> list[Town]:
    """The shared bodies, and each commune with its houses, workspace and accounts; made where missing."""
    entry = load_demo("directory")
    operator_id = await ensure_account(
        connection, INSTALLER, OPERATOR_EMAIL, "Exploitation de la démonstration",
        global_role=Role.OPERATOR, password_hash=password_hash,
    )  # fmt: skip
    operator = Actor(memberships=(Membership(Role.OPERATOR),), account_id=operator_id)
    shared = {each["key"]: await _organisation(connection, operator, each) for each in entry["organisations"]}
    towns = [await _town(connection, operator, load_demo(name), shared, password_hash) for name in demo_names()]
    await _partners(connection, operator, entry, shared, password_hash)
    return towns


async def _organisation(connection: Connection, actor: Actor, entry: Entry) -> UUID:
    """The body, known by its enterprise number or, where it has none, by its name."""
    if entry["enterprise_number"] is None:
        found: UUID | None = await connection.fetchval("select id from organisation where name = $1", entry["name"])
        if found is not None:
            return found
    return await make(connection, actor, "organisation", **{k: v for k, v in entry.items() if k != "key"})


async def _town(
    connection: Connection, operator: Actor, entry: Entry, shared: dict[str, UUID], password_hash: str
) -> Town:
    territory = [entry["workspace"]["nis"]]
    houses = {
        each["key"]: await _organisation(connection, operator, {**each, "territory": territory})
        for each in entry["organisations"]
    }
    workspace_id: UUID | None = await connection.fetchval(
        "select id from workspace where nis = $1 and closed_at is null", entry["workspace"]["nis"]
    )
    if workspace_id is None:
        words = {**entry["workspace"], "organisations": list(houses.values())}
        workspace_id = await create_workspace(connection, operator, WorkspaceCreate.model_validate(to_wire(words)))
    await open_workspace(connection, workspace_id)
    town = Town(entry, workspace_id, houses, shared | houses)
    for each in entry["accounts"]:
        town.accounts[each["email"]] = await ensure_account(
            connection, operator, each["email"], each["display_name"], password_hash=password_hash
        )
    founder = founder_of(town, "commune")
    for each in entry["other_organisations"]:
        town.organisations[each["key"]] = await _organisation(connection, founder, each)
    return town


def founder_of(town: Town, house: str) -> Actor:
    """The first administrator of a house, before its membership is written."""
    email = next(
        each["email"]
        for each in town.entry["accounts"]
        if each["role"] == "administration" and each["organisation"] == house and each["is_administrator"]
    )
    member = Membership(Role.ADMINISTRATION, organisation_id=town.houses[house], is_administrator=True)
    return Actor(memberships=(member,), account_id=town.accounts[email], workspace_id=town.workspace_id)


async def _partners(
    connection: Connection, operator: Actor, entry: Entry, shared: dict[str, UUID], password_hash: str
) -> None:
    """The people and machines of partner organisations, of the Region, and an integrator."""
    for each in entry["accounts"]:
        role = Role(each["role"])
        account = await ensure_account(
            connection, operator, each["email"], each["display_name"],
            global_role=None if role is Role.PARTNER else role, password_hash=password_hash,
        )  # fmt: skip
        if role is Role.PARTNER:
            await ensure_organisation_member(
                connection, operator, shared[each["organisation"]], account,
                is_administrator=each["is_administrator"],
            )  # fmt: skip
    for each in entry["clients"]:
        role = Role(each["role"])
        secret = demo_secret(each["key"])
        await ensure_client(
            connection, operator, each["name"], role,
            organisation_id=shared[each["organisation"]] if role is Role.PARTNER else None,
            scopes=SCOPES[role], secret_hash=secret_hash(secret), secret_hint=secret[-4:],
        )  # fmt: skip
