"""What is promised about scope, rationed urgency, corrections and duplicates, on a desk that speaks Chinese throughout."""

from __future__ import annotations

from datetime import timedelta

from core.model.request import ClockState, Priority, Request, Status
from core.store import requests as rows
from tests.journeys.play import Play, rewritten

LANG = 'lang = "en"\nzone = "Asia/Shanghai"\n'
CALENDAR = 'calendar = "office"\nacceptance = "22h30m"\n'
ONE = CALENDAR + 'allowance = { p1 = 1, per = "month" }\nexcludes = ["it"]\n'


def _close(words: str) -> str:
    """Without the blanks that a layout puts beside what is bold."""
    return words.replace("） 前", "）前").replace("） 恢", "）恢").replace("（ 12", "（12")


async def _chinese(play: Play) -> None:
    await play.restart(rewritten(play, LANG, LANG.replace("en", "zh-CN"), CALENDAR, ONE))
    for person in ("li", "wang", "zhao"):
        await play.says(person, f"@{person}", "/desk 语言 zh")


async def _request(play: Play, number: str) -> Request:
    found: list[Request] = await play.program.desk.run(lambda c: rows.by_numbers(c, [number]))
    return found[0]


async def test_a_quote_is_declined_asked_anew_and_accepted_by_somebody_else(play: Play) -> None:
    await _chinese(play)
    filed = await play.says("bao", "client", "/request 会议室断网 #网络")
    assert "不在贵方协议范围内" in filed.words
    await play.sees("@wang", "HX-1", "协议已排除此项服务")
    await play.presses("wang", "@wang", "HX-1", "报价")
    await play.fills("wang", "@wang", {"text": "上门一次，800 元"})
    await play.presses("bao", "client", "800 元", "不接受报价")
    await play.fills("bao", "client", {"text": "太贵"})
    await play.sees("@wang", "HX-1", "太贵")
    stale = await play.presses("bao", "client", "800 元", "接受报价")
    assert "没有待答复的报价" in stale.words
    await play.says("wang", "team", "/desk 报价 1 远程处理，200 元")
    await play.says("emma", "client", "/request 确认 1")
    request = await _request(play, "HX-1")
    assert (request.status, request.scope) == (Status.NEW, "accepted")
    assert [step.what for step in request.scope_steps] == ["asked", "quoted", "refused", "quoted", "agreed"]
    assert next(t for t in request.timers if t.metric == "ttr").state is ClockState.RUNNING
    twice = await play.says("bao", "client", "/request 确认 1")
    assert "E-STALE" in twice.words
    listed = await play.says("zhao", "@zhao", "/desk 范围")
    assert "报价已接受：Emma" in listed.words
    assert "200 元" in listed.words


async def test_a_line_without_spaces_says_by_when_in_the_words_of_a_site(play: Play) -> None:
    await _chinese(play)
    filed = await play.says("bao", "client", "/request 三楼断网，#网络，影响:班组，截止:明天下午3点，谢谢")
    assert "11月24日 周二 15:00" in filed.words
    request = await _request(play, "HX-1")
    assert (request.title, request.item, request.reasons.impact) == ("三楼断网， 谢谢", "it", 2)
    feast = await play.says("bao", "client", "/request 出节点详图，截止:元旦前")
    assert "12月31日 周四 18:00" in feast.words
    either = await play.says("bao", "client", "/request 出一版效果图，截止:两三天内")
    assert "可能指" in either.words
    day = next(label for label in either.buttons if "26" in label)
    assert "11月26日" in (await play.presses("bao", "client", "两三天内", day)).words
    assert (await _request(play, "HX-3")).title == "出一版效果图"


async def test_urgency_is_rationed_and_safety_is_not(play: Play) -> None:
    await _chinese(play)
    first = await play.says("bao", "client", "/request 塔吊停了 !紧急 影响:停工")
    assert "12月1日 周二 00:00（上海）前还剩 0 件" in _close(first.words)
    second = await play.says("emma", "client", "/request No power on site !urgent impact:site")
    assert "HX-1 to P2 instead" in second.buttons
    await play.presses("bao", "client", "名额已用完", "申请特批")
    await play.fills("bao", "client", {"text": "冷库要化了"})
    await play.sees("@wang", "HX-2", "冷库要化了")
    await play.presses("wang", "@wang", "冷库要化了", "特批 P1")
    await play.fills("wang", "@wang", {"text": "食品要坏"})
    await play.sees("client", "HX-2", "食品要坏")
    assert ((await _request(play, "HX-2")).priority, (await _request(play, "HX-2")).ration) == (1, "granted")
    danger = await play.says("bao", "client", "/request 有工人被困在脚手架下 !紧急")
    assert "事关安全，不占 P1 名额" in danger.words
    play.clock.turn(timedelta(days=7, hours=14, minutes=59))
    await play.advance(timedelta())
    last = await play.says("bao", "client", "/request 全场停水 !紧急 影响:停工")
    assert "名额已用完（12月1日 周二 00:00（上海）恢复）" in _close(last.words), "a minute before the month ends"
    await play.advance(timedelta(minutes=1))
    raised = await play.says("bao", "client", "/request 提级 4")
    assert "现为 P1，本期还剩 0 个名额" in raised.words


async def test_lowering_at_risk_needs_a_second_person_and_the_client_is_told(play: Play) -> None:
    await _chinese(play)
    await play.says("bao", "client", "/request 二号泵停了 !紧急")
    before = (await _request(play, "HX-1")).priority
    await play.advance(timedelta(hours=1, minutes=45))
    bare = await play.says("li", "team", "/desk 优先级 1 低")
    assert "E-2P" in bare.words
    await play.says("li", "team", "/desk 优先级 1 低 备用泵在运行")
    alone = await play.says("li", "team", "/desk 核准 1")
    assert "E-2P" in alone.words
    assert (await _request(play, "HX-1")).priority is before
    await play.presses("wang", "team", "备用泵在运行", "核准")
    assert (await _request(play, "HX-1")).priority is Priority.P4
    await play.sees("client", "HX-1", "优先级已调整为 P4 低", "备用泵在运行")
    counted = await play.says("zhao", "@zhao", "/desk 更正")
    assert "HX-1" in counted.words
    assert "下调 1 件" in counted.words


async def test_the_same_thing_is_suggested_and_another_room_is_not(play: Play) -> None:
    await _chinese(play)
    await play.says("emma", "client", "/request 三号会议室投影坏了")
    other = await play.says("bao", "client", "/request 5号会议室投影坏了")
    assert not any("同一件事" in label for label in other.buttons)
    receipt = await play.says("bao", "client", "/request 3号会议室的投影又坏了")
    assert "与 HX-1 是同一件事" in receipt.buttons
    await play.presses("bao", "client", "HX-3", "与 HX-1 是同一件事")
    assert [one.person for one in (await _request(play, "HX-1")).followers] == ["bao"]
    assert (await _request(play, "HX-3")).merged_into == "HX-1"
    gone = await play.says("bao", "client", "/request 同一件事 2 HX-3")
    assert "E-NUM" in gone.words
