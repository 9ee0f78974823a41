"""A measurement is signed by its author, says what its indicator counts, and stays out of locked periods."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from api.domain.actor import Membership, Role
from api.domain.commands.context import ChangeContext, Image, today
from api.domain.commands.hooks.base import Hooks
from api.domain.errors import Conflict, invalid
from api.domain.policy import refusal
from api.domain.rights.visibility import may
from api.domain.rules.measurement_statuses import OPEN, MeasurementState, check_state_move, verb_of_state
from api.domain.sql.reader import Reader

VALUES = ("value", "numerator", "denominator", "milestone_state")
WRITING = (Role.PARTNER, Role.ADMINISTRATION, Role.AGENT)


class MeasurementRules(Hooks, concept="measurement"):
    fields_of_move = frozenset({"state", "state_reason"})

    def permission(self, before: Image, provided: dict[str, Any]) -> str | None:
        if "state" in provided and provided["state"] != before["state"]:
            verb = verb_of_state(MeasurementState(before["state"]), MeasurementState(provided["state"]))
            return f"measurement:{verb}"
        return None

    async def on_create(self, change: ChangeContext) -> None:
        indicator = await _indicator(change)
        change.after |= {name: _text(indicator[name]) for name in ("workspace_id", "action_id", "objective_id")}
        _sign(change)
        if change.after["state"] == MeasurementState.RETURNED:
            raise invalid("returnedFromSubmitted", "state", change.after["state"])
        _check_value(change, indicator)
        await _check_unlocked(change, change.after)

    async def on_update(self, change: ChangeContext) -> None:
        before = change.before or {}
        if before["state"] not in OPEN and (
            closed := [n for n in ("measured_on", "period_starts_on", "comment", *VALUES) if change.has_changed(n)]
        ):
            raise Conflict(
                "measurementClosed", state=before["state"], fields=[change.resource.wire(name) for name in closed]
            )
        if change.has_changed("state"):
            reason = change.provided.get("state_reason")
            check_state_move(MeasurementState(before["state"]), MeasurementState(change.after["state"]), reason)
            change.after["state_reason"] = reason
        elif change.provided.get("state_reason") not in (None, before["state_reason"]):
            raise invalid("reasonWithoutMove", "stateReason", change.provided["state_reason"])
        else:
            change.after["state_reason"] = before["state_reason"]
        if change.after != before:
            if any(change.has_changed(name) for name in ("measured_on", *VALUES)):
                _check_value(change, await _indicator(change))
            await _check_unlocked(change, before, change.after)

    async def on_delete(self, change: ChangeContext) -> None:
        await _check_unlocked(change, change.after)

    async def afterwards(self, change: ChangeContext) -> None:
        """What is written as approved at once asks for the right to approve, too."""
        if change.before is None and change.after["state"] == MeasurementState.APPROVED:
            await _require(change, "measurement:approve")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


async def _indicator(change: ChangeContext) -> dict[str, Any]:
    """The indicator, which nobody makes into something else before the measurement is written."""
    found = await change.connection.fetchrow(
        "select workspace_id, action_id, objective_id, nature, quantity, exists (select from indicator_contribution c"
        " where c.workspace_id = i.workspace_id and c.total_id = i.id) as is_gathering"
        " from indicator i where i.id = $1::uuid and (i.workspace_id = $2::uuid or $2::uuid is null) for share of i",
        UUID(change.after["indicator_id"]),
        change.workspace_id,
    )
    return dict(found)


def _check_value(change: ChangeContext, indicator: dict[str, Any]) -> None:
    """What is said is what the indicator counts, on a day that has come."""
    if indicator["is_gathering"]:
        raise Conflict("gatheredNotMeasured", indicatorId=change.after["indicator_id"])
    day = change.after["measured_on"]
    if date.fromisoformat(str(day)) > today():
        raise invalid("notMeasurableYet", "measuredOn", day)
    wanted = _expected_fields(indicator)
    provided = [name for name in VALUES if change.after[name] is not None]
    for name in provided:
        if name not in wanted:
            raise invalid("valueOfAnotherKind", change.resource.wire(name), change.after[name],
                          expected=[change.resource.wire(w) for w in wanted])  # fmt: skip
    for name in wanted:
        if name not in provided:
            raise invalid("required", change.resource.wire(name))
    if "denominator" in provided and not Decimal(str(change.after["denominator"])):
        raise invalid("denominatorAboveZero", "denominator", change.after["denominator"])


def _expected_fields(indicator: dict[str, Any]) -> tuple[str, ...]:
    if indicator["nature"] == "milestone":
        return ("milestone_state",)
    return ("numerator", "denominator") if indicator["quantity"] == "percentage" else ("value",)


def _sign(change: ChangeContext) -> None:
    """Who writes: the organisation in whose name, the role, and the person whom the membership names."""
    writing = [m for m in change.actor.memberships if m.role in WRITING]
    member: Membership = min(writing, key=lambda m: (m.person_id is None, m.role))
    change.after |= {
        "organisation_id": str(change.actor.organisation_id or member.organisation_id),
        "author_role": member.role,
        "author_person_id": _text(member.person_id),
    }


async def _require(change: ChangeContext, permission: str) -> None:
    reader = Reader(change.actor, "fr", "")
    condition = may(permission, change.resource, change.actor, reader.binds, "t")
    identity = reader.binds(change.after["id"], "uuid")
    if not await change.connection.fetchval(
        f"select exists (select from measurement t where t.id = {identity} and {condition})", *reader.binds.values
    ):
        raise refusal(change.actor, permission)


LOCKS = """
select l.id, l.starts_on, l.ends_on, l.reason from measurement_lock l
where l.workspace_id = $1::uuid and l.starts_on <= $5::date and l.ends_on >= $4::date and case
    when l.plan_id is not null then exists (select from plan_action c where c.workspace_id = l.workspace_id
            and c.action_id = $2::uuid and c.plan_id = l.plan_id and not c.is_withdrawn)
        or exists (select from objective o where o.workspace_id = l.workspace_id and o.id = $3::uuid
            and o.plan_id = l.plan_id)
    else exists (select from action a where a.workspace_id = l.workspace_id and a.id = $2::uuid
            and a.organisation_id = l.organisation_id)
        or exists (select from objective o join plan p on p.workspace_id = o.workspace_id and p.id = o.plan_id
            where o.workspace_id = l.workspace_id and o.id = $3::uuid and p.organisation_id = l.organisation_id) end
