"""Small builders: a rulebook, a request, a context. Tests show what matters and leave the rest to these."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from core.ask import commands as do
from core.ask.commands import Command
from core.model.parties import Actor, Address, Destination, Identity, Role
from core.model.request import Priority, Reasons, Request, Status, Timer
from core.rulebook.directory import Directory
from core.rulebook.load import load
from core.rulebook.values import Agreement, Prerequisite, Rulebook, Target
from core.rules.calendar import Calendar
from core.rules.decide import Context, Decision, Undoable, decide, open_request

DESKS = Path(__file__).parent.parent / "deploy" / "desks"

#: A Monday morning, when the hours of `nine` begin.
NOW = datetime(2025, 6, 2, 9, tzinfo=UTC)

#: People of the sample desk, by what they are to a request of Halden Cross in the hands of Site Supervision.
GUEST, CONTACT, MEMBER, OWNER, MANAGER = "guest", "emma-whitfield", "nadia-rahman", "sarah-cole", "david-north"
OTHER_CONTACT, OTHER_MEMBER, OTHER_OWNER = "owen-hughes", "lucy-marsh", "james-arden"

HOURS = {Priority.P1: 2, Priority.P2: 4, Priority.P3: 8, Priority.P4: 16}
ALL_METRICS = ("ack", "frt", "nrt", "put", "ttr", "trt", "own", "sup", "cwt", "rev", "apr")

_ids = count(1000)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


def at(text: str) -> datetime:
    """An instant of UTC: `2025-06-05 13:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def nine_to_five(zone: str = "UTC") -> Calendar:
    day = ((9 * 3600, 17 * 3600),)
    return Calendar.of("nine", zone, (day, day, day, day, day, (), ()))


def shanghai() -> Calendar:
    day = ((9 * 3600, 12 * 3600), (13 * 3600 + 1800, 18 * 3600))
    return Calendar.of("shanghai", "Asia/Shanghai", (day, day, day, day, day, (), ()))


def a_target(metric: str, calendar: str = "nine", goals: Mapping[Priority, int] = HOURS, id_: str = "") -> Target:
    spans = {priority: timedelta(hours=n) for priority, n in goals.items()}
    return Target(id_ or metric, metric, spans, calendar, "default")


@cache
def _sample(lang: str) -> Rulebook:
    return load(DESKS / f"consultancy.{lang}.toml", today=date(2025, 6, 2), chats_on_page=True)


def a_rulebook(
    *targets: Target, lang: str = "en", acceptance: timedelta = timedelta(hours=40), **terms: Any
) -> Rulebook:
    """The sample desk, in which Halden Cross is promised one target on every metric, or these, on these terms."""
    book = _sample(lang)
    promised = targets or tuple(a_target(metric) for metric in ALL_METRICS)
    gold = Agreement("gold", 1, promised, acceptance, "nine")
    calendars = {**book.calendars, "nine": nine_to_five(), "shanghai": shanghai()}
    design = replace(
        book.items["drawings"], id="design", name={"en": "Design"}, aliases=("design",), review_levels=3,
        prerequisites=tuple(Prerequisite(name, {"en": name}) for name in ("Site survey", "Load figures")),
    )  # fmt: skip
    return replace(
        book, agreements={**book.agreements, gold.key: replace(gold, **terms)}, calendars=calendars,
        items={**book.items, design.id: design},
    )  # fmt: skip


def a_directory(*targets: Target, lang: str = "en", **terms: Any) -> Directory:
    return Directory(a_rulebook(*targets, lang=lang, **terms))


DESK = a_directory()


def a_place(name: str = "client-hx", desk: Directory = DESK) -> Destination:
    """A chat of the page, or with `@name` somebody's direct message; `unbound` is a chat of nobody."""
    return desk.place_of(Address("web", "", name))


def an_actor(person: str, place: Destination | None = None, desk: Directory = DESK) -> Actor:
    return desk.actor(Identity("web", "", person), place or a_place("client-hx", desk))


ADMIN = Actor(person="ada", role=Role.ADMIN, identity=Identity("web", "", "ada"))


def a_context(
    person: str = MEMBER,
    place: str = "",
    now: datetime = NOW,
    *,
    real: datetime | None = None,
    undoable: Undoable | None = None,
    desk: Directory = DESK,
    said_at: datetime | None = None,
    other: Request | None = None,
) -> Context:
    """Staff stand in their team's chat and clients in theirs, unless a place is named."""
    staff = person in (MEMBER, OWNER, MANAGER, OTHER_MEMBER, OTHER_OWNER)
    where = a_place(place or ("team-supervision" if staff else "client-hx"), desk)
    return Context(
        desk, now, real or now, an_actor(person, where, desk), where, lambda: next(_ids), undoable=undoable,
        said_at=said_at, other=other,
    )  # fmt: skip


def a_request(
    priority: Priority = Priority.P3,
    status: Status = Status.NEW,
    *,
    requester: str = CONTACT,
    assignee: str = "",
    private: bool = False,
    timers: tuple[Timer, ...] = (),
    origin: str = "client-hx",
) -> Request:
    """A request of Halden Cross for a drawing review, without clocks unless they are given."""
    return Request(
        id=next(_ids), number="HX-42", client="hx", item="drawings", team="supervision", title="Review drawing A-101",
        description="", status=status, status_since=NOW, priority=priority, reasons=Reasons(2, 3), requester=requester,
        origin=Address("web", "", origin), lang="en", agreement="gold@1", opened_at=NOW, owner=OWNER, assignee=assignee,
        private=private, version=1, timers=timers,
    )  # fmt: skip


def opened(
    now: datetime = NOW, *, desk: Directory = DESK, level: str = "normal", person: str = CONTACT, item: str = "drawings"
) -> Decision:
    """Filed by the client as !normal, impact one person: P3."""
    command = do.OpenRequest("Review drawing A-101", item=item, level=level, impact="3")
    return open_request(command, a_context(person, now=now, desk=desk))


def after(
    request: Request,
    command: Command,
    person: str = MEMBER,
    now: datetime = NOW,
    desk: Directory = DESK,
    place: str = "",
    other: Request | None = None,
) -> Request:
    return decide(request, command, a_context(person, place, now, desk=desk, other=other)).request


def the_timer(request: Request, metric: str) -> Timer:
    """The latest clock of a metric."""
    return next(t for t in reversed(request.timers) if t.metric == metric)
