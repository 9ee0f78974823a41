"""The states of a measurement, the moves between them, and what each move asks of its author."""

from enum import StrEnum

from api.domain.errors import Conflict, invalid


class MeasurementState(StrEnum):
    """Only an approved value counts anywhere."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"


S = MeasurementState

STATE_MOVES: dict[MeasurementState, tuple[MeasurementState, ...]] = {
    S.DRAFT: (S.SUBMITTED,),
    S.SUBMITTED: (S.DRAFT, S.APPROVED, S.RETURNED),
    S.APPROVED: (S.RETURNED,),
    S.RETURNED: (S.SUBMITTED,),
}
"""Every legal move; `model.md` §4. Returning an approved value reopens it: it counts no more."""

OPEN: frozenset[MeasurementState] = frozenset({S.DRAFT, S.RETURNED})
"""The states in which the words of a measurement may be changed and the measurement removed."""


def verb_of_state(current: MeasurementState, wanted: MeasurementState) -> str:
    """The right a move asks for: who submits may also take back; who approves also returns and reopens."""
    return "submit" if wanted in (S.SUBMITTED, S.DRAFT) else "approve"


def check_state_move(current: MeasurementState, wanted: MeasurementState, reason: str | None) -> None:
    """Refuse a move that the lifecycle does not know (`illegalMove`), or a return without its reason."""
    if wanted not in STATE_MOVES[current]:
        raise Conflict("illegalMove", **{"from": current, "to": wanted, "allowed": list(STATE_MOVES[current])})
    if wanted is S.RETURNED and not (reason or "").strip():
        raise invalid("reasonRequired", "stateReason", to=wanted)
