"""Whether a reader may follow an id that an array tells: what it may not read is not told to exist either."""

from api.domain.actor import Actor
from api.domain.parameters import Parameters
from api.domain.policy import grants_of
from api.domain.resources.base import Resource
from api.domain.rights.visibility import reader_group_of, row_source, visible

NAMED = "named"
_ALL = ("(true)", f"({NAMED}.workspace_id = $1::uuid)")
"""What the condition says to who reads every row that can be named: all there are, or all of its workspace."""


def reference_visibility(
    target: Resource, actor: Actor, binds: Parameters, identifier: str, workspace: str
) -> str | None:
    """The condition under which the actor reads the document with this id; None where it reads all that can be named.

    Of a kind of which it may read nothing at all (a partner the domains of a commune) ids stay: such a kind is a list
    of labels, in which no row is kept from anybody who reads another, and its ids only tell what belongs together.
    """
    if not grants_of(actor, f"{target.name}:read"):
        return None
    reader_group = reader_group_of(actor, target)
    if reader_group is None and visible(target, actor, Parameters(), NAMED) in _ALL:
        return None
    seen = visible(target, actor, binds, NAMED)
    home = f"{NAMED}.workspace_id = {workspace} and " if target.is_tenant else ""
    rows = row_source(target, actor, binds, NAMED)
    return f"exists (select from {rows} where {home}{NAMED}.id = {identifier} and {seen})"
