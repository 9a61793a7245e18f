"""The only protocols: the clock, the desk as an adapter sees it, a chat platform as the courier sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from msgspec import Struct

from core.model.parties import Address, Identity
from core.model.request import File
from core.say.message import Answer, Gauge, Message, Text


class Said(Struct, frozen=True):
    """A line, with the files that came with it. `command` is `request`, `desk` or empty for plain words (a direct
    message, a mention, a reply)."""

    command: str
    text: str
    files: tuple[File, ...] = ()


class Pressed(Struct, frozen=True):
    """A button; `token` is what the button carried, untrusted."""

    token: str


class Filled(Struct, frozen=True):
    """A form, whole or field by field."""

    token: str
    values: Mapping[str, str]
    files: tuple[File, ...] = ()


class ChatMoved(Struct, frozen=True):
    """The platform itself says that this chat has a new address."""

    to: Address


class ChatGone(Struct, frozen=True):
    """The platform says that the desk was removed, blocked, or the chat archived."""

    reason: str


class ChatBack(Struct, frozen=True):
    """The desk was added or unblocked again."""


Content = Said | Pressed | Filled | ChatMoved | ChatGone | ChatBack


class Envelope(Struct, frozen=True):
    """One thing heard. `key` is unique per platform delivery (faults.md 2.4): the same key has one effect and one answer.

    `reply_to` is the receipt of the message that was answered, where the platform tells (a thread, a reply).
    `lang` and `name` are what the platform says of the person; neither authorises anything. `said_at` is the platform's
    own time of the message (real time, aware), where it tells one: clocks that wait for an answer go by it.
    """

    key: str
    identity: Identity
    address: Address
    content: Content
    lang: str = ""
    name: str = ""
    reply_to: str = ""
    said_at: datetime | None = None


class Clock(Protocol):
    """`now` is the desk's time, aware and UTC; a demo may turn it. `real` is the wall's: signatures, leases, undo."""

    def now(self) -> datetime: ...
    def real(self) -> datetime: ...


class Desk(Protocol):
    """What an adapter may ask of the desk."""

    async def hear(self, envelope: Envelope) -> Answer:
        """Commit what the envelope asks, then answer. Never raises for what a person did; raises on a broken store."""
        ...


class Limit(Struct, frozen=True):
    """How fast a platform may be spoken to: `burst` at once, then one `every` so many seconds.

    `per` chat, `group` (a shared chat) or `all` of the platform; `kinds` are post and edit. In any span it lets through
    at most `burst` and a share of it: ten and one every six seconds are never more than twenty in a minute.
    """

    kinds: tuple[str, ...]
    per: str
    burst: int
    every: float


class Can(Struct, frozen=True):
    """What a platform can do. Where it cannot, the desk chooses another way (chat.md 1.6)."""

    edit: bool = True
    forms: bool = True  # whole forms; otherwise fields are asked one by one
    private_reply: bool = True  # an answer only the asker sees, inside a shared chat
    verify: bool = False  # can tell whether a message in doubt arrived
    files: str = "answer"  # what brings one here: an answer to ours, a `mention` of us, an `upload`; or nothing: empty
    file_limit: int = 0  # bytes of one file; 0: as much as the platform itself takes
    text_limit: int = 4000
    limits: tuple[Limit, ...] = ()
    link: Callable[[Address], str] = lambda _address: ""  # where its people open a chat; empty where none is known


class ChatAdapter(Protocol):
    """One platform: the two ends, hear and show.

    `post` and `edit` raise `core.errors.DeliveryError` (or `Moved`, `MessageLost`), nothing else; neither retries.
    A receipt is the adapter's own short JSON text, opaque to the desk.
    """

    name: str
    can: Can

    async def post(self, address: Address, message: Message, key: str) -> str: ...
    async def edit(self, address: Address, receipt: str, message: Message) -> str: ...

    async def find(self, address: Address, key: str, since: datetime) -> str | None:
        """The receipt of a message in doubt, or None if it certainly did not arrive.

        Raises Unverifiable where the platform cannot tell, DeliveryError where it could not be asked.
        """
        ...

    async def remove_extras(self, address: Address, key: str, receipt: str, since: datetime) -> int:
        """Delete our copies of this delivery other than `receipt`; how many there were.

        Asked only where `can.verify`. Raises as `find` does.
        """
        ...

    async def fetch(self, file: File) -> bytes:
        """What is in a file that somebody sent here, for a reader elsewhere. Raises DeliveryError where it cannot be had."""
        ...

    async def start(self, desk: Desk) -> None:
        """Check the account and begin to hear. Raises `core.errors.DeliveryError(DEAD)` with a clear reason on a bad token."""
        ...

    async def run(self) -> None:
        """Hear until cancelled (long poll, socket); returns at once where everything comes by HTTP."""
        ...

    async def stop(self) -> None: ...

    def routes(self) -> Sequence[Any]:
        """HTTP routes (Starlette) that the program mounts."""
        ...


class Shelf(Protocol):
    """Where the page keeps what was posted in its own chats, so that a restart loses nothing."""

    async def put(self, chat: str, body: Mapping[str, Any], key: str) -> int: ...
    async def change(self, entry: int, body: Mapping[str, Any]) -> bool: ...
    async def since(self, chat: str, after: int, limit: int = 200) -> list[tuple[int, int, Mapping[str, Any]]]:
        """(entry, change number, body) of entries changed after `after`, oldest change first."""
        ...


class Cabinet(Protocol):
    """Where the page keeps the files that people send over it. `limit` is in bytes of one file."""

    limit: int

    async def keep(self, identity: Identity, name: str, size: int, data: bytes, lang: str) -> File | str:
        """The file as it is called from now on; or why it is not taken, in words. Of more than `limit` no `data` is needed."""
        ...

    async def mine(self, identity: Identity, refs: Sequence[str]) -> tuple[File, ...]:
        """Of these, what this person sent."""
        ...

    async def file(self, identity: Identity, number: str, n: int) -> tuple[str, bytes] | None:
        """The n-th file of a request: its name and what is in it; None if there is none *for this person*."""
        ...


class Memory(Protocol):
    """Small facts an adapter must not lose: a polling offset, an opened direct message."""

    async def recall(self, name: str) -> str | None: ...
    async def remember(self, name: str, value: str) -> None: ...


class QueueLine(Struct, frozen=True):
    """One open request in a list by time to breach, as its reader may see it. `share` of the governing goal is spent."""

    number: str
    title: str
    client: str
    status: str  # in the reader's language
    priority: str
    assignee: str
    due_at: datetime | None
    due_text: str  # absolute, with weekday and zone, in the reader's language
    share: float
    state: str  # ok | risk | breached | paused


class ReckoningRow(Struct, frozen=True):
    """A line of a clock's account: counted, closed or paused."""

    kind: str
    when: str
    note: str
    span: str  # the working time that it adds; empty where it adds none


