"""Every history of a request: our engine against the second calculator, and what holds whatever happens.

A machine lets random events happen where they make sense, on random calendars and goals; afterwards both calculators are
asked what was to be seen after each. `test_sla` lives the same lives through commands; here the clocks stand alone.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests import reference
from tests.conformance import engine
from tests.conformance.kit import PRIORITIES, Json, in_order
from tests.reference.hours import Hours, epoch, iso

#: A Monday morning in the last week of Europe's summer time.
BEGIN = epoch("2025-10-20T07:00:00Z")
HOUR = 3600
CONTRACT = ("frt", "nrt", "put", "ttr", "own", "sup", "cwt", "rev")
LADDER = [
    {"id": "half", "percent": 50, "after": 0, "every": None, "times": 1},
    {"id": "breach", "percent": 100, "after": 0, "every": None, "times": 1},
    {"id": "manager", "percent": 100, "after": HOUR, "every": HOUR, "times": 3},
]

OPEN = ("new", "acknowledged", "working", "asked", "approval", "supplier", "scheduled", "review")
AT_WORK = ("acknowledged", "working")
ENDED = ("met", "missed", "cancelled")

COMPARED = ("status", "cycles", "elapsed", "remaining", "due", "next")
#: Without any grace; only of what runs or has its verdict.
STRICT = ("strict", "strict_due")
JUDGED = ("running", "running-breached", "met", "missed")

waits = st.sampled_from([1, 7, 30, 61, 240, 487, 1440, 5000])
hours = st.sampled_from(["00:00", "02:30", "06:00", "08:45", "12:00", "13:30", "17:00", "22:00"])
days = st.lists(st.tuples(hours, hours).filter(lambda pair: pair[0] != pair[1]).map(list), max_size=2)
dates = st.integers(0, 20).map(lambda n: iso(BEGIN + n * 24 * HOUR)[:10])
zones = st.sampled_from(["UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
goals = st.sampled_from([900, HOUR, 4 * HOUR, 8 * HOUR, 40 * HOUR])


@st.composite
def calendars(draw: st.DrawFn) -> list[Json]:
    """Hours on at least one day of the week, with exceptions and closures around the change of the clocks."""
    week = [*draw(st.lists(days, min_size=6, max_size=6)), [["09:00", "12:00"], ["13:00", "17:00"]]]
    dated = st.dictionaries(dates, days, max_size=3)
    return [{"zone": draw(zones), "from": None, "week": week, "days": draw(dated), "closures": draw(dated)}]


@st.composite
def targets(draw: st.DrawFn, names: list[str]) -> list[Json]:
    """One target on every metric, some with a ladder; what a graver priority is promised is not longer."""
    promised = []
    for metric in ("ack", *CONTRACT, "trt", "acc"):
        spans = sorted(draw(goals) for _ in PRIORITIES)
        calendar = draw(st.sampled_from(names))
        promised.append(
            {
                "id": metric, "metric": metric, "goals": dict(zip(PRIORITIES, spans, strict=True)),
                "calendars": dict.fromkeys(PRIORITIES, calendar), "grace": 1800, "floor": 1800,
                "supplier_pauses": False, "at_end": "resume", "steps": LADDER if metric != "acc" and draw(st.booleans()) else [],
            }
        )  # fmt: skip
    return promised


class History(RuleBasedStateMachine):
    """One request. `state` is where it stands, so that only what makes sense happens."""

    @initialize(shared=st.lists(calendars(), min_size=2, max_size=2), data=st.data())
    def file(self, shared: list[list[Json]], data: st.DataObject) -> None:
        named = {f"calendar {n}": calendar for n, calendar in enumerate(shared)}
        self.promised = data.draw(targets(sorted(named)))
        self.question: Json = {
            "id": "history", "calendars": named, "agreements": {"one": self.promised}, "agreement": "one",
            "repeats": "calendar 0", "events": [], "looks": [],
        }  # fmt: skip
        self.now, self.state, self.window = BEGIN, "new", 0
        self.disaster = False
        self.wait(data.draw(waits))
        self.happens("submit", priority=data.draw(st.sampled_from(PRIORITIES)))

    # ---- what happens

    def happens(self, do: str, state: str = "", **facts: Any) -> None:
        """An event, and a look at what it brought."""
        self.question["events"].append({"at": iso(self.now), "do": do, "on": "A", **facts})
        if self.question["looks"][-1:] != [iso(self.now)]:
            self.question["looks"].append(iso(self.now))
        self.state = state or self.state

    def wait(self, minutes: int) -> None:
        """Time passes; windows that are over by then have done their work."""
        self.now += minutes * 60
        if self.window and self.now > self.window:
            self.state = "final" if self.state == "resolved" else "working"
            self.window = 0

    def opens(self, metric: str) -> None:
        """A window that ends by itself: the client's to answer, or to accept."""
        target = next(t for t in self.promised if t["metric"] == metric)
        rank = next((e["to"] for e in reversed(self.question["events"]) if e["do"] == "priority"), None)
        goal = target["goals"][rank or self.question["events"][0]["priority"]]
        self.window = Hours(self.question["calendars"][target["calendars"]["p1"]]).add(self.now, goal)

    @rule(minutes=waits)
    def time_passes(self, minutes: int) -> None:
        self.wait(minutes)
        self.question["looks"].append(iso(self.now))

    @precondition(lambda self: self.state in OPEN)
    @rule(minutes=waits, do=st.sampled_from(["human_message", "assign_group", "assign_person", "no_reply_needed"]))
    def is_handled(self, minutes: int, do: str) -> None:
        self.wait(minutes)
        if self.state in OPEN:
            self.happens(do)

    @precondition(lambda self: self.state in OPEN)
    @rule(minutes=waits)
    def client_writes(self, minutes: int) -> None:
        self.wait(minutes)
        if self.state == "asked":
            self.window = 0
            self.happens("client_answers", "working")
        elif self.state in OPEN:
            self.happens("client_message")

    @precondition(lambda self: self.state == "new")
    @rule(minutes=waits, do=st.sampled_from(["acknowledge", "approval_required"]))
    def is_taken_up(self, minutes: int, do: str) -> None:
        self.wait(minutes)
        self.happens(do, "acknowledged" if do == "acknowledge" else "approval")

    @precondition(lambda self: self.state in ("new", *AT_WORK))
    @rule(minutes=waits, to=st.sampled_from(["asked", "supplier", "review"]))
    def is_handed_on(self, minutes: int, to: str) -> None:
        self.wait(minutes)
        self.happens("start_work", "working")
        self.happens({"asked": "ask_client", "supplier": "supplier", "review": "submit_review"}[to], to)
        if to == "asked":
            self.opens("cwt")

    @precondition(lambda self: self.state in ("approval", "asked", "supplier", "review"))
    @rule(minutes=waits)
    def comes_back(self, minutes: int) -> None:
        self.wait(minutes)
        back = {
            "approval": ("approval_granted", "new"), "asked": ("stop_waiting", "working"),
            "supplier": ("supplier_done", "working"), "review": ("review_fails", "working"),
        }  # fmt: skip
        if self.state in back:
            self.window = 0
            self.happens(*back[self.state])

    @precondition(lambda self: self.state in OPEN)
    @rule(minutes=waits, to=st.sampled_from(PRIORITIES))
    def priority_changes(self, minutes: int, to: str) -> None:
        self.wait(minutes)
        if self.state in OPEN:
            self.happens("priority", to=to)

    @precondition(lambda self: self.state in OPEN)
    @rule(minutes=waits)
    def force_majeure_begins_or_is_over(self, minutes: int) -> None:
        self.wait(minutes)
        if self.state in OPEN:
            self.happens("force_majeure_over" if self.disaster else "force_majeure")
            self.disaster = not self.disaster

    @precondition(lambda self: self.state in OPEN)
    @rule(minutes=waits)
    def is_solved(self, minutes: int) -> None:
        self.wait(minutes)
        if self.state in OPEN:
            self.happens("start_work")
            self.happens("resolve", "resolved")
            self.opens("acc")

    @precondition(lambda self: self.state == "resolved")
    @rule(minutes=waits, do=st.sampled_from(["reopen", "reopen", "accept"]))
    def is_judged(self, minutes: int, do: str) -> None:
        self.wait(minutes)
        if self.state == "resolved":
            self.window = 0
            self.happens(do, "working" if do == "reopen" else "final")

    @precondition(lambda self: len(self.question["events"]) > 12 and self.state in OPEN)
    @rule(minutes=waits, do=st.sampled_from(["withdraw", "decline"]))
    def ends(self, minutes: int, do: str) -> None:
        """Late in life, or most lives would be short."""
        self.wait(minutes)
        if self.state in OPEN:
            self.window = 0
            self.happens(do if self.state == "new" else "withdraw", "final")

    @precondition(lambda self: self.state != "final")
    @rule(minutes=waits)
    def the_desk_is_down(self, minutes: int) -> None:
        """Nothing happens meanwhile, and the first look is a minute after."""
        until = self.now + minutes * 60
        self.question["events"].append({"at": iso(self.now), "do": "outage", "on": "A", "until": iso(until)})
        self.wait(minutes + 1)
        self.question["looks"].append(iso(self.now))

    # ---- what holds

    def teardown(self) -> None:
        if not hasattr(self, "question"):
            return
        ours, theirs = engine.answer(self.question), reference.answer(self.question)
        for at, mine, other in zip(self.question["looks"], ours, theirs, strict=True):
            apart = _apart(mine["A"], other["A"])
            assert not apart, f"{at}: {apart}\n{self.question}"
        looks = [look["A"] for look in ours]
        self.hours = {name: Hours(versions) for name, versions in self.question["calendars"].items()}
        for before, after in pairwise(looks):
            self.a_verdict_never_changes(before, after)
        for look in looks:
            self.each_checkpoint_fires_once(look)
            self.due_lies_in_working_time_or_at_closing(look)
        if self.state == "final":
            assert not [name for name, clock in looks[-1]["clocks"].items() if clock["status"] not in ENDED]

    def a_verdict_never_changes(self, before: Json, after: Json) -> None:
        """Total resolution alone goes on, since the last solution decides; that it was missed stays."""
        for name, clock in before["clocks"].items():
            for was, now in zip(clock["cycles"], after["clocks"][name]["cycles"], strict=False):
                if was in ENDED and (name != "trt" or was != "met"):
                    assert now == was or (name == "trt" and now in ("missed", "running-breached"))
                assert not was.endswith("breached") or now in ("missed", "cancelled") or now.endswith("breached")

    def each_checkpoint_fires_once(self, look: Json) -> None:
        fired = Counter((one["clock"], one["step"], one["repeat"]) for one in look["fired"])
        for (clock, _, _), times in fired.items():
            assert times <= len(look["clocks"][clock]["cycles"])

    def due_lies_in_working_time_or_at_closing(self, look: Json) -> None:
        """One of which earlier cycles left nothing is due where it began, be it at night."""
        for target in self.promised:
            clock = look["clocks"].get(target["id"], {})
            if clock.get("due") is not None and clock["elapsed"] + clock["remaining"] > 0:
                calendar, due = self.hours[target["calendars"]["p1"]], epoch(clock["due"])
                assert calendar.open(due) or calendar.open(due - 1)


def _apart(ours: Json, theirs: Json) -> list[str]:
    """Where the two calculators say different things of a request."""
    clocks = ours["clocks"].keys() | theirs["clocks"].keys()
    pairs = [(name, ours["clocks"].get(name, {}), theirs["clocks"].get(name, {})) for name in sorted(clocks)]
    found = [
        f"{name}.{field}: ours {mine.get(field)}, theirs {other.get(field)}"
        for name, mine, other in pairs
        for field in (*COMPARED, *(STRICT if mine.get("status") in JUDGED else ()))
        if mine.get(field) != other.get(field)
    ]
    return found + [
        f"{kind}: ours {ours[kind]}, theirs {theirs[kind]}"
        for kind in ("fired", "said")
        if in_order(ours[kind]) != in_order(theirs[kind])
    ]


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=50, stateful_step_count=25, deadline=None)
