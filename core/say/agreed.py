"""Agreements in words: what a version promises, who accepted it, what is proposed, and what would move."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta

from core.events import AgreementAccepted, AgreementProposed, Event
from core.model.request import Priority, Request
from core.model.told import Move
from core.rulebook.directory import Acceptance
from core.rulebook.values import ALWAYS, Agreement, Target
from core.rules.menu import meant_for, within
from core.say import ration
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

SHOWN = 20

#: The events that are told of an agreement, not of a request.
EVENTS = frozenset({AgreementProposed.__name__, AgreementAccepted.__name__})

KINDS = {"sla": "service level agreement", "ola": "agreement between teams", "uc": "contract with a supplier"}


def notice(event: Event, client: str, voice: Voice) -> Message | None:
    """What a client's chat or a manager is told; None where it is no longer true."""
    w = voice.words
    version = voice.directory.rulebook.agreements.get(getattr(event, "agreement", ""))
    if version is None or (isinstance(event, AgreementProposed) and version not in voice.directory.proposals(client)):
        return None
    if isinstance(event, AgreementProposed):
        title = w("A new version of your agreement is proposed")
        return Message(title, (Header(title), *_offer(version, client, voice)))
    by = str(getattr(event, "by", ""))
    line = w.text(
        "{name} has accepted agreement {agreement}, version {version}, for {client}.",
        name=voice.name(by), agreement=version.id, version=version.version, client=voice.client(client),
    )  # fmt: skip
    spoken = "".join(getattr(span, "text", "") for span in line)
    return Message(
        spoken, (Paragraph(line, weight=9), Context(_term(version, (client,), voice)), _document(version, voice))
    )


def of_client(client: str, voice: Voice) -> Answer:
    """What a client is promised now, who accepted it, and what is proposed."""
    w = voice.words
    now = voice.directory.agreement_of(client, voice.now)
    title = w("What is agreed with {client}", client=voice.client(client))
    blocks: list[Block] = [
        Header(title),
        Paragraph(_named(now, client, voice), weight=8),
        *(Paragraph(promise(target, voice)) for target in now.targets),
        *(Paragraph(line) for line in _covered(now, client, voice)),
        *([Paragraph((Plain(ration.units(now.allowance, voice)),))] if now.allowance else []),
        Context(_consent(now, client, voice)),
        _document(now, voice),
    ]
    for version in voice.directory.proposals(client):
        blocks += [Paragraph((Bold(w("Proposed")),)), *_offer(version, client, voice)]
    return Answer(Message(title, tuple(blocks)))


def overview(pinned: Mapping[tuple[str, str], int], voice: Voice, *, may_apply: bool) -> Answer:
    """All agreements with their versions: validity, document, acceptance, and the open requests under each."""
    w, directory = voice.words, voice.directory
    book = directory.rulebook
    title = w("Agreements")
    blocks: list[Block] = [Header(title)]
    buttons: list[Button] = []
    for id_ in book.terms:
        clients = [client.id for client in book.clients.values() if client.agreement == id_]
        names = w(", ").join(voice.client(client) for client in clients)
        blocks.append(
            Paragraph((Bold(id_), Plain(f" · {w(KINDS[_newest(id_, voice).kind])} · {names or w('nobody')}")), 8)
        )
        for version in sorted((one for one in book.agreements.values() if one.id == id_), key=lambda one: one.version):
            open_ = sum(n for (_, key), n in pinned.items() if key == version.key)
            blocks += [Paragraph(_line(version, clients, open_, voice)), _document(version, voice)]
        in_force = {client: directory.agreement_of(client, voice.now).key for client in clients}
        if may_apply and any(client in in_force and key != in_force[client] for client, key in pinned):
            label = w("{agreement}: apply to open requests", agreement=id_)
            buttons.append(Button(label, Action("preview", (("agreement", id_),))))
    if buttons:
        blocks.append(Actions(tuple(buttons[:5])))
    return Answer(Message(title, tuple(blocks)))


