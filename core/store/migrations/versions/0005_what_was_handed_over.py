"""what the client handed over, and the answers to an item's fields."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("request", sa.Column("supplied", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("request", sa.Column("details", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("request", "details")
    op.drop_column("request", "supplied")
