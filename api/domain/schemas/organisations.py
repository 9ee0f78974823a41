"""Words about bodies and people: organisations, workspaces, units, persons, offices, partners."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints
from sqlalchemy import Text
from sqlmodel import Field

from api.domain.enumerations.common import Civility, OfficeKind, OrganisationKind, PersonKind, WorkspaceKind
from api.domain.schemas.base import Code, Day, Email, Flag, Hour, InputModel, Label, LongText, Nis, Rank

EnterpriseNumber = Annotated[str, StringConstraints(pattern=r"^[01]\d{9}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$")]


class OrganisationFields(InputModel):
    """A legal body of the shared directory."""

    name: Label
    kind: OrganisationKind = Field(sa_type=Text)
    enterprise_number: EnterpriseNumber | None = Field(
        default=None, description="BCE/KBO number: ten digits whose last two are the mod-97 check."
    )
    email: Email | None = None
    website: Label | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    successor_id: UUID | None = None


class OrganisationCreate(OrganisationFields):
    territory: list[Nis] = Field(default=[], max_length=262, description="NIS codes of the communes served.")


class WorkspaceFields(InputModel):
    """The space in which a commune with its CPAS, a province or a group keeps its plans."""

    name: Label
    slug: Slug
    kind: WorkspaceKind = Field(sa_type=Text)
    nis: Nis | None = None
    reminder_hour: Hour = Field(default=7, description="The hour in Brussels from which people are reminded.")


class WorkspaceCreate(WorkspaceFields):
    organisations: list[UUID] = Field(min_length=1, max_length=50, description="The houses it owns.")


class UnitFields(InputModel):
    """A service of an organisation."""

    name: Label
    code: Code | None = None
    parent_id: UUID | None = None
    email: Email | None = None


class UnitCreate(UnitFields):
    organisation_id: UUID


class PersonFields(InputModel):
    """Somebody as this workspace knows them; the account they sign in with is another thing."""

    kind: PersonKind = Field(sa_type=Text)
    civility: Civility | None = Field(default=None, sa_type=Text)
    family_name: Label
    given_name: Label | None = None
    email: Email | None = None
    phone: Code | None = None
    left_on: Day | None = Field(
        default=None, description="The day on which it left: it answers for nothing any more; never a day to come."
    )


class OfficeFields(InputModel):
    """A charge that persons hold one after another: bourgmestre, échevin, chef de service…"""

    kind: OfficeKind = Field(sa_type=Text)
    title: Label
    competences: LongText | None = None
    rank: Rank | None = None
    unit_id: UUID | None = None


class OfficeCreate(OfficeFields):
    organisation_id: UUID


class OfficeHoldingFields(InputModel):
    """Who holds an office, from when, until when."""

    starts_on: Day
    ends_on: Day | None = None


class OfficeHoldingCreate(OfficeHoldingFields):
    office_id: UUID
    person_id: UUID


class PartnerFields(InputModel):
    """An organisation as this workspace works with it."""

    label: Label | None = None
    contact_name: Label | None = None
    contact_email: Email | None = None
    note: LongText | None = None


class PartnerCreate(PartnerFields):
    organisation_id: UUID


class Archivable(InputModel):
    """Archived things are kept and hidden by default."""

    is_archived: Flag = False
