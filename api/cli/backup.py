"""`pst backup` and `pst restore`: an installation in one file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.refusals import run_or_explain
from api.settings import get_settings

app = typer.Typer()

Confirm = Annotated[str | None, typer.Option(help="name of the database whose content is replaced")]


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="the archive to write; must not be there yet")]) -> None:
    """Write database, keys and secrets into one archive. The service may go on: it is one snapshot."""
    from api.backup.creation import make_backup
    from api.postgres.embedded import database_addresses

    with run_or_explain():
        settings = get_settings()
        with database_addresses(settings) as addresses:
            manifest = make_backup(settings, addresses.owner, file)
        print(
            f"{file}: {manifest.rows} rows of {len(manifest.tables)} tables at {manifest.revision}, as of "
            f"{manifest.made_at:%Y-%m-%d %H:%M:%S.%f} UTC, with keys and secrets. Keep it as you would a password."
        )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="an archive that `pst backup` wrote")], confirm: Confirm = None
) -> None:
    """Make this installation what an archive says. The service must be stopped; what is there must be named."""
    from api.backup.restoration import restore_backup
    from api.installation import install_reference
    from api.postgres.embedded import exclusive_addresses

    with run_or_explain():
        settings = get_settings()
        with exclusive_addresses(settings) as addresses:
            manifest = restore_backup(settings, addresses.owner, file, confirm)
            install_reference(addresses.owner)
        print(
            f"{manifest.rows} rows of {len(manifest.tables)} tables, as of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC, "
            f"were restored from version {manifest.version} and brought to this one."
        )
