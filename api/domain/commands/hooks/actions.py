"""The life of an action: its moves, its dates, what completion locks."""

from datetime import date
from typing import Any
from uuid import UUID

from api.domain.actor import Role
from api.domain.commands.context import ChangeContext, Image, today
from api.domain.commands.group_offers import update_offers
from api.domain.commands.hooks.base import Hooks
from api.domain.commands.hooks.editions import check_without_editions
from api.domain.commands.hooks.sub_actions import check_reach, narrow_sub_actions
from api.domain.enumerations.common import ActionKind, DatePrecision, Health
from api.domain.errors import Conflict, invalid
from api.domain.rules.action_statuses import LOCKED_WHEN_COMPLETED, OVER, ActionStatus, check_move, verb_of
from api.domain.rules.counterparts import FOLLOWED, narrower
from api.domain.rules.date_spans import span_of
from api.domain.rules.meaningful_fields import NO_PROGRESS, meaningless_in

TOLD_TO_MEMBERS = (*FOLLOWED, "audience", "is_archived")
UNDATED = (DatePrecision.CONTINUOUS, DatePrecision.UNDETERMINED)


class ActionRules(Hooks, concept="action"):
    fields_of_move = frozenset({"status", "status_reason"})

    def permission(self, before: Image, provided: dict[str, Any]) -> str | None:
        if "status" in provided and provided["status"] != before["status"]:
            return f"action:{verb_of(ActionStatus(before['status']), ActionStatus(provided['status']))}"
        return None

    async def on_create(self, change: ChangeContext) -> None:
        _name_own_unit(change)
        if change.actor.roles == {Role.AGENT} and change.after["status"] != ActionStatus.DRAFT:
            raise invalid("draftOnly", "status", change.after["status"])
        await _precise_dates(change)
        _check_meaning(change)
        if change.after["kind"] == ActionKind.PERENNIAL:
            change.after["progress"] = None  # the usual 0 is nobody's word
        await _check_parent(change)
        await check_reach(change)

    async def on_update(self, change: ChangeContext) -> None:
        before, after = change.before or {}, change.after
        if before["origin_action_id"] is not None and (own := [f for f in FOLLOWED if change.has_changed(f)]):
            raise Conflict("followsGroup", fields=[change.resource.wire(f) for f in own])
        await check_reach(change)
        if change.has_changed("audience"):
            await _check_reach_of_origin(change)
        if change.has_changed("status"):
            _move(change, ActionStatus(before["status"]), ActionStatus(after["status"]))
        elif before["status"] == ActionStatus.COMPLETED:
            locked = sorted(f for f in LOCKED_WHEN_COMPLETED if change.has_changed(f))
            if locked:
                raise Conflict("completedLocked", fields=[change.resource.wire(f) for f in locked])
        _check_meaning(change)
        _let_go_with_state(change)
        await _precise_dates(change)
        await _postpone(change)
        if change.has_changed("parent_id"):
            await _check_parent(change)
        if change.has_changed("kind") and before["kind"] == ActionKind.RECURRING:
            await check_without_editions(change)

    async def afterwards(self, change: ChangeContext) -> None:
        await narrow_sub_actions(change)
        if change.before is not None and any(change.has_changed(name) for name in TOLD_TO_MEMBERS):
            await update_offers(change, UUID(change.after["id"]))


def _move(change: ChangeContext, current: ActionStatus, wanted: ActionStatus) -> None:
    """Check the move and set the dates that follow from it."""
    check_move(current, wanted, change.provided.get("status_reason"))
    after = change.after
    after["status_reason"] = change.provided.get("status_reason")
    if wanted is ActionStatus.IN_PROGRESS and after["actual_start"] is None:
        after["actual_start"] = str(today())
    if wanted is ActionStatus.COMPLETED:
        after["actual_end"] = after["actual_end"] or str(today())
        if after["kind"] != ActionKind.PERENNIAL:
            after["progress"] = 100
    if current is ActionStatus.COMPLETED and "actual_end" not in change.provided:
        after["actual_end"] = None


async def _check_reach_of_origin(change: ChangeContext) -> None:
    """A counterpart reaches no farther than the action of the group, as its offer tells."""
    if change.after["origin_action_id"] is None:
        return
    offered = await change.connection.fetchval(
        "select audience from group_action where workspace_id = $1::uuid and id = $2::uuid",
        UUID(change.after["origin_workspace_id"]),
        UUID(change.after["origin_action_id"]),
    )
    audience = change.after["audience"]
    if offered is not None and narrower(audience, offered) != audience:
        raise invalid("widerThanOrigin", "audience", audience, most=offered)


