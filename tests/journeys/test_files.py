"""Files: what cannot be taken is told with a way on, what is taken reaches the team, in both languages."""

from __future__ import annotations

import pytest

from core.model.parties import Identity
from core.pages import DeskCabinet
from core.store import requests as rows
from tests.journeys.play import Play, WebStand


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_program_is_not_taken_and_nothing_else_is_lost(play: Play, lang: str) -> None:
    await play.says("emma", "client", f"/request lang {lang}")
    await play.says("emma", "client", "/request Projector broken in room 4 #it")
    if isinstance(play.stand, WebStand) and play.stand.client:
        play.stand.client.headers["accept-language"] = lang
    told = await play.stand.hands_over("emma", "client", "HX-1", "setup.exe", "It smokes, too")
    assert {"en": "is a program or a script", "zh": "是程序或脚本"}[lang] in told.words
    assert "setup.exe" in told.words
    if play.stand.name == "web":  # it is told before anything is sent, so the words still stand in their field
        return
    assert "E-FILE" in told.words
    assert "It smokes, too" in told.words
    way = {"en": "Without the file", "zh": "不带文件提交"}[lang]
    assert way in told.buttons
    await play.presses("emma", "client", "setup.exe", way)
    await play.sees("team", "It smokes, too")


async def test_a_file_that_is_too_large_is_told_with_the_limit(play: Play) -> None:
    """Telegram hands on 20 MB and the page takes 10; what was shared in Slack stays there, however large."""
    await play.says("emma", "client", "/request Sheets of floor 3 #drawings")
    told = await play.stand.hands_over("emma", "client", "HX-1", "all.zip", size=20_000_001)
    if play.stand.name == "slack":
        assert "E-FILE" not in told.words
        assert "all.zip" in told.words, "it is asked for what it is"
        return
    assert {"telegram": "20 MB", "web": "10 MB"}[play.stand.name] in told.words
    await play.sees("client", "Waiting for what we need", "☐ 2. Drawings (file)")


async def test_what_a_client_hands_over_can_be_opened_by_the_team_and_by_no_stranger(play: Play) -> None:
    await play.says("emma", "client", "/request Projector broken in room 4 #it")
    await play.hands_over("emma", "client", "HX-1", "照片 1.jpg", "as it looks")
    await play.sees("team", "HX-1", "Status", "📎", "照片 1.jpg")
    (request,) = await play.program.desk.run(lambda c: rows.by_numbers(c, ["HX-1"]))
    (attached,) = request.files
    assert (attached.file.name, attached.by, attached.internal) == ("照片 1.jpg", "emma", False)
    if play.stand.name == "slack":
        assert attached.file.url.startswith("https://"), "it stays there, and Slack asks who opens it"
        return
    cabinet = DeskCabinet(play.program.desk)
    cabinet.adapters = play.program.adapters
    assert await cabinet.file(Identity("web", "", "li"), "HX-1", 1) == ("照片 1.jpg", b"%PDF")
    assert await cabinet.file(Identity("web", "", "olga"), "HX-1", 1) is None
