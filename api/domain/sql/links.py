"""The links between documents as joins: which columns of one answer to which columns of the other."""

from dataclasses import dataclass
from functools import lru_cache

from api.domain.policy import refusal
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import links_from, links_to
from api.domain.sql.reader import Reader


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """From a document (`source`) to those it names (`one`) or to those that name it (`many`)."""

    name: str
    source: Resource
    target: Resource
    column: str
    is_many: bool

    @property
    def within(self) -> str:
        """What the cursors of this list are bound to, beside the question."""
        return f"{self.source.name}.{self.name}"

    @property
    def _by_workspace(self) -> bool:
        return self.source.is_tenant and self.target.is_tenant

    @property
    def source_columns(self) -> tuple[str, ...]:
        """The columns of the source that lead to the target; the workspace first, as in every index."""
        own = "id" if self.is_many else self.column
        return ("workspace_id", own) if self._by_workspace else (own,)

    @property
    def target_columns(self) -> tuple[str, ...]:
        own = self.column if self.is_many else "id"
        return ("workspace_id", own) if self._by_workspace else (own,)

    def is_told(self, reader: Reader) -> bool:
        """Whether a link to one may be followed: its column is a field like any other, and may be withheld."""
        return reader.sees(self.source, self.column)

    def require_told(self, reader: Reader) -> None:
        """Refuse a list whose linking column the reader may not see: asking for it would tell the column."""
        if not reader.sees(self.target, self.column):
            raise refusal(reader.actor, f"{self.target.name}:read", [self.target.wire(self.column)])


@lru_cache(maxsize=256)
def _links(name: str) -> dict[str, Link]:
    from api.domain.resources.catalogue import BY_NAME

    source = BY_NAME[name]
    ones = {n: Link(n, source, target, column, False) for n, target, column in links_from(source)}
    many = {n: Link(n, source, target, column, True) for n, target, column in links_to(source)}
    return ones | many


def links_of(resource: Resource) -> dict[str, Link]:
    """The links of a document by name."""
    return _links(resource.name)
