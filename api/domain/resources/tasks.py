"""The tasks of an action."""

from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import OWN, READS, OwnerKind, Ref, Resource
from api.domain.schemas import actions as words
from api.domain.tables import actions as tables

TASK = Resource(
    name="task",
    plural="tasks",
    table_model=tables.Task,
    fields=words.TaskFields,
    owner_kind=OwnerKind.ACTION,
    create=words.TaskCreate,
    refs={
        "action_id": Ref("action", one="action", many="tasks", asks=OWN),
        "assignee_unit_id": Ref("unit", one="assigneeUnit", asks=READS),
        "assignee_person_id": Ref("person", one="assigneePerson", asks=READS),
    },
    search=("title",),
    sorts=("position", "due_by"),
    default_sort=("position",),
    is_ordered=True,
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
)

RESOURCES = (TASK,)
