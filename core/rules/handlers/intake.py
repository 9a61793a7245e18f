"""Intake: what has to be there first is ticked, told or handed over; the last of it starts the solution clock."""

from __future__ import annotations

import re
from datetime import datetime

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.ask.folding import fold
from core.errors import Fix, Refused
from core.events import Event
from core.model.request import ClockState, Request, Status, Supplied
from core.rulebook.values import Detail, Item, Need, Prerequisite, in_lang
from core.rules import details, files, finding, menu
from core.rules.context import Context
from core.rules.handlers.base import Simple
from core.rules.transitions import move

_ALL = frozenset({"", "all", "everything", "全部", "都有", "都齐了", "齐了", "所有"})
_SEVERAL = r"\d{1,2}(?:(?:\s|[,、&+和及]|and)+\d{1,2})+"
_NUMBERED = re.compile(r"(\d{1,2})(?:[.、:：)）\s]\s*|$)(.*)", re.DOTALL)


def supply(request: Request, command: do.Supply, ctx: Context) -> Simple:
    """Something that was missing is there. Complete is complete at the time of the message (sla.md 4).

    Raises Refused: `nothing_missing`, `which_needed`, `file_needed`, or why an answer does not fit its field.
    """
    if not request.missing:
        raise Refused("nothing_missing", number=request.number)
    at = ctx.heard_at(request.status_since)
    given = [
        Supplied(need, ctx.actor.person, at, text, file.name if file else "", file.ref if file else "")
        for need, text in _meant(request, command, ctx)
        for file in (command.files or (None,))
    ]
    answers = {one.need: one.text for one in given if isinstance(_need(request, one.need, ctx), Detail)}
    there = {one.need for one in given}
    request = replace(request, files=files.added(request, command.files, ctx.actor.person, at))
    left = tuple(need for need in request.missing if need not in there)
    after = replace(request, supplied=(*request.supplied, *given), details={**request.details, **answers}, missing=left)
    happened: tuple[Event, ...] = tuple(
        ev.PrerequisiteSupplied(one.by, one.need, one.text, one.file, one.ref, left) for one in given
    )
    if left:
        return after, happened
    after, accepted = complete(after, ctx, at)
    return after, (*happened, accepted)


def complete(request: Request, ctx: Context, at: datetime | None = None) -> tuple[Request, Event]:
    """All is there, or the team says that it is enough: the solution clock starts at this instant."""
    status = Status.ACKNOWLEDGED if request.assignee else Status.NEW
    begun = any(t.metric == "ttr" and t.state is ClockState.PAUSED for t in request.timers)
    row = "stop_waiting" if begun else "prerequisites_accepted"
    after = move(request, row, ctx, at=at, status=status, missing=())
    return after, ev.PrerequisitesAccepted(ctx.actor.person)


def accept_prerequisites(request: Request, _: do.AcceptPrerequisites, ctx: Context) -> Simple:
    if not request.missing:
        raise Refused("nothing_missing", number=request.number)
    after, accepted = complete(request, ctx)
    return after, (accepted,)


def asked_anew(request: Request, item: Item, ctx: Context) -> Request:
    """It is of this item now: what that needs is missing then; what is there for it already stays."""
    there = {one.id for one in item.needs} & {*request.details, *(one.need for one in request.supplied)}
    wanted = (*(one.id for one in item.prerequisites), *details.unanswered(item, request.details))
    after = replace(
        request, missing=tuple(id_ for id_ in wanted if id_ not in there),
        supplied=tuple(one for one in request.supplied if one.need in there),
        details={id_: said for id_, said in request.details.items() if id_ in there},
    )  # fmt: skip
    if request.at_intake:
        return after if after.missing else complete(after, ctx)[0]
    return move(after, "found_incomplete", ctx) if after.missing else request


def opened(request: Request, before: Request, ctx: Context) -> tuple[Event, ...]:
    """That something is missing now, where nothing was."""
    return (ev.FoundIncomplete(ctx.actor.person, request.missing),) if request.missing and not before.missing else ()


def _need(request: Request, id_: str, ctx: Context) -> Need:
    return menu.need(request, id_, ctx.rulebook)


def _order(request: Request, ctx: Context) -> list[str]:
    return [need.id for need in menu.checklist(request, ctx.rulebook)]


def _meant(request: Request, command: do.Supply, ctx: Context) -> list[tuple[str, str]]:
    """Which of what is missing the words or the button mean, each with what is said of it."""
    if command.what:
        if command.what not in request.missing:
            raise Refused("nothing_missing", number=request.number)
        return [(command.what, _said(request, command.what, command.text, command, ctx))]
    folded = fold(command.text).strip()
    if folded in _ALL and not command.files:
        return _all(request, ctx)
    if re.fullmatch(_SEVERAL, folded) and (ticked := _listed(request, folded, ctx)) and not command.files:
        return [(need, "") for need in ticked]
    need, rest = _named(request, command, ctx)
    return [(need, _said(request, need, rest, command, ctx))]


