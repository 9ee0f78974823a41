"""Documents of actions, objectives and plans: links and uploaded files."""

from dataclasses import replace

from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import OWN, OwnerKind, Ref, Resource
from api.domain.resources.decisions import OF_PLAN
from api.domain.resources.version_content import FOR_READERS, OF_ACTION, OF_OBJECTIVE, VersionPart
from api.domain.schemas import attachments as words
from api.domain.tables import attachments as tables

_OWN = "{t}.plan_id = any({v})"

ATTACHMENT = Resource(
    name="attachment",
    plural="attachments",
    table_model=tables.Attachment,
    fields=words.AttachmentFields,
    owner_kind=OwnerKind.BEARER,
    create=words.AttachmentCreate,
    refs={
        "action_id": Ref("action", one="action", many="attachments", asks=OWN),
        "objective_id": Ref("objective", one="objective", many="attachments", asks=OWN),
        "plan_id": Ref("plan", one="plan", many="attachments", asks=OWN),
    },
    filters={
        "of_plan_id": replace(OF_PLAN, sql=f"({_OWN} or {OF_PLAN.sql})"),
    },
    search=("title", "description"),
    sorts=("title", "dated_on", "created_at"),
    default_sort=("created_at",),
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(f"{FOR_READERS} and (t.plan_id = p.id or {OF_ACTION} or {OF_OBJECTIVE})"),
)

RESOURCES = (ATTACHMENT,)
