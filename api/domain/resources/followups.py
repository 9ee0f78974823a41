"""Follow-ups as documents of their action."""

from uuid import UUID

from api.domain.policy import OF_PROGRESS
from api.domain.resources.base import IN_PLAN, OWN, READS, Filter, OwnerKind, Ref, Resource
from api.domain.resources.version_content import FOR_READERS, OF_ACTION, VersionPart
from api.domain.schemas import followups as words
from api.domain.tables import followups as tables

FOLLOW_UP = Resource(
    name="followUp",
    plural="followUps",
    table_model=tables.FollowUp,
    fields=words.FollowUpFields,
    owner_kind=OwnerKind.ACTION,
    create=words.FollowUpCreate,
    refs={
        "action_id": Ref("action", one="action", many="followUps", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
        "author_person_id": Ref("person", one="author", asks=READS),
    },
    filters={
        "plan_id": Filter(
            "exists (select from plan_action x where x.workspace_id = {t}.workspace_id"
            " and x.action_id = {t}.action_id and not x.is_withdrawn and x.plan_id = any({v}))", "uuid[]", UUID,
            shown=IN_PLAN, shown_plans="{v}", field="id"),
    },
    search=("text",),
    sorts=("noted_on", "created_at"),
    default_sort=("noted_on", "created_at"),
    parent_owner="action_id",
    machine_scopes=OF_PROGRESS,
    in_versions=VersionPart(f"{FOR_READERS} and {OF_ACTION}"),
)  # fmt: skip

RESOURCES = (FOLLOW_UP,)
