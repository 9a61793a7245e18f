"""Lists and digests: requests by time to breach, each with the buttons that it allows."""

from __future__ import annotations

from collections.abc import Sequence

from core.model import Digest, DigestLine, Request, Status
from core.ports import QueueLine
from core.rules.digest import nearest_due
from core.say.message import (
    Action,
    Actions,
    Answer,
    Block,
    Bold,
    Button,
    Context,
    Header,
    Message,
    Paragraph,
    Plain,
    Text,
)
from core.say.voice import Voice

SHOWN = 10

SECTIONS = {
    "waiting": "Waiting for your answer",
    "open": "Open",
    "resolved": "Solved, please accept",
    "overdue": "Overdue",
    "today": "Due today",
    "unassigned": "Nobody has it",
    "snoozed": "Back from snooze today",
    "breaches": "Missed",
    "risk": "At risk",
    "unhappy": "Rated 1 or 2",
}
TITLES = {"client": "Your requests this morning", "team": "The team's morning", "manager": "The manager's morning"}


def queue(requests: Sequence[Request], voice: Voice, title: str, empty: str, *, client: bool = False) -> Answer:
    """Requests, the nearest breach first, each with a button to see it."""
    w = voice.words
    if not requests:
        line = w(empty)
        return Answer(Message(line, (Paragraph((Plain(line),)),)))
    blocks: list[Block] = [Header(w(title))]
    blocks += [Paragraph(line_of(request, voice, client=client)) for request in requests[:SHOWN]]
    if len(requests) > SHOWN:
        blocks.append(Context((Plain(w.count("and {n} more", "and {n} more", len(requests) - SHOWN)),)))
    buttons = tuple(Button(r.number, Action("show", (("number", r.number),))) for r in requests[:5])
    blocks.append(Actions(buttons))
    return Answer(Message(w(title), tuple(blocks)))


def line_of(request: Request, voice: Voice, *, client: bool = False) -> Text:
    w = voice.words
    due = nearest_due(request, client=client)
    who = voice.name(request.assignee) or (voice.team(request.team) if client else w("nobody yet"))
    parts: list[Text] = [
        (Plain(voice.dot(request, client=client) + " "), Bold(request.number), Plain(f" {request.title}")),
        (Plain(f"{voice.stands(request, client=client)} · {voice.priority(request.priority)} · {who}"),),
    ]
    if due is not None:
        parts.append(w.text("due {when}", when=voice.when(due)))
    return tuple(span for n, part in enumerate(parts) for span in ((Plain(" · "),) if n else ()) + part)


def queue_line(request: Request, voice: Voice, *, client: bool) -> QueueLine:
    """One line of the page's list."""
    due = nearest_due(request, client=client)
    clocks = [gauge for timer, gauge in voice.gauges(request) if timer.due_at == due or due is None]
    gravest = max(clocks, key=lambda g: g.share, default=None)
    return QueueLine(
        request.number,
        request.title,
        voice.client(request.client),
        voice.stands(request, client=client),
        voice.priority(request.priority),
        voice.name(request.assignee),
        due,
        voice.words.when(due, voice.zone) if due else "",
        gravest.share if gravest else 0.0,
        gravest.state if gravest else "ok",
    )


def digest(value: Digest, voice: Voice) -> Message:
    """The morning's message: sections in the order of delay, figures with what they count."""
    w = voice.words
    title = w(TITLES[value.kind])
    blocks: list[Block] = [Header(f"{title} · {w.when(value.at, voice.zone, with_zone=False)}")]
    shown: list[DigestLine] = []
    for name, lines in value.sections.items():
        if not lines:
            continue
        blocks.append(Paragraph((Bold(w("{section} ({n})", section=w(SECTIONS[name]), n=len(lines))),), weight=8))
        for line in lines[:SHOWN]:
            blocks.append(Paragraph(_digest_line(line, voice, value.kind == "client"), weight=5))
            shown.append(line)
        if len(lines) > SHOWN:
            blocks.append(Context((Plain(w.count("and {n} more", "and {n} more", len(lines) - SHOWN)),)))
    if value.load:
        load = w(", ").join(w("{name} {n}", name=voice.name(p) or w("nobody yet"), n=n) for p, n in value.load.items())
        blocks.append(Context(w.text("Open now, by person: {load}", load=load), weight=4))
    numbers = list(dict.fromkeys(line.number for line in shown))[:5]
    blocks.append(Actions(tuple(Button(n, Action("show", (("number", n),))) for n in numbers)))
    counts = w(", ").join(
        w("{section} ({n})", section=w(SECTIONS[s]), n=len(lines)) for s, lines in value.sections.items() if lines
    )
    return Message(w("{title}: {counts}", title=title, counts=counts), tuple(blocks), loud=False)


def _digest_line(line: DigestLine, voice: Voice, client: bool) -> Text:
    w = voice.words
    # That nobody has it yet is the team's matter; a breach for that reason says it already.
    who = voice.name(line.assignee) or ("" if client or line.breach_reason else w("nobody yet"))
    parts: list[Text] = [(Bold(line.number), Plain(f" {line.title} · {voice.priority(line.priority)}"))]
    if who:
        parts.append((Plain(who),))
    if line.due_at is not None and line.status is not Status.RESOLVED:
        parts.append(w.text("due {when}", when=voice.when(line.due_at)))
    if line.waiting_for:
        parts.append(w.text("we asked: {question}", question=Plain(line.waiting_for[:120])))
    if line.missing:
        needs = w(", ").join(voice.need(line.item, need) for need in line.missing)
        parts.append(w.text("still needed: {needs}", needs=Plain(needs[:120])))
    if line.breach_reason:
        parts.append((Plain(w(line.breach_reason)),))
    return tuple(span for n, part in enumerate(parts) for span in ((Plain(" · "),) if n else ()) + part)
