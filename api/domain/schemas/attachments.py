"""Words about documents: a link or an uploaded file, attached to an action, an objective or a plan."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, StringConstraints
from sqlalchemy import Text
from sqlmodel import Field

from api.domain.enumerations.common import Audience
from api.domain.schemas.base import Answer, Clean, Day, InputModel, LongText, Title, WebAddress


def _without_path(name: str) -> str:
    if any(c in name for c in '/\\:*?"<>|') or name.strip(". ") == "":
        raise ValueError("the name of a file without its folder")
    return name


FileName = Annotated[
    str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), Clean, AfterValidator(_without_path)
]


class AttachmentFields(InputModel):
    """A document of an action, an objective or a plan: a link to it, or a file that was uploaded."""

    title: Title
    description: LongText | None = None
    dated_on: Day | None = Field(default=None, description="The date that the document bears.")
    link: WebAddress | None = Field(default=None, description="Where it is on the web; null for an uploaded file.")
    file_name: FileName | None = Field(default=None, description="Under which name it is saved.")
    audience: Audience = Field(default=Audience.ADMINISTRATION, sa_type=Text)


class AttachmentCreate(AttachmentFields):
    file_id: UUID | None = Field(default=None, description="The file as uploaded (`POST /files`), instead of a link.")
    action_id: UUID | None = None
    objective_id: UUID | None = None
    plan_id: UUID | None = None


class UploadedFile(Answer):
    """A file that waits for a day to be attached."""

    id: UUID
    media_type: str
    size_bytes: int
    sha256: str
    created_at: datetime
