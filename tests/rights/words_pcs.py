"""What is said of findings, agreements, target groups, beneficiaries and what else a PCS has of its own."""

from itertools import cycle
from typing import Any
from uuid import UUID

from tests.rights.setting import LABELS, Setting

_YEARS = cycle(range(1996, 2101))


def in_a_year_of_its_own(words: dict[str, Any]) -> dict[str, Any]:
    """The same words; a count of beneficiaries is of a year that no other count has, taken when it is made only."""
    return words | {"year": next(_YEARS)} if "year" in words and "counted" in words else words


CHANGES: dict[str, dict[str, Any]] = {
    "agreements": {"remark": "Vu."},
    "targetGroups": {"isDisabled": True},
    "beneficiaryCounts": {"note": "Vu."},
    "rightIndices": {"source": "Vu."},
    "periodItemMappings": {"note": "Vu."},
    "dpcs": {"note": "Vu."},
    "dpcItems": {"text": "Vu."},
}


def creations(setting: Setting, n: int, house: str, fresh: Any) -> dict[str, dict[str, Any]]:
    """The bodies of creations on behalf of the commune's house."""
    d = setting.documents
    return {
        "findings": {"text": f"Constat {n}", "organisationId": house, "audience": "public"},
        "agreements": {"title": f"Convention {n}", "organisationId": house, "partyIds": [str(setting.partner)]},
        "targetGroups": {"name": f"Groupe {n}"},
        "dpcs": {"title": f"DPC {n}", "organisationId": house},
        "dpcItems": {"text": f"Engagement {n}", "dpcId": d["dpcs"]},
        "periodItemMappings": {"fromItemId": d["right"], "toItemId": str(fresh)},
        "rightIndices": {
            "nis": setting.commune.nis,
            "rightId": str(fresh),
            "edition": 2024,
            "value": "0.5000",
        },
        "beneficiaryCounts": {"actionId": d["actions"], "year": 1995, "counted": "persons", "number": n},
    }


def removals(setting: Setting, n: int) -> dict[str, tuple[str, dict[str, Any]]]:
    """New documents that nothing names, by kind and words."""
    d, house = setting.documents, setting.commune.municipality
    count = {"action_id": d["actions"], "year": 1995, "counted": "attendances", "number": n}
    return {
        "agreements": ("agreement", {"title": f"Convention {n}", "organisation_id": house}),
        "dpcs": ("dpc", {"title": f"DPC {n}", "organisation_id": house}),
        "dpcItems": ("dpcItem", {"text": f"Engagement {n}", "dpc_id": d["dpcs"]}),
        "targetGroups": ("targetGroup", {"name": f"Groupe {n}"}),
        "beneficiaryCounts": ("beneficiaryCount", count),
    }


async def fresh_right(setting: Setting, n: int, collection: str = "rightIndices") -> UUID:
    """A right of which no index is known yet; for a mapping, one of a later period in which nothing goes on yet."""
    period = setting.documents["laterPeriod" if collection == "periodItemMappings" else "programmingPeriods"]
    return await setting.global_document("periodItem", period_id=period, kind="right", code=f"R{n}", labels=LABELS)


async def mapping_to_delete(setting: Setting, n: int) -> UUID:
    words = {"to_item_id": await fresh_right(setting, n, "periodItemMappings")}
    return await setting.global_document("periodItemMapping", from_item_id=setting.documents["right"], **words)


async def index_to_delete(setting: Setting, n: int) -> UUID:
    words = {"nis": setting.commune.nis, "right_id": await fresh_right(setting, n), "edition": 2024}
    return await setting.global_document("rightIndex", value="0.2500", **words)