def preview(
    agreement: str,
    found: Sequence[tuple[Request, Agreement]],
    moves: Sequence[Sequence[Move]],
    voice: Voice,
    *,
    changed: bool = False,
) -> Answer:
    """Request by request which deadline would move from when to when; then a button that does just this."""
    w = voice.words
    if not found:
        line = w("All open requests under {agreement} have the version in force.", agreement=agreement)
        return Answer(Message(line, (Paragraph((Plain(line),)),)))
    title = w("If {agreement} is applied to open requests", agreement=agreement)
    blocks: list[Block] = [Header(title)]
    if changed:
        blocks.append(Paragraph(w.text("It has changed meanwhile. This is how it stands now."), weight=9))
    for (request, version), moved in list(zip(found, moves, strict=True))[:SHOWN]:
        change = w("{was} becomes {now}", was=request.agreement, now=version.key)
        blocks.append(Paragraph((Bold(request.number), Plain(f" {request.title} · {change}")), weight=6))
        blocks += [Paragraph(_move(move, voice)) for move in moved]
        if not moved:
            blocks.append(Paragraph(w.text("No deadline moves.")))
    if len(found) > SHOWN:
        blocks.append(Context((Plain(w.count("and {n} more", "and {n} more", len(found) - SHOWN)),)))
    label = w.count("Apply to {n} request", "Apply to {n} requests", len(found))
    args = (("agreement", agreement), ("shown", fingerprint(found)))
    blocks.append(
        Actions((Button(label, Action("apply", args), "primary"), Button(w("Change nothing"), Action("keep"))))
    )
    return Answer(Message(title, tuple(blocks)))


def applied(n: int, agreement: str, batch: str, voice: Voice) -> Answer:
    w = voice.words
    line = w.count(
        "{n} request follows {agreement} as it is in force now.",
        "{n} requests follow {agreement} as it is in force now.",
        n, agreement=agreement,
    )  # fmt: skip
    journal = Context(w.text("In the journal as batch {batch}.", batch=batch))
    return Answer(Message(line, (Paragraph((Plain(line),)), journal)), toast=line)


def fingerprint(found: Sequence[tuple[Request, Agreement]]) -> str:
    """What a preview was made of: each request as it stood, and the version that it would get."""
    shown = ",".join(f"{request.number}:{request.version}:{version.key}" for request, version in found)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


# ---- parts


def _offer(version: Agreement, client: str, voice: Voice) -> list[Block]:
    """A proposed version beside what is in force, with the button that accepts it."""
    w = voice.words
    before = {target.id: target for target in voice.directory.agreement_of(client, voice.now).targets}
    blocks: list[Block] = [Paragraph(_named(version, client, voice), weight=8)]
    for target in version.targets:
        was = before.pop(target.id, None)
        line = promise(target, voice)
        if was is not None and was.goals != target.goals:
            line = w.text("{promise} (so far {goals})", promise=line, goals=_goals(was.goals, voice))
        blocks.append(Paragraph(line, weight=6))
    if _extent(version) != _extent(voice.directory.agreement_of(client, voice.now)):
        blocks += [Paragraph(line, weight=6) for line in _covered(version, client, voice)]
    gone = w(", ").join(voice.target(target.metric, target.id) for target in before.values())
    if gone:
        blocks.append(Paragraph(w.text("No longer promised: {names}", names=gone), weight=6))
    accept = Button(w("Accept the agreement"), Action("agree", (("agreement", version.key),)), "primary")
    return [*blocks, _document(version, voice), Actions((accept,))]


def _named(version: Agreement, client: str, voice: Voice) -> Text:
    name = voice.words.text("{agreement}, version {version}", agreement=Bold(version.id), version=version.version)
    return (*name, Plain(" · "), *_term(version, (client,), voice))


