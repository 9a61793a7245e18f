"""From a typed line to a command or a query; usage texts and menus are derived from the same table.

The parser never raises and never loses text: what it does not understand comes back as `NotUnderstood` with the text
in it. Chinese and English words are taken everywhere, whatever the reader's language; full-width marks and digits are
folded (NFKC) before they are read, and kept as typed in what is filed (chat.md 1.2, 1.3).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache

from msgspec import Struct, field

from core.ask import commands as do
from core.ask import queries as see
from core.ask.commands import Command
from core.ask.queries import Query

TITLE_LIMIT = 120
TEXT_LIMIT = 8000

LEVELS: Mapping[str, str] = {
    "urgent": "urgent", "紧急": "urgent", "high": "high", "高": "high", "normal": "normal", "普通": "normal",
    "low": "low", "低": "low", "p1": "p1", "p2": "p2", "p3": "p3", "p4": "p4",
    "1": "p1", "2": "p2", "3": "p3", "4": "p4", "一般": "normal", "加急": "urgent",
}  # fmt: skip

_SPOILT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"#?(?:[a-z]{2,5}-)?\d{1,9}", re.IGNORECASE)
_TIME = re.compile(r"(上午|下午|晚上|中午|早上)?\d{1,2}([:点时]\d{0,2}分?|点半)?\s*(am|pm)?|noon|中午", re.IGNORECASE)
_DUE: Mapping[str, str] = dict.fromkeys(("due:", "by:", "截止:", "期限:"), "due")
_LABELS: Mapping[str, str] = {"for:": "requester", "替:": "requester", "impact:": "impact", "影响:": "impact"}


class NotUnderstood(Struct, frozen=True):
    """What could not be read: a code with its facts, the text as typed, and lines that would work instead."""

    code: str
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    instead: tuple[str, ...] = ()


Asked = Command | Query | NotUnderstood


class Verb(Struct, frozen=True):
    """One word of the language: how it is said, what follows it, what it makes.

    `shape` names the arguments in order: `number`, `other` (a second number), `who` (one word), `person`, `team`,
    `level`, `span`, `stars`, `text`, `when`, `lang`, `code`; one that ends in `?` may be left out; `text`, `person`,
    `team`, `when` and `lang` take the rest of the line.
    """

    name: str
    command: str  # request | desk
    words: tuple[str, ...]
    shape: tuple[str, ...]
    make: Callable[..., Command | Query]
    example: str = ""

    @property
    def usage(self) -> str:
        return f"/{self.command} {self.example or self.words[0]}"


def _verbs(command: str, *rows: tuple[str, str, str, Callable[..., Command | Query], str]) -> tuple[Verb, ...]:
    return tuple(
        Verb(name, command, tuple(words.split()), tuple(shape.split()), make, example)
        for name, words, shape, make, example in rows
    )


VERBS: tuple[Verb, ...] = (
    *_verbs(
        "request",
        ("help", "help ? 帮助", "", see.Help, ""),
        ("list", "list my 我的 列表", "", see.MyRequests, ""),
        ("status", "status show 查询 状态", "number", see.ShowRequest, "status 42"),
        ("why", "why 为什么", "number", see.Why, "why 42"),
        ("menu", "menu catalogue catalog 菜单 目录 服务目录", "text?", see.Menu, "menu words"),
        ("have", "have 备齐 已备", "number text?", do.Supply, "have 42 1"),
        ("add", "add 补充", "number text", do.AddInformation, "add 42 text"),
        ("accept", "accept 确认", "number", do.Accept, "accept 42"),
        ("decline", "decline 谢绝", "number text?", do.RefuseQuote, "decline 42"),
        ("cancel", "cancel 取消", "number", do.Cancel, "cancel 42"),
        ("reopen", "reopen 重开", "number text?", do.Reopen, "reopen 42"),
        ("rate", "rate 评分", "number stars text?", do.Rate, "rate 42 5"),
        ("nudge", "nudge 催办", "number", do.Nudge, "nudge 42"),
        ("consent", "consent 同意约期", "number", do.AgreeDate, "consent 42"),
        ("lang", "lang language 语言", "lang", do.SetLanguage, "lang zh"),
        ("undo", "undo 撤销", "number", do.Undo, "undo 42"),
        ("bind", "bind 绑定", "code", do.Bind, "bind CODE"),
        ("agreement", "agreement agreements 协议", "", see.Agreements, ""),
        ("agree", "agree 同意", "", do.Agree, ""),
        ("page", "page 网页", "", see.PageLink, ""),
    ),
    *_verbs(
        "desk",
        ("help", "help ? 帮助", "", lambda: see.Help("desk"), ""),
        ("queue", "queue 队列", "", see.TeamQueue, ""),
        ("board", "board 看板", "", see.TeamQueue, ""),
        ("breaches", "breaches 超时", "", lambda: see.TeamQueue("breaches"), ""),
        ("escalations", "escalations 升级", "", lambda: see.TeamQueue("escalations"), ""),
        (
            "menu",
            "menu catalogue catalog 菜单 目录",
            "text?",
            lambda words="": see.Menu(words, whole=True),
            "menu words",
        ),
        ("have", "have 备齐 已备", "number text?", do.Supply, "have 42 1"),
        ("mine", "mine my 我的", "", see.MyQueue, ""),
        ("show", "show status 查询", "number", see.ShowRequest, "show 42"),
        ("why", "why 为什么", "number", see.Why, "why 42"),
        ("take", "take 接单", "number", do.Take, "take 42"),
        ("ack", "ack acknowledge 确认", "number", do.Acknowledge, "ack 42"),
        ("assign", "assign 转派", "number person", do.Assign, "assign 42 @li"),
        ("return", "return 退回", "number", do.ReturnToQueue, "return 42"),
        ("prio", "prio priority 优先级", "number level text?", do.SetPriority, "prio 42 high"),
        ("snooze", "snooze 稍后", "number when", do.Snooze, "snooze 42 2h"),
        ("wait", "wait 等待", "number text", do.AskClient, "wait 42 question"),
        ("resume", "resume 继续", "number", do.Resume, "resume 42"),
        ("start", "start 开工", "number", do.StartWork, "start 42"),
        ("group", "group 转组", "number team", do.AssignGroup, "group 42 team"),
        ("complete", "complete 齐全", "number", do.AcceptPrerequisites, "complete 42"),
        ("noreply", "noreply 免复", "number", do.NoReplyNeeded, "noreply 42"),
        ("approval", "approval 审批", "number who text?", do.AskApproval, "approval 42 @li reason"),
        ("approve", "approve 批准", "number", do.Approve, "approve 42"),
        ("refuse", "refuse 驳回", "number text", do.RefuseApproval, "refuse 42 reason"),
        ("supplier", "supplier 外协", "number text", do.HandToSupplier, "supplier 42 text"),
        ("schedule", "schedule 约期", "number when", do.OfferDate, "schedule 42 fri 17:00"),
        ("review", "review 提审", "number text", do.SubmitReview, "review 42 text"),
        ("pass", "pass 通过", "number", do.PassReview, "pass 42"),
        ("fail", "fail 返工", "number text", do.FailReview, "fail 42 text"),
        ("pause", "pause 暂停", "number text", do.Pause, "pause 42 reason"),
        ("force", "force 不可抗力", "number text", do.DeclareForceMajeure, "force 42 reason"),
        ("waive", "waive 终止协议", "number text", do.WithdrawAgreement, "waive 42 reason"),
        ("confirm", "confirm 核准", "number", do.Confirm, "confirm 42"),
        ("decline", "decline 谢绝", "number text", do.Decline, "decline 42 reason"),
        ("outside", "outside 超范围", "number text", do.AskScope, "outside 42 reason"),
        ("once", "once 破例", "number text", do.AcceptOnce, "once 42 reason"),
        ("quote", "quote 报价", "number text", do.Quote, "quote 42 text"),
        ("include", "include 纳入", "number text", do.AddToCatalogue, "include 42 name"),
        ("scope", "scope 范围", "", see.ScopeRegister, ""),
        ("merge", "merge dup 合并 重复", "number other", do.Merge, "merge 42 17"),
        ("split", "split 拆分", "number text", do.Split, "split 42 title"),
        ("extend", "extend 延长", "number span text", do.Extend, "extend 42 2h reason"),
        ("resolve", "resolve 解决", "number text", do.Resolve, "resolve 42 text"),
        ("reopen", "reopen 重开", "number text?", do.Reopen, "reopen 42"),
        ("note", "note 备注", "number text", do.Note, "note 42 text"),
        ("reply", "reply 回复", "number text", do.Reply, "reply 42 text"),
        ("cancel", "cancel 取消", "number", do.Cancel, "cancel 42"),
        ("undo", "undo 撤销", "number", do.Undo, "undo 42"),
        ("find", "find search 搜索", "text", see.Find, "find words"),
        ("oncall", "oncall duty 值班", "", see.OnDuty, ""),
        ("digest", "digest 简报", "now?", lambda _now="": see.DigestNow(), "digest now"),
        ("agreements", "agreements agreement 协议", "", see.Agreements, ""),
        ("apply", "apply 适用", "code", see.PreviewAgreement, "apply gold"),
        ("lang", "lang language 语言", "lang", do.SetLanguage, "lang zh"),
        ("bind", "bind 绑定", "code", do.Bind, "bind CODE"),
        ("page", "page 网页", "", see.PageLink, ""),
    ),
)
_BY_WORD: Mapping[str, Mapping[str, Verb]] = {
    command: {word: verb for verb in VERBS if verb.command == command for word in verb.words}
    for command in ("request", "desk")
}


#: The marks of nearly every Chinese line. Without them it mostly is normal already, which is asked in no time.
_WIDE = tuple(zip("，：！？；（）＃", ",:!?;()#", strict=True))


def fold(text: str) -> str:
    """The form in which marks, words and digits are compared: NFKC and lower case."""
    if text.isascii():
        return text.lower()
    for wide, plain in _WIDE:
        text = text.replace(wide, plain)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return text.casefold()


#: For the rulebook's own words: they are few, and compared with every line.
fold_known = lru_cache(maxsize=4096)(fold)


def clean(text: str) -> str:
    """What every database may store: no NUL, no lone surrogate, no control character but line breaks and tabs."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SPOILT.sub(lambda match: "" if match[0] <= "\x7f" else "\ufffd", kept)


