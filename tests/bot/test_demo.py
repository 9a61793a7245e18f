"""The demo and the page on its own, by the real command line."""

from __future__ import annotations

import json
import re
import urllib.request
from datetime import UTC, date, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.demo import curtain
from bot.surroundings import sample
from core.rulebook.load import load
from tests.bot.run import deskbell, living

BOOK = load(sample("zh"), today=date(2026, 11, 1), chats_on_page=True)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),  # open, with hours left
        ("2026-11-23 14:59", "2026-11-23 14:59"),
        ("2026-11-23 15:01", "2026-11-24 09:15"),  # too little left today
        ("2026-11-23 12:30", "2026-11-23 13:45"),  # lunch
        ("2026-11-23 07:00", "2026-11-23 09:15"),
        ("2026-11-23 23:00", "2026-11-24 09:15"),
        ("2026-11-22 12:00", "2026-11-23 09:15"),  # a Sunday
        ("2026-10-01 10:00", "2026-10-08 09:15"),  # the long holiday
    ],
)
def test_the_demo_begins_when_its_sample_lines_make_sense(now: str, begins: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI).astimezone(UTC)

    assert curtain(BOOK, at).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") == begins


class Browser:
    """Cookies, and the headers by which a browser says where a request comes from."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def get(self, path: str) -> str:
        with self.open(self.home + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **payload: Any) -> str:
        headers = {"origin": self.home, "content-type": "application/json"}
        asked = urllib.request.Request(self.home + path, json.dumps(payload).encode(), headers)
        with self.open(asked, timeout=30) as answer:
            return str(answer.read().decode())


async def test_without_tokens_there_is_the_page_and_a_link_from_the_command_line(tmp_path: Path) -> None:
    desk = {
        "DESKBELL_RULEBOOK": str(sample("en")),
        "DESKBELL_DATABASE_URL": f"sqlite:///{tmp_path}/desk.db",
    }
    async with living("run", "--port", "0", **desk) as running:
        home = re.search(r"http://\S+?:\d+", await running.says("Deskbell:"))
        assert home is not None
        assert "deskbell link PERSON" in await running.says("No platform has a token")
        desk["DESKBELL_PUBLIC_URL"] = home[0]

        wrong = deskbell("link", "nobody", **desk)
        assert (wrong.returncode, "emma-whitfield" in wrong.stderr) == (2, True)

        for person in ("emma-whitfield", "ben-okafor"):
            link = deskbell("link", person, **desk).stdout.strip().removeprefix(home[0])
            browser = Browser(home[0])
            browser.post(link)
            assert f'data-person="{person}"' in browser.get("/")
            if person == "emma-whitfield":
                said = {"chat": f"@{person}", "text": "/request Printer jams #it", "key": str(uuid4())}
                assert "Printer jams" in browser.post("/say", **said)
            assert "Printer jams" in browser.get("/queue")
