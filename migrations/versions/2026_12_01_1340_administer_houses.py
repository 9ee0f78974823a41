"""The administrator grant is for one house, or for all of them: those given until now reach all."""

import sqlalchemy as sa
from alembic import op

from api.migration import run_file

revision = "administer_houses"
down_revision = "public_stamp"
branch_labels = None
depends_on = None

RULES = {
    "membership": "is_administrator or not administers_all_houses",
    "client": "(is_administrator and owner_workspace_id is not null) or not administers_all_houses",
}


def upgrade() -> None:
    for table, rule in RULES.items():
        op.add_column(
            table, sa.Column("administers_all_houses", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        own = " and owner_workspace_id is not null" if table == "client" else ""
        op.execute(f"update {table} set administers_all_houses = true where is_administrator{own}")
        op.create_check_constraint("all_houses_of_administrator", table, rule)
    run_file(op.get_bind(), "identity_by_house")


def downgrade() -> None:
    run_file(op.get_bind(), "identity")
    for table in RULES:
        op.drop_column(table, "administers_all_houses")
