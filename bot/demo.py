"""The demo's stage: which parts one may play, and a clock that may be turned."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import TurnedClock
from core.ports import Seat
from core.rulebook.values import Person, Rulebook, in_lang

ROOM = timedelta(hours=3)  # of working time left today: "due today 18:00" and a first answer both fit
SETTLED = timedelta(minutes=15)


def curtain(rulebook: Rulebook, now: datetime) -> datetime:
    """When the demo begins: now, if the office is open with some hours left today; else when it has just opened."""
    calendar = rulebook.calendars.get("office") or rulebook.calendars[next(iter(rulebook.teams.values())).calendar]
    zone = ZoneInfo(rulebook.zone)
    for _ in range(3):  # now, the next opening, and the morning after one that comes too late in its day
        midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
        if calendar.is_open(now) and calendar.between(now, midnight) >= ROOM:
            return now
        opening = calendar.next_opening(now if not calendar.is_open(now) else midnight)
        now = opening + SETTLED
    return now


class DemoStage:
    """Everybody of the rulebook who has a part, with the page's chats that they see."""

    def __init__(self, rulebook: Rulebook, clock: TurnedClock) -> None:
        self._book = rulebook
        self._clock = clock
        self.next_due: Callable[[], Awaitable[datetime | None]] | None = None
        self.beat: Callable[[], Awaitable[int]] | None = None
        self.wake: Callable[[], None] | None = None
        self._turning = asyncio.Lock()

    def seats(self) -> Sequence[Seat]:
        book = self._book
        clients = [
            self._seat(book.people[person], "client", ((f"client-{client.id}", in_lang(client.name, book.lang)),))
            for client in book.clients.values()
            for person in client.contacts
        ]
        teams = list(book.teams.values())
        managers = {team.manager for team in teams}
        members = [
            self._seat(book.people[person], "member", self._team_chats(person))
            for person in dict.fromkeys(
                p for team in teams for p in (*team.duty, *team.members, team.lead, team.backup) if p
            )
            if person not in managers
        ]
        bosses = [
            self._seat(
                book.people[person],
                "manager",
                tuple((f"team-{t.id}", in_lang(t.name, book.lang)) for t in teams if t.manager == person),
            )
            for person in dict.fromkeys(team.manager for team in teams)
        ]
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
        if self.next_due is None or self.beat is None or self.wake is None:
            return None
        async with self._turning:  # quick presses turn the clock one after the other
            at = await self.next_due()
            if at is None:
                return None
            self._clock.turn_to(at + timedelta(seconds=1))
            await self.beat()
            self.wake()  # what was held until now is due too, though no command says so
            return at
