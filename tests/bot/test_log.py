"""The log: at any level, by whatever logger, no token is ever in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import configure

SECRET = "a-configured-secret"
TOKENS = (
    SECRET, "xoxb-111-222-abcDEF", "xapp-1-A0-333-abc", "1234567890:AAFakeFakeFakeFakeFakeFakeFakeFake-12",
)  # fmt: skip
URL = "https://api.telegram.org/bot1234567890:AAFakeFakeFakeFakeFakeFakeFakeFake-12/getMe"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, says = root.handlers[:], root.level, structlog.get_config()
    for name in (
        "uvicorn",
        "uvicorn.error",
    ):  # another test's server may have dressed them; the program leaves them bare
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate, logger.disabled = [], True, False
        logger.setLevel(logging.NOTSET)
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**says)


def _nothing_of_them(said: str) -> None:
    assert said.count("[secret]") >= 1, said
    for token in TOKENS:
        assert token not in said
    assert "AAFake" not in said


@pytest.mark.parametrize("token", [*TOKENS, URL])
def test_structlog_says_no_token(capsys: pytest.CaptureFixture[str], token: str) -> None:
    configure("DEBUG", [SECRET])
    log = structlog.get_logger()
    log.debug(f"event {token}", plain=token, listed=[token], mapped={"k": {token: token}}, error=RuntimeError(token))
    try:
        raise ValueError(token)
    except ValueError:
        log.exception("failed")
    said = capsys.readouterr().err
    _nothing_of_them(said)
    assert "failed" in said


@pytest.mark.parametrize("token", [*TOKENS, URL])
@pytest.mark.parametrize("name", ["deskbell.slack", "uvicorn.error", "sqlalchemy.engine", "anything"])
def test_the_standard_log_says_no_token(capsys: pytest.CaptureFixture[str], name: str, token: str) -> None:
    configure("DEBUG", [SECRET])
    log = logging.getLogger(name)
    log.warning("asked %s with %r", token, {"headers": [token]})
    try:
        raise ValueError(token)
    except ValueError:
        log.exception("failed")
    _nothing_of_them(capsys.readouterr().err)


def test_loud_libraries_are_quiet_even_at_debug(capsys: pytest.CaptureFixture[str]) -> None:
    configure("DEBUG", [])
    for name in ("httpx", "httpcore", "telegram", "slack_bolt", "slack_sdk", "apscheduler"):
        logging.getLogger(f"{name}.inner").info("what somebody wrote")
    assert "wrote" not in capsys.readouterr().err


def test_short_words_are_not_taken_for_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", ["", "desk"])
    structlog.get_logger().info("desk.started", port=8080)
    assert "desk.started" in capsys.readouterr().err
