"""What is given (communes, terms, goals, programming periods) and the lists a commune makes its own."""

from api.domain.policy import OPEN_TO_MACHINES
from api.domain.resources.base import OWN, READS, ChildList, Derived, OwnerKind, Ref, Resource, warnings
from api.domain.schemas import amendments
from api.domain.schemas import reference as words
from api.domain.tables import reference as tables

LABEL = Derived("coalesce({t}.labels->>{language}, {t}.labels->>'fr')", str)
"""The label in the reader's language, else in French."""

REVENUE_COLUMNS = ("code", "label", "source", "funding_scheme", "counts_as")
REQUIREMENT_COLUMNS = ("rule", "least", "is_required", "note")
FUNCTION_COLUMNS = ("organisation_kind", "code", "label", "revenue_code")

PERIOD_WARNINGS = warnings(
    {
        "localShareWithoutRule": "{t}.local_share_percent is not null and not exists (select from"
        " period_revenue_kind x where x.period_id = {t}.id and x.counts_as = 'localShare')",
        "publishedPlansAfterEnd": "exists (select from shown_row y where y.circle = 'public' and y.entity = 'plan'"
        " and y.is_latest and y.image->>'period_id' = {t}.id::text and (y.image->>'ends_on')::date > {t}.ends_on)",
    }
)
"""What its rule leaves open, and that published plans go on beyond its end. Plans say the rest themselves."""

COMMUNE = Resource(
    name="commune",
    plural="communes",
    table_model=tables.Commune,
    fields=words.CommuneFields,
    owner_kind=OwnerKind.REFERENCE,
    is_public_as_it_is=True,
    can_update=False,
    can_delete=False,
    derived={"label": LABEL},
    sorts=("nis", "province"),
    default_sort=("nis",),
    search=("labels->>'fr'",),
    machine_scopes=OPEN_TO_MACHINES,
)

TERM = Resource(
    name="term",
    plural="terms",
    table_model=tables.Term,
    fields=words.TermFields,
    owner_kind=OwnerKind.REFERENCE,
    is_public_as_it_is=True,
    create=words.TermFields,
    derived={"label": LABEL},
    sorts=("starts_on",),
    default_sort=("starts_on",),
    machine_scopes=OPEN_TO_MACHINES,
)

SDG = Resource(
    name="sdg",
    plural="sdgs",
    table_model=tables.Sdg,
    fields=words.SdgFields,
    owner_kind=OwnerKind.REFERENCE,
    is_public_as_it_is=True,
    can_update=False,
    can_delete=False,
    derived={"label": LABEL},
    sorts=("number",),
    default_sort=("number",),
    machine_scopes=OPEN_TO_MACHINES,
)

PROGRAMMING_PERIOD = Resource(
    name="programmingPeriod",
    plural="programmingPeriods",
    table_model=tables.ProgrammingPeriod,
    fields=words.ProgrammingPeriodFields,
    owner_kind=OwnerKind.REFERENCE,
    is_public_as_it_is=True,
    create=words.ProgrammingPeriodCreate,
    parts={
        "requirements": ChildList(
            tables.PeriodRequirementRow, "period_id", REQUIREMENT_COLUMNS, words.PeriodRequirement, order="rank"
        ),
        "revenue_kinds": ChildList(
            tables.PeriodRevenueKind, "period_id", REVENUE_COLUMNS, words.RevenueKind, order="rank"
        ),
        "accounting_functions": ChildList(
            tables.PeriodAccountingFunction, "period_id", FUNCTION_COLUMNS, words.AccountingFunction, order="rank"
        ),
    },
    derived={"label": LABEL, "warnings": PERIOD_WARNINGS},
    sorts=("starts_on", "code"),
    default_sort=("starts_on",),
    commands={"amendEnd": ()},
    machine_scopes=OPEN_TO_MACHINES,
)

PERIOD_ITEM = Resource(
    name="periodItem",
    plural="periodItems",
    table_model=tables.PeriodItem,
    fields=words.PeriodItemFields,
    owner_kind=OwnerKind.REFERENCE,
    is_public_as_it_is=True,
    create=words.PeriodItemCreate,
    refs={
        "period_id": Ref("programmingPeriod", one="period", many="items", asks=OWN),
        "parent_id": Ref("periodItem", one="parent", many="children", asks=OWN),
    },
    derived={"label": LABEL},
    sorts=("rank", "code"),
    default_sort=("rank",),
    machine_scopes=OPEN_TO_MACHINES,
)

PERIOD_ITEM_MAPPING = Resource(
    name="periodItemMapping",
    plural="periodItemMappings",
    table_model=tables.PeriodItemMapping,
    fields=words.PeriodItemMappingFields,
    owner_kind=OwnerKind.REFERENCE,
    create=words.PeriodItemMappingFields,
    is_public_as_it_is=True,
    refs={
        "from_item_id": Ref("periodItem", one="fromItem", many="goesOnIn", asks=OWN),
        "to_item_id": Ref("periodItem", one="toItem", many="comesFrom", asks=OWN),
    },
    sorts=("created_at",),
    default_sort=("created_at",),
    immutable=frozenset({"from_item_id", "to_item_id"}),
)

PERIOD_AMENDMENT = Resource(
    name="periodAmendment",
    plural="periodAmendments",
    table_model=tables.PeriodAmendment,
    fields=amendments.PeriodAmendmentFields,
    owner_kind=OwnerKind.REFERENCE,
    can_update=False,
    can_delete=False,
    is_public_as_it_is=True,
    refs={"period_id": Ref("programmingPeriod", one="period", many="amendments", asks=OWN)},
    sorts=("created_at",),
    default_sort=("created_at",),
)

RIGHT_INDEX = Resource(
    name="rightIndex",
    plural="rightIndices",
    table_model=tables.RightIndex,
    fields=words.RightIndexFields,
    owner_kind=OwnerKind.REFERENCE,
    is_public_as_it_is=True,
    create=words.RightIndexFields,
    refs={"right_id": Ref("periodItem", one="right", many="indices", asks=READS)},
    sorts=("edition", "nis"),
    default_sort=("edition",),
    immutable=frozenset({"nis", "right_id", "edition"}),
    machine_scopes=OPEN_TO_MACHINES,
)

PLAN_TYPE = Resource(
    name="planType",
    plural="planTypes",
    table_model=tables.PlanType,
    fields=words.PlanTypeFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.PlanTypeFields,
    search=("name", "acronym"),
    sorts=("name", "acronym"),
    default_sort=("name",),
    archives=True,
)

DOMAIN = Resource(
    name="domain",
    plural="domains",
    table_model=tables.Domain,
    fields=words.DomainFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.DomainFields,
    search=("name",),
    sorts=("name",),
    default_sort=("name",),
)

RESOURCES = (
    COMMUNE, TERM, SDG, PROGRAMMING_PERIOD, PERIOD_ITEM, PERIOD_ITEM_MAPPING, PERIOD_AMENDMENT, RIGHT_INDEX, PLAN_TYPE,
    DOMAIN,
)  # fmt: skip
