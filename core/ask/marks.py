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
    "all": 1, "company": 1, "site": 1, "1": 1, "全公司": 1, "停工": 1, "所有人": 1, "全员": 1, "工地": 1,
    "team": 2, "several": 2, "2": 2, "班组": 2, "部门": 2, "团队": 2, "小组": 2,
    "one": 3, "person": 3, "me": 3, "3": 3, "个人": 3, "我": 3, "minor": 4, "4": 4, "轻微": 4,
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


class _Reading(Struct, gc=False):
    """A request while it is read, word by word: `keys` are the folded words, `at` is the next one. A mark takes itself
    out of the words; what is left is text.
    """

    words: list[str]
    keys: list[str]
    level: str = ""
    item: str = ""
    due: str = ""
    requester: str = ""
    impact: str = ""
    about: str = ""
    private: bool = False
    at: int = 0
    bad: NotUnderstood | None = None

    def take(self, until: int) -> None:
        """The words up to this one belong to the mark before them."""
        self.words[self.at : until] = [""] * (until - self.at)
        self.at = until

    def opened(self, description: str, text: str) -> do.OpenRequest | NotUnderstood:
        """What was read, with a title that is short enough; what is cut off is kept in the description."""
        title = " ".join(filter(None, self.words))
        if not title:
            first, _, more = description.partition("\n")
            title, description = " ".join(first.split()), more.strip()
        if not (_is_word(title) or _is_word(description)):
            return NotUnderstood("empty", text)
        if len(title) > TITLE_LIMIT:
            cut = title.rfind(" ", 0, TITLE_LIMIT) if " " in title[60:TITLE_LIMIT] else TITLE_LIMIT - 1
            description = "\n".join(part for part in (title, description) if part)
            title = title[:cut].rstrip() + "…"
        return do.OpenRequest(
            title, description, self.item, self.level, self.due, self.requester, self.impact, self.about, self.private,
            text,
        )  # fmt: skip


def parse_request(text: str, folded: str = "") -> do.OpenRequest | NotUnderstood:
    """Read a line into `OpenRequest`; the first line is its title, the others its description.

    `folded` is the text folded, where that is known.
    """
    line = text.strip()
    folded = folded or fold(line)
    marked = (
        "!" in folded or "#" in folded or ":" in folded or "--" in folded or "[" in folded or "\\" in folded
        or "~" in folded or "【" in folded or folded[:2] in _BARE
    )  # fmt: skip
    if not marked and len(line) <= TITLE_LIMIT and "  " not in line and line.isprintable() and _is_word(line):
        return do.OpenRequest(line, original=text)  # as most lines are
    first, _, more = line.partition("\n")
    reading = _read_marks(first, fold(first) if more else folded)
    opened = reading.opened(more.strip(), text)
    return opened if reading.bad is None else _bad(reading.bad, text, opened)


def _bad(mark: NotUnderstood, text: str, opened: do.OpenRequest | NotUnderstood) -> NotUnderstood:
    """The line with a mark that says nothing: with each that may be meant in its place."""
    lines = tuple(f"/request {text.replace(mark.facts['typed'], other, 1)}" for other in mark.instead)
    understood = opened if isinstance(opened, do.OpenRequest) else None
    return NotUnderstood(mark.code, text, mark.facts, lines, understood)


def written(asked: do.OpenRequest) -> str:
    """The line that files the same again: its marks first, then its text as it is."""
    labelled = (("due", asked.due), ("for", asked.requester), ("impact", asked.impact), ("re", asked.about))
    marks = [
        *([f"!{asked.level}"] if asked.level else ()),
        *([f"#{_value(asked.item, ':：')}"] if asked.item else ()),
        *(f"{label}:{_value(value)}" for label, value in labelled if value),
        *(["~private"] if asked.private else ()),
    ]
    text = f"{asked.title}\n{asked.description}".strip()
    line = " ".join([*marks, text])
    read = parse_request(line)
    same = isinstance(read, do.OpenRequest) and replace(read, original=asked.original) == asked
    return line if same else " ".join([*marks, "--", text])


def _value(value: str, ends: str = "") -> str:
    """A value as it can be typed: in quotes where it has more than one word, or a sign at which it ends."""
    if value.isalnum() or not any(c.isspace() or c in ',，;；。、!！?？"' or c in ends for c in value):
        return value
    return next((f"{a}{value}{b}" for a, b in _QUOTES.items() if b not in value), value)


