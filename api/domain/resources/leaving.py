"""Who answers for something and is not there any more."""

_THERE = "y.left_on is null and not y.is_archived"
IS_LEFT = (
    "x.person_id is not null and not exists (select from person y where y.workspace_id = x.workspace_id"
    f" and y.id = x.person_id and {_THERE})"
    " or x.office_id is not null and not exists (select from office_holding h join person y"
    f" on y.workspace_id = h.workspace_id and y.id = h.person_id and {_THERE}"
    " where h.workspace_id = x.workspace_id and h.office_id = x.office_id and h.is_current)"
)
"""Responsibility `x` points at a person who left, or at an office that nobody holds today."""
