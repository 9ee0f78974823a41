"""`pst account`: who may sign in to this installation at large, and links to set a password."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Annotated, Any, NoReturn

import typer

from api.cli.refusals import run_or_explain
from api.settings import Settings, get_settings

app = typer.Typer(
    help="Accounts: those of the operator and the Region, and links to set a password.", no_args_is_help=True
)

Email = Annotated[str, typer.Argument(help="e-mail of the account, in any case")]


class AccountRole(StrEnum):
    """What an account may be at large, outside any workspace."""

    OPERATOR = "operator"
    REGION = "region"
    INTEGRATOR = "integrator"


class AccountLanguage(StrEnum):
    FR = "fr"
    NL = "nl"
    DE = "de"
    EN = "en"


@app.command("list")
def list_accounts(
    role: Annotated[AccountRole | None, typer.Option(help="those that hold this role at large")] = None,
) -> None:
    """Show every account: its e-mail, name, role at large, and how it signs in."""

    async def work(connection: Any) -> list[str]:
        rows = await connection.fetch(
            "select a.email, a.display_name, a.global_role, a.disabled_at, a.id in (select account_id from"
            " local_credential) as has_password, (select max(s.last_seen_at) from browser_session s"
            " where s.account_id = a.id) as seen_at from account a where a.stands_for_id is null"
            " and ($1::text is null or a.global_role = $1)"
            " order by lower(a.email)",
            role,
        )
        return [_line_of(row) for row in rows]

    _print(work)


@app.command()
def create(
    email: Email,
    name: Annotated[str, typer.Option(help="name of the person")],
    role: Annotated[AccountRole, typer.Option(help="what the account may be at large")] = AccountRole.OPERATOR,
    language: Annotated[AccountLanguage, typer.Option(help="language of its letters")] = AccountLanguage.FR,
) -> None:
    """Make an account of the operator or the Region, and print a link, good once and for three days, to set its
    password."""
    from api.accounts import ensure_account
    from api.domain.actor import Role
    from api.domain.commands.installation import INSTALLER
    from api.domain.commands.passwords import issue_reset

    _check(email, name)

    async def work(connection: Any) -> list[str]:
        if await _account_of(connection, email) is not None:
            _refuse(f"there is an account {email} already: `pst account reset-password` makes a link for it")
        account = await ensure_account(
            connection, INSTALLER, email, name, global_role=Role(role), language=str(language)
        )
        return [f"{role} {email}", *_link(await issue_reset(connection, account))]

    _print(work)


@app.command("reset-password")
def reset_password(email: Email) -> None:
    """Print a link, good once and for three days, with which the password of an account is set. Sessions end then."""
    from api.domain.commands.passwords import issue_reset

    async def work(connection: Any) -> list[str]:
        account = await _account_of(connection, email)
        if account is None or account["disabled_at"] is not None:
            _refuse(f"there is no living account {email}")
        return _link(await issue_reset(connection, account["id"]))

    _print(work)


@app.command()
def disable(email: Email) -> None:
    """Close an account: it signs in no more, and its sessions and tokens are refused at once."""
    from api.domain.commands import documents
    from api.domain.commands.installation import INSTALLER
    from api.domain.commands.passwords import end_sessions
    from api.domain.resources.identity import ACCOUNT

    async def work(connection: Any) -> list[str]:
        account = await _account_of(connection, email)
        if account is None:
            _refuse(f"there is no account {email}")
        if account["disabled_at"] is None:
            assert ACCOUNT.patch is not None
            words: Any = ACCOUNT.patch.model_validate({"isDisabled": True})
            await documents.update(connection, INSTALLER, ACCOUNT, account["id"], words, account["version"])
        await end_sessions(connection, account["id"])
        return [f"{email} is disabled."]

    _print(work)


async def _account_of(connection: Any, email: str) -> Any:
    return await connection.fetchrow(
        "select id, version, disabled_at from account where lower(email) = lower($1) and stands_for_id is null",
        email.strip(),
    )


def _line_of(row: Any) -> str:
    state = "disabled" if row["disabled_at"] else "password" if row["has_password"] else "no password yet"
    seen = f"{row['seen_at']:%Y-%m-%d}" if row["seen_at"] else "never here"
    return f"{row['email']}  {row['display_name']}  {row['global_role'] or '-'}  {state}  {seen}"


def _link(token: str) -> list[str]:
    from api.pages import new_password_page

    return ["To set the password, once, within three days:", f"{_settings().base_url}{new_password_page(token)}"]


def _settings() -> Settings:
    """As the service that last ran here: a link must lead to it."""
    from api.running import as_the_service

    return as_the_service(get_settings())


def _check(email: str, name: str) -> None:
    from pydantic import ValidationError

    from api.domain.schemas.identity import AccountCreate

    try:
        AccountCreate.model_validate({"email": email, "displayName": name})
    except ValidationError as refusal:
        _refuse("; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in refusal.errors()))


def _print(work: Callable[[Any], Awaitable[list[str]]]) -> None:
    """Do the work in one transaction of the runtime role, then print what it answers."""
    from api.db import Database
    from api.postgres.embedded import database_addresses

    async def run(settings: Settings, address: str) -> list[str]:
        database = await Database.open(settings, address)
        try:
            async with database.transaction() as connection:
                return await work(connection)
        finally:
            await database.close()

    with run_or_explain(2):
        settings = get_settings()
        with database_addresses(settings) as addresses:
            lines = asyncio.run(run(settings, addresses.runtime))
        print("\n".join(lines))


def _refuse(reason: str) -> NoReturn:
    print(f"pst: {reason}", file=sys.stderr)
    raise typer.Exit(2)
