"""Why somebody was not told at once, or not at all: one line a message, for whoever may see the request's inside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.model.parties import Place
from core.model.sending import Hushed
from core.say.message import Text
from core.say.voice import Voice

#: what is kept in the row -> what is said
REASONS = {
    "quiet": "quiet hours",
    "pace": "they had been pinged less than five minutes before",
    "again": "a repeat, which waits up to half an hour for something to be told with",
    "storm": "too many messages at once, so they became one list",
    "joined": "told in one message with others",
    "digest": "told in their digest",
    "muted": "they have muted it",
    "known": "told as much of this request already, and nobody has acted since",
    "unreachable": "they have no account here that I can write to",
    "no longer true": "it was no longer true",
    "too late to be useful": "it would have come too late to be of use",
    "destination suspended": "the chat cannot be written to",
    "platform not connected": "the platform is not connected",
    "told in the digest": "told in their digest",
    "in doubt and not worth a second copy": "perhaps arrived; not repeated",
}

KINDS = {"reminder": "a reminder", "breach": "a breach", "escalation": "an escalation"}


def told(found: Iterable[Hushed], voice: Voice) -> tuple[Text, ...]:
    """The lines, the latest first."""
    return tuple(_line(one, voice) for one in found)


def _line(one: Hushed, voice: Voice) -> Text:
    w = voice.words
    who = (
        voice.name(one.person)
        if one.person
        else w("the team's chat")
        if one.place.place is Place.TEAM
        else w("the client")
    )
    known = next((said for code, said in REASONS.items() if one.why.startswith(code)), "")
    if one.why.startswith("told in ") and not known:
        known = REASONS["joined"]
    reason = w(known) if known else w("refused by the platform ({code})", code=one.why)

    def at(moment: datetime) -> str:
        return w.when(moment, voice.zone, with_zone=False)

    holes = {"when": at(one.made_at), "who": who, "what": _what(one, voice), "reason": reason}
    if one.held_until is not None and one.held_until > voice.now:
        return w.text("{when} {who}: {what} waits until {until}: {reason}", until=at(one.held_until), **holes)
    if one.sent_at is not None:
        return w.text("{when} {who}: {what} was told {sent}: {reason}", sent=at(one.sent_at), **holes)
    return w.text("{when} {who}: {what}: {reason}", **holes)


def _what(one: Hushed, voice: Voice) -> str:
    """Which message, in a few words."""
    w = voice.words
    if one.event == "Reached":
        metric = voice.target(str(one.facts.get("metric", "")), str(one.facts.get("target", "")))
        return w("{kind} (“{metric}”)", kind=w(KINDS[str(one.facts.get("kind", "reminder"))]), metric=metric)
    return w("a message")
