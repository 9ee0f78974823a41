"""The rules by which a house reminds its people."""

from api.domain.resources.base import OWN, Home, Ref, Resource
from api.domain.schemas import reminders as words
from api.domain.tables import reminders as tables

REMINDER_RULE = Resource(
    name="reminderRule",
    plural="reminderRules",
    table_model=tables.ReminderRule,
    fields=words.ReminderRuleFields,
    home=Home.WORKSPACE,
    create=words.ReminderRuleCreate,
    refs={"organisation_id": Ref("organisation", one="organisation", asks=OWN)},
    sorts=("kind", "created_at"),
    default_sort=("kind",),
)

RESOURCES = (REMINDER_RULE,)
