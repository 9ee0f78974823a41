"""`pst token`: a bearer token for a role, in development and demonstrations only."""

import asyncio
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.settings import Settings, get_settings

if TYPE_CHECKING:
    from api.demo.bearers import BearerRequest

app = typer.Typer()

REFUSED = (
    "pst : refusé en production. Un jeton s’obtient par /oauth/token ou en se connectant ; « pst token » n’existe "
    "qu’en développement et en démonstration (PST_MODE=development ou demo).\n"
    "pst: refused in production. Get a token from /oauth/token or by signing in; 'pst token' exists only in "
    "development and demonstrations (PST_MODE=development or demo)."
)

EMPTY = (
    "pst : la base de données est vide ; lancez d’abord « make run » ou « pst demo ».\n"
    "pst: the database is empty; first 'make run' or 'pst demo'."
)


class TokenRole(StrEnum):
    """The roles a token can be asked for: all but the public, which needs none."""

    ADMINISTRATION = "administration"
    COLLEGE = "college"
    COUNCIL = "council"
    AGENT = "agent"
    PARTNER = "partner"
    REGION = "region"
    INTEGRATOR = "integrator"
    OPERATOR = "operator"


class House(StrEnum):
    MUNICIPALITY = "municipality"
    CPAS = "cpas"


@app.command()
def token(
    role: Annotated[TokenRole, typer.Argument(help="the role that the token gives")],
    commune: Annotated[int | None, typer.Option(help="NIS code of the commune")] = None,
    house: Annotated[House, typer.Option(help="the commune itself, or its CPAS")] = House.MUNICIPALITY,
    unit: Annotated[str | None, typer.Option(help="for an agent: name, code or id of the service")] = None,
    organisation: Annotated[str | None, typer.Option(help="for a partner: name, enterprise number or id")] = None,
    hours: Annotated[int, typer.Option(min=1, max=720, help="how long it is good")] = 12,
) -> None:
    """Print a bearer token, alone on the last line. Refused in production."""
    from api.running import DifferentMode, as_the_service

    try:
        settings = as_the_service(get_settings())
    except DifferentMode as refusal:
        raise _exit(f"pst: {refusal}") from None
    if not settings.may_issue_tokens_freely:
        raise _exit(REFUSED)
    # Only now what takes a second to load: a refusal, or the help, must not wait for it.
    import asyncpg

    from api.demo.bearers import BearerNotFound, BearerRequest
    from api.domain.actor import Role
    from api.postgres.binaries import EmbeddedError

    asked = BearerRequest(Role(role), commune, str(house), unit, organisation)
    try:
        print(_issue(settings, asked, hours))
    except (BearerNotFound, EmbeddedError, OSError) as refusal:
        raise _exit(f"pst: {refusal}") from None
    except asyncpg.UndefinedTableError:
        raise _exit(EMPTY) from None


def _exit(words: str) -> typer.Exit:
    print(words, file=sys.stderr)
    return typer.Exit(2)


def _issue(settings: Settings, asked: "BearerRequest", hours: int) -> str:
    from api.db import Database
    from api.demo.loading import issue
    from api.postgres.embedded import database_addresses

    async def issue_at(address: str) -> str:
        database = await Database.open(settings, address)
        try:
            return (await issue(database, settings, {"asked": asked}, hours))["asked"]
        finally:
            await database.close()

    with database_addresses(settings) as addresses:
        return asyncio.run(issue_at(addresses.runtime))
