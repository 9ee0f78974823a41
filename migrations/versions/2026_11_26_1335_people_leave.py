"""People leave: the day is kept, and who holds an office is found by the office and by the person."""

import sqlalchemy as sa
from alembic import op

revision = "people_leave"
down_revision = "estimates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("left_on", sa.Date(), nullable=True))
    op.create_index("ix_office_holding_office", "office_holding", ["workspace_id", "office_id"])
    op.create_index("ix_office_holding_person", "office_holding", ["workspace_id", "person_id"])


def downgrade() -> None:
    op.drop_index("ix_office_holding_person", "office_holding")
    op.drop_index("ix_office_holding_office", "office_holding")
    op.drop_column("person", "left_on")
