"""Golden cards: a request's life in both languages, as client and team read it.

Each step is a file in `goldens/<lang>/`. After a wanted change run once with DESKBELL_GOLDENS=write and read the diff.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.ask import grammar
from core.ask.marks import NotUnderstood
from core.errors import Fix, Refused
from core.events import facts
from core.model.parties import SYSTEM, Absence, Address, Cover, Destination, Identity, Place
from core.model.request import File, Priority, Remark, Request, Status
from core.model.told import Correction, Digest, DigestLine, Figures, Held, Kept
from core.rulebook.directory import Acceptance, Directory
from core.rulebook.load import load
from core.rulebook.values import Allowance, Item
from core.rules import digest as rules
from core.rules import followup, ladder, preview
from core.rules.decide import Context as Ctx
from core.rules.decide import Decision, Undoable, decide, open_request
from core.rules.menu import on_offer
from core.say import (
    agreed,
    answers,
    cards,
    corrections,
    forms,
    lists,
    menu,
    notices,
    ration,
    rota,
    scope,
    understood,
    why,
)
from core.say import digests as digest_words
from core.say import ladder as ladders
from core.say.message import (
    Actions,
    Answer,
    Block,
    Bold,
    Button,
    Context,
    Fields,
    Form,
    Gauge,
    Header,
    Link,
    Mention,
    Message,
    Paragraph,
    Picture,
    Plain,
    Quote,
    Text,
    When,
)
from core.say.refusals import REFUSALS
from core.say.voice import Voice

ROOT = Path(__file__).parents[2]
GOLDENS = Path(__file__).parent / "goldens"
LANGS = ("en", "zh-CN")


# ---- a plain form


def text(spans: Text) -> str:
    return "".join(span(s) for s in spans)


def span(s: Plain | Bold | When | Mention | Link) -> str:
    match s:
        case Plain(text=t) | When(text=t):
            return t
        case Bold(text=t):
            return f"*{t}*"
        case Mention(name=name, user=user):
            return f"@{name}" if user else name
        case Link(text=t, url=url):
            return f"{t} <{url}>"


def button(b: Button) -> str:
    mark = {"primary": "!", "danger": "✗", "": ""}[b.style]
    return f"[{mark}{b.label}]" + (f" ({b.confirm})" if b.confirm else "")


def block(b: Block) -> Iterator[str]:
    match b:
        case Header(text=t):
            yield f"# {t}"
        case Paragraph(text=t):
            yield text(t)
        case Quote(text=t, by=by):
            yield from (f"> {line}" for line in t.split("\n"))
            if by:
                yield f"> -- {by}"
        case Fields(pairs=pairs):
            yield from (f"{label}: {text(value)}" for label, value in pairs)
        case Gauge(label=label, share=share, text=t, state=state):
            yield f"({share:4.0%} {state}) {label}: {text(t)}"
        case Context(text=t):
            yield f"~ {text(t)}"
        case Picture(caption=caption, alt=alt):
            yield f"▣ {caption} | {alt}"
        case Actions(buttons=buttons, more=more):
            yield " ".join(button(x) for x in buttons)
            if more:
                yield "… " + " ".join(button(x) for x in more)


def message(m: Message) -> Iterator[str]:
    yield f"{'♪' if m.loud else '·'} {m.summary}"
    for b in m.blocks:
        yield from (f"  {line}" for line in block(b))


def answer(a: Answer) -> Iterator[str]:
    if a.toast:
        yield f"(toast) {a.toast}"
    if a.message:
        yield from message(a.message)
    if a.form:
        yield from form(a.form)


def form(f: Form) -> Iterator[str]:
    yield f"form {f.title} | {f.intro}"
    for x in f.fields:
        must = "*" if x.required else ""
        hint = f" ({x.hint})" if x.hint else ""
        value = f" = {x.value}" if x.value else ""
        options = f" [{' | '.join(o.label for o in x.options)}]" if x.options else ""
        yield f"  {x.label}{must}{hint}{value}{options}"
    yield f"  [{f.submit}] [{f.cancel}]"


# ---- a desk without a shell


@dataclass
class Cast:
    """Who plays, and what they say, in one language."""

    path: str
    zone: str
    client: str
    contact: str
    member: str
    other: str
    manager: str
    line: str
    question: str
    reply: str
    solution: str
    note: str
    drawing: str
    due: str
    reason: str
    readiness: str
    other_thing: str
    price: str
    danger: str


CASTS = {
    "en": Cast(
        "consultancy.en.toml", "Europe/London", "hx", "emma-whitfield", "tom-baxter", "nadia-rahman", "david-north",
        "Drawings of block 3 not working: wrong scale #drawings due:tomorrow 17:00\nSheets S-301 to S-306, revision C.",
        "Which revision do you build from?", "Revision C, received on 18 November.",
        "Sheets replaced by revision D; the scale is 1:50 throughout.", "Revision B has the same mistake.",
        "Change order 12: please verify the quantities #change", "soonish", "The formwork crew waits for the sheets.",
        "Block 4: ready to begin? #readiness",
        "Film the site from the air #other", "Two flights, 12 pictures: 3,200 pounds.",
        "A worker is trapped under the scaffold",
    ),
    "zh-CN": Cast(
        "consultancy.zh.toml", "Asia/Shanghai", "hx", "wang-jianguo", "chen-jing", "zhou-peng", "zheng-hao",
        "3号楼图纸比例有误，等着用 #图纸 截止:明天17:00\n结施-301 至 306，C 版。",
        "现场按哪一版施工？", "按 C 版施工，11月18日收到。",
        "已换发 D 版，全套比例统一为 1:50。", "B 版也有同样的错误。",
        "12 号变更单请核定工程量 #变更", "过几天", "木工班组在等图。",
        "4号楼是否具备开工条件 #开工",
        "航拍一次现场进度 #其他", "航拍两次，交付照片 12 张，共 3200 元。",
        "脚手架倒塌，有工人被困",
    ),
}  # fmt: skip


@dataclass
class Desk:
    """Runs commands through the rules and keeps what each step says."""

    lang: str
    cast: Cast = field(init=False)
    directory: Directory = field(init=False)
    request: Request = field(init=False)
    now: datetime = field(init=False)
    undoable: Undoable | None = None
    opened: int = 0
    used: int = 0  # units of the client's allowance

    def __post_init__(self) -> None:
        self.cast = CASTS[self.lang]
        rulebook = load(ROOT / "deploy/desks" / self.cast.path, today=date(2026, 11, 22), chats_on_page=True)
        self.directory = Directory(rulebook, frozenset({"web"}))
        self._ids = count(1000)  # beyond those of clocks, which are numbered on their request

    def at(self, stamp: str) -> None:
        """The desk's time, as the wall clock of the desk's city shows it."""
        self.now = datetime.fromisoformat(stamp).replace(tzinfo=ZoneInfo(self.cast.zone)).astimezone(UTC)

    @property
    def client_chat(self) -> Destination:
        return self.directory.shared(Place.CLIENT, self.cast.client)[0]

    @property
    def team_chat(self) -> Destination:
        return self.directory.shared(Place.TEAM, self.request.team)[0]

    def context(self, person: str, place: Destination, other: Request | None = None) -> Ctx:
        actor = self.directory.actor(Identity("web", "", person), place) if person else SYSTEM
        return Ctx(
            self.directory, self.now, self.now, actor, place, lambda: next(self._ids), self._number, self.undoable,
            other=other, used=lambda client, since: self.used,
        )  # fmt: skip

    def _number(self, client: str) -> str:
        self.opened += 1
        return f"{self.directory.rulebook.clients[client].prefix}-{self.opened}"

    def file(self, line: str) -> Decision:
        asked = grammar.parse("request", line)
        assert isinstance(asked, do.OpenRequest), asked
        return self._keep(open_request(asked, self.context(self.cast.contact, self.client_chat)))

    def staff(
        self, make: Callable[..., do.Command], *args: str, by: str = "", other: Request | None = None
    ) -> Decision:
        context = self.context(by or self.cast.member, self.team_chat, other)
        return self._keep(decide(self.request, make(self.request.number, *args), context))

    def contact(self, make: Callable[..., do.Command], *args: str, other: Request | None = None) -> Decision:
        context = self.context(self.cast.contact, self.client_chat, other)
        return self._keep(decide(self.request, make(self.request.number, *args), context))

    def tick(self) -> Decision:
        nowhere = Destination(Address("", "", ""), Place.UNBOUND, "", self.lang, "UTC")
        return self._keep(decide(self.request, do.TimeReached(self.request.id), self.context("", nowhere)))

    def _keep(self, decision: Decision) -> Decision:
        self.request, self.undoable = decision.request, decision.undoable
        return decision

    def voice(self, place: Destination | None = None) -> Voice:
        address = place.address if place else None
        return Voice.to(self.lang, self.cast.zone, self.directory, self.now, address)

    @property
    def items(self) -> tuple[Item, ...]:
        return on_offer(self.cast.client, self.directory, self.now)

    # what is read

    def cards(self) -> Iterator[str]:
        yield "=== card, team"
        yield from message(cards.team_card(self.request, self.voice(self.team_chat)))
        yield "=== card, client"
        yield from message(cards.client_card(self.request, self.voice(self.client_chat)))

    def step(self, decision: Decision, client: bool = True, team: bool = True) -> str:
        """The private answer, the notices, and the cards."""
        return "\n".join((*self._told(decision, client, team), *self.cards())) + "\n"

    def _told(self, decision: Decision, client: bool, team: bool) -> Iterator[str]:
        if decision.events and not isinstance(decision.events[0], ev.Reached):
            yield "=== answer"
            yield from answer(answers.done(decision.events, self.request, self.voice()))
        for event in decision.events:
            if isinstance(event, ev.Reached):
                yield f"=== {event.kind}, {event.metric}"
                yield from message(notices.gathered(((self.request, event),), self.voice()))
                continue
            for audience, wanted, told in (("client", client, notices._CLIENT), ("team", team, notices._STAFF)):
                if wanted and type(event) in told:
                    yield f"=== notice, {audience}"
                    yield from message(notices.notice(event, self.request, self.voice(), audience))


def life(desk: Desk) -> Iterator[tuple[str, str]]:
    """One request from filing to rating."""
    cast = desk.cast
    desk.at("2026-11-22T15:30")  # a Sunday
    yield "01-filed", desk.step(desk.file(cast.line))
    desk.at("2026-11-23T09:10")
    yield "02-taken", desk.step(desk.staff(do.Take), team=False)
    desk.at("2026-11-23T09:20")
    yield "03-replied", desk.step(desk.staff(do.Reply, cast.reply), team=False)
    desk.at("2026-11-23T09:40")
    yield "04-asked", desk.step(desk.staff(do.AskClient, cast.question))
    desk.at("2026-11-23T11:00")
    yield "05-answered", desk.step(desk.contact(do.AddInformation, cast.reply), client=False)
    yield "06-priority", desk.step(desk.staff(do.SetPriority, "urgent", cast.reason))
    yield "07-noted", desk.step(desk.staff(do.Note, cast.note))
    desk.at("2026-11-23T11:10")
    yield "08-snoozed", desk.step(desk.staff(do.Snooze, "2h"))
    desk.at("2026-11-23T13:30")
    yield "09-nudged", desk.step(desk.contact(do.Nudge))
    desk.at("2026-11-23T13:40")
    yield "10-handed-over", desk.step(desk.staff(do.Assign, cast.other))
    desk.at("2026-11-23T14:00")
    yield "11-resolved", desk.step(desk.staff(do.Resolve, cast.solution, by=cast.other))
    yield "12-why", "\n".join(message(why.why(desk.request, desk.voice(), internal=False))) + "\n"
    desk.at("2026-11-23T14:10")
    yield "13-reopened", desk.step(desk.contact(do.Reopen, cast.question))
    desk.at("2026-11-23T14:30")
    desk.staff(do.Resolve, cast.solution, by=cast.other)
    desk.at("2026-11-23T15:00")
    yield "14-accepted", desk.step(desk.contact(do.Accept))
    yield "15-rated", desk.step(desk.contact(do.Rate, "5"))


def late(desk: Desk) -> Iterator[tuple[str, str]]:
    """A request that nobody takes, and one that is withdrawn."""
    desk.at("2026-11-23T09:00")
    yield "20-unheard", desk.step(desk.file(desk.cast.drawing))
    for name, stamp in (
        ("21-reminded", "2026-11-23T09:46"),
        ("22-breached", "2026-11-23T10:00"),
        ("23-escalated", "2026-11-23T11:00"),
        ("24-escalated-again", "2026-11-23T14:30"),
    ):
        desk.at(stamp)
        yield name, desk.step(desk.tick())
    desk.at("2026-11-23T14:40")
    yield "25-extended", desk.step(desk.staff(do.Extend, "2h", desk.cast.reason, by=desk.cast.manager))
    yield "26-taken-late", desk.step(desk.staff(do.Take), team=False)
    yield "27-undone", desk.step(desk.staff(do.Undo), team=False)
    desk.at("2026-11-23T14:50")
    yield "28-given-by-manager", desk.step(desk.staff(do.Assign, desk.cast.other, by=desk.cast.manager))
    yield "29-back-in-queue", desk.step(desk.staff(do.ReturnToQueue, by=desk.cast.other))
    yield "30-withdrawn", desk.step(desk.contact(do.Cancel))


def waits(desk: Desk) -> Iterator[tuple[str, str]]:
    """What a request waits for besides its client, and how else it may end."""
    cast = desk.cast
    desk.at("2026-11-23T09:00")
    desk.file(cast.line)
    desk.staff(do.Take)
    yield "50-approval-asked", desk.step(desk.staff(do.AskApproval, cast.manager, cast.reason))
    yield "51-approved", desk.step(desk.staff(do.Approve, by=cast.manager))
    desk.at("2026-11-23T09:30")
    yield "52-with-supplier", desk.step(desk.staff(do.HandToSupplier, cast.note))
    yield "53-supplier-done", desk.step(desk.staff(do.Resume))
    yield "54-date-offered", desk.step(desk.staff(do.OfferDate, "2026-12-01 12:00"))
    yield "55-date-agreed", desk.step(desk.contact(do.AgreeDate))
    desk.staff(do.Resume)
    desk.at("2026-11-23T10:00")
    yield "56-submitted", desk.step(desk.staff(do.SubmitReview, cast.solution))
    yield "57-sent-back", desk.step(desk.staff(do.FailReview, cast.note, by=cast.other))
    yield "58-paused", desk.step(desk.staff(do.Pause, cast.reason))
    yield "59-going-on", desk.step(desk.staff(do.Resume))
    yield "60-force-majeure-asked", desk.step(desk.staff(do.DeclareForceMajeure, cast.reason))
    yield "61-force-majeure", desk.step(desk.staff(do.Confirm, by=cast.other))
    desk.staff(do.Resume)
    desk.staff(do.WithdrawAgreement, cast.reason)
    yield "62-agreement-withdrawn", desk.step(desk.staff(do.Confirm, by=cast.other))
    yield "63-split", desk.step(desk.staff(do.Split, cast.drawing))
    first = desk.request
    desk.file(cast.drawing)
    yield "64-steps", "\n".join(answer(answers.steps(desk.request, desk.voice()))) + "\n"
    yield "65-work-started", desk.step(desk.staff(do.StartWork))
    yield "66-merged", desk.step(desk.staff(do.Merge, first.number, other=first))
    desk.file(cast.drawing)
    yield "67-declined", desk.step(desk.staff(do.Decline, cast.reason))
    desk.file(cast.drawing)
    desk.staff(do.AskClient, cast.question)
    desk.at("2026-11-26T15:00")
    yield "68-client-reminded", desk.step(desk.tick())
    desk.staff(do.Resolve, cast.solution)
    desk.at("2027-02-01T09:00")
    yield "69-followed-up", desk.step(desk.contact(do.Reopen, cast.question))


def intake(desk: Desk) -> Iterator[tuple[str, str]]:
    """A service that needs something first."""
    desk.at("2026-11-23T09:00")
    yield "70-incomplete", desk.step(desk.file(desk.cast.readiness))
    yield "71-taken", desk.step(desk.staff(do.Take), client=False)
    desk.at("2026-11-23T10:00")
    yield "72-ticked", desk.step(desk.contact(do.Supply, "2"))
    file = File("permit 2026-118.pdf", "web:1")
    command = do.Supply(desk.request.number, "1", files=(file,))
    yield "73-handed-over", desk.step(desk.contact(lambda number: replace(command, request=number)))
    desk.at("2026-11-26T15:00")
    yield "74-reminded", desk.step(desk.tick())
    desk.at("2026-11-26T15:10")
    yield "75-complete", desk.step(desk.contact(do.Supply, f"3 {desk.cast.contact}"))
    yield "76-why", "\n".join(message(why.why(desk.request, desk.voice(), internal=False))) + "\n"
    desk.file(desk.cast.readiness)
    waiting = Digest("client", desk.cast.client, desk.now, {"waiting": (rules.line(desk.request, client=True),)})
    yield "77-digest", "\n".join(message(digest_words.digest(waiting, desk.voice()))) + "\n"
    yield "77-found-complete", desk.step(desk.staff(do.AcceptPrerequisites))


def menus(desk: Desk) -> Iterator[tuple[str, str]]:
    """The menu, a search, cards of items, and the forms that order and hand over."""
    desk.at("2026-11-23T09:00")
    desk.file(desk.cast.readiness)
    voice, book = desk.voice(), desk.directory.rulebook
    gold, client = desk.directory.agreement_of(desk.cast.client, desk.now), book.clients[desk.cast.client]
    shown = [
        menu.listing(desk.items, voice),
        menu.listing(desk.items[:1], voice, words="tzsc"),
        menu.listing(tuple(book.items.values()), voice, start=8, whole=True),
        menu.nothing_found("xyz", desk.items[:3], voice),
        menu.nothing_found("xyz", (), voice),
        *(menu.card(book.items[id_], gold, client, voice, orderable=True) for id_ in ("tender", "drawings", "general")),
        menu.card(book.items["tender"], gold, None, voice, orderable=False),
        menu.card(book.items["seal"], gold, None, voice, orderable=True),
        answers.which_need(desk.request, "d1", voice),
    ]
    yield "78-menu", "\n".join(line for one in shown for line in ("===", *answer(one))) + "\n"
    asked = [forms.form("order", None, "", voice, what=id_) for id_ in ("tender", "drawings", "starter")]
    asked += [forms.form("have", desk.request, "", voice, what="permit", files=how) for how in forms.HANDED]
    asked += [forms.form("have", desk.request, "", voice, what="method")]
    yield "79-orders", "\n".join(line for f in asked for line in form(f)) + "\n"


def outside(desk: Desk) -> Iterator[tuple[str, str]]:
    """Something else than the catalogue has: asked for, quoted, declined by the client, done once, wished for."""
    cast = desk.cast
    desk.at("2026-11-23T09:00")
    yield "80-outside", desk.step(desk.file(cast.other_thing))
    owner = desk.request.owner
    yield "81-quoted", desk.step(desk.staff(do.Quote, cast.price, by=owner))
    desk.at("2026-11-26T15:00")
    yield "82-quote-reminded", desk.step(desk.tick())
    yield "83-quote-declined", desk.step(desk.contact(do.RefuseQuote, cast.reason))
    desk.staff(do.Quote, cast.price, by=owner)
    yield "84-quote-accepted", desk.step(desk.contact(do.Accept))
    desk.file(cast.other_thing)
    yield "85-wished", desk.step(desk.staff(do.AddToCatalogue, cast.drawing, by=owner))
    wished = desk.request
    desk.file(cast.line)
    desk.staff(do.AskScope, cast.reason)
    yield "86-asked-by-the-team", desk.step(desk.staff(do.AcceptOnce, cast.reply, by=desk.request.owner))
    listed = [scope.register((desk.request, wished), desk.voice()), scope.register((), desk.voice())]
    told_ = scope.told((wished, desk.request), desk.voice())
    table_ = [" | ".join(cells) for cells in (told_.columns, *(line.cells for line in told_.lines))]
    yield "87-register", "\n".join([line for a in listed for line in answer(a)] + table_) + "\n"


def rationed(desk: Desk) -> Iterator[tuple[str, str]]:
    """One P1 a month: taken, then none is left, an exception is refused and granted, another one lowered."""
    cast, book = desk.cast, desk.directory.rulebook
    gold = replace(book.agreements["gold@1"], allowance=Allowance(1, "month"))
    desk.directory = replace(desk.directory, rulebook=replace(book, agreements={**book.agreements, "gold@1": gold}))
    desk.at("2026-11-23T09:00")
    line = f"{cast.drawing} !urgent impact:1"
    yield "90-unit-taken", desk.step(desk.file(line))
    first, desk.used = desk.request, 1
    filed = desk.file(line)
    told = answers.filed(filed.events[0], desk.request, desk.voice(), (first,))  # type: ignore[arg-type]
    yield "91-none-left", desk.step(filed) + "\n".join(("=== receipt", *answer(told))) + "\n"
    lead = desk.directory.rulebook.teams[desk.request.team].lead
    yield "92-exception-asked", desk.step(desk.contact(do.AskException, cast.reason))
    yield "93-exception-refused", desk.step(desk.staff(do.RefuseException, cast.reply, by=lead))
    held = desk.request
    desk.now, desk.used = desk.now + timedelta(days=31), 0
    offered = cards.client_card(held, desk.voice())
    yield "93-raised", "\n".join(message(offered)) + "\n" + desk.step(desk.contact(do.Raise))
    desk.now, desk.used, desk.request = desk.now - timedelta(days=31), 1, held
    desk.contact(do.AskException, cast.reason)
    yield "94-exception-granted", desk.step(desk.staff(do.GrantException, cast.reply, by=lead))
    desk.request = first
    yield "95-lowered", desk.step(desk.contact(do.Demote, held.number, other=held))
    which_ = (ration.which(held, (first,), desk.voice()), ration.which(held, (), desk.voice()))
    safe = answers.filed(desk.file(cast.danger).events[0], desk.request, desk.voice())  # type: ignore[arg-type]
    yield "96-which", "\n".join(line for a in (*which_, safe) for line in answer(a)) + "\n"


def corrected(desk: Desk) -> Iterator[tuple[str, str]]:
    """Which rules misled, for who may change them."""
    desk.at("2026-11-23T09:00")
    found = (
        Correction("words", "now", 1, 7, 2, ("HX-1", "HX-4")), Correction("item", "drawings", 2, 0, 0, ("HX-2",)),
        Correction("fact", "stopped.crew", 0, 1, 5), Correction("declared", "", 0, 1, 0), Correction("words", "等着用", 0, 1, 0),
        Correction("due", "due-today", 0, 0, 3),
    )  # fmt: skip
    shown = [corrections.listing(one, desk.now - timedelta(weeks=4), desk.voice()) for one in (found, found[-1:], ())]
    said = [line for one in shown for line in answer(one)]
    yield "97-corrections", "\n".join((*said, text(corrections.most(found[:3], desk.voice())))) + "\n"


def looks(desk: Desk) -> Iterator[tuple[str, str]]:
    """Forms, refusals, help, lists and digests."""
    cast = desk.cast
    desk.at("2026-11-23T09:00")
    desk.file(cast.line)
    desk.staff(do.Take)
    first = desk.request
    desk.file(cast.drawing)
    desk.at("2026-11-23T10:05")
    desk.tick()
    second = desk.request
    desk.file(cast.drawing)
    third = desk.staff(do.AskClient, cast.question).request
    voice = desk.voice()
    verbs = (*forms._TEXT, "assign", "group", "approval", "priority", "snooze", "extend", "edit")
    asked = [forms.form(verb, first, "", voice, offered=desk.items) for verb in verbs]
    asked += [forms.form("form", None, "", voice, offered=desk.items)]
    yield "40-forms", "\n".join(line for f in asked for line in form(f)) + "\n"
    yield "41-refusals", "\n".join(line for a in refusals(desk) for line in answer(a)) + "\n"
    yield (
        "42-help",
        "\n".join(
            line for topic in ("request", "desk") for line in answer(answers.help_text(topic, voice, desk.items))
        ),
    )
    found = (second, first, third)
    shown = [
        lists.queue(found, voice, "Your requests", "You have no open request. /request opens a form."),
        lists.queue((), voice, "Your requests", "You have no open request. /request opens a form."),
        lists.queue(found, voice, "The team's queue", "The queue is empty."),
        answers.draft(cast.line, "", voice),
        answers.which("7", found, voice, "/desk take 7"),
    ]
    yield "43-lists", "\n".join(line for a in shown for line in answer(a)) + "\n"
    yield "44-digests", "\n".join(line for d in digests(desk, first, second, third) for line in message(d)) + "\n"


def followed_up(desk: Desk) -> Iterator[tuple[str, str]]:
    """Who took it is asked about it; a manager reads what was tried; and who will hear next."""
    cast = desk.cast
    desk.at("2026-11-23T09:00")
    desk.file(cast.drawing)
    ahead = ladder.forecast(desk.request, desk.directory, desk.now)
    yield "90-ahead", "\n".join(answer(ladders.ahead(desk.request, ahead, desk.voice()))) + "\n"
    desk.staff(do.Take)
    desk.at("2026-11-23T14:45")
    desk.tick()  # asked, and reminded of other clocks
    asked = next(t for t in desk.request.timers if followup.is_answer(t))
    question = ev.StillAsked(cast.member, asked.due_at or desk.now)
    manager = ev.Reached("escalation", "frt", "answer", "manager", 1, 100, desk.now - timedelta(hours=2), desk.now)
    update = replace(manager, metric="put", kind="reminder", percent=75, due_at=desk.now + timedelta(hours=1))
    before = notices.Before(
        ((cast.member, desk.now - timedelta(hours=3)), (cast.other, desk.now - timedelta(hours=2))),
        Remark(desk.now - timedelta(hours=1), cast.contact, "client", cast.question),
    )
    said = [
        notices.notice(question, desk.request, desk.voice(), "team"),
        notices.notice(ev.ReturnedToQueue("", cast.member), desk.request, desk.voice(), "team"),
        notices.notice(ev.ReturnedToQueue("", cast.member), desk.request, desk.voice(), "team", reader=cast.member),
        notices.notice(ev.NotAnswered(cast.member), desk.request, desk.voice(), "team"),
        notices.notice(ev.Woken(desk.now, cast.reason), desk.request, desk.voice(), "team"),
        notices.gathered(((desk.request, manager),), desk.voice(), cast.manager, {desk.request.id: before}),
        notices.gathered(((desk.request, update),), desk.voice(), cast.member),
    ]  # fmt: skip
    yield "91-asked", "\n".join(line for m in said if m for line in ("===", *message(m))) + "\n"
    yield "92-still-on-it", desk.step(desk.staff(do.StillOnIt))
    yield "93-needs-help", desk.step(desk.staff(do.AskHelp, cast.reason))
    yield "94-held", desk.step(desk.staff(do.Hold, by=cast.manager))
    yield "95-snoozed-with-a-reason", desk.step(desk.staff(do.Snooze, f"2h {cast.reason}"))


def on_duty(desk: Desk) -> Iterator[tuple[str, str]]:
    """Who is on duty, stands in, is away; what is asked of a colleague and answered."""
    cast = desk.cast
    desk.at("2026-11-23T10:00")
    team, now = "supervision", desk.now
    friday = (now + timedelta(days=4), now + timedelta(days=5))
    monday = (now + timedelta(days=7), now + timedelta(days=8))
    cover = Cover(1, team, cast.other, now, now + timedelta(hours=8), cast.member)
    gone = Absence(1, cast.manager, now, now + timedelta(days=2))
    desk.directory = replace(desk.directory, covers=(cover,), absences={cast.manager: (gone,)})
    voice = desk.voice()
    asked = ev.CoverAsked(cast.member, cast.other, team, *friday, "1")
    swap = ev.CoverAsked(cast.member, cast.other, team, *friday, "1", *monday)
    taken = ev.CoverTaken(cast.other, cast.other, team, cast.member, *friday, "1")
    swapped = ev.CoverTaken(cast.other, cast.other, team, cast.member, *friday, "1", *monday)
    refused, ended = (
        ev.CoverRefused(cast.other, cast.member, team, *friday),
        ev.CoverEnded(cast.member, cast.other, team, *friday),
    )
    away = ev.WentAway(cast.member, *friday, cast.reason)
    without = replace(desk.directory, absences={cast.member: (Absence(2, cast.member, *friday),)})
    told = (
        rota.now(("supervision", "office"), voice), rota.turns(("supervision", "office"), voice), rota.asked(asked, voice),
        *(rota.answered(event, voice) for event in (taken, swapped, refused, ended, ev.CameBack(cast.member))),
        *(Answer(rota.notice(event, voice)) for event in (asked, swap, taken, swapped, refused, ended)),
        rota.away(away, ("supervision",), ("HX-1",), without, voice),
    )  # fmt: skip
    yield "96-duty", "\n".join(line for one in told for line in ("===", *answer(one))) + "\n"


def agreements(desk: Desk) -> Iterator[tuple[str, str]]:
    """A version is proposed, accepted, listed, previewed and applied."""
    desk.at("2026-11-23T09:10")
    request = desk.file(desk.cast.drawing).request
    proposed(desk)
    voice, client, key = desk.voice(), desk.cast.client, "gold@2"
    version = desk.directory.rulebook.agreements[key]
    asked = agreed.notice(ev.AgreementProposed("", key, version.hash), client, voice)
    before = agreed.overview({(client, "gold@1"): 1}, voice, may_apply=True)
    desk.directory = replace(desk.directory, accepted={client: {key: Acceptance(desk.cast.contact, desk.now)}})
    voice = desk.voice()
    done = agreed.notice(ev.AgreementAccepted(desk.cast.contact, key, version.hash), client, voice)
    context = desk.context(desk.cast.manager, desk.team_chat)
    after = preview.under_agreement(request, version, context)
    told = (
        Answer(asked), before, agreed.of_client(client, desk.voice()), Answer(done),
        agreed.overview({(client, "gold@1"): 1}, voice, may_apply=True),
        agreed.preview("gold", [(request, version)], [preview.moves(request, after, context)], voice, changed=True),
        agreed.preview("gold", [], [], voice), agreed.applied(1, "gold", "7f3a", voice),
    )  # fmt: skip
    yield "50-agreements", "\n".join(line for one in told for line in ("===", *answer(one))) + "\n"


def proposed(desk: Desk) -> None:
    """The vip's agreement has a second version: half the time to a solution, no 24-hour promise, and a new target."""
    book = desk.directory.rulebook
    first = book.agreements["gold@1"]
    halved = [
        replace(t, goals={rank: goal / 2 for rank, goal in t.goals.items()}) if t.metric == "ttr" else t
        for t in first.targets if t.id != "promise"
    ]  # fmt: skip
    every = replace(first.targets[0], id="total", metric="trt", goals=dict.fromkeys(Priority, timedelta(hours=60)))
    begins = datetime(2027, 1, 1, tzinfo=ZoneInfo(desk.cast.zone)).astimezone(UTC)
    second = replace(first, version=2, targets=(*halved, every), valid_from=begins, proposed=True)
    terms = {**book.terms, "gold": ("gold@1", second.key)}
    ruled = replace(book, agreements={**book.agreements, second.key: second}, terms=terms)
    desk.directory = replace(desk.directory, rulebook=ruled)


