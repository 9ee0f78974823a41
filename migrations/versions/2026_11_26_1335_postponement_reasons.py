"""Why the planned end of an action was last put off."""

import sqlalchemy as sa
from alembic import op

revision = "postponement_reasons"
down_revision = "people_leave"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("action", sa.Column("planned_end_reason", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("action", "planned_end_reason")
