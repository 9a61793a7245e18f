"""What people type is read as chat.md 1.2 and 1.3 say, never raises and is never lost."""

from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.ask import commands as do
from core.ask import grammar
from core.ask import queries as see
from core.ask.folding import clean, fold
from core.ask.grammar import parse
from core.ask.marks import LEVELS, TITLE_LIMIT, NotUnderstood, parse_request, written


def filed(text: str) -> do.OpenRequest:
    asked = parse("request", text)
    assert isinstance(asked, do.OpenRequest), asked
    return asked


SAMPLES = [
    (
        "!high #billing Invoice export fails for May due:fri 17:00",
        {"title": "Invoice export fails for May", "level": "high", "item": "billing", "due": "fri 17:00"},
    ),
    (
        "【紧急】#网络 三楼办公室断网 截止:今天下午6点",
        {"title": "三楼办公室断网", "level": "urgent", "item": "网络", "due": "今天下午6点"},
    ),
    (
        "p3 need a new badge for:@wang by:+2d",
        {"title": "need a new badge", "level": "p3", "requester": "@wang", "due": "+2d"},
    ),
    ("-- list is broken", {"title": "list is broken"}),
    ("p2\nPrinter", {"title": "Printer", "level": "p2"}),
    ("p2 : Printer", {"title": "Printer", "level": "p2"}),
    ("[high] Printer", {"title": "Printer", "level": "high"}),
    ("[ high ] Printer", {"title": "Printer", "level": "high"}),
    ("【紧急] 断网", {"title": "断网", "level": "urgent"}),
    ("12: rooms to be painted", {"title": "12: rooms to be painted"}),
    ("[2] Printer", {"title": "Printer", "level": "p2"}),
    ("high: Printer", {"title": "Printer", "level": "high"}),
    ("高：打印机坏了", {"title": "打印机坏了", "level": "high"}),
    ("1: first of a list", {"title": "1: first of a list"}),
    ("！高 ＃网络 断网", {"title": "断网", "level": "high", "item": "网络"}),
    ("#网络，三楼断网", {"title": "三楼断网", "item": "网络"}),
    ("!１ Ｐrinter", {"title": "Ｐrinter", "level": "p1"}),
    ("断网 期限：明天 17:00", {"title": "断网", "due": "明天 17:00"}),
    ("Printer due:tomorrow 3 pm please", {"title": "Printer please", "due": "tomorrow 3 pm"}),
    ("Need by:tomorrow 3 laptops", {"title": "Need 3 laptops", "due": "tomorrow"}),
    ("Printer due:fri 9", {"title": "Printer", "due": "fri 9"}),
    ("Printer due:fri 9 #it", {"title": "Printer", "due": "fri 9", "item": "it"}),
    ("Printer due:next friday 17:00", {"title": "Printer", "due": "next friday 17:00"}),
    ("Printer due:2026-12-01T17:00", {"title": "Printer", "due": "2026-12-01t17:00"}),
    ("Printer due: fri 17:00", {"title": "Printer", "due": "fri 17:00"}),
    ("Printer due:", {"title": "Printer due:"}),
    ("Pay ~private salary", {"title": "Pay salary", "private": True}),
    ("工资 ~保密", {"title": "工资", "private": True}),
    ("Network impact:team", {"title": "Network", "impact": "team"}),
    ("断网 影响：班组", {"title": "断网", "impact": "班组"}),
    ("断网 影响：团队", {"title": "断网", "impact": "团队"}),
    ("出图 截止:“下周五 17:00”前", {"title": "出图", "due": "下周五 17:00"}),
    ("#“办公网络与设备”坏了", {"title": "坏了", "item": "办公网络与设备"}),
    ('for:"Li Wei", printer', {"title": "printer", "requester": "Li Wei"}),
    ('re:"HX-3" Printer', {"title": "Printer", "about": "HX-3"}),
    ('re:"the old one" Printer', {"title": 're:"the old one" Printer'}),
    (r"\!high is literal \#too", {"title": "!high is literal #too"}),
    ("lone \\ stays", {"title": "lone \\ stays"}),
    ("Printer -- !high #it", {"title": "Printer !high #it"}),
    ("x != y !!!", {"title": "x != y !!!"}),
    ("room #42", {"title": "room #42"}),
    ("not urgent at all", {"title": "not urgent at all"}),
    ("!high !low #a #b Printer", {"title": "!low #b Printer", "level": "high", "item": "a"}),
    ("Printer\nIt is broken\n- since May", {"title": "Printer", "description": "It is broken\n- since May"}),
    ("!high\nThe printer is broken", {"title": "The printer is broken", "level": "high"}),
    ("cancel my order of paper", {"title": "cancel my order of paper"}),
    ("language settings are wrong", {"title": "language settings are wrong"}),
    ("bind the two reports", {"title": "bind the two reports"}),
    ("我要 3 台电脑", {"title": "我要 3 台电脑"}),
    ('#"site network" slow', {"title": "slow", "item": "site network"}),
    ("#“现场 网络” 慢", {"title": "慢", "item": "现场 网络"}),
    ('Badge for:"Sarah Cole" please', {"title": "Badge please", "requester": "Sarah Cole"}),
    ('Badge due:"15 December, five pm" please', {"title": "Badge please", "due": "15 december, five pm"}),
    ('a "quoted word" stays', {"title": 'a "quoted word" stays'}),
    ('#"no end', {"title": "end", "item": '"no'}),
    ("Same leak re:#17", {"title": "Same leak", "about": "17"}),
    ("又漏水了 关于：HX-17", {"title": "又漏水了", "about": "HX-17"}),
    ("Re: printer on floor 2", {"title": "Re: printer on floor 2"}),
    (r"open \\server\share now", {"title": r"open \\server\share now"}),
    (r"the field \due:fri is empty", {"title": "the field due:fri is empty"}),
    ("!高，三楼断网", {"title": "三楼断网", "level": "high"}),
    ("！紧急三楼断网", {"title": "三楼断网", "level": "urgent"}),
    ("Report due:end of month to the client", {"title": "Report to the client", "due": "end of month"}),
    ("Report due:3 business days please", {"title": "Report please", "due": "3 business days"}),
    ("Report by:in 2 hours please", {"title": "Report please", "due": "in 2 hours"}),
    ("Report due:dec 15 at 5 pm, thanks", {"title": "Report thanks", "due": "dec 15 at 5 pm"}),
    ("审图 截止:下周三 上午 谢谢", {"title": "审图 谢谢", "due": "下周三 上午"}),
    ("审图 截止:3 个工作日内 谢谢", {"title": "审图 谢谢", "due": "3 个工作日内"}),
    ("审图 截止:12月1日 下午3点 谢谢", {"title": "审图 谢谢", "due": "12月1日 下午3点"}),
    ("Door due:5pm tomorrow please", {"title": "Door please", "due": "5pm tomorrow"}),
    ("Door due:noon on friday please", {"title": "Door please", "due": "noon on friday"}),
    ("Door due:5pm gmt please", {"title": "Door please", "due": "5pm gmt"}),
    ("Door due:2-3 days, thanks", {"title": "Door thanks", "due": "2-3 days"}),
    # a second time is no text: it is asked about
    ("Door due:monday or tuesday please", {"title": "Door please", "due": "monday or tuesday"}),
    ("Door due:tomorrow 17:00-18:00 please", {"title": "Door please", "due": "tomorrow 17:00-18:00"}),
    ("Door due:friday may be too late", {"title": "Door may be too late", "due": "friday"}),
    ("Door due:friday lunch menu", {"title": "Door lunch menu", "due": "friday"}),
    ("Door due:1.5 hours please", {"title": "Door please", "due": "1.5 hours"}),
    ("Door due:tomorow 3pm please", {"title": "Door please", "due": "tomorow 3pm"}),
    ("Door due:next wek, please", {"title": "Door please", "due": "next wek"}),
    ("Door due:asap please", {"title": "Door please", "due": "asap"}),
    # in Chinese no space stands between
    ("三楼断网 截止：明天下午3点，请尽快", {"title": "三楼断网 请尽快", "due": "明天下午3点"}),
    ("三楼断网，截止：明天下午3点", {"title": "三楼断网", "due": "明天下午3点"}),
    ("三楼断网，!紧急", {"title": "三楼断网", "level": "urgent"}),
    (
        "三楼断网。#网络，影响:班组，截止:今天18:00，谢谢",
        {"title": "三楼断网。 谢谢", "item": "网络", "impact": "班组", "due": "今天18:00"},
    ),
    ("截止:国庆前，出图", {"title": "出图", "due": "国庆前"}),
    ("截止:周五，下午5点，出图", {"title": "出图", "due": "周五,下午5点"}),
    ("截止:十二月三号前，出图", {"title": "出图", "due": "十二月三号前"}),
    ("替:王工，换电脑", {"title": "换电脑", "requester": "王工"}),
    ("图纸有误，关于:42，请看", {"title": "图纸有误， 请看", "about": "42"}),
    ("按钮旁，！键坏了", {"title": "按钮旁，！键坏了"}),
    ("现场停电，#5电梯停运", {"title": "现场停电，#5电梯停运"}),
    ("网络断了，影响：整个三楼无法办公", {"title": "网络断了，影响：整个三楼无法办公"}),
    ("合同盖章，期限：三年", {"title": "合同盖章，期限：三年"}),
    ("换人，替：王工去现场", {"title": "换人，替：王工去现场"}),
    ("三楼断网，截止:周五，周六不在", {"title": "三楼断网， 周六不在", "due": "周五"}),
    ("工资有误，~保密，谢谢", {"title": "工资有误， 谢谢", "private": True}),
    ("Door due:5 p.m. tomorrow, please", {"title": "Door please", "due": "5 p.m. tomorrow"}),
    ("Door due:fri at 3, thanks", {"title": "Door thanks", "due": "fri at 3"}),
    ("Door due:friday before the client comes", {"title": "Door before the client comes", "due": "friday"}),
    ("Door due:2 days from now please", {"title": "Door please", "due": "2 days from now"}),
    ("Door due:a day or two please", {"title": "Door please", "due": "a day or two"}),
    ("Door due:a week from friday please", {"title": "Door please", "due": "a week from friday"}),
    ("审图 截止:6 月 5 日 下午 5 点半 谢谢", {"title": "审图 谢谢", "due": "6 月 5 日 下午 5 点半"}),
]