def refusals(desk: Desk) -> Iterator[Answer]:
    voice = desk.voice()
    facts: dict[str, Any] = {
        "number": "HX-2", "word": "foo", "priority": 2, "past_at": desk.now.isoformat(), "until_at": desk.now.isoformat(),
        "phrase": desk.cast.due,
        "length": 4100, "limit": 4000, "usage": "/desk take 42", "status": Status.RESOLVED.value,
        "by": desk.cast.member, "since_at": desk.now.isoformat(), "incident": "7f3a",
        "other": "HX-3", "item": "readiness", "need": "permit", "n": 1, "least": "1", "most": "2000",
        "who": desk.cast.other, "wait": timedelta(hours=3, minutes=40), "places": (desk.cast.client, "Olympus"),
        "name": "site.mp4", "size_bytes": 34_100_000, "count": 12,
    }  # fmt: skip
    for code in REFUSALS:
        most = {"limit_bytes": 20_000_000} if code == "file_large" else {}
        yield answers.refused(Refused(code, **facts, **most), voice)
    yield answers.refused(Refused("item_unknown", word="foo"), voice, kept=desk.cast.drawing)
    for command, line in (("request", "!!x printer"), ("desk", "tak 42"), ("desk", "reply 42")):
        asked = grammar.parse(command, line)
        if isinstance(asked, NotUnderstood):
            yield answers.not_understood(asked, voice)
    read = grammar.parse("request", f"!high #drawing {desk.cast.drawing} for:@li impact:team re:17 ~private")
    assert isinstance(read, do.OpenRequest)
    said = understood.line(read, desk.now, "requester_unknown", voice)
    fixes = (Fix("=undated", "/request x"), Fix("=for_me", "/request x"), Fix(f"@{desk.now.isoformat()}", "/request x"))
    failed = Refused("requester_unknown", fixes, word="@li")
    yield answers.refused(failed, voice, kept=desk.cast.drawing, understood=said, draft="kept")
    yield answers.drafts([("one", desk.cast.drawing), ("two", "x" * 400)], voice)
    filed = desk.file(f"{desk.cast.drawing} ~private")
    way = Fix(voice.words("Direct message with me"), "", "https://example.com/me")
    yield answers.filed_apart(filed.events[0], desk.request, voice, [way])  # type: ignore[arg-type]
    empty = grammar.parse("request", "#drawing !high")
    assert isinstance(empty, NotUnderstood)
    yield answers.not_understood(empty, voice)
    yield answers.drafts([], voice)
    yield answers.connected("li", [("one", desk.cast.drawing)], voice)


