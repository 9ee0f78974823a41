"""Groups: their members, what they offer these, the counterparts that members make, and who took up what."""

from api.domain.policy import OF_ACTIONS, OPEN_TO_MACHINES
from api.domain.resources.base import OWN, READS, ChildList, Derived, OwnerKind, Ref, Resource
from api.domain.schemas import groups as words
from api.domain.schemas.base import Flag
from api.domain.tables import groups as tables

_ORGANISATION = Derived("(select o.name from organisation o where o.id = {t}.organisation_id)", str)

GROUP_MEMBER = Resource(
    name="groupMember",
    plural="groupMembers",
    table_model=tables.GroupMember,
    fields=words.GroupMemberFields,
    owner_kind=OwnerKind.DIRECTORY,
    is_public_as_it_is=True,
    create=words.GroupMemberCreate,
    can_delete=False,
    refs={
        "group_id": Ref("workspace", one="group", many="members", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", many="groupMemberships", asks=READS),
    },
    derived={
        "group_name": Derived("(select w.name from workspace w where w.id = {t}.group_id)", str),
        "organisation_name": _ORGANISATION,
        "is_ended": Derived("{t}.ended_at is not null", bool),
    },
    sorts=("starts_on", "created_at"),
    default_sort=("created_at",),
    patch_more={"is_ended": Flag},
    administered="{t}.group_id = {workspace}",
    machine_scopes=OPEN_TO_MACHINES,
)

GROUP_ACTION = Resource(
    name="groupAction",
    plural="groupActions",
    table_model=tables.GroupAction,
    fields=words.GroupActionFields,
    owner_kind=OwnerKind.WORKSPACE,
    can_update=False,
    can_delete=False,
    parts={
        "codes": ChildList(
            tables.GroupActionClaim,
            "group_action_id",
            ("plan_id", "plan_title", "own_code", "period_item_id"),
            words.GroupActionCode,
        )
    },
    derived={
        "group_name": Derived("(select w.name from workspace w where w.id = {t}.workspace_id)", str),
        "is_taken_up": Derived(
            "exists (select from counterpart x where x.workspace_id = {workspace} and x.origin_workspace_id ="
            " {t}.workspace_id and x.origin_action_id = {t}.id and x.released_at is null)",
            bool,
        ),
    },
    search=("title",),
    sorts=("title", "status", "planned_end", "created_at"),
    default_sort=("title",),
    hidden=frozenset({"is_offered"}),
    is_read_across=True,
    machine_scopes=OF_ACTIONS,
)

COUNTERPART = Resource(
    name="counterpart",
    plural="counterparts",
    table_model=tables.Counterpart,
    fields=words.CounterpartFields,
    owner_kind=OwnerKind.ACTION,
    create=words.CounterpartCreate,
    can_delete=False,
    refs={
        "action_id": Ref("action", one="action", many="counterparts", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
        "origin_action_id": Ref("groupAction", asks=READS),
        "plan_id": Ref("plan", asks=OWN),
        "objective_id": Ref("objective", asks=OWN),
    },
    derived={"is_released": Derived("{t}.released_at is not null", bool)},
    sorts=("created_at",),
    default_sort=("created_at",),
    patch_more={"is_released": Flag},
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
)

UPTAKE = Resource(
    name="uptake",
    plural="uptakes",
    table_model=tables.Uptake,
    fields=words.UptakeFields,
    owner_kind=OwnerKind.ACTION,
    can_update=False,
    can_delete=False,
    refs={
        "action_id": Ref("action", one="action", many="uptakes", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=READS),
    },
    derived={
        "organisation_name": _ORGANISATION,
        "is_released": Derived("{t}.released_at is not null", bool),
    },
    sorts=("taken_up_on", "created_at"),
    default_sort=("taken_up_on",),
    hidden=frozenset({"member_workspace_id"}),
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
)

RESOURCES = (GROUP_MEMBER, GROUP_ACTION, COUNTERPART, UPTAKE)
