"""Why: the arithmetic of a request's deadlines, in words that a client accepts.

One account is put into words once. The page shows it whole; a chat shows it folded, so that it fits one message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from core.model.request import ClockState, Request, Timer, Verdict
from core.model.told import Account, Stretch
from core.ports import ClockReckoning, Reckoning, ReckoningRow
from core.rules import sla
from core.rules.clocks import ruler
from core.rules.metrics import AFRESH, WINDOWS
from core.rules.why import accounts
from core.say import criteria, ration
from core.say.message import Action, Actions, Block, Bold, Button, Context, Header, Message, Paragraph, Plain, Text
from core.say.voice import Voice

#: Lines of one clock that a chat shows before it folds: the days of a stretch into one line, then the middle.
ROOM = 6
HEAD, TAIL = 2, 3
#: Lines about messages that were held or not said; the page has more.
HEARD = 4
#: A closure shorter than this is a night or a lunch break, which nobody asks about.
LONG = timedelta(hours=24)
_MINUTE = timedelta(minutes=1)


def why(request: Request, voice: Voice, *, internal: bool, page: str = "", heard: Sequence[Text] = ()) -> Message:
    """The accounts as one message: the latest run of each clock, folded. `page` is the address of the whole.

    `heard` tells which messages about it did not go out at once, the latest first.
    """
    w = voice.words
    told = reckoning(request, voice, internal=internal, whole=False)
    blocks: list[Block] = [
        Header(f"{told.number} · {told.title}"),
        Paragraph((Bold(told.priority), Plain(" · "), Plain(told.reason)), weight=7),
        *(Context((Plain(line),), weight=6) for line in (told.facts, told.source, *told.calendars) if line),
    ]
    for clock in told.clocks:
        blocks.append(Paragraph((Bold(clock.name), *w.text(": {goal}", goal=clock.goal)), weight=9))
        blocks += [Context(remark, weight=5) for remark in clock.remarks]
        blocks += [Context((Plain(_line(row, voice)),), weight=5) for row in clock.rows]
        blocks.append(Paragraph(clock.sum, weight=9))
        blocks += [Paragraph(clock.verdict, weight=9)] if clock.verdict else []
    if not told.clocks:
        blocks.append(Paragraph(w.text("No clock runs on it.")))
    if heard:
        blocks.append(Paragraph((Bold(w("Held or not said")),), weight=4))
        blocks += [Context(line, weight=3) for line in heard[:HEARD]]
    if page:
        blocks.append(Actions((Button(w("The whole account"), Action("open"), url=page),)))
    return Message(told.summary, tuple(blocks))


def _line(row: ReckoningRow, voice: Voice) -> str:
    if row.kind == "counted":
        return voice.words("{when}: {span}", when=row.when, span=row.span)
    return voice.words("{when}: {note}", when=row.when, note=row.note)


def reckoning(request: Request, voice: Voice, *, internal: bool, whole: bool = True) -> Reckoning:
    """The accounts in words; not `whole` is what a chat has room for."""
    w = voice.words
    name, _, version = request.agreement.partition("@")
    found = accounts(request, voice.directory.rulebook, voice.now, internal=internal)
    if not whole:
        found = [a for a in {(a.timer.metric, a.timer.target): a for a in found}.values() if _matters(a.timer)]
    return Reckoning(
        request.number,
        request.title,
        w("Why {number} is due when it is", number=request.number),
        voice.priority(request.priority),
        ration.reason(request, voice),
        w(
            "By agreement “{name}”, version {version}. Times of day are those of {zone}.",
            name=name, version=version, zone=w.zone(voice.zone),
        ),
        tuple(dict.fromkeys(hours for a in found if (hours := _hours(a.timer, voice)))),
        tuple(_Telling(voice, request, account, internal, whole).clock() for account in found),
        facts=w("Stated: {facts}", facts=stated) if (stated := criteria.told(request, voice)) else "",
    )  # fmt: skip


def _matters(timer: Timer) -> bool:
    """What was called off is of no interest in a chat."""
    return timer.state is not ClockState.CANCELLED


class _Line(Struct, frozen=True):
    """A line before its span is rounded: counted (some hours of a day, or several days), closed, or paused."""

    kind: str
    when: str
    note: str
    span: timedelta
    start: datetime
    end: datetime | None


class _Telling(Struct, frozen=True):
    """One account for one reader."""

    voice: Voice
    request: Request
    account: Account
    internal: bool
    whole: bool

    def clock(self) -> ClockReckoning:
        lines = list(self._lines())
        lines = _added_up(lines if self.whole else self._folded(lines))
        span = self.voice.words.span
        rows = (ReckoningRow(x.kind, x.when, x.note, span(x.span) if x.kind == "counted" else "") for x in lines)
        terms = [line.span for line in lines if line.kind == "counted"]
        gauge = self.voice.gauge(self.account.timer, self.request)
        return ClockReckoning(
            self._name(), self._goal(), tuple(self._remarks()), tuple(rows), self._sum(terms), self._verdict(), gauge,
            *self._band(),
        )  # fmt: skip

    # ---- where the goal comes from

    def _name(self) -> str:
        timer, w = self.account.timer, self.voice.words
        name = self.voice.target(timer.metric, timer.target)
        return w("{metric}, run {n}", metric=name, n=timer.cycle) if timer.cycle > 1 else name

    def _goal(self) -> str:
        timer, w = self.account.timer, self.voice.words
        if not _hours(timer, self.voice):
            return w("{goal} around the clock, nights and holidays counted", goal=w.span(timer.goal))
        return w(
            "{goal} of working time, calendar “{name}”",
            goal=w.span(timer.goal),
            name=self.voice.calendar(timer.calendar),
        )

    def _remarks(self) -> Iterator[Text]:
        account, w, voice = self.account, self.voice.words, self.voice
        timer, promised = account.timer, account.promised
        if (waited := self._waited()) is not None:
            sentence = (
                "It began {when}, when everything that was needed was there. Until then it was the client's turn: "
                "{span} of working time."
            )
            if not self.internal:
                sentence = (
                    "It began {when}, when we had everything. Until then it was your turn: {span} of working time."
                )
            yield w.text(sentence, when=voice.when(timer.segments[0].from_at), span=w.span(waited))
        if timer.graced_until is not None:
            yield w.text(
                "It became more urgent; by its new goal of {goal} it would have been due {strict}. What was left then "
                "was too short, so it was given until {graced}.",
                goal=w.span(timer.strict_goal or timer.goal), graced=voice.when(timer.graced_until),
                strict=voice.when(account.strict_at) if account.strict_at else w("before that"),
            )  # fmt: skip
        elif timer.merged_due is not None:
            sentence = "Two requests became one: of their due times the earlier governs, {when}."
            yield w.text(sentence, when=voice.when(timer.merged_due))
        elif timer.cycle > 1 and timer.metric not in AFRESH:
            sentence = "Opened again: this is what was left of {goal}, at least {floor}."
            yield w.text(sentence, goal=w.span(promised or timer.goal), floor=w.span(account.floor))
        elif promised is not None and promised != timer.goal:
            sentence = "For {priority} the agreement names {goal}; this clock was measured by the goal of its own time."
            yield w.text(sentence, priority=voice.priority(self.request.priority), goal=w.span(promised))
        if account.reckoned_at is not None and timer.agreed_at is not None:
            sentence = "A date was agreed: {agreed}. It governs in place of {due}, which working time alone would give."
            yield w.text(sentence, agreed=voice.when(timer.agreed_at), due=voice.when(account.reckoned_at))
        if account.rival_at is not None and account.due_at is not None and timer.state is ClockState.RUNNING:
            rival = voice.target(timer.metric, account.rival)
            said = "Two promises, the earlier one governs: this one. “{rival}” is due {when}."
            yielded = "Two promises, the earlier one governs: “{rival}”, due {when}."
            yield w.text(said if account.governs else yielded, rival=rival, when=voice.when(account.rival_at))
        year = (
            voice.directory.rulebook.calendars[timer.calendar].provisional(account.due_at) if account.due_at else None
        )
        if year and timer.state is ClockState.RUNNING:
            yield (Plain(w("provisional: the public holidays of {year} are not announced yet", year=year)),)
        if self.internal and timer.extended_by:
            sentence = "The escalation was put off by {span}; due time and verdict stay as they are."
            yield w.text(sentence, span=w.span(timer.extended_by))
        if not timer.first_time_right:
            yield w.text("Opened again afterwards: this run keeps its verdict, and counts as not solved at once.")

    def _waited(self) -> timedelta | None:
        """How long the client took for what was needed first; None for a clock that did not wait for it."""
        timer, calendars = self.account.timer, self.voice.directory.rulebook.calendars
        if timer.metric != "ttr" or timer.cycle > 1 or not timer.segments:
            return None
        began = timer.segments[0].from_at
        theirs = (t for t in self.request.timers if t.metric == "cwt" and t.segments and t.stopped_at == began)
        first = next((t for t in theirs if t.segments[0].from_at == self.request.opened_at), None)
        return (
            sla.elapsed(first, calendars[first.calendar], began) if first and began > self.request.opened_at else None
        )

    # ---- what counted and what did not

    def _lines(self) -> Iterator[_Line]:
        """Counted hours of one day make one line; closures are told when somebody could ask about them."""
        stretches = self.account.stretches
        told = [s for n, s in enumerate(stretches) if s.kind != "closed" or self._is_asked_about(s, n)]
        for (kind, _), group in groupby(told, key=self._day):
            some = list(group)
            note = {"counted": "", "closed": self.voice.words("outside hours")}.get(kind)
            note = self._pause(some[0].reason) if note is None else note
            span = sum((s.span for s in some), sla.ZERO)
            yield _Line(kind, self._when(some), note, span, some[0].from_at, some[-1].to_at)

    def _folded(self, lines: list[_Line]) -> list[_Line]:
        """Short enough for a chat: a stretch without a pause in one line, then nothing but the ends of the list."""
        if len(lines) > ROOM:
            stretches = [list(group) for _, group in groupby(lines, key=lambda line: line.kind == "paused")]
            lines = [line for some in stretches for line in self._one(some)]
        if len(lines) > ROOM:
            middle = lines[HEAD:-TAIL]
            when = self.voice.words.count("{n} more line", "{n} more lines", len(middle))
            span = sum((line.span for line in middle), sla.ZERO)
            lines = [*lines[:HEAD], replace(middle[0], kind="counted", when=when, note="", span=span), *lines[-TAIL:]]
        return lines

    def _one(self, lines: list[_Line]) -> list[_Line]:
        counted = [line for line in lines if line.kind == "counted"]
        if len(counted) < 2:
            return lines
        w, zone, first, last = self.voice.words, self.voice.zone, counted[0], counted[-1]
        start, end = (w.when(at, zone, with_zone=False) for at in (first.start, last.end or self.voice.now))
        when = w("{start} to {end}, working time only", start=start, end=end)
        return [replace(first, when=when, span=sum((line.span for line in counted), sla.ZERO), end=last.end)]

    def _is_asked_about(self, stretch: Stretch, n: int) -> bool:
        """A weekend, a holiday; the time before the first opening; the present."""
        end = stretch.to_at or self.voice.now
        return n == 0 or end - stretch.from_at >= LONG or end >= self.voice.now

    def _day(self, stretch: Stretch) -> tuple[str, object]:
        one_day = stretch.kind == "counted" and self._local(stretch.from_at) == self._local(stretch.to_at)
        return stretch.kind, self._local(stretch.from_at) if one_day else stretch.from_at

    def _local(self, at: datetime | None) -> object:
        return at.astimezone(ZoneInfo(self.voice.zone)).date() if at else None

    def _when(self, some: Sequence[Stretch]) -> str:
        w, zone, first, last = self.voice.words, self.voice.zone, some[0], some[-1]
        if last.to_at is None:
            return w("since {start}", start=w.when(first.from_at, zone, with_zone=False))
        if self._local(first.from_at) == self._local(last.to_at):
            hours = w(", ").join(f"{_clock(s.from_at, zone)}–{_clock(s.to_at, zone)}" for s in some)
            return w("{day} {hours}", day=w.short_day(first.from_at, zone), hours=hours)
        start, end = (w.when(at, zone, with_zone=False) for at in (first.from_at, last.to_at))
        return w("{start} to {end}", start=start, end=end)

    def _pause(self, reason: str) -> str:
        return self.voice.words("not counted, {why}", why=self.voice.pause(reason, client=not self.internal))

    # ---- the sum and the verdict

    def _sum(self, terms: Sequence[timedelta]) -> Text:
        """`2 h + 3 h 30 min = 5 h 30 min of 8 h; 2 h 30 min left → due Thu 27 Nov 13:00`."""
        account, w = self.account, self.voice.words
        spent = sum(terms, sla.ZERO)
        agreed = account.timer.agreed_at  # a date in place of the goal
        total = (
            w.span(spent) if agreed else w("{spent} of {goal}", spent=w.span(spent), goal=w.span(account.timer.goal))
        )
        if len(terms) > 1:
            total = w("{terms} = {total}", terms=" + ".join(w.span(term) for term in terms), total=total)
        left = _whole(account.timer.goal) - spent
        state = account.timer.state
        runs = state is ClockState.RUNNING and account.due_at is not None and account.due_at > self.voice.now
        if state is ClockState.ARMED:
            return w.text("{total}; it begins when everything that is needed is there", total=total)
        if agreed is not None:
            when = self._at(agreed)
            return w.text("{total} → due {when}, as agreed", total=total, when=when) if runs else (Plain(total),)
        if left < sla.ZERO:
            return w.text("{total}; {over} over", total=total, over=w.span(-left))
        if runs:
            when = self._at(account.due_at)
            return w.text("{total}; {left} left → due {when}", total=total, left=w.span(left), when=when)
        if state is ClockState.PAUSED:
            return w.text("{total}; {left} left once the clock goes on", total=total, left=w.span(left))
        if state is ClockState.STOPPED and left > sla.ZERO:
            return w.text("{total}; {left} to spare", total=total, left=w.span(left))
        return (Plain(total),)

    def _verdict(self) -> Text:
        account, w = self.account, self.voice.words
        timer = account.timer
        if timer.metric in WINDOWS and timer.metric != "cwt":
            return ()  # the end of a window is no promise that was kept or missed
        if timer.state is ClockState.CANCELLED:
            return w.text("Called off; it counts neither as kept nor as missed.")
        done, due = timer.stopped_at, account.due_at
        if timer.breached_at is not None and due is not None and timer.breached_at < due:
            sentence = "Missed: it was due {when} by the goal of that time, and stays missed."
            return w.text(sentence, when=self._at(timer.breached_at))
        if timer.state is ClockState.STOPPED and done is not None:
            if timer.verdict is Verdict.MET and timer.strict_verdict is Verdict.MISSED and due is not None:
                sentence = "Kept by the time that was given, missed by the new goal alone: done {done}, due {due}."
                return w.text(sentence, done=self._at(done), due=self._at(due))
            if timer.verdict is Verdict.MET and due is not None:
                return w.text("Kept: done {done}, due {due}.", done=self._at(done), due=self._at(due))
            if timer.verdict is Verdict.MET:
                return w.text("Kept: done {done}, while the clock stood still.", done=self._at(done))
            if due is not None:
                return w.text("Missed: due {due}, done {done}.", done=self._at(done), due=self._at(due))
        if timer.state is ClockState.RUNNING and due is not None and due <= self.voice.now:
            return w.text("Overdue since {due}.", due=self._at(due))
        return ()

    def _at(self, at: datetime | None) -> object:
        return self.voice.when(at) if at else ""

    # ---- the line of time

    def _band(self) -> tuple[tuple[tuple[str, float, float], ...], tuple[float, ...], tuple[str, str]]:
        """The clock's life drawn to scale: what counted, what was closed, what was paused, and where it is due."""
        account, voice = self.account, self.voice
        stretches, timer = account.stretches, account.timer
        if not stretches:
            return (), (), ("", "")
        start = stretches[0].from_at
        end = max(s.to_at or voice.now for s in stretches)
        marks = [account.due_at] if account.due_at else []
        end = max([end, *marks])
        length = (end - start) / _MINUTE or 1.0

        def share(at: datetime) -> float:
            return max(0.0, (at - start) / _MINUTE / length)

        scale = ruler(timer, self.request, voice.directory.rulebook)
        before = [s for s in scale.steps if 0 < s.percent < 100 and not s.after]
        marks += [c.at for c in sla.checkpoints(timer, scale, before) if c.at < end]
        band = tuple((s.kind, share(s.from_at), share(s.to_at or voice.now) - share(s.from_at)) for s in stretches)
        ends = tuple(voice.words.when(at, voice.zone, with_zone=False) for at in (start, end))
        return band, tuple(share(at) for at in marks), (ends[0], ends[1])


