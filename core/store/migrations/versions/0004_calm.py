"""calm: why a message was held or not said; what people chose to hear; when they were last pinged."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("hushed", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "choice",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("who", "name"),
    )
    op.create_table(
        "ear",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("pings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
    )
