"""Digests in words: what has changed, what to do now with the buttons for it, and a period's figures with their picture."""

from __future__ import annotations

from collections.abc import Iterator

from core.events import from_facts
from core.model.request import Status
from core.model.told import Digest, DigestLine, Figures, Held
from core.rules import summary
from core.say import corrections, rota
from core.say.message import (
    Action,
    Actions,
    Block,
    Bold,
    Button,
    Chart,
    Context,
    Header,
    Message,
    Panel,
    Paragraph,
    Picture,
    Plain,
    Text,
)
from core.say.notices import told_line
from core.say.settings import mute_week
from core.say.voice import Voice

#: Buttons of one section.
BUTTONS = 5
#: Lines of one section.
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
    "mine": "In your hands",
    "left": "In the hands of who is away",
    "gaps": "Nobody on duty",
}
TITLES = {
    ("client", "daily"): "Your requests this morning",
    ("client", "weekly"): "Your requests this week",
    ("client", "monthly"): "Your requests this month",
    ("team", "daily"): "The team's morning",
    ("team", "weekly"): "The team's week",
    ("team", "monthly"): "The team's month",
    ("person", "daily"): "Your morning",
    ("person", "weekly"): "Your week",
    ("duty", "daily"): "You are on duty: what you take over",
    ("manager", "daily"): "The manager's morning",
    ("manager", "weekly"): "The manager's week",
    ("manager", "monthly"): "The manager's month",
}
#: change -> how it is counted: one, many
CHANGES = {
    "filed": ("{n} new", "{n} new"), "solved": ("{n} solved", "{n} solved"), "reopened": ("{n} reopened", "{n} reopened"),
    "answered": ("{n} message from clients", "{n} messages from clients"), "missed": ("{n} missed", "{n} missed"),
    "withdrawn": ("{n} withdrawn", "{n} withdrawn"), "declined": ("{n} declined", "{n} declined"),
}  # fmt: skip
#: What the client sent is no news to them.
_NOT_TO_CLIENT = ("answered", "missed")
#: Bins of the gap, and of age, as they are labelled.
AGES = ("under 1 day", "1–3 days", "3–7 days", "1–2 weeks", "2–4 weeks", "over 30 days")


def digest(value: Digest, voice: Voice) -> Message:
    """What has changed first, then the sections in the order of delay, then what was held, then figures."""
    w = voice.words
    title = w(TITLES[value.kind, value.period])
    blocks: list[Block] = [Header(f"{title} · {w.when(value.at, voice.zone, with_zone=False)}")]
    if value.kind == "duty":
        blocks.append(Context(rota.turn(value.subject, value.at, voice), weight=7))
    if value.since is not None:
        blocks.append(Paragraph(_changes(value, voice), weight=7))
    for name, lines in value.sections.items():
        if lines:
            blocks += _section(name, lines, max(value.totals.get(name, 0), len(lines)), value.kind, voice)
    if value.held:
        blocks.append(Paragraph((Bold(w("Held in your quiet hours ({n})", n=len(value.held))),), weight=8))
        blocks += [Paragraph(_held(one, voice), weight=6) for one in value.held[:SHOWN]]
        blocks += _more(len(value.held) - SHOWN, voice)
    if value.gaps:
        blocks.append(Paragraph((Bold(w("Nobody on duty ({n})", n=len(value.gaps))),), weight=8))
        blocks += [Paragraph(rota.gap(one, voice), weight=6) for one in value.gaps]
    if value.load:
        load = w(", ").join(w("{name} {n}", name=voice.name(p) or w("nobody yet"), n=n) for p, n in value.load.items())
        blocks.append(Context(w.text("Open now, by person: {load}", load=load), weight=4))
    if value.figures is not None:
        blocks += _figures(value.figures, voice)
    if value.corrections:
        blocks.append(Context(corrections.most(value.corrections, voice), weight=5))
    held = tuple(dict.fromkeys(one.number for one in value.held))[:BUTTONS]
    if value.kind != "duty":
        blocks.append(Actions((*(_show(number) for number in held), mute_week(voice))))
    parts = [(SECTIONS[s], max(value.totals.get(s, 0), len(lines))) for s, lines in value.sections.items() if lines]
    parts += [(SECTIONS["gaps"], len(value.gaps))] if value.gaps else []
    parts += [("Held in your quiet hours", len(value.held))] if value.held else []
    counts = w(", ").join(w("{section} ({n})", section=w(name), n=n) for name, n in parts)
    said = w("{title}: {counts}", title=title, counts=counts or w("nothing is open"))
    return Message(said, tuple(blocks), loud=False)


def asked(value: Digest, voice: Voice, *, follows: bool) -> Message:
    """The same as an answer, which carries no picture: it `follows` in the direct message of whoever asked."""
    told = digest(value, voice)
    line = voice.words("The picture follows in your direct message.")
    return told.with_picture(Context((Plain(line),) if follows else ()))


def picture(value: Digest, voice: Voice) -> Message | None:
    """The picture alone, for whoever has read the words already."""
    found = digest(value, voice).picture()
    return Message(found.caption, (Header(found.caption), found), loud=False) if found else None


def _section(name: str, lines: tuple[DigestLine, ...], total: int, kind: str, voice: Voice) -> Iterator[Block]:
    w = voice.words
    yield Paragraph((Bold(w("{section} ({n})", section=w(SECTIONS[name]), n=total)),), weight=8)
    for line in lines[:SHOWN]:
        yield Paragraph(_line(line, voice, kind == "client"), weight=5)
    yield from _more(total - min(len(lines), SHOWN), voice)
    yield Actions(tuple(_button(name, line, kind, voice) for line in lines[:BUTTONS]))


