"""A reader and the phrases that every message shares: names, states, priorities with their reasons, clocks."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from core.model.parties import Address
from core.model.request import ClockState, Reasons, Request, Status, Timer, Verdict
from core.rulebook.directory import Directory
from core.rulebook.values import in_lang
from core.rules import criteria, sla
from core.rules.clocks import ruler
from core.rules.metrics import FACING_CLIENT
from core.say.message import Gauge, Mention, Text, When
from core.say.words import Words, words

STATUS = {
    Status.NEW: "New", Status.ACKNOWLEDGED: "Taken", Status.IN_PROGRESS: "In progress",
    Status.WAITING_APPROVAL: "Waiting for approval", Status.WAITING_CUSTOMER: "Waiting for the client",
    Status.WAITING_SUPPLIER: "With a supplier", Status.SCHEDULED: "Scheduled", Status.IN_REVIEW: "In review",
    Status.RESOLVED: "Solved", Status.CLOSED: "Closed", Status.CANCELLED: "Cancelled", Status.DECLINED: "Declined",
    Status.MERGED: "Merged",
}  # fmt: skip
_TO_CLIENT = {Status.WAITING_CUSTOMER: "Waiting for your answer"}
_DOTS = {
    Status.NEW: "🔴", Status.ACKNOWLEDGED: "🟡", Status.IN_PROGRESS: "🟡", Status.WAITING_APPROVAL: "🔵",
    Status.WAITING_CUSTOMER: "🔵", Status.WAITING_SUPPLIER: "🔵", Status.SCHEDULED: "🔵", Status.IN_REVIEW: "🟡",
    Status.RESOLVED: "🟢", Status.CLOSED: "⚫", Status.CANCELLED: "⚫", Status.DECLINED: "⚫", Status.MERGED: "⚫",
}  # fmt: skip
METRIC = {"ack": "Acknowledgement", "frt": "First response", "nrt": "Next response", "put": "Next update",
          "ttr": "Solution", "trt": "Total time", "own": "Ownership", "sup": "Supplier", "cwt": "Your answer",
          "rev": "Review", "acc": "Acceptance", "apr": "Approval", "hld": "Pause",
          "fup": "Follow-up"}  # fmt: skip
#: reason of a pause -> its words, which hold while it lasts and afterwards
PAUSED = {
    "waiting_customer": "waiting for the answer", "waiting_approval": "waiting for approval",
    "waiting_supplier": "with a supplier", "scheduled": "until the agreed date", "in_review": "in review",
    "paused": "by decision of the team", "force_majeure": "force majeure",
    "scope": "until it is decided whether we do it",
}  # fmt: skip
_PAUSED_TO_CLIENT = {"waiting_customer": "waiting for your answer"}
_LEVEL = {1: "urgent", 2: "high", 3: "normal", 4: "low"}
_IMPACT = {
    1: "the whole site or firm is stopped",
    2: "a team is held up",
    3: "one person or place is held up",
    4: "hardly anyone is held up",
}
#: What the rules of `core.rules.cues` have read in the words.
CUE = {
    "solved": "already solved", "elsewhere": "it is not ours", "hurt": "somebody is hurt or trapped",
    "danger": "people are in danger", "hazard": "a hazard on site", "leak": "data got out or somebody got in",
    "lost-for-good": "data lost for good", "core-down": "what many depend on is down",
    "all-stopped": "everybody is stopped", "site-halted": "work has stopped", "bid-at-stake": "a bid may be lost",
    "fortune-at-stake": "a million or more at stake", "group-stopped": "one crew or team stopped",
    "milestone-at-stake": "an agreed date is at stake", "complaint": "a complaint",
    "money-at-stake": "much money at stake", "few-stopped": "one to three people stopped",
    "drill": "an exercise, or planned", "trifle": "a trifle", "lowest": "said to matter least",
    "note": "for information", "question": "a question", "wish": "a wish", "supposed": "only supposed",
    "worsening": "it is getting worse", "hyperbole": "urgent in jest", "calm": "no rush",
    "vital": "what keeps patients alive is affected", "group-hampered": "a team gets on with difficulty",
    "harmless": "nobody is held up", "praise": "thanks or praise",
    "due-in-hours": "deadline within hours", "due-today": "deadline today", "due-tomorrow": "deadline tomorrow",
    "due-in-days": "deadline within two weeks", "due-in-weeks": "deadline in more than two weeks",
    "now": "called urgent", "stopped": "no way to go on", "chased": "asked for repeatedly",
    "soon": "as soon as possible",
}  # fmt: skip
#: A priority that the allowance has lowered was not set by the team.
_NOT_OUTRIGHT = frozenset({"spent", "asked", "refused", "demoted"})
#: The facts of the form, as they stand in a reason.
FACT = {
    "safety.risk": "a danger to people", "safety.now": "people are in danger",
    "stopped.one": "one person or machine stopped", "stopped.crew": "one crew or team stopped",
    "stopped.site": "the whole site stopped", "people.none": "nobody is held up",
    "people.few": "one to three people held up", "people.crew": "four to twenty people held up",
    "people.many": "more than twenty people held up", "deadline.hours": "deadline within hours",
    "deadline.today": "deadline today", "deadline.tomorrow": "deadline tomorrow",
    "deadline.days": "deadline within two weeks", "deadline.later": "deadline in more than two weeks",
}  # fmt: skip
_URGENCY = {1: "now", 2: "today", 3: "in the usual time", 4: "it can wait"}
_FROM = {
    "item": "usual for this service", "declared": "marked {level} when filed",
    "staff": "set by the team", "stated": "as stated", "due": "by the date asked for",
}  # fmt: skip


class Voice(Struct, frozen=True):
    """Who is spoken to: language, zone, the address (for mentions), and the desk's time."""

    words: Words
    zone: str
    directory: Directory
    now: datetime
    address: Address | None = None
    page: str = ""  # where the page is reached from outside

    @classmethod
    def to(
        cls, lang: str, zone: str, directory: Directory, now: datetime, address: Address | None = None, page: str = ""
    ) -> Voice:
        return cls(words(lang), zone, directory, now, address, page)

    def url(self, path: str) -> str:
        """The address of something on the page, for whoever reads there or can reach it; else empty."""
        if self.address is not None and self.address.platform == "web":
            return path
        return f"{self.page}{path}" if self.page.startswith("https://") else ""

    @property
    def lang(self) -> str:
        return self.words.lang

    def mention(self, person: str) -> Mention:
        """A person, reachable by a ping where the platform knows them."""
        user = self.directory.user_of(person, self.address) if self.address else ""
        return Mention(self.directory.name_of(person), user)

    def name(self, person: str) -> str:
        return self.directory.name_of(person) if person else ""

    def when(self, at: datetime) -> When:
        return self.words.moment(at, self.zone)

    def item(self, request_item: str) -> str:
        item = self.directory.rulebook.items.get(request_item)  # a closed request may outlive its service
        return in_lang(item.name, self.lang) if item else request_item

    def need(self, item: str, need: str) -> str:
        """What was asked for with an item; what the rulebook no longer has goes by the name it is stored under."""
        known = self.directory.rulebook.items.get(item)
        found = next((one for one in known.needs if one.id == need), None) if known else None
        return in_lang(found.name, self.lang) if found else need

    def answer(self, item: str, need: str, value: str) -> str:
        """The answer to a field of an item: of a choice, the option's name."""
        known = self.directory.rulebook.items.get(item)
        options = (o for one in known.details if one.id == need for o in one.options) if known else ()
        return next((in_lang(option.name, self.lang) for option in options if option.id == value), value)

    def client(self, client: str) -> str:
        return in_lang(self.directory.rulebook.clients[client].name, self.lang)

    def team(self, team: str) -> str:
        return in_lang(self.directory.rulebook.teams[team].name, self.lang)

    def calendar(self, calendar: str) -> str:
        """Its name, else its id."""
        called = self.directory.rulebook.calendar_names.get(calendar)
        return in_lang(called, self.lang) if called else calendar

    def status(self, status: Status, *, client: bool = False) -> str:
        """The state in a word; a client reads that the desk waits for them."""
        return self.words((STATUS | (_TO_CLIENT if client else {}))[status])

    def stands(self, request: Request, *, client: bool = False) -> str:
        """The state of a request in a word: at intake, that something is missing."""
        if request.at_intake:
            return self.words("Waiting for what we need from you" if client else "Waiting for what is needed")
        return self.status(request.status, client=client)

    def pause(self, reason: str, *, client: bool = False) -> str:
        """Why a clock waits, or waited."""
        return self.words((PAUSED | (_PAUSED_TO_CLIENT if client else {}))[reason])

    def metric(self, metric: str) -> str:
        return self.words(METRIC[metric])

    def priority(self, rank: int) -> str:
        return f"P{rank} {self.words(_LEVEL[rank])}"

    def reason(self, request: Request) -> str:
        """Why a request has its priority: both factors and where each comes from, unless the team set it outright."""
        w, reasons = self.words, request.reasons
        if (
            request.ration not in _NOT_OUTRIGHT
            and self.directory.rulebook.matrix[reasons.impact - 1][reasons.urgency - 1] != request.priority
        ):
            return w(_FROM["staff"])
        sentence = why(w, reasons, self.fact(reasons.impact_cue, request), self.fact(reasons.urgency_cue, request))
        return w("{reason} · proposed, the team confirms it", reason=sentence) if reasons.proposed else sentence

    def fact(self, fact: str, request: Request) -> str:
        """A fact in the rulebook's own words; empty where it has none, or is no fact."""
        rulebook = self.directory.rulebook
        found = criteria.find(fact, rulebook.items.get(request.item), rulebook) if "." in fact else None
        return in_lang(found[1].label, self.lang) if found and found[1].label else ""

    def title(self, request: Request, *, client: bool = False) -> str:
        return f"{self.dot(request, client=client)} {request.number} · {request.title}"

    def dot(self, request: Request, *, client: bool = False) -> str:
        """State by colour; the state's word always stands beside it. A client's goes by the clocks that they see."""
        if self.snoozed(request) and not client:
            return "⚪"
        clocks = self.gauges(request) if request.is_open else []
        states = {gauge.state for timer, gauge in clocks if not client or timer.metric in FACING_CLIENT}
        if "breached" in states:
            return "🟣"
        return "🟠" if "risk" in states and request.status is not Status.WAITING_CUSTOMER else _DOTS[request.status]

    def snoozed(self, request: Request) -> bool:
        return bool(request.is_open and request.snoozed_until and request.snoozed_until > self.now)

    def target(self, metric: str, target: str) -> str:
        """What a clock is called; the 24-hour promise is named as such."""
        return self.words("24-hour promise") if target == "promise" else self.metric(metric)

    def gauges(self, request: Request) -> list[tuple[Timer, Gauge]]:
        """How the clocks that matter now stand: the latest cycle of each target that runs, waits, or gave a verdict."""
        latest: dict[str, Timer] = {}
        for timer in request.timers:
            if timer.metric in ("ack", "frt", "nrt", "ttr"):
                latest[timer.target] = timer
        return [(timer, self.gauge(timer, request)) for timer in latest.values()]

    def gauge(self, timer: Timer, request: Request) -> Gauge:
        """How far a clock is on its ruler, and where it stands."""
        rulebook = self.directory.rulebook
        share = min(sla.share(timer, rulebook.calendars[timer.calendar], self.now), 9.99)
        steps = ruler(timer, request, rulebook).steps
        marks = tuple(sorted({step.percent / 100 for step in steps if step.percent <= 100 and not step.after}))
        state, text = self._standing(timer, share)
        return Gauge(self.target(timer.metric, timer.target), share, text, state, marks)

    def _standing(self, timer: Timer, share: float) -> tuple[str, Text]:
        w = self.words
        calendar = self.directory.rulebook.calendars[timer.calendar]
        if timer.state is ClockState.CANCELLED:
            return "ok", ()
        if timer.state is ClockState.ARMED:
            return "ok", w.text("begins when everything that is needed is there")
        if timer.state is ClockState.STOPPED:
            met = timer.verdict is Verdict.MET
            text = w.text("kept" if met else "missed")
            return ("met" if met else "missed"), text
        left = sla.remaining(timer, calendar, self.now)
        if timer.state is ClockState.PAUSED:
            spare = w.span(max(left, sla.ZERO))
            why = self.pause(timer.segments[-1].reason)
            return "paused", w.text("paused, {why}; {left} of working time left", why=why, left=spare)
        if timer.due_at is None:
            return "ok", ()
        if timer.due_at <= self.now:
            return "breached", w.text("overdue, was due {when}", when=self.when(timer.due_at))
        state = "risk" if share >= sla.AT_RISK else "ok"
        sentence = "by {when}, as agreed with the client" if timer.agreed_at else "by {when}"
        by = w.text(sentence, when=self.when(timer.due_at))
        year = calendar.provisional(timer.due_at)
        return state, w.text("{by}, provisional: {year} holidays not announced", by=by, year=year) if year else by