_BARE = frozenset(("p1", "p2", "p3", "p4"))  # `p3 need a new badge`
#: Within how many characters a level stands at the head: `[ urgent ]`.
_HEAD = 12


#: In Chinese no space stands before a mark that follows a comma: `三楼断网，截止:明天`.
_JOINED = re.compile(
    r"([，。；、！？])(?=[#＃](?!\d)|[~～]|[!！](?:紧急|加急|高|普通|一般|低)(?!\w)|(?:截止|期限)[:：](?!.{1,3}年(?:$|[，。；、]))"
    rf"|影响[:：](?:{'|'.join(IMPACTS)})(?!\w)|替[:：]@?\w{{1,4}}(?!\w)|关于[:：]#?(?:[A-Za-z]+-)?\d)"
)


def _read_marks(line: str, folded: str) -> _Reading:
    if not line.isascii() and _JOINED.search(line) and not any(quote in line for quote in _QUOTES):
        return _read_joined(line)
    level = ""
    if folded[:1] in "[【" or ":" in folded[:_HEAD]:
        level, line, folded = _head(line, folded)
    words, keys = line.split(), folded.split()
    if len(words) != len(keys):  # a sign that is folded to a space and an accent
        keys = [fold("".join(fold(word).split())) for word in words]
    if not level and keys and keys[0] in _BARE:
        level, words[0] = keys[0], ""
    reading = _Reading(words, keys, level)
    for at, key in enumerate(keys):
        if key.isalnum() or at < reading.at or not (key[0] in _READ or ":" in key):  # as most words are
            continue
        if key == "--":
            words[at] = ""
            break
        reading.at = at + 1
        words[at] = _READ.get(key[0], _labelled)(words[at], key, reading)
    return reading


def _read_joined(line: str) -> _Reading:
    """As if a space stood before each mark that follows a comma; what is no mark is put together again."""
    apart, joins = list[str](), list[int]()
    for word in line.split():
        for part in _JOINED.sub(r"\1 ", word).split():
            apart.append(part)
            joins.append(len(apart))
        joins.pop()
    line = " ".join(apart)
    reading = _read_marks(line, fold(line))
    text, gone = reading.words, len(apart) - len(reading.words)  # with a level at the head
    kept = [at - gone for at in joins if at > gone and text[at - gone] == apart[at] and text[at - gone - 1]]
    for at in reversed(kept):
        text[at - 1] += text[at]
        text[at] = ""
    after = 1 + max((at for at, word in enumerate(text) if word), default=0)
    if after + gone in joins and after not in kept:  # nothing follows that comma any more
        text[after - 1] = text[after - 1].rstrip("，、；")
    return reading


def _head(line: str, folded: str) -> tuple[str, str, str]:
    """A level in brackets or before a colon counts at the head only; a number before a colon counts lines."""
    head = folded[:_HEAD]
    if head.startswith(("[", "【")):
        end = head.replace("】", "]").find("]")
        level = LEVELS.get(head[1:end].strip())
    elif ":" in head and not head[0].isdigit():
        end = head.find(":")
        level = LEVELS.get(head[:end].rstrip())
    else:
        return "", line, folded
    if level is None or end < 0 or fold(line[:end]) != folded[:end]:
        return "", line, folded
    return level, line[end + 1 :], folded[end + 1 :]


# What follows reads one word and says what is text of it after all: nothing of a mark, the word if it is none.


def _dashed(word: str, _key: str, _reading: _Reading) -> str:
    return word


def _private(word: str, key: str, reading: _Reading) -> str:
    end = _END.search(key)
    if (key[: end.start()] if end else key) not in _PRIVATE:
        return word
    reading.private = True
    return _rest(word[end.start() :]) if end else ""


def _escaped(word: str, key: str, _reading: _Reading) -> str:
    name = key[1:]
    mark = name.startswith(("!", "#", "~", "--")) or name.partition(":")[0] in _LABELS
    return word[1:] if mark else word  # but \\server\share is a path


def _is_word(name: str) -> bool:
    """Whether something can be read in it: a letter, a sign of Chinese, a digit."""
    return name[:1].isalnum() or any(c.isalnum() for c in name)


#: Where a name ends though no space follows: `#网络，三楼断网`.
_NAME = re.compile(r"[!！#＃]([^,，。;；、!！?？:：]+)(.*)", re.DOTALL)


def _level(word: str, key: str, reading: _Reading) -> str:
    if reading.level:
        return word
    name, rest = key[1:], ""
    level = LEVELS.get(name)
    if level is not None:
        reading.level = level
        return ""
    if not _is_word(name):
        return word
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
        return word
    reading.level = level
    return _rest(rest)


