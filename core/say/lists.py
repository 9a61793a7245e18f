"""Lists: requests by time to breach, each with a button to see it."""

from __future__ import annotations

from collections.abc import Sequence

from core.model.request import Request
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
