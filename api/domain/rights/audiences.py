"""How far what hangs on an action, objective or plan reaches: its audience, and for a narrow one its own house."""

from collections.abc import Callable, Collection

from api.domain.actor import Membership, Role
from api.domain.enumerations.common import OPEN_AUDIENCES
from api.domain.parameters import Parameters
from api.domain.rights.responsibility import is_responsible

Value = Callable[[str], str]
"""The SQL of a column by its name: of a row (`t.audience`), or of its image in the journal."""


def row_column(t: str) -> Value:
    return lambda column: f"{t}.{column}"


def image_member(image: str) -> Value:
    def value(column: str) -> str:
        found = f"({image}->>'{column}')"
        return f"{found}::uuid" if column.endswith("_id") else found

    return value


def audience_condition(member: Membership, columns: Collection[str], value: Value, binds: Parameters) -> str:
    """Whether the audience of a row reaches the member: an open one does, a narrow one stays with the house that
    answers for what the row hangs on (for an agent: with those who answer for it), `restricted` outside the collège."""
    bearers = [
        f"exists (select from {parent} b where b.workspace_id = {value('workspace_id')}"
        f" and b.id = {value(f'{parent}_id')} and {_own(member, parent, binds)})"
        for parent in ("action", "objective", "plan")
        if f"{parent}_id" in columns and (parent != "plan" or member.role is not Role.AGENT)
    ]
    own = f"({' or '.join(bearers)})"
    if member.role is Role.COLLEGE:
        own += f" and {value('audience')} <> 'restricted'"
    return f"({value('audience')} = any({binds(list(OPEN_AUDIENCES), 'text[]')}) or {own})"


def _own(member: Membership, parent: str, binds: Parameters) -> str:
    if member.role is Role.AGENT:
        return is_responsible(parent, member, binds, "b")
    house = binds(member.organisation_id, "uuid")
    if parent == "action":
        return f"(b.organisation_id = {house} or b.department = 'both')"
    plan = "b.id" if parent == "plan" else "b.plan_id"
    return (
        f"exists (select from plan p where p.workspace_id = b.workspace_id and p.id = {plan}"
        f" and (p.organisation_id = {house} or exists (select from plan_owner o where o.workspace_id = p.workspace_id"
        f" and o.plan_id = p.id and o.organisation_id = {house})))"
    )
