"""The editions of recurring actions, one a year."""

from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import OWN, Guard, OwnerKind, Ref, Resource
from api.domain.resources.version_content import OF_ACTION, VersionPart
from api.domain.schemas import editions as words
from api.domain.tables import editions as tables

RECURRING = Guard("notRecurring", "{t}.kind = 'recurring'")

EDITION = Resource(
    name="edition",
    plural="editions",
    table_model=tables.Edition,
    fields=words.EditionFields,
    owner_kind=OwnerKind.ACTION,
    create=words.EditionCreate,
    refs={"action_id": Ref("action", one="action", many="editions", asks=OWN)},
    sorts=("year", "created_at"),
    default_sort=("year",),
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(OF_ACTION, is_shown=False),
)

RESOURCES = (EDITION,)
