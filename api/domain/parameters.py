"""Building one SQL statement: values become bound parameters, never text."""

from typing import Any


class Parameters:
    """The parameters of one statement, in order; the same value of the same type is bound once."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[tuple[str, str], str] = {}

    def __call__(self, value: Any, cast: str) -> str:
        """The placeholder of a value, cast to a PostgreSQL type."""
        key = (repr(value), cast)
        if key not in self._places:
            self.values.append(value)
            self._places[key] = f"${len(self.values)}::{cast}"
        return self._places[key]

    def apart(self, value: Any, cast: str) -> str:
        """A placeholder that no other value shares, so that the statement's words do not depend on this one."""
        self.values.append(value)
        return f"${len(self.values)}::{cast}"

    @property
    def is_fresh(self) -> bool:
        """Whether nothing is bound yet but what was set apart."""
        return not self._places

    def copy(self) -> "Parameters":
        """The same binds, to go on from: what is bound to the copy is not bound here."""
        other = Parameters()
        other.values = list(self.values)
        other._places = dict(self._places)
        return other


def any_of(clauses: list[str]) -> str:
    """True where one of the clauses is; false when there is none."""
    unique = list(dict.fromkeys(clauses))
    return "(" + " or ".join(unique) + ")" if unique else "false"
