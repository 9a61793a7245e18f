"""From a typed line to a command or a query; usage texts and menus are derived from the same table.

The parser never raises and never loses text: what it does not understand comes back as `NotUnderstood` with the text
in it. Chinese and English words are taken everywhere, whatever the reader's language; full-width marks and digits are
folded (NFKC) before they are read, and kept as typed in what is filed (chat.md 1.2, 1.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from core.ask import commands as do
from core.ask import queries as see
from core.ask.commands import Command
from core.ask.folding import clean, fold
from core.ask.marks import LEVELS, NotUnderstood, parse_request
from core.ask.moments import reach
from core.ask.queries import Query

TEXT_LIMIT = 8000

#: What a digest may look back on, as it is said.
PERIODS: Mapping[str, str] = {
    "now": "daily", "现在": "daily", "day": "daily", "今天": "daily", "week": "weekly", "周": "weekly", "本周": "weekly",
    "month": "monthly", "月": "monthly", "本月": "monthly",
}  # fmt: skip
#: What may be chosen in `settings`: how it is said -> what it is.
CHOICES: Mapping[str, str] = {
    "quiet": "quiet", "静默": "quiet", "免打扰": "quiet", "勿扰": "quiet", "digest": "digest", "digests": "digest",
    "简报": "digest", "reminders": "reminders", "reminder": "reminders", "提醒": "reminders",
}  # fmt: skip

_NUMBER = re.compile(r"#?(?:[a-z]{2,5}-)?\d{1,9}", re.IGNORECASE)

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


def _settings(text: str = "") -> Command | Query:
    return do.Choose(text) if text else see.Settings()


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
        ("accept", "accept 确认 验收", "number", do.Accept, "accept 42"),
        ("decline", "decline 谢绝", "number text?", do.RefuseQuote, "decline 42"),
        ("demote", "demote 降级", "number other", do.Demote, "demote 17 42"),
        ("raise", "raise 提级", "number", do.Raise, "raise 42"),
        ("exception", "exception 破例 特批", "number text", do.AskException, "exception 42 reason"),
        ("cancel", "cancel withdraw 取消 撤回", "number", do.Cancel, "cancel 42"),
        ("reopen", "reopen 重开", "number text?", do.Reopen, "reopen 42"),
        ("rate", "rate 评分", "number stars text?", do.Rate, "rate 42 5"),
        ("nudge", "nudge 催办", "number", do.Nudge, "nudge 42"),
        ("consent", "consent 同意约期", "number", do.AgreeDate, "consent 42"),
        ("lang", "lang language 语言", "lang", do.SetLanguage, "lang zh"),
        ("undo", "undo 撤销", "number", do.Undo, "undo 42"),
        ("settings", "settings 设置", "choice?", _settings, ""),
        ("bind", "bind 绑定", "code", do.Bind, "bind CODE"),
        ("agreement", "agreement agreements 协议", "", see.Agreements, ""),
        ("agree", "agree 同意", "", do.Agree, ""),
        ("due", "due 期限", "number when", lambda number, when: do.EditRequest(number, due=when), "due 42 fri 17:00"),
        ("same", "same 同一件事", "number other", do.SameAs, "same 42 17"),
        ("follow", "follow 关注", "number", do.Follow, "follow 42"),
        ("unfollow", "unfollow 取消关注", "number", do.Unfollow, "unfollow 42"),
        ("drafts", "drafts draft 草稿", "", see.Drafts, ""),
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
        (
            "service",
            "service 服务",
            "number text",
            lambda number, text: do.EditRequest(number, item=text),
            "service 42 drawings",
        ),
        ("snooze", "snooze 稍后", "number when", do.Snooze, "snooze 42 2h reason"),
        ("still", "still 在办", "number", do.StillOnIt, "still 42"),
        ("assist", "assist 求助", "number text?", do.AskHelp, "assist 42 text"),
        ("seen", "seen 知悉", "number", do.Seen, "seen 42"),
        ("hold", "hold 缓催", "number", do.Hold, "hold 42"),
        ("ladder", "ladder 升级链", "number", see.Ahead, "ladder 42"),
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
        ("grant", "grant 特批", "number text", do.GrantException, "grant 42 reason"),
        ("deny", "deny 不批", "number text", do.RefuseException, "deny 42 reason"),
        ("outside", "outside 超范围", "number text", do.AskScope, "outside 42 reason"),
        ("once", "once 破例", "number text", do.AcceptOnce, "once 42 reason"),
        ("quote", "quote 报价", "number text", do.Quote, "quote 42 text"),
        ("include", "include 纳入", "number text", do.AddToCatalogue, "include 42 name"),
        ("scope", "scope 范围", "", see.ScopeRegister, ""),
        ("corrections", "corrections 更正", "", see.Corrections, ""),
        ("merge", "merge dup 合并 重复", "number other", do.Merge, "merge 42 17"),
        ("split", "split 拆分", "number text", do.Split, "split 42 title"),
        ("extend", "extend 延长", "number span text", do.Extend, "extend 42 2h reason"),
        ("resolve", "resolve 解决", "number text", do.Resolve, "resolve 42 text"),
        ("reopen", "reopen 重开", "number text?", do.Reopen, "reopen 42"),
        ("note", "note 备注", "number text", do.Note, "note 42 text"),
        ("reply", "reply 回复", "number text", do.Reply, "reply 42 text"),
        ("cancel", "cancel withdraw 取消 撤回", "number", do.Cancel, "cancel 42"),
        ("undo", "undo 撤销", "number", do.Undo, "undo 42"),
        ("find", "find search 搜索", "text", see.Find, "find words"),
        ("oncall", "oncall duty 值班", "", see.OnDuty, ""),
        ("digest", "digest 简报", "period?", lambda period="now": see.DigestNow(PERIODS[period]), "digest now"),
        ("report", "report 周报", "period?", lambda period="week": see.DigestNow(PERIODS[period]), "report week"),
        ("rota", "rota 排班", "", see.Turns, ""),
        ("cover", "cover 替班", "who when", do.AskCover, "cover @li fri"),
        ("swap", "swap 换班", "who when", do.AskSwap, "swap @li fri mon"),
        ("away", "away 离开", "when", do.GoAway, "away till 18:00"),
        ("back", "back 回来", "", do.ComeBack, ""),
        ("agreements", "agreements agreement 协议", "", see.Agreements, ""),
        ("apply", "apply 适用", "code", see.PreviewAgreement, "apply gold"),
        ("lang", "lang language 语言", "lang", do.SetLanguage, "lang zh"),
        ("settings", "settings 设置", "choice?", _settings, "settings quiet 22:00-08:00"),
        ("bind", "bind 绑定", "code", do.Bind, "bind CODE"),
        ("page", "page 网页", "", see.PageLink, ""),
    ),
)
_BY_WORD: Mapping[str, Mapping[str, Verb]] = {
    command: {word: verb for verb in VERBS if verb.command == command for word in verb.words}
    for command in ("request", "desk")
}


def parse(command: str, text: str, here: str = "") -> Asked:
    """Read one line said with a command (`request` or `desk`). `here` is the request it was said under, if any."""
    text = clean(text).strip()
    if len(text) > TEXT_LIMIT:
        return NotUnderstood("too_long", text, {"limit": str(TEXT_LIMIT), "length": str(len(text))})
    if not text:
        return see.NewRequestForm() if command == "request" else see.MyQueue()
    folded = fold(text)
    keys = folded.split(None, 2)
    verb = _BY_WORD[command].get(keys[0].lstrip("/"))
    if verb is None and command == "request" and not (len(keys) > 1 and keys[1][-1].isdigit()):
        return parse_request(text, folded)  # as most lines are
    word, rest = _split(text)
    if verb is not None:
        return _apply(verb, word, rest, text, here)
    if command == "desk":
        return _unknown(word, rest, text)
    return _near_miss(word, rest, text) or parse_request(text)


def _unknown(word: str, rest: str, text: str) -> NotUnderstood:
    near = get_close_matches(fold(word), _BY_WORD["desk"], n=3, cutoff=0.6)
    return NotUnderstood("verb_unknown", text, {"word": word}, tuple(f"/desk {n} {rest}".strip() for n in near))


def _split(text: str) -> tuple[str, str]:
    """The first word and the rest; a full-width space parts words, too."""
    parts = text.split(None, 1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _near_miss(word: str, rest: str, text: str) -> NotUnderstood | None:
    """`stauts 42` is asked about; other text files (rulings.md 22). `Gate 7 stands open` is no `rate 7 5`."""
    if not rest or not _NUMBER.fullmatch(fold(_split(rest)[0])):
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
        if name in ("text", "person", "team", "when", "lang", "choice"):
            head, tail = rest, ""
        elif name == "span" and rest:  # `2 hours the part is late`
            words = reach(fold(rest)).count(" ") + 1
            head, tail = " ".join(rest.split()[:words]).rstrip(",，;；"), "".join(rest.split(None, words)[words:])
        value = _FITS[name](head) if head else None
        if value is None and name == "number" and here:
            args.append(here)
            continue
        if value is None and shape.endswith("?"):
            continue
        if value is None:
            if verb.command == "request" and rest and name != "stars":
                return parse_request(text)
            return _unfit(verb, word, text, args)
        args.append(value)
        rest = tail.strip()
    if rest:
        if verb.command == "request":
            return parse_request(text)
        return _unfit(verb, word, text, args)
    return verb.make(*args)


def _unfit(verb: Verb, word: str, text: str, args: Sequence[str]) -> NotUnderstood:
    """How the verb is used, with the word that was typed; never as a line to press, since its number is an example's."""
    example = _split(verb.example or verb.words[0])[1]
    if args and verb.shape[0] == "number":
        example = example.replace("42", args[0], 1)
    facts = {"word": word, "usage": f"/{verb.command} {word} {example}".rstrip(), "verb": verb.name}
    return NotUnderstood("usage", text, facts | ({"number": args[0]} if args and verb.shape[0] == "number" else {}))


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
    "choice": lambda text: text if fold(text).split()[0] in CHOICES else None,
    "period": lambda word: fold(word) if fold(word) in PERIODS else None,
}
