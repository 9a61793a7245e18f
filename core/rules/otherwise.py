"""English dates that our own words do not cover, read by the library dateparser. It is imported on first use."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any

#: Only what has a figure or names a day or a month: `soon` is no date, and the library guesses a lot.
_WORTH = re.compile(
    r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:tomorrow|today|fortnight|week|month|christmas|midday)\b"
)


#: What the library reads wrongly: no time of day; a range, of which it takes one end; a zone, which it leaves out; what
#: is before or after something; `week 24`, `17.30h`, `1/2 hour`.
_REFUSED = re.compile(
    r"\d:(?:[6-9]\d|\d(?!\d)|\D|$)|(?<![\d-])\d{1,2} ?(?:-|to) ?\d{1,2}(?![\d-])|\d[+-]\d\d:?\d\d"
    r"|(?:\b|\d)(?:z|utc|gmt|msk|[cew]e[s]?t|[a-z]?[a-z][sd]t|[ecmp]t|sgt|hkt|[a-z]+ time)\b"
    r"|\b(?:after|before|from|since|and|or)\b|\+|[a-z]/[a-z]"
    r"|^tomorrow week|[ap]m in |\bweek \d|\d\.\d\d ?h|\d{3} ?h|\d/\d ?(?:an? )?(?:hour|day|week)"
)


@cache
def _parser() -> Any:
    from dateparser.date import DateDataParser

    settings = {"PREFER_DATES_FROM": "future", "RETURN_AS_TIMEZONE_AWARE": False, "RETURN_TIME_AS_PERIOD": True}
    return lambda base: DateDataParser(languages=["en"], settings={**settings, "RELATIVE_BASE": base})


def read(text: str, local: datetime) -> datetime | None:
    """The wall-clock time that an English phrase means, midnight where it names a day only; None if it means none."""
    if not text.isascii() or not any(c.isalpha() for c in text) or not _WORTH.search(text) or _REFUSED.search(text):
        return None
    try:
        found = _parser()(local.replace(tzinfo=None)).get_date_data(text)
    except (ValueError, OverflowError, TypeError):
        return None
    at: datetime | None = found.date_obj
    if at is None or found.period not in ("day", "time"):
        return None
    return at if found.period == "time" else at.replace(hour=0, minute=0, second=0, microsecond=0)
