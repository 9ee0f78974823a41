"""A right given to somebody else's account waits for its holder: until then the giver has an entry of its own for it."""

import sqlalchemy as sa
from alembic import op

from api.migration import run_file

revision = "invitations"
down_revision = "numbers_of_versions"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)
GIVEN = ("membership", "organisation_member")
STEWARD = "coalesce(steward_workspace_id, steward_organisation_id)"


def upgrade() -> None:
    for column, table in (("steward_organisation_id", "organisation"), ("stands_for_id", "account")):
        op.add_column("account", sa.Column(column, sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(f"fk_account_{column}"), "account", table, [column], ["id"])
    op.create_index(op.f("ix_account_steward_organisation_id"), "account", ["steward_organisation_id"])
    op.drop_index("uq_account_email", "account")
    op.execute("create unique index uq_account_email on account (lower(email)) where stands_for_id is null")
    op.execute(
        f"create unique index uq_account_standing_in on account (stands_for_id, ({STEWARD}))"
        " where stands_for_id is not null"
    )
    for table in GIVEN:
        op.add_column(table, sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
        op.execute(f"update {table} set accepted_at = created_at")
    # A workspace that named an e-mail and gave nothing yet keeps an entry of its own for it.
    op.execute(
        "insert into account (id, email, display_name, steward_workspace_id, stands_for_id)"
        " select gen_random_uuid(), a.email, a.email, k.workspace_id, a.id from known_account k"
        " join account a on a.id = k.account_id where not exists (select from membership m"
        " where m.workspace_id = k.workspace_id and m.account_id = k.account_id)"
        " and a.steward_workspace_id is distinct from k.workspace_id"
    )
    op.drop_table("known_account")
    run_file(op.get_bind(), "invitations")


def downgrade() -> None:
    """What was not accepted by then is over: the older service would let it count at once."""
    op.execute("drop function invitations_of(uuid)")
    op.create_table(
        "known_account",
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_known_account_account_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_known_account_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_known_account")),
        sa.UniqueConstraint("workspace_id", "account_id", name=op.f("uq_known_account_workspace_id_account_id")),
    )
    op.execute("alter table known_account enable row level security")
    op.execute(f"create policy own_workspace on known_account using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on known_account to pst_runtime")
    op.execute(
        "insert into known_account (workspace_id, id, account_id)"
        " select steward_workspace_id, id, stands_for_id from account"
        " where stands_for_id is not null and steward_workspace_id is not null"
    )
    for table in GIVEN:
        op.execute(
            f"update {table} m set account_id = a.stands_for_id, ended_at = coalesce(m.ended_at, now())"
            " from account a where a.id = m.account_id and a.stands_for_id is not null"
        )
        op.drop_column(table, "accepted_at")
    op.execute("delete from account where stands_for_id is not null")
    op.drop_index("uq_account_standing_in", "account")
    op.drop_index("uq_account_email", "account")
    op.drop_column("account", "stands_for_id")
    op.drop_column("account", "steward_organisation_id")
    op.execute("create unique index uq_account_email on account (lower(email))")
