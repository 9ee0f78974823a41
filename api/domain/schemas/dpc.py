"""Words about the DPC (déclaration de politique communale; for a CPAS: sociale), from which objectives descend."""

from uuid import UUID

from sqlmodel import Field

from api.domain.schemas.agreements import WebAddress
from api.domain.schemas.base import Code, Day, Flag, InputModel, Label, LongText, Title
from api.domain.schemas.plans import Positioned


class DpcFields(InputModel):
    """What the majority declares that it will do in a term. Once adopted it is a public document."""

    title: Title
    term_id: UUID | None = None
    adopted_on: Day | None = Field(default=None, description="By the council; until then its own house alone reads it.")
    published_on: Day | None = Field(default=None, description="From then on everybody reads it.")
    decision_reference: Label | None = None
    link: WebAddress | None = None
    note: LongText | None = None


class DpcCreate(DpcFields):
    organisation_id: UUID = Field(description="The house whose declaration it is.")


class DpcItemFields(InputModel):
    """A section of the declaration, or a commitment: objectives descend from commitments."""

    text: Title
    parent_id: UUID | None = Field(default=None, description="The section in which it stands.")
    is_section: Flag = False
    own_code: Code | None = None
    is_dropped: Flag = Field(default=False, description="Given up in the course of the term: no objective is awaited.")


class DpcItemCreate(DpcItemFields, Positioned):
    dpc_id: UUID
