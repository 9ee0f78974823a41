"""Links between actions as documents: read only by whoever sees both ends."""

from uuid import UUID

from api.domain.enumerations.common import ActionLinkKind
from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import OWN, Filter, OwnerKind, Ref, Resource
from api.domain.resources.version_content import OF_ACTION, VersionPart
from api.domain.schemas import links as words
from api.domain.tables import links as tables

_EITHER_END = "({t}.action_id = any({v}) or {t}.linked_action_id = any({v}))"
ADDS_TO_IT = frozenset({ActionLinkKind.PART_OF, ActionLinkKind.CONTRIBUTES_TO})
"""What makes the first action a part of the other; to depend on it, or to go with it, asks nothing of it."""

ACTION_LINK = Resource(
    name="actionLink",
    plural="actionLinks",
    table_model=tables.ActionLink,
    fields=words.ActionLinkFields,
    owner_kind=OwnerKind.ACTION,
    create=words.ActionLinkCreate,
    refs={
        "action_id": Ref("action", one="action", many="links", asks=OWN),
        "linked_action_id": Ref(
            "action", one="linkedAction", many="linkedFrom", asks="action:create", where=("kind", ADDS_TO_IT)
        ),
    },
    filters={"either_action_id": Filter(_EITHER_END, "uuid[]", UUID, shown=_EITHER_END, field="linked_action_id")},
    sorts=("kind", "created_at"),
    default_sort=("kind", "created_at"),
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(OF_ACTION),
)

RESOURCES = (ACTION_LINK,)
