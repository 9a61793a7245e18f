"""The one door: everything that changes state passes `ServiceDesk`, is decided, kept and answered in one transaction.

A unit is an envelope from a platform, an order of the clock, or a small errand of an adapter. The one writer runs all
units that wait as a batch: what they need is loaded with a few queries, each is decided, all rows are written with one
statement a table, and one commit answers them all. Nothing here awaits the network.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete

from core.ask import commands as do
from core.ask import grammar
from core.ask import queries as see
from core.ask.commands import Command, OnRequest
from core.ask.grammar import Asked, NotUnderstood
from core.ask.queries import Query
from core.errors import Refused
from core.events import Event, facts
from core.look import Asker, digest, find, look
from core.model import SYSTEM, Actor, Address, Card, Destination, Identity, Lane, Notice, Place, Request, Role
from core.ports import Can, ChatBack, ChatGone, ChatMoved, Clock, Envelope, Filled, Pressed, Said
from core.rulebook.directory import Directory
from core.rules import lifecycle
from core.rules.decide import Context, Decision, Undoable, decide, open_request
from core.say import answers, forms
from core.say.message import Action, Actions, Answer, Button, Message, Paragraph, Plain, from_json, to_json
from core.say.voice import Voice
from core.say.words import nearest
from core.store import agreements, journal, outbox
from core.store import facts as known
from core.store import requests as rows
from core.store import tables as t
from core.store.changes import Changes, table
from core.store.mapping import Kept, firing_row, freeze, remark_row, thaw
from core.store.writer import Later, Writer

DRAFT_LIFE = timedelta(hours=24)
LINK_LIFE = timedelta(minutes=10)
SESSION_LIFE = timedelta(hours=12)
SHOWN = 3000  # of what was typed; the whole is kept as a draft


@dataclass(frozen=True, slots=True)
class Heard:
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Order:
    """A command of the clock itself."""

    command: Command


@dataclass(frozen=True, slots=True)
class Errand:
    """A small piece of work inside the writer's transaction, for the courier, the ticker or an adapter."""

    run: Callable[[Connection], Any]


@dataclass(frozen=True, slots=True)
class Look:
    """A query from the page, answered as in the person's direct message."""

    query: Query
    identity: Identity