def digests(desk: Desk, first: Request, second: Request, third: Request) -> Iterator[Message]:
    def line(request: Request, reason: str = "") -> DigestLine:
        due = min((t.due_at for t in request.timers if t.due_at), default=None)
        return DigestLine(
            request.number, request.title, request.client, request.status, request.priority, request.assignee, due,
            request.waiting_for, reason, request.id, request.item, request.missing,
        )  # fmt: skip

    at = desk.now + timedelta(days=1)
    by_kind: dict[str, dict[str, tuple[DigestLine, ...]]] = {
        "client": {"waiting": (line(third),), "resolved": (), "open": (line(first), line(second))},
        "team": {"overdue": (line(second, "nobody took it"),), "today": (line(first),), "snoozed": (line(third),)},
        "manager": {"breaches": (line(second, "nobody took it"),), "risk": (line(first),), "unhappy": (line(third),)},
    }  # fmt: skip
    by_kind["duty"] = {
        "overdue": (line(second, "nobody took it"),),
        "unassigned": (line(first),),
        "left": (line(third),),
    }
    by_kind["person"] = {"overdue": (line(first),), "mine": (line(second),)}
    since = desk.now
    for kind, sections in by_kind.items():
        load = {desk.cast.member: 2, "": 1} if kind == "manager" else {}
        whose = {"client": desk.cast.client, "team": first.team, "duty": first.team}.get(kind, desk.cast.manager)
        changes = {"filed": 3, "solved": 1, "answered": 2, "missed": 1, "reopened": 0}
        last = None if kind == "duty" else since
        yield digest_words.digest(Digest(kind, whose, at, sections, load, since=last, changes=changes), desk.voice())
    kept = (Kept("ack", 38, 40), Kept("frt", 35, 40))
    week = tuple((f"2026-11-{n}", n % 4, n % 3) for n in range(17, 25))
    figures = Figures(
        at - timedelta(days=7), at, 42, 38, week, kept, (5, 10, 20, 3, 2, 0, 0, 1), 41, 60, (4, 6, 8, 3, 2, 1)
    )
    asked = facts(ev.ClientWrote(desk.cast.contact, desk.cast.reply))
    held = (Held(first.id, first.number, first.title, "ClientWrote", asked, desk.now),)
    whole = Digest(
        "manager", desk.cast.manager, at, by_kind["manager"], period="weekly", since=since, totals={"breaches": 14},
        held=held, figures=figures,
    )  # fmt: skip
    yield digest_words.digest(whole, desk.voice())
    yield digest_words.asked(whole, desk.voice(), follows=True)
    none = Figures(figures.since, figures.until, 0, 0, (), (), (0,) * 8, 0, 0, (0,) * 6)
    yield digest_words.digest(
        Digest("team", first.team, at, {}, period="weekly", since=since, figures=none), desk.voice()
    )
    alone = digest_words.picture(whole, desk.voice())
    assert alone is not None
    yield alone


