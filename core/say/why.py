"""Why: the arithmetic of a request's deadlines, in words that a client accepts."""

from __future__ import annotations

from core.model import ClockState, Request, Timer
from core.rulebook.values import ALWAYS
from core.rules import sla
from core.say.message import Block, Bold, Context, Header, Message, Paragraph, Plain, Text
from core.say.voice import Voice


def why(request: Request, voice: Voice) -> Message:
    """For each clock: the goal, its calendar, the spans that counted and those that did not, and the sum."""
    w = voice.words
    name, _, version = request.agreement.partition("@")
    blocks: list[Block] = [
        Header(f"{request.number} · {request.title}"),
        Paragraph((Bold(voice.priority(request.priority)), Plain(" · "), Plain(voice.reason(request))), weight=8),
        Context(w.text("Agreement {name}, version {version}", name=name, version=version)),
    ]
    for timer in request.timers:
        if timer.metric in ("frt", "ttr") and timer.state is not ClockState.CANCELLED:
            blocks += [Paragraph(line, weight=6) for line in _clock(timer, voice)]
    return Message(w("Why {number} is due when it is", number=request.number), tuple(blocks))


def _clock(timer: Timer, voice: Voice) -> list[Text]:
    w = voice.words
    calendar = voice.directory.rulebook.calendars[timer.calendar]
    name = Bold(voice.target(timer.metric, timer.target))
    always = timer.calendar == ALWAYS
    measured = "{metric}: {goal}, around the clock" if always else "{metric}: {goal} in calendar “{calendar}”"
    lines = [w.text(measured, metric=name, goal=w.span(timer.goal), calendar=timer.calendar)]
    for segment in timer.segments:
        end = segment.to_at or voice.now
        if segment.to_at is not None and segment.to_at == segment.from_at:
            continue
        span = calendar.between(segment.from_at, max(end, segment.from_at))
        holes = {"start": voice.when(segment.from_at), "end": voice.when(end), "span": w.span(span)}
        if segment.running:
            lines.append(w.text("counted {span}: {start} to {end}", **holes))
        else:
            lines.append(w.text("not counted, waiting for the client's answer: {start} to {end}", **holes))
    spent = sla.elapsed(timer, calendar, voice.now)
    if timer.due_at is not None:
        lines.append(
            w.text(
                "used {spent} of {goal}; due {when}",
                spent=w.span(spent),
                goal=w.span(timer.goal),
                when=voice.when(timer.due_at),
            )
        )
        year = calendar.provisional(timer.due_at)
        if year:
            lines.append(w.text("provisional: the public holidays of {year} are not announced yet", year=year))
    else:
        lines.append(w.text("used {spent} of {goal}", spent=w.span(spent), goal=w.span(timer.goal)))
    return lines
