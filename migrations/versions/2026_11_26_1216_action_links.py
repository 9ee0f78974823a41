"""Links between actions: part of, contributes to, depends on, related."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "action_links"
down_revision = "dpcs"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "action_link",
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("linked_action_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind in ('partOf', 'contributesTo', 'dependsOn', 'related')", name=op.f("ck_action_link_kind_word")
        ),
        sa.CheckConstraint("linked_action_id <> action_id", name=op.f("ck_action_link_another_action")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_action_link_workspace_id_action_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "linked_action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_action_link_workspace_id_linked_action_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_action_link_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_action_link")),
        sa.UniqueConstraint(
            "workspace_id",
            "action_id",
            "linked_action_id",
            "kind",
            name=op.f("uq_action_link_workspace_id_action_id_linked_action_id_kind"),
        ),
    )
    op.create_index("ix_action_link_linked", "action_link", ["workspace_id", "linked_action_id"], unique=False)
    op.create_index(
        "uq_action_link_related",
        "action_link",
        [
            "workspace_id",
            sa.literal_column("least(action_id, linked_action_id)"),
            sa.literal_column("greatest(action_id, linked_action_id)"),
        ],
        unique=True,
        postgresql_where=sa.text("kind = 'related'"),
    )
    for tenant in ("action_link",):
        op.execute(f"alter table {tenant} enable row level security")
        op.execute(f"create policy own_workspace on {tenant} using ({OWN}) with check ({OWN})")
        op.execute(f"grant select, insert, update, delete on {tenant} to pst_runtime")


def downgrade() -> None:
    op.drop_table("action_link")
