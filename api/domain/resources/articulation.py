"""The conversions of the way a PST joins a PCS, as documents to read; commands alone make them."""

from api.domain.resources.base import OWN, ChildList, OwnerKind, Ref, Resource
from api.domain.schemas import articulation as words
from api.domain.tables import articulation as tables

ROW_COLUMNS = ("entity", "entity_id", "change", "row_version")

ARTICULATION_CONVERSION = Resource(
    name="articulationConversion",
    plural="articulationConversions",
    table_model=tables.ArticulationConversion,
    fields=words.ArticulationConversionFields,
    owner_kind=OwnerKind.PLAN,
    can_update=False,
    can_delete=False,
    parts={
        "rows": ChildList(
            tables.ArticulationConversionRow, "conversion_id", ROW_COLUMNS, words.ConvertedRow, order="rank",
            kinds=("objective", "planAction", "placement"),
        )
    },
    refs={
        "plan_id": Ref("plan", one="plan", many="articulationConversions", asks=OWN),
        "with_plan_id": Ref("plan", one="withPlan", asks=OWN),
        "home_id": Ref("objective", one="home", asks=OWN),
    },
    sorts=("last_position", "created_at"),
    default_sort=("last_position",),
    hidden=frozenset({"memory"}),
    parent_owner="plan_id",
)  # fmt: skip

RESOURCES = (ARTICULATION_CONVERSION,)
