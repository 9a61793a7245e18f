"""What somebody hears, and when: shown with the buttons that change it."""

from __future__ import annotations

from core.model.parties import Place
from core.say.message import Action, Actions, Answer, Block, Button, Fields, Header, Message, Paragraph, Plain, Text
from core.say.voice import Voice

#: Hours that are offered as a button.
NIGHT = "22:00-08:00"


def settings(who: str, place: Place, voice: Voice, *, staff: bool, said: str = "") -> Answer:
    """The choices of a person, or of the chat of a client or team (`team:site`). `said` is what was just changed."""
    w, directory = voice.words, voice.directory
    own = place is Place.DIRECT
    muted = directory.choices.get((who, "digest"))
    off = directory.mutes_digest(who, voice.now)
    digest: Text = w.text("on")
    if off:
        until = muted.until if muted else None
        digest = w.text("muted until {when}", when=voice.when(until)) if until else w.text("off")
    pairs: list[tuple[str, Text]] = []
    buttons: list[Button] = []
    if own:
        quiet = directory.quiet_of(who)
        hours = w.text("{hours} ({zone})", hours=str(quiet).replace("-", "–"), zone=w.zone(voice.zone))
        pairs.append((w("Quiet hours"), hours if quiet else w.text("none")))
        line = "quiet off" if quiet else f"quiet {NIGHT}"
        buttons.append(_button(w("No quiet hours") if quiet else w("Quiet {hours}", hours="22:00–08:00"), line))
    if own and staff:
        way = directory.reminded_by(who)
        ways = {"dm": w("by direct message"), "mention": w("by a mention in the team's chat")}
        pairs.append((w("Reminders"), (Plain(ways[way]),)))
        other = "mention" if way == "dm" else "dm"
        label = w("Mention me instead") if way == "dm" else w("Write to me instead")
        buttons.append(_button(label, f"reminders {other}"))
    pairs.append((w("Digests"), digest))
    buttons += (
        [_button(w("Digests on"), "digest on")] if off else [mute_week(voice), _button(w("No digests"), "digest off")]
    )
    title = w("What you hear from me") if own else w("What this chat hears from me")
    note = w("What is urgent reaches you at night, too: round-the-clock promises, breaches and escalations.")
    blocks: list[Block] = [
        Header(title),
        *([Paragraph((Plain(said),), weight=9)] if said else []),
        Fields(tuple(pairs)),
    ]
    blocks += [Paragraph((Plain(note),), weight=3)] if own and staff else []
    return Answer(Message(said or title, (*blocks, Actions(tuple(buttons)))))


def _button(label: str, line: str) -> Button:
    return Button(label, Action("choose", (("text", line),)))


def mute_week(voice: Voice) -> Button:
    """Under each digest: none for a week, to whoever this one was for."""
    return _button(voice.words("Mute a week"), "digest mute")
