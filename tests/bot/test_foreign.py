"""Started by its environment alone, the program files a request on each platform, end to end, over real HTTP."""

from __future__ import annotations

from pathlib import Path

from tests.bot.run import ROOT, living
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble
from tests.journeys.play import SlackStand, TelegramStand

DESK = ROOT / "tests" / "data" / "desk.toml"


async def test_by_environment_alone_a_request_is_filed_on_each_platform(tmp_path: Path) -> None:
    async with SlackDouble() as slack, TelegramDouble() as telegram:
        slack.ack_timeout = 30  # a process of its own, on a machine that may be busy
        on_slack, on_telegram = SlackStand(slack), TelegramStand(telegram)
        settings = {
            "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url,
            "TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url,
            "DESKBELL_DATABASE_URL": f"sqlite:///{tmp_path}/desk.db", "DESKBELL_RULEBOOK": str(DESK),
            "DESKBELL_PORT": "0", "DESKBELL_LOG_LEVEL": "DEBUG",
        }  # fmt: skip
        async with living("run", cwd=tmp_path, **settings) as desk:
            await desk.says("Deskbell:")
            await slack.sockets_connected()
            answer = await on_slack.says("emma", "client", "/request Crane stands still !high")
            assert "HX-1" in answer.words
            await slack.until(lambda: [m for m in slack.shown("C0TEAM") if "HX-1" in m.words], within=30)
            answer = await on_telegram.says("bao", "client", "/request 三楼断网 !高")
            assert "HX-2" in answer.words
            assert "优先级" in answer.words
            await telegram.pulse.until(lambda: any("HX-2" in m.text for m in telegram.shown(-1001000000009)))
            assert await desk.ends() == 0
    log = "".join(desk.errors)
    assert "Traceback" not in log
    for secret in (slack.bot_token, slack.app_token, telegram.token):
        assert secret not in log, "a token is in the log"
    assert "Crane" not in log, "what people write is not logged"
