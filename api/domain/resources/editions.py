"""The editions of recurring actions, one a year."""

from api.domain.resources.base import OWN, Guard, Home, Ref, Resource
from api.domain.schemas import editions as words
from api.domain.tables import editions as tables

RECURRING = Guard("notRecurring", "{t}.kind = 'recurring'")

EDITION = Resource(
    name="edition",
    plural="editions",
    table_model=tables.Edition,
    fields=words.EditionFields,
    home=Home.ACTION,
    create=words.EditionCreate,
    refs={"action_id": Ref("action", one="action", many="editions", asks=OWN)},
    sorts=("year", "created_at"),
    default_sort=("year",),
    parent_home="action_id",
)

RESOURCES = (EDITION,)
