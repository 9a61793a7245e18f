"""The demo's stage: which parts one may play, and a clock that may be turned."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.clock import TurnedClock
from core.ports import Seat
from core.rulebook.values import Person, Rulebook, in_lang


class DemoStage:
    """Everybody of the rulebook who has a part, with the page's chats that they see."""

    def __init__(self, rulebook: Rulebook, clock: TurnedClock) -> None:
        self._book = rulebook
        self._clock = clock
        self.next_due: Callable[[], Awaitable[datetime | None]] | None = None
        self.beat: Callable[[], Awaitable[int]] | None = None

    def seats(self) -> Sequence[Seat]:
        book = self._book
        clients = [
            self._seat(book.people[person], "client", ((f"client-{client.id}", in_lang(client.name, book.lang)),))
            for client in book.clients.values()
            for person in client.contacts
        ]
        teams = [t for t in book.teams.values()]
        managers = {team.manager for team in teams}
        members = [
            self._seat(book.people[person], "member", self._team_chats(person))
            for person in dict.fromkeys(
                p for team in teams for p in (*team.duty, *team.members, team.lead, team.backup) if p
            )
            if person not in managers
        ]
        bosses = [
            self._seat(book.people[person], "manager", tuple((f"team-{t.id}", in_lang(t.name, book.lang)) for t in teams if t.manager == person))
            for person in dict.fromkeys(team.manager for team in teams)
        ]  # fmt: skip
        return [*clients, *members, *bosses]

    def _team_chats(self, person: str) -> tuple[tuple[str, str], ...]:
        return tuple(
            (f"team-{t.id}", in_lang(t.name, self._book.lang))
            for t in self._book.teams.values()
            if person in (*t.members, *t.duty, t.lead, t.backup)
        )

    def _seat(self, person: Person, part: str, shared: tuple[tuple[str, str], ...]) -> Seat:
        return Seat(person.id, person.name, part, person.lang, (*shared, (f"@{person.id}", person.name)))

    def zone(self) -> str:
        return self._book.zone

    def speed(self) -> float:
        return self._clock.speed

    def set_speed(self, factor: float) -> None:
        self._clock.set_speed(min(max(factor, 0.0), 3600.0))

    async def jump(self) -> datetime | None:
        """To the next thing that is due, and a second past it so that it has happened."""
        if self.next_due is None or self.beat is None:
            return None
        at = await self.next_due()
        if at is None:
            return None
        self._clock.turn_to(at + timedelta(seconds=1))
        await self.beat()
        await asyncio.sleep(0)
        return at