@pytest.mark.parametrize(("text", "said"), SAMPLES)
def test_a_line_is_filed_with_its_marks(text: str, said: dict[str, object]) -> None:
    asked = filed(text)
    empty = {
        **dict.fromkeys(("description", "item", "level", "due", "requester", "impact", "about"), ""),
        "private": False,
    }
    assert {name: getattr(asked, name) for name in ("title", *empty)} == {**empty, **said}
    assert asked.original == text.strip()


VERBS = [
    ("request", "", see.NewRequestForm()),
    ("desk", "", see.MyQueue()),
    ("request", "list", see.MyRequests()),
    ("request", "我的", see.MyRequests()),
    ("request", "status 42", see.ShowRequest("42")),
    ("request", "status #42", see.ShowRequest("42")),
    ("request", "STATUS hx-42", see.ShowRequest("HX-42")),
    ("request", "status　ＨＸ－４２", see.ShowRequest("HX-42")),
    ("request", "查询 42", see.ShowRequest("42")),
    ("request", "add 42 more text", do.AddInformation("42", "more text")),
    ("request", "补充 42\n第二行", do.AddInformation("42", "第二行")),
    ("request", "cancel 42", do.Cancel("42")),
    ("request", "取消 42", do.Cancel("42")),
    ("request", "reopen 42", do.Reopen("42")),
    ("request", "重开 42 又坏了", do.Reopen("42", "又坏了")),
    ("request", "rate 42 5", do.Rate("42", "5")),
    ("request", "评分 42 ５ 谢谢", do.Rate("42", "5", "谢谢")),
    ("request", "lang zh", do.SetLanguage("zh")),
    ("request", "help", see.Help()),
    ("request", "帮助", see.Help()),
    ("desk", "queue", see.TeamQueue()),
    ("desk", "队列", see.TeamQueue()),
    ("desk", "take 42", do.Take("42")),
    ("desk", "接单 42", do.Take("42")),
    ("desk", "ack 42", do.Acknowledge("42")),
    ("desk", "assign 42 @li", do.Assign("42", "@li")),
    ("desk", "assign 42 Sarah Cole", do.Assign("42", "Sarah Cole")),
    ("desk", "转派 42 @li", do.Assign("42", "@li")),
    ("desk", "prio 42 high", do.SetPriority("42", "high")),
    ("desk", "优先级 42 紧急 客户停工", do.SetPriority("42", "urgent", "客户停工")),
    ("desk", "snooze 42 2h", do.Snooze("42", "2h")),
    ("desk", "稍后 42 明天 9:00", do.Snooze("42", "明天 9:00")),
    ("desk", "wait 42 Which floor?", do.AskClient("42", "Which floor?")),
    ("desk", "resolve 42 Cable replaced", do.Resolve("42", "Cable replaced")),
    ("desk", "解决 42 换了网线", do.Resolve("42", "换了网线")),
    ("desk", "reopen 42", do.Reopen("42")),
    ("desk", "note 42 text", do.Note("42", "text")),
    ("desk", "回复 42 马上到", do.Reply("42", "马上到")),
    ("desk", "extend 42 2h waiting for parts", do.Extend("42", "2h", "waiting for parts")),
    ("desk", "extend 42 2 hours waiting for parts", do.Extend("42", "2 hours", "waiting for parts")),
    ("desk", "延长 42 1小时30分 等 配件", do.Extend("42", "1小时30分", "等 配件")),
    ("desk", "find broken printer", see.Find("broken printer")),
    ("desk", "值班", see.OnDuty()),
    ("desk", "breaches", see.TeamQueue("breaches")),
    ("desk", "升级", see.TeamQueue("escalations")),
    ("desk", "digest now", see.DigestNow()),
    ("desk", "settings", see.Settings()),
    ("request", "设置", see.Settings()),
    ("desk", "settings quiet 22:00-08:00", do.Choose("quiet 22:00-08:00")),
    ("desk", "设置 简报 停一周", do.Choose("简报 停一周")),
    ("request", "settings quiet off", do.Choose("quiet off")),
    (
        "request",
        "settings are lost on my phone",
        do.OpenRequest("settings are lost on my phone", original="settings are lost on my phone"),
    ),
    ("desk", "undo 42", do.Undo("42")),
    ("request", "consent 42", do.AgreeDate("42")),
    ("request", "同意约期 42", do.AgreeDate("42")),
    ("desk", "start 42", do.StartWork("42")),
    ("desk", "开工 42", do.StartWork("42")),
    ("desk", "group 42 Site Supervision", do.AssignGroup("42", "Site Supervision")),
    ("desk", "转组 42 监理部", do.AssignGroup("42", "监理部")),
    ("desk", "complete 42", do.AcceptPrerequisites("42")),
    ("desk", "齐全 42", do.AcceptPrerequisites("42")),
    ("desk", "noreply 42", do.NoReplyNeeded("42")),
    ("desk", "approval 42 @zhao over the budget", do.AskApproval("42", "@zhao", "over the budget")),
    ("desk", "审批 42 @zhao", do.AskApproval("42", "@zhao")),
    ("desk", "approve 42", do.Approve("42")),
    ("desk", "批准 42", do.Approve("42")),
    ("desk", "refuse 42 too dear", do.RefuseApproval("42", "too dear")),
    ("desk", "外协 42 电梯厂家", do.HandToSupplier("42", "电梯厂家")),
    ("desk", "schedule 42 fri 17:00", do.OfferDate("42", "fri 17:00")),
    ("desk", "约期 42 周五 17:00", do.OfferDate("42", "周五 17:00")),
    ("desk", "review 42 sheet 12", do.SubmitReview("42", "sheet 12")),
    ("desk", "通过 42", do.PassReview("42")),
    ("desk", "fail 42 wrong scale", do.FailReview("42", "wrong scale")),
    ("desk", "暂停 42 现场停工", do.Pause("42", "现场停工")),
    ("desk", "不可抗力 42 暴雨", do.DeclareForceMajeure("42", "暴雨")),
    ("desk", "waive 42 contract ended", do.WithdrawAgreement("42", "contract ended")),
    ("desk", "confirm 42", do.Confirm("42")),
    ("desk", "decline 42 not in our contract", do.Decline("42", "not in our contract")),
    ("desk", "merge 42 17", do.Merge("42", "17")),
    ("desk", "重复 42 hx-17", do.Merge("42", "HX-17")),
    ("desk", "split 42 the other half", do.Split("42", "the other half")),
]


