"""Telegram: private chats and groups, heard by long poll or webhook, spoken to in HTML.

`envelope` reads, `render` draws, `messenger` sends and classes what failed, `app` hears and answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.ports import ChatAdapter, Clock, Memory


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """One bot. `api_url` is the root of the host; with a `webhook_url` the bot is called, without it polls."""

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"
    webhook_secret: str = field(default="", repr=False)
    webhook_url: str = ""


def connect(settings: TelegramSettings, *, memory: Memory, clock: Clock) -> ChatAdapter:
    """The adapter of this bot; the libraries are loaded here, so that a desk without Telegram does not pay for them."""
    from adapters.telegram.app import TelegramAdapter

    return TelegramAdapter(settings, memory=memory, clock=clock)
