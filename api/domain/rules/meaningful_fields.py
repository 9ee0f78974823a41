"""Fields of an action that mean nothing in some states of it: they are refused there, never erased.

One table, read by the rules (`commands/hooks/actions.py`) and by what is answered as
unchangeable (`sql/allowed_operations.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.domain.enumerations.common import ActionKind, Department, Health


@dataclass(frozen=True, slots=True)
class Meaning:
    """When a field means nothing: the condition on row `{t}` in SQL, and the refusal that names the field."""

    field: str
    is_absent: str
    refusal: str


NO_PROGRESS = Meaning("progress", f"{{t}}.kind = '{ActionKind.PERENNIAL}'", "perennialWithoutProgress")
NO_REASON = Meaning("health_reason", f"{{t}}.health = '{Health.GOOD}'", "goodHealthWithoutReason")
NO_SYNERGY = Meaning(
    "synergy_organisation_ids", f"not {{t}}.is_synergy and {{t}}.department <> '{Department.BOTH}'", "notASynergy"
)
MEANINGS = (NO_PROGRESS, NO_REASON, NO_SYNERGY)


def meaningless_in(image: Mapping[str, Any]) -> tuple[Meaning, ...]:
    """The fields that mean nothing for an action with this image, as their SQL conditions say it."""
    absent = (
        image["kind"] == ActionKind.PERENNIAL,
        image["health"] == Health.GOOD,
        not image["is_synergy"] and image["department"] != Department.BOTH,
    )
    return tuple(meaning for meaning, is_absent in zip(MEANINGS, absent, strict=True) if is_absent)