async def _precise_dates(change: ChangeContext) -> None:
    """A date has a precision (the day, unless said); "continuous" and "undetermined" are answers without a date."""
    for end in ("planned_start", "planned_end"):
        on, precision = change.after[end], change.after[f"{end}_precision"]
        if precision in UNDATED and on is not None:
            if f"{end}_precision" not in change.provided:
                change.after[f"{end}_precision"] = DatePrecision.DAY
                continue
            raise invalid("dateWithoutMeaning", change.resource.wire(end), on, precision=precision)
        if on is not None and precision is None:
            change.after[f"{end}_precision"] = DatePrecision.DAY
        if on is None and precision not in (None, *UNDATED):
            if f"{end}_precision" in change.provided:
                raise invalid("dateMissing", change.resource.wire(end), precision=precision)
            change.after[f"{end}_precision"] = None
        await _fill_span(change, end)


async def _fill_span(change: ChangeContext, end: str) -> None:
    """What begins in a span begins on its first day, what is due in it is due on its last: "2026" is no day of June."""
    on, precision = change.after[end], change.after[f"{end}_precision"]
    if on is None or not (change.has_changed(end) or change.has_changed(f"{end}_precision")):
        return
    span = await span_of(change.connection, date.fromisoformat(on), precision)
    if span is not None:
        change.after[end] = str(span[0] if end == "planned_start" else span[1])


async def _postpone(change: ChangeContext) -> None:
    """A later end of what is under way is counted and asks for its reason; the reason may be put right afterwards.

    Later than the last planned end that stood: also than one taken away while the action was under way, so that
    clearing the date first, or answering "undetermined" for a while, puts nothing off unsaid. What was taken away of a
    draft, or of what was over, bound nobody.
    """
    before, after = change.before or {}, change.after
    was, now = before["planned_end"], after["planned_end"]
    reason = (change.provided.get("planned_end_reason") or "").strip()
    if now and not was and _is_under_way(before):
        was = await _end_taken_away(change)
    if was and now and now > was and _is_under_way(before):
        if not reason:
            raise invalid("postponementReason", "plannedEndReason")
        after["postponements"] = before["postponements"] + 1
    elif reason and not before["postponements"]:
        raise invalid("notPostponed", "plannedEndReason")
    elif change.has_changed("planned_end_reason") and not reason:
        raise invalid("postponementReason", "plannedEndReason")


def _is_under_way(image: Image) -> bool:
    return image["status"] not in (ActionStatus.DRAFT, *OVER)


async def _end_taken_away(change: ChangeContext) -> str | None:
    """The planned end that the action had before it was left without, if it was under way then; the journal knows."""
    found = await change.connection.fetchrow(
        "select before->>'planned_end' as planned_end, before->>'status' as status from journal_entry"
        " where workspace_id = $1::uuid and entity = 'action' and entity_id = $2::uuid"
        " and before->>'planned_end' is not null and after->>'planned_end' is null order by position desc limit 1",
        change.workspace_id,
        UUID(change.after["id"]),
    )
    return found["planned_end"] if found is not None and _is_under_way(found) else None


def _check_meaning(change: ChangeContext) -> None:
    """Refuse what is said of a field that means nothing for the action as it becomes.

    What stands there from before stays; saying it again is refused only with the change that takes its meaning.
    """
    stood = None if change.before is None else meaningless_in(change.before)
    for meaning in meaningless_in(change.after):
        value = change.provided.get(meaning.field)
        is_same = stood is not None and meaning in stood and not change.has_changed(meaning.field)
        if value not in (None, []) and not is_same:
            raise invalid(meaning.refusal, change.resource.wire(meaning.field), value)


def _let_go_with_state(change: ChangeContext) -> None:
    """What explains a state goes with it: the reason of a health that is good again.

    A percentage is no explanation: an action that becomes perennial gives its up by a word of its own (null), unless
    there is none but the 0 with which every action begins.
    """
    after = change.after
    if after["health"] == Health.GOOD and change.has_changed("health") and "health_reason" not in change.provided:
        after["health_reason"] = None
    if after["kind"] == ActionKind.PERENNIAL and change.has_changed("kind") and "progress" not in change.provided:
        if after["progress"]:
            raise invalid(NO_PROGRESS.refusal, "progress", after["progress"])
        after["progress"] = None


def _name_own_unit(change: ChangeContext) -> None:
    """What an agent of one unit drafts is managed by that unit, unless the agent says who else."""
    for member in change.actor.memberships:
        if member.role is Role.AGENT and len(member.units) == 1 and not change.after["responsibilities"]:
            (unit,) = member.units
            change.after["responsibilities"] = [
                {"kind": "managingUnit", "office_id": None, "unit_id": str(unit), "person_id": None}
            ]


async def _check_parent(change: ChangeContext) -> None:
    """A sub-action stands under an action that is none itself, and has none of its own."""
    if change.after["parent_id"] is None:
        return
    deeper = await change.connection.fetchval(
        "select exists (select from action where workspace_id = $1::uuid"
        " and (id = $2::uuid and parent_id is not null or parent_id = $3::uuid))",
        change.workspace_id,
        UUID(change.after["parent_id"]),
        UUID(change.after["id"]),
    )
    if deeper:
        raise invalid("oneLevelOfSubActions", "parentId", change.after["parent_id"])
