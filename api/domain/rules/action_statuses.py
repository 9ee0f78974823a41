"""Statuses of an action, the moves between them, and what each move asks of its author."""

from enum import StrEnum

from api.domain.errors import Conflict, invalid


class ActionStatus(StrEnum):
    """How far an action is; `nextStatuses` of an action says where its reader may move it."""

    DRAFT = "draft"
    NOT_STARTED = "notStarted"
    WAITING = "waiting"
    IN_PROGRESS = "inProgress"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


S = ActionStatus

MOVES: dict[ActionStatus, tuple[ActionStatus, ...]] = {
    S.DRAFT: (S.NOT_STARTED,),
    S.NOT_STARTED: (S.WAITING, S.IN_PROGRESS, S.COMPLETED, S.CANCELLED),
    S.WAITING: (S.NOT_STARTED, S.IN_PROGRESS, S.COMPLETED, S.CANCELLED),
    S.IN_PROGRESS: (S.WAITING, S.SUSPENDED, S.COMPLETED, S.CANCELLED),
    S.SUSPENDED: (S.WAITING, S.IN_PROGRESS, S.COMPLETED, S.CANCELLED),
    S.COMPLETED: (S.IN_PROGRESS,),
    S.CANCELLED: (S.NOT_STARTED,),
}
"""Every legal move; `model.md` §4. Leaving `completed` or `cancelled` is a reopening."""

OVER: frozenset[ActionStatus] = frozenset({S.COMPLETED, S.CANCELLED})
"""Statuses in which nothing can be late any more."""

LOCKED_WHEN_COMPLETED: frozenset[str] = frozenset(
    {"title", "description", "kind", "parent_id", "organisation_id", "department", "is_synergy",
     "synergy_organisation_ids", "planned_start", "planned_start_precision", "planned_start_text",
     "planned_end", "planned_end_precision", "planned_end_text", "planned_end_reason", "actual_start", "actual_end",
     "progress"}
)  # fmt: skip
"""What completion locks: content, status and dates; follow-up of money and partners stays open."""


def verb_of(current: ActionStatus, wanted: ActionStatus) -> str:
    """The right a move asks for: publish, start, complete, suspend, cancel or reopen."""
    if current in OVER:
        return "reopen"
    if current is S.DRAFT:
        return "publish"
    return {S.COMPLETED: "complete", S.SUSPENDED: "suspend", S.CANCELLED: "cancel"}.get(wanted, "start")


def check_move(current: ActionStatus, wanted: ActionStatus, reason: str | None) -> None:
    """Refuse a move that the lifecycle does not know (`illegalMove`), or one without its reason."""
    if wanted not in MOVES[current]:
        raise Conflict("illegalMove", **{"from": current, "to": wanted, "allowed": list(MOVES[current])})
    if verb_of(current, wanted) in ("cancel", "reopen") and not (reason or "").strip():
        raise invalid("reasonRequired", "statusReason", to=wanted)
