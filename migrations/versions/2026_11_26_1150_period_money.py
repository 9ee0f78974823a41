"""The kinds of revenue and the accounting functions of a programming period."""

import sqlalchemy as sa
from alembic import op

revision = "period_money"
down_revision = "beneficiaries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "period_accounting_function",
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("organisation_kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("revenue_code", sa.String(), nullable=True),
        sa.CheckConstraint(
            "organisation_kind in ('municipality', 'cpas', 'policeZone', 'rescueZone', 'intermunicipalCompany', 'projectAssociation', 'chapterXiiAssociation', 'municipalNonprofit', 'nonprofit', 'municipalAgency', 'autonomousAgency', 'publicHousingCompany', 'socialRentalAgency', 'localDevelopmentAgency', 'localActionGroup', 'publicTransportOperator', 'province', 'region', 'community', 'federal', 'eu', 'regionalBody', 'school', 'business', 'citizensGroup')",
            name=op.f("ck_period_accounting_function_organisation_kind_word"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["programming_period.id"],
            name=op.f("fk_period_accounting_function_period_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("period_id", "rank", name=op.f("pk_period_accounting_function")),
    )
    op.create_table(
        "period_revenue_kind",
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("funding_scheme", sa.String(), nullable=True),
        sa.Column("counts_as", sa.String(), nullable=False),
        sa.CheckConstraint(
            "counts_as in ('subsidy', 'localShare', 'neither')", name=op.f("ck_period_revenue_kind_counts_as_word")
        ),
        sa.CheckConstraint(
            "source in ('europe', 'federal', 'wallonia', 'community', 'province', 'municipality', 'other')",
            name=op.f("ck_period_revenue_kind_source_word"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["programming_period.id"], name=op.f("fk_period_revenue_kind_period_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("period_id", "rank", name=op.f("pk_period_revenue_kind")),
        sa.UniqueConstraint("period_id", "code", name=op.f("uq_period_revenue_kind_period_id_code")),
    )
    op.execute("grant select, insert, update, delete on period_accounting_function to pst_runtime")
    op.execute("grant select, insert, update, delete on period_revenue_kind to pst_runtime")


def downgrade() -> None:
    op.drop_table("period_revenue_kind")
    op.drop_table("period_accounting_function")
