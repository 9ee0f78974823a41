"""Periods end by a source, items go on in those of another period, and plans go on beyond their period."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "periods_continued"
down_revision = "rows_shown_by_plan"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)
SOURCE = (
    "Réponse du ministre au Parlement de Wallonie du 11 mars 2025 : programmation 2020-2025 prolongée jusqu’au"
    " 31 décembre 2026. Rien n’est confirmé pour 2027 (état au 1er décembre 2026)."
)


def _kept() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )


def upgrade() -> None:
    _periods()
    _mappings()
    _amendments()
    _plans()
    _continuations()
    for tenant in ("plan_continuation", "plan_continuation_row"):
        op.execute(f"alter table {tenant} enable row level security")
        op.execute(f"create policy own_workspace on {tenant} using ({OWN}) with check ({OWN})")
    for table in ("plan_continuation", "plan_continuation_row", "period_item_mapping", "period_amendment"):
        op.execute(f"grant select, insert, update, delete on {table} to pst_runtime")


def _periods() -> None:
    op.add_column(
        "programming_period", sa.Column("end_certainty", sa.Text(), server_default="confirmed", nullable=False)
    )
    op.alter_column("programming_period", "end_certainty", server_default=None)
    op.add_column("programming_period", sa.Column("end_source", sa.String(), nullable=True))
    op.create_check_constraint(
        op.f("ck_programming_period_end_certainty_word"),
        "programming_period",
        "end_certainty in ('confirmed', 'announced')",
    )
    op.get_bind().execute(
        sa.text(
            "update programming_period set end_source = :source where plan_type_code = 'pcs' and code = '2020-2025'"
            " and ends_on = '2026-12-31'"
        ),
        {"source": SOURCE},
    )


def _mappings() -> None:
    op.create_table(
        "period_item_mapping",
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        *_kept(),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_item_id", sa.Uuid(), nullable=False),
        sa.Column("to_item_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("weight between 1 and 10000", name=op.f("ck_period_item_mapping_weight_range")),
        sa.ForeignKeyConstraint(["from_item_id"], ["period_item.id"], name=op.f("fk_period_item_mapping_from_item_id")),
        sa.ForeignKeyConstraint(["to_item_id"], ["period_item.id"], name=op.f("fk_period_item_mapping_to_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_item_mapping")),
        sa.UniqueConstraint("from_item_id", "to_item_id", name=op.f("uq_period_item_mapping_from_item_id_to_item_id")),
    )
    op.create_index("ix_period_item_mapping_to", "period_item_mapping", ["to_item_id"])


def _amendments() -> None:
    words = "('confirmed', 'announced')"
    op.create_table(
        "period_amendment",
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        *_kept(),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("former_ends_on", sa.Date(), nullable=False),
        sa.Column("former_certainty", sa.Text(), nullable=False),
        sa.Column("former_source", sa.String(), nullable=True),
        sa.Column("period_version", sa.Integer(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint(f"certainty in {words}", name=op.f("ck_period_amendment_certainty_word")),
        sa.ForeignKeyConstraint(["period_id"], ["programming_period.id"], name=op.f("fk_period_amendment_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_amendment")),
    )
    op.create_index("ix_period_amendment_period", "period_amendment", ["period_id"])


def _plans() -> None:
    op.add_column("plan", sa.Column("continues_id", sa.Uuid(), nullable=True))
    op.add_column("plan", sa.Column("without_period_from", sa.Date(), nullable=True))
    op.create_foreign_key(
        op.f("fk_plan_workspace_id_continues_id"),
        "plan",
        "plan",
        ["workspace_id", "continues_id"],
        ["workspace_id", "id"],
    )
    op.create_index(
        "uq_plan_continues",
        "plan",
        ["workspace_id", "continues_id", "period_id"],
        unique=True,
        postgresql_where=sa.text("continues_id is not null"),
    )


def _continuations() -> None:
    kinds = "('extension', 'successor', 'noneYet')"
    op.create_table(
        "plan_continuation",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("former_ends_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        *_kept(),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("next_plan_id", sa.Uuid(), nullable=True),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("next_period_id", sa.Uuid(), nullable=True),
        sa.Column("is_undone", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("first_position", sa.BigInteger(), nullable=False),
        sa.Column("last_position", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(f"kind in {kinds}", name=op.f("ck_plan_continuation_kind_word")),
        sa.CheckConstraint("first_position <= last_position", name=op.f("ck_plan_continuation_positions_in_order")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_plan_continuation_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["plan.workspace_id", "plan.id"],
            name=op.f("fk_plan_continuation_workspace_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "next_plan_id"],
            ["plan.workspace_id", "plan.id"],
            name=op.f("fk_plan_continuation_workspace_id_next_plan_id"),
        ),
        sa.ForeignKeyConstraint(["period_id"], ["programming_period.id"], name=op.f("fk_plan_continuation_period_id")),
        sa.ForeignKeyConstraint(
            ["next_period_id"], ["programming_period.id"], name=op.f("fk_plan_continuation_next_period_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_plan_continuation")),
    )
    op.create_index("ix_plan_continuation_plan", "plan_continuation", ["workspace_id", "plan_id"])
    op.create_index("ix_plan_continuation_next_plan", "plan_continuation", ["workspace_id", "next_plan_id"])
    op.create_table(
        "plan_continuation_row",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("continuation_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "continuation_id"],
            ["plan_continuation.workspace_id", "plan_continuation.id"],
            name=op.f("fk_plan_continuation_row_workspace_id_continuation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "continuation_id", "rank", name=op.f("pk_plan_continuation_row")),
    )


def downgrade() -> None:
    op.drop_table("plan_continuation_row")
    op.drop_table("plan_continuation")
    op.drop_index("uq_plan_continues", "plan")
    op.drop_constraint(op.f("fk_plan_workspace_id_continues_id"), "plan")
    op.drop_column("plan", "without_period_from")
    op.drop_column("plan", "continues_id")
    op.drop_table("period_amendment")
    op.drop_table("period_item_mapping")
    op.drop_constraint(op.f("ck_programming_period_end_certainty_word"), "programming_period")
    op.drop_column("programming_period", "end_source")
    op.drop_column("programming_period", "end_certainty")
