"""How far a time reaches in a line: of `fri 5 pm please` it is `fri 5 pm`.

Only the shape is known here; what it means, and whether it means anything, `core.rules.phrases` finds. A phrase of
another shape is one word, or stands in quotes.
"""

from __future__ import annotations

import re
from functools import cache

_WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_COUNT = r"(?:\+?\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|half\ an)"
_UNIT = r"(?:m|min|mins|minutes?|h|hrs?|hours?|d|days?|bd|w|wks?|weeks?|months?)"
_PERIOD = r"(?:business|working|day|week|month|quarter|year)"
_ZH_DAY = (
    r"(?:今天|今日|今早|今晚|明天|明日|明早|明晚|后天|大后天|(?:这|本|下+)?个?(?:周|星期|礼拜)[一二三四五六日天末]?"
    r"|(?:本|这|下)个?月(?:底|末|初|中)?|月底|月末|年底|(?:\d{2,4}年)?\d{1,2}月\d{1,2}[日号]?|\d{1,2}[日号])"
)
_ZH_PART = r"(?:凌晨|早上|上午|中午|下午|傍晚|晚上)"
_ZH_MINUTES = r"(?:\d{1,2}分?|[一二三四五]?十[一二三四五六七八九]?分?|半|[一三]刻|整)"
_ZH_CLOCK = rf"(?:{_ZH_PART}?\ ?[\d一二三四五六七八九十两]{{1,3}}(?::\d\d|点{_ZH_MINUTES}?|时)|{_ZH_PART}|下班)"
#: An hour that stands alone may as well count something: `due:tomorrow 3 laptops`.
_BARE = r"\d{1,2}(?=$|\ [!#~]|\ --|\ \S+:)"
_CLOCK = rf"(?:at\ )?(?:\d{{1,2}}[:.]\d\d(?:\ ?[ap]m)?|\d{{1,2}}\ ?[ap]m|noon|midnight|morning|afternoon|evening|night|eod|{_BARE})"

_DAY = rf"""
    \d{{4}}-\d{{1,2}}-\d{{1,2}}
  | today | tonight | tomorrow | tmrw? | (?:the\ )?day\ after\ tomorrow
  | (?:next\ |this\ |coming\ )?{_WEEKDAY}
  | (?:(?:the\ )?end\ of\ |early\ )?(?:the\ |next\ |this\ )?{_PERIOD}
  | (?:the\ )?\d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?{_MONTH}(?:,?\ \d{{4}})? | {_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?(?:,?\ \d{{4}})?
  | the\ \d{{1,2}}(?:st|nd|rd|th)
  | {_ZH_DAY}
"""
_WHEN = rf"""(?:by\ |before\ )?(?:
      (?:in\ |within\ |the\ next\ )?{_COUNT}\ ?(?:(?:business|working)\ )?{_UNIT}(?:\ from\ now)?
    | \d{{1,4}}\ ?个?\ ?(?:分钟|小时|天|周|星期|工作日|工作小时)(?:之内|以内|内|之后|以后|后)?
    | (?:{_DAY})(?:\ ?{_ZH_CLOCK}|\ {_CLOCK})?(?:\ ?(?:之前|以前|前))?
    | {_CLOCK} | close\ of\ (?:business|play)
    )(?=[,;.!?、。]*(?:$|\ ))"""


@cache  # on first use: a start says no dates
def _when() -> re.Pattern[str]:
    return re.compile(_WHEN, re.VERBOSE)


def reach(text: str) -> str:
    """The phrase with which this folded text begins: as much as has the shape of a time, at least the first word."""
    found = _when().match(text)
    first = text.partition(" ")[0]
    return found[0] if found is not None and found.end() >= len(first) else first
