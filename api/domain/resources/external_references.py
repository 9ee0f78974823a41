"""What an action is called in the systems of others."""

from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import OWN, OwnerKind, Ref, Resource
from api.domain.schemas import actions as words
from api.domain.tables import actions as tables

EXTERNAL_REFERENCE = Resource(
    name="externalReference",
    plural="externalReferences",
    table_model=tables.ExternalReference,
    fields=words.ExternalReferenceFields,
    owner_kind=OwnerKind.ACTION,
    create=words.ExternalReferenceCreate,
    refs={
        "action_id": Ref("action", one="action", many="externalReferences", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
    },
    filters={},
    sorts=("system", "created_at"),
    default_sort=("created_at",),
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
)

RESOURCES = (EXTERNAL_REFERENCE,)
