"""Agreements with their parties, amounts and documents; partnerships name one."""

import sqlalchemy as sa
from alembic import op

from api.migration import run_file

revision = "agreements"
down_revision = "plan_counting"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("notice_months", sa.Integer(), nullable=True),
        sa.Column("alert_on", sa.Date(), nullable=True),
        sa.Column("is_tacitly_renewed", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_organ", sa.Text(), nullable=True),
        sa.Column("decision_reference", sa.String(), nullable=True),
        sa.Column("decision_link", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint(
            "decision_organ in ('codir', 'college', 'council', 'bureau', 'government', 'administration')",
            name=op.f("ck_agreement_decision_organ_word"),
        ),
        sa.CheckConstraint(
            "state in ('draft', 'proposed', 'signed', 'ended', 'terminated')", name=op.f("ck_agreement_state_word")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_agreement_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
            name=op.f("fk_agreement_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_agreement_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_agreement")),
    )
    op.create_index("ix_agreement_ends_on", "agreement", ["workspace_id", "ends_on"], unique=False)
    op.create_table(
        "agreement_link",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agreement_id"],
            ["agreement.workspace_id", "agreement.id"],
            name=op.f("fk_agreement_link_workspace_id_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "agreement_id", "rank", name=op.f("pk_agreement_link")),
    )
    op.create_table(
        "agreement_party",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_agreement_party_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agreement_id"],
            ["agreement.workspace_id", "agreement.id"],
            name=op.f("fk_agreement_party_workspace_id_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "agreement_id", "organisation_id", name=op.f("pk_agreement_party")),
    )
    op.create_index(
        "ix_agreement_party_organisation",
        "agreement_party",
        ["organisation_id", "workspace_id", "agreement_id"],
        unique=False,
    )
    op.create_table(
        "agreement_year",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("in_kind", sa.String(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_agreement_year_amount_not_negative")),
        sa.CheckConstraint("num_nonnulls(amount, in_kind) > 0", name=op.f("ck_agreement_year_amount_or_in_kind")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agreement_id"],
            ["agreement.workspace_id", "agreement.id"],
            name=op.f("fk_agreement_year_workspace_id_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "agreement_id", "year", name=op.f("pk_agreement_year")),
    )
    op.add_column("partnership", sa.Column("agreement_id", sa.Uuid(), nullable=True))
    op.create_index("ix_partnership_agreement", "partnership", ["workspace_id", "agreement_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_partnership_workspace_id_agreement_id"),
        "partnership",
        "agreement",
        ["workspace_id", "agreement_id"],
        ["workspace_id", "id"],
    )
    op.execute("alter table agreement enable row level security")
    op.execute(f"create policy own_workspace on agreement using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on agreement to pst_runtime")
    op.execute("alter table agreement_link enable row level security")
    op.execute(f"create policy own_workspace on agreement_link using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on agreement_link to pst_runtime")
    op.execute("alter table agreement_party enable row level security")
    op.execute(f"create policy own_workspace on agreement_party using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on agreement_party to pst_runtime")
    op.execute("alter table agreement_year enable row level security")
    op.execute(f"create policy own_workspace on agreement_year using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on agreement_year to pst_runtime")
    run_file(op.get_bind(), "partner_workspaces")
    run_file(op.get_bind(), "identity")


def downgrade() -> None:
    run_file(op.get_bind(), "partner_workspaces_by_actions")
    op.drop_constraint(op.f("fk_partnership_workspace_id_agreement_id"), "partnership", type_="foreignkey")
    op.drop_index("ix_partnership_agreement", table_name="partnership")
    op.drop_column("partnership", "agreement_id")
    op.drop_table("agreement_year")
    op.drop_index("ix_agreement_party_organisation", table_name="agreement_party")
    op.drop_table("agreement_party")
    op.drop_table("agreement_link")
    op.drop_index("ix_agreement_ends_on", table_name="agreement")
    op.drop_table("agreement")
