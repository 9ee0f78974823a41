"""Words about the editions of a recurring action: what happens of it in one year."""

from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field

from api.domain.enumerations.common import EditionStatus
from api.domain.schemas.base import Day, InputModel, LongText, Percent, Year


class EditionFields(InputModel):
    """What a recurring action is in one year: when it is planned, whether it was held, how far it went."""

    year: Year
    status: EditionStatus = Field(default=EditionStatus.PLANNED, sa_type=Text)
    progress: Percent = Field(default=0, description="Percent done; 100 once it was held, unless said otherwise.")
    planned_start: Day | None = None
    planned_end: Day | None = Field(default=None, description="The last planned day.")
    actual_start: Day | None = None
    actual_end: Day | None = None
    remark: LongText | None = None


class EditionCreate(EditionFields):
    action_id: UUID