def parse(command: str, text: str, here: str = "") -> Asked:
    """Read one line said with a command (`request` or `desk`). `here` is the request it was said under, if any."""
    text = clean(text).strip()
    if len(text) > TEXT_LIMIT:
        return NotUnderstood("too_long", text, {"limit": str(TEXT_LIMIT), "length": str(len(text))})
    if not text:
        return see.NewRequestForm() if command == "request" else see.MyQueue()
    word, rest = _split(text)
    verb = _BY_WORD[command].get(fold(word).lstrip("/"))
    if verb is not None:
        return _apply(verb, word, rest, text, here)
    if command == "desk":
        near = get_close_matches(fold(word), _BY_WORD["desk"], n=3, cutoff=0.6)
        return NotUnderstood("verb_unknown", text, {"word": word}, tuple(f"/desk {n} {rest}".strip() for n in near))
    return _near_miss(word, rest, text) or parse_request(text)


def _split(text: str) -> tuple[str, str]:
    """The first word and the rest; a full-width space parts words, too."""
    head, *tail = text.split(None, 1)
    return head, tail[0] if tail else ""


def _near_miss(word: str, rest: str, text: str) -> NotUnderstood | None:
    """`stauts 42` is asked about; other text files (rulings.md 22). `Gate 7 stands open` is no `rate 7 5`."""
    argument = fold(_split(rest)[0]) if rest else ""
    if not _NUMBER.fullmatch(argument):
        return None
    # `gave 3 drawings` is something that was done, not a slip of `have`.
    verbs = _BY_WORD["request"].items()
    words = [w for w, verb in verbs if verb.shape[:1] == ("number",) and verb.name != "have"]
    near = get_close_matches(fold(word), words, n=1, cutoff=0.7 if word.isascii() else 0.5)
    if not near or not isinstance(
        _apply(_BY_WORD["request"][near[0]], near[0], rest, text, ""), do.OnRequest | see.Query
    ):
        return None
    return NotUnderstood("verb_near", text, {"word": word}, (f"/request {near[0]} {rest}", f"/request -- {text}"))


