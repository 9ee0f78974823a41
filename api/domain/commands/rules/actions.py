"""The life of an action: its moves, its dates, what completion locks."""

from datetime import date
from typing import Any
from uuid import UUID

from api.domain.actor import Role
from api.domain.commands.change import Image, Undertaking, today
from api.domain.commands.group_offers import tell_members
from api.domain.commands.rules.base import Rules
from api.domain.commands.rules.editions import check_without_editions
from api.domain.commands.rules.sub_actions import check_reach, narrow_sub_actions
from api.domain.errors import Conflict, invalid
from api.domain.following import FOLLOWED, narrower
from api.domain.lifecycle import LOCKED_WHEN_COMPLETED, OVER, ActionStatus, check_move, verb_of
from api.domain.meaning import NO_PROGRESS, meaningless_in
from api.domain.schemas.enumerations import ActionKind, DatePrecision, Health
from api.domain.spans import span_of

TOLD_TO_MEMBERS = (*FOLLOWED, "audience", "is_archived")
UNDATED = (DatePrecision.CONTINUOUS, DatePrecision.UNDETERMINED)


class ActionRules(Rules):
    fields_of_move = frozenset({"status", "status_reason"})

    def permission(self, before: Image, said: dict[str, Any]) -> str | None:
        if "status" in said and said["status"] != before["status"]:
            return f"action:{verb_of(ActionStatus(before['status']), ActionStatus(said['status']))}"
        return None

    async def on_create(self, under: Undertaking) -> None:
        _name_own_unit(under)
        if under.actor.roles == {Role.AGENT} and under.after["status"] != ActionStatus.DRAFT:
            raise invalid("draftOnly", "status", under.after["status"])
        await _precise_dates(under)
        _check_meaning(under)
        if under.after["kind"] == ActionKind.PERENNIAL:
            under.after["progress"] = None  # the usual 0 is nobody's word
        await _check_parent(under)
        await check_reach(under)

    async def on_update(self, under: Undertaking) -> None:
        before, after = under.before or {}, under.after
        if before["origin_action_id"] is not None and (own := [f for f in FOLLOWED if under.changed(f)]):
            raise Conflict("followsGroup", fields=[under.resource.wire(f) for f in own])
        await check_reach(under)
        if under.changed("audience"):
            await _check_reach_of_origin(under)
        if under.changed("status"):
            _move(under, ActionStatus(before["status"]), ActionStatus(after["status"]))
        elif before["status"] == ActionStatus.COMPLETED:
            locked = sorted(f for f in LOCKED_WHEN_COMPLETED if under.changed(f))
            if locked:
                raise Conflict("completedLocked", fields=[under.resource.wire(f) for f in locked])
        _check_meaning(under)
        _let_go_with_state(under)
        await _precise_dates(under)
        await _postpone(under)
        if under.changed("parent_id"):
            await _check_parent(under)
        if under.changed("kind") and before["kind"] == ActionKind.RECURRING:
            await check_without_editions(under)

    async def afterwards(self, under: Undertaking) -> None:
        await narrow_sub_actions(under)
        if under.before is not None and any(under.changed(name) for name in TOLD_TO_MEMBERS):
            await tell_members(under, UUID(under.after["id"]))


def _move(under: Undertaking, current: ActionStatus, wanted: ActionStatus) -> None:
    """Check the move and set the dates that follow from it."""
    check_move(current, wanted, under.said.get("status_reason"))
    after = under.after
    after["status_reason"] = under.said.get("status_reason")
    if wanted is ActionStatus.IN_PROGRESS and after["actual_start"] is None:
        after["actual_start"] = str(today())
    if wanted is ActionStatus.COMPLETED:
        after["actual_end"] = after["actual_end"] or str(today())
        if after["kind"] != ActionKind.PERENNIAL:
            after["progress"] = 100
    if current is ActionStatus.COMPLETED and "actual_end" not in under.said:
        after["actual_end"] = None


async def _check_reach_of_origin(under: Undertaking) -> None:
    """A counterpart reaches no farther than the action of the group, as its offer tells."""
    if under.after["origin_action_id"] is None:
        return
    offered = await under.connection.fetchval(
        "select audience from group_action where workspace_id = $1::uuid and id = $2::uuid",
        UUID(under.after["origin_workspace_id"]),
        UUID(under.after["origin_action_id"]),
    )
    audience = under.after["audience"]
    if offered is not None and narrower(audience, offered) != audience:
        raise invalid("widerThanOrigin", "audience", audience, most=offered)


