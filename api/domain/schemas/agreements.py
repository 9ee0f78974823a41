"""Words about agreements (conventions): who commits to what, from when to when, by which decision."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints
from sqlalchemy import Text
from sqlmodel import Field

from api.domain.enumerations.common import Organ
from api.domain.enumerations.programming import AgreementState
from api.domain.schemas.base import Amount, Clean, Day, Flag, InputModel, Label, LongText, Title, Year
from api.domain.schemas.plans import Months

WebAddress = Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s<>\"]+$"), Clean]


class AgreementAmount(InputModel):
    """What an agreement brings in one year: money, something in kind, or both."""

    year: Year
    amount: Amount | None = None
    in_kind: Label | None = Field(default=None, description="A room, a vehicle, hours of staff…")


class AgreementDocument(InputModel):
    """A document of the agreement, as a link."""

    label: Label
    link: WebAddress


class AgreementFields(InputModel):
    """An agreement (convention) with partners. Its parties read it once it is proposed to them."""

    title: Title
    reference: Label | None = None
    state: AgreementState = Field(default=AgreementState.DRAFT, sa_type=Text)
    starts_on: Day | None = None
    ends_on: Day | None = Field(default=None, description="Its last day; null when it has no end.")
    notice_months: Months | None = Field(default=None, description="How long before its end it must be renewed.")
    alert_on: Day | None = Field(default=None, description="When to think of its renewal, if not by the notice.")
    is_tacitly_renewed: Flag = False
    decided_on: Day | None = None
    decision_organ: Organ | None = Field(default=None, sa_type=Text)
    decision_reference: Label | None = None
    decision_link: WebAddress | None = None
    remark: LongText | None = Field(default=None, description="For the administration: its parties do not read it.")


class AgreementParts(InputModel):
    party_ids: list[UUID] = Field(default=[], max_length=30, description="The organisations that it binds.")
    amounts: list[AgreementAmount] = Field(default=[], max_length=20)
    documents: list[AgreementDocument] = Field(default=[], max_length=20)


class AgreementCreate(AgreementFields, AgreementParts):
    organisation_id: UUID = Field(description="The house that keeps it.")