def _apply(verb: Verb, word: str, rest: str, text: str, here: str) -> Asked:
    """Fit the arguments; a verb whose arguments do not fit is plain text for `/request`, a usage hint for `/desk`."""
    args: list[str] = []
    for shape in verb.shape:
        head, tail = _split(rest) if rest else ("", "")
        name = shape.rstrip("?")
        if name in ("text", "person", "team", "when", "lang"):
            head, tail = rest, ""
        value = _FITS[name](head) if head else None
        if value is None and name == "number" and here:
            args.append(here)
            continue
        if value is None and shape.endswith("?"):
            continue
        if value is None:
            if verb.command == "request" and rest and name != "stars":
                return parse_request(text)
            return NotUnderstood("usage", text, {"word": word, "usage": verb.usage}, (verb.usage,))
        args.append(value)
        rest = tail.strip()
    if rest:
        if verb.command == "request":
            return parse_request(text)
        return NotUnderstood("usage", text, {"word": word, "usage": verb.usage}, (verb.usage,))
    return verb.make(*args)


def _number(word: str) -> str | None:
    folded = fold(word)
    return folded.lstrip("#").upper() if _NUMBER.fullmatch(folded) else None


def _level(word: str) -> str | None:
    return LEVELS.get(fold(word).lstrip("!"))


