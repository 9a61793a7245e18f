"""Structured logs on standard error, with secrets taken out of whatever is said."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any

import structlog

#: Secrets by their shape, in case one is in a text that nobody expected: Slack tokens, Telegram tokens in URLs.
_SHAPES = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|bot\d{5,}:[\w-]{20,}|\b\d{5,}:[\w-]{30,}")
_GONE = "[secret]"


def configure(level: str, secrets: Iterable[str]) -> None:
    """Logs as `key=value` lines; none of these secrets, nor anything of their shape, is ever in one."""
    known = sorted({s for s in secrets if len(s) >= 6}, key=len, reverse=True)

    def clean(text: str) -> str:
        for secret in known:
            text = text.replace(secret, _GONE)
        return _SHAPES.sub(_GONE, text)

    render = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])

    def redacted(logger: Any, name: str, event: MutableMapping[str, Any]) -> str:
        """The whole line is cleaned, so that no list, mapping or exception can hide a secret."""
        return clean(render(logger, name, event))

    class Redacting(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return clean(super().format(record))

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "telegram", "apscheduler", "slack_bolt", "slack_sdk", "aiohttp.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redacted,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
