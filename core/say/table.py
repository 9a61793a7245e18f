"""A table for spreadsheets: CSV that opens with its Chinese and never runs what somebody typed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

#: Without it a spreadsheet reads UTF-8 as something else.
BOM = "\ufeff"
#: What a spreadsheet takes for a formula, at the start of a cell or of a line in it, blanks skipped (faults.md row 97).
_FORMULA = re.compile(r"^(?=[\s\u00a0\u3000]*[=+\-@＝＋－＠]|[\t\r])", re.MULTILINE)


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV of RFC 4180, with the mark of its encoding."""
    out = io.StringIO()
    csv.writer(out).writerows([safe(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()


def safe(cell: str) -> str:
    """The text, quoted where a spreadsheet would compute it."""
    return _FORMULA.sub("'", cell)