def _term(version: Agreement, clients: Sequence[str], voice: Voice) -> Text:
    """From which day until which it is valid, for these clients."""
    w = voice.words
    begin = w.day(version.begins, voice.zone) if version.begins else ""
    end = w.day(version.valid_to - timedelta(seconds=1), voice.zone) if version.valid_to else ""
    if begin and end:
        return w.text("valid from {begin} to {end}", begin=begin, end=end)
    if begin:
        return w.text("valid from {begin}", begin=begin)
    if end:
        return w.text("valid to {end}", end=end)
    if any(version in voice.directory.proposals(client) for client in clients):
        return w.text("valid when it is accepted")
    return w.text("valid since it was accepted") if version.proposed else w.text("valid without a date")


def _line(version: Agreement, clients: Sequence[str], open_: int, voice: Voice) -> Text:
    w = voice.words
    rules = any(voice.directory.agreement_of(client, voice.now).key == version.key for client in clients)
    count = w.count("{n} open request", "{n} open requests", open_)
    head = w.text("version {version}", version=version.version)
    state = (Plain(" · "), Bold(w("in force"))) if rules else ()
    consents = [_consent(version, client, voice) for client in (clients if version.proposed else clients[:1])]
    said = (part for consent in consents for part in (Plain(" · "), *consent))
    return (*head, *state, Plain(" · "), *_term(version, clients, voice), Plain(f" · {count}"), *said)


def _consent(version: Agreement, client: str, voice: Voice) -> Text:
    """Who accepted it for this client, and when."""
    w = voice.words
    found = voice.directory.accepted.get(client, {}).get(version.key)
    if found is None and version.accepted_at is not None:
        found = Acceptance(version.accepted_by, version.accepted_at)
    if found is not None:
        return w.text("accepted by {name}, {when}", name=voice.name(found.by), when=w.day(found.at, voice.zone))
    if version.proposed:
        return w.text("waits for {client} to accept it", client=voice.client(client))
    return w.text("no acceptance is recorded")


def _extent(version: Agreement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return version.includes, version.excludes


def _covered(version: Agreement, client: str, voice: Voice) -> list[Text]:
    """Which services it covers, where it does not cover all that are for this client; others are not named."""
    w, book = voice.words, voice.directory.rulebook
    if _extent(version) == ((), ()):
        return []
    theirs = [item for item in book.items.values() if meant_for(item, book.clients[client])]
    said: list[Text] = []
    covered = w(", ").join(voice.item(item.id) for item in theirs if within(item, version))
    left = w(", ").join(voice.item(item.id) for item in theirs if not within(item, version))
    said += [w.text("Services: {names}", names=covered)] if covered else []
    said += [w.text("Not included: {names}", names=left)] if left else []
    return said


def _document(version: Agreement, voice: Voice) -> Block:
    return Context(voice.words.text("document {hash}", hash=version.hash[:16]), weight=1)


def promise(target: Target, voice: Voice) -> Text:
    always = target.calendar == ALWAYS
    sentence = "{metric}: {goal}, around the clock" if always else "{metric}: {goal} in calendar “{calendar}”"
    name = Bold(voice.target(target.metric, target.id))
    return voice.words.text(
        sentence, metric=name, goal=_goals(target.goals, voice), calendar=voice.calendar(target.calendar)
    )


def _goals(goals: Mapping[Priority, timedelta], voice: Voice) -> str:
    w = voice.words
    if len(set(goals.values())) == 1:
        return w.span(goals[Priority.P1])
    return w(", ").join(f"P{int(priority)} {w.span(span)}" for priority, span in goals.items())


def _move(move: Move, voice: Voice) -> Text:
    w = voice.words
    name = Bold(voice.target(move.metric, move.target))
    if move.was_at is None and move.now_at is not None:
        return w.text("{metric}: new, due {when}", metric=name, when=voice.when(move.now_at))
    if move.now_at is None or move.was_at is None:
        return w.text("{metric}: no longer promised", metric=name)
    line = w.text("{metric}: {was} → {now}", metric=name, was=voice.when(move.was_at), now=voice.when(move.now_at))
    return w.text("{line} (it is paused; if it went on now)", line=line) if move.paused else line


def _newest(id_: str, voice: Voice) -> Agreement:
    book = voice.directory.rulebook
    return book.agreements[book.terms[id_][-1]]
