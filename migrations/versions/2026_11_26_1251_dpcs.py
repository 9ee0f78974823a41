"""The DPC of a house with its sections and items, and the objectives that descend from them."""

import sqlalchemy as sa
from alembic import op

revision = "dpcs"
down_revision = "right_indices"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "dpc",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("decision_reference", sa.String(), nullable=True),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "published_on is null or adopted_on is not null", name=op.f("ck_dpc_published_once_adopted")
        ),
        sa.CheckConstraint(
            "published_on is null or published_on >= adopted_on", name=op.f("ck_dpc_published_after_adoption")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_dpc_term_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
            name=op.f("fk_dpc_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_dpc_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_dpc")),
        sa.UniqueConstraint(
            "workspace_id", "organisation_id", "term_id", name=op.f("uq_dpc_workspace_id_organisation_id_term_id")
        ),
    )
    op.create_table(
        "dpc_item",
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("is_section", sa.Boolean(), nullable=False),
        sa.Column("own_code", sa.String(), nullable=True),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dpc_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Text(collation="C"), nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_dpc_item_parent_is_another")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "dpc_id", "parent_id"],
            ["dpc_item.workspace_id", "dpc_item.dpc_id", "dpc_item.id"],
            name=op.f("fk_dpc_item_workspace_id_dpc_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "dpc_id"], ["dpc.workspace_id", "dpc.id"], name=op.f("fk_dpc_item_workspace_id_dpc_id")
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_dpc_item_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_dpc_item")),
        sa.UniqueConstraint("workspace_id", "dpc_id", "id", name=op.f("uq_dpc_item_workspace_id_dpc_id_id")),
    )
    op.create_index("ix_dpc_item_siblings", "dpc_item", ["workspace_id", "dpc_id", "position"], unique=False)
    op.create_table(
        "objective_dpc_item",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("objective_id", sa.Uuid(), nullable=False),
        sa.Column("dpc_item_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "dpc_item_id"],
            ["dpc_item.workspace_id", "dpc_item.id"],
            name=op.f("fk_objective_dpc_item_workspace_id_dpc_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "objective_id"],
            ["objective.workspace_id", "objective.id"],
            name=op.f("fk_objective_dpc_item_workspace_id_objective_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "objective_id", "dpc_item_id", name=op.f("pk_objective_dpc_item")),
    )
    op.create_index("ix_objective_dpc_item_item", "objective_dpc_item", ["workspace_id", "dpc_item_id"], unique=False)
    op.execute("alter table dpc enable row level security")
    op.execute(f"create policy own_workspace on dpc using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on dpc to pst_runtime")
    op.execute("alter table dpc_item enable row level security")
    op.execute(f"create policy own_workspace on dpc_item using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on dpc_item to pst_runtime")
    op.execute("alter table objective_dpc_item enable row level security")
    op.execute(f"create policy own_workspace on objective_dpc_item using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on objective_dpc_item to pst_runtime")
    op.execute("create policy published on dpc for select using (published_on is not null)")
    op.execute(
        "create policy published on dpc_item for select using (exists (select from dpc d where"
        " d.workspace_id = dpc_item.workspace_id and d.id = dpc_item.dpc_id and d.published_on is not null))"
    )


def downgrade() -> None:
    op.drop_index("ix_objective_dpc_item_item", table_name="objective_dpc_item")
    op.drop_table("objective_dpc_item")
    op.drop_index("ix_dpc_item_siblings", table_name="dpc_item")
    op.drop_table("dpc_item")
    op.drop_table("dpc")
