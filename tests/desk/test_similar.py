"""What may be about the same is suggested and never decided: numbers, codes and names that differ forbid it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.similar import _ALIKE, known, likeness
from core.store import tables as t
from tests.desk.stage import Stage, buttons, words

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def score(one: str, other: str, *, item: str = "it", others: str = "it") -> float:
    return likeness(known(1, item, one, NOW), known(2, others, other, NOW))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Printer on floor 3 is broken", "The printer on floor 3 broken again"),
        ("Wifi is down in the site office", "No wifi in the site office"),
        ("Projector broken in room 4", "projector in room 4 is broken"),
        ("三楼打印机坏了", "三楼的打印机又坏了"),
        ("现场办公室断网", "现场办公室没有网络，断网了"),
        ("VPN 连不上", "VPN 又连不上了"),
        ("四号会议室投影坏了", "4号会议室的投影坏了"),
        ("二十三层打印机坏了", "23层打印机又坏了"),
        ("十号楼漏水", "10号楼漏水了"),
    ],
)
def test_what_is_said_in_other_words_is_suggested(one: str, other: str) -> None:
    assert score(one, other) >= _ALIKE
    assert score(one, other) == pytest.approx(score(other, one), abs=1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Report for Q3", "Report for Q4"),
        ("Progress report of project A", "Progress report of project B"),
        ("Reset the password of Alice", "Reset the password of Bob"),
        ("Projector broken in room 4", "Projector broken in room 5"),
        ("项目 A 的进度报告", "项目 B 的进度报告"),
        ("三楼打印机坏了", "五楼打印机坏了"),
        ("3 号楼断网", "5 号楼断网"),
        ("3号楼漏水", "5号楼漏水"),
        ("四号会议室投影坏了", "5号会议室投影坏了"),
        ("二十三层打印机坏了", "13层打印机坏了"),
        ("A座电梯故障", "B座电梯故障"),
        ("3号楼A单元漏水", "3号楼B单元漏水"),
        ("王工的门禁卡坏了", "李工的门禁卡坏了"),
        ("Printer is broken", "New chair for the office"),
        ("打印机坏了", "申请一把椅子"),
        ("请审查图纸", "请领取安全帽"),
    ],
)
def test_another_number_code_or_name_is_another_matter(one: str, other: str) -> None:
    assert score(one, other) < _ALIKE


async def test_the_receipt_suggests_and_one_press_says_that_it_is_the_same(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Projector in room 4 is broken")
    receipt = await stage.says("bao", "client", "/request The projector in room 4 is broken again")
    assert "HX-2" in words(receipt)
    assert "Looks like HX-1" in words(receipt) or "像是 HX-1" in words(receipt)
    assert receipt.message is not None
    same = next(b for b in receipt.message.buttons() if b.action.verb == "same")
    told = words(await stage.presses("bao", "client", same.token))
    assert "HX-1" in told
    rows = {row["number"]: row for row in stage.rows(t.RequestRow)}
    assert rows["HX-2"]["status"] == "cancelled"
    assert rows["HX-2"]["merged_into"] == "HX-1"
    assert [one["person"] for one in rows["HX-1"]["followers"]] == ["bao"]
    assert rows["HX-1"]["status"] == "new"
    await stage.says("bao", "client", "/request unfollow HX-1")
    assert {row["number"]: row for row in stage.rows(t.RequestRow)}["HX-1"]["followers"] == []


async def test_only_what_asker_and_place_may_see_is_suggested(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Projector in room 4 is broken ~private")
    assert "Looks like" not in words(await stage.says("bao", "client", "/request Projector in room 4 broken"))
    assert "Looks like" not in words(await stage.says("olga", "other", "/request Projector in room 4 broken"))


async def test_a_guest_is_told_of_what_stands_in_the_chat_and_may_wait_for_it(stage: Stage) -> None:
    """They may open nothing but their own; that it is the same, they can say. What is private stays unknown to them."""
    await stage.says("emma", "client", "/request Projector in room 4 is broken")
    receipt = await stage.says("visitor", "client", "/request The projector in room 4 is broken again")
    assert "Looks like HX-1" in words(receipt)
    assert "E-NUM" in words(await stage.says("visitor", "client", "/request status HX-1"))
    same = next(b for b in buttons(receipt) if b.action.verb == "same")
    assert "HX-1" in words(await stage.presses("visitor", "client", same.token))
    rows = {row["number"]: row for row in stage.rows(t.RequestRow)}
    assert rows["HX-2"]["status"] == "cancelled"
    assert [one["alone"] for one in rows["HX-1"]["followers"]] == [False], "they hear of it in the chat"
    await stage.says("visitor", "client", "/request unfollow HX-1")
    assert stage.request("HX-1")["followers"] == []
    await stage.says("emma", "client", "/request Boiler in the cellar leaks ~private")
    assert "Looks like" not in words(await stage.says("visitor", "client", "/request The boiler in the cellar leaks"))


async def test_what_is_closed_or_older_than_a_week_is_not_suggested(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Projector in room 4 is broken")
    await stage.says("emma", "client", "/request cancel 1")
    assert "Looks like" not in words(await stage.says("emma", "client", "/request Projector in room 4 broken"))


async def test_what_is_only_typed_may_be_the_same(stage: Stage) -> None:
    """Plain words in a direct message are not filed at once: they may give way before."""
    await stage.says("emma", "@emma", "/request Projector in room 4 is broken")
    draft = await stage.says("bao", "@bao", "the projector in room 4 is broken again")
    assert draft.message is not None
    same = next(b for b in draft.message.buttons() if b.action.verb == "same")
    assert "HX-1" in words(await stage.presses("bao", "@bao", same.token))
    (row,) = stage.rows(t.RequestRow)
    assert [one["person"] for one in row["followers"]] == ["bao"]
    assert stage.counts(t.DraftRow) == {"DraftRow": 0}
