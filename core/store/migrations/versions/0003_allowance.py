"""rationed urgency: what a P1 took of its client's allowance, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("request", sa.Column("ration", sa.String(), nullable=False, server_default=""))
    op.add_column("request", sa.Column("charged_at", sa.DateTime(timezone=True), nullable=True))
    charged = sa.text("charged_at IS NOT NULL")
    columns = ["client", "charged_at"]
    op.create_index("request_charged", "request", columns, sqlite_where=charged, postgresql_where=charged)
