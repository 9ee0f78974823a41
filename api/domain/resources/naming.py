"""What it asks of its author that a row names another document."""

from dataclasses import dataclass, field

OWN = "own"
"""The right to the row itself reaches what it names: what it hangs on, its house, what commands alone write."""
READS = "reads"
"""Whoever reads a document may name it: nothing is added to it."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A column that names another document: `one` is the link from here, `many` the link back.

    `asks` is the right on the document named that naming it asks for (`agreement:update`), or `OWN`, or `READS`;
    `where` says for which words of another column it is asked.
    """

    target: str
    one: str | None = None
    many: str | None = None
    asks: str = field(kw_only=True)
    where: tuple[str, frozenset[str]] | None = None