class ClockReckoning(Struct, frozen=True):
    """One clock's account in words. `band` is its life on a line of time: (kind, from, width), shares of the whole."""

    name: str
    goal: str
    remarks: tuple[Text, ...]
    rows: tuple[ReckoningRow, ...]
    sum: Text
    verdict: Text
    gauge: Gauge
    band: tuple[tuple[str, float, float], ...]
    ticks: tuple[float, ...]  # the due time and what stands before it
    ends: tuple[str, str]


class Reckoning(Struct, frozen=True):
    """Why a request is due when it is: its promise, and one account for each clock that the reader may see."""

    number: str
    title: str
    summary: str
    priority: str
    reason: str
    source: str  # agreement, version; in which zone the times stand
    calendars: tuple[str, ...]  # the hours of each calendar that is named
    clocks: tuple[ClockReckoning, ...]
    heard: tuple[Text, ...] = ()  # which messages about it were held or not said, and why
    facts: str = ""  # what was answered to the form's questions


class ReplayLine(Struct, frozen=True):
    """Attainment of one target: as it was, under the draft, and the way it goes (1 better, -1 worse)."""

    name: str
    before: str
    after: str
    change: str
    way: int


class ReplayChange(Struct, frozen=True):
    """One verdict that turns."""

    number: str
    title: str
    promise: str
    before: str
    after: str
    due: str
    way: int


class ReplayTold(Struct, frozen=True):
    """How a period would have gone under a draft, in words. `mistakes` are those of a draft that cannot be read."""

    title: str
    period: str = ""
    scope: str = ""
    lines: tuple[ReplayLine, ...] = ()
    changes: tuple[ReplayChange, ...] = ()
    notes: tuple[str, ...] = ()
    count: str = ""
    mistakes: tuple[str, ...] = ()


