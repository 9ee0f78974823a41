"""Uploaded files, and the documents that point at them or at the web."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "attachments"
down_revision = "decisions"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "file",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("is_frozen", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_file_sha256_form")),
        sa.CheckConstraint("num_nonnulls(account_id, client_id) = 1", name=op.f("ck_file_one_uploader_form")),
        sa.CheckConstraint("octet_length(content) = size_bytes", name=op.f("ck_file_size_form")),
        sa.CheckConstraint("octet_length(content) between 1 and 20971520", name=op.f("ck_file_content_range")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_file_account_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_file_client_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_file_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_file")),
    )
    op.create_index("ix_file_uploader", "file", ["workspace_id", "account_id", "client_id", "sha256"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("link", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("objective_id", sa.Uuid(), nullable=True),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint(
            "audience in ('restricted', 'college', 'administration', 'partners', 'council', 'public')",
            name=op.f("ck_attachment_audience_word"),
        ),
        sa.CheckConstraint("link like 'https://%'", name=op.f("ck_attachment_link_form")),
        sa.CheckConstraint("(file_id is null) = (file_name is null)", name=op.f("ck_attachment_file_has_name")),
        sa.CheckConstraint(
            "num_nonnulls(action_id, objective_id, plan_id) = 1", name=op.f("ck_attachment_exactly_one_bearer")
        ),
        sa.CheckConstraint("num_nonnulls(link, file_id) = 1", name=op.f("ck_attachment_link_or_file")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_attachment_workspace_id_action_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "file_id"],
            ["file.workspace_id", "file.id"],
            name=op.f("fk_attachment_workspace_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "objective_id"],
            ["objective.workspace_id", "objective.id"],
            name=op.f("fk_attachment_workspace_id_objective_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["plan.workspace_id", "plan.id"],
            name=op.f("fk_attachment_workspace_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_attachment_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_action", "attachment", ["workspace_id", "action_id"], unique=False)
    op.create_index("ix_attachment_file", "attachment", ["workspace_id", "file_id"], unique=False)
    op.create_index("ix_attachment_objective", "attachment", ["workspace_id", "objective_id"], unique=False)
    op.create_index("ix_attachment_plan", "attachment", ["workspace_id", "plan_id"], unique=False)
    for tenant in (
        "file",
        "attachment",
    ):
        op.execute(f"alter table {tenant} enable row level security")
        op.execute(f"create policy own_workspace on {tenant} using ({OWN}) with check ({OWN})")
        op.execute(f"grant select, insert, update, delete on {tenant} to pst_runtime")
    op.execute(
        "create policy published on file for select using (exists (select from shown_row s"
        " where s.workspace_id = file.workspace_id and s.circle = 'public' and s.entity = 'attachment'"
        " and s.image->>'file_id' = file.id::text and s.image->>'audience' = 'public'))"
    )


def downgrade() -> None:
    op.drop_table("attachment")
    op.drop_table("file")
