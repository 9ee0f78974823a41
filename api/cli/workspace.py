"""`pst workspace`: the operator's work on the command line, before anybody can sign in."""

import asyncio
import re
import sys
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import typer
from pydantic import ValidationError

from api.domain.actor import Role
from api.domain.errors import Invalid, NotFound, Refusal
from api.pages import workspace_page
from api.settings import Settings, get_settings

Connection = Any

app = typer.Typer(help="The workspaces of this installation.", no_args_is_help=True)


@dataclass(frozen=True, slots=True)
class RequestedWorkspace:
    """The commune for which a workspace is opened."""

    nis: int
    name: str
    slug: str
    numbers: tuple[str | None, str | None]
    cpas_name: str
    email: str | None
    password: str = ""
    password_hash: str = ""


@app.callback()
def workspace() -> None:
    """Several commands may stand under `pst workspace`."""


@app.command()
def create(
    nis: Annotated[int, typer.Option(help="NIS code of the commune")],
    name: Annotated[str, typer.Option(help="name of the commune")],
    cpas_name: Annotated[str | None, typer.Option(help="name of its CPAS; by default CPAS de …")] = None,
    slug: Annotated[str | None, typer.Option(help="its part of addresses; by default from the name")] = None,
    number: Annotated[str | None, typer.Option(help="enterprise number of the commune")] = None,
    cpas_number: Annotated[str | None, typer.Option(help="enterprise number of its CPAS")] = None,
    admin_email: Annotated[str | None, typer.Option(help="e-mail of the first administrator")] = None,
) -> None:
    """Open the workspace of a commune and its CPAS, with a first administrator whose password is printed once."""
    from api.accounts import new_password
    from api.postgres.binaries import EmbeddedError
    from api.postgres.embedded import database_addresses

    settings = get_settings()
    # Hashed before the transaction: it takes long, on purpose, and nothing waits for it there.
    password, password_hash = new_password() if admin_email else ("", "")
    wanted = RequestedWorkspace(
        nis, name, slug or _slug(name), (number, cpas_number), cpas_name or f"CPAS de {name}", admin_email,
        password, password_hash,
    )  # fmt: skip
    try:
        with database_addresses(settings) as addresses:
            lines = asyncio.run(_create(settings, addresses.runtime, wanted))
    except (Refusal, ValidationError, EmbeddedError, OSError) as refusal:
        print(f"pst: {_explain(refusal)}", file=sys.stderr)
        raise typer.Exit(2) from None
    print("\n".join(lines))


@app.command("name-administrator")
def name_administrator(
    nis: Annotated[int, typer.Option(help="NIS code of the commune")],
    email: Annotated[str, typer.Option(help="e-mail of the administrator")],
    name: Annotated[str, typer.Option(help="name of the person")],
) -> None:
    """Name the first administrator of a workspace that has none, and print a link to set a password, if need be."""
    from api.postgres.binaries import EmbeddedError
    from api.postgres.embedded import database_addresses
    from api.running import as_the_service

    settings = as_the_service(get_settings())
    try:
        with database_addresses(settings) as addresses:
            lines = asyncio.run(_name(settings, addresses.runtime, nis, {"email": email, "displayName": name}))
    except (Refusal, ValidationError, EmbeddedError, OSError) as refusal:
        print(f"pst: {_explain(refusal)}", file=sys.stderr)
        raise typer.Exit(2) from None
    print("\n".join(lines))


async def _name(settings: Settings, address: str, nis: int, words: dict[str, str]) -> list[str]:
    from api.db import Database
    from api.domain.commands.first_administrator import name_administrator as name_first
    from api.domain.commands.installation import INSTALLER
    from api.domain.commands.passwords import issue_reset
    from api.domain.schemas.passwords import AdministratorNaming
    from api.pages import new_password_page

    database = await Database.open(settings, address)
    try:
        async with database.transaction() as connection:
            workspace_id = await connection.fetchval("select id from workspace where nis = $1", nis)
            if workspace_id is None:
                raise NotFound("workspace", str(nis))
            named = await name_first(connection, INSTALLER, workspace_id, AdministratorNaming.model_validate(words))
            lines = [f"Administrator {words['email']}"]
            if named.is_invited:
                token = await issue_reset(connection, named.account_id)
                link = f"{settings.base_url}{new_password_page(token)}"
                lines += ["To set the password, once, within three days:", link]
            return lines
    finally:
        await database.close()


async def _create(settings: Settings, address: str, wanted: RequestedWorkspace) -> list[str]:
    from api.db import Database

    database = await Database.open(settings, address)
    try:
        async with database.transaction() as connection:
            return await open_commune(connection, wanted)
    finally:
        await database.close()


async def open_commune(connection: Connection, wanted: RequestedWorkspace) -> list[str]:
    """Two bodies, their workspace and its first administrator, in the transaction of the caller."""
    from api.demo.directory import make
    from api.domain.commands.installation import INSTALLER
    from api.domain.commands.workspaces import create_workspace
    from api.domain.schemas.organisations import WorkspaceCreate

    number, cpas_number = wanted.numbers
    houses = [
        await make(connection, INSTALLER, "organisation", name=name, kind=kind,
                   enterprise_number=given, territory=[wanted.nis])
        for name, kind, given in (
            (f"Commune de {wanted.name}", "municipality", number), (wanted.cpas_name, "cpas", cpas_number))
    ]  # fmt: skip
    words = {"name": wanted.name, "slug": wanted.slug, "kind": "municipality", "nis": wanted.nis}
    workspace_id = await create_workspace(
        connection, INSTALLER, WorkspaceCreate.model_validate({**words, "organisations": houses})
    )
    lines = [f"Workspace {workspace_id}: {wanted.name} ({wanted.nis}), {workspace_page(wanted.nis, wanted.slug)}"]
    if wanted.email is None:
        return lines
    return [*lines, *await _administrator(connection, workspace_id, houses[0], wanted)]


async def _administrator(
    connection: Connection, workspace_id: UUID, house: UUID, wanted: RequestedWorkspace
) -> list[str]:
    """The first administrator: a new account with a password printed once, or the one that has this e-mail."""
    from api.accounts import ensure_account, ensure_membership
    from api.domain.commands.installation import INSTALLER

    assert wanted.email is not None
    known = await connection.fetchval(
        "select id from account where lower(email) = lower($1) and stands_for_id is null", wanted.email
    )
    account = known or await ensure_account(
        connection, INSTALLER, wanted.email, f"Administration de {wanted.name}", password_hash=wanted.password_hash
    )
    await ensure_membership(
        connection,
        INSTALLER,
        workspace_id,
        account,
        Role.ADMINISTRATION,
        house,
        is_administrator=True,
        administers_all_houses=True,
    )
    if known is not None:
        return [f"Administrator {wanted.email}: the account was there, and keeps its password"]
    return [f"Administrator {wanted.email}", f"Password, shown this once: {wanted.password}"]


def _slug(name: str) -> str:
    """`Trois-Chênes` → `trois-chenes`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64]


def _explain(refusal: Exception) -> str:
    if isinstance(refusal, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in refusal.errors())
    if isinstance(refusal, Invalid):
        return "; ".join(f"{issue.name} {issue.value or ''}: {issue.code}" for issue in refusal.issues)
    facts = ", ".join(f"{k}={v}" for k, v in getattr(refusal, "facts", {}).items())
    return f"{refusal} ({facts})" if facts else str(refusal)
