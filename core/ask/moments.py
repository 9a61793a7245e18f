"""How far a time reaches in a line: of `fri 5 pm please` it is `fri 5 pm`.

Only the shape is known here; what it means, and whether it means anything, `core.rules.phrases` finds. A phrase of
another shape is one word, or stands in quotes.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

_WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_COUNT = r"(?:\+?\d{1,4}(?:\.\d)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|half\ an?|the(?=\ hour))"
_UNIT = r"(?:m|min|mins|minutes?|h|hrs?|hours?|d|days?|bd|workdays?|w|wks?|weeks?|months?|fortnights?)"
_PERIOD = r"(?:business|working|day|week|month|quarter|year)"
_ZH_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_ZH_DAY = (
    r"(?:今天|今日|今早|今晚|今夜|今晨|明天|明日|明早|明晚|明儿|明晨|后天|大后天|当天|次日"
    r"|(?:这|本|下+)?个?(?:周|星期|礼拜)[一二三四五六日天末内]?|(?:本|这|下)?个?月(?:底|末|初|中旬?|[上下]旬|内)|(?:本|这|下)个?月"
    rf"|[今明]?年[底中末]|(?:\d{{2,4}}年|[今明]年)?{_ZH_N}\ ?月\ ?(?:{_ZH_N}\ ?[日号]?|底|末|初|中旬?|[上下]旬)|{_ZH_N}\ ?[日号]"
    r"|[一二三四1-4]季度[末底]|季度[末底]|(?:元旦|春节|清明节?|五一|端午节?|中秋节?|国庆节?|十一|节)(?=前))"
)
_ZH_PART = r"(?:凌晨|早上|一早|上午|中午|下午|傍晚|晚上|[早晚](?=[\d一二三四五六七八九十两]))"
_ZH_MINUTES = r"(?:\ ?\d{1,2}\ ?分?|[一二三四五]?十[一二三四五六七八九]?分?|半|[一三]刻|整)"
_ZH_CLOCK = (
    rf"(?:{_ZH_PART}?\ ?[\d一二三四五六七八九十两]{{1,3}}(?::\d\d|\ ?点{_ZH_MINUTES}?|\ ?时)|{_ZH_PART}|[上下]班)"
)
#: An hour that stands alone may as well count something: `due:tomorrow 3 laptops`.
_BARE = r"\d{1,2}(?=$|\ [!#~]|\ --|\ \S+:)"
_PART = (
    r"(?:(?:12\ )?(?:noon|midnight)|midday|(?:by|before)\ lunch(?:time)?|morning|afternoon|evening|night|eod|cob|first\ thing"
    r"|(?:the\ )?(?:close|end|start)\ of\ (?:business|play|(?:the\ )?day))"
)
_HALF = r"(?:\ ?[ap]\.?m\b\.?)"
_HOUR = (
    r"(?:(?:\d{1,2}(?:[:.]\d\d)?\ ?(?:-|–|to)\ ?)?"
    rf"(?:\d{{1,2}}[:.]\d\d{_HALF}?|\d{{1,2}}{_HALF}|\d{{1,2}}\ o'clock))"
)
_ZONE = r"(?:\ ?(?:z|utc|gmt|[bi]st|[cep][ds]t|ces?t|[ep]t|sgt|hkt|jst|beijing\ time)(?:[+-]\d{1,2})?)"
_AT = r"(?:(?:at|by|before)\ \d{1,2}(?![\w:.]))"
_CLOCK = rf"(?:(?:(?:at|by|before|in\ the|around|about)\ |@\ ?|~)?(?:{_HOUR}|{_PART}|[ap]m)|{_BARE}|{_AT})"

_DAY = rf"""
    \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}} | \d{{1,2}}[./]\d{{1,2}}(?:[./](?:\d{{4}}|\d{{2}})?)?(?!\ ?(?:[ap]m|{_UNIT})\b)
  | today | tonight | tomorrow | tmrw? | 2moro | (?:the\ )?day\ after\ (?:tomorrow | tmrw) | this\ (?:morning | afternoon | evening)
  | (?:next\ week\ )?(?:next\ |this\ |coming\ )?{_WEEKDAY}(?:(?:\ of)?\ next\ week|\ week)?
  | (?:(?:the\ )?end\ of\ |early\ |mid\ |late\ )?(?:the\ |next\ |this\ )?{_PERIOD}(?:\ end)?(?:\ (?:today|tomorrow|{_WEEKDAY}))?
  | (?:(?:the\ )?end\ of\ |early\ |mid\ |late\ ){MONTH}(?:,?\ \d{{4}})? | (?:(?:the\ )?end\ of\ )?(?:the\ )?q[1-4](?:\ \d{{4}})?
  | (?:the\ )?\d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?{MONTH}(?:,?\ \d{{4}})?
  | {MONTH}(?:\ (?:the\ )?\d{{1,2}}(?:st|nd|rd|th)?(?![\d:.-]))?(?:,?\ \d{{4}})?
  | (?:the\ )?\d{{1,2}}(?:st|nd|rd|th)(?:\ of)?\ (?:next|this)\ month | the\ \d{{1,2}}(?:st|nd|rd|th)
  | (?:the\ )?(?:next\ |this\ )?weekend
  | (?:christmas | xmas | (?:the\ )?(?:(?:chinese|lunar)\ )?new\ year | (?:the\ )?spring\ festival)(?:\ day|\ eve)?
  | {_ZH_DAY}