Unit = Heard | Order | Errand | Look


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class ServiceDesk:
    """The desk of one process. `changed` is called after each commit that left something to say.

    Raises `core.store.agreements.Orphans` where the rulebook lacks what open requests refer to.
    """

    def __init__(
        self,
        engine: Engine,
        directory: Directory,
        clock: Clock,
        *,
        can: Mapping[str, Can] | None = None,
        audit_key: bytes = b"",
        new_id: Callable[[], int] | None = None,
        page_url: str = "",
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.can: dict[str, Can] = dict(can or {})
        self.page_url = page_url
        self._audit_key = audit_key
        self.new_id = new_id or Ids()
        self.changed: Callable[[], None] = lambda: None
        with engine.execution_options(deskbell_write=True).begin() as connection:
            rulebook = agreements.adopt(connection, directory.rulebook, clock.now())
            agreements.refuse_orphans(connection, rulebook)
            self._base = directory.learn(rulebook=rulebook)
            self.directory = known.learnt(connection, self._base)
            self._know_clients(connection)
        self._fresh: Directory | None = None
        self._writer: Writer[Unit] = Writer(engine, self._run, self._committed)

    def _know_clients(self, connection: Connection) -> None:
        there = known.clients(connection, list(self.directory.rulebook.clients))
        for client in self.directory.rulebook.clients:
            if client not in there:
                row = {"id": client, "last_number": 0, "journal_n": 0, "journal_hash": ""}
                connection.execute(table(t.ClientRow).insert().values(row))

    # ---- what adapters and the clock call

    async def hear(self, envelope: Envelope) -> Answer:
        """Commit what the envelope asks, then answer in the person's language. The same key has one effect and one answer."""
        answer: Answer = await self._writer.submit(Heard(envelope))
        self.changed()
        return answer

    async def handle(self, command: Command) -> tuple[Event, ...]:
        """Carry out a command of the desk itself (time reached, a digest due). Raises what deciding raises."""
        events: tuple[Event, ...] = await self._writer.submit(Order(command))
        self.changed()
        return events

    async def run(self, errand: Callable[[Connection], Any]) -> Any:
        """A small piece of work inside the writer's transaction."""
        return await self._writer.submit(Errand(errand))

    async def look(self, query: Query, identity: Identity) -> Answer:
        """Answer a query as in this person's direct message, its buttons live. Raises Refused."""
        answer: Answer = await self._writer.submit(Look(query, identity))
        return answer

    def close(self) -> None:
        self._writer.close()

    def voice(self, lang: str, zone: str, address: Address | None = None) -> Voice:
        return Voice.to(lang, zone, self.directory, self.clock.now(), address)

    # ---- a batch

    def _committed(self, _answers: list[Any]) -> None:
        if self._fresh is not None:
            self.directory, self._fresh = self._fresh, None

    def _run(self, connection: Connection, units: Sequence[Unit]) -> list[Any]:
        self._fresh = None
        batch = _Batch(self, connection)
        batch.prepare([u.envelope for u in units if isinstance(u, Heard)])
        answers_: list[Any] = []
        for unit in units:
            match unit:
                case Heard():
                    answers_.append(batch.hear(unit.envelope))
                case Order():
                    answers_.append(batch.order(unit.command))
                case Look():
                    answers_.append(batch.look(unit))
                case Errand():
                    batch.flush()
                    answers_.append(unit.run(connection))
        batch.flush()
        return answers_

    def learn(self, connection: Connection) -> None:
        """Run-time facts changed in this transaction: after the commit the directory knows them."""
        base = self._base.learn(platforms=self.directory.platforms)
        self._fresh = known.learnt(connection, base)

    @property
    def newest(self) -> Directory:
        """The directory as this transaction leaves it: what an errand decides must agree with the rows it sees."""
        return self._fresh or self.directory


@dataclass(slots=True)
class _Batch:
    """One transaction's worth of units: what is loaded, what was touched, what is to be written."""

    desk: ServiceDesk
    connection: Connection
    changes: Changes = field(default_factory=Changes)
    seen: dict[str, Any] = field(default_factory=dict)
    tokens: Mapping[str, Kept] = field(default_factory=dict)
    clients: dict[str, dict[str, Any]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    now: datetime = field(init=False)
    real: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now, self.real = self.desk.clock.now(), self.desk.clock.real()

    def prepare(self, envelopes: Sequence[Envelope]) -> None:
        """Load what many units need with one query each."""
        if envelopes:
            self.seen = known.seen(self.connection, [e.key for e in envelopes])
        carried = [e.content.token for e in envelopes if isinstance(e.content, Pressed | Filled)]
        pressed = [token for token in carried if _TOKEN.fullmatch(token)]
        if pressed:
            self.tokens = known.tokens(self.connection, pressed)

    def flush(self) -> None:
        for row in self.clients.values():
            self.changes.update(t.ClientRow, row)
        self.changes.flush(self.connection)
        self.changes = Changes()
        self.clients = {}

    # ---- envelopes

    def hear(self, envelope: Envelope) -> Answer | Later:
        if envelope.key in self.seen:
            stored: Answer = from_json(self.seen[envelope.key])
            return stored
        directory = self.desk.directory
        address = directory.current(envelope.address)
        place = directory.place_of(address)
        actor = directory.actor(envelope.identity, place, nearest(envelope.lang), envelope.name)
        asker = Asker(actor, place, Voice.to(actor.lang, actor.zone, directory, self.now, address))
        mine = Changes()
        counted = {client: dict(row) for client, row in self.clients.items()}
        try:
            answer = self._answer(envelope, asker, mine)
        except Later as later:
            self.clients = counted
            return later
        except Refused as error:
            mine, self.clients = Changes(), counted  # a number that was given is given back
            answer = self._refused(error, envelope, asker, mine)
        answer = self._stamped(self._quiet(answer, envelope, asker), asker, mine)
        said = self.seen[envelope.key] = to_json(answer)
        mine.insert(t.InboxRow, {"key": envelope.key, "heard_at": self.real, "person": actor.person, "answer": said})
        self._name(envelope, actor)
        self.changes.extend(mine)
        return answer

    def _quiet(self, answer: Answer, envelope: Envelope, asker: Asker) -> Answer:
        """Where nobody can be answered alone, a press in a shared chat is answered by its short line only."""
        can = self.desk.can.get(asker.place.address.platform)
        shared = asker.place.place is not Place.DIRECT and can is not None and not can.private_reply
        if not shared or not isinstance(envelope.content, Pressed) or not answer.toast or answer.message is None:
            return answer
        if any(button.action.verb != "undo" for button in answer.message.buttons()):
            return answer
        return Answer(toast=answer.toast)

    def look(self, unit: Look) -> Answer | Refused:
        directory = self.desk.directory
        place = directory.place_of(Address.direct(unit.identity))
        actor = directory.actor(unit.identity, place)
        asker = Asker(actor, place, Voice.to(actor.lang, actor.zone, directory, self.now, place.address))
        self.flush()
        try:
            return self._stamped(look(self.connection, unit.query, asker), asker, self.changes)
        except Refused as error:
            return error

    def _name(self, envelope: Envelope, actor: Actor) -> None:
        """A guest's name, as their platform gives it, is kept the first time."""
        directory = self.desk.directory
        if envelope.name and actor.role is Role.REQUESTER and directory.names.get(actor.person) != envelope.name:
            known.know_person(self.connection, actor.person, name=grammar.clean(envelope.name)[:80])
            self.desk.learn(self.connection)

    def _refused(self, error: Refused, envelope: Envelope, asker: Asker, mine: Changes) -> Answer:
        content = envelope.content
        field_ = _FIELD_OF.get(error.code, "") if isinstance(content, Filled) else ""
        stands = isinstance(content, Filled) and field_ in content.values
        kept, files = ("", False) if stands else self._typed(content)
        kept = grammar.clean(kept)
        if len(kept) > SHOWN:
            self._keep("text", {"text": kept}, asker, mine)
        answer = answers.refused(error, asker.voice, kept[:SHOWN], refile=files)
        return replace(answer, errors={field_: answer.toast}) if stands else answer

    def _typed(self, content: Any) -> tuple[str, bool]:
        """The words that somebody has just typed, and whether they might be filed as a request instead."""
        match content:
            case Said(command="desk", text=text):
                asked = grammar.parse("desk", text)
                words = (getattr(asked, name, "") for name in ("text", "reason", "comment"))
                return next((w for w in words if w), ""), False
            case Said(text=text):
                return text, True
            case Filled(values=values):
                return "\n".join(values[name] for name in _WORDS if values.get(name)), "title" in values
            case Pressed(token=token) if token in self.tokens and self.tokens[token]["verb"] == "say":
                command, _, text = self.tokens[token]["args"]["text"].lstrip("/").partition(" ")
                return (text, True) if command == "request" else ("", False)
            case _:
                return "", False

    def _answer(self, envelope: Envelope, asker: Asker, mine: Changes) -> Answer:
        content = envelope.content
        match content:
            case Said():
                return self._said(envelope, content, asker, mine)
            case Pressed():
                return self._pressed(content.token, asker, mine)
            case Filled():
                return self._filled(content, asker, mine)
            case ChatMoved() | ChatGone() | ChatBack():
                return self._place_changed(envelope.address, content)

    # ---- lines

    def _said(self, envelope: Envelope, said: Said, asker: Asker, mine: Changes) -> Answer:
        here = ""
        if envelope.reply_to:
            request = outbox.of_receipt(self.connection, str(asker.place.address), envelope.reply_to)
            found = rows.by_ids(self.connection, [request]) if request else {}
            here = next((r.number for r in found.values()), "")
        if said.command:
            return self._asked(
                grammar.parse(said.command, said.text, here), f"/{said.command} {said.text}", asker, mine
            )
        return self._plain(said.text, here, asker, mine)

    def _plain(self, text: str, here: str, asker: Asker, mine: Changes) -> Answer:
        """Plain words: under a card they belong to its request; else they may become one, if the person says so."""
        text = grammar.clean(text).strip()
        if text.startswith(("/request", "/desk")):
            command, _, rest = text[1:].partition(" ")
            return self._asked(grammar.parse(command, rest, here), text, asker, mine)
        actor = asker.actor
        asked = grammar.parse("desk" if actor.is_staff else "request", text, here)
        if isinstance(asked, NotUnderstood) and asked.code == "too_long":
            return self._asked(asked, text, asker, mine)
        if isinstance(asked, OnRequest | see.ShowRequest | see.MyQueue | see.TeamQueue | see.Help | see.MyRequests):
            return self._asked(asked, text, asker, mine)
        if here and actor.is_staff:
            sends = text.startswith((">>", "》》"))
            command_ = do.Reply(here, text.lstrip(">》 ")) if sends else do.Note(here, text)
            return self._asked(command_, text, asker, mine)
        if here:
            return self._asked(do.AddInformation(here, text), text, asker, mine)
        if not text:
            return self._asked(see.Help(), text, asker, mine)
        if actor.role is Role.UNKNOWN:
            raise Refused("place_unbound")
        token = self._keep("text", {"text": text[: grammar.TEXT_LIMIT]}, asker, mine)
        return answers.draft(text[:3000], token, asker.voice)

    def _asked(self, asked: Asked, line: str, asker: Asker, mine: Changes) -> Answer:
        match asked:
            case NotUnderstood():
                if asked.text:
                    self._keep("text", {"text": asked.text}, asker, mine)
                return answers.not_understood(asked, asker.voice)
            case see.NewRequestForm():
                return self._form("form", None, asker, mine, asked.text)
            case see.PageLink():
                return self._page_link(asker)
            case Query():
                return look(self.connection, asked, asker)
            case do.OpenRequest():
                return self._open(asked, asker, mine)
            case OnRequest():
                return self._on_request(asked, line, asker, mine)
            case do.SetLanguage():
                return self._language(asked, asker)
            case do.Bind():
                return self._bind(asked, asker)
            case _:
                raise TypeError(f"{type(asked).__name__} is not asked by people")

    # ---- requests

    def _context(self, asker: Asker, undoable: Undoable | None = None) -> Context:
        return Context(
            self.desk.directory,
            self.now,
            self.real,
            asker.actor,
            asker.place,
            self.desk.new_id,
            self._next_number,
            undoable,
        )

    def _client(self, client: str) -> dict[str, Any]:
        if client not in self.clients:
            self.clients |= known.clients(self.connection, [client])
        return self.clients[client]

    def _next_number(self, client: str) -> str:
        row = self._client(client)
        row["last_number"] += 1
        return f"{self.desk.directory.rulebook.clients[client].prefix}-{row['last_number']}"

    def _open(self, command: do.OpenRequest, asker: Asker, mine: Changes) -> Answer:
        decision = open_request(command, self._context(asker))
        self._keep_decision(decision, None, asker.actor, mine)
        return answers.done(decision.events, decision.request, asker.voice)

    def _on_request(self, command: OnRequest, line: str, asker: Asker, mine: Changes) -> Answer:
        found = find(self.connection, command.request, asker)
        if not found:
            raise Refused("no_such_request", number=command.request)
        if len(found) > 1:
            return answers.which(command.request, found, asker.voice, line)
        request = found[0]
        decision = self._decided(request, replace(command, request=request.number), asker)
        self._keep_decision(decision, request, asker.actor, mine)
        return answers.done(decision.events, decision.request, asker.voice)

    def _decided(self, request: Request, command: Command, asker: Asker) -> Decision:
        if request.id in self.touched:
            raise Later
        undoable = None
        if isinstance(command, do.Undo):
            row = known.undos(self.connection, [request.id]).get(request.id)
            if row is not None:
                before = thaw(Request, row["before"]) if row["before"] else None
                undoable = Undoable(row["by"], row["verb"], row["until"], row["version"], before)
        return decide(request, command, self._context(asker, undoable))

    def _keep_decision(self, decision: Decision, before: Request | None, actor: Actor, mine: Changes) -> None:
        """The decision's rows: request, clocks, firings, remarks, journal, outbox, undo."""
        request = decision.request
        self.touched.add(request.id)
        rows.save(mine, request, before)
        for firing in decision.firings:
            mine.upsert(t.FiringRow, firing_row(firing, request.id, self.now))
        for remark in decision.remarks:
            mine.insert(t.RemarkRow, remark_row(remark, request.id, self.desk.new_id()))
        for event in decision.events:
            self._journal(request.client, request.id, actor.person, event, mine)
        if decision.withdrawn:
            outbox.withdraw(self.connection, request.id)
        for delivery in decision.deliveries:
            mine.upsert(t.DeliveryRow, self._delivery_row(delivery, request.id))
        undo = decision.undoable
        if undo is not None:
            mine.upsert(
                t.UndoRow,
                {
                    "request_id": request.id, "by": undo.by, "verb": undo.verb, "until": undo.until,
                    "version": undo.version, "before": freeze(undo.before) if undo.before else None,
                },
            )  # fmt: skip

    def _delivery_row(self, delivery: Card | Notice, request: int | None) -> dict[str, Any]:
        id_ = self.desk.new_id()
        if isinstance(delivery, Card):
            return outbox.card_row(delivery, request or 0, id_, self.now)
        return outbox.notice_row(delivery, request, id_, self.now)

    def _journal(self, client: str, request: int | None, actor: str, event: Event, mine: Changes) -> None:
        """One more link of the client's chain."""
        row = self._client(client)
        row["journal_n"] += 1
        said = facts(event)
        row["journal_hash"] = journal.link(
            self.desk._audit_key, row["journal_hash"], client, row["journal_n"], request, self.now, actor,
            type(event).__name__, said,
        )  # fmt: skip
        mine.insert(
            t.JournalRow,
            {
                "client": client, "n": row["journal_n"], "request_id": request, "at": self.now, "actor": actor,
                "event": type(event).__name__, "facts": said, "hash": row["journal_hash"],
            },
        )  # fmt: skip

    # ---- buttons and forms

    def _pressed(self, token: str, asker: Asker, mine: Changes) -> Answer:
        row = self._token(token, asker)
        verb, args = row["verb"], row["args"]
        match verb:
            case "say":
                command, _, rest = args["text"].lstrip("/").partition(" ")
                return self._asked(grammar.parse(command, rest), args["text"], asker, mine)
            case "file" | "drop":
                return self._drafted(verb, args["draft"], asker, mine)
            case "fill":
                return self._filled(Filled(args["form"], {args["field"]: args["value"]}), asker, mine)
            case "form":
                return self._form("form", None, asker, mine, args.get("text", ""))
            case "cancel" if not self._whole_forms(asker) and not args.get("sure"):
                return answers.sure(args["number"], asker.voice)
            case "keep":
                return answers.plain(asker.voice, "All right, nothing was changed.")
            case "show":
                return look(self.connection, see.ShowRequest(args["number"]), asker)
            case "why":
                return look(self.connection, see.Why(args["number"]), asker)
        if verb in forms.FORMS:
            return self._form(verb, self._named(args["number"], asker), asker, mine)
        command_ = _PRESSES[verb](args)
        return self._on_request(command_, f"/desk {verb} {args['number']}", asker, mine)

    def _token(self, token: str, asker: Asker) -> Kept:
        """What a button stands for, if this person may use it here; authority never comes from the token."""
        row = self.tokens.get(token)
        if row is None and _TOKEN.fullmatch(token):
            row = known.tokens(self.connection, [token]).get(token)
        if row is None or self.desk.directory.current(Address.parse(row["address"])) != asker.place.address:
            raise Refused("button_dead")
        if row["person"] and row["person"] != asker.actor.person:
            raise Refused("not_yours")
        return row

    def _named(self, number: str, asker: Asker) -> Request:
        found = find(self.connection, number, asker)
        if len(found) != 1:
            raise Refused("no_such_request", number=number)
        return found[0]

    def _drafted(self, verb: str, draft: str, asker: Asker, mine: Changes) -> Answer:
        row = known.draft(self.connection, draft, self.now)
        if row is None or row["person"] != asker.actor.person:
            raise Refused("draft_gone")
        if verb == "drop":
            return answers.plain(asker.voice, "All right, nothing was filed.")
        answer = self._asked(grammar.parse_request(row["content"]["text"]), "", asker, mine)
        # Only now: what is refused stays kept.
        self.connection.execute(delete(table(t.DraftRow)).where(table(t.DraftRow).c.token == draft))
        return answer

    def _form(self, verb: str, request: Request | None, asker: Asker, mine: Changes, text: str = "") -> Answer:
        """Open a form: whole where the platform has forms, else its first question."""
        if asker.actor.role is Role.UNKNOWN:
            raise Refused("place_unbound")
        if request is not None:
            values = dict.fromkeys(("text", "person", "level", "until", "span"), "")
            probe = forms.command(verb, request.number, {**values, "level": "p3"})
            lifecycle.authorise(asker.actor, probe, request, asker.place)
        token = secrets.token_urlsafe(16)
        args = {"verb": verb, "number": request.number if request else "", "text": text}
        mine.insert(t.TokenRow, self._token_row(token, "form", args, asker))
        form = forms.form(verb, request, token, asker.voice, text)
        return Answer(form=form) if self._whole_forms(asker) else self._question(form, {})

    def _whole_forms(self, asker: Asker) -> bool:
        can = self.desk.can.get(asker.place.address.platform)
        return can is None or can.forms

    def _question(self, form: Any, values: Mapping[str, str]) -> Answer:
        """The next field of a form that is asked one by one: a choice as buttons, words as a prompt."""
        asked = next((f for f in form.fields if f.required and not values.get(f.name)), form.fields[0])
        if asked.kind != "choice":
            return Answer(form=replace(form, fields=(asked,)))
        buttons = tuple(
            Button(o.label, Action("fill", (("form", form.token), ("field", asked.name), ("value", o.value))))
            for o in asked.options
        )
        blocks = (Paragraph((Plain(f"{form.title} · {asked.label}"),), weight=9), Actions(buttons))
        return Answer(Message(asked.label, blocks))

    def _filled(self, filled: Filled, asker: Asker, mine: Changes) -> Answer:
        row = self._token(filled.token, asker)
        args = row["args"]
        request = self._named(args["number"], asker) if args["number"] else None
        form = forms.form(args["verb"], request, filled.token, asker.voice, args["text"])
        values = {k: grammar.clean(v).strip() for k, v in filled.values.items()}
        for one in form.fields:
            if one.name in _FIXED and values.get(one.name) not in {o.value for o in one.options}:
                values.pop(one.name, None)
        length = sum(len(v) for v in values.values())
        if length > grammar.TEXT_LIMIT:
            raise Refused("too_long", limit=grammar.TEXT_LIMIT, length=length)
        if not self._whole_forms(asker):
            kept = known.draft(self.connection, filled.token, self.now)
            values = {**(kept["content"] if kept else {}), **values}
            self._store_draft(filled.token, "form", values, asker)
        missing = [f for f in form.fields if f.required and not values.get(f.name)]
        if missing and not self._whole_forms(asker):
            return self._question(form, values)
        if missing:
            return Answer(errors={f.name: asker.voice.words(answers.REFUSALS["field_empty"][0]) for f in missing})
        if args["verb"] == "form" and not self._whole_forms(asker):
            return self._asked(grammar.parse_request(values["title"]), "", asker, mine)
        command = forms.command(args["verb"], args["number"], values)
        return self._asked(command, "", asker, mine)

    def _keep(self, kind: str, content: dict[str, Any], asker: Asker, mine: Changes) -> str:
        """Nothing that was typed is lost: kept for a day."""
        token = secrets.token_urlsafe(16)
        mine.insert(t.DraftRow, self._draft_row(token, kind, content, asker))
        return token

    def _draft_row(self, token: str, kind: str, content: dict[str, Any], asker: Asker) -> dict[str, Any]:
        return {
            "token": token, "person": asker.actor.person, "kind": kind, "content": content, "made_at": self.now,
            "expires_at": self.now + DRAFT_LIFE,
        }  # fmt: skip

    def _store_draft(self, token: str, kind: str, content: dict[str, Any], asker: Asker) -> None:
        known.keep_draft(self.connection, self._draft_row(token, kind, content, asker))

    def _token_row(self, token: str, verb: str, args: dict[str, Any], asker: Asker) -> dict[str, Any]:
        return {
            "token": token, "slot": None, "verb": verb, "args": args, "person": asker.actor.person,
            "address": str(asker.place.address), "version": 0, "made_at": self.real,
        }  # fmt: skip

    def _stamped(self, answer: Answer, asker: Asker, mine: Changes) -> Answer:
        """Buttons of a private answer become tokens that only this person can use."""
        if answer.message is None:
            return answer
        tokens: dict[Action, str] = {}
        for button in answer.message.buttons():
            if not button.url and button.action not in tokens:
                token = tokens[button.action] = secrets.token_urlsafe(16)
                args = dict(button.action.args)
                mine.insert(t.TokenRow, self._token_row(token, button.action.verb, args, asker))
        return replace(answer, message=answer.message.with_tokens(tokens)) if tokens else answer

    # ---- people and places

    def _language(self, command: do.SetLanguage, asker: Asker) -> Answer:
        lang = nearest(command.lang) or {"中文": "zh-CN", "汉语": "zh-CN", "英文": "en", "英语": "en"}.get(
            command.lang, ""
        )
        if not lang:
            raise Refused("language_unknown")
        known.know_person(self.connection, asker.actor.person, lang=lang)
        self.desk.learn(self.connection)
        voice = Voice.to(lang, asker.voice.zone, self.desk.directory, self.now)
        return answers.plain(voice, "I speak English with you from now on.")

    def _bind(self, command: do.Bind, asker: Asker) -> Answer:
        """Redeem a code printed by the command line: it binds this chat, or links this identity (rulings.md 7, 15)."""
        code = hashed(command.code.strip())
        subject = known.use_secret(self.connection, code, "bind", self.real, once=False)
        if subject is None:
            raise Refused("code_wrong")
        kind, _, name = subject.partition(":")
        if kind != "person" and asker.place.place is Place.DIRECT:
            raise Refused("code_wrong")  # said in the wrong place, it is not spent
        known.use_secret(self.connection, code, "bind", self.real, once=True)
        if kind == "person" and asker.actor.identity is not None:
            known.link(self.connection, asker.actor.identity, name)
        else:
            place = Place.CLIENT if kind == "client" else Place.TEAM
            known.know_place(
                self.connection, asker.place.address, rebind=True, place=place.value, subject=name, suspended=""
            )
        self.desk.learn(self.connection)
        return answers.plain(asker.voice, "Connected: {name}.", name=name)

    def _page_link(self, asker: Asker) -> Answer:
        """A personal link to the page, valid once and for ten minutes."""
        if not self.desk.page_url or asker.actor.role is Role.UNKNOWN:
            raise Refused("page_off")
        secret = secrets.token_urlsafe(24)
        known.keep_secret(self.connection, hashed(secret), "link", asker.actor.person, self.real + LINK_LIFE)
        line = asker.voice.words("Your page. The link works once, for 10 minutes, for you alone.")
        button = Button(
            asker.voice.words("Open my page"), Action("open"), "primary", url=f"{self.desk.page_url}/in/{secret}"
        )
        return Answer(Message(line, (Paragraph((Plain(line),)), Actions((button,)))))

    def _place_changed(self, address: Address, content: ChatMoved | ChatGone | ChatBack) -> Answer:
        match content:
            case ChatMoved(to=to):
                known.know_place(self.connection, address, moved_to=str(to))
                outbox.moved(self.connection, str(address), str(to))
            case ChatGone(reason=reason):
                known.know_place(self.connection, address, suspended=reason or "gone")
            case ChatBack():
                known.know_place(self.connection, address, suspended="")
        self.desk.learn(self.connection)
        return Answer()

    # ---- orders of the clock

    def order(self, command: Command) -> tuple[Event, ...] | Later:
        match command:
            case do.TimeReached():
                return self._time_reached(command)
            case do.DigestDue():
                return self._digest_due(command)
            case _:
                raise TypeError(f"{type(command).__name__} is not an order of the clock")

    def _time_reached(self, command: do.TimeReached) -> tuple[Event, ...] | Later:
        request = rows.by_ids(self.connection, [command.id]).get(command.id)
        if request is None:
            return ()
        if request.id in self.touched:
            return Later()
        decision = decide(request, command, self._context(Asker(SYSTEM, _NOWHERE, _mute(self.desk, self.now))))
        mine = Changes()
        self._keep_decision(decision, request, SYSTEM, mine)
        # What was claimed but is not reached after all (paused meanwhile) must be able to fire later.
        firings = table(t.FiringRow)
        decided = {(f.timer, f.cycle, f.step, f.repeat) for f in decision.firings}
        claimed = self.connection.execute(
            firings.select().where(firings.c.request_id == request.id, firings.c.decided_at.is_(None))
        ).mappings()
        for row in claimed.all():
            key = (row["timer_id"], row["cycle"], row["step"], row["repeat"])
            if key not in decided:
                keys = (
                    firings.c.timer_id == key[0],
                    firings.c.cycle == key[1],
                    firings.c.step == key[2],
                    firings.c.repeat == key[3],
                )
                self.connection.execute(delete(firings).where(*keys))
        self.changes.extend(mine)
        return decision.events

    def _digest_due(self, command: do.DigestDue) -> tuple[Event, ...]:
        """One digest to each place of its subject, if there is anything to say."""
        self.flush()
        directory = self.desk.directory
        match command.kind:
            case "client":
                places = directory.shared(Place.CLIENT, command.subject)
            case "team":
                places = directory.shared(Place.TEAM, command.subject)
            case _:
                direct = directory.direct(command.subject)
                places = (direct,) if direct else ()
        if not places:
            return ()
        voice = Voice.to(places[0].lang, places[0].zone, directory, self.now)
        value = digest(self.connection, command.kind, command.subject, voice)
        if value.is_empty:
            return ()
        for place in places:
            notice = Notice(
                f"digest:{command.kind}:{command.subject}:{self.now.date().isoformat()}:{place.address}", place, "Digest",
                freeze(value), Lane.DIGEST, valid_until=self.now + timedelta(hours=8), loud=False,
            )  # fmt: skip
            self.changes.upsert(t.DeliveryRow, self._delivery_row(notice, None))
        return ()


def _mute(desk: ServiceDesk, now: datetime) -> Voice:
    return Voice.to(desk.directory.rulebook.lang, desk.directory.rulebook.zone, desk.directory, now)


_NOWHERE = Destination(Address("", "", ""), Place.UNBOUND, "", "en", "UTC")

_PRESSES: dict[str, Callable[[Mapping[str, str]], OnRequest]] = {
    "take": lambda a: do.Take(a["number"]),
    "itake": lambda a: do.Take(a["number"]),
    "accept": lambda a: do.Accept(a["number"]),
    "cancel": lambda a: do.Cancel(a["number"]),
    "nudge": lambda a: do.Nudge(a["number"]),
    "return": lambda a: do.ReturnToQueue(a["number"]),
    "resume": lambda a: do.Resume(a["number"]),
    "undo": lambda a: do.Undo(a["number"]),
    "rate": lambda a: do.Rate(a["number"], a["stars"]),
}

#: refusal -> the field of the filing form where its error stands
_FIELD_OF = {
    "due_past": "due", "due_unclear": "due", "due_ambiguous": "due", "item_unknown": "item", "person_unknown": "person",
    "empty": "title", "time_unclear": "span", "too_long": "description",
}  # fmt: skip

#: What a token of ours looks like; anything else is not even looked up.
_TOKEN = re.compile(r"[\w-]{1,64}", re.ASCII)
#: fields that hold words, in the order in which they are given back
_WORDS = ("title", "description", "text", "reason", "due")
#: choices that are the same everywhere: anything else was not chosen from our list
_FIXED = frozenset({"level", "until"})


class Ids:
    """Ids that grow with time and are made without asking the database: milliseconds since 2020 and 20 random bits."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> int:
        import time

        made = (int(time.time() * 1000) - 1_577_836_800_000) << 20 | secrets.randbits(20)
        self._last = made if made > self._last else self._last + 1
        return self._last
