"""What is said of findings, agreements, target groups, beneficiaries and what else a PCS has of its own."""

from typing import Any

from tests.rights.setting import Setting

CHANGES: dict[str, dict[str, Any]] = {
    "agreements": {"remark": "Vu."},
    "targetGroups": {"isDisabled": True},
    "beneficiaryCounts": {"note": "Vu."},
}


def creations(setting: Setting, n: int, house: str) -> dict[str, dict[str, Any]]:
    """The bodies of creations on behalf of the commune's house."""
    d = setting.documents
    return {
        "findings": {"text": f"Constat {n}", "organisationId": house, "audience": "public"},
        "agreements": {"title": f"Convention {n}", "organisationId": house, "partyIds": [str(setting.partner)]},
        "targetGroups": {"name": f"Groupe {n}"},
        "beneficiaryCounts": {"actionId": d["actions"], "year": 2000 + n % 90, "counted": "persons", "number": n},
    }


def removals(setting: Setting, n: int) -> dict[str, tuple[str, dict[str, Any]]]:
    """New documents that nothing names, by kind and words."""
    d, house = setting.documents, setting.commune.municipality
    count = {"action_id": d["actions"], "year": 2000 + n % 90, "counted": "attendances", "number": n}
    return {
        "agreements": ("agreement", {"title": f"Convention {n}", "organisation_id": house}),
        "targetGroups": ("targetGroup", {"name": f"Groupe {n}"}),
        "beneficiaryCounts": ("beneficiaryCount", count),
    }