def _stars(word: str) -> str | None:
    folded = fold(word)
    return folded if folded in {"1", "2", "3", "4", "5"} else None


_FITS: Mapping[str, Callable[[str], str | None]] = {
    "number": _number,
    "other": _number,
    "person": lambda text: text,
    "who": lambda word: word,
    "team": lambda text: text,
    "level": _level,
    "span": lambda word: word,
    "stars": _stars,
    "text": lambda text: text,
    "when": lambda text: text,
    "lang": lambda text: text if len(text.split()) == 1 else None,
    "code": lambda word: word,
    "now": lambda word: word if fold(word) in {"now", "现在"} else None,
}


class _Reading(Struct):
    """A request while it is read, word by word."""

    words: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    private: bool = False
    bad: NotUnderstood | None = None


def parse_request(text: str) -> Asked:
    """Read a line into `OpenRequest`: `!level`, `#service`, `due:`, `for:`, `impact:`, `~private`; the rest is text.

    `--` ends the reading of marks; a backslash keeps `!` and `#` literal. A mark counts once: the next of its kind is
    text.
    """
    first, _, more = text.strip().partition("\n")
    reading = _Reading()
    if _MARKED.search(fold(first)):
        _read_marks(first, reading)
    else:
        reading.words = first.split()
    if reading.bad is not None:
        lines = tuple(f"/request {text.replace(reading.bad.facts['word'], mark, 1)}" for mark in reading.bad.instead)
        return NotUnderstood(reading.bad.code, text, reading.bad.facts, lines)
    title, description = " ".join(reading.words).strip(), more.strip()
    if not title:
        first, _, more = description.partition("\n")
        title, description = " ".join(first.split()), more.strip()
    if not title:
        return NotUnderstood("empty", text)
    if len(title) > TITLE_LIMIT:
        cut = title.rfind(" ", 0, TITLE_LIMIT) if " " in title[60:TITLE_LIMIT] else TITLE_LIMIT - 1
        description = "\n".join(part for part in (title, description) if part)
        title = title[:cut].rstrip() + "…"
    return do.OpenRequest(title, description, private=reading.private, original=text, details={}, **reading.found)


#: Something that every mark has; a folded line without it is all text.
_MARKED = re.compile(r"[!#~:\\\[【]|--|^\s*p[1-4]\s")


def _read_marks(line: str, reading: _Reading) -> None:
    words = _head(line, reading)
    if words and words[0] == "--":
        reading.words, words = words[1:], []
    while words:
        word = words.pop(0)
        if word == "--":
            reading.words += words
            break
        if word.isascii() and word.isalnum():  # what most words are: it can be no mark
            reading.words.append(word)
        else:
            _token(word, words, reading)


