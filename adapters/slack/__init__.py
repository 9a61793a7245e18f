"""Slack: hears commands, presses, forms and mentions; shows messages as Block Kit.

In: `app` signs in, `door` is signed HTTP, `ears` hear each kind of payload, `envelope` reads them.
Out: `messenger` posts and edits, `replies` answer one person, as `errands` after the acknowledgement.
What is shown: `render` of `blocks`, of `spans` and `buttons`, of `text`; `fitting` what is too long; `view` for forms.
`library` sets up Bolt and the SDK, `payload` is JSON. Heavy libraries load in `connect`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.ports import ChatAdapter, Clock, Memory

SCOPES = (
    "commands",
    "chat:write",
    "im:write",
    "users:read",
    "channels:read",
    "groups:read",
    "app_mentions:read",
    "files:write",
)
VERIFY_SCOPES = ("channels:history", "groups:history", "im:history")
EVENTS = (
    "app_mention",
    "app_home_opened",
    "channel_archive",
    "channel_unarchive",
    "channel_id_changed",
    "channel_left",
    "group_archive",
    "group_unarchive",
    "group_left",
    "member_joined_channel",
)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What the environment says. With an app token the desk hears over Socket Mode, else by signed HTTP."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    request_command: str = "/request"
    desk_command: str = "/desk"

    @property
    def commands(self) -> Mapping[str, str]:
        """The desk's own name of each slash command: they are not namespaced, so another app may hold ours."""
        return {self.request_command: "request", self.desk_command: "desk"}


def connect(settings: SlackSettings, *, memory: Memory, clock: Clock) -> ChatAdapter:
    """The adapter, not yet started; it needs a running loop only from `start` on."""
    from adapters.slack.app import SlackAdapter

    return SlackAdapter(settings, memory=memory, clock=clock)


def manifest(
    public_url: str | None,
    *,
    verify: bool = False,
    request_command: str = "/request",
    desk_command: str = "/desk",
) -> dict[str, Any]:
    """The app as Slack's "Create from manifest" takes it: Socket Mode when there is no public URL.

    `verify` adds the history scopes that let the desk look whether a message in doubt arrived, and with them plain
    words in the direct message. Texts are in both languages: a manifest cannot be localised.
    """
    url = {"url": f"{public_url.rstrip('/')}/slack/events"} if public_url else {}
    request_url = {"request_url": url["url"]} if url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Deskbell",
            "description": "Service desk: file, follow and answer requests · 服务台：提交、跟进、答复请求",
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": not verify,
            },
            "bot_user": {"display_name": "Deskbell", "always_online": True},
            "shortcuts": [
                _shortcut("global", "request", "Make a request · 提单", "Open the form · 打开表单"),
                _shortcut(
                    "message", "request_message", "Make a request · 转为请求", "From this message · 由此消息提单"
                ),
            ],
            "slash_commands": [
                _command(
                    request_command, url, "File or follow a request · 提交或查询请求", "printer on fire !high | help"
                ),
                _command(desk_command, url, "Work the queue · 处理队列", "queue | take 42 | help"),
            ],
        },
        "oauth_config": {"scopes": {"bot": [*SCOPES, *(VERIFY_SCOPES if verify else ())]}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": [*EVENTS, *(["message.im"] if verify else [])]},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not public_url,
            "token_rotation_enabled": False,
        },
    }


def _command(command: str, url: Mapping[str, str], description: str, hint: str) -> dict[str, Any]:
    # should_escape: mentions and channels come as ids, so that names never decide who is meant.
    return {"command": command, **url, "description": description, "usage_hint": hint, "should_escape": True}


def _shortcut(kind: str, callback_id: str, name: str, description: str) -> dict[str, Any]:
    return {"name": name, "type": kind, "callback_id": callback_id, "description": description}
