"""Reception: one envelope in, one answer out. Who speaks and where, what they ask, and what they are told.

Lines, buttons and forms all become the same commands and queries. What is refused loses nothing that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from core import agreeing, drafts, handing, people, rota, where
from core.ask import commands as do
from core.ask import grammar
from core.ask import queries as see
from core.ask.commands import OnRequest
from core.ask.folding import clean
from core.ask.grammar import Asked
from core.ask.marks import NotUnderstood, parse_request
from core.ask.queries import Query
from core.batch import Batch
from core.errors import Fix, Refused
from core.events import RequestOpened
from core.handing import Handing
from core.ids import new_token
from core.look import Asker, demotable, find, look, offered
from core.model.parties import Address, Place, Role
from core.model.request import File, Request
from core.ports import Can, ChatBack, ChatGone, ChatMoved, Envelope, Filled, Pressed, Said
from core.rulebook.values import ALWAYS, Item
from core.rules import details, files, finding, lifecycle, menu, phrases
from core.rules.decide import decide, open_request
from core.rules.filing import client_of
from core.rules.scope import SOMETHING_ELSE
from core.say import answers, criteria, forms, questions, understood
from core.say.message import Action, Answer, Form
from core.say.refusals import REFUSALS
from core.store import facts as known
from core.store import outbox
from core.store import requests as rows
from core.store import tables as t
from core.store.mapping import Kept
from core.store.writer import Later

SHOWN_ALIKE = 3  # of what may be about the same
SHOWN = 3000  # of what was typed; the whole is kept as a draft


class Reception(Struct):
    """One envelope's way through. `tokens` are those that the batch has loaded."""

    batch: Batch
    asker: Asker
    tokens: Mapping[str, Kept] = field(default_factory=dict)
    said_at: datetime | None = None  # when the platform says that it was written (real time)
    read: do.OpenRequest | None = None  # what was understood of a line before it was refused
    files: tuple[File, ...] = ()  # that came with what is heard

    def hear(self, envelope: Envelope) -> Answer:
        """The answer, its buttons live. Raises Later where the batch has touched the request already."""
        batch = self.batch
        mark, counted = len(batch.changes), {client: dict(row) for client, row in batch.clients.items()}
        try:
            answer = self._answer(envelope)
        except (Later, Refused) as error:
            batch.changes.back(mark)
            batch.clients = counted  # a number that was given is given back
            if isinstance(error, Later):
                raise
            answer = self._refused(error, envelope)
        self._name(envelope)
        if self.asker.actor.is_staff:
            known.at_hand(batch.connection, self.asker.actor.person)
        return self.stamped(self._quiet(answer, envelope))

    def _quiet(self, answer: Answer, envelope: Envelope) -> Answer:
        """Where nobody can be answered alone, a press in a shared chat is answered by its short line only."""
        can = self.batch.can.get(self.asker.place.address.platform)
        shared = self.asker.place.place is not Place.DIRECT and can is not None and not can.private_reply
        if not shared or not isinstance(envelope.content, Pressed) or not answer.toast or answer.message is None:
            return answer
        if any(button.action.verb != "undo" for button in answer.message.buttons()):
            return answer
        return Answer(toast=answer.toast)

    def _name(self, envelope: Envelope) -> None:
        """A guest's name, as their platform gives it, is kept the first time."""
        directory, actor = self.batch.directory, self.asker.actor
        if envelope.name and actor.role is Role.REQUESTER and directory.names.get(actor.person) != envelope.name:
            known.know_person(self.batch.connection, actor.person, name=clean(envelope.name)[:80])
            self.batch.learn()

    def _refused(self, error: Refused, envelope: Envelope) -> Answer:
        content = envelope.content
        field_ = _FIELD_OF.get(error.code, "") if isinstance(content, Filled) else ""
        if isinstance(content, Filled) and error.code.startswith(("field_", "answer_", "file_")):
            field_ = next((name for name in content.values if name == "text" or name.startswith(forms.DETAIL)), "")
        stands = isinstance(content, Filled) and field_ in content.values
        kept, files_ = ("", False) if stands else self._typed(content, error.code)
        kept = clean(kept)
        keeps = len(kept) > SHOWN or (files_ and error.code != "button_dead")  # a guessed button keeps nothing
        token = drafts.keep_text(kept, self.files, self.batch, self.asker) if kept and keeps else ""
        if number := str(error.facts.get("number", "")):
            self._refreshed(number, error.code)
        ways = where.ways(error.code, self.asker, self.batch.can) or _LISTS.get(
            (error.code, self.asker.actor.is_staff), ()
        )
        answer = answers.refused(
            Refused(error.code, (*error.fixes, *ways), **error.facts) if ways else error,
            self.asker.voice,
            kept[:SHOWN],
            refile=files_ and self.asker.actor.role is not Role.UNKNOWN,  # whom no form would open for
            understood=self._understood(self.read, error.code),
            draft=token,
        )
        return replace(answer, errors={field_: answers.beside(error, self.asker.voice)}) if stands else answer

    def _understood(self, read: do.OpenRequest | None, failed: str) -> str:
        """What was read of a line that is not filed, its date as an instant."""
        if read is None:
            return ""
        due = None
        if read.due and not failed.startswith("due_"):
            calendar = self.batch.directory.rulebook.calendars[ALWAYS]
            actor = self.asker.actor
            meant = phrases.resolve(read.due, self.batch.now, actor.zone, calendar, actor.lang)
            due = meant if isinstance(meant, datetime) else None
        return understood.line(read, due, failed, self.asker.voice)

    def _refreshed(self, number: str, code: str) -> None:
        """Whoever was too late may have pressed on a card that is: it is shown anew, if it differs."""
        found = find(self.batch.connection, number, self.asker) if REFUSALS[code][1] == "E-STALE" else []
        if len(found) == 1:
            self.batch.shown_anew(found[0])

    def _typed(self, content: Any, code: str) -> tuple[str, bool]:
        """The words that somebody has just typed, and whether they might be filed as a request instead."""
        match content:
            case Said(command="desk", text=text):
                return _words(grammar.parse("desk", text)), False
            case Said(command=command, text=text):
                asked = grammar.parse(command or ("desk" if self.asker.actor.is_staff else "request"), text)
                if not isinstance(asked, OnRequest | Query | do.Bind):
                    return text, True
                words = _words(asked)  # `add 99 chairs` may have been meant to be filed, `have 42 1` was not
                worded = any(map(str.isalpha, words))
                return (text, True) if worded and code == "no_such_request" else (words if worded else "", False)
            case Filled(values=values):
                return "\n".join(values[name] for name in _WORDS if values.get(name)), "title" in values
            case Pressed(token=token) if token in self.tokens and self.tokens[token]["verb"] == "say":
                command, _, text = self.tokens[token]["args"]["text"].lstrip("/").partition(" ")
                return (text, True) if command == "request" else ("", False)
            case _:
                return "", False

    def _answer(self, envelope: Envelope) -> Answer:
        content = envelope.content
        match content:
            case Said():
                return self._said(envelope, content)
            case Pressed():
                return self._pressed(content.token)
            case Filled():
                return self._filled(content)
            case ChatMoved() | ChatGone() | ChatBack():
                return people.place_changed(envelope.address, content, self.batch)

    # ---- lines

    def _said(self, envelope: Envelope, said: Said) -> Answer:
        here = ""
        if envelope.reply_to:
            request = outbox.of_receipt(self.batch.connection, str(self.asker.place.address), envelope.reply_to)
            found = rows.by_ids(self.batch.connection, [request]) if request else {}
            here = next((r.number for r in found.values()), "")
        self.files = self._fitting(said, here) if said.files else ()
        if said.command:
            asked = grammar.parse(said.command, said.text, here)
            return self._asked(handing.joined(asked, self.files, here), f"/{said.command} {said.text}")
        return self._plain(said.text, here, self.files)

    def _fitting(self, said: Said, here: str) -> tuple[File, ...]:
        """The files, if they can be taken. Raises Refused as `files.fit`, with the way to say it without them."""
        try:
            return files.fit(said.files, self._can.file_limit)
        except Refused as error:
            self.files = files.fitting(said.files, self._can.file_limit)  # they are kept with the words
            fixes = handing.without(said, here, self.asker, missing=bool(here and self._named(here).missing))
            raise Refused(error.code, fixes, **error.facts) from None

    def _plain(self, text: str, here: str, came: tuple[File, ...] = ()) -> Answer:
        """Plain words: under a card they belong to its request; else they may become one, if the person says so."""
        text = clean(text).strip()
        if text.startswith(("/request", "/desk")):
            command, _, rest = text[1:].partition(" ")
            return self._asked(handing.joined(grammar.parse(command, rest, here), came, here), text)
        actor = self.asker.actor
        asked = grammar.parse("desk" if actor.is_staff else "request", text, here)
        if isinstance(asked, NotUnderstood) and asked.code == "too_long":
            return self._asked(asked, text)
        loose = isinstance(asked, _LOOSE) or (isinstance(asked, see.Menu) and self._names_items(asked.words))
        shows = isinstance(asked, _PLAIN) or (loose and not here)
        if isinstance(asked, OnRequest) or (shows and not came):
            return self._asked(handing.joined(asked, came, here), text)
        if here and came and not (actor.is_staff and text.startswith((">>", "》》"))):
            return self._handing.under(here, text, came)
        if came and not here and (answer := self._handing.loose(text, came)):
            return answer
        if here and actor.is_staff:
            sends = text.startswith((">>", "》》"))
            command_ = do.Reply(here, text.lstrip(">》 "), came) if sends else do.Note(here, text)
            return self._asked(command_, text)
        if here:
            return self._asked(do.AddInformation(here, text), text)
        if not text and not came:
            return self._asked(see.Help(), text)
        if actor.role is Role.UNKNOWN:
            raise Refused("not_linked" if self.asker.place.place is Place.DIRECT else "place_unbound")
        text = text or files.named("", came)
        token = drafts.keep_text(text[: grammar.TEXT_LIMIT], came, self.batch, self.asker)
        return answers.draft(text[:3000], token, self.asker.voice, self._like_what_is_typed(text), came)

    def _names_items(self, words: str) -> bool:
        """Whether words after `menu` look something up: `menu drawings`; `menu does not open` is a request."""
        items = self.batch.directory.rulebook.items.values()
        return not words or any(finding.likeness(words, item) >= finding.NAME for item in items)

    def _like_what_is_typed(self, text: str) -> tuple[Request, ...]:
        """Before it is filed; nothing, where it is not clear yet whose request it would be."""
        read = parse_request(text)
        try:
            client = client_of(self.asker.actor, self.asker.place, self.batch.directory.rulebook)
        except Refused:
            return ()
        return self._alike(client, "", read.title) if isinstance(read, do.OpenRequest) else ()

    def _asked(self, asked: Asked, line: str) -> Answer:
        match asked:
            case do.OpenRequest():
                return self._open(asked)
            case NotUnderstood():
                token = drafts.keep_text(asked.text, self.files, self.batch, self.asker) if asked.text else ""
                understood_ = self._understood(asked.understood, asked.code)
                return answers.not_understood(asked, self.asker.voice, understood_, token)
            case see.Drafts():
                return answers.drafts(drafts.texts(self.batch, self.asker), self.asker.voice)
            case see.NewRequestForm():
                return self._form("form", None, asked.text)
            case see.PageLink():
                return people.page_link(self.batch, self.asker)
            case see.DigestNow():
                return people.digest(asked, self.batch, self.asker)
            case Query():
                return look(self.batch.connection, asked, self.asker)
            case OnRequest():
                return self._on_request(asked, line)
            case do.SetLanguage():
                return people.speak(asked, self.batch, self.asker)
            case do.Choose():
                return people.choose(asked.text, self.batch, self.asker)
            case do.Bind():
                return people.bind(asked, self.batch, self.asker)
            case do.Agree():
                return agreeing.agree(asked, self.batch, self.asker)
            case do.AskCover() | do.AskSwap():
                return rota.arrange(asked, self.batch, self.asker)
            case do.GoAway():
                return rota.go_away(asked, self.batch, self.asker)
            case do.ComeBack():
                return rota.come_back(self.batch, self.asker)
            case _:
                raise TypeError(f"{type(asked).__name__} is not asked by people")

    # ---- requests

    def _open(self, command: do.OpenRequest) -> Answer:
        self.read = command
        context = self.batch.context(self.asker.actor, self.asker.place)
        if command.about:
            context = replace(context, other=self._named(command.about))
        decision = open_request(command, context)
        self.batch.keep(decision, self.asker.actor)
        opened, request = decision.events[0], decision.request
        if not isinstance(opened, RequestOpened):
            return answers.done(decision.events, request, self.asker.voice)
        if not lifecycle.visible(self.asker.actor, self.asker.place, request):  # private, and others read along
            return answers.filed_apart(
                opened, request, self.asker.voice, where.ways("choice_is_yours", self.asker, self.batch.can)
            )
        alike = self._alike(request.client, request.item, request.title)
        lowerable = demotable(self.batch.connection, request, self.asker) if opened.ration == "spent" else ()
        return answers.filed(opened, request, self.asker.voice, lowerable, alike)

    def _alike(self, client: str, item: str, title: str) -> tuple[Request, ...]:
        """What may be about the same, as far as asker and place may see it (rulings.md 19)."""
        batch, asker = self.batch, self.asker
        ids = batch.similar.like(batch.connection, client, item, title, batch.now, batch.real)
        found = rows.by_ids(batch.connection, ids[: 2 * SHOWN_ALIKE]) if ids else {}
        open_ = [found[id_] for id_ in ids if id_ in found and found[id_].is_open]
        return tuple(one for one in open_ if lifecycle.reads(asker.actor, asker.place, one))[:SHOWN_ALIKE]

    def _same(self, args: Mapping[str, str]) -> Answer:
        """What was filed, or only typed, gives way to what is open already."""
        if draft := args.get("draft", ""):
            return drafts.filed(draft, self._on_request(do.Follow(args["into"]), ""), self.batch, self.asker)
        return self._on_request(do.SameAs(args["number"], args["into"]), "")

    def _on_request(self, command: OnRequest, line: str) -> Answer:
        found = find(self.batch.connection, command.request, self.asker, lifecycle.reach(command))
        if not found:
            raise Refused("no_such_request", number=command.request)
        if len(found) > 1:
            return answers.which(command.request, found, self.asker.voice, line)
        request = found[0]
        second = {do.Merge: "into", do.Demote: "instead", do.SameAs: "into"}.get(type(command))
        other = self._second(request, getattr(command, second), command) if second else None
        decision = self.batch.decided(
            request, replace(command, request=request.number), self.asker.actor, self.asker.place,
            said_at=self.said_at, other=other,
        )  # fmt: skip
        self.batch.keep(decision, self.asker.actor)
        if isinstance(command, do.SameAs) and other is not None:
            return answers.same(request, other, self.asker.voice)
        return answers.done(decision.events, decision.request, self.asker.voice)

    def _second(self, request: Request, number: str, command: OnRequest) -> Request:
        """The other request of a command: a bare number is of the same client."""
        sees = lifecycle.reads if isinstance(command, do.SameAs) else lifecycle.visible
        prefix = request.number.rpartition("-")[0]
        return self._named(f"{prefix}-{number}" if number.isdigit() else number, sees)

    # ---- buttons and forms

    def _pressed(self, token: str) -> Answer:
        row = self._token(token)
        verb, args = row["verb"], row["args"]
        match verb:
            case "say":
                command, _, rest = args["text"].lstrip("/").partition(" ")
                asked = grammar.parse(command, rest)
                draft = "" if isinstance(asked, NotUnderstood) else args.get("draft", "")
                answer = self._asked(drafts.with_files(asked, draft, self.batch, self.asker), args["text"])
                return drafts.filed(draft, answer, self.batch, self.asker)
            case "file" | "drop":
                return self._drafted(verb, args["draft"], beginning="beginning" in args)
            case "fill":
                return self._filled(Filled(args["form"], {args["field"]: args["value"]}))
            case "form":
                return self._form("form", None, args.get("text", ""), draft=args.get("draft", ""))
            case "cancel" if not self._whole_forms() and not args.get("sure"):
                return answers.sure(args["number"], self.asker.voice)
            case "same":
                return self._same(args)
            case "choose":
                return people.choose(args["text"], self.batch, self.asker)
            case "keep":
                return answers.plain(self.asker.voice, "All right, nothing was changed.")
            case "steps":
                return self._steps(args["number"])
            case "other":
                return self._form("form", None, what=SOMETHING_ELSE)
            case "order":
                return self._order(args["item"])
            case "have":
                return self._handing.have(args)
            case "hand":
                return self._handing.chosen(args)
            case "cover_yes" | "cover_no":
                return rota.answer(args["pair"], yes=verb == "cover_yes", batch=self.batch, asker=self.asker)
            case "cover_end":
                return rota.end(args["pair"], self.batch, self.asker)
            case "demote" if "instead" not in args:
                return look(self.batch.connection, see.Demotable(args["number"]), self.asker)
            case "agree":
                return agreeing.agree(do.Agree(args["agreement"]), self.batch, self.asker)
            case "apply":
                return agreeing.apply(args["agreement"], args["shown"], self.batch, self.asker)
        if verb in _LOOKS:
            return look(self.batch.connection, _LOOKS[verb](args), self.asker)
        if verb in forms.FORMS:
            return self._form(verb, self._named(args["number"]))
        command_ = _PRESSES[verb](args)
        return self._on_request(command_, f"/desk {verb} {args['number']}")

    def _token(self, token: str) -> Kept:
        """What a button stands for, if this person may use it here; authority never comes from the token."""
        row = self.tokens.get(token)
        if row is None and TOKEN.fullmatch(token):
            row = known.tokens(self.batch.connection, [token]).get(token)
        if row is None or self.batch.directory.current(Address.parse(row["address"])) != self.asker.place.address:
            raise Refused("button_dead")
        if row["person"] and row["person"] != self.asker.actor.person:
            raise Refused("not_yours")
        return row

    def _named(self, number: str, sees: lifecycle.Sees = lifecycle.visible) -> Request:
        found = find(self.batch.connection, number, self.asker, sees)
        if len(found) != 1:
            raise Refused("no_such_request", number=number)
        return found[0]

    def _steps(self, number: str) -> Answer:
        """What else the team can do; each step asks again whether the person may."""
        if not self.asker.actor.is_staff:
            raise Refused("staff_only")
        return answers.steps(self._named(number), self.asker.voice)

    def _drafted(self, verb: str, draft: str, *, beginning: bool = False) -> Answer:
        row = drafts.own(draft, self.batch, self.asker)
        if verb == "drop":
            nothing = answers.plain(self.asker.voice, "All right, nothing was filed.")
            return drafts.filed(draft, nothing, self.batch, self.asker)
        text = str(row["content"]["text"])
        asked = drafts.with_files(parse_request(text[: grammar.TEXT_LIMIT]), draft, self.batch, self.asker)
        if beginning:  # the whole stays kept
            return self._asked(asked, "")
        if len(text) > grammar.TEXT_LIMIT:
            raise Refused("too_long", limit=grammar.TEXT_LIMIT, length=len(text))
        answer = self._asked(asked, "")  # what is refused stays kept
        return drafts.filed(draft, answer, self.batch, self.asker)

    def _order(self, item: str) -> Answer:
        """The form of an item, if it is still on this person's menu."""
        if all(one.id != item for one in offered(self.asker)):
            raise Refused("item_gone")
        return self._form("order", None, what=item)

    def _form(self, verb: str, request: Request | None, text: str = "", *, what: str = "", draft: str = "") -> Answer:
        """Open a form: whole where the platform has forms, else its first question."""
        if self.asker.actor.role is Role.UNKNOWN:
            raise Refused("place_unbound")
        if request is not None:
            values = dict.fromkeys(("text", "person", "team", "level", "until", "span"), "")
            probe = forms.command(verb, request.number, {**values, "level": "p3"})
            lifecycle.authorise(self.asker.actor, probe, request, self.asker.place)
            if verb in _DECIDED:  # nobody writes a reason in vain
                decide(request, probe, self.batch.context(self.asker.actor, self.asker.place))
        token = new_token()
        args = {"verb": verb, "number": request.number if request else "", "text": text, "what": what, "draft": draft}
        self.batch.changes.insert(t.TokenRow, self._token_row(token, "form", args))
        form = self._made(args, request, token)
        return Answer(form=form) if self._whole_forms() else questions.question(form, {}, self.asker.voice)

    def _made(self, args: Mapping[str, str], request: Request | None, token: str) -> Form:
        """The form that a token stands for, as it is now."""
        item, what = args["verb"] == "order", args.get("what", "")
        if item and what not in self.batch.directory.rulebook.items:
            raise Refused("item_gone")
        choice = self._choice(request) if args["verb"] in ("form", "edit") else ()
        return forms.form(
            args["verb"], request, token, self.asker.voice, args["text"], what=what, offered=choice,
            files=self._can.files,
        )  # fmt: skip

    def _choice(self, request: Request | None) -> tuple[Item, ...]:
        """What may be ordered: by whoever asks, or by the client whose request it is."""
        if request is None:
            return offered(self.asker)
        return menu.on_offer(request.client, self.batch.directory, self.batch.now)

    @property
    def _handing(self) -> Handing:
        def asks(request: Request, need: str) -> Answer:
            return self._form("have", request, what=need)

        return Handing(self.batch, self.asker, lambda command: self._on_request(command, ""), asks)

    @property
    def _can(self) -> Can:
        return self.batch.can.get(self.asker.place.address.platform, Can())

    def _whole_forms(self) -> bool:
        return self._can.forms

    def _filled(self, filled: Filled) -> Answer:
        row = self._token(filled.token)
        args = row["args"]
        request = self._named(args["number"]) if args["number"] else None
        form = self._made(args, request, filled.token)
        values = {k: clean(v).strip() for k, v in filled.values.items()}
        self.files = files.fit(filled.files, self._can.file_limit)
        for one in form.fields:
            if one.name in _FIXED and values.get(one.name) not in {o.value for o in one.options}:
                values.pop(one.name, None)
        length = sum(len(v) for v in values.values())
        if length > grammar.TEXT_LIMIT:
            raise Refused("too_long", limit=grammar.TEXT_LIMIT, length=length)
        whole = self._whole_forms()
        kept = None if whole else known.draft(self.batch.connection, filled.token, self.batch.now)
        before = kept["content"] if kept else {}
        if errors := self._unfit(self._item(args, {**before, **values}), values):
            return Answer(errors=errors)
        if not whole:
            values = {**before, **values}
            drafts.put(filled.token, "form", values, self.batch, self.asker)
        missing = [
            f for f in form.fields if (f.required and not values.get(f.name) if whole else questions.is_open(f, values))
        ]
        if args["verb"] == "form":
            missing = [f for f in missing if f.required]  # which facts are asked, the item says
        if self.files and args["verb"] == "have":
            missing = []  # the file is the answer
        if missing and not whole:
            return questions.question(form, values, self.asker.voice)
        if missing:
            return Answer(errors={f.name: self.asker.voice.words(REFUSALS["field_empty"][0]) for f in missing})
        command: Asked = forms.command(
            args["verb"], args["number"], values, what=args.get("what", ""), files=self.files
        )
        if args["verb"] == "form":
            told = self._asks(args, form, values, command) if whole else self._told(form, values, args.get("what", ""))
            if isinstance(told, Answer):
                return told
            command = told
        draft = "" if isinstance(command, NotUnderstood) else args.get("draft", "")
        asked = drafts.with_files(command, draft, self.batch, self.asker)
        return drafts.filed(draft, self._asked(asked, ""), self.batch, self.asker)

    def _told(self, form: Form, values: Mapping[str, str], what: str = "") -> Answer | Asked:
        """What was typed, with what is asked one by one: the item's own fields, the facts; who marked its urgency has said
        enough of those."""
        asked = parse_request(values["title"])
        if not isinstance(asked, do.OpenRequest):
            return asked
        voice = self.asker.voice
        item = finding.named(asked.item, self.batch.directory.rulebook) if asked.item else None
        asked = replace(asked, item=asked.item or what)
        sure = item is not None or asked.item in ("", what)  # else it is refused, before more is asked
        own = tuple(forms.detail(one, voice, asked=one.required) for one in item.details) if item else ()
        open_ = tuple(field for field in own if questions.is_open(field, values))
        if not open_ and not (asked.level or asked.impact):
            open_ = criteria.unanswered(item, values, voice)
        if open_ and sure:
            return questions.question(replace(form, fields=open_), values, voice)
        return replace(asked, facts=criteria.given(values), details=forms.answered(values), files=self.files)

    def _asks(self, args: Mapping[str, str], form: Form, values: Mapping[str, str], command: Asked) -> Answer | Asked:
        """What an item asks itself comes with the form where the item was known, else in a second one: nothing is asked
        in vain, and nobody is asked afterwards what could be said at once."""
        item = self._item(args, values)
        shown = {field.name for field in form.fields}
        if item is None or all(f"{forms.DETAIL}{one.id}" in shown for one in item.details):
            return command
        token = new_token()
        draft = args.get("draft", "")
        if self.files:  # they wait with what was typed, until it is filed
            before = drafts.with_files(command, draft, self.batch, self.asker)
            draft = drafts.keep_text(values["title"], getattr(before, "files", ()), self.batch, self.asker)
        made = {"verb": "order", "number": "", "text": "", "what": item.id, "draft": draft}
        self.batch.changes.insert(t.TokenRow, self._token_row(token, "form", made))
        second = self._made(made, None, token)
        fields = tuple(replace(one, value=values.get(one.name, one.value)) for one in second.fields)
        return Answer(form=replace(second, fields=fields))

    def _item(self, args: Mapping[str, str], values: Mapping[str, str]) -> Item | None:
        """The item that is ordered, chosen, or named in what is typed; only what is on this person's menu."""
        items = self.batch.directory.rulebook.items
        if args["verb"] == "order":
            return items.get(args.get("what", ""))
        if args["verb"] != "form":
            return None
        read = parse_request(values.get("title", ""))
        typed = read.item if isinstance(read, do.OpenRequest) and not self._whole_forms() else values.get("item", "")
        found = items.get(typed) or (finding.named(typed, self.batch.directory.rulebook) if typed else None)
        return found if found in offered(self.asker) else None

    def _unfit(self, item: Item | None, values: Mapping[str, str]) -> dict[str, str]:
        """What does not fit the fields of an item that is ordered, each with its reason."""
        calendar = self.batch.directory.rulebook.calendars[ALWAYS]
        errors: dict[str, str] = {}
        for detail in item.details if item else ():
            name = f"{forms.DETAIL}{detail.id}"
            typed = values.get(name, "").strip()
            if typed in ("", *([] if detail.required else ["-"])):
                continue
            try:
                details.read(detail, typed, self.batch.now, self.asker.actor, calendar)
            except Refused as error:
                errors[name] = answers.refused(error, self.asker.voice).toast
        return errors

    def _token_row(self, token: str, verb: str, args: dict[str, Any]) -> dict[str, Any]:
        return {
            "token": token, "slot": None, "verb": verb, "args": args, "person": self.asker.actor.person,
            "address": str(self.asker.place.address), "version": 0, "made_at": self.batch.real,
        }  # fmt: skip

    def stamped(self, answer: Answer) -> Answer:
        """Buttons of a private answer become tokens that only this person can use."""
        if answer.message is None:
            return answer
        token, tokens = new_token(), dict[Action, str]()
        message = answer.message.with_tokens(lambda action: tokens.setdefault(action, f"{token}.{len(tokens)}"))
        if not tokens:
            return answer
        self.batch.changes.insert(t.TokenRow, self._token_row(token, "answer", {"actions": list(tokens)}))
        return Answer(message, answer.form, answer.toast, answer.errors)


