"""Said twice, by somebody else, or with a slip of the hand: nothing begins that was not meant, and there is a way on."""

from __future__ import annotations

import pytest

from core.model.request import ClockState, Request, Status
from core.store import requests as rows
from tests.journeys.play import Play

TICKED_TWICE = {
    "en": (
        "emma", "/request Sheets S-301 #drawings", "/request have 1 3 4", ("/request have 1 1", "/request have 1 drawing list"),
        "“Drawing list” is there already", "2. Drawings", "is a file", "/request have 1 9", "/request have 1",
        "Nothing is missing for HX-1",
    ),
    "zh": (
        "bao", "/request 请审三层图纸 #图纸", "/request 备齐 1 楼层 4", ("/request 备齐 1 1", "/request 备齐 1 图纸目录"),
        "“图纸目录”已经齐了", "2. 图纸", "要交文件", "/request 备齐 1 9", "/request 备齐 1", "HX-1 不缺资料",
    ),
}  # fmt: skip


async def _request(play: Play, number: str) -> Request:
    found: list[Request] = await play.program.desk.run(lambda c: rows.by_numbers(c, [number]))
    return found[0]


@pytest.mark.parametrize("lang", TICKED_TWICE)
async def test_what_is_ticked_twice_does_not_stand_for_the_file(play: Play, lang: str) -> None:
    """Only the file is missing: the list's other numbers and names, said once more, do not complete it."""
    who, line, floor, ticks, there, button, needs, beyond, have, complete = TICKED_TWICE[lang]
    await play.says(who, "client", line)
    await play.says(who, "client", floor)
    await play.says(who, "client", ticks[0])
    for tick in ticks:
        again = await play.says("emma" if lang == "en" else "bao", "client", tick)
        assert there in again.words
        assert again.buttons[0] == button
    pressed = await play.presses(who, "client", there, button)
    assert needs in pressed.words
    assert "E-NEED" in (await play.says(who, "client", beyond)).words
    request = await _request(play, "HX-1")
    assert (request.status, request.missing) == (Status.WAITING_CUSTOMER, ("set",))
    await play.hands_over(who, "client", "☐ 2.", "S-301.pdf")
    request = await _request(play, "HX-1")
    assert request.missing == ()
    assert next(t for t in request.timers if t.metric == "ttr").state is ClockState.RUNNING
    assert complete in (await play.says(who, "client", have)).words


@pytest.mark.parametrize(
    ("who", "line", "button", "undone"),
    [
        ("emma", "/request A quiet word about pay ~private due:fri 17:00", "Undo", "Withdrawn"),
        ("bao", "/request 想单独谈谈合同 ~私密 截止:周五17:00", "撤销", "已撤回"),
    ],
)
async def test_what_is_filed_for_few_eyes_in_a_chat_is_undone_there(
    play: Play, who: str, line: str, button: str, undone: str
) -> None:
    """Its receipt has no button that would not work there, and no word of it is posted to the chat by the desk."""
    receipt = await play.says(who, "client", line)
    assert receipt.buttons[0] == button
    assert {"Edit", "Why?", "修改", "查看依据"}.isdisjoint(receipt.buttons)
    await play.sees(f"@{who}", "HX-1")
    other = "bao" if who == "emma" else "emma"
    assert "E-NUM" in (await play.says(other, "client", "/request undo HX-1")).words
    assert undone in (await play.presses(who, "client", "HX-1", button)).words
    assert (await _request(play, "HX-1")).status is Status.CANCELLED


async def test_nobody_is_named_who_is_not_of_the_client(play: Play) -> None:
    for line in ("/request A chair for:olga", "/request A chair for:li"):
        refused = await play.says("emma", "client", line)
        assert "(E-WHO)" in refused.words
        assert "For me" in refused.buttons
    assert "请写您同事的姓名" in (await play.says("bao", "client", "/request 一把椅子 替:Olga")).words
    filed = await play.says("bao", "client", "/request 一把椅子 替:EMMA")
    assert "Emma" in filed.words
    assert (await _request(play, "HX-1")).requester == "emma"


async def test_what_names_a_request_is_no_draft(play: Play) -> None:
    """A slip in a number is answered with the list; only what could be filed is kept."""
    await play.says("emma", "client", "/request Projector is broken")
    for line in ("status 99", "have 1 1", "same 99 1", "rate 1 5", "undo 77"):
        answer = await play.says("emma", "client", f"/request {line}")
        assert "(E-" in answer.words
        assert "Open form with my text" not in answer.buttons
        if "99" in line:
            assert "My requests" in answer.buttons
    assert "Nothing is kept" in (await play.says("emma", "client", "/request drafts")).words
    listed = await play.presses("emma", "client", "There is no request 99", "My requests")
    assert "HX-1" in listed.words
    await play.says("emma", "client", "/request add 99 chairs for the new room")
    assert "add 99 chairs" in (await play.says("emma", "client", "/request drafts")).words
    chinese = await play.says("bao", "client", "/request 查询 99")
    assert "我的请求" in chinese.buttons


