"""`pst keys`: the pairs with which this installation signs its tokens."""

import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated, NoReturn

import typer

from api.identity.keys import Keys, UnsafeKey
from api.settings import get_settings

app = typer.Typer(help="The keys that sign access tokens.", no_args_is_help=True)

OVERLAP = timedelta(hours=1)
"""More than any token lives, clocks that differ and caches of the public keys included."""


@app.command("list")
def list_keys() -> None:
    """Show every key: its name, when it was made, and which one signs."""
    keys = _keys()
    signing = keys.signing.kid
    for key in keys.all():
        print(f"{key.kid}  {key.made_at:%Y-%m-%d %H:%M:%S} UTC  {'signs' if key.kid == signing else 'verifies'}")


@app.command()
def rotate() -> None:
    """Make a new key, which signs from now on. The others verify until they are retired."""
    print(_keys().rotate().kid)


@app.command()
def retire(
    kid: Annotated[str, typer.Argument(help="the key to remove; without it, all that stopped signing long ago")] = "",
    now: Annotated[bool, typer.Option("--now", help="even if tokens it signed may still be alive")] = False,
) -> None:
    """Remove keys for good: what they signed is refused from then on. The key that signs stays."""
    keys = _keys()
    instant = datetime.now(UTC) - (timedelta(0) if now else OVERLAP)
    stopped = keys.stopped_before(instant)
    chosen = [kid] if kid else stopped
    if kid and kid not in {key.kid for key in keys.all()}:
        _refuse(f"there is no key {kid}")
    if kid == keys.signing.kid:
        _refuse("this key signs: `pst keys rotate` first")
    if kid and kid not in stopped:
        _refuse("tokens that this key signed may still be alive: wait an hour, or say --now if it was stolen")
    for one in chosen:
        keys.retire(one)
        print(one)


def _keys() -> Keys:
    try:
        return Keys.open(get_settings().data_dir)
    except (UnsafeKey, OSError) as unusable:
        _refuse(str(unusable))


def _refuse(reason: str) -> NoReturn:
    print(f"pst: {reason}", file=sys.stderr)
    raise typer.Exit(1)
