"""`pst demo`: load the demonstration communes, and say how to look at them."""

import asyncio
import sys
from typing import Annotated

import typer
from pydantic import SecretStr

from api.cli.refusals import run_or_explain
from api.settings import Settings, get_settings

app = typer.Typer()

REFUSED = (
    "pst : refusé en production, car les mots de passe de la démonstration sont publics (PST_MODE=demo).\n"
    "pst: refused in production, because the demonstration's passwords are public (PST_MODE=demo)."
)


@app.command()
def demo(
    confirm: Annotated[str | None, typer.Option(help="name of a database of real communes to load them into")] = None,
) -> None:
    """Load the three demonstration communes, or what is missing of them, and print who may sign in."""
    from api.running import DifferentMode, as_the_service

    try:
        settings = as_the_service(get_settings())
    except DifferentMode as refusal:
        print(f"pst: {refusal}", file=sys.stderr)
        raise typer.Exit(2) from None
    if not settings.may_issue_tokens_freely:
        print(REFUSED, file=sys.stderr)
        raise typer.Exit(2)
    with run_or_explain(2):
        print("\n".join(_load(settings, confirm)))


def _load(settings: Settings, confirm: str | None) -> list[str]:
    from api.demo.loading import ensure_demo, require_demonstration
    from api.installation import install_reference
    from api.migration import migrate
    from api.postgres.embedded import database_addresses

    with database_addresses(settings) as addresses:
        migrate(addresses.owner)
        install_reference(addresses.owner)
        require_demonstration(addresses.owner, confirm)
        settings = settings.model_copy(update={"database_url": SecretStr(addresses.runtime)})
        return asyncio.run(ensure_demo(settings))
