"""Whom a token of a role stands for, outside production: an account or machine that is there, or one made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.accounts import ensure_account, ensure_client, ensure_membership, open_workspace
from api.db import Connection
from api.demo.directory import SCOPES
from api.domain.actor import WORKSPACE_ROLES, Role
from api.domain.commands.installation import INSTALLER

HOUSES = {"municipality": "commune", "cpas": "CPAS"}


class BearerNotFound(Exception):
    """What the command names does not exist; the message says what does."""


@dataclass(frozen=True, slots=True)
class BearerRequest:
    """For whom a token is asked."""

    role: Role
    commune: int | None = None
    house: str = "municipality"
    unit: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token names, and what it says beside."""

    subject: UUID
    role: Role
    is_machine: bool = False
    scopes: Sequence[str] = ()
    organisation: UUID | None = None


async def find_bearer(connection: Connection, asked: BearerRequest) -> Bearer:
    """The bearer of such a token, inside a transaction; a missing account or machine is made for development."""
    if asked.role in WORKSPACE_ROLES:
        return await _member(connection, asked)
    if asked.role is Role.PARTNER:
        organisation = await _organisation(connection, asked)
        return await _machine(connection, Role.PARTNER, organisation["id"], organisation["name"])
    if asked.role is Role.OPERATOR:
        return await _operator(connection)
    return await _machine(connection, asked.role, None, str(asked.role))


async def _member(connection: Connection, asked: BearerRequest) -> Bearer:
    """A member of the commune's workspace, in the house asked; agents may be asked by unit."""
    workspace = await _workspace(connection, asked.commune)
    await open_workspace(connection, workspace["id"])
    house = await _house(connection, workspace, asked.house)
    unit = None if asked.unit is None else await _unit(connection, workspace, house, asked.unit)
    account: UUID | None = await connection.fetchval(
        "select m.account_id from membership m join account a on a.id = m.account_id and a.disabled_at is null"
        " where m.workspace_id = $1 and m.organisation_id = $2 and m.role = $3 and m.ended_at is null"
        " and m.covers_all_plans and ($4::uuid is null or exists (select from membership_unit u"
        "  where u.workspace_id = m.workspace_id and u.membership_id = m.id and u.unit_id = $4))"
        " and 1 = (select count(*) from membership o where o.account_id = m.account_id and o.ended_at is null)"
        " order by m.is_administrator desc, m.created_at, m.id limit 1",
        workspace["id"], house["id"], asked.role, unit and unit["id"],
    )  # fmt: skip
    if account is None:
        account = await _development_account(connection, asked, workspace, house, unit)
    return Bearer(account, asked.role, organisation=house["id"])


async def _development_account(
    connection: Connection, asked: BearerRequest, workspace: Any, house: Any, unit: Any
) -> UUID:
    """An account without a password, so that nobody can sign in with it: only tokens name it."""
    words = [str(asked.role), HOUSES[asked.house].lower(), *([str(unit["id"])] if unit else [])]
    title = f"{asked.role} {house['name']}" + (f", {unit['name']}" if unit else "")
    account = await ensure_account(
        connection, INSTALLER, f"{'-'.join(words)}@{workspace['slug']}.development.example", title[:255]
    )
    await ensure_membership(
        connection, INSTALLER, workspace["id"], account, asked.role, house["id"],
        units=[unit["id"]] if unit else (), is_administrator=asked.role is Role.ADMINISTRATION,
    )  # fmt: skip
    return account


async def _workspace(connection: Connection, nis: int | None) -> Any:
    rows = await connection.fetch(
        "select id, nis, name, slug from workspace where nis is not null and closed_at is null order by nis"
    )
    for row in rows:
        if row["nis"] == nis:
            return row
    there = [f"{row['nis']} {row['name']}" for row in rows]
    if nis is None:
        raise _missing("--commune NIS est nécessaire", "--commune NIS is needed", there)
    raise _missing(f"Aucune commune {nis} ici", f"There is no commune {nis} here", there)


