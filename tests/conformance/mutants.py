"""What could be wrong in `core/rules`: each mutant is one small replacement in the source of one module."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """What is wrong, the topic of the kit that is asked first because it should notice, and how it is made."""

    file: str
    wrong: str
    topic: str
    old: str
    new: str


MUTANTS = (
    # ---- business time
    Mutant(
        "calendar", "due at the next opening", "calendars",
        "index = bisect_left(self.before, worked) - 1",
        "index = bisect_right(self.before, worked) - 1",
    ),
    Mutant(
        "calendar", "a subtraction ends at the closing before", "calendars",
        "        index = bisect_right(self.before, worked) - 1",
        "        index = bisect_left(self.before, worked) - 1",
    ),
    Mutant(
        "calendar", "holidays are worked", "calendars",
        "if found is None else found",
        "if not found else found",
    ),
    Mutant(
        "calendar", "exceptions add to the week", "calendars",
        "return self.week[day.weekday()] if found is None else found",
        "return (*self.week[day.weekday()], *(found or ()))",
    ),
    Mutant(
        "calendar", "no partial closures", "calendars",
        "_merged(closed)):",
        "[]):",
    ),
    Mutant(
        "calendar", "24x7 whatever is closed", "calendars",
        "not self.closures and all(",
        "all(",
    ),
    Mutant(
        "calendar", "a boundary in an overlap is the second", "dst",
        "return (midnight + timedelta(seconds=begin)).astimezone(UTC)",
        "return (midnight + timedelta(seconds=begin)).replace(fold=1).astimezone(UTC)",
    ),
    Mutant(
        "calendar", "seconds are added to local time", "dst",
        "return (midnight + timedelta(seconds=begin)).astimezone(UTC),",
        "return midnight.astimezone(UTC) + timedelta(seconds=begin),",
    ),
    Mutant(
        "calendar", "every day has 24 hours", "dst",
        "(midnight + timedelta(seconds=end)).astimezone(UTC)",
        "midnight.astimezone(UTC) + timedelta(seconds=end)",
    ),
    Mutant(
        "calendar", "the evening before a version is forgotten", "calendars",
        "timedelta(days=3)",
        "timedelta(days=1)",
    ),
    Mutant(
        "calendar", "closing time is inside", "calendars",
        "return asked < window.ends[window.latest(asked)]",
        "return asked <= window.ends[window.latest(asked)]",
    ),
    Mutant(
        "calendar", "elapsed is never negative", "calendars",
        "return window.worked(last) - window.worked(first)",
        "return abs(window.worked(last) - window.worked(first))",
    ),
    Mutant(
        "calendar", "zero seconds move to working time", "calendars",
        "if self._always or not need:\n            return at + need",
        "if self._always:\n            return at + need",
    ),
    Mutant(
        "calendar", "overlapping intervals count twice", "calendars",
        "if merged and begin <= merged[-1][1]:",
        "if merged and begin < merged[-1][0]:",
    ),
    Mutant(
        "calendar", "abutting intervals close between", "calendars",
        "if merged and begin <= merged[-1][1]:",
        "if merged and begin < merged[-1][1]:",
    ),
    Mutant(
        "calendar", "an interval within another cuts it", "calendars",
        "max(end, merged[-1][1]))",
        "end)",
    ),
    Mutant(
        "calendar", "a version rules for ever", "calendars",
        "max(since, begin), min(until, end)) for",
        "max(since, begin), until) for",
    ),
    Mutant(
        "calendar", "a version has always ruled", "calendars",
        "max(since, begin), min(until, end)) for",
        "since, min(until, end)) for",
    ),
    Mutant(
        "calendar", "the next opening is the last one", "calendars",
        "else max(asked, self._open_next(asked)[0])",
        "else self._open_next(asked)[0]",
    ),
    Mutant(
        "calendar", "it closes in ten years", "calendars",
        "return None if end - begin > _HORIZON else end",
        "return end",
    ),
    Mutant(
        "calendar", "it looks twenty years ahead", "calendars",
        "_HORIZON = 2 * _YEAR",
        "_HORIZON = 20 * _YEAR",
    ),
    Mutant(
        "calendar", "it looks half a year ahead", "calendars",
        "_HORIZON = 2 * _YEAR",
        "_HORIZON = _YEAR / 2",
    ),
    Mutant(
        "calendar", "the week begins on Sunday", "calendars",
        "return self.week[day.weekday()]",
        "return self.week[(day.weekday() + 1) % 7]",
    ),
    Mutant(
        "calendar", "a closure ends the day", "calendars",
        "            left = back\n",
        "            left = end\n",
    ),
    Mutant(
        "calendar", "what has no length takes away from what has", "dst",
        "        if begin >= end:\n            continue\n",
        "",
    ),
    # ---- one clock
    Mutant(
        "sla", "waiting counts", "pauses",
        "for s in timer.segments if s.running)\n    return sum",
        "for s in timer.segments)\n    return sum",
    ),
    Mutant(
        "sla", "what is left grows", "metrics",
        "return timer.goal - elapsed(timer, calendar, now)",
        "return timer.goal + elapsed(timer, calendar, now)",
    ),
    Mutant(
        "sla", "no time left at a pause is time left after", "pauses",
        "if spent + span >= position:",
        "if spent + span > position:",
    ),
    Mutant(
        "sla", "the solution heals a total", "metrics",
        "verdict=_if_missed(timer.verdict),",
        "verdict=timer.verdict,",
    ),
    Mutant(
        "sla", "the time between two solutions is free", "reopen",
        "Segment(timer.stopped_at, None, running=True))",
        "Segment(timer.stopped_at, timer.stopped_at, running=True))",
    ),
    Mutant(
        "sla", "no floor", "reopen",
        ", floor)\n",
        ", ZERO)\n",
    ),
    Mutant(
        "sla", "steps after the goal stand at the goal", "checkpoints",
        "return goal * step.percent / 100 + step.after",
        "return goal * step.percent / 100",
    ),
    Mutant(
        "sla", "repeats at night", "checkpoints",
        "ruler.repeats.add(at, step.every * n)",
        "at + step.every * n",
    ),
    Mutant(
        "sla", "one repeat too many", "checkpoints",
        "for n in range(1, step.times):",
        "for n in range(1, step.times + 1):",
    ),
    Mutant(
        "sla", "no repeats", "checkpoints",
        "for n in range(1, step.times):",
        "for n in range(1, 1):",
    ),
    Mutant(
        "sla", "due while it waits", "pauses",
        '        return replace(timer, due_at=None, next_at=None, next_step="", next_repeat=0)\n    due_at',
        '        return replace(timer, next_at=None, next_step="", next_repeat=0)\n    due_at',
    ),
    Mutant(
        "sla", "the later promise governs", "targets",
        "return min(running, key=lambda t: (t.due_at, t.id), default=None)",
        "return max(running, key=lambda t: (t.due_at, t.id), default=None)",
    ),
    Mutant(
        "sla", "what is done at the second at which it is due is late", "metrics",
        "to_at is not None and to_at > due_at",
        "to_at is not None and to_at >= due_at",
    ),
    Mutant(
        "sla", "an agreed date waits", "pauses",
        "if timer.state is not ClockState.RUNNING or timer.agreed_at is not None:",
        "if timer.state is not ClockState.RUNNING:",
    ),
    Mutant(
        "sla", "a priority moves an agreed date", "retarget",
        "if not timer.is_active or timer.agreed_at is not None:",
        "if not timer.is_active:",
    ),
    Mutant(
        "sla", "without grace an agreed date is none", "retarget",
        "return timer.agreed_at or instant_of(\n",
        "return instant_of(\n",
    ),
    Mutant(
        "sla", "a new goal starts afresh", "retarget",
        "    spent = elapsed(moved, calendar, now)\n",
        "    spent = ZERO\n",
    ),
    Mutant(
        "sla", "grace for what is missed", "retarget",
        "if timer.verdict is not None or timer.state",
        "if timer.state",
    ),
    Mutant(
        "sla", "grace for a goal that is not tighter", "retarget",
        " or goal >= timer.goal:",
        ":",
    ),
    Mutant(
        "sla", "no grace", "retarget",
        "left >= grace or goal",
        "left is not None or goal",
    ),
    Mutant(
        "sla", "grace where there is time enough", "retarget",
        "left >= grace or goal",
        "goal",
    ),
    Mutant(
        "sla", "grace forgives", "retarget",
        "(Verdict.MISSED if left < ZERO else None)",
        "None",
    ),
    Mutant(
        "sla", "a grace is carried over", "reopen",
        "promised = timer.goal if timer.strict_goal is None else timer.strict_goal",
        "promised = timer.goal",
    ),
    Mutant(
        "sla", "the second solution does not decide", "retarget",
        "strict_verdict=_if_missed(timer.strict_verdict),",
        "strict_verdict=timer.strict_verdict,",
    ),
    Mutant(
        "sla", "an answer before its question takes time away", "pauses",
        "    begin_at = max(at, closed[-1].from_at) if closed else at\n",
        "    begin_at = at\n",
    ),
    # ---- a request's clocks
    Mutant(
        "clocks", "a reply is owed before the first", "metrics",
        ' or (metric == "nrt" and "frt" in active)',
        "",
    ),
    Mutant(
        "clocks", "a second message starts anew", "metrics",
        "return metric in active or",
        "return",
    ),
    Mutant(
        "clocks", "an update period carries the rest", "metrics",
        "if was.metric in AFRESH and",
        "if was.metric not in AFRESH and",
    ),
    Mutant(
        "clocks", "earlier cycles are forgotten", "retarget",
        "if timer.metric in AFRESH:\n",
        "if timer.metric:\n",
    ),
    Mutant(
        "clocks", "the last cycle has no next", "reopen",
        "    started = [",
        "    fresh = []\n    started = [",
    ),
    Mutant(
        "clocks", "a pause ends with another", "pauses",
        "sla.resume(timer, self.at, held(self.request, timer.metric, self.agreement))",
        "sla.resume(timer, self.at)",
    ),
    Mutant(
        "clocks", "a pause by hand ends with the state", "pauses",
        '"pause" if request.paused_for else ""',
        '""',
    ),
    Mutant(
        "clocks", "force majeure ends with a wait", "pauses",
        '"force_majeure" if request.force_majeure else ""',
        '""',
    ),
    Mutant(
        "clocks", "a decision on scope ends with a wait", "pauses",
        '"scope_asked" if request.scope in SCOPE_OPEN else ""',
        '""',
    ),
    Mutant(
        "clocks", "intake holds what it does not", "metrics",
        'if not intake else ""',
        "",
    ),
    Mutant(
        "clocks", "a supplier always pauses", "metrics",
        'case "p" if self.agreement.supplier_pauses:',
        'case "p":',
    ),
    Mutant(
        "clocks", "a supplier never pauses", "pauses",
        'case "p" if self.agreement.supplier_pauses:',
        'case "p" if False:',
    ),
    Mutant(
        "clocks", "what begins while it waits runs", "pauses",
        "return sla.pause(timer, self.at, reason) if reason else timer",
        "return timer",
    ),
    Mutant(
        "clocks", "an answer counts from when it arrived", "pauses",
        "at = aware(at or ctx.now)",
        "at = aware(ctx.now)",
    ),
    Mutant(
        "clocks", "every earlier cycle begins again", "reopen",
        " and was.id in latest and",
        " and",
    ),
    Mutant(
        "clocks", "what was cancelled has a next cycle", "reopen",
        " and was.state is not ClockState.CANCELLED\n",
        "\n",
    ),
    Mutant(
        "clocks", "one calendar for all priorities", "targets",
        "id_, goal, calendar = self.ctx.new_id(), target.goals[rank], target.measured_by(rank)",
        "id_, goal, calendar = self.ctx.new_id(), target.goals[rank], target.calendar",
    ),
    Mutant(
        "clocks", "a new priority keeps the calendar", "retarget",
        "        calendar = self.ctx.rulebook.calendars[target.measured_by(rank)]\n",
        "        calendar = self.ctx.rulebook.calendars[timer.calendar]\n",
    ),
    Mutant(
        "clocks", "every floor is half an hour", "reopen",
        "floor = target.floor if target is not None else GRACE",
        "floor = GRACE",
    ),
    Mutant(
        "clocks", "every grace is half an hour", "retarget",
        "self.at, target.grace, calendar)",
        "self.at, GRACE, calendar)",
    ),
    # ---- where a request stands
    Mutant(
        "transitions", "a pause by hand is not over", "pauses",
        '    "unpause": {"paused_for": ""},\n',
        "",
    ),
    Mutant(
        "transitions", "force majeure is never over", "pauses",
        '    "force_majeure_over": {"force_majeure": ""},\n',
        "",
    ),
    Mutant(
        "transitions", "what is complete still lacks something", "pauses",
        '    "prerequisites_accepted": {"missing": ()},\n',
        "",
    ),
    Mutant(
        "transitions", "a solution leaves a pause behind", "reopen",
        '        "paused_for": "",\n',
        "",
    ),
    Mutant(
        "transitions", "a review that fails goes on", "metrics",
        '    "review_fails": Status.IN_PROGRESS, ',
        "    ",
    ),
    Mutant(
        "transitions", "whoever is asked works", "pauses",
        '"ask_client": Status.WAITING_CUSTOMER,',
        '"ask_client": Status.IN_PROGRESS,',
    ),
    Mutant(
        "transitions", "an answer leaves the request waiting", "pauses",
        '    "client_answers": Status.IN_PROGRESS, ',
        "    ",
    ),
    Mutant(
        "transitions", "a message counts from when it arrived", "pauses",
        "            return clocks.apply(after, transition, ctx, at)\n",
        "            return clocks.apply(after, transition, ctx)\n",
    ),
    Mutant(
        "transitions", "a correction only retargets", "retarget",
        "return joining.corrected(after, ctx)",
        "return clocks.apply(after, transition, ctx)",
    ),
    # ---- more than one request, more than one agreement
    Mutant(
        "joining", "the later due time survives", "merge-split",
        "earliest = min(",
        "earliest = max(",
    ),
    Mutant(
        "joining", "paused while either was", "merge-split",
        "running, reason = not all(reasons)",
        "running, reason = not any(reasons)",
    ),
    Mutant(
        "joining", "ownership is merged", "merge-split",
        '"nrt", "ttr", "trt")',
        '"nrt", "ttr", "trt", "own")',
    ),
    Mutant(
        "joining", "a total is not merged", "merge-split",
        '"nrt", "ttr", "trt")',
        '"nrt", "ttr")',
    ),
    Mutant(
        "joining", "the kept request keeps its own goal", "merge-split",
        "return replace(one, goal=spent + left)",
        "return one",
    ),
    Mutant(
        "joining", "what was worked on the other is lost", "merge-split",
        "segments = tuple(union(mine, other))",
        "segments = mine.segments",
    ),
    Mutant(
        "joining", "what waits is due as it stands", "merge-split",
        "if timer.state is ClockState.RUNNING:\n        return sla.due(timer, calendar) or now",
        "if timer.state:\n        return sla.due(timer, calendar) or now",
    ),
    Mutant(
        "joining", "a child begins anew", "merge-split",
        "replace(t, id=ctx.new_id()) for t in parent",
        "replace(t, id=ctx.new_id(), segments=t.segments[-1:]) for t in parent",
    ),
    Mutant(
        "joining", "a child says again what its parent said", "merge-split",
        "replace(t, id=ctx.new_id()) for t in parent",
        "replace(t, id=ctx.new_id(), fired=frozenset()) for t in parent",
    ),
    Mutant(
        "joining", "what takes a promise's place begins at intake", "retarget",
        "replace(new, segments=was.segments, state=was.state, agreed_at=was.agreed_at) if was else new",
        "new",
    ),
    Mutant(
        "joining", "what was promised wrongly stays promised", "retarget",
        "sla.cancel(t, ctx.now) if t.id in ids else t for t in after",
        "t for t in after",
    ),
    Mutant(
        "joining", "a correction starts what was not promised", "retarget",
        '(was is None and target.metric != "ttr")',
        "False",
    ),
    # ---- other terms
    Mutant(
        "preview", "what is promised no more goes on", "retarget",
        "sla.cancel(timer, ctx.now) if timer.metric in row",
        "timer if timer.metric in row",
    ),
    Mutant(
        "preview", "a new version ends what is the desk's own", "retarget",
        "if timer.metric in row and timer.target not in promised",
        "if timer.target not in promised",
    ),
    Mutant(
        "preview", "a new version adds nothing", "retarget",
        "t.id in new and t.metric in row)",
        "t.id in new and not row)",
    ),
    Mutant(
        "preview", "what a version adds begins now", "retarget",
        "(Segment(request.opened_at, None, running=True),)",
        "(Segment(ctx.now, None, running=True),)",
    ),
    Mutant(
        "preview", "what a version adds has no pauses", "retarget",
        "segments = like[-1].segments if like else",
        "segments = None or",
    ),
    # ---- time passes
    Mutant(
        "passing", "nothing is ever late", "metrics",
        "late = timer.state is ClockState.RUNNING and timer.due_at is not None and timer.due_at <= ctx.now",
        "late = False",
    ),
    Mutant(
        "passing", "all promises speak", "targets",
        "sla.governing(request.timers, timer.metric) is timer",
        "sla.governing(request.timers, timer.metric)",
    ),
    Mutant(
        "passing", "the first is said", "checkpoints",
        "gravest = crossed[-1]",
        "gravest = crossed[0]",
    ),
    Mutant(
        "passing", "a window is over when somebody looks", "checkpoints",
        'sla.breach(timer) if missed else timer, due_at, ',
        'sla.breach(timer) if missed else timer, ctx.now, ',
    ),
    Mutant(
        "passing", "a client who did not answer has", "metrics",
        'sla.breach(timer) if missed else timer, due_at, ',
        "timer, due_at, ",
    ),
    Mutant(
        "passing", "work goes on with what never came", "metrics",
        "if request.missing or agreement.after_wait",
        "if agreement.after_wait",
    ),
    Mutant(
        "passing", "work always goes on", "metrics",
        'agreement.after_wait == "cancel"',
        "False",
    ),
    Mutant(
        "passing", "what fired fires again later", "checkpoints",
        "fired = timer.fired | {",
        "fired = {",
    ),
)  # fmt: skip
