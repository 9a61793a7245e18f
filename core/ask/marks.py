"""What is filed in one line: marks and text (chat.md 1.3). It never raises and never loses text.

    request  := [head] text { mark } [`--` text]
    head     := level `:` | `[` level `]` | 【level】| p1 to p4
    mark     := `!`level | `#`service | `~private` | label `:` value
    label    := due by 截止 期限 | for 替 | impact 影响 | re 关于
    value    := a word, a time as `moments` knows its shape, or anything in quotes

A mark counts once: the next of its kind is text, and so is what follows `--` and what a backslash stands before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from unicodedata import normalize

from msgspec import Struct, field
from msgspec.structs import replace

from core.ask import commands as do
from core.ask.folding import fold
from core.ask.moments import reach

TITLE_LIMIT = 120

LEVELS: Mapping[str, str] = {
    "urgent": "urgent", "紧急": "urgent", "high": "high", "高": "high", "normal": "normal", "普通": "normal",
    "low": "low", "低": "low", "p1": "p1", "p2": "p2", "p3": "p3", "p4": "p4",
    "1": "p1", "2": "p2", "3": "p3", "4": "p4", "一般": "normal", "加急": "urgent",
}  # fmt: skip
#: How far it reaches, as it may be stated: 1 (all) to 4 (nobody is held up).
IMPACTS: Mapping[str, int] = {
    "all": 1, "company": 1, "全公司": 1, "停工": 1, "site": 1, "team": 2, "班组": 2, "部门": 2, "several": 2,
    "one": 3, "person": 3, "个人": 3, "minor": 4, "轻微": 4, "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip
_LABELS: Mapping[str, str] = {
    "due": "due", "by": "due", "截止": "due", "期限": "due", "for": "requester", "替": "requester", "impact": "impact",
    "影响": "impact", "re": "about", "关于": "about",
}  # fmt: skip
_PRIVATE = frozenset(("~private", "~私密", "~保密"))
_NUMBER = re.compile(r"#?(?:[a-z]{2,5}-)?\d{1,9}")
_QUOTES: Mapping[str, str] = {'"': '"', "“": "”", "「": "」", "『": "』", "«": "»"}


class NotUnderstood(Struct, frozen=True):
    """What could not be read: a code with its facts, the text as typed, and lines that would work instead.

    `understood` is the line as far as it was read, where that is far enough to be filed.
    """

    code: str
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    instead: tuple[str, ...] = ()
    understood: do.OpenRequest | None = None


class _Reading(Struct):
    """A request while it is read, word by word: `keys` are the folded words, `at` is the next one."""

    words: list[str]
    keys: list[str]
    at: int = 0
    text: list[str] = field(default_factory=list)
    item: str = ""
    level: str = ""
    due: str = ""
    requester: str = ""
    impact: str = ""
    about: str = ""
    private: bool = False
    bad: NotUnderstood | None = None

    def opened(self, description: str, text: str) -> do.OpenRequest | NotUnderstood:
        """What was read, with a title that is short enough; what is cut off is kept in the description."""
        title = " ".join(self.text)
        if not title:
            first, _, more = description.partition("\n")
            title, description = " ".join(first.split()), more.strip()
        if not title:
            return NotUnderstood("empty", text)
        if len(title) > TITLE_LIMIT:
            cut = title.rfind(" ", 0, TITLE_LIMIT) if " " in title[60:TITLE_LIMIT] else TITLE_LIMIT - 1
            description = "\n".join(part for part in (title, description) if part)
            title = title[:cut].rstrip() + "…"
        return do.OpenRequest(
            title,
            description,
            self.item,
            self.level,
            self.due,
            self.requester,
            self.impact,
            self.about,
            self.private,
            text,
        )


def parse_request(text: str) -> do.OpenRequest | NotUnderstood:
    """Read a line into `OpenRequest`; the first line is its title, the others its description."""
    first, _, more = text.strip().partition("\n")
    folded = fold(first)
    if not (_SIGN.search(folded) or (folded[:1] == "p" and _HEAD_BARE.match(folded))):
        if first and len(first) <= TITLE_LIMIT and "  " not in first and first.isprintable():  # as most lines are
            return do.OpenRequest(first.strip(), more.strip(), original=text)
        return _Reading([], [], text=first.split()).opened(more.strip(), text)
    reading = _read_marks(first, folded)
    opened = reading.opened(more.strip(), text)
    if reading.bad is None:
        return opened
    code, facts = reading.bad.code, reading.bad.facts
    lines = tuple(f"/request {text.replace(facts['typed'], mark, 1)}" for mark in reading.bad.instead)
    return NotUnderstood(code, text, facts, lines, opened if isinstance(opened, do.OpenRequest) else None)


def written(asked: do.OpenRequest) -> str:
    """The line that files the same again: its marks first, then its text as it is."""
    labelled = (("due", asked.due), ("for", asked.requester), ("impact", asked.impact), ("re", asked.about))
    marks = [
        *([f"!{asked.level}"] if asked.level else ()),
        *([f"#{_value(asked.item)}"] if asked.item else ()),
        *(f"{label}:{_value(value)}" for label, value in labelled if value),
        *(["~private"] if asked.private else ()),
    ]
    text = f"{asked.title}\n{asked.description}".strip()
    line = " ".join([*marks, text])
    read = parse_request(line)
    same = isinstance(read, do.OpenRequest) and replace(read, original=asked.original) == asked
    return line if same else " ".join([*marks, "--", text])


def _value(value: str) -> str:
    """A value as it can be typed: in quotes where it has more than one word."""
    if value.isalnum() or not any(c.isspace() or c in ',，;；。、!！?？"' for c in value):
        return value
    return next((f"{a}{value}{b}" for a, b in _QUOTES.items() if b not in value), value)


_ONE_WORD = re.compile(r"@?[\w./+-]+(?::\d\d)?")
#: What nearly every mark has; a folded line without it is all text.
_SIGN = re.compile(r"[!#~:\\\[【]|--")
#: What a mark begins with, if it is not a label with a colon.
_BEGINS = frozenset("\\!#~-")


def _read_marks(line: str, folded: str) -> _Reading:
    level, line, folded = _head(line, folded)
    words, keys = line.split(), folded.split()
    if len(words) != len(keys):  # a sign that is folded to a space and an accent
        keys = ["".join(fold(word).split()) for word in words]
    reading = _Reading(words, keys, level=level)
    for at in [at for at, key in enumerate(keys) if key[0] in _BEGINS or ":" in key]:  # nearly every word is neither
        if at < reading.at:  # it belongs to the mark before it
            continue
        reading.text += words[reading.at : at]
        reading.at = at + 1
        if keys[at] == "--":
            break
        _token(words[at], keys[at], reading)
    reading.text += words[reading.at :]
    return reading


_HEAD_BRACKET = re.compile(r"^\s*[\[【［]\s*([^\]】］]{1,8})\s*[\]】］]\s*")
_HEAD_COLON = re.compile(r"^\s*([^\s\d]\S{0,7}?)\s*[:：]\s*")
_HEAD_BARE = re.compile(r"^\s*([pPｐＰ][1-4１-４])(?=\s)")  # `p3 need a new badge`


def _head(line: str, folded: str) -> tuple[str, str, str]:
    """A level in brackets or before a colon counts at the head only; a number before a colon counts lines."""
    start = folded.lstrip()[:1]
    if start in ("[", "【"):
        pattern = _HEAD_BRACKET
    elif start == "p":
        pattern = _HEAD_BARE if _HEAD_BARE.match(line) else _HEAD_COLON
    elif ":" in folded[:12] and start not in _BEGINS:
        pattern = _HEAD_COLON
    else:
        return "", line, folded
    match = pattern.match(line)
    level = LEVELS.get(fold(match.group(1))) if match else None
    if match is None or level is None:
        return "", line, folded
    rest = line[match.end() :]
    return level, rest, folded[match.end() :] if len(folded) == len(line) else fold(rest)


def _token(word: str, key: str, reading: _Reading) -> None:
    sign, name = key[0], key[1:]
    if sign == "!" and not reading.level and _is_word(name):
        _level(word, name, reading)
    elif sign == "#" and not reading.item and _is_word(name):
        _item(word, reading)
    elif sign == "\\":
        reading.text.append(word[1:] if _is_mark(name) else word)  # but \\server\share is a path
    elif key in _PRIVATE:
        reading.private = True
    else:
        _labelled(word, key, reading)


def _is_mark(key: str) -> bool:
    return key.startswith(("!", "#", "~", "--")) or key.partition(":")[0] in _LABELS


def _is_word(name: str) -> bool:
    return name.isalnum() or any(c.isalnum() for c in name)


#: Where a name ends though no space follows: `#网络，三楼断网`.
_NAME = re.compile(r"[!！#＃]([^,，。;；、!！?？:：]+)(.*)", re.DOTALL)


def _level(word: str, name: str, reading: _Reading) -> None:
    level, rest = LEVELS.get(name), ""
    if level is None:
        match = _NAME.match(word)
        if match and match[2]:
            level, rest = LEVELS.get(fold(match[1])), match[2]
        elif not name.isascii() and len(word) > 3:  # `!紧急三楼断网`; but `!高空坠物` is no level
            level, rest = LEVELS.get(name[:2]), word[3:]
    if level is None:
        usual = ("urgent", "high", "low") if name.isascii() else ("紧急", "高", "低")
        near = tuple(dict.fromkeys((*get_close_matches(name, LEVELS, n=2, cutoff=0.5), *usual)))[:3]
        reading.bad = reading.bad or NotUnderstood(
            "level_unknown", "", {"word": word, "typed": word}, tuple(f"!{n}" for n in near)
        )
        reading.text.append(word)
        return
    reading.level = level
    if rest:
        _rest(rest, reading)


def _item(word: str, reading: _Reading) -> None:
    name, rest = word[1:], ""
    if not name.isalnum():
        quoted = _quoted(name, reading)
        match = _NAME.match(word) if quoted is None else None
        name, rest = match.groups() if match else (quoted or name, "")
    if name.isdigit() or not _is_word(name):  # room #42
        reading.text.append(word)
        return
    reading.item = name
    if rest:
        _rest(rest, reading)


def _rest(rest: str, reading: _Reading) -> None:
    """What stood after a name without a space between is text."""
    if any(c.isalnum() for c in rest):
        reading.text.append(rest.lstrip(",，。;；、:："))


def _labelled(word: str, key: str, reading: _Reading) -> None:
    head, colon, value = key.partition(":")
    name = _LABELS.get(head) if colon else None
    if name is None or getattr(reading, name) or not (value or (name == "due" and reading.at < len(reading.words))):
        reading.text.append(word)
        return
    quoted = _quoted(word[len(head) + 1 :], reading) if value[:1] in _QUOTES else None
    if name == "due":
        reading.due = fold(quoted) if quoted else _due(value, reading)
        return
    typed = quoted or normalize("NFKC", word)[len(head) + 1 :]
    if name == "about" and not _NUMBER.fullmatch(value):
        reading.text.append(word)
    elif name == "impact" and fold(typed) not in IMPACTS:
        near = get_close_matches(fold(typed), IMPACTS, n=3, cutoff=0.3) or ["all", "team", "one"]
        facts = {"word": typed, "typed": word}
        marks = tuple(f"{word[: word.index(head[0]) + len(head)]}:{n}" for n in near)
        reading.bad = reading.bad or NotUnderstood("impact_unknown", "", facts, marks)
        reading.text.append(word)
    else:
        setattr(reading, name, typed.lstrip("#").upper() if name == "about" else typed)


def _quoted(value: str, reading: _Reading) -> str | None:
    """What stands in quotes, over as many words as it takes; None if no quote begins here, or none ends."""
    closing = _QUOTES.get(value[:1])
    if closing is None:
        return None
    parts, at = [value[1:]], reading.at
    while not parts[-1].endswith(closing):
        if at >= len(reading.words):
            return None
        parts.append(reading.words[at])
        at += 1
    quoted = " ".join(parts)[:-1].strip()
    if not quoted:
        return None
    reading.at = at
    return quoted


def _due(value: str, reading: _Reading) -> str:
    """The phrase: the word that follows the label, and the words that belong to it."""
    at, keys = reading.at, reading.keys
    if value and at == len(keys):
        return value
    ahead = keys[at : at + 6]
    phrase = reach(" ".join([value, *ahead] if value else ahead))
    reading.at += phrase.count(" ") + (not value)
    return phrase
