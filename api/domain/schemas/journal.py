"""Words about the journal. Nobody writes them: commands do."""

from api.domain.schemas.base import Words


class JournalEntryFields(Words):
    """What a command changed of one thing: its image before and after, who did it, in which roles, by which door."""