def _more(n: int, voice: Voice) -> list[Block]:
    return [Context((Plain(voice.words.count("and {n} more", "and {n} more", n)),))] if n > 0 else []


def _button(section: str, line: DigestLine, kind: str, voice: Voice) -> Button:
    """What there is to do about a line; otherwise to see it."""
    w, args = voice.words, (("number", line.number),)
    if kind == "client" and line.status is Status.RESOLVED:
        return Button(w("Accept {number}", number=line.number), Action("accept", args), "primary")
    if kind == "client" and line.waiting_for:
        return Button(w("Answer {number}", number=line.number), Action("answer", args), "primary")
    if kind in ("team", "duty") and section in ("overdue", "today", "unassigned") and not line.assignee:
        return Button(w("Take {number}", number=line.number), Action("take", args), "primary")
    return _show(line.number)


def _show(number: str) -> Button:
    return Button(number, Action("show", (("number", number),)))


def _changes(value: Digest, voice: Voice) -> Text:
    """`Since Fri 20 Nov 09:00: 3 new, 2 solved.`"""
    w = voice.words
    since = w.when(value.since or value.at, voice.zone, with_zone=False)
    hidden = _NOT_TO_CLIENT if value.kind == "client" else ()
    counted = [w.count(*CHANGES[name], n) for name, n in value.changes.items() if n and name not in hidden]
    if not counted:
        return w.text("Since {since} nothing has changed.", since=since)
    return w.text("Since {since}: {changes}.", since=since, changes=w(", ").join(counted))


def _held(one: Held, voice: Voice) -> Text:
    event = from_facts(one.event, one.facts)
    when = voice.words.when(one.at, voice.zone, with_zone=False)
    return (Bold(one.number), Plain(f" {one.title} · {when} · "), *told_line(event, None, voice))


def _line(line: DigestLine, voice: Voice, client: bool) -> Text:
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


# ---- figures


def _figures(value: Figures, voice: Voice) -> Iterator[Block]:
    """Each with its period and what it counts; what cannot be computed is said to be so."""
    w = voice.words
    first, last = (w.short_day(at, voice.zone) for at in (value.since, value.until))
    yield Paragraph((Bold(w("{first} to {last}", first=first, last=last)),), weight=6)
    lines = list(_in_words(value, voice))
    for line in lines:
        yield Context((Plain(line),), weight=4)
    chart = chart_of(value, voice)
    if chart.panels:
        caption = w("In figures: {first} to {last}", first=first, last=last)
        missing = w("The picture could not be shown; what it says stands in the lines above.")
        yield Picture(caption, " ".join((w("{first} to {last}", first=first, last=last), *lines)), chart, missing)


def _in_words(value: Figures, voice: Voice) -> Iterator[str]:
    w = voice.words
    yield w("{filed} filed, {solved} solved.", filed=value.filed, solved=value.solved)
    if value.kept:
        parts = [
            w("{metric} {share} % ({met} of {judged})", metric=voice.metric(k.metric), share=round(100 * k.met / k.judged),
              met=k.met, judged=k.judged)
            for k in value.kept
        ]  # fmt: skip
        yield w("Kept: {parts}.", parts=w(", ").join(parts))
    else:
        yield w("No promise was judged in this time, so there is no share of kept ones to tell.")
    if value.measured:
        early, late = sum(value.gaps[: summary.FAR_BETTER]), sum(value.gaps[summary.IN_TIME :])
        yield w(
            "Of {n} clocks that ended, {early} took less than a quarter of their goal and {late} more than all of it.",
            n=value.measured, early=early, late=late,
        )  # fmt: skip
        if value.ended > value.measured:
            yield w("Measured are the newest {n} of {total} clocks.", n=value.measured, total=value.ended)
    if sum(value.ages):
        old = sum(value.ages[4:])
        yield w("{n} open now, {old} of them for more than two weeks.", n=sum(value.ages), old=old)


def chart_of(value: Figures, voice: Voice) -> Chart:
    """Volume, attainment by metric, the gap with both its tails, and ageing; without what there is nothing to show of."""
    w = voice.words
    panels: list[Panel] = []
    if value.filed or value.solved:
        days = tuple(f"{int(day[5:7])}/{int(day[8:])}" for day, _, _ in value.days)
        volume = (
            (w("filed"), tuple(float(n) for _, n, _ in value.days)),
            (w("solved"), tuple(float(n) for _, _, n in value.days)),
        )
        panels.append(Panel(w("Requests a day"), days, volume))
    if value.kept:
        names = tuple(f"{voice.metric(k.metric)} ({k.judged})" for k in value.kept)
        shares = tuple(100 * k.met / k.judged for k in value.kept)
        panels.append(Panel(w("Promises kept, %"), names, ((w("kept in time"), shares),), "bars"))
    if value.measured:
        ends = [f"{round(share * 100)}" for share in summary.SHARES]
        labels = (f"≤{ends[0]}", *(f"–{end}" for end in ends[1:]), f">{ends[-1]}")
        gaps = ((w("clocks"), tuple(float(n) for n in value.gaps)),)
        panels.append(
            Panel(w("Share of the goal that was used, %"), labels, gaps, tails=(summary.FAR_BETTER, summary.IN_TIME))
        )
    if sum(value.ages):
        ages = ((w("open"), tuple(float(n) for n in value.ages)),)
        panels.append(Panel(w("How long open"), tuple(w(label) for label in AGES), ages))
    first, last = (w.short_day(at, voice.zone) for at in (value.since, value.until))
    return Chart(w("{first} to {last}", first=first, last=last), tuple(panels))
