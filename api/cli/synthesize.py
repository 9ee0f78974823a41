"""`pst synthesize`: made-up communes of real size, for measuring."""

import asyncio
import sys
from typing import Annotated

import typer

from api.cli.refusals import run_or_explain
from api.settings import get_settings

app = typer.Typer()


@app.command()
def synthesize(
    communes: Annotated[int, typer.Argument(min=1, max=262, help="how many communes to make")] = 1,
    actions: Annotated[int, typer.Option(min=1, max=5_000, help="how many actions each has")] = 300,
) -> None:
    """Fill an empty database with made-up communes of real size. Refused where a workspace is."""
    from api.installation import install_reference
    from api.migration import migrate
    from api.postgres.embedded import database_addresses
    from api.synthesis.rows import synthesize as fill

    with run_or_explain(2), database_addresses(get_settings()) as addresses:
        migrate(addresses.owner)
        install_reference(addresses.owner)
        try:
            rows = asyncio.run(fill(addresses.owner, communes, actions))
        except ValueError as refusal:
            print(f"pst: {refusal}", file=sys.stderr)
            raise typer.Exit(2) from None
    print(f"{communes} communes, {rows} rows.")
