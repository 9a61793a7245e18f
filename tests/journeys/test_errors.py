"""What cannot be done is told with a code, with what was understood, and with a way on; nothing typed is lost."""

from __future__ import annotations

import pytest

from tests.journeys.play import Play

#: A line of a client, the code of its answer, what was understood of it, and a button that leads on.
LINES = {
    "en": (
        (
            "Invoice export fails !high #biling due:2026-12-04 17:00",
            "E-SVC",
            "Understood: priority high, by Fri 4 Dec 17:00",
            "",
        ),
        ("!hihg Invoice export fails #network", "E-PRI", "Understood: service network", ""),
        ("Chair impact:tema", "E-PRI", "", ""),
        ("!high Chair due:2026-01-05", "E-DUE-PAST", "Understood: priority high", "Without a date"),
        ("!high Chair due:fri 9", "E-DUE-AMB", "Understood: priority high", ""),
        ("!low Chair due:whenever-9", "E-DUE", "Understood: priority low", "Without a date"),
        ("!low Chair for:nobody", "E-WHO", "Understood: priority low", "For me"),
        ("x" * 8100, "E-LEN", "", "File the beginning"),
        ("bind nonsense", "E-LINK", "", ""),
        ("status 99", "E-NUM", "", ""),
    ),
    "zh": (
        ("导不出发票 !高 #帐务 截止:2026-12-04 17:00", "E-SVC", "已识别：高优先级、12月4日 周五 17:00", ""),
        ("!搞 导不出发票 #network", "E-PRI", "已识别：服务“network”", ""),
        ("椅子 影响:整层", "E-PRI", "", ""),
        ("!高 椅子 截止:2026-01-05", "E-DUE-PAST", "已识别：高优先级", "不写期限"),
        ("!高 椅子 截止:周五9点", "E-DUE-AMB", "已识别：高优先级", ""),
        ("!低 椅子 截止:猴年马月", "E-DUE", "已识别：低优先级", "不写期限"),
        ("!低 椅子 替:无此人", "E-WHO", "已识别：低优先级", "就以我的名义"),
        ("椅" * 8100, "E-LEN", "", "先提交开头部分"),
        ("绑定 nonsense", "E-LINK", "", ""),
        ("查询 99", "E-NUM", "", ""),
    ),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_each_mistake_is_answered_with_its_code_and_a_way_on(play: Play, lang: str) -> None:
    await play.says("olga", "other", "/request Something else")
    await play.says("emma", "client", f"/request lang {lang}")
    for line, code, understood, button in LINES[lang]:
        answer = await play.says("emma", "client", f"/request {line}")
        assert code in answer.words, line
        assert understood.replace(" ", "") in answer.words.replace(" ", ""), line
        assert not button or button in answer.buttons, line
        assert len(answer.buttons) <= 5


async def test_a_service_that_there_is_not_was_not_understood(play: Play) -> None:
    answer = await play.says("emma", "client", "/request !hihg Chair #nonsense")
    assert "(E-PRI)" in answer.words
    assert "Understood" not in answer.words


async def test_somebody_who_was_faster_is_named_with_the_time(play: Play) -> None:
    await play.says("emma", "client", "/request Pump is noisy")
    await play.says("li", "team", "/desk take 1")
    late = await play.says("wang", "team", "/desk take 1")
    assert "(E-STALE)" in late.words
    assert "Li" in late.words
    assert "since" in late.words
    assert "Show HX-1" in late.buttons
    assert "(E-RIGHT)" in (await play.says("emma", "client", "/desk queue")).words


async def test_a_nudge_too_soon_says_how_long_to_wait(play: Play) -> None:
    await play.says("emma", "client", "/request Pump is noisy")
    await play.says("emma", "client", "/request nudge 1")
    again = await play.says("emma", "client", "/request nudge 1")
    assert "(E-RATE)" in again.words
    assert "4 h" in again.words


async def test_one_tap_files_what_was_meant(play: Play) -> None:
    wrong = await play.says("emma", "client", "/request Router is broken #netwrk !high")
    assert "(E-SVC)" in wrong.words
    filed = await play.presses("emma", "client", "netwrk", next(b for b in wrong.buttons if "etwork" in b))
    assert "HX-1" in filed.words
    assert "Router is broken" in filed.words
    assert "Nothing is kept" in (await play.says("emma", "client", "/request drafts")).words


async def test_what_could_not_be_filed_is_found_among_the_drafts_for_a_day(play: Play) -> None:
    await play.says("emma", "client", "/request Desk lamp #nosuchthing")
    kept = await play.says("emma", "client", "/request drafts")
    assert "Desk lamp #nosuchthing" in kept.words
    assert "File it" in kept.buttons
    await play.presses("emma", "client", "Kept for 24 hours", "Not a request")
    assert "Nothing is kept" in (await play.says("emma", "client", "/request 草稿")).words


async def test_another_date_is_one_press_away(play: Play) -> None:
    receipt = await play.says("emma", "client", "/request Chair due:2026-12-04 17:00")
    assert "Another date" in receipt.buttons
    changed = await play.says("emma", "client", "/request due 1 2026-12-07 12:00")
    assert "Changed" in changed.words
    shown = await play.says("emma", "client", "/request status 1")
    assert "7 Dec" in shown.words
    asked = await play.says("emma", "client", "/request due 1 fri 9")
    assert "(E-DUE-AMB)" in asked.words
