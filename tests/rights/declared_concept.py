"""Adds a concept by its declaration and its rights alone, before anything is built of the declarations (`pytest -p`).

The folder `new_concept` is read as if its module lay in `api/domain/resources`; no list of the service is edited.
"""

from pathlib import Path

from api.domain import policy_fields, policy_table, resources

resources.__path__.append(str(Path(__file__).parent / "new_concept"))
policy_table.TABLE += """\
visit:read   workspace versions/council workspace workspace partnership/partner published/public published/public published/public -
visit:create -         -                house     unit      -                   -                -                -                -
visit:update -         -                house     unit      -                   -                -                -                -
visit:delete -         -                house     unit      -                   -                -                -                -
"""  # noqa: E501 - a line of the table
policy_fields.COVERED.update(
    {(group, "visit"): frozenset({"visited_on", "purpose", "workspace_id", "action_id"})
     for group in ("public", "council", "partner")}
)  # fmt: skip
