"""What a search finds, over several concepts at once."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from api.domain.schemas.base import Answer


class FoundKind(StrEnum):
    """The concepts that can be searched together."""

    PLAN = "plan"
    OBJECTIVE = "objective"
    ACTION = "action"
    FINDING = "finding"
    ORGANISATION = "organisation"


class Match(StrEnum):
    """How the words were found."""

    TITLE = "title"
    TEXT = "text"
    ALIKE = "alike"


class Found(Answer):
    """One thing found, with the plans in which it stands for its reader."""

    kind: FoundKind
    id: UUID
    href: str
    title: str
    match: Match = Field(
        description="`title`: the title says the words; `text`: another text does; `alike`: the title resembles them."
    )
    plan_ids: list[UUID] = Field(description="The plans that hold it, as far as the reader sees them.")


class SearchAnswer(Answer):
    """The best matches, best first: titles that say the words, then texts, then titles that resemble them."""

    items: list[Found]
    has_more: bool
