"""How far what hangs on an action, objective or plan reaches: its audience, and for a narrow one its own house."""

from collections.abc import Callable, Collection

from api.domain.actor import Membership, Role
from api.domain.authority import responsible
from api.domain.schemas.enumerations import OPEN_AUDIENCES
from api.domain.statement import Binds

Value = Callable[[str], str]
"""The SQL of a column by its name: of a row (`t.audience`), or of its image in the journal."""


def of_row(t: str) -> Value:
    return lambda column: f"{t}.{column}"


def of_image(image: str) -> Value:
    def value(column: str) -> str:
        found = f"({image}->>'{column}')"
        return f"{found}::uuid" if column.endswith("_id") else found

    return value


def reached(member: Membership, columns: Collection[str], value: Value, binds: Binds) -> str:
    """Whether the audience of a row reaches the member: an open one does, a narrow one stays with the house that
    answers for what the row hangs on (for an agent: with those who answer for it), `restricted` outside the collège."""
    bearers = [
        f"exists (select from {bearer} b where b.workspace_id = {value('workspace_id')}"
        f" and b.id = {value(f'{bearer}_id')} and {_own(member, bearer, binds)})"
        for bearer in ("action", "objective", "plan")
        if f"{bearer}_id" in columns and (bearer != "plan" or member.role is not Role.AGENT)
    ]
    own = f"({' or '.join(bearers)})"
    if member.role is Role.COLLEGE:
        own += f" and {value('audience')} <> 'restricted'"
    return f"({value('audience')} = any({binds(list(OPEN_AUDIENCES), 'text[]')}) or {own})"


def _own(member: Membership, bearer: str, binds: Binds) -> str:
    if member.role is Role.AGENT:
        return responsible(bearer, member, binds, "b")
    house = binds(member.organisation_id, "uuid")
    if bearer == "action":
        return f"(b.organisation_id = {house} or b.department = 'both')"
    plan = "b.id" if bearer == "plan" else "b.plan_id"
    return (
        f"exists (select from plan p where p.workspace_id = b.workspace_id and p.id = {plan}"
        f" and (p.organisation_id = {house} or exists (select from plan_owner o where o.workspace_id = p.workspace_id"
        f" and o.plan_id = p.id and o.organisation_id = {house})))"
    )
