"""How the command line says no: one sentence and an exit code, where a traceback would help nobody."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError


@contextmanager
def run_or_explain(code: int = 1) -> Iterator[None]:
    """Turn a foreseeable refusal in the block into one sentence and this exit code."""
    import asyncpg

    from api.backup.archive import UnfitArchive
    from api.confirmation import ConfirmationMissing
    from api.db import UnsafeRole
    from api.graphql.manifest import Unusable
    from api.migration import UnfitDatabase
    from api.postgres.binaries import EmbeddedError

    try:
        yield
    except (EmbeddedError, UnfitDatabase, UnfitArchive, ConfirmationMissing, UnsafeRole, Unusable, OSError) as refusal:
        _exit(str(refusal), code)
    except (
        asyncpg.InvalidAuthorizationSpecificationError,
        asyncpg.InvalidCatalogNameError,
        asyncpg.PostgresConnectionError,
        asyncpg.OperatorInterventionError,
        asyncpg.TooManyConnectionsError,
    ) as refusal:
        _exit(f"the database cannot be used: {refusal}", code)
    except ValidationError:
        _exit("the settings are wrong, `pst check-config` says how.", code)


def _exit(reason: str, code: int) -> None:
    print(f"pst: {reason}", file=sys.stderr)
    raise typer.Exit(code) from None
