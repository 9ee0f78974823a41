"""Whether a holding of an office counts is a state, which the days decided on make true: rights read no clock."""

import sqlalchemy as sa
from alembic import op

revision = "offices_held"
down_revision = "editions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("office_holding", sa.Column("is_current", sa.Boolean(), nullable=False, server_default="true"))
    op.execute(
        "update office_holding set is_current = starts_on <= x.today and (ends_on is null or ends_on > x.today)"
        " from (select (now() at time zone 'Europe/Brussels')::date) as x(today)"
    )


def downgrade() -> None:
    op.drop_column("office_holding", "is_current")