async def test_drafts_are_told_apart_and_stay_where_they_were_typed(play: Play) -> None:
    await play.says("emma", "@emma", "/request Pay rise #nosuchthing")
    await play.says("emma", "client", "/request Desk lamp #nosuchthing")
    here = await play.says("emma", "client", "/request drafts")
    assert "Desk lamp" in here.words
    assert "Pay rise" not in here.words
    assert here.buttons[0] == "File it"
    alone = await play.says("emma", "@emma", "/request drafts")
    assert "1. " in alone.words
    assert "2. " in alone.words
    n = 1 if alone.words.index("Desk lamp") < alone.words.index("Pay rise") else 2
    await play.presses("emma", "@emma", "Pay rise #nosuchthing", f"{n}. Not a request")
    assert "Nothing is kept" in (await play.says("emma", "client", "/request drafts")).words


async def test_a_mark_alone_opens_the_form_and_nothing_found_is_something_else(play: Play) -> None:
    empty = await play.says("emma", "client", "/request #it !high")
    assert "(E-EMPTY)" in empty.words
    assert "Open form with my text" in empty.buttons
    for who, line, button in (
        ("emma", "/request menu hovercraft", "Something else"),
        ("bao", "/request 菜单 气垫船", "其他（目录中没有）"),
    ):
        nothing = await play.says(who, "client", line)
        assert nothing.buttons[-1] == button
    await play.presses("bao", "client", "气垫船", "其他（目录中没有）")
    title = (
        {"title": "租一艘气垫船", "facts": "直接提交"}
        if play.stand.name == "telegram"
        else {"title": "租一艘气垫船", "item": "something-else"}
    )
    await play.fills("bao", "client", title)
    assert (await _request(play, "HX-1")).scope_steps[0].text == "other"


@pytest.mark.parametrize(
    ("who", "verb", "past", "unclear"), [("emma", "due", "yesterday", "whenever"), ("bao", "期限", "昨天", "猴年马月")]
)
async def test_another_date_that_cannot_be_is_answered_with_ones_that_can(
    play: Play, who: str, verb: str, past: str, unclear: str
) -> None:
    await play.says(who, "client", "/request Chair")
    for phrase, code in ((past, "E-DUE-PAST"), (unclear, "E-DUE")):
        answer = await play.says(who, "client", f"/request {verb} 1 {phrase}")
        assert code in answer.words
        assert len(answer.buttons) == 2
    await play.presses(who, "client", unclear, answer.buttons[1])
    assert (await _request(play, "HX-1")).wished_at == play.clock.at.replace(day=24, hour=10)
    changed = await play.says(who, "client", f"/request {verb} 1 due:2026-12-07 12:00")
    assert "HX-1" in changed.words


async def test_at_the_field_of_a_form_the_readings_are_named(play: Play) -> None:
    """There are no buttons beside a field; where fields come one by one, the line is answered with buttons."""
    if play.stand.name == "telegram":
        await play.says("emma", "client", "/request")
        asked = await play.fills("emma", "client", {"title": "Chair !high due:fri 9"})
        assert len([label for label in asked.buttons if "27 Nov" in label]) == 2
        return
    await play.says("emma", "client", "/request")
    wrong = await play.fills("emma", "client", {"title": "Chair", "due": "fri 9"})
    assert "Which one? · Fri 27 Nov 09:00 (Shanghai) · Fri 27 Nov 21:00 (Shanghai)" in wrong.words
    await play.fills("emma", "client", {"title": "Chair", "due": "by: fri 9:00"})
    assert (await _request(play, "HX-1")).wished_at == play.clock.at.replace(day=27, hour=1)


async def test_of_two_bare_numbers_the_second_is_of_the_client_of_the_first(play: Play) -> None:
    """A team with several clients: which 2 is meant is asked, and then 1 is one of theirs."""
    for person, chat in (("emma", "client"), ("olga", "other")):
        for title in ("Pump is loud", "Pump makes noise"):
            await play.says(person, chat, f"/request {title}")
    asked = await play.says("li", "team", "/desk merge 2 1")
    assert asked.buttons == ("HX-2 Pump makes noise", "OT-2 Pump makes noise")
    await play.presses("li", "team", "2 could be several requests", "OT-2 Pump makes noise")
    assert (await _request(play, "OT-2")).merged_into == "OT-1"
    assert (await _request(play, "HX-2")).status is Status.NEW


async def test_nobody_writes_a_reason_for_what_is_not_theirs_to_decide_or_is_decided(play: Play) -> None:
    """The form is refused before it is filled in, with who decides."""
    await play.says("emma", "client", "/request Film the site #other")
    refused = await play.presses("li", "team", "HX-1", "Quote")
    assert "for Wang to decide" in refused.words
    await play.says("wang", "team", "/desk quote 1 Two flights: 3,200")
    await play.says("emma", "client", "/request accept 1")
    late = await play.presses("bao", "client", "quotes for it", "Decline the quote")
    assert "没有待答复的报价" in late.words


async def test_several_are_ticked_in_one_line(play: Play) -> None:
    """What is a file stays to be handed over, and a dash is no place where it lies."""
    await play.says("bao", "client", "/request 请审三层图纸 #图纸")
    told = await play.says("bao", "client", "/request 备齐 1 1、2")
    assert "☑ 1." in told.words
    assert "☐ 2." in told.words
    await play.says("bao", "client", "/request 备齐 1 3 4")
    assert "E-NEED" in (await play.says("emma", "client", "/request have 1 2 -")).words
    assert (await _request(play, "HX-1")).missing == ("set",)
