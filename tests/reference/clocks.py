"""The clocks of sla.md section 4, played event by event, from the table as it is printed there.

A clock keeps the spans in which it ran, in seconds, and why it is held. It runs while nothing holds it. Everything
else, also when it is due, is found by walking the working time inside those spans from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from tests.reference.hours import Hours, Refused, epoch, iso

TABLE = """
event                  ack frt nrt put ttr trt own sup cwt rev acc
submit                 S   S   .   S   S   S   S   .   .   .   .
submit_incomplete      S   S   .   .   A   S   S   .   S   .   .
prerequisites_accepted .   .   .   S   S   .   .   .   X   .   .
found_incomplete       .   .   .   P   P   .   P   .   S   .   .
approval_required      .   .   .   .   P   .   P   .   .   .   .
approval_granted       .   .   .   .   R   .   R   .   .   .   .
approval_refused       X   X   C   C   C   C   X   .   .   .   .
decline                X   X   C   C   C   C   X   .   .   .   .
acknowledge            X   .   .   .   .   .   N   .   .   .   .
human_message          .   X   X   N   .   .   .   .   .   .   .
client_message         .   .   S   .   .   .   .   .   .   .   .
no_reply_needed        .   .   C   .   .   .   .   .   .   .   .
start_work             X   .   .   .   .   .   .   .   .   .   .
ask_client             .   X   X   P   P   .   P   .   S   .   .
client_answers         .   .   S   R   R   .   R   .   X   .   .
stop_waiting           .   .   .   R   R   .   R   .   X   .   .
supplier               .   .   .   .   ?   .   P   S   .   .   .
supplier_done          .   .   .   .   R   .   R   X   .   .   .
agree_date             .   .   .   P   D   .   P   .   .   .   .
submit_review          .   .   .   .   .   .   P   .   .   S   .
review_fails           .   .   .   .   .   .   R   .   .   X   .
review_passes          .   .   .   .   .   .   .   .   .   X   .
resolve                .   X   X   X   X   X   X   X   X   X   S
accept                 .   .   .   .   .   .   .   .   .   .   X
reopen                 .   .   S   S   N   K   N   .   .   .   C
priority               T   T   T   T   T   .   .   .   .   .   .
correct                T   T   T   T   T   .   .   .   .   .   .
apply_agreement        T   T   T   T   T   T   .   .   .   .   .
assign_group           .   .   .   .   .   .   N   .   .   .   .
assign_person          .   .   .   .   .   .   .   .   .   .   .
unanswered             N   .   .   .   .   .   .   .   .   .   .
withdraw               C   C   C   C   C   C   X   X   X   X   X
merge                  C   C   C   C   C   C   C   C   C   C   C
split                  .   .   .   .   .   .   .   .   .   .   .
force_majeure          P   P   P   P   P   .   .   .   .   .   .
force_majeure_over     R   R   R   R   R   .   .   .   .   .   .
pause                  .   .   .   P   P   .   P   .   .   .   .
unpause                .   .   .   R   R   .   R   .   .   .   .
agreement_withdrawn    C   C   C   C   C   .   .   .   .   .   .
scope_asked            .   .   .   P   P   .   P   .   .   .   .
scope_settled          .   .   .   R   R   .   R   .   .   .   .
"""
"""S start, A armed, X stop, P held, R held no more, T retarget, N new cycle, K carry on, C cancel, D agreed date instead,
? held if the agreement says so. TRT starts at submit, stops at the last resolution, and goes with TTR otherwise.
P and R are not acted upon: pausing is a property of the state (sla.md 8.5), so a clock is held while the row of a cause
that lasts has P for it. What causes last is in CAUSES."""

#: Kind of cause -> the events that bring it about, and those that end it. Of each kind one lasts at a time.
CAUSES = {
    "state": (
        {"found_incomplete", "approval_required", "ask_client", "supplier", "agree_date", "submit_review"},
        {"approval_granted", "client_answers", "stop_waiting", "supplier_done", "review_fails", "resolve"},
    ),
    "by hand": ({"pause"}, {"unpause", "resolve"}),
    "scope": ({"scope_asked"}, {"scope_settled"}),
    "force majeure": ({"force_majeure"}, {"force_majeure_over"}),
}

#: Clocks that go on as one when requests are merged; who owns it and what is waited for stays each request's own.
MERGED = ("ack", "frt", "nrt", "ttr", "trt")

Json = dict[str, Any]


def _rows() -> dict[str, dict[str, str]]:
    header, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return {row[0]: dict(zip(header[1:], row[1:], strict=True)) for row in rows}


ROWS = _rows()


@dataclass
class Clock:
    target: Json
    rank: str
    goal: int
    spans: list[list[int | None]]
    line: int = 0  # clocks of one line are cycles: each carries what is left of the goal
    held: bool = False
    held_at: int = 0
    ended: str = ""  # met, missed or cancelled
    ended_at: int = 0
    armed: bool = False
    missed: bool = False
    strict_goal: int = 0
    strict_missed: bool = False
    agreed: int | None = None
    fired: set[tuple[str, int]] = field(default_factory=set)

    @property
    def metric(self) -> str:
        return str(self.target["metric"])

    @property
    def active(self) -> bool:
        return not self.ended and not self.armed

    @property
    def runs(self) -> bool:
        return self.active and not self.held

    def status(self) -> str:
        if self.armed and not self.ended:
            return "armed"
        if self.ended:
            return self.ended
        return ("running" if self.runs else "paused") + ("-breached" if self.missed else "")

    def until(self, at: int) -> None:
        """The span that is open ends."""
        if self.spans and self.spans[-1][1] is None:
            self.spans[-1][1] = max(at, self.spans[-1][0] or 0)


class Play:
    """One question of the kit: its events happen, its looks are taken."""

    def __init__(self, question: Json) -> None:
        self.question = question
        self.hours = {name: Hours(versions) for name, versions in question["calendars"].items()}
        self.requests: dict[str, list[Clock]] = {}
        self.rank: dict[str, str] = {}
        self.agreement: dict[str, str] = {}
        self.causes: dict[str, dict[str, str]] = {}
        self.opened: dict[str, int] = {}
        self.fired: dict[str, list[Json]] = {}
        self.said: dict[str, list[Json]] = {}
        self.down_until = 0
        self.seen = 0  # the last instant at which anything happened

    def answers(self) -> list[Json]:
        looks = [(epoch(at), 1, n, at) for n, at in enumerate(self.question["looks"])]
        events = [(epoch(event["at"]), 0, n, event) for n, event in enumerate(self.question["events"])]
        seen: list[Json] = []
        for at, _, _, what in sorted([*events, *looks], key=lambda row: row[:3]):
            if isinstance(what, dict):
                self._pass(at, at_last=False)
                self._happens(what, at)
            else:
                self._pass(at, at_last=True)
                seen.append({name: self._look(name, at) for name in self.requests})
        return seen

    # ---- what is measured

    def _hours(self, clock: Clock) -> Hours:
        return self.hours[clock.target["calendars"][clock.rank]]

    def _counted(self, clock: Clock) -> Iterator[tuple[int, int]]:
        """The stretches of working time in which it ran or, if it runs, will run."""
        for begin, end in clock.spans:
            assert begin is not None
            yield from self._hours(clock).from_(begin) if end is None else self._hours(clock).stretches(begin, end)

    def worked(self, clock: Clock, now: int) -> int:
        spans = ((b or 0, now if e is None else min(e, now)) for b, e in clock.spans)
        return sum(self._hours(clock).between(b, e) for b, e in spans if b < e)

    def when(self, clock: Clock, need: int) -> int | None:
        """When it had or will have worked this much; None if it ended or is held before."""
        if need <= 0:
            return clock.spans[0][0] if clock.spans else None
        for begin, end in self._counted(clock):
            if need <= end - begin:
                return begin + need
            need -= end - begin
        if clock.spans and clock.spans[-1][1] is None:
            raise Refused
        return None

    def due(self, clock: Clock) -> int | None:
        return clock.agreed if clock.agreed is not None else self.when(clock, clock.goal)

    def strict_due(self, clock: Clock) -> int | None:
        return clock.agreed if clock.agreed is not None else self.when(clock, clock.strict_goal)

    # ---- time passes

    def _steps(self, clock: Clock) -> Iterator[tuple[int, str, int]]:
        """(when, step, repeat) of what has not fired. Every clock has the step `due`, unless one stands there."""
        steps = list(clock.target["steps"])
        if not any(step["percent"] == 100 and not step["after"] for step in steps):
            steps.append({"id": "due", "percent": 100, "after": 0, "every": None, "times": 1})
        for step in steps:
            position = Fraction(clock.goal * step["percent"], 100) + step["after"]
            at = self.due(clock) if step["id"] == "due" else self.when(clock, int(position))
            for n in range(step["times"] if at is not None else 0):
                if (step["id"], n) not in clock.fired:
                    again = self.hours[self.question["repeats"]].add(at or 0, n * (step["every"] or 0))
                    yield again, step["id"], n

    def _pass(self, now: int, *, at_last: bool) -> None:
        """Each checkpoint fires when it is reached; one that comes with an event comes after it."""
        if self.down_until:
            if now < self.down_until or (now == self.down_until and not at_last):
                return
            self._beat(self.down_until)
            self.down_until = 0
        while True:
            clocks = [clock for clocks in self.requests.values() for clock in clocks if clock.runs]
            ahead = max(min((at for clock in clocks for at, _, _ in self._steps(clock)), default=now + 1), self.seen)
            if ahead > now or (ahead == now and not at_last):
                return
            self._beat(ahead)

    def _beat(self, now: int) -> None:
        self.seen = now
        for name, clocks in self.requests.items():
            governing = {
                metric: min((c for c in clocks if c.runs and c.metric == metric), key=lambda c: self.due(c) or 0)
                for metric in {c.metric for c in clocks if c.runs}
            }
            for clock in [c for c in clocks if c.runs]:
                self._crossed(name, clock, now, speaks=governing[clock.metric] is clock)

    def _crossed(self, name: str, clock: Clock, now: int, *, speaks: bool) -> None:
        crossed = sorted((row for row in self._steps(clock) if row[0] <= now), key=lambda row: row[0])
        target = clock.target["id"]
        for at, step, repeat in crossed:
            clock.fired.add((step, repeat))
            self.fired[name].append({"clock": target, "step": step, "repeat": repeat, "at": iso(at)})
        due = self.due(clock)
        late = due is not None and due <= now
        if late and due is not None and clock.metric in ("acc", "cwt"):  # windows: their end ends what they are for
            clock.until(due)
            clock.missed = clock.strict_missed = clock.metric == "cwt"
            clock.ended, clock.ended_at = ("missed" if clock.missed else "met"), due
            if clock.metric == "cwt":
                self._unanswered(name, clock, now)
            return
        if crossed and speaks:
            _, step, repeat = crossed[-1]
            self.said[name].append({"clock": target, "step": step, "repeat": repeat, "at": iso(now)})
        clock.missed |= late
        clock.strict_missed |= late  # the goal without grace is never the longer one

    def _unanswered(self, name: str, clock: Clock, now: int) -> None:
        """The client gave no answer: work goes on, or the request ends; what never was complete always does."""
        intake = any(c.armed and not c.ended for c in self.requests[name])
        do = "withdraw" if intake or clock.target["at_end"] == "withdraw" else "stop_waiting"
        self._row(name, do, {"on": name}, now)

    # ---- events

    def _happens(self, event: Json, at: int) -> None:
        self.seen = at
        name, do = event["on"], event["do"]
        if do == "outage":
            self.down_until = epoch(event["until"])
        elif do == "publish_calendar":
            self.hours[event["calendar"]].publish(event["version"])
        else:
            if do in ("submit", "submit_incomplete"):
                self._open(name, event.get("priority", "p3"), self.question["agreement"], at)
            self._row(name, do, event, epoch(event["written"]) if "written" in event else at)

    def _open(self, name: str, rank: str, agreement: str, at: int) -> None:
        self.requests[name], self.fired[name], self.said[name] = [], [], []
        self.rank[name], self.agreement[name], self.causes[name], self.opened[name] = rank, agreement, {}, at

    def _row(self, name: str, do: str, event: Json, at: int) -> None:
        """One row of the table: stops first, then what waits, then what begins."""
        clocks = self.requests[name]
        self.rank[name] = event["to"] if do == "priority" else self.rank[name]
        self.agreement[name] = event.get("agreement", self.agreement[name])
        if do == "merge":
            self._merge(clocks, event["into"], at)
        if do == "split":
            self._split(name, event["child"], at)
        if do in ("correct", "apply_agreement"):
            self._replace(name, do, at)
        latest = {c.target["id"]: c for c in clocks}.values()
        for clock in clocks:
            self._moved(clock, ROWS[do][clock.metric], event, at)
        for clock in latest:
            if ROWS[do][clock.metric] == "N" and clock.ended != "cancelled":
                self._renew(name, clock, at)
        busy = {c.metric for c in self.requests[name] if c.active}
        for target in self._targets(name):
            letter = ROWS[do][target["metric"]]
            if letter in ("S", "A") and target["metric"] not in busy:
                if target["metric"] == "nrt" and "frt" in busy:
                    continue  # the next response never runs before the first is given
                self._start(name, target, target["goals"][self.rank[name]], at, armed=letter == "A")
        self._cause(name, do)
        self._hold(name, at)

    def _cause(self, name: str, do: str) -> None:
        for kind, (begins, ends) in CAUSES.items():
            if do in begins:
                self.causes[name][kind] = do
            elif do in ends:
                self.causes[name].pop(kind, None)

    def _hold(self, name: str, at: int) -> None:
        """Each clock waits or runs as the causes that last have it."""
        rows = [ROWS[cause] for cause in self.causes[name].values()]
        for clock in (c for c in self.requests[name] if c.active):
            letters = {row[clock.metric] for row in rows}
            wait = "P" in letters or ("?" in letters and clock.target["supplier_pauses"])
            wait = wait and clock.agreed is None
            if wait and not clock.held:
                clock.until(at)
                clock.held_at = at
            if clock.held and not wait:
                clock.spans.append([max(at, clock.held_at), None])
            clock.held = wait

    def _targets(self, name: str) -> list[Json]:
        found: list[Json] = self.question["agreements"][self.agreement[name]]
        return found

    def _start(self, name: str, target: Json, goal: int, at: int, *, armed: bool = False) -> Clock:
        clocks = self.requests[name]
        waiting = [c for c in clocks if c.target["id"] == target["id"] and c.armed and not c.ended]
        clock = Clock(target, self.rank[name], goal, [] if armed else [[at, None]], line=len(clocks), armed=armed)
        clock.strict_goal = goal
        self.requests[name] = [*[c for c in clocks if c not in waiting], clock]
        return clock

    def _moved(self, clock: Clock, letter: str, event: Json, at: int) -> None:
        if clock.armed and letter in ("C", "X"):
            clock.ended, clock.ended_at = "cancelled", at
            return
        match letter:
            case "X" | "N" if clock.active:
                self._stop(clock, at)
            case "C" if clock.active:
                clock.until(at)
                clock.ended, clock.ended_at = "cancelled", at
            case "K" if clock.ended in ("met", "missed"):
                clock.spans.append([clock.ended_at, None])
                clock.ended = ""
            case "T" if clock.active and clock.agreed is None:
                self._retarget(event["on"], clock, at)
            case "D" if clock.active:
                clock.agreed = epoch(event["until"])

    def _stop(self, clock: Clock, at: int) -> None:
        clock.until(at)
        clock.missed |= self._ran_past(clock, self.due(clock))
        clock.strict_missed |= self._ran_past(clock, self.strict_due(clock))
        clock.ended, clock.ended_at = "missed" if clock.missed else "met", at

    def _ran_past(self, clock: Clock, due: int | None) -> bool:
        return due is not None and any(end is not None and end > due for _, end in clock.spans)

    def _renew(self, name: str, clock: Clock, at: int) -> None:
        """The next cycle carries what is left, at least the floor; an update is due every whole period again."""
        whole = clock.target["goals"][self.rank[name]]
        left = max(clock.strict_goal - self.worked(clock, at), clock.target["floor"])
        new = self._start(name, clock.target, whole if clock.metric in ("put", "ack") else left, at)
        new.line = clock.line

    def _retarget(self, name: str, clock: Clock, at: int) -> None:
        """Measured time is kept; due = max(strict, now + grace) where less is left than was before."""
        targets = [t for t in self._targets(name) if t["id"] == clock.target["id"]]
        if not targets:
            return
        clock.target, clock.rank = targets[0], self.rank[name]
        used = self.worked(clock, at)
        left_before = clock.goal - used
        earlier = [c for c in self.requests[name] if c.line == clock.line and c is not clock and c.ended != "cancelled"]
        carried = 0 if clock.metric in ("put", "ack") else sum(self._under(c, clock, at) for c in earlier)
        clock.goal = clock.strict_goal = max(clock.target["goals"][clock.rank] - carried, 0)
        self._grace(clock, at, left_before)

    def _grace(self, clock: Clock, at: int, before: int) -> None:
        strict, used = self.when(clock, clock.strict_goal), self.worked(clock, at)
        clock.strict_missed |= strict is not None and strict < at and (clock.runs or self._ran_past(clock, strict))
        grace = clock.target["grace"]
        if not clock.missed and clock.goal - used < min(grace, before):
            clock.goal = used + grace

    def _under(self, clock: Clock, measure: Clock, at: int) -> int:
        """The work of one clock by the hours of another."""
        return self.worked(Clock(measure.target, measure.rank, 0, clock.spans), at)

    def _replace(self, name: str, do: str, at: int) -> None:
        """What the other agreement does not promise is cancelled; what it promises instead began where that began.

        What it adds began when the request did; a new version gives it a grace, a correction repairs what never was so.
        """
        promised = {t["id"]: t for t in self._targets(name)}
        row, clocks = ROWS[do], self.requests[name]
        moved = [c for c in clocks if c.active and row[c.metric] == "T"]
        gone = [c for c in moved if c.target["id"] not in promised]
        alike = {c.metric: c for c in (gone if do == "correct" else moved)}
        for target in promised.values():
            was = alike.get(target["metric"])
            total = target["metric"] == ("ttr" if do == "correct" else "trt")
            if target["id"] in {c.target["id"] for c in clocks} or not (was or total):
                continue
            new = self._start(name, target, target["goals"][self.rank[name]], self.opened[name])
            if was:
                new.spans, new.held = [list(span) for span in was.spans], was.held
            if do == "apply_agreement":
                self._grace(new, at, new.goal)
        for clock in gone:
            clock.until(at)
            clock.ended, clock.ended_at = "cancelled", at

    def _merge(self, gone: list[Clock], into: str, at: int) -> None:
        """What is kept ran whenever either did, and is due when the first of both was."""
        for clock in self.requests[into]:
            other = next((c for c in gone if c.active and c.target["id"] == clock.target["id"]), None)
            if other is None or not clock.active or clock.metric not in MERGED:
                continue
            due = min(self._would_be_due(c, at) for c in (clock, other))
            clock.spans = _union([*clock.spans, *other.spans])
            clock.held = clock.held and other.held
            clock.goal = clock.strict_goal = self._by(clock, due)

    def _would_be_due(self, clock: Clock, at: int) -> int:
        if clock.runs:
            due = self.due(clock)
            assert due is not None
            return due
        return self._hours(clock).add(at, clock.goal - self.worked(clock, at))

    def _by(self, clock: Clock, at: int) -> int:
        """What it will have worked by then, if it goes on as it is."""
        last = clock.spans[-1]
        spans = clock.spans if last[1] is None else [*clock.spans, [last[1], None]]
        return self.worked(Clock(clock.target, clock.rank, 0, spans), at)

    def _split(self, name: str, child: str, at: int) -> None:
        self._open(child, self.rank[name], self.agreement[name], self.opened[name])
        self.causes[child] = dict(self.causes[name])
        copied = [c for c in self.requests[name] if c.metric in ("frt", "ttr", "trt")]
        self.requests[child] = [replace(c, spans=[list(s) for s in c.spans], fired=set(c.fired)) for c in copied]
        for target in self._targets(child):
            if target["metric"] == "own":
                self._start(child, target, target["goals"][self.rank[child]], at)

    # ---- what is seen

    def _look(self, name: str, at: int) -> Json:
        clocks = self.requests[name]
        shown = {c.target["id"]: self._shown(c, at) for c in clocks}
        for target, fields in shown.items():
            fields["cycles"] = [c.status() for c in clocks if c.target["id"] == target]
        return {"clocks": shown, "fired": list(self.fired[name]), "said": list(self.said[name])}

    def _shown(self, clock: Clock, at: int) -> Json:
        used = self.worked(clock, at)
        due = self.due(clock) if clock.runs else None
        strict = self.strict_due(clock) if clock.runs else None
        passed = clock.strict_missed or (strict is not None and strict <= at)
        ahead = min(((t, n, s) for t, s, n in self._steps(clock)), default=None) if clock.runs else None
        return {
            "status": clock.status(),
            "elapsed": used,
            "remaining": clock.goal - used,
            "due": None if due is None else iso(due),
            "strict_due": None if strict is None else iso(strict),
            "strict": "missed" if passed else "met" if clock.ended in ("met", "missed") else "open",
            "next": None if ahead is None else {"at": iso(ahead[0]), "repeat": ahead[1], "step": ahead[2]},
        }


def _union(spans: list[list[int | None]]) -> list[list[int | None]]:
    """The spans of two clocks as one's, in order."""
    far = 10**12
    joined: list[list[int]] = []
    for begin, end in sorted((b or 0, far if e is None else e) for b, e in spans):
        if joined and begin <= joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([begin, end])
    return [[begin, None if end == far else end] for begin, end in joined]
