"""The DPC of a house for a term, and its items."""

from api.domain.resources.base import OWN, READS, Derived, Filter, Guard, OwnerKind, Ref, Resource, SharedOnce
from api.domain.schemas import dpc as words
from api.domain.schemas.base import Flag
from api.domain.tables import dpc as tables

ADOPTED = SharedOnce("adopted_on", "is not null")
PUBLISHED = SharedOnce("published_on", "is not null")
COVERED = (
    "exists (select from objective_dpc_item x join objective o on o.workspace_id = x.workspace_id"
    " and o.id = x.objective_id and o.status not in ('draft', 'abandoned') and not o.is_resting"
    " where x.workspace_id = {t}.workspace_id and x.dpc_item_id in ({t}.id, {t}.parent_id))"
)
"""Whether an objective at work descends from the item, or from the section in which it stands."""

DPC = Resource(
    name="dpc",
    plural="dpcs",
    table_model=tables.Dpc,
    fields=words.DpcFields,
    owner_kind=OwnerKind.WORKSPACE,
    is_public_as_it_is=True,
    create=words.DpcCreate,
    refs={
        "workspace_id": Ref("workspace", one="workspace", many="dpcs", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
        "term_id": Ref("term", one="term", asks=READS),
    },
    search=("title",),
    sorts=("title", "adopted_on", "created_at"),
    default_sort=("title",),
    guards={"delete": (Guard("notDraft", "{t}.adopted_on is null"),)},
    shared_once=ADOPTED,
    published_once=PUBLISHED,
)

DPC_ITEM = Resource(
    name="dpcItem",
    plural="dpcItems",
    table_model=tables.DpcItem,
    fields=words.DpcItemFields,
    owner_kind=OwnerKind.WORKSPACE,
    is_public_as_it_is=True,
    create=words.DpcItemCreate,
    refs={
        "dpc_id": Ref("dpc", one="dpc", many="items", asks=OWN),
        "parent_id": Ref("dpcItem", one="parent", many="children", asks=OWN),
    },
    derived={"is_covered": Derived(COVERED, bool)},
    filters={
        "is_covered": Filter(f"({COVERED}) = any({{v}})", "boolean[]", Flag, field="is_covered"),
    },
    search=("text",),
    sorts=("position", "created_at"),
    default_sort=("position",),
    is_ordered=True,
    immutable=frozenset({"is_section"}),
    commands={"answer": ()},
    shared_once=ADOPTED,
    published_once=PUBLISHED,
    parent_owner="dpc_id",
)

RESOURCES = (DPC, DPC_ITEM)
