"""who waits for the same request is told of it, too."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("request", sa.Column("followers", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("request", "followers")