_STORIES = (life, late, looks, waits, intake, menus, followed_up, on_duty, agreements, outside, rationed, corrected)


def told(lang: str) -> dict[str, str]:
    return {name: content for story in _STORIES for name, content in story(Desk(lang))}


@pytest.mark.parametrize("lang", LANGS)
def test_what_people_read(lang: str) -> None:
    folder = GOLDENS / lang
    said = {name: content.rstrip() + "\n" for name, content in told(lang).items()}
    if os.environ.get("DESKBELL_GOLDENS") == "write":
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.txt"):
            old.unlink()
        for name, content in said.items():
            (folder / f"{name}.txt").write_text(content)
    there = {path.stem: path.read_text() for path in sorted(folder.glob("*.txt"))}
    assert sorted(there) == sorted(said)
    for name, content in said.items():
        assert content == there[name], f"{lang}/{name}: read the diff, then DESKBELL_GOLDENS=write"


def test_both_languages_say_the_same_blocks() -> None:
    """Line by line the two goldens have the same shape: nothing is told in one language only."""
    en, zh = told("en"), told("zh-CN")
    for name in en:
        assert [_shape(x) for x in en[name].splitlines()] == [_shape(x) for x in zh[name].splitlines()], name


def _shape(line: str) -> str:
    return line if line.startswith("===") else line.lstrip()[:1] if line.lstrip()[:1] in "#>~[♪·" else ""
