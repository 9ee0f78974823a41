"""What is said of groups: a body that becomes a member, an action of the group that the commune takes up."""

from typing import Any

from tests.rights.setting import Setting

CHANGES: dict[str, dict[str, Any]] = {
    "groupMembers": {"reference": "CC"},
    "counterparts": {"note": "Vu."},
}


def creations(setting: Setting, n: int, house: str, caller: str) -> dict[str, dict[str, Any]]:
    """The bodies of creations, each about something that was made for this caller."""
    d = setting.documents
    fresh, body = d.get(f"fresh {caller}"), d.get(f"body {caller}")
    slug, bodies = f"w{setting.commune.nis}-{n}", [str(d["organisations"])]
    return {
        "workspaces": {
            "name": f"Espace {n}",
            "slug": slug,
            "kind": "group",
            "organisations": bodies,
        },
        "groupMembers": {"groupId": d["groups"], "organisationId": body},
        "counterparts": {"originActionId": fresh, "organisationId": house},
    }
