"""What cannot be undone asks whoever orders it to name the database."""


class ConfirmationMissing(Exception):
    """The database was not named, or another one was; nothing was done."""


def require_confirmation(consequence: str, database: str, confirmed: str | None) -> None:
    """Refuse, unless the name given is that of the database."""
    if confirmed == database:
        return
    given = f" --confirm {confirmed} names another one." if confirmed else ""
    raise ConfirmationMissing(f"{consequence}.{given} If that is what you want, say --confirm {database}")