"""
#: Where a time ends in Chinese though no space follows, unless another comes: 明天，三楼断网; but 明天，后天 is asked.
_STOP = rf"[,;!?、。](?!(?:{_ZH_DAY})?(?:{_ZH_CLOCK})?(?:前|之前)?(?:$|[\ ,;!?、。]))[^\x00-\x7f]"
#: Another time beside the first: what both mean together is found out, or asked, but none is left in the text.
_MORE = rf"""(?:,?(?:\ (?:or|and|to|till|until|at|on|by|before|the|latest|no\ later\ than|around|about|-|–)){{0,2}},?\ (?:
    \d{{1,2}}[:.]\d\d(?:\ ?[ap]m)?(?:\ ?-\ ?\d{{1,2}}[:.]\d\d)? | \d{{1,2}}\ ?[ap]m | today | tomorrow | tonight | noon
  | midnight | \d{{1,2}}(?:st|nd|rd|th)(?:\ (?:of\ )?{MONTH})? | \d{{1,2}}[./]\d{{1,2}} | \d{{1,2}}\ {MONTH}
  | {MONTH}\ \d{{1,2}}(?:st|nd|rd|th)? | mon | tue | wed | thu | fri | (?:mon|tues|wednes|thurs|fri|satur|sun)day
  | \d{{1,3}}\ ?{_UNIT})\b|\ {_AT})"""
_WHEN = rf"""(?:by\ |before\ |on\ |at\ |until\ |till\ )?(?:
      (?:{_DAY})(?:,?\ {_CLOCK}|[\ ,]?{_ZH_CLOCK})?(?:\ (?:之前|以前|前))?
    | (?:in\ |within\ |the\ next\ )?(?:
        \+?\d{{1,3}}\ ?h(?:rs?|ours?)?\ ?(?:and\ )?\d{{1,2}}\ ?(?:m|mins?|minutes?)
      | (?:\d{{1,3}}\ ?(?:-|–|to|or)\ ?)?{_COUNT}\ ?(?:(?:business|working)\ )?{_UNIT}(?:\ and\ a\ half)?
      | half\ a\ day)(?:\ or\ (?:two|three|four|so|more))?(?:\ (?:from|before|after)\ \w+)?
    | (?:\d{{1,4}}\ ?[-~到至]\ ?)?\d{{1,4}}\ ?个?\ ?(?:分钟|小时|天|周|星期|月|工作日|工作小时)(?:之内|以内|内|之后|以后|后)?
    | (?:{_HOUR}|{_PART}|lunch(?:time)?)(?:,?\ (?:on\ )?(?:{_DAY}))?
    | {_BARE}
    | {_ZH_CLOCK}
    ){_ZONE}?(?:之前|以前|前|之内|以内|内)?{_MORE}*(?=[,;.!?、。]*(?:$|\ )|{_STOP})"""


@cache  # on first use: a start says no dates
def _when() -> re.Pattern[str]:
    return re.compile(_WHEN, re.VERBOSE)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"\S(?:(?!{_STOP})\S)*", re.VERBOSE)


#: What slips of the hand are made in; shorter words are other words.
_WORDS = [
    "today", "tonight", "tomorrow", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "morning", "afternoon", "evening", "midnight", "noon", "lunch", "next", "this", "early", "late", "week",
    "weeks", "weekend", "month", "months", "quarter", "year", "hour", "hours", "minute", "minutes", "days", "business",
    "working", "christmas", "before", "within",
]  # fmt: skip


#: So many words, and characters, are looked at.
_MENDED, _LIMIT = 4, 80


def mended(text: str) -> str:
    """The folded phrase with the slips in its words put right: `tomorow 3pm`; nothing, if there are none."""
    if len(text) > _LIMIT:
        return ""
    right = re.sub(
        r"\b[a-z]{3,12}\b", lambda m: "".join(get_close_matches(m[0], _WORDS, n=1, cutoff=0.8)) or m[0], text
    )
    return right if right != text else ""


def reach(text: str) -> str:
    """The phrase with which this folded text begins: as much as has the shape of a time, else the first word."""
    found = _when().match(text)
    if found is not None:
        return found[0]
    if (right := mended(" ".join(text.split(" ")[:_MENDED]))) and (found := _when().match(right)) is not None:
        return " ".join(text.split(" ")[: found[0].count(" ") + 1]).rstrip(",.;")
    found = _word().match(text)
    return found[0] if found is not None else text
