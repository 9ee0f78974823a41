"""The command line `pst`: run the service, bring its database up to date, look at its settings."""

import importlib
import json
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr, ValidationError

from api.settings import Settings, get_settings, variable_of

app = typer.Typer(help="The strategic plans of a commune.", no_args_is_help=True, pretty_exceptions_enable=False)

# Each module offers `app: typer.Typer`. Named: its commands stand under that name (`pst workspace create`);
# with "": its commands stand beside ours (`pst demo`, `pst token`).
SUB_COMMANDS = {
    "api.cli.account": "account",
    "api.cli.backup": "",
    "api.cli.demo": "",
    "api.cli.keys": "keys",
    "api.cli.token": "",
    "api.cli.synthesize": "",
    "api.cli.workspace": "workspace",
}

for module, name in SUB_COMMANDS.items():
    if find_spec(module) is not None:
        commands: typer.Typer = importlib.import_module(module).app
        if name:
            app.add_typer(commands, name=name)
        else:
            app.registered_commands += commands.registered_commands


@app.command()
def serve() -> None:
    """Run the service until it is asked to stop: database, migrations, then the API and the frontend."""
    from api.allocation import collection_postponed

    with collection_postponed():
        from api.serving import serve_until_stopped

    _run_or_explain(lambda: serve_until_stopped(get_settings()))


@app.command(context_settings={"ignore_unknown_options": True})  # or `-1` would be taken for an option
def migrate(
    revision: Annotated[str, typer.Argument(help="the revision to go to; -1 goes one back")] = "head",
    check: Annotated[bool, typer.Option(help="afterwards, fail if the tables in the code differ")] = False,
    confirm: Annotated[str | None, typer.Option(help="to go back: name of the database that loses rows")] = None,
) -> None:
    """Bring the database to the shape that this version expects. Going back loses rows, and asks for its name."""
    from api import migration
    from api.confirmation import require_confirmation
    from api.installation import install_reference
    from api.postgres.embedded import database_addresses

    def run() -> None:
        with database_addresses(get_settings()) as addresses:
            if migration.goes_back(addresses.owner, revision):
                database = migration.database_name(addresses.owner)
                require_confirmation(
                    f"Going back to {revision} drops tables and columns of the database {database} with all they hold",
                    database,
                    confirm,
                )
            migration.migrate(addresses.owner, revision)
            if revision == "head":
                install_reference(addresses.owner)
            if check:
                migration.differences(addresses.owner)

    _run_or_explain(run)
    print("The database is up to date." if revision == "head" else f"The database is at {revision}.")


@app.command(hidden=True)
def migration(message: str) -> None:
    """Write a migration from what changed in the tables (for developers; see `make migration`)."""
    from api import migration
    from api.postgres.embedded import database_addresses

    with database_addresses(get_settings()) as addresses:
        migration.migrate(addresses.owner)
        migration.write_revision(addresses.owner, message)


@app.command()
def openapi(
    output: Annotated[Path | None, typer.Option(help="write to this file instead of the terminal")] = None,
) -> None:
    """Print the OpenAPI document of the REST interface."""
    from api.main import create_app

    document = json.dumps(create_app(get_settings()).openapi(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        sys.stdout.write(document)
    else:
        output.write_text(document, encoding="utf-8")


@app.command("check-config")
def check_config() -> None:
    """Print every setting with its value and what is wrong with it; fail if anything is."""
    wrong: dict[str, str] = {}
    settings: Settings | None = None
    try:
        settings = Settings()
    except ValidationError as refusal:
        for error in refusal.errors():
            place = str(error["loc"][0]) if error["loc"] else "database_url"
            field = next((f for f in Settings.model_fields if place in {f, variable_of(f)}), place)
            wrong[field] = error["msg"].removeprefix("Value error, ")
    for field, description in Settings.model_fields.items():
        value = getattr(settings, field) if settings is not None else ("?" if field in wrong else "…")
        shown = _mask(value)
        print(f"{variable_of(field):<32} {shown!s:<28} {description.description}")
        if field in wrong:
            print(f"{'':<32} WRONG: {wrong[field]}")
    advice = _advice_for(settings) if settings is not None else []
    for line in advice:
        print(f"Note: {line}")
    if wrong:
        raise typer.Exit(1)
    print("The settings are valid.")


def _mask(value: object) -> object:
    if isinstance(value, SecretStr):
        return "(given, hidden)"
    return "(none)" if value is None or value == "" else value


def _advice_for(settings: Settings) -> list[str]:
    """What is allowed and yet deserves a second look."""
    advice = []
    if settings.mode == "production" and not settings.public_url.startswith("https://"):
        advice.append("in production PST_PUBLIC_URL should be an https:// address")
    if settings.mode != "production" and settings.host not in {"127.0.0.1", "::1", "localhost"}:
        advice.append(f"mode {settings.mode} issues tokens freely, yet {settings.host} is not this machine only")
    if settings.database_url is None and settings.mode == "production":
        advice.append("without DATABASE_URL the service runs its own PostgreSQL: see to backups of PST_DATA_DIR")
    return advice


def _run_or_explain(run: Callable[[], None]) -> None:
    """Run, and turn a foreseeable refusal into one line and exit code 1 instead of a traceback."""
    from api.cli.refusals import run_or_explain

    with run_or_explain():
        run()


if __name__ == "__main__":
    app()