def _item(word: str, _key: str, reading: _Reading) -> str:
    name, rest, until = word[1:], "", reading.at
    if reading.item or name.isdigit():  # room #42
        return word
    if not name.isalnum():
        quoted = _quoted(name, reading)
        if quoted is not None:
            name, rest, until = quoted
        elif match := _NAME.match(word):
            name, rest = match.groups()
        if name.isdigit() or not _is_word(name):
            return word
        reading.take(until)
    reading.item = name
    return _rest(rest) if rest else ""


def _rest(rest: str) -> str:
    """What stood after a name without a space between is text."""
    return rest.lstrip(",，。;；、:：") if _is_word(rest) else ""


#: Where a value ends though no space follows: 影响:班组，三楼断网.
_END = re.compile("[,;、。!?]")
#: It belongs to the time, and means nothing: 截止:“下周五 17:00”前.
_BEFORE = re.compile("^[之以]?前")


def _labelled(word: str, key: str, reading: _Reading) -> str:
    label, _, value = key.partition(":")
    name = _LABELS.get(label)
    if name is None or getattr(reading, name) or not (value or (name == "due" and reading.at < len(reading.words))):
        return word
    rest, until = "", reading.at
    if value[:1] in _QUOTES and (quoted := _quoted(word[len(label) + 1 :], reading)) is not None:
        typed, rest, until = quoted
        if name == "due":
            typed, rest = fold(typed), _BEFORE.sub("", rest)
    elif name == "due":
        typed, rest, until = _due(word, key, value, reading)
    else:
        typed = normalize("NFKC", word)[len(label) + 1 :]
        if not typed[1:].isalnum() and (end := _END.search(typed)) is not None:
            typed, rest = typed[: end.start()], typed[end.start() :]
    if name == "about":
        if not _NUMBER.fullmatch(fold(typed)):
            return word
        typed = typed.lstrip("#").upper()
    elif name == "impact" and fold(typed) not in IMPACTS:
        reading.bad = reading.bad or _no_impact(label, " ".join([word, *reading.words[reading.at : until]]), typed)
        return word
    setattr(reading, name, typed)
    if until > reading.at:
        reading.take(until)
    return _rest(rest) if rest else ""


def _no_impact(label: str, mark: str, typed: str) -> NotUnderstood:
    usual = ["all", "team", "one"] if label.isascii() else ["全公司", "班组", "个人"]
    near = get_close_matches(fold(typed), IMPACTS, n=3, cutoff=0.3) or usual
    marks = tuple(f"{mark[: mark.index(label[0]) + len(label)]}:{n}" for n in near)
    return NotUnderstood("impact_unknown", "", {"word": typed, "typed": mark}, marks)


def _quoted(value: str, reading: _Reading) -> tuple[str, str, int] | None:
    """What stands in quotes, over as many words as it takes, what follows in the last of them, and the word after.

    None if no quote begins here, or none ends.
    """
    closing = _QUOTES.get(value[:1])
    if closing is None:
        return None
    parts, at = [value[1:]], reading.at
    while closing not in parts[-1]:
        if at >= len(reading.words):
            return None
        parts.append(reading.words[at])
        at += 1
    parts[-1], _, rest = parts[-1].partition(closing)
    quoted = " ".join(parts).strip()
    return (quoted, rest, at) if quoted else None


def _due(word: str, key: str, value: str, reading: _Reading) -> tuple[str, str, int]:
    """The phrase, from the word that follows the label over the words that belong to it, what follows in the last of
    them, and the word after.
    """
    at, keys = reading.at, reading.keys
    if value and at == len(keys) and (value.isascii() or value.isalnum() or _END.search(value) is None):
        return value, "", at
    ahead = keys[at : at + 6]
    said = " ".join([value, *ahead] if value else ahead)
    phrase = reach(said)
    until, end = at + phrase.count(" ") + (not value), len(phrase)
    left = said[end:].partition(" ")[0] if said[end : end + 1] not in ("", " ") else ""
    if left:
        last, last_key = (reading.words[until - 1], keys[until - 1]) if until > at else (word, key)
        left = last[-len(left) :] if len(last) == len(last_key) else left
    return phrase, left, until


#: By what a mark begins with, if it is not a label with a colon.
_READ = {"!": _level, "#": _item, "\\": _escaped, "~": _private, "-": _dashed}
