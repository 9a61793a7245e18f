"""What tests read: the bot's messages as people see them, which of them were expected, and which were not."""

from __future__ import annotations

from dataclasses import dataclass

from tests.doubles.telegram_html import Entity
from tests.doubles.telegram_people import WAIT, Where
from tests.doubles.telegram_rules import Rows, rows_of
from tests.doubles.telegram_updates import Inbox, Pulse
from tests.doubles.telegram_world import Message, World


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of the bot's, as it stands now. `keyboard` is rows of (label, data or link)."""

    message_id: int
    chat: int
    html: str
    text: str
    entities: tuple[Entity, ...]
    keyboard: Rows
    reply_to: int | None
    edited_count: int
    silent: bool
    force_reply: bool
    thread: int | None
    kind: str
    reactions: tuple[str, ...]

    @property
    def buttons(self) -> list[str]:
        return [label for row in self.keyboard for label, _ in row]

    def __str__(self) -> str:
        return f"[{self.chat}/{self.message_id}] {self.text!r} {self.buttons or ''}".rstrip()


class Reader:
    """The readers' half of the double."""

    world: World
    inbox: Inbox
    pulse: Pulse
    unexpected: list[str]
    _seen: dict[tuple[int, int], int]

    def shown(self, chat: Where) -> list[Shown]:
        """The bot's messages in a chat, oldest first, without those that were deleted."""
        kept = self.world.messages.get(self._chat(chat), {})
        return [_shown(message) for _, message in sorted(kept.items()) if self._by_bot(message)]

    def at(self, chat: Where, message_id: int) -> Shown:
        """This very message; raises AssertionError when it is not there."""
        found = next((one for one in self.shown(chat) if one.message_id == message_id), None)
        assert found is not None, f"message {message_id} is not shown; there is:\n{self._listing(chat)}"
        return found

    def deleted(self, chat: Where) -> list[Shown]:
        place = self._chat(chat)
        return [_shown(message) for message in self.world.deleted if message.chat == place and self._by_bot(message)]

    def take(self, chat: Where, containing: str = "") -> Shown:
        """The newest message with these words that is new (or edited since it was taken); marks it seen."""
        found = self._newest(chat, containing)
        assert found is not None, self._missing(chat, containing)
        self._seen[found.chat, found.message_id] = found.edited_count
        return found

    async def hears(self, chat: Where, containing: str = "", patience: float = WAIT) -> Shown:
        """`take`, as soon as the bot has said it."""
        await self.pulse.within(
            patience, lambda: self._newest(chat, containing) is not None, lambda: self._missing(chat, containing)
        )
        return self.take(chat, containing)

    def unseen(self, edits: bool = False) -> list[Shown]:
        """What no test has taken; with `edits`, also what was edited since."""
        everything = [one for chat in self.world.messages for one in self.shown(chat)]
        return [one for one in everything if self._is_new(one, edits)]

    def assert_quiet(self, edits: bool = False) -> None:
        """Nothing was said that no test expected, and nothing was called that this double lacks."""
        left = "\n".join(map(str, self.unseen(edits)))
        assert not left, f"said, but not expected:\n{left}"
        assert not self.unexpected, f"called, but unknown to Telegram or to this double: {self.unexpected}"

    async def settled(self, patience: float = WAIT) -> None:
        """All updates are confirmed: the offset has passed them, or the webhook answered 2xx."""

        def done() -> bool:
            return not self.inbox.pending or bool(self.inbox.refused() and self.inbox.attempted())

        await self.pulse.within(patience, done, self._unconfirmed)
        assert not self.inbox.refused(), f"the webhook refused (update id, status): {self.inbox.refused()}"

    async def attempted(self, patience: float = WAIT) -> None:
        """Every update has been handed out or posted at least once, whatever came of it."""
        await self.pulse.within(patience, self.inbox.attempted, self._unconfirmed)

    def _newest(self, chat: Where, containing: str) -> Shown | None:
        fresh = [one for one in self.shown(chat) if self._is_new(one, edits=True)]
        return next((one for one in reversed(fresh) if containing in one.text), None)

    def _is_new(self, one: Shown, edits: bool) -> bool:
        seen = self._seen.get((one.chat, one.message_id))
        return seen is None or (edits and seen < one.edited_count)

    def _unconfirmed(self) -> str:
        return f"unconfirmed updates: {[one.update for one in self.inbox.pending]}"

    def _missing(self, chat: Where, containing: str) -> str:
        return f"nothing new contains {containing!r}; there is:\n{self._listing(chat)}"

    def _listing(self, chat: Where) -> str:
        return "\n".join(map(str, self.shown(chat))) or "(nothing)"

    def _by_bot(self, message: Message) -> bool:
        return message.sender == self.world.bot_id and not message.service

    def _chat(self, chat: Where) -> int:
        return self.world.current(chat if isinstance(chat, int) else chat.id)


def _shown(message: Message) -> Shown:
    return Shown(
        message_id=message.message_id,
        chat=message.chat,
        html=message.html,
        text=message.text,
        entities=message.entities,
        keyboard=rows_of(message.inline),
        reply_to=message.reply_to,
        edited_count=message.edited_count,
        silent=message.silent,
        force_reply=bool((message.markup or {}).get("force_reply")),
        thread=message.thread,
        kind=next(iter(message.media), "text") if message.media else "text",
        reactions=message.reactions,
    )
