"""Words about the journal. Nobody writes them: commands do."""

from api.domain.schemas.base import InputModel


class JournalEntryFields(InputModel):
    """What a command changed of one thing: its image before and after, who did it, in which roles, by which door."""