@pytest.mark.parametrize(("command", "text", "meant"), VERBS)
def test_a_verb_is_understood(command: str, text: str, meant: object) -> None:
    assert parse(command, text) == meant


@pytest.mark.parametrize(
    ("command", "text", "meant"),
    [
        ("desk", "take", do.Take("HX-7")),
        ("desk", "resolve Cable replaced", do.Resolve("HX-7", "Cable replaced")),
        ("desk", "resolve 42 Cable replaced", do.Resolve("42", "Cable replaced")),
        ("request", "补充 三楼", do.AddInformation("HX-7", "三楼")),
        ("request", "cancel", do.Cancel("HX-7")),
        ("request", "withdraw", do.Cancel("HX-7")),
        ("request", "验收", do.Accept("HX-7")),
    ],
)
def test_under_a_request_its_number_may_be_left_out(command: str, text: str, meant: object) -> None:
    assert parse(command, text, here="HX-7") == meant


ERRORS = [
    ("request", "stauts 42", "verb_near", "/request status 42"),
    ("request", "查寻 42", "verb_near", "/request 查询 42"),
    ("request", "!hgih printer", "level_unknown", "/request !high printer"),
    ("request", "status", "usage", "/request status 42"),
    ("request", "rate 42 great", "usage", "/request rate 42 5"),
    ("request", "Network impact:tema", "impact_unknown", "/request Network impact:team"),
    ("request", "断网 影响:整层", "impact_unknown", "/request 断网 影响:全公司"),
    ("request", 'Network impact:"the tema"', "impact_unknown", "/request Network impact:team"),
    ("request", "!high #it", "empty", ""),
    ("request", "p2", "empty", ""),
    ("request", "？？？", "empty", ""),
    ("request", "。", "empty", ""),
    ("request", "!high ~private 。", "empty", ""),
    ("desk", "tkae 42", "verb_unknown", "/desk take 42"),
    ("desk", "take", "usage", "/desk take 42"),
    ("desk", "resolve 3", "usage", "/desk resolve 3 text"),
    ("desk", "take 42 now", "usage", "/desk take 42"),
    ("desk", "prio 42 gigantic", "usage", "/desk prio 42 high"),
    ("desk", "merge 42 that one", "usage", "/desk merge 42 17"),
    ("desk", "pause 42", "usage", "/desk pause 42 reason"),
    ("desk", "暂停 42", "usage", "/desk 暂停 42 reason"),
]