def _words(asked: Asked) -> str:
    """What somebody wrote to be read by others."""
    return next((words for name in ("text", "reason", "comment") if (words := str(getattr(asked, name, "")))), "")


#: refusal, and whether one works here -> the list in which the right one is found
_LISTS = {
    ("no_such_request", False): (Fix("=requests", "/request list"),),
    ("no_such_request", True): (Fix("=queue", "/desk queue"),),
}
#: Forms of what one person may decide, while it is open.
_DECIDED = frozenset({"decline", "once", "quote", "include", "refuse_quote", "exception", "grant", "deny"})
#: Plain words that are asked at once; all others are only offered to be filed.
_PLAIN = (see.ShowRequest, see.MyQueue, see.TeamQueue, see.Help, see.MyRequests)
#: And these, where they do not belong to a request.
_LOOSE = (see.Why, see.Drafts, see.Settings, see.PageLink)


#: Buttons that only show something.
_LOOKS: dict[str, Callable[[Mapping[str, str]], Query]] = {
    "show": lambda a: see.ShowRequest(a["number"]),
    "thread": lambda a: see.ShowRequest(a["number"]),
    "menu": lambda a: see.Menu(a.get("words", ""), int(a.get("start", 0)), bool(a.get("whole"))),
    "item": lambda a: see.ShowItem(a["item"], bool(a.get("whole"))),
    "ladder": lambda a: see.Ahead(a["number"]),
    "why": lambda a: see.Why(a["number"]),
    "preview": lambda a: see.PreviewAgreement(a["agreement"]),
}

