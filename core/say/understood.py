"""What was understood of a line that could not be carried out: `Understood: High, by Fri 27 Nov 17:00`."""

from __future__ import annotations

from datetime import datetime

from core.ask.commands import OpenRequest
from core.ask.marks import IMPACTS
from core.rules import finding
from core.say.voice import Voice

_LEVELS = {"urgent": "urgent", "high": "high", "normal": "normal", "low": "low"}
_REACH = {1: "everybody", 2: "a team", 3: "one to three people", 4: "nobody is held up"}


def line(asked: OpenRequest, due: datetime | None, failed: str, voice: Voice) -> str:
    """The marks that were read, but the one that failed; nothing, where there is none."""
    w = voice.words
    parts: list[str] = []
    if asked.level:
        parts.append(
            w("priority {level}", level=w(_LEVELS[asked.level]) if asked.level in _LEVELS else asked.level.upper())
        )
    if asked.item and finding.named(asked.item, voice.directory.rulebook):
        parts.append(w("service {word}", word=asked.item))
    if due is not None:
        parts.append(w("by {when}", when=w.when(due, voice.zone)))
    if asked.requester and failed != "requester_unknown":
        parts.append(w("for {name}", name=asked.requester))
    if asked.impact and asked.impact.casefold() in IMPACTS:
        parts.append(w("it reaches: {people}", people=w(_REACH[IMPACTS[asked.impact.casefold()]])))
    if asked.about:
        parts.append(w("about {number}", number=asked.about))
    if asked.private:
        parts.append(w("private"))
    return w("Understood: {parts}.", parts=w(", ").join(parts)) if parts else ""