async def _precise_dates(under: Undertaking) -> None:
    """A date has a precision (the day, unless said); "continuous" and "undetermined" are answers without a date."""
    for end in ("planned_start", "planned_end"):
        on, precision = under.after[end], under.after[f"{end}_precision"]
        if precision in UNDATED and on is not None:
            if f"{end}_precision" not in under.said:
                under.after[f"{end}_precision"] = DatePrecision.DAY
                continue
            raise invalid("dateWithoutMeaning", under.resource.wire(end), on, precision=precision)
        if on is not None and precision is None:
            under.after[f"{end}_precision"] = DatePrecision.DAY
        if on is None and precision not in (None, *UNDATED):
            if f"{end}_precision" in under.said:
                raise invalid("dateMissing", under.resource.wire(end), precision=precision)
            under.after[f"{end}_precision"] = None
        await _fill_span(under, end)


async def _fill_span(under: Undertaking, end: str) -> None:
    """What begins in a span begins on its first day, what is due in it is due on its last: "2026" is no day of June."""
    on, precision = under.after[end], under.after[f"{end}_precision"]
    if on is None or not (under.changed(end) or under.changed(f"{end}_precision")):
        return
    span = await span_of(under.connection, date.fromisoformat(on), precision)
    if span is not None:
        under.after[end] = str(span[0] if end == "planned_start" else span[1])


async def _postpone(under: Undertaking) -> None:
    """A later end of what is under way is counted and asks for its reason; the reason may be put right afterwards.

    Later than the last planned end that stood: also than one taken away while the action was under way, so that
    clearing the date first, or answering "undetermined" for a while, puts nothing off unsaid. What was taken away of a
    draft, or of what was over, bound nobody.
    """
    before, after = under.before or {}, under.after
    was, now = before["planned_end"], after["planned_end"]
    reason = (under.said.get("planned_end_reason") or "").strip()
    if now and not was and _is_under_way(before):
        was = await _end_taken_away(under)
    if was and now and now > was and _is_under_way(before):
        if not reason:
            raise invalid("postponementReason", "plannedEndReason")
        after["postponements"] = before["postponements"] + 1
    elif reason and not before["postponements"]:
        raise invalid("notPostponed", "plannedEndReason")
    elif under.changed("planned_end_reason") and not reason:
        raise invalid("postponementReason", "plannedEndReason")


def _is_under_way(image: Image) -> bool:
    return image["status"] not in (ActionStatus.DRAFT, *OVER)


async def _end_taken_away(under: Undertaking) -> str | None:
    """The planned end that the action had before it was left without, if it was under way then; the journal knows."""
    found = await under.connection.fetchrow(
        "select before->>'planned_end' as planned_end, before->>'status' as status from journal_entry"
        " where workspace_id = $1::uuid and entity = 'action' and entity_id = $2::uuid"
        " and before->>'planned_end' is not null and after->>'planned_end' is null order by position desc limit 1",
        under.workspace_id,
        UUID(under.after["id"]),
    )
    return found["planned_end"] if found is not None and _is_under_way(found) else None


def _check_meaning(under: Undertaking) -> None:
    """Refuse what is said of a field that means nothing for the action as it becomes.

    What stands there from before stays; saying it again is refused only with the change that takes its meaning.
    """
    stood = None if under.before is None else meaningless_in(under.before)
    for meaning in meaningless_in(under.after):
        value = under.said.get(meaning.field)
        is_same = stood is not None and meaning in stood and not under.changed(meaning.field)
        if value not in (None, []) and not is_same:
            raise invalid(meaning.refusal, under.resource.wire(meaning.field), value)


def _let_go_with_state(under: Undertaking) -> None:
    """What explains a state goes with it: the reason of a health that is good again.

    A percentage is no explanation: an action that becomes perennial gives its up by a word of its own (null), unless
    there is none but the 0 with which every action begins.
    """
    after = under.after
    if after["health"] == Health.GOOD and under.changed("health") and "health_reason" not in under.said:
        after["health_reason"] = None
    if after["kind"] == ActionKind.PERENNIAL and under.changed("kind") and "progress" not in under.said:
        if after["progress"]:
            raise invalid(NO_PROGRESS.refusal, "progress", after["progress"])
        after["progress"] = None


def _name_own_unit(under: Undertaking) -> None:
    """What an agent of one unit drafts is managed by that unit, unless the agent says who else."""
    for member in under.actor.memberships:
        if member.role is Role.AGENT and len(member.units) == 1 and not under.after["responsibilities"]:
            (unit,) = member.units
            under.after["responsibilities"] = [
                {"kind": "managingUnit", "office_id": None, "unit_id": str(unit), "person_id": None}
            ]


async def _check_parent(under: Undertaking) -> None:
    """A sub-action stands under an action that is none itself, and has none of its own."""
    if under.after["parent_id"] is None:
        return
    deeper = await under.connection.fetchval(
        "select exists (select from action where workspace_id = $1::uuid"
        " and (id = $2::uuid and parent_id is not null or parent_id = $3::uuid))",
        under.workspace_id,
        UUID(under.after["parent_id"]),
        UUID(under.after["id"]),
    )
    if deeper:
        raise invalid("oneLevelOfSubActions", "parentId", under.after["parent_id"])