_PRESSES: dict[str, Callable[[Mapping[str, str]], OnRequest]] = {
    "take": lambda a: do.Take(a["number"]),
    "itake": lambda a: do.Take(a["number"]),
    "accept": lambda a: do.Accept(a["number"]),
    "accept_quote": lambda a: do.Accept(a["number"], a.get("quote", "")),
    "demote": lambda a: do.Demote(a["number"], a["instead"]),
    "raise": lambda a: do.Raise(a["number"]),
    "cancel": lambda a: do.Cancel(a["number"]),
    "nudge": lambda a: do.Nudge(a["number"]),
    "return": lambda a: do.ReturnToQueue(a["number"]),
    "resume": lambda a: do.Resume(a["number"]),
    "undo": lambda a: do.Undo(a["number"]),
    "rate": lambda a: do.Rate(a["number"], a["stars"]),
    "start": lambda a: do.StartWork(a["number"]),
    "complete": lambda a: do.AcceptPrerequisites(a["number"]),
    "noreply": lambda a: do.NoReplyNeeded(a["number"]),
    "approve": lambda a: do.Approve(a["number"]),
    "consent": lambda a: do.AgreeDate(a["number"]),
    "pass": lambda a: do.PassReview(a["number"]),
    "confirm": lambda a: do.Confirm(a["number"]),
    "still": lambda a: do.StillOnIt(a["number"]),
    "assist": lambda a: do.AskHelp(a["number"]),
    "seen": lambda a: do.Seen(a["number"]),
    "hold": lambda a: do.Hold(a["number"]),
}

#: refusal -> the field of the filing form where its error stands
_FIELD_OF = {
    "due_past": "due", "due_unclear": "due", "due_ambiguous": "due", "item_unknown": "item", "person_unknown": "person",
    "empty": "title", "time_unclear": "span", "too_long": "description",
}  # fmt: skip

#: What a token of ours looks like; anything else is not even looked up.
TOKEN = re.compile(r"[\w-]{1,60}(\.\d{1,2})?", re.ASCII)
#: fields that hold words, in the order in which they are given back
_WORDS = ("title", "description", "text", "reason", "due")
#: choices that are the same everywhere: anything else was not chosen from our list
_FIXED = frozenset({"level", "until", "team"})
