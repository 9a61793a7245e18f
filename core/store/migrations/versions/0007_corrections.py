"""corrected priorities are found by when they were corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    corrected = sa.text("event = 'PriorityChanged'")
    op.create_index("journal_corrections", "journal", ["at"], sqlite_where=corrected, postgresql_where=corrected)