async def _house(connection: Connection, workspace: Any, kind: str) -> Any:
    rows = await connection.fetch(
        "select o.id, o.name, o.kind from workspace_organisation x join organisation o on o.id = x.organisation_id"
        " where x.workspace_id = $1 order by x.rank",
        workspace["id"],
    )
    for row in rows:
        if row["kind"] == kind:
            return row
    there = [f"{row['kind']} {row['name']}" for row in rows]
    raise _missing(f"Pas de {kind} dans {workspace['name']}", f"No {kind} in {workspace['name']}", there)


async def _unit(connection: Connection, workspace: Any, house: Any, asked: str) -> Any:
    rows = await connection.fetch(
        "select id, name, code from unit where workspace_id = $1 and organisation_id = $2 and not is_archived"
        " order by name",
        workspace["id"],
        house["id"],
    )
    found = _find_by_name(rows, asked, ("id", "code", "name"))
    if found is None:
        there = [f"{row['code'] or '–'} {row['name']}" for row in rows]
        raise _missing(f"Aucun service « {asked} »", f"There is no unit '{asked}'", there)
    return found


async def _organisation(connection: Connection, asked: BearerRequest) -> Any:
    """A body that takes part in some action, or is a partner of the commune that is named."""
    rows = await connection.fetch(
        "select o.id, o.name, o.enterprise_number from organisation o where not exists ("
        " select from workspace_organisation x where x.organisation_id = o.id) and ($1::int is null or exists ("
        " select from organisation_territory y where y.organisation_id = o.id and y.nis = $1)) order by o.name",
        asked.commune,
    )
    found = None if asked.organisation is None else _find_by_name(
        rows, asked.organisation, ("id", "enterprise_number", "name")
    )  # fmt: skip
    if found is None:
        there = [f"{row['enterprise_number'] or row['id']} {row['name']}" for row in rows]
        if asked.organisation is None:
            raise _missing("--organisation est nécessaire", "--organisation is needed", there)
        name = asked.organisation
        raise _missing(f"Aucune organisation « {name} »", f"There is no organisation '{name}'", there)
    return found


async def _machine(connection: Connection, role: Role, organisation: UUID | None, name: str) -> Bearer:
    found = await connection.fetchrow(
        "select id, scopes from client where role = $1 and owner_organisation_id is not distinct from $2"
        " and owner_workspace_id is null and disabled_at is null order by created_at, id limit 1",
        role,
        organisation,
    )
    if found is not None:
        return Bearer(found["id"], role, True, found["scopes"], organisation)
    scopes = SCOPES[role]
    client = await ensure_client(
        connection, INSTALLER, f"{name} (development)"[:255], role, organisation_id=organisation, scopes=scopes
    )
    return Bearer(client, role, True, scopes, organisation)


async def _operator(connection: Connection) -> Bearer:
    account: UUID | None = await connection.fetchval(
        "select id from account where global_role = 'operator' and disabled_at is null order by created_at limit 1"
    )
    if account is None:
        account = await ensure_account(
            connection, INSTALLER, "operator@development.example", "Operator", global_role=Role.OPERATOR
        )
    return Bearer(account, Role.OPERATOR)


def _find_by_name(rows: Sequence[Any], asked: str, columns: Sequence[str]) -> Any:
    """The row that says exactly this in one of its columns, in any case; else the only one whose name has it."""
    words = asked.strip().casefold()
    for row in rows:
        if words in (str(row[column]).casefold() for column in columns if row[column] is not None):
            return row
    part = [row for row in rows if words and words in row["name"].casefold()]
    return part[0] if len(part) == 1 else None


def _missing(french: str, english: str, there: Sequence[str]) -> BearerNotFound:
    listed = "\n".join(f"  {each}" for each in there) or "  –"
    return BearerNotFound(f"{french}. / {english}.\nIl y a / There is:\n{listed}")
