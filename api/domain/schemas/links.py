"""Words about how actions lean on each other."""

from uuid import UUID

from sqlmodel import Field

from api.domain.enumerations.common import ActionLinkKind
from api.domain.schemas.base import InputModel, LongText


class ActionLinkFields(InputModel):
    """An action is part of another, contributes to it, depends on it, or is simply related to it."""

    note: LongText | None = None


class ActionLinkCreate(ActionLinkFields):
    kind: ActionLinkKind = Field(description="What `actionId` is to `linkedActionId`.")
    action_id: UUID
    linked_action_id: UUID