def _all(request: Request, ctx: Context) -> list[tuple[str, str]]:
    """Whatever can be ticked. A file is not there because somebody says so, nor is an answer."""
    wants = [(need, _need(request, need, ctx)) for need in request.missing]
    ticked = [(need, "") for need, one in wants if isinstance(one, Prerequisite) and not one.file]
    if not ticked:
        raise _more_needed(request, wants[0][0], ctx)
    return ticked


def _listed(request: Request, numbers: str, ctx: Context) -> list[str]:
    """`1 2` and `1, 3和4`: of these, what can be ticked; nothing if the first cannot, since `3 12` is what 3 asks for."""
    order = _order(request, ctx)
    named = dict.fromkeys(int(n) for n in re.findall(r"\d+", numbers))
    if not all(0 < n <= len(order) for n in named):
        return []
    wants = [(need, _need(request, need, ctx)) for need in (order[n - 1] for n in named)]
    ticked = [need for need, one in wants if isinstance(one, Prerequisite) and not one.file and need in request.missing]
    return ticked if ticked[:1] == [wants[0][0]] else []


def _more_needed(request: Request, need: str, ctx: Context) -> Refused:
    code = "answer_needed" if isinstance(_need(request, need, ctx), Detail) else "file_needed"
    n = _order(request, ctx).index(need) + 1
    return Refused(code, number=request.number, need=need, item=request.item, n=n)


def _named(request: Request, command: do.Supply, ctx: Context) -> tuple[str, str]:
    """By its number on the list, by its name, by what sounds alike; or it can only be one.

    A file may be one more page of what is there already.
    """
    words = command.text.strip()
    order = _order(request, ctx)
    asked = tuple(order) if command.files else request.missing
    numbered = _NUMBERED.fullmatch(words)
    if numbered and 0 < int(numbered[1]) <= len(order):
        return _open(request, order[int(numbered[1]) - 1], asked, ctx), numbered[2]
    names = sorted(
        ((fold(name), need) for need in order for name in (need, *_need(request, need, ctx).name.values()) if name),
        key=lambda one: -len(one[0]),
    )
    for name, need in names:
        if fold(words).startswith(name):
            return _open(request, need, asked, ctx), words[len(name) :].lstrip(" :：,，.。-—")
    alike = [(finding.alike(words, name), need) for name, need in names] if words else []
    score, nearest = max(alike, default=(0.0, ""), key=lambda one: (one[0], one[1] in asked))
    if score >= finding.FOUND:
        _open(request, nearest, asked, ctx)
    found = {need for score, need in alike if score >= finding.FOUND and need in asked}
    only = found or _only(request, command, asked, ctx)
    if len(only) == 1:
        need = only.pop()
        lies = command.files or not words.isdigit()  # no number says where a file lies
        if lies or isinstance(_need(request, need, ctx), Detail):
            return need, words
    raise Refused("which_needed", _choices(request, "" if words.isdigit() else words, ctx), number=request.number)


def _open(request: Request, need: str, asked: tuple[str, ...], ctx: Context) -> str:
    """What was named, if it may still be handed over: what is there already never stands for what is not."""
    if need in asked:
        return need
    raise Refused("supplied_already", _choices(request, "", ctx), number=request.number, need=need, item=request.item)


def _choices(request: Request, words: str, ctx: Context) -> tuple[Fix, ...]:
    """The same for each of what is missing."""
    return tuple(
        Fix(f"{n}. {in_lang(_need(request, need, ctx).name, ctx.actor.lang)}",
            f"/request have {request.number} {n} {words}".strip())
        for n, need in enumerate(_order(request, ctx), 1)
        if need in request.missing
    )[:3]  # fmt: skip


def _only(request: Request, command: do.Supply, asked: tuple[str, ...], ctx: Context) -> set[str]:
    """What it may be without a word. Where several files are wanted, the second of an album is not the second of them."""
    wanted = {need for need in asked if getattr(_need(request, need, ctx), "file", False)}
    return wanted if command.files and wanted else set(request.missing)


def _said(request: Request, need: str, text: str, command: do.Supply, ctx: Context) -> str:
    """What is kept of the words. A file has to be handed over, or at least told where it lies."""
    one = _need(request, need, ctx)
    if isinstance(one, Detail):
        if not text.strip():
            raise _more_needed(request, need, ctx)
        calendar = ctx.rulebook.calendars[ctx.rulebook.teams[request.team].calendar]
        return details.read(one, text, ctx.now, ctx.actor, calendar)
    if one.file and not command.files and not any(map(str.isalnum, text)):
        raise _more_needed(request, need, ctx)
    return text.strip()
