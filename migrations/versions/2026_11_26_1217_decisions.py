"""Decisions of organs on actions and objectives."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "decisions"
down_revision = "action_links"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("organ", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("link", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("objective_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "audience in ('restricted', 'college', 'administration', 'partners', 'council', 'public')",
            name=op.f("ck_decision_audience_word"),
        ),
        sa.CheckConstraint("link like 'https://%'", name=op.f("ck_decision_link_form")),
        sa.CheckConstraint(
            "organ in ('codir', 'college', 'council', 'bureau', 'government', 'administration')",
            name=op.f("ck_decision_organ_word"),
        ),
        sa.CheckConstraint("num_nonnulls(action_id, objective_id) = 1", name=op.f("ck_decision_exactly_one_bearer")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_decision_workspace_id_action_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "objective_id"],
            ["objective.workspace_id", "objective.id"],
            name=op.f("fk_decision_workspace_id_objective_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
            name=op.f("fk_decision_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_decision_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_action", "decision", ["workspace_id", "action_id", "decided_on"], unique=False)
    op.create_index("ix_decision_objective", "decision", ["workspace_id", "objective_id", "decided_on"], unique=False)
    for tenant in ("decision",):
        op.execute(f"alter table {tenant} enable row level security")
        op.execute(f"create policy own_workspace on {tenant} using ({OWN}) with check ({OWN})")
        op.execute(f"grant select, insert, update, delete on {tenant} to pst_runtime")


def downgrade() -> None:
    op.drop_table("decision")
