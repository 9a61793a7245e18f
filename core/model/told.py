"""What is told of requests: forecasts, accounts of clocks, digests and their figures. Never stored as state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct, field

from core.model.parties import Stint
from core.model.request import Priority, Status, Timer, Verdict


class Hearer(Struct, frozen=True):
    """Somebody whom a step tells, and as what; empty `person`: the team's chat. `instead` is who is away."""

    person: str
    why: str
    instead: str = ""


class Expected(Struct, frozen=True):
    """A step that is ahead: when it is reached as things stand, whom it would tell and why.

    `unless` is the condition by which it would tell nobody: `priority`, `class`, or `taken` and `seen`, which are so now;
    or `known` and `digest`: they will have been told as much by then.
    `said_at` is when they hear of it, where that waits for working time.
    """

    at: datetime
    metric: str
    target: str
    step: str
    repeat: int
    percent: int
    after: timedelta
    hearers: tuple[Hearer, ...]
    important: bool = False
    unless: str = ""
    only_new: bool = False
    said_at: datetime | None = None


class Move(Struct, frozen=True):
    """A deadline that moves: of which clock, from when to when; None where it has or had none.

    Of a clock that is paused: when it would be due if it went on now.
    """

    metric: str
    target: str
    was_at: datetime | None
    now_at: datetime | None
    paused: bool = False


class Stretch(Struct, frozen=True):
    """A part of a clock's life: *counted* is one opening of the calendar, *closed* lies between two, *paused* has a reason.

    `span` is the working time that counted; `to_at` is None where nobody knows the end yet.
    """

    kind: str
    from_at: datetime
    to_at: datetime | None
    span: timedelta = timedelta(0)
    reason: str = ""


class Account(Struct, frozen=True):
    """How one clock comes to its due time, from its segments.

    `promised` is what the agreement names for the priority; the timer's own goal differs from it after a grace, after a
    merge, or in a later run, which has at least `floor`. `due_at` is the instant at which the goal is or would have been
    used up, None while the clock is paused; `strict_at` the same without grace, `reckoned_at` the same without the date
    that was agreed. `rival_at` is when the other target of the metric is due, if there is one.
    """

    timer: Timer
    promised: timedelta | None
    stretches: tuple[Stretch, ...]
    spent: timedelta
    due_at: datetime | None
    floor: timedelta
    strict_at: datetime | None = None
    reckoned_at: datetime | None = None
    rival: str = ""
    rival_at: datetime | None = None

    @property
    def left(self) -> timedelta:
        """Working time left; negative once it is overdue."""
        return self.timer.goal - self.spent

    @property
    def governs(self) -> bool:
        """Of the targets on one metric, the one that is due first."""
        return self.rival_at is None or (self.due_at is not None and self.due_at <= self.rival_at)


class Drift(Struct, frozen=True):
    """A clock whose stored fields are not what its segments give: which of them, as stored and as derived."""

    number: str
    metric: str
    target: str
    cycle: int
    fields: tuple[str, ...]
    stored: Timer
    made: Timer

    def __str__(self) -> str:
        changes = (f"{name}: {_plain(self.stored, name)} -> {_plain(self.made, name)}" for name in self.fields)
        return f"{self.number} {self.metric}/{self.target} run {self.cycle}: {', '.join(changes)}"


def _plain(timer: Timer, name: str) -> str:
    value = getattr(timer, name)
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value or "none")


class Fared(Struct, frozen=True):
    """One promise on one request: as it was judged, and as a draft would judge it. None: not judged, or not promised."""

    number: str
    title: str
    metric: str
    target: str
    cycle: int
    before: Verdict | None
    after: Verdict | None
    due_at: datetime | None = None  # under the draft

    @property
    def changed(self) -> bool:
        """A verdict that turns; one that only one side gives is no change."""
        return self.before is not self.after and None not in (self.before, self.after)


class Attainment(Struct, frozen=True):
    """How often a target was met, of how often it was judged: as it was, and under a draft."""

    metric: str
    target: str
    met: int
    judged: int
    draft_met: int
    draft_judged: int


class Replay(Struct, frozen=True):
    """A period's requests under a draft. `clients` are those whom the draft concerns; `unknown` could not be measured."""

    since: datetime
    until: datetime
    clients: tuple[str, ...]
    requests: int
    attainments: tuple[Attainment, ...]
    changed: tuple[Fared, ...]
    unknown: int = 0


class Correction(Struct, frozen=True):
    """How often the team changed, or confirmed, the priority that a rule had given. `source` is where it came from
    (words, fact, due, item, declared, stated, staff), `rule` its id; `numbers` are some of the requests."""

    source: str
    rule: str
    raised: int
    lowered: int
    confirmed: int
    numbers: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        return self.raised + self.lowered


class DigestLine(Struct, frozen=True):
    """One request in a digest, with the reason it stands there."""

    number: str
    title: str
    client: str
    status: Status
    priority: Priority
    assignee: str
    due_at: datetime | None
    waiting_for: str = ""
    breach_reason: str = ""
    request: int = 0
    item: str = ""
    missing: tuple[str, ...] = ()  # ids of what its client has to hand over


class Standing(Struct, frozen=True):
    """As much of a request as deciding needs in which section of a digest it stands. `at_risk`: three quarters of a
    running goal are spent; `missed`: a promise on it was missed since the last digest."""

    id: int
    status: Status
    assignee: str
    private: bool
    opened_at: datetime
    due_at: datetime | None
    snoozed_until: datetime | None = None
    offered: bool = False
    rating: int = 0
    at_risk: bool = False
    missed: bool = False


class Held(Struct, frozen=True):
    """Something that somebody was not told in their quiet hours: of which request, what, and when."""

    request: int
    number: str
    title: str
    event: str
    facts: dict[str, Any]
    at: datetime


class Kept(Struct, frozen=True):
    """How often the promises on a metric were kept, of how often they were judged in a period."""

    metric: str
    met: int
    judged: int


class Figures(Struct, frozen=True):
    """What a period came to, each figure with what it counts.

    `days` are local dates with what was filed and solved on them. `gaps` counts the clocks that ended by the share of
    their goal that they took, in the bins of `rules.figures`; `measured` is how many those are, of `ended`. `ages`
    counts what is open now by its age.
    """

    since: datetime
    until: datetime
    filed: int
    solved: int
    days: tuple[tuple[str, int, int], ...]
    kept: tuple[Kept, ...]
    gaps: tuple[int, ...]
    measured: int
    ended: int
    ages: tuple[int, ...]


class Digest(Struct, frozen=True):
    """What one reader is told: sections of lines (`totals` counts those that are not shown, too), what has changed since
    the last one, what was held in their quiet hours, and a period's figures."""

    kind: str
    subject: str
    at: datetime
    sections: Mapping[str, tuple[DigestLine, ...]] = field(default_factory=dict)
    load: Mapping[str, int] = field(default_factory=dict)
    period: str = "daily"
    since: datetime | None = None
    totals: Mapping[str, int] = field(default_factory=dict)
    changes: Mapping[str, int] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    figures: Figures | None = None
    corrections: tuple[Correction, ...] = ()  # the rules of priority that were corrected most often
    gaps: tuple[Stint, ...] = ()  # when nobody of a team will be on duty in its working time

    @property
    def is_empty(self) -> bool:
        """Nothing is open and nothing was held: that is no news. A period's look back is told even when all is quiet."""
        quiet = not any(self.sections.values()) and not self.held and not self.gaps
        return quiet and (
            self.period == "daily" or self.figures is None or not (self.figures.filed + self.figures.ended)
        )