class ScopeLine(Struct, frozen=True):
    """An entry of the scope register, in words: its cells by the names of the columns, and the same for a table."""

    number: str
    title: str
    client: str
    service: str
    when: str
    who: str
    decision: str
    why: str
    status: str
    cells: tuple[str, ...]


class ScopeTold(Struct, frozen=True):
    """The scope register in words, as lines and with the names of a table's columns."""

    columns: tuple[str, ...]
    lines: tuple[ScopeLine, ...]


class TurnLine(Struct, frozen=True):
    """One turn on duty, in words. `gap`: nobody is on duty, and who stands here is asked instead."""

    span: str
    person: str
    why: str
    gap: bool
    share: float  # of the days that are shown


class TeamTurns(Struct, frozen=True):
    """The turns of one team; whether this reader may take in a calendar for it."""

    id: str
    name: str
    lines: tuple[TurnLine, ...]
    arranges: bool


class TurnsTold(Struct, frozen=True):
    """Who is on duty in the days to come, and who is away."""

    teams: tuple[TeamTurns, ...]
    away: tuple[str, ...]


class Orderable(Struct, frozen=True):
    """Something on a person's menu, as it is chosen while they type: `keys` are the folded words that lead to it."""

    tag: str  # what follows `#`
    name: str
    keys: tuple[str, ...]


class Reader(Protocol):
    """What the page may read beyond a chat: lists, one request, and who a session belongs to."""

    async def queue(self, identity: Identity) -> Sequence[QueueLine]:
        """Open requests that this person may see, the nearest breach first."""
        ...

    async def view(self, identity: Identity, number: str) -> Message | None:
        """The card of one request with its conversation, its buttons live; None if there is none *for this person*."""
        ...

    async def menu(self, identity: Identity, words: str) -> Message | None:
        """What this person may order, or what the words find of it; to the team all there is. None for strangers."""
        ...

    async def orderable(self, identity: Identity, lang: str) -> Sequence[Orderable]:
        """What this person may order, in the order of the catalogue and the language of the page; none for strangers."""
        ...

    async def why(self, identity: Identity, number: str, lang: str) -> Reckoning | None:
        """The whole arithmetic of one request's clocks, as this person may see it; None as `view`.

        `lang` is the language of the page on which it stands.
        """
        ...

    async def ladder(self, identity: Identity, number: str, lang: str) -> Message | None:
        """Who will hear of one request and when, if nothing happens; None as `view`, and for clients."""
        ...

    async def manages(self, identity: Identity) -> bool:
        """Whether this person is a manager: they see how a draft would have fared."""
        ...

    async def replay(self, identity: Identity, draft: str, since: date, until: date, lang: str) -> ReplayTold:
        """What the days from `since` to `until`, both counted, would have given under a draft of the rulebook.

        Only for who `manages`, of requests that they may see. Nothing is written.
        """
        ...

    async def scope(self, identity: Identity, lang: str) -> ScopeTold | None:
        """The scope register as far as this person may see it, the youngest request first; None for clients."""
        ...

    async def turns(self, identity: Identity, lang: str) -> TurnsTold | None:
        """Who is on duty in the next two weeks, in this person's teams; None for clients."""
        ...

    async def calendar(self, identity: Identity, team: str, lang: str) -> bytes | None:
        """A team's turns as a calendar file (iCalendar); None as `turns`."""
        ...

    async def take_calendar(self, identity: Identity, team: str, file: bytes, lang: str) -> tuple[str, ...] | None:
        """Take covers and absences in from a calendar file: what was done, in words, or each thing that is not understood.

        Only for the lead and the manager of the team; None for everybody else.
        """
        ...

    async def redeem(self, link: str) -> str | None:
        """Turn a one-time link into a session secret, or None."""
        ...

    async def whose(self, session: str) -> Identity | None: ...


class Seat(Struct, frozen=True):
    """A part that the demo lets one play: a person, and the chats they see."""

    person: str
    name: str
    part: str  # client | member | manager
    lang: str
    chats: tuple[tuple[str, str], ...]  # (chat, title): shared chats first, then the direct message


class Stage(Protocol):
    """What only the demo has: parts to play, and a clock that may be turned."""

    def seats(self) -> Sequence[Seat]: ...
    def zone(self) -> str: ...
    def speed(self) -> float: ...
    def set_speed(self, factor: float) -> None:
        """0 pauses; 1 is real time; 60 is one hour a minute."""
        ...

    async def jump(self) -> datetime | None:
        """Turn the desk's clock to the next thing that is due; None if nothing is."""
        ...
