"""The journal as records to read: what was changed, by whom, when."""

from api.domain.resources.base import Home, Ref, Resource
from api.domain.schemas.journal import JournalEntryFields
from api.domain.tables.journal import JournalEntry

JOURNAL_ENTRY = Resource(
    name="journalEntry",
    plural="journalEntries",
    table_model=JournalEntry,
    fields=JournalEntryFields,
    home=Home.WORKSPACE,
    can_update=False,
    can_delete=False,
    is_record=True,
    refs={"workspace_id": Ref("workspace", one="workspace")},
    sorts=("position",),
    default_sort=("position",),
)

RESOURCES = (JOURNAL_ENTRY,)
