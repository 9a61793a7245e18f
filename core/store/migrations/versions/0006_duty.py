"""duty: who stands in, who is away, and who was told of a checkpoint and acknowledged it.

What fired before has nobody recorded, so nothing of it counts as acknowledged.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("firing", sa.Column("told", sa.JSON(), nullable=True))
    op.add_column("firing", sa.Column("seen", sa.JSON(), nullable=True))
    op.create_table(
        "cover",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("pair", ID, nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("instead", sa.String(), nullable=False),
        sa.Column("from_at", AT, nullable=False),
        sa.Column("to_at", AT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("taken_at", AT, nullable=True),
        sa.Column("ended_at", AT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_cover_pair", "cover", ["pair"])
    op.create_table(
        "absence",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("from_at", AT, nullable=False),
        sa.Column("to_at", AT, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("absence")
    op.drop_table("cover")
    op.drop_column("firing", "seen")
    op.drop_column("firing", "told")
