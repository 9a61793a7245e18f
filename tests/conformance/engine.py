"""Our engine at the kit: neutral questions in, `core.rules` asked, plain answers out. It decides nothing itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from msgspec.structs import replace

from core import events as ev
from core.model.parties import SYSTEM, Address
from core.model.request import ClockState, Priority, Reasons, Request, Status, Timer, Verdict
from core.rulebook.directory import Directory
from core.rulebook.values import Agreement, Ladder, Rulebook, Step, Target, Team
from core.rules import clocks, joining, passing, preview, sla
from core.rules.calendar import Calendar, CalendarVersion, Closure, NoWorkingTime, parse_interval
from core.rules.context import Context
from core.rules.transitions import move

Json = dict[str, Any]

#: Beats that one instant may take: what ends at it may begin something that is due at once.
BEATS = 9


def answer(question: Json) -> list[Any]:
    if "ask" in question:
        calendar = _calendar(question["calendar"], question["calendars"][question["calendar"]])
        return [_answered(calendar, asked) for asked in question["ask"]]
    return list(_History(question).answers())


# ---- values from plain data


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _iso(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _version(written: Json) -> CalendarVersion:
    return CalendarVersion(
        written["zone"],
        tuple(tuple(parse_interval(*pair) for pair in day) for day in written["week"]),
        {date.fromisoformat(day): tuple(parse_interval(*p) for p in pairs) for day, pairs in written["days"].items()},
        closures=tuple(
            Closure(date.fromisoformat(day), parse_interval(*pair))
            for day, pairs in written["closures"].items()
            for pair in pairs
        ),
        valid_from=_at(written["from"]) if written["from"] else None,
    )


def _calendar(name: str, versions: list[Json]) -> Calendar:
    return _laid_out(name, json.dumps(versions))


@cache
def _laid_out(name: str, versions: str) -> Calendar:
    """One value for all scenarios that ask of it: a calendar remembers what it has laid out."""
    return Calendar(name, tuple(map(_version, json.loads(versions))))


def _answered(calendar: Calendar, asked: Json) -> Any:
    start = _at(asked["from"])
    try:
        match asked["op"]:
            case "add":
                return _iso(calendar.add(start, timedelta(seconds=asked["seconds"])))
            case "subtract":
                return _iso(calendar.subtract(start, timedelta(seconds=asked["seconds"])))
            case "between":
                return _seconds(calendar.between(start, _at(asked["to"])))
            case "open":
                return calendar.is_open(start)
            case "opening":
                return _iso(calendar.next_opening(start))
            case _:
                closes = calendar.closing(start)
                return "none" if closes is None else _iso(closes)
    except NoWorkingTime:
        return "refused"


def _ladder(agreement: str, target: Json) -> Ladder:
    steps = (
        Step(
            step["id"], step["percent"], timedelta(seconds=step["after"]), times=step["times"],
            every=None if step["every"] is None else timedelta(seconds=step["every"]),
        )
        for step in target["steps"]
    )  # fmt: skip
    return Ladder(f"{agreement}:{target['id']}", tuple(steps))


def _target(agreement: str, written: Json) -> Target:
    goals = {Priority[rank.upper()]: timedelta(seconds=goal) for rank, goal in written["goals"].items()}
    calendars = {Priority[rank.upper()]: calendar for rank, calendar in written["calendars"].items()}
    ladder = f"{agreement}:{written['id']}"
    return Target(
        written["id"], written["metric"], goals, calendars[Priority.P3], ladder, calendars,
        timedelta(seconds=written["grace"]), timedelta(seconds=written["floor"]),
    )  # fmt: skip


def _agreement(name: str, targets: list[Json]) -> Agreement:
    at_end = next((t["at_end"] for t in targets if t["metric"] == "cwt"), "resume")
    return Agreement(
        name, 1, tuple(_target(name, t) for t in targets), timedelta(days=10), targets[0]["calendars"]["p3"],
        after_wait="cancel" if at_end == "withdraw" else "resume",
        supplier_pauses=any(t["supplier_pauses"] for t in targets),
    )  # fmt: skip


def _rulebook(question: Json) -> Rulebook:
    agreements = [_agreement(name, targets) for name, targets in question["agreements"].items()]
    ladders = [_ladder(name, t) for name, targets in question["agreements"].items() for t in targets]
    team = Team("team", {"en": "Team"}, "en", "UTC", question["repeats"], "", "", "", (), (), (), None, None)
    return Rulebook(
        name={"en": "Kit"}, lang="en", zone="UTC", people={}, clients={}, teams={"team": team},
        calendars={name: _calendar(name, versions) for name, versions in question["calendars"].items()},
        items={}, agreements={a.key: a for a in agreements},
        ladders={ladder.id: ladder for ladder in (*ladders, Ladder(clocks.CLIENT_LADDER, ()))},
        cues=(), matrix=(),
    )  # fmt: skip


def _request(name: str, event: Json, agreement: str, id_: int) -> Request:
    at = _at(event["at"])
    return Request(
        id=id_, number=name, client="", item="", team="team", title="", description="", status=Status.NEW,
        status_since=at, priority=Priority[event.get("priority", "p3").upper()], reasons=Reasons(3, 3), requester="",
        origin=Address("web", "", "kit"), lang="en", agreement=f"{agreement}@1", opened_at=at,
    )  # fmt: skip


def _facts(event: Json) -> Json:
    """What comes with an event besides its name: the facts that the engine keeps on the request."""
    match event["do"]:
        case "submit_incomplete" | "found_incomplete":
            return {"status": Status.WAITING_CUSTOMER, "missing": ("something",)}
        case "priority":
            return {"priority": Priority[event["to"].upper()]}
        case "correct":
            return {"agreement": f"{event['agreement']}@1"}
        case "agree_date":
            return {"offered_at": _at(event["until"])}
        case "pause":
            return {"paused_for": "a reason"}
        case "force_majeure":
            return {"force_majeure": "a reason"}
        case "scope_asked":
            return {"scope": "asked"}
        case "scope_settled":
            return {"scope": "accepted"}
        case _:
            return {}


# ---- a history


@dataclass
class _Record:
    """A request with what it fired and said."""

    request: Request
    fired: list[Json] = field(default_factory=list)
    said: list[Json] = field(default_factory=list)


class _History:
    def __init__(self, question: Json) -> None:
        self.question = question
        self.directory = Directory(_rulebook(question))
        #: The clocks of the question; the engine has windows of its own besides, which nobody asks of here.
        self.asked = {target["id"] for targets in question["agreements"].values() for target in targets}
        self.records: dict[str, _Record] = {}
        self.ids = count(1)
        self.down_until: datetime | None = None
        #: The last instant at which anything happened: what is reached while a clock waits is said when it goes on.
        self.seen = datetime.min.replace(tzinfo=UTC)

    def answers(self) -> Iterator[Json]:
        events = list(self.question["events"])
        for look in map(_at, self.question["looks"]):
            while events and _at(events[0]["at"]) <= look:
                event = events.pop(0)
                self._beat_until(_at(event["at"]), at_last=False)
                self._happens(event)
            self._beat_until(look, at_last=True)
            yield {name: self._look(record, look) for name, record in self.records.items()}

    def _context(self, now: datetime) -> Context:
        place = self.directory.place_of(Address("web", "", "kit"))
        return Context(self.directory, now, now, SYSTEM, place, lambda: next(self.ids))

    # ---- time passes

    def _beat_until(self, now: datetime, *, at_last: bool) -> None:
        """A beat at each checkpoint before now, and with `at_last` at now; none in an outage, one when it is over."""
        if self.down_until is not None:
            if now < self.down_until or (now == self.down_until and not at_last):
                return
            self._beat(self.down_until)
            self.down_until = None
        again = 0
        while ahead := [t.next_at for r in self.records.values() for t in r.request.timers if t.next_at is not None]:
            at = max(min(ahead), self.seen)
            if at > now or (at == now and not at_last):
                return
            again = again + 1 if at == self.seen else 0
            if again > BEATS:
                raise RuntimeError(f"what was reached at {_iso(at)} does not pass")
            self._beat(at)

    def _beat(self, now: datetime) -> None:
        self.seen = now
        for record in self.records.values():
            target_of = {t.id: t.target for t in record.request.timers}
            decision = passing.time_reached(record.request, self._context(now))
            record.request = decision.request
            fired = [_checkpoint(target_of[f.timer], f.step, f.repeat, f.reached_at) for f in decision.firings]
            said = [_checkpoint(e.target, e.step, e.repeat, now) for e in decision.events if isinstance(e, ev.Reached)]
            record.fired += [one for one in fired if one["clock"] in self.asked]
            record.said += [one for one in said if one["clock"] in self.asked]

    # ---- events

    def _happens(self, event: Json) -> None:
        name: str = event["on"]
        do: str = event["do"]
        self.seen = _at(event["at"])
        ctx = self._context(self.seen)
        match do:
            case "outage":
                self.down_until = _at(event["until"])
            case "publish_calendar":
                self._publish(event["calendar"], event["version"], ctx.now)
            case "merge":
                gone, into = self.records[name], self.records[event["into"]]
                into.request = clocks.settled(joining.merged(into.request, gone.request, ctx), ctx)
                self._move(name, do, ctx)
            case "split":
                parent = self.records[name].request
                child = replace(parent, id=next(self.ids), timers=joining.copied(parent, ctx))
                self.records[event["child"]] = _Record(child)
                self._move(event["child"], do, ctx)
            case "apply_agreement":
                agreement = ctx.rulebook.agreements[f"{event['agreement']}@1"]
                self.records[name].request = preview.under_agreement(self.records[name].request, agreement, ctx)
            case _:
                if name not in self.records:
                    self.records[name] = _Record(_request(name, event, self.question["agreement"], next(self.ids)))
                written = _at(event["written"]) if "written" in event else None
                self._move(name, do, ctx, at=written, **_facts(event))

    def _move(self, name: str, transition: str, ctx: Context, **more: Any) -> None:
        record = self.records[name]
        record.request = clocks.settled(move(record.request, transition, ctx, **more), ctx)

    def _publish(self, name: str, version: Json, now: datetime) -> None:
        """A new version rules from its instant: what is derived is settled again."""
        rulebook = self.directory.rulebook
        new = Calendar(name, (*rulebook.calendars[name].versions, _version(version)))
        self.directory = Directory(replace(rulebook, calendars={**rulebook.calendars, name: new}))
        for record in self.records.values():
            record.request = clocks.settled(record.request, self._context(now))

    # ---- what is seen

    def _look(self, record: _Record, now: datetime) -> Json:
        timers = record.request.timers
        shown = {t.target: self._shown(t, record.request, now) for t in timers if t.target in self.asked}
        for name, fields in shown.items():
            fields["cycles"] = [_status(t) for t in timers if t.target == name]
        return {"clocks": shown, "fired": record.fired[:], "said": record.said[:]}

    def _shown(self, timer: Timer, request: Request, now: datetime) -> Json:
        calendar = self.directory.rulebook.calendars[timer.calendar]
        following = {"step": timer.next_step, "repeat": timer.next_repeat}
        return {
            "status": _status(timer),
            "elapsed": _seconds(sla.elapsed(timer, calendar, now)),
            "remaining": _seconds(sla.remaining(timer, calendar, now)),
            "due": timer.due_at and _iso(timer.due_at),
            **self._strict(timer, calendar, now),
            "next": timer.next_at and {**following, "at": _iso(timer.next_at)},
        }

    def _strict(self, timer: Timer, calendar: Calendar, now: datetime) -> Json:
        """What was promised before any grace: the same as the clock itself where none was given."""
        verdict = timer.strict_verdict or (timer.verdict if timer.strict_goal is None else None)
        due = sla.strict_due(timer, calendar) if timer.state is ClockState.RUNNING else None
        passed = due is not None and due <= now  # no beat is bound to it: the engine judges it at the end
        return {
            "strict": Verdict.MISSED.value if passed else verdict.value if verdict else "open",
            "strict_due": due and _iso(due),
        }


def _checkpoint(clock: str, step: str, repeat: int, at: datetime) -> Json:
    return {"clock": clock, "step": step, "repeat": repeat, "at": _iso(at)}


def _status(timer: Timer) -> str:
    match timer.state:
        case ClockState.RUNNING | ClockState.PAUSED:
            return f"{timer.state.value}{'-breached' if timer.verdict is Verdict.MISSED else ''}"
        case ClockState.ARMED | ClockState.CANCELLED:
            return timer.state.value
        case _:
            return timer.verdict.value if timer.verdict else "stopped"
