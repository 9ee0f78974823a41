"""Links between actions, across plans, inside one workspace."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from api.domain.enumerations.common import ActionLinkKind
from api.domain.schemas.links import ActionLinkFields
from api.domain.tables.base import TenantRow, tenant_key

_KINDS = ", ".join(f"'{kind}'" for kind in ActionLinkKind)


class ActionLink(TenantRow, ActionLinkFields, table=True):
    __tablename__ = "action_link"
    __table_args__ = (
        CheckConstraint(f"kind in ({_KINDS})", name="kind_word"),
        CheckConstraint("linked_action_id <> action_id", name="another_action"),
        tenant_key("action_id", "action"),
        tenant_key("linked_action_id", "action"),
        UniqueConstraint("workspace_id", "action_id", "linked_action_id", "kind"),
        Index("ix_action_link_linked", "workspace_id", "linked_action_id"),
        Index(
            "uq_action_link_related",
            "workspace_id",
            text("least(action_id, linked_action_id)"),
            text("greatest(action_id, linked_action_id)"),
            unique=True,
            postgresql_where=text("kind = 'related'"),
        ),
    )
    action_id: UUID
    linked_action_id: UUID
    kind: ActionLinkKind = Field(sa_type=Text)