@pytest.mark.parametrize(("command", "text", "code", "instead"), ERRORS)
def test_what_is_not_understood_is_kept_with_a_line_that_would_work(
    command: str, text: str, code: str, instead: str
) -> None:
    asked = parse(command, text)
    assert isinstance(asked, NotUnderstood)
    assert (asked.code, asked.text) == (code, text)
    if code == "usage":
        assert (asked.facts["usage"], asked.instead) == (instead, ()), "an example's number is nobody's to press"
    else:
        assert instead in (*asked.instead, "")


def test_the_line_that_is_offered_is_understood() -> None:
    for command, text, *_ in ERRORS:
        asked = parse(command, text)
        assert isinstance(asked, NotUnderstood)
        for line in asked.instead:
            name, _, rest = line.lstrip("/").partition(" ")
            assert not isinstance(parse(name, rest), NotUnderstood), line


def test_a_long_title_is_cut_and_kept_whole_in_the_description() -> None:
    text = "word " * 60
    asked = filed(text)
    assert len(asked.title) <= TITLE_LIMIT
    assert asked.title.endswith("…")
    assert asked.description == text.strip()


def test_too_much_text_is_refused_whole() -> None:
    asked = parse("request", "x" * 100_000)
    assert isinstance(asked, NotUnderstood)
    assert (asked.code, len(asked.text)) == ("too_long", 100_000)