_HEAD_BRACKET = re.compile(r"^\s*[\[【]\s*([^\]】]{1,8})\s*[\]】]\s*")
_HEAD_COLON = re.compile(r"^\s*([^\s\d]\S{0,7}?)\s*[:：]\s*")
_HEAD_BARE = re.compile(r"^\s*([pPｐＰ][1-4１-４])(?=\s)")  # `p3 need a new badge`
#: Where an item's name ends though no space follows: `#网络，三楼断网`.
_ITEM = re.compile(r"[#＃]([^,，。;；、!！?？]+)(.*)", re.DOTALL)


def _head(line: str, reading: _Reading) -> list[str]:
    """A level in brackets or before a colon counts at the head only; a number before a colon counts lines."""
    for pattern in (_HEAD_BRACKET, _HEAD_COLON, _HEAD_BARE):
        match = pattern.match(line)
        level = LEVELS.get(fold(match.group(1))) if match else None
        if match and level:
            reading.found["level"] = level
            return line[match.end() :].split()
    return line.split()


def _token(word: str, following: list[str], reading: _Reading) -> None:
    folded = fold(word)
    if folded[0] not in "\\!#~" and ":" not in folded:  # what nearly every word is: no mark begins or labels it
        reading.words.append(word)
    elif len(word) > 1 and word[0] == "\\" and word[1] in "!#！＃\\":
        reading.words.append(word[1:])
    elif folded.startswith("!") and any(c.isalnum() for c in folded) and "level" not in reading.found:
        _mark(word, folded, reading)
    elif folded.startswith("#") and _names_item(folded[1:]) and "item" not in reading.found:
        _item(word, reading)
    elif folded in ("~private", "~私密", "~保密"):
        reading.private = True
    elif label := _label(folded, _LABELS, reading):
        reading.found[_LABELS[label]] = unicodedata.normalize("NFKC", word)[len(label) :]
    elif (due := _label(folded, _DUE, reading)) or (folded in _DUE and following and "due" not in reading.found):
        _due(folded[len(due) :] if due else "", following, reading)
    else:
        reading.words.append(word)


def _label(folded: str, labels: Mapping[str, str], reading: _Reading) -> str:
    """The label that the word begins with, if something follows it and it has not been said before."""
    head, colon, rest = folded.partition(":")
    label = head + colon
    return label if rest and label in labels and labels[label] not in reading.found else ""


def _names_item(name: str) -> bool:
    return any(c.isalnum() for c in name) and not name.isdigit()


def _item(word: str, reading: _Reading) -> None:
    match = _ITEM.match(word)
    name, rest = match.groups() if match else (word[1:], "")
    reading.found["item"] = name
    reading.words += [rest.lstrip(",，。;；、")] if any(c.isalnum() for c in rest) else []


def _mark(word: str, folded: str, reading: _Reading) -> None:
    level = LEVELS.get(folded[1:])
    if level is None:
        near = get_close_matches(folded[1:], LEVELS, n=2, cutoff=0.5)
        reading.bad = reading.bad or NotUnderstood("level_unknown", "", {"word": word}, tuple(f"!{n}" for n in near))
    else:
        reading.found["level"] = level


def _due(value: str, following: list[str], reading: _Reading) -> None:
    phrase = value or fold(following.pop(0))
    if phrase in ("next", "this") and following:
        phrase = f"{phrase} {fold(following.pop(0))}"
    if following and _TIME.fullmatch(fold(following[0])) and not _TIME.search(_without_dates(phrase)):
        half = following[1:2] and fold(following[1]) in ("am", "pm")
        if half or not following[0].isdigit() or not following[1:] or _is_mark(following[1]):
            phrase = " ".join([phrase, *(fold(following.pop(0)) for _ in range(2 if half else 1))])
    reading.found["due"] = phrase


def _is_mark(word: str) -> bool:
    """Whether a word is not text: what stands before it ends a phrase."""
    folded = fold(word)
    return folded.startswith(("!", "#", "~", "--", *_LABELS, *_DUE))


def _without_dates(phrase: str) -> str:
    return re.sub(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}月\d{1,2}[日号]?|\+\d+\w", "", phrase)
