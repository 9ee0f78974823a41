"""Which findings a reader sees: those whose audience reaches it, and its own house's."""

from api.domain.actor import Membership, Role
from api.domain.enumerations.common import OPEN_AUDIENCES
from api.domain.parameters import Parameters
from api.domain.resources.base import Resource


def finding_visibility(member: Membership, resource: Resource, binds: Parameters, t: str) -> str:
    """Whether finding `t`, or the finding that a plan takes up by row `t`, is seen.

    A narrow audience stays with its house; a plan that takes the finding up does not widen it.
    """
    is_named = "finding_id" in resource.table.c
    f = f"{t}_f" if is_named else t
    seen = f"{f}.audience = any({binds(list(OPEN_AUDIENCES), 'text[]')})"
    if member.role is not Role.AGENT:
        house = f"{f}.organisation_id = {binds(member.organisation_id, 'uuid')}"
        if member.role is Role.COLLEGE:
            house += f" and {f}.audience <> 'restricted'"
        seen = f"({seen} or {house})"
    if not is_named:
        return seen
    return (
        f"exists (select from finding {f} where {f}.workspace_id = {t}.workspace_id and {f}.id = {t}.finding_id"
        f" and {seen})"
    )
