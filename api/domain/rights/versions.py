"""What readers of versions see: rows shown to the council or to everybody, and the versions and acts themselves."""

from api.domain.actor import Actor
from api.domain.parameters import Parameters
from api.domain.policy import Scope
from api.domain.resources.base import OwnerKind, Resource
from api.domain.rights.sharing import published_row_visibility
from api.domain.rights.shown_rows import ShownIn, shown_row_visibility

TO_COUNCIL = ("council", "public")
TO_PUBLIC = ("public",)
_ENDS = {"action_id": "action", "linked_action_id": "action", "finding_id": "finding"}
"""The columns by which a row hangs on something that has an audience of its own."""


def visible_in_versions(
    scope: Scope, resource: Resource, actor: Actor, binds: Parameters, t: str, shown_in: ShownIn
) -> str:
    """The condition under which a reader of versions sees row `t`: its audience, and that of what it hangs on."""
    council = scope is Scope.VERSIONS
    if resource.published_once is not None:
        return published_row_visibility(resource, council, actor, binds, t)
    if resource.owner_kind is OwnerKind.VERSION:
        if resource.parent_owner == "version_id":
            v = f"{t}_v"
            inner = _version_seen(council, actor, binds, v)
            return (
                f"({resource.read_in_versions_when.format(t=t)} and exists (select from plan_version {v}"
                f" where {v}.workspace_id = {t}.workspace_id and {v}.id = {t}.version_id and {inner}))"
            )
        return _version_seen(council, actor, binds, t)
    reader_group = list(TO_COUNCIL if council else TO_PUBLIC)
    own = [f"{t}.audience = any({binds(reader_group, 'text[]')})"] if "audience" in resource.table.c else []
    ends = [(column, parent) for column, parent in _ENDS.items() if column in resource.table.c]
    shown = []
    for column, parent in ends:
        told = shown_row_visibility(parent, f"{t}.{column}", council, reader_group, binds, t, shown_in)
        shown.append(f"({t}.{column} is null or {told})" if resource.table.c[column].nullable else told)
    return "(" + " and ".join([*own, *shown]) + ")" if own or shown else "true"


def _version_seen(council: bool, actor: Actor, binds: Parameters, t: str) -> str:
    if council:
        own = f"{t}.workspace_id = {binds(actor.workspace_id, 'uuid')}"
        return f"({own} and ({t}.is_before_council or {t}.is_published))"
    return f"{t}.is_published"
