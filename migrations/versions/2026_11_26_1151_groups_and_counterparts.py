"""Groups: their members, what they offer, the counterparts that members make, and who took up what."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "groups_and_counterparts"
down_revision: str | None = "attachments"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)
MEMBERS = (
    "is_offered and exists (select from group_member m join workspace_organisation h"
    " on h.organisation_id = m.organisation_id join workspace w on w.id = h.workspace_id and w.kind <> 'group'"
    " where m.group_id = group_action.workspace_id and m.ended_at is null and h.workspace_id ="
    " any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]))"
)
"""The one row of a group that its members reach: what it offers them."""

TENANTS = ("counterpart", "group_action", "group_action_claim", "uptake")


def upgrade() -> None:
    op.create_table(
        "group_member",
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_group_member_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["group_id", "organisation_id"],
            ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
            name=op.f("fk_group_member_group_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["group_id"], ["workspace.id"], name=op.f("fk_group_member_group_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_group_member_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
    )
    op.create_index(
        "ix_group_member_organisation",
        "group_member",
        ["organisation_id", "group_id"],
        unique=False,
        postgresql_where="ended_at is null",
    )
    op.create_index(
        "uq_group_member_lead",
        "group_member",
        ["group_id"],
        unique=True,
        postgresql_where="is_lead and ended_at is null",
    )
    op.create_index(
        "uq_group_member_live",
        "group_member",
        ["group_id", "organisation_id"],
        unique=True,
        postgresql_where="ended_at is null",
    )
    op.create_table(
        "counterpart",
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("origin_workspace_id", sa.Uuid(), nullable=False),
        sa.Column("origin_action_id", sa.Uuid(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("origin_workspace_id <> workspace_id", name=op.f("ck_counterpart_origin_is_elsewhere")),
        sa.ForeignKeyConstraint(
            ["origin_workspace_id"], ["workspace.id"], name=op.f("fk_counterpart_origin_workspace_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_counterpart_workspace_id_action_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
            name=op.f("fk_counterpart_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_counterpart_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_counterpart")),
    )
    op.create_index(
        "uq_counterpart_action",
        "counterpart",
        ["workspace_id", "action_id"],
        unique=True,
        postgresql_where="released_at is null",
    )
    op.create_index(
        "uq_counterpart_origin",
        "counterpart",
        ["workspace_id", "origin_workspace_id", "origin_action_id"],
        unique=True,
        postgresql_where="released_at is null",
    )
    op.create_table(
        "group_action",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("planned_start", sa.Date(), nullable=True),
        sa.Column("planned_start_precision", sa.Text(), nullable=True),
        sa.Column("planned_end", sa.Date(), nullable=True),
        sa.Column("planned_end_precision", sa.Text(), nullable=True),
        sa.Column("actual_start", sa.Date(), nullable=True),
        sa.Column("actual_end", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "planned_end_precision in ('day', 'month', 'quarter', 'semester', 'year', 'term', 'continuous', 'undetermined')",
            name=op.f("ck_group_action_planned_end_precision_word"),
        ),
        sa.CheckConstraint(
            "planned_start_precision in ('day', 'month', 'quarter', 'semester', 'year', 'term', 'continuous', 'undetermined')",
            name=op.f("ck_group_action_planned_start_precision_word"),
        ),
        sa.CheckConstraint(
            "status in ('draft', 'notStarted', 'waiting', 'inProgress', 'suspended', 'completed', 'cancelled')",
            name=op.f("ck_group_action_status_word"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "id"], ["action.workspace_id", "action.id"], name=op.f("fk_group_action_workspace_id_id")
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_group_action_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_group_action")),
    )
    op.create_table(
        "uptake",
        sa.Column("taken_up_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("member_workspace_id", sa.Uuid(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("member_workspace_id <> workspace_id", name=op.f("ck_uptake_member_is_elsewhere")),
        sa.ForeignKeyConstraint(["member_workspace_id"], ["workspace.id"], name=op.f("fk_uptake_member_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_uptake_workspace_id_action_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
            name=op.f("fk_uptake_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_uptake_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_uptake")),
    )
    op.create_index(
        "uq_uptake_member",
        "uptake",
        ["workspace_id", "action_id", "member_workspace_id"],
        unique=True,
        postgresql_where="released_at is null",
    )
    op.create_table(
        "group_action_claim",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("group_action_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("plan_title", sa.String(), nullable=False),
        sa.Column("own_code", sa.String(), nullable=True),
        sa.Column("period_item_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["period_item_id"], ["period_item.id"], name=op.f("fk_group_action_claim_period_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "group_action_id"],
            ["group_action.workspace_id", "group_action.id"],
            name=op.f("fk_group_action_claim_workspace_id_group_action_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["plan.workspace_id", "plan.id"],
            name=op.f("fk_group_action_claim_workspace_id_plan_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "group_action_id", "plan_id", name=op.f("pk_group_action_claim")),
    )
    op.add_column("action", sa.Column("origin_workspace_id", sa.Uuid(), nullable=True))
    op.add_column("action", sa.Column("origin_action_id", sa.Uuid(), nullable=True))
    op.create_index(
        "uq_action_origin",
        "action",
        ["workspace_id", "origin_workspace_id", "origin_action_id"],
        unique=True,
        postgresql_where="origin_action_id is not null",
    )
    op.create_foreign_key(op.f("fk_action_origin_workspace_id"), "action", "workspace", ["origin_workspace_id"], ["id"])
    op.add_column("plan", sa.Column("origin_workspace_id", sa.Uuid(), nullable=True))
    op.add_column("plan", sa.Column("origin_plan_id", sa.Uuid(), nullable=True))
    op.create_index(
        "uq_plan_origin",
        "plan",
        ["workspace_id", "origin_workspace_id", "origin_plan_id"],
        unique=True,
        postgresql_where="origin_plan_id is not null",
    )
    op.create_foreign_key(op.f("fk_plan_origin_workspace_id"), "plan", "workspace", ["origin_workspace_id"], ["id"])
    for table, column in (("action", "origin_action_id"), ("plan", "origin_plan_id")):
        op.create_check_constraint(
            op.f(f"ck_{table}_origin_is_whole"), table, f"num_nonnulls(origin_workspace_id, {column}) <> 1"
        )
    for table in TENANTS:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_workspace on {table} using ({OWN}) with check ({OWN})")
    op.execute(f"create policy members on group_action for select using ({MEMBERS})")
    op.execute(
        "create policy members on group_action_claim for select using (exists (select from group_action a"
        " where a.workspace_id = group_action_claim.workspace_id and a.id = group_action_claim.group_action_id"
        f" and {MEMBERS.replace('is_offered', 'a.is_offered').replace('group_action.workspace_id', 'a.workspace_id')}))"
    )
    for table in ("group_member", *TENANTS):
        op.execute(f"grant select, insert, update, delete on {table} to pst_runtime")
    op.execute(
        "insert into group_member (id, group_id, organisation_id, is_lead) select gen_random_uuid(), h.workspace_id,"
        " h.organisation_id, h.rank = min(h.rank) over (partition by h.workspace_id) from workspace_organisation h"
        " join workspace w on w.id = h.workspace_id and w.kind = 'group' and w.closed_at is null"
    )


def downgrade() -> None:
    for table in ("action", "plan"):
        op.drop_constraint(op.f(f"ck_{table}_origin_is_whole"), table)
    op.drop_constraint(op.f("fk_plan_origin_workspace_id"), "plan", type_="foreignkey")
    op.drop_index("uq_plan_origin", table_name="plan", postgresql_where="origin_plan_id is not null")
    op.drop_column("plan", "origin_plan_id")
    op.drop_column("plan", "origin_workspace_id")
    op.drop_constraint(op.f("fk_action_origin_workspace_id"), "action", type_="foreignkey")
    op.drop_index("uq_action_origin", table_name="action", postgresql_where="origin_action_id is not null")
    op.drop_column("action", "origin_action_id")
    op.drop_column("action", "origin_workspace_id")
    op.drop_table("group_action_claim")
    op.drop_index("uq_uptake_member", table_name="uptake", postgresql_where="released_at is null")
    op.drop_table("uptake")
    op.drop_table("group_action")
    op.drop_index("uq_counterpart_origin", table_name="counterpart", postgresql_where="released_at is null")
    op.drop_index("uq_counterpart_action", table_name="counterpart", postgresql_where="released_at is null")
    op.drop_table("counterpart")
    op.drop_index("uq_group_member_live", table_name="group_member", postgresql_where="ended_at is null")
    op.drop_index("uq_group_member_lead", table_name="group_member", postgresql_where="is_lead and ended_at is null")
    op.drop_index("ix_group_member_organisation", table_name="group_member", postgresql_where="ended_at is null")
    op.drop_table("group_member")
