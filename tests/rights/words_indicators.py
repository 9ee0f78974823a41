"""What is said when indicators, their measurements and locked periods are created."""

from typing import Any

from tests.rights.setting import Setting


def creations(setting: Setting, n: int, house: str) -> dict[str, dict[str, Any]]:
    """The bodies of creations, by collection; never the same twice."""
    d = setting.documents
    return {
        "indicators": {"actionId": d["actions"], "title": f"Indicateur {n}"},
        "measurements": {"indicatorId": d["indicators"], "measuredOn": "2026-02-28", "value": str(n)},
        "measurementLocks": {"organisationId": house, "startsOn": "2002-01-01", "endsOn": "2002-12-31", "reason": "x"},
    }
