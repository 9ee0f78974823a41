"""The rules by which a house reminds its people."""

from api.domain.resources.base import OWN, OwnerKind, Ref, Resource
from api.domain.schemas import reminders as words
from api.domain.tables import reminders as tables

REMINDER_RULE = Resource(
    name="reminderRule",
    plural="reminderRules",
    table_model=tables.ReminderRule,
    fields=words.ReminderRuleFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.ReminderRuleCreate,
    refs={"organisation_id": Ref("organisation", one="organisation", asks=OWN)},
    sorts=("kind", "created_at"),
    default_sort=("kind",),
)

RESOURCES = (REMINDER_RULE,)