order by l.starts_on, l.id limit 1
"""


async def _check_unlocked(change: ChangeContext, *images: Image) -> None:
    """Refuse with `periodLocked` and its reason when a day said, before or after, is in a locked period.

    Whoever locks a period holds the workspace's row against writers, so that none slips in beside it.
    """
    await change.connection.execute("select from workspace where id = $1::uuid for share", change.workspace_id)
    for image in images:
        last = date.fromisoformat(str(image["measured_on"]))
        first = image["period_starts_on"]
        found = await change.connection.fetchrow(
            LOCKS, change.workspace_id, image["action_id"], image["objective_id"],
            last if first is None else date.fromisoformat(str(first)), last,
        )  # fmt: skip
        if found is not None:
            raise Conflict(
                "periodLocked", lockId=str(found["id"]), reason=found["reason"],
                startsOn=str(found["starts_on"]), endsOn=str(found["ends_on"]),
            )  # fmt: skip


class MeasurementLockRules(Hooks, concept="measurementLock"):
    async def on_create(self, change: ChangeContext) -> None:
        await _keep_writers_out(change)
        if change.after["plan_id"] is not None and not await change.connection.fetchval(
            "select exists (select from plan p where p.workspace_id = $1::uuid and p.id = $2::uuid"
            " and (p.organisation_id = $3::uuid or exists (select from plan_owner o"
            " where o.workspace_id = p.workspace_id and o.plan_id = p.id and o.organisation_id = $3::uuid)))",
            change.workspace_id, UUID(change.after["plan_id"]), UUID(change.after["organisation_id"]),
        ):  # fmt: skip
            raise invalid("planOfAnotherHouse", "planId", change.after["plan_id"])

    async def on_update(self, change: ChangeContext) -> None:
        await _keep_writers_out(change)

    async def on_delete(self, change: ChangeContext) -> None:
        await _keep_writers_out(change)


async def _keep_writers_out(change: ChangeContext) -> None:
    await change.connection.execute("select from workspace where id = $1::uuid for no key update", change.workspace_id)
