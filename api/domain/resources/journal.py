"""The journal as records to read: what was changed, by whom, when."""

from uuid import UUID

from api.domain.policy import OF_JOURNAL
from api.domain.resources.base import OWN, Filter, HouseView, OwnerKind, Ref, Resource
from api.domain.schemas.journal import JournalEntryFields
from api.domain.tables.journal import JournalEntry

_ABOUT_ACTION = "({t}.action_id = any({v}) or {t}.linked_action_id = any({v}))"

JOURNAL_ENTRY = Resource(
    name="journalEntry",
    plural="journalEntries",
    table_model=JournalEntry,
    fields=JournalEntryFields,
    owner_kind=OwnerKind.WORKSPACE,
    can_update=False,
    can_delete=False,
    is_record=True,
    refs={"workspace_id": Ref("workspace", one="workspace", asks=OWN)},
    hidden=frozenset({"action_id", "linked_action_id"}),
    filters={"action_id": Filter(_ABOUT_ACTION, "uuid[]", UUID, field="entity_id")},
    images=frozenset({"before", "after"}),
    sorts=("position",),
    default_sort=("position",),
    machine_scopes=OF_JOURNAL,
    house_view=HouseView.JOURNAL,
)

RESOURCES = (JOURNAL_ENTRY,)
