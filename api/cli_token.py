"""`pst token`: a bearer token for a role, in development and demonstrations only."""

import asyncio
import sys
from enum import StrEnum
from typing import Annotated

import typer
from pydantic import SecretStr

from api.demo_bearers import Asked, NotThere
from api.domain.actor import Role
from api.settings import Settings, get_settings

app = typer.Typer()

REFUSED = (
    "pst : refusé en production. Un jeton s’obtient par /oauth/token ou en se connectant ; « pst token » n’existe "
    "qu’en développement et en démonstration (PST_MODE=development ou demo).\n"
    "pst: refused in production. Get a token from /oauth/token or by signing in; 'pst token' exists only in "
    "development and demonstrations (PST_MODE=development or demo)."
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
    organisation: Annotated[
        str | None, typer.Option(help="for a partner: name, enterprise number or id")
    ] = None,
    hours: Annotated[int, typer.Option(min=1, max=720, help="how long it is good")] = 12,
) -> None:
    """Print a bearer token, alone on the last line. Refused in production."""
    from api.running import DifferentMode, as_the_service

    asked = Asked(Role(role), commune, str(house), unit, organisation)
    try:
        settings = as_the_service(get_settings())
        if not settings.may_issue_tokens_freely:
            print(REFUSED, file=sys.stderr)
            raise typer.Exit(2)
        print(_issued(settings, asked, hours))
    except (NotThere, DifferentMode) as refusal:
        print(f"pst: {refusal}", file=sys.stderr)
        raise typer.Exit(2) from None


def _issued(settings: Settings, asked: Asked, hours: int) -> str:
    from api.db import Database
    from api.demo import issue
    from api.embedded import database_addresses

    async def issued(address: str) -> str:
        database = await Database.open(
            settings.model_copy(update={"database_url": SecretStr(address)}), address
        )
        try:
            return (await issue(database, settings, {"asked": asked}, hours))["asked"]
        finally:
            await database.close()

    with database_addresses(settings) as addresses:
        return asyncio.run(issued(addresses.runtime))
