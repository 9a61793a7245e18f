"""files: what belongs to a request, and what came over the page."""

import sqlalchemy as sa
from alembic import op

from core.store.columns import Id, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("request", sa.Column("files", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "upload",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("request_id", Id, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    loose = sa.text("request_id IS NULL")  # few: what no request has is forgotten after a day
    op.create_index("upload_loose", "upload", ["person"], sqlite_where=loose, postgresql_where=loose)


def downgrade() -> None:
    op.drop_table("upload")
    op.drop_column("request", "files")
