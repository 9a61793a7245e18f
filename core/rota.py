"""Covers, swaps and absences as people arrange them: decided by `core.rules.standin`, kept as rows, told to whom it concerns."""

from __future__ import annotations

from core import events as ev
from core.ask import commands as do
from core.batch import Batch
from core.errors import Refused
from core.look import Asker
from core.model.parties import Cover, Role
from core.rules import standin
from core.say import rota as told
from core.say.message import Answer
from core.store import duty as rows
from core.store import requests


def arrange(command: do.AskCover | do.AskSwap, batch: Batch, asker: Asker) -> Answer:
    """Ask somebody to stand in; at once where nobody has to be asked. Raises Refused with the reasons of `standin`."""
    ctx = batch.context(asker.actor, asker.place)
    made = standin.cover(command, ctx) if isinstance(command, do.AskCover) else standin.swap(command, ctx)
    pair = made.covers[0].id
    rows.ask(batch.connection, pair, made.covers, batch.now, taken=made.taken)
    if made.taken:
        return _taken(made.covers, pair, batch, asker)
    first, *back = made.covers
    event = ev.CoverAsked(
        asker.actor.person, made.to, first.team, first.from_at, first.to_at, str(pair),
        back[0].from_at if back else None, back[0].to_at if back else None,
    )  # fmt: skip
    batch.tell_of_duty(event, asker.actor)
    return told.asked(event, asker.voice)


def answer(pair: str, *, yes: bool, batch: Batch, asker: Asker) -> Answer:
    """The word of whoever was asked. Raises Refused: `cover_gone`, `not_yours`."""
    found, me = rows.asked(batch.connection, int(pair)), asker.actor.person
    if found is None or found.taken or found.ended or found.covers[0].to_at <= batch.now:
        raise Refused("cover_gone")
    first = found.covers[0]
    if first.person != me:
        raise Refused("not_yours")
    if yes:
        rows.take(batch.connection, found.pair, batch.now)
        return _taken(found.covers, found.pair, batch, asker)
    rows.end(batch.connection, found.pair, batch.now)
    event = ev.CoverRefused(me, first.by, first.team, first.from_at, first.to_at)
    batch.tell_of_duty(event, asker.actor)
    return told.answered(event, asker.voice)


def _taken(covers: tuple[Cover, ...], pair: int, batch: Batch, asker: Asker) -> Answer:
    batch.learn()
    first, *back = covers
    event = ev.CoverTaken(
        asker.actor.person, first.person, first.team, first.instead, first.from_at, first.to_at, str(pair),
        back[0].from_at if back else None, back[0].to_at if back else None,
    )  # fmt: skip
    batch.tell_of_duty(event, asker.actor)
    return told.answered(event, asker.voice)


def end(pair: str, batch: Batch, asker: Asker) -> Answer:
    """The rota holds again: whoever arranged it, stands in, or is above them may say so. Raises Refused."""
    found, me = rows.asked(batch.connection, int(pair)), asker.actor.person
    if found is None or found.ended:
        raise Refused("cover_gone")
    first = found.covers[0]
    if me not in (first.by, first.person, first.instead) and asker.actor.role not in (Role.MANAGER, Role.OWNER):
        raise Refused("not_yours")
    rows.end(batch.connection, found.pair, batch.now)
    batch.learn()
    event = ev.CoverEnded(me, first.person, first.team, first.from_at, first.to_at)
    batch.tell_of_duty(event, asker.actor)
    return told.answered(event, asker.voice)


def go_away(command: do.GoAway, batch: Batch, asker: Asker) -> Answer:
    """Who is away is asked for nothing; what is in their hands is told with it, so that they can hand it over."""
    made = standin.absence(command, batch.context(asker.actor, asker.place))
    rows.go(batch.connection, made, batch.now)
    batch.learn()
    event = ev.WentAway(asker.actor.person, made.from_at, made.to_at, made.reason)
    batch.tell_of_duty(event, asker.actor)
    held = [r.number for r in requests.where(batch.connection, assignee=asker.actor.person)]
    return told.away(event, asker.actor.teams, held, batch.newest, asker.voice)


def come_back(batch: Batch, asker: Asker) -> Answer:
    if not asker.actor.is_staff:
        raise Refused("staff_only")
    if not rows.back(batch.connection, asker.actor.person, batch.now):
        raise Refused("not_away")
    batch.learn()
    event = ev.CameBack(asker.actor.person)
    batch.tell_of_duty(event, asker.actor)
    return told.answered(event, asker.voice)
