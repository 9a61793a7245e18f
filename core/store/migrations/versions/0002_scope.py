"""what is outside the agreement: the state of its decision, and the register's entries."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("request", sa.Column("scope", sa.String(), nullable=False, server_default=""))
    op.add_column("request", sa.Column("scope_steps", sa.JSON(), nullable=False, server_default="[]"))
    outside = sa.text("scope <> ''")
    op.create_index("request_scope", "request", ["opened_at"], sqlite_where=outside, postgresql_where=outside)
