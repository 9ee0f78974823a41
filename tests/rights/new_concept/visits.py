"""A concept that the service does not have: visits of an action's site. Its table, its fields and its declaration."""

from uuid import UUID

from sqlmodel import Field

from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import OWN, OwnerKind, Ref, Resource
from api.domain.resources.version_content import OF_ACTION, VersionPart
from api.domain.schemas.base import Day, InputModel, Title
from api.domain.tables.base import TenantRow, tenant_key


class VisitFields(InputModel):
    """One visit of the site of an action."""

    visited_on: Day = Field(description="The day of the visit.")
    purpose: Title = Field(description="What it was for.")


class VisitCreate(VisitFields):
    action_id: UUID


class Visit(TenantRow, VisitFields, table=True):
    __tablename__ = "visit"
    __table_args__ = (tenant_key("action_id", "action"),)
    action_id: UUID


VISIT = Resource(
    name="visit",
    plural="visits",
    table_model=Visit,
    fields=VisitFields,
    owner_kind=OwnerKind.ACTION,
    create=VisitCreate,
    refs={"action_id": Ref("action", one="action", many="visits", asks=OWN)},
    search=("purpose",),
    sorts=("visited_on",),
    default_sort=("visited_on",),
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(OF_ACTION),
)

RESOURCES = (VISIT,)
