"""Replay in words: attainment before and after, the verdicts that turn, with counts and period. The same on page and terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import timedelta

from core.model.request import Verdict
from core.model.told import Attainment, Fared, Replay
from core.ports import ReplayChange, ReplayLine, ReplayTold
from core.say.voice import Voice

_VERDICT = {Verdict.MET: "kept", Verdict.MISSED: "missed"}


def replay(found: Replay, voice: Voice) -> ReplayTold:
    """The report for a reader. Figures are of promises that were judged; what was called off is in none of them."""
    w = voice.words
    since, last = w.day(found.since, voice.zone), w.day(found.until - timedelta(days=1), voice.zone)
    period = w("{since} to {last}, {zone}", since=since, last=last, zone=w.zone(voice.zone))
    notes: list[str] = []
    if not found.clients:
        notes.append(w("The draft changes nothing that is promised to any client."))
    elif not found.requests:
        notes.append(w("None of these clients filed a request in that period."))
    elif not found.changed:
        notes.append(w("No verdict changes."))
    if found.unknown:
        notes.append(
            w.count(
                "{n} promise of the draft was measured by no clock then.",
                "{n} promises of the draft were measured by no clock then.",
                found.unknown,
            )
        )
    clients = w(", ").join(voice.client(c) for c in found.clients if c in voice.directory.rulebook.clients)
    return ReplayTold(
        w("How it would have gone under the draft"),
        period,
        w.count("{n} request of {clients}", "{n} requests of {clients}", found.requests, clients=clients) if clients else "",
        tuple(_line(one, voice) for one in found.attainments),
        tuple(_change(one, voice) for one in found.changed),
        tuple(notes),
        w.count("{n} verdict changes", "{n} verdicts change", len(found.changed)),
    )  # fmt: skip


def _line(one: Attainment, voice: Voice) -> ReplayLine:
    w = voice.words
    before, after = _share(one.met, one.judged), _share(one.draft_met, one.draft_judged)
    points = after - before if before is not None and after is not None else 0
    change = w("{n} points", n=f"{points:+d}".replace("-", "−")) if points else ""
    return ReplayLine(
        voice.target(one.metric, one.target), _attained(one.met, one.judged, voice),
        _attained(one.draft_met, one.draft_judged, voice), change, (points > 0) - (points < 0),
    )  # fmt: skip


def _share(met: int, judged: int) -> int | None:
    return round(100 * met / judged) if judged else None


def _attained(met: int, judged: int, voice: Voice) -> str:
    if not judged:
        return "–"
    return voice.words("{met} of {judged} · {share} %", met=met, judged=judged, share=_share(met, judged))


def _change(one: Fared, voice: Voice) -> ReplayChange:
    w = voice.words
    name = voice.target(one.metric, one.target)
    name = w("{metric}, run {n}", metric=name, n=one.cycle) if one.cycle > 1 else name
    before, after = (w(_VERDICT[v]) if v else "–" for v in (one.before, one.after))
    due = w("due {when}", when=w.when(one.due_at, voice.zone)) if one.due_at else ""
    return ReplayChange(one.number, one.title, name, before, after, due, 1 if one.after is Verdict.MET else -1)


def as_text(told: ReplayTold, voice: Voice) -> str:
    """The report for a terminal: columns of equal width, Chinese letters two cells wide."""
    return "\n".join(_text(told, voice))


def _text(told: ReplayTold, voice: Voice) -> Iterator[str]:
    w = voice.words
    yield from filter(None, (told.title, told.period, told.scope))
    if told.lines:
        yield ""
        head = (w("Promise"), w("as it was"), w("under the draft"), "")
        yield from _columns([head, *((x.name, x.before, x.after, x.change) for x in told.lines)])
    if told.changes:
        yield f"\n{told.count}"
        yield from _columns([(x.number, x.promise, f"{x.before} → {x.after}", x.due, x.title) for x in told.changes])
    if told.notes:
        yield ""
        yield from told.notes


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(_cells(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - _cells(cell)) for cell, width in zip(row, widths, strict=True))
        yield ("  " + "  ".join(cells)).rstrip()


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
