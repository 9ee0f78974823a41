"""The organisations that the synergy of an action concerns."""

import sqlalchemy as sa
from alembic import op

revision = "synergy_organisations"
down_revision = "postponement_reasons"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "action_synergy_organisation",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_action_synergy_organisation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_action_synergy_organisation_workspace_id_action_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "action_id", "organisation_id", name=op.f("pk_action_synergy_organisation")
        ),
    )
    op.execute("alter table action_synergy_organisation enable row level security")
    op.execute(f"create policy own_workspace on action_synergy_organisation using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on action_synergy_organisation to pst_runtime")


def downgrade() -> None:
    op.drop_table("action_synergy_organisation")