def test_all_usage_lines_are_understood() -> None:
    for verb in grammar.VERBS:
        name, _, rest = verb.usage.lstrip("/").partition(" ")
        assert not isinstance(parse(name, rest), NotUnderstood), verb.usage


# ---- properties

JOINED = "，截止：明天， ，!高 。#网 ，替:王，换 ，影响:班组、x ，关于:42， ，！高空 截止:明天，后天 due:a,b"
MARKS = "!high ！高 #it ＃网络 due: due:fri 截止：明天 17:00 9 for:@li -- \\ \\! ! # ~private impact:team 查询 42"
QUOTES = 're:HX-3 re:"a #"b impact:"c b" 影响：“d”'
WORDS = "HX-42 【紧急】 [high] high: p1 مرحبا 👩‍🔧 ß ﬁ İ next pm"
SPACES = ["\n", "\r\n", "\u3000", "\u202e", "\ud800", "\x00"]
PIECES = st.sampled_from([*MARKS.split(), *JOINED.split(), *QUOTES.split(), *WORDS.split(), *SPACES])
ANYTHING = st.one_of(
    st.text(alphabet=st.characters(), max_size=200),
    st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=14).map(" ".join),
    st.lists(st.one_of(PIECES, st.text(max_size=2)), max_size=8).map("".join),
    st.text(alphabet="!#-\\:[]【】 \n1p高", max_size=30),
)


