"""messages as msgspec writes them: an instant is its text, and a mapping is itself.

Until here both were wrapped: `{"_": "at", "v": 1764000000.0}`, `{"_": "map", "v": {...}}`. What undoes a command lives
for a minute: nothing older is kept for that.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_WRAPPED = ('%"_":"at"%', '%"_":"map"%')


def upgrade() -> None:
    op.execute("DELETE FROM undo")
    for table, key, column in (("inbox", "key", "answer"), ("shelf", "entry", "body")):
        rows = sa.table(table, sa.column(key), sa.column(column, sa.JSON()))
        text = sa.cast(rows.c[column], sa.Text())
        old = sa.select(rows.c[key], rows.c[column]).where(sa.or_(*(text.like(form) for form in _WRAPPED)))
        for found in op.get_bind().execute(old).all():
            op.execute(rows.update().where(rows.c[key] == found[0]).values({column: bare(found[1])}))


def bare(data: Any) -> Any:
    """The same without wrappings."""
    if isinstance(data, list):
        return [bare(one) for one in data]
    if not isinstance(data, dict):
        return data
    if data.get("_") == "at":
        return datetime.fromtimestamp(data["v"], UTC).isoformat()
    return {name: bare(one) for name, one in (data["v"] if data.get("_") == "map" else data).items()}


def downgrade() -> None:
    """What was unwrapped stays so; an older desk would not read it."""