@lru_cache(maxsize=1024)  # few different ones are said again and again
def why(w: Words, reasons: Reasons, far: str = "", soon: str = "") -> str:
    """A priority in one sentence: `one crew stopped (impact 2) × deadline tomorrow (urgency 2)`, and the words heard.

    `far` and `soon` are the rulebook's own words for the facts that set the two factors.
    """
    level = w("“{word}”", word=w(_LEVEL[reasons.urgency]))
    sentence = w(
        "{impact_words} (impact {impact}) × {urgency_words} (urgency {urgency})",
        impact=reasons.impact, urgency=reasons.urgency,
        impact_words=far or _factor(w, _IMPACT[reasons.impact], reasons.impact_from, reasons.impact_cue),
        urgency_words=soon or _factor(w, _URGENCY[reasons.urgency], reasons.urgency_from, reasons.urgency_cue, level),
    )  # fmt: skip
    if not reasons.cues:
        return sentence
    return w(
        "{reason}; from the words {cues}",
        reason=sentence,
        cues=w(", ").join(w("“{word}”", word=c) for c in reasons.cues),
    )


def verdict(w: Words, rank: int, reasons: Reasons) -> str:
    """The priority with its reason: `P2: one crew or team stopped (impact 2) × deadline tomorrow (urgency 2)`."""
    return w("{priority}: {reason}", priority=f"P{rank}", reason=why(w, reasons))


def _factor(w: Words, usual: str, source: str, cue: str, level: str = "") -> str:
    """What was read in the words; else what the level means and who said so."""
    said = w(CUE.get(cue) or FACT.get(cue, usual))
    return (
        said if source in ("words", "fact") else w("{said}, {source}", said=said, source=w(_FROM[source], level=level))
    )
