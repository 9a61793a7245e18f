"""Our engine at the kit: neutral questions in, `core.rules` asked, plain answers out. It decides nothing itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from core import events as ev
from core.model import SYSTEM, Address, ClockState, Priority, Reasons, Request, Status, Timer, Verdict
from core.rulebook.directory import Directory
from core.rulebook.values import Agreement, Ladder, Rulebook, Step, Target, Team
from core.rules import clocks, passing, sla
from core.rules.calendar import Calendar, CalendarVersion, Closure, NoWorkingTime, parse_interval
from core.rules.context import Context
from core.rules.metrics import EFFECTS

Json = dict[str, Any]

#: Events whose rows have other names in the engine's table.
ROW_OF = {"human_message": "human_reply", "apply_agreement": "agreement"}


#: Scenarios that wait for rows and facts which the engine does not have yet. A test refuses what stands here and agrees.
NOT_YET = frozenset(
    [
        "G",
        "H-both-verdicts",
        "H-grace-missed",
        "a-calendar-for-each-priority",
        "a-floor-of-its-own",
        "a-longer-grace",
        "a-wait-outlasts-force-majeure",
        "agreed-date",
        "agreed-date-missed",
        "agreement-withdrawn",
        "agreement-withdrawn-after-a-talk",
        "approval",
        "approval-refused",
        "both-met",
        "by-hand",
        "cancelled-does-not-come-back",
        "corrected",
        "corrected-calendar",
        "corrected-every-promise",
        "corrected-next-response",
        "corrected-retroactively",
        "cwt-missed",
        "cwt-missed-and-closed",
        "cwt-missed-at-intake",
        "declined",
        "declined-after-a-talk",
        "force-majeure",
        "force-majeure-within-a-wait",
        "intake",
        "intake-withdrawn",
        "merge-both-wait",
        "merge-older-into-younger",
        "merge-one-waits",
        "merge-younger-into-older",
        "merged-away-in-the-midst",
        "merged-away-when-solved",
        "merged-away-while-asked",
        "no-grace-agreed",
        "nrt-no-reply-needed",
        "paused-by-hand-while-waiting",
        "raised-to-a-wall-clock",
        "refused-after-a-talk",
        "rev-fails",
        "rev-level-by-level",
        "rev-missed-by-delivery",
        "solved-while-asked",
        "solved-without-the-supplier",
        "split",
        "split-then-solve-one",
        "split-while-waiting",
        "sup-each-time",
        "sup-missed",
        "sup-within-its-contract",
        "supplier-pauses-if-agreed",
        "withdrawn-while-approval-is-awaited",
        "withdrawn-with-a-reply-owed",
    ]
)


class NotYet(Exception):
    """The engine has no row for this event."""


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
    return Target(written["id"], written["metric"], goals, written["calendars"]["p3"], f"{agreement}:{written['id']}")


def _agreement(name: str, targets: list[Json]) -> Agreement:
    window = next((t for t in targets if t["metric"] == "acc"), None)
    return Agreement(
        name, 1, tuple(_target(name, t) for t in targets if t is not window),
        timedelta(seconds=window["goals"]["p3"]) if window else timedelta(days=10),
        window["calendars"]["p3"] if window else targets[0]["calendars"]["p3"],
    )  # fmt: skip


def _rulebook(question: Json) -> Rulebook:
    agreements = [_agreement(name, targets) for name, targets in question["agreements"].items()]
    ladders = [_ladder(name, t) for name, targets in question["agreements"].items() for t in targets]
    team = Team("team", {"en": "Team"}, "en", "UTC", question["repeats"], "", "", "", (), (), (), None, None)
    return Rulebook(
        name={"en": "Kit"}, lang="en", zone="UTC", people={}, clients={}, teams={"team": team},
        calendars={name: _calendar(name, versions) for name, versions in question["calendars"].items()},
        items={}, agreements={a.key: a for a in agreements},
        ladders={ladder.id: ladder for ladder in ladders},
        cues=(), matrix=(),
    )  # fmt: skip


def _request(name: str, event: Json, agreement: str, id_: int) -> Request:
    at = _at(event["at"])
    return Request(
        id=id_, number=name, client="", item="", team="team", title="", description="", status=Status.NEW,
        status_since=at, priority=Priority[event.get("priority", "p3").upper()], reasons=Reasons(3, 3), requester="",
        origin=Address("web", "", "kit"), lang="en", agreement=f"{agreement}@1", opened_at=at,
    )  # fmt: skip


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
        self.records: dict[str, _Record] = {}
        self.ids = count(1)
        self.down_until: datetime | None = None

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
        while ahead := [t.next_at for r in self.records.values() for t in r.request.timers if t.next_at is not None]:
            if min(ahead) > now or (min(ahead) == now and not at_last):
                return
            self._beat(min(ahead))

    def _beat(self, now: datetime) -> None:
        for record in self.records.values():
            target_of = {t.id: self._name(t) for t in record.request.timers}
            decision = passing.time_reached(record.request, self._context(now))
            record.request = decision.request
            record.fired += [_checkpoint(target_of[f.timer], f.step, f.repeat, f.reached_at) for f in decision.firings]
            record.said += [
                _checkpoint(e.target, e.step, e.repeat, now) for e in decision.events if isinstance(e, ev.Reached)
            ]

    # ---- events

    def _happens(self, event: Json) -> None:
        name: str = event["on"]
        do: str = event["do"]
        now = _at(event["written"] if "written" in event else event["at"])
        match do:
            case "outage":
                self.down_until = _at(event["until"])
                return
            case "publish_calendar":
                self._publish(event["calendar"], event["version"], now)
                return
            case "submit" | "submit_incomplete":
                self.records[name] = _Record(_request(name, event, self.question["agreement"], next(self.ids)))
            case "priority":
                self._change(name, priority=Priority[event["to"].upper()])
            case "correct" | "apply_agreement":
                self._change(name, agreement=f"{event['agreement']}@1")
        record, ctx = self.records[name], self._context(now)
        row = ROW_OF.get(do, do)
        if row not in EFFECTS:
            raise NotYet(row)
        record.request = clocks.settled(clocks.apply(record.request, row, ctx, reason=row), ctx)

    def _change(self, name: str, **changed: Any) -> None:
        self.records[name].request = replace(self.records[name].request, **changed)

    def _publish(self, name: str, version: Json, now: datetime) -> None:
        """A new version rules from its instant: what is derived is settled again."""
        rulebook = self.directory.rulebook
        new = Calendar(name, (*rulebook.calendars[name].versions, _version(version)))
        self.directory = Directory(replace(rulebook, calendars={**rulebook.calendars, name: new}))
        for record in self.records.values():
            record.request = clocks.settled(record.request, self._context(now))

    # ---- what is seen

    def _name(self, timer: Timer) -> str:
        """The kit knows the acceptance window by its metric."""
        return "acc" if timer.metric == "acc" else timer.target

    def _look(self, record: _Record, now: datetime) -> Json:
        timers = record.request.timers
        shown = {self._name(t): self._shown(t, record.request, now) for t in timers}
        for name, fields in shown.items():
            fields["cycles"] = [_status(t) for t in timers if self._name(t) == name]
        return {"clocks": shown, "fired": record.fired[:], "said": record.said[:]}

    def _shown(self, timer: Timer, request: Request, now: datetime) -> Json:
        calendar = self.directory.rulebook.calendars[timer.calendar]
        following = {"step": timer.next_step, "repeat": timer.next_repeat}
        return {
            "status": _status(timer),
            "elapsed": _seconds(sla.elapsed(timer, calendar, now)),
            "remaining": _seconds(sla.remaining(timer, calendar, now)),
            "due": timer.due_at and _iso(timer.due_at),
            "next": timer.next_at and {**following, "at": _iso(timer.next_at)},
        }


def _checkpoint(clock: str, step: str, repeat: int, at: datetime) -> Json:
    return {"clock": "acc" if clock == "acceptance" else clock, "step": step, "repeat": repeat, "at": _iso(at)}


def _status(timer: Timer) -> str:
    match timer.state:
        case ClockState.RUNNING | ClockState.PAUSED:
            return f"{timer.state.value}{'-breached' if timer.verdict is Verdict.MISSED else ''}"
        case ClockState.CANCELLED:
            return "cancelled"
        case _:
            return timer.verdict.value if timer.verdict else "stopped"
