"""What a counterpart copies of the action of the group that it follows, and what its own house decides."""

from api.domain.enumerations.common import Audience

FOLLOWED = (
    "title", "kind", "status", "status_reason", "progress", "postponements",
    "planned_start", "planned_start_precision", "planned_start_text",
    "planned_end", "planned_end_precision", "planned_end_text", "planned_end_reason", "actual_start", "actual_end",
)  # fmt: skip
"""Title, dates, status and progress (`model.md` §2); the kind too, since a perennial action has no progress."""

FOLLOWED_BY_CLAIM = ("label", "period_item_id", "delivery", "is_withdrawn", "right_ids")
"""What the claim of the member's part of a plan copies of the group's claim; the own code is its own."""

OFFERED = ("title", "status", "planned_start", "planned_start_precision", "planned_end", "planned_end_precision",
           "actual_start", "actual_end", "audience")  # fmt: skip
"""What members read of an action of the group, beside its codes."""

TO_MEMBERS = ("partners", "council", "public")
"""The audiences of an action that reach the members of the group."""


def narrower(one: str, other: str) -> str:
    """Of two audiences the one that reaches fewer."""
    order = list(Audience)
    return min(one, other, key=lambda audience: order.index(Audience(audience)))
