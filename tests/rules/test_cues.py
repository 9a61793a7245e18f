"""What words propose: each idea of the classifier in a few sentences of both languages, and what holds for any text."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules import cues
from core.rules.evaluation import judge, labels, score
from core.rules.hearing import LIMIT, hear
from core.rules.lexicon import Sense, spaced, spot
from core.rules.priority import propose
from core.say.voice import CUE
from tests.rules.test_labelled import FOLDER

MATRIX = ((1, 1, 2, 3), (1, 2, 2, 3), (2, 3, 3, 4), (3, 3, 4, 4))


def read(text: str) -> tuple[int | None, int | None]:
    said = propose(text)
    return said.impact and said.impact.level, said.urgency and said.urgency.level  # type: ignore[return-value]


def test_the_sentences_it_was_made_with() -> None:
    """A floor, not a goal: the sentences that stand apart say how good it is."""
    for part, lines in (
        ("tuning", None),
        ("fresh", None),
        ("again", None),
        ("third", 80),
        ("fifth", None),
        ("sixth", None),
        ("seventh", None),
        ("eighth", None),
        ("ninth", None),
        ("tenth", None),
        ("eleventh", None),
    ):
        with (FOLDER / f"{part}.jsonl").open(encoding="utf-8") as file:
            judged = judge(labels(islice(file, lines), MATRIX), (), MATRIX)
        assert score(judged, "priority").accuracy >= (0.91 if part == "eleventh" else 0.92)
        assert score(judged, "impact").accuracy >= 0.9
        assert score(judged, "urgency").accuracy >= 0.78


def test_the_sentences_that_stand_apart() -> None:
    """What it is worth to strangers does not fall unseen: only the totals of these are looked at."""
    for part, first, floor in (("apart", 0, 0.9), ("third", 80, 0.8), ("fourth", 0, 0.76)):
        with (FOLDER / f"{part}.jsonl").open(encoding="utf-8") as file:
            judged = judge(labels(islice(file, first, None), MATRIX), (), MATRIX)
        assert score(judged, "priority").accuracy >= floor


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("urgent", 1), ("URGENT!", 1), ("Ｕrgent", 1), ("很紧急", 1), ("非常紧急", 1),
        ("not urgent", 4), ("not so urgent", 4), ("isn’t really urgent", 4), ("non-urgent", 4), ("no urgent need", 4),
        ("不紧急", 4), ("不太紧急", 4), ("不是很紧急", 4), ("非紧急", 4), ("不急", 4),
        ("不是说不急", 1), ("not urgent before, now urgent", 1), ("it cannot wait", 1), ("it can wait", 4),
    ],
)  # fmt: skip
def test_a_denial_turns_the_urgency_round(text: str, level: int) -> None:
    assert read(text)[1] == level


@pytest.mark.parametrize(
    "text",
    [
        "emergency exit sign", "the emergency lighting on level 3", "critical path diagram", "an urgent care clinic",
        "priority seating", "high-rise facade", "insurgent", "piano", "remove the word urgent",
        "紧急集合点标识牌", "应急照明图", "急诊楼", "关键线路图", "高层住宅", "“紧急”一栏", "有空调的房间",
    ],
)  # fmt: skip
def test_the_name_of_a_thing_is_no_alarm(text: str) -> None:
    assert read(text)[1] is None


@pytest.mark.parametrize(
    "text", ["an emergency on level 3", "this is critical", "emergency! water", "情况紧急", "紧急求助"]
)
def test_alarm_that_stands_alone_is_one(text: str) -> None:
    assert read(text)[1] == 1


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("twenty-five workers are idle", 1), ("fifty angry operatives are idle", 1), ("500 users cannot log in", 1),
        ("eight welders are idle", 2), ("welders are idle", 2), ("the crew is idle", 2), ("two welders are idle", 3),
        ("I cannot log in", 3), ("someone cannot open the door with his badge", None), ("the welders are paid weekly", None),
        ("30 laptops won't boot", 1), ("nine nurses cannot log in", 2), ("the sales team's CRM crawls", 2),
        ("十二台电脑开不了机", 2), ("三十多户停水", 1), ("设计组电脑都很卡", 2),
        ("三十多人窝工", 1), ("两百名工人停工", 1), ("十几个人在干等", 2),
        ("六个结构工程师没法干活", 2), ("after last night's update six of our engineers can't work", 2),
        ("everybody on the fifth floor is waiting", 2), ("五楼大家都在干等", 2), ("整个财务部登录不了", 2),
        ("the tower crane is not available", 2), ("no power anywhere in the building", 1),
        ("nobody in accounting can print", 2), ("nobody in the building can print", 1),
        ("八名焊工窝工", 2), ("班组窝工", 2), ("两个人在干等", 3),
    ],
)  # fmt: skip
def test_how_many_are_stopped(text: str, impact: int | None) -> None:
    assert read(text)[0] == impact


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("within two hours", 1), ("half an hour left", 1), ("in 30 minutes", 1), ("by end of day", 2), ("tomorrow", 2),
        ("within 3 days", 3), ("next week", 3), ("in 3 weeks", 4), ("next month", 4), ("it takes a minute to load", None),
        ("只剩40分钟", 1), ("两小时内", 1), ("半小时后", 1), ("今天下班前", 2), ("明早", 2),
        ("三天内", 3), ("后天", 3), ("下个月", 4),
        ("周五前回就行", 3), ("归档就行", 4), ("四点前加急", 1),
        ("urgent, by tomorrow", 2), ("urgent, today", 1), ("no rush, this week", 4), ("不急，明天给", 2),
    ],
)  # fmt: skip
def test_a_time_limit_weighs_more_than_loud_words(text: str, urgency: int | None) -> None:
    assert read(text)[1] == urgency


@pytest.mark.parametrize("text", ["by Friday", "周五之前", "请星期五给"])
def test_a_weekday_may_be_tomorrow(text: str) -> None:
    days = {
        day: hear(text, datetime(2026, 11, day, 10, tzinfo=UTC)).senses for day in (18, 19, 20)
    }  # a Wednesday and on
    assert days[18] & Sense.DAYS
    assert days[19] & Sense.TOMORROW
    assert days[20] & Sense.TODAY


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("please answer by 23 November", 2), ("by Nov 23 please", 2), ("11月23日前给", 2), ("2026-11-23 之前", 2),
        ("by 30 November", 3), ("11月30日前完成", 3), ("the report of 3 November", None), ("11月3日的报告", None),
        ("24 December is early enough for the plan", 4), ("12月24日前给", 4), ("1月5日前给", 4), ("请在12月15日之后再开始审图", 4),
        ("before the 24th", 3), ("24号前给", 3), ("24日浇筑", 3), ("at 12:30 please", 1), ("at 5pm please", 2),
        ("下午5点要用", 2), ("中午12点要", 1), ("since 9:00 it is slow", None), ("tomorrow at 12:30", 2), ("scale 1:100", None),
        ("version 2.10", None), ("12:30 or 32.13", 1), ("on 31 February", None), ("22 November", 2),
    ],
)  # fmt: skip
def test_dates_and_times_are_measured_against_now(text: str, urgency: int | None) -> None:
    said = propose(text, (), datetime(2026, 11, 22, 10, 0, tzinfo=UTC))
    assert (said.urgency.level if said.urgency else None) == urgency


@pytest.mark.parametrize(
    "text",
    [
        "Two people are stuck in the lift", "Somebody is trapped in the elevator", "I'm stuck in the lift on floor 6",
        "Lift has stopped with someone inside", "People locked in the goods lift, alarm not answered",
        "有人困在电梯里", "电梯困人", "电梯卡在七楼，里面关着两个人", "工人被困在升降机里",
        "有人困電梯裡了", "电梯停在半层，里面有老人",
    ],
)  # fmt: skip
def test_somebody_shut_in_is_always_the_gravest(text: str) -> None:
    assert read(text) == (1, 1)


@pytest.mark.parametrize(
    "text",
    ["The ventilator on the ICU is dead", "The monitor in the operating room went dark", "手术室的无影灯灭了", "呼吸机报警后失灵"],
)  # fmt: skip
def test_what_keeps_people_alive_is_the_gravest(text: str) -> None:
    assert read(text) == (1, 1)
    assert propose(text).impact.cue in cues.SAFETY  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Somebody posted our salary list on a public channel", 1), ("工资表被人发到外部群了", 1),
        ("Please send the price list to all suppliers", None), ("请把报价单发给所有客户", None),
    ],
)  # fmt: skip
def test_what_is_confidential_got_out_or_is_to_be_sent(text: str, impact: int | None) -> None:
    assert read(text)[0] == impact


@pytest.mark.parametrize(
    ("text", "factors"),
    [
        ("Thanks for the quick help with the flickering screen", (4, 4)), ("漏水处理得很及时，点个赞", (4, 4)),
        ("Great job, and now the whole office cannot log in", (1, 1)), ("服务真好，全公司又断网了", (1, 1)),
        ("the door is scratched, no harm done", (4, None)), ("墙角掉漆，不影响任何人", (4, None)),
    ],
)  # fmt: skip
def test_praise_and_what_holds_nobody_up(text: str, factors: tuple[int, int | None]) -> None:
    assert read(text) == factors


@pytest.mark.parametrize(
    "text", ["The lift is out of order", "电梯坏了，麻烦报修", "电梯前室的灯坏了", "lift maintenance contract"]
)
def test_a_lift_without_people_is_a_lift(text: str) -> None:
    assert (read(text)[0] or 3) >= 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("現場全部停工，政府封了大門", "现场全部停工，政府封了大门"), ("請問驗收要幾套資料？", "请问验收要几套资料？"),
        ("urgnt, the serevr is dwon", "urgent, the server is dwon"), ("the whole ofice cant work", "the whole office can't work"),
    ],
)  # fmt: skip
def test_other_spellings_mean_the_same(one: str, other: str) -> None:
    assert read(one) == read(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The whole site has stopped", (1, 1)),
        ("If the whole site stopped, whom would I call?", (4, 3)),
        ("The whole site had stopped yesterday, solved now", (4, 4)),
        ("The pump is not fixed, the whole site is idle", (1, 1)),
        ("Next week is a drill: the whole site is evacuated", (4, 3)),
        ("The neighbouring site has stopped work", (4, 3)),
        ("What counts as urgent?", (4, None)),
        ("nobody is hurt", (None, None)),
        ("如果全场停工，找谁？", (4, None)),
        ("昨天全场停工，已经恢复正常", (4, 4)),
        ("问题还没解决，全场停工", (1, 1)),
        ("没有人员受伤", (None, None)),
    ],
)
def test_only_what_is_so_now_counts(text: str, expected: tuple[int | None, int | None]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", ["no rush, of course, only the whole building is waiting", "不急，反正全公司都在干等"])
def test_sarcasm_takes_the_calm_back(text: str) -> None:
    assert read(text) == (1, 1)


@pytest.mark.parametrize("text", ["Emergency! The coffee machine has no beans", "十万火急，咖啡豆没了"])
def test_alarm_about_a_trifle_stays_a_trifle(text: str) -> None:
    assert read(text) == (4, 3)


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("the penalty is 2 million", 1), ("a penalty of 250k", 2), ("a penalty of 180,000", 2), ("a penalty of 90", None),
        ("2 million bricks", None), ("违约金三百万", 1), ("罚款二十万元", 2), ("罚款五百元", None), ("结算价三百万", None),
    ],
)  # fmt: skip
def test_money_weighs_when_it_may_be_lost(text: str, impact: int | None) -> None:
    assert read(text)[0] == impact


def test_the_words_that_gave_a_level_are_told() -> None:
    said = propose("The welding crew is idle, the report is due tomorrow")
    assert said.impact == cues.Given(2, "group-stopped", ("crew", "is idle"))
    assert said.urgency == cues.Given(2, "due-tomorrow", ("tomorrow",))


def test_every_rule_can_be_said() -> None:
    assert {rule.id for rule in (*cues.IMPACT, *cues.URGENCY)} == set(CUE)


ALARMS = ("urgent", "immediately", "work has stopped", "紧急", "停工", "着火")


@settings(deadline=None)  # the lexicon is read on first use
@given(st.text(max_size=300), st.sampled_from(ALARMS), st.text(max_size=300))
def test_no_text_is_too_odd(before: str, alarm: str, after: str) -> None:
    said = propose(f"{before} {alarm} {after}")
    for one in (said.impact, said.urgency):
        assert one is None or (one.level in (1, 2, 3, 4) and one.cue)


KNOWN = (
    "不", "没", "urgent", "not", "紧急", "今", "天", "班", "组", "停", "工", "if", "?", ",", "3", "million", "。", "“", "”", "no",
    "rush", "人", "within", "小时", "\n",
)  # fmt: skip


@settings(deadline=None)  # the lexicon is read on first use
@given(st.lists(st.sampled_from(KNOWN), max_size=40))
def test_no_order_of_known_words_is_too_odd(words: list[str]) -> None:
    text = spaced("".join(words))
    spans = [(start, end) for _, start, end in spot(text)[1]]
    assert all(start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    propose(" ".join(words))


@settings(deadline=None)  # the lexicon is read on first use
@given(st.sampled_from(["urgent", "critical", "紧急", "着急"]), st.sampled_from(["Badge for Wang", "王工的门禁卡"]))
def test_a_denial_is_never_graver(word: str, text: str) -> None:
    denied = f"not {word}" if word.isascii() else f"不{word}"
    assert (read(f"{text}, {denied}")[1] or 3) > (read(f"{text}, {word}")[1] or 3)


ENDLESS = (
    "urgent ", "紧急", "not ", "不", "if ", "\u202e", "“", "9", "二", "9 hours ", "罚款一亿", "罚款万", "penalty 9 ", "人人",
    "个人", "\U0001f525", "a", " ", "\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", ENDLESS)
def test_a_hundred_kilobytes_are_read_in_no_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    propose(piece)
    begin = time.process_time()
    propose(text)
    assert time.process_time() - begin < 0.25
    assert hear(text).senses == hear(text[:LIMIT]).senses


@pytest.mark.parametrize(
    "text",
    [
        f"{'9' * 400} hours left", f"within {'9' * 30} weeks", f"罚款{'万' * 1900}", f"罚款{'九' * 1900}万元",
        f"{'亿' * 500}人停工", "within ٣ hours", "² hours left", "3,,4 million penalty", "12:30 people are idle",
        "1.2.3 people are idle",
    ],
)  # fmt: skip
def test_no_figure_is_too_odd(text: str) -> None:
    begin = time.process_time()
    propose(text)
    assert time.process_time() - begin < 0.25