def _clock(at: datetime | None, zone: str) -> str:
    """A time of day: `09:00`; the end of a day is 24:00 in nobody's language, and 00:00 in all."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}" if at else ""


def _whole(span: timedelta) -> timedelta:
    return _MINUTE * round(span / _MINUTE)


def _added_up(lines: Iterable[_Line]) -> list[_Line]:
    """Each line's span in whole minutes, rounded so that what is written adds up to the total as it is written."""
    rounded: list[_Line] = []
    total = shown = sla.ZERO
    for line in lines:
        total += line.span
        rounded.append(replace(line, span=_whole(total) - shown))
        shown = _whole(total)
    return rounded


def _hours(timer: Timer, voice: Voice) -> str:
    """A calendar in words: `Mon–Fri 09:00–12:00, 13:30–18:00 (Shanghai), holidays off`; empty for one that never closes."""
    calendar = voice.directory.rulebook.calendars[timer.calendar]
    version = calendar.version(timer.segments[0].from_at if timer.segments else voice.now)
    if version is None or version.never_closes():
        return ""
    w = voice.words
    days: list[str] = []
    for hours, group in groupby(range(7), key=lambda day: version.week[day]):
        some = list(group)
        if hours:
            first, last = w.weekday(some[0]), w.weekday(some[-1])
            name = first if len(some) == 1 else w("{first} to {last}", first=first, last=last)
            times = w(", ").join(f"{_of_day(begin)}–{_of_day(end)}" for begin, end in hours)
            days.append(f"{name} {times}")
    said = (
        "Calendar “{name}”: {days} ({zone}), holidays off"
        if version.exceptions
        else "Calendar “{name}”: {days} ({zone})"
    )
    return w(said, name=voice.calendar(timer.calendar), days=w("; ").join(days), zone=w.zone(version.zone))


def _of_day(seconds: int) -> str:
    """Seconds of a local day as its clock shows them; the end of a day is 24:00, the night's hours go on from 00:00."""
    if seconds > 86_400:
        seconds -= 86_400
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
