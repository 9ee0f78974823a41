"""Whom actions are meant for, and how many they reach."""

from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import OWN, OwnerKind, Ref, Resource
from api.domain.resources.version_content import OF_ACTION, VersionPart
from api.domain.schemas import beneficiaries as words
from api.domain.tables import beneficiaries as tables

TARGET_GROUP = Resource(
    name="targetGroup",
    plural="targetGroups",
    table_model=tables.TargetGroup,
    fields=words.TargetGroupFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.TargetGroupFields,
    search=("name",),
    sorts=("name",),
    default_sort=("name",),
)

BENEFICIARY_COUNT = Resource(
    name="beneficiaryCount",
    plural="beneficiaryCounts",
    table_model=tables.BeneficiaryCount,
    fields=words.BeneficiaryCountFields,
    owner_kind=OwnerKind.ACTION,
    create=words.BeneficiaryCountCreate,
    refs={"action_id": Ref("action", one="action", many="beneficiaryCounts", asks=OWN)},
    sorts=("year", "created_at"),
    default_sort=("year",),
    immutable=frozenset({"counted"}),
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(OF_ACTION),
)

RESOURCES = (TARGET_GROUP, BENEFICIARY_COUNT)