@given(command=st.sampled_from(["request", "desk"]), text=ANYTHING, here=st.sampled_from(["", "HX-1"]))
@example(command="request", text="🛠" * 100_000, here="")
@example(command="request", text="\ud800\udfff", here="")
@example(command="desk", text="\u202e\u3000", here="")
@settings(max_examples=400, deadline=None)
def test_parse_never_raises(command: str, text: str, here: str) -> None:
    assert isinstance(parse(command, text, here), do.Command | see.Query | NotUnderstood)


_WORD = re.compile(r"\w+")
_TAKEN = ("item", "level", "due", "requester", "impact", "about", "original")


@given(ANYTHING)
@example("due: !high x")
@example("0 DUE: 0\u00af\u00c0")
@example("0 DUE: ,\u0179")
@example("截止: 明天，请尽快")
@example("0 DUE:\u00d8\u00b4")
@example("x due:fri 5 pm,now y")
@example("next due:next x")
@example('re:"two words" x')
@example('impact:"two words" x')
@settings(max_examples=400, deadline=None)
def test_no_word_is_lost(text: str) -> None:
    """What is no mark is in the title, the description, or in what was not understood."""
    asked = parse_request(clean(text).strip())
    typed = clean(text)
    if isinstance(asked, NotUnderstood):
        assert asked.text == typed.strip()
        return
    assert isinstance(asked, do.OpenRequest)
    kept = _apart(f"{asked.title}\n{asked.description}")
    marks = _apart(" ".join([*(str(getattr(asked, name)) for name in _TAKEN[:-1]), *LEVELS]))
    labels = fold("due by 截止 期限 for 替 impact 影响 re 关于 private 私密 保密")
    for word in _WORD.findall(_apart(typed)):
        assert word in kept or word in marks or any(word in part for part in (labels,)) or _is_level(word, asked), word


def _apart(text: str) -> str:
    """Folded, with accents beside their letters: a mark's value may join what the whole line keeps apart."""
    return normalize("NFD", fold(text))


def _is_level(word: str, asked: do.OpenRequest) -> bool:
    return bool(asked.level) and any(fold(level) == word for level in LEVELS)


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_text_after_two_dashes_is_taken_as_it_is(text: str) -> None:
    typed = clean(text).strip()
    asked = parse_request(f"-- {typed}")
    if isinstance(asked, do.OpenRequest):
        assert not asked.level
        assert not asked.item
        assert not asked.due
        first = " ".join((typed.split("\n", 1)[0]).split())
        assert asked.title == first or first.startswith(asked.title[:-1]) or not first


@given(ANYTHING)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_what_was_filed_is_filed_the_same_again(text: str) -> None:
    """The title and description of a request, typed again as plain text, make the same request."""
    first = parse_request(clean(text))
    if isinstance(first, do.OpenRequest) and not first.title.endswith("…"):
        again = parse_request(f"-- {first.title}\n{first.description}")
        assert isinstance(again, do.OpenRequest)
        assert (again.title, again.description) == (first.title, first.description)


@given(ANYTHING)
@example('for:a"b x')
@example("#a:b x")
@example('#"0:"0')
@example("0 DUE:O\u00af")
@example("#0<\n，截止:")
@example("#0<\n，截止:，")
@settings(max_examples=400, deadline=None)
def test_what_was_read_can_be_written_and_read_again(text: str) -> None:
    first = parse_request(clean(text).strip())
    if isinstance(first, do.OpenRequest):
        line = written(first)
        again = parse_request(line)
        assert isinstance(again, do.OpenRequest)
        assert replace(again, original="") == replace(first, original="")
        assert written(again) == line


@given(ANYTHING)
@settings(max_examples=200, deadline=None)
def test_what_was_typed_is_kept_whole(text: str) -> None:
    typed = clean(text).strip()
    asked = parse_request(typed)
    assert (asked.original if isinstance(asked, do.OpenRequest) else asked.text) == typed


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode()


def test_a_sentence_that_only_begins_like_a_verb_is_filed() -> None:
    """A building site is full of numbered things: the rest must fit the verb, too."""
    assert isinstance(parse("request", "Gate 7 stands open"), do.OpenRequest)
    assert isinstance(parse("request", "gate 7 5"), NotUnderstood)
