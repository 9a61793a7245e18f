"""The forms: what each verb that needs words asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from core.ask import commands as do
from core.ask.commands import Command
from core.ask.marks import parse_request, written
from core.model.request import File, Request
from core.rulebook.values import Detail, Item, in_lang
from core.rules import details, finding
from core.rules.scope import SOMETHING_ELSE
from core.say import criteria, states
from core.say.message import Field, Form, Option
from core.say.voice import Voice

_TEXT = {
    "reply": ("Reply to the client", "Your reply", "Send"),
    "ask": ("Wait for the client", "What do you need from the client?", "Ask"),
    "resolve": ("Resolve", "What was done? The client reads this.", "Resolve"),
    "note": ("Note for the team", "Only the team sees this.", "Keep"),
    "add": ("Add information", "What should we know?", "Add"),
    "answer": ("Answer", "Your answer", "Send"),
    "unsolved": ("Not solved", "What is still missing?", "Reopen"),
    "reopen": ("Reopen", "Why is it opened again?", "Reopen"),
    "supplier": ("Hand to a supplier", "To whom, and what for? Only the team sees this.", "Hand over"),
    "schedule": ("Propose a date", "By when? For example: fri 17:00, 2026-12-01 12:00", "Propose"),
    "refuse": ("Refuse", "Why? The client reads this.", "Refuse"),
    "review": ("Submit for review", "What is delivered? The client reads this once it has passed.", "Submit"),
    "fail": ("Send back", "What has to be better? Only the team sees this.", "Send back"),
    "pause": ("Pause the clocks", "Why? The client reads this.", "Pause clocks"),
    "force": ("Force majeure", "What happened? The client reads this.", "Ask a colleague"),
    "waive": ("Withdraw the agreement", "Why does it no longer hold? Only the team sees this.", "Ask a colleague"),
    "decline": ("Decline", "Why can't it be done? The client reads this.", "Decline"),
    "outside": ("Outside the agreement", "Why? The service owner decides; only the team sees this.", "Ask"),
    "once": ("Do it once", "Why? It is kept in the scope register, and the client reads it.", "Do it"),
    "quote": ("Quote", "What, and for how much? The client reads it and accepts or declines.", "Send the quote"),
    "include": (
        "Add to the catalogue",
        "Under which name? This one is done; the name goes to the administrator.",
        "Add",
    ),
    "exception": ("Ask for an exception", "Why must it be P1 all the same? The team's lead decides.", "Ask"),
    "grant": ("Grant P1", "Why? It is kept, and the client reads it.", "Grant"),
    "deny": ("Refuse P1", "Why not? The client reads this.", "Refuse"),
    "refuse_quote": ("Decline the quote", "Why? You may leave it empty.", "Decline"),
    "merge": ("Merge into another request", "Its number", "Merge"),
    "split": ("Split off a part", "What is the new request about?", "Split off"),
    "adjust": ("Another date", "Wished by when? For example: fri 17:00, 3 business days", "Save"),
}
#: verb of one text -> the command that it fills
_SAYS: dict[str, Callable[[str, str], Command]] = {
    "reply": do.Reply, "ask": do.AskClient, "resolve": do.Resolve, "note": do.Note, "add": do.AddInformation,
    "answer": do.AddInformation, "unsolved": do.Reopen, "reopen": do.Reopen, "supplier": do.HandToSupplier,
    "schedule": do.OfferDate, "refuse": do.RefuseApproval, "review": do.SubmitReview, "fail": do.FailReview,
    "pause": do.Pause, "force": do.DeclareForceMajeure, "waive": do.WithdrawAgreement, "decline": do.Decline,
    "merge": do.Merge, "split": do.Split, "outside": do.AskScope, "once": do.AcceptOnce, "quote": do.Quote,
    "include": do.AddToCatalogue, "refuse_quote": do.RefuseQuote,
    "exception": do.AskException, "grant": do.GrantException, "deny": do.RefuseException,
}  # fmt: skip
#: Verbs of one text that files may come with, and what they become.
_TAKES_FILES = frozenset({"add", "answer", "reply", "note"})
_WITH_FILES = (do.AddInformation, do.Reply, do.Note)
#: What brings a file -> how it is asked for.
HANDED = {
    "upload": "Choose the file here, or write where it lies.",
    "answer": "Send the file as an answer to this message or to the card, or write where it lies.",
    "mention": "Mention me in the thread of the card with the file attached, or write where it lies.",
    "": "Write where it lies, for example a link to it.",
}
#: Before the id of an item's field, so that it is never taken for one of ours.
DETAIL = "detail-"
FORMS = frozenset({*_TEXT, "assign", "reassign", "priority", "snooze", "extend", "form", "edit", "approval", "group"})


def form(
    verb: str, request: Request | None, token: str, voice: Voice, text: str = "", *, what: str = "",
    offered: Sequence[Item] = (), files: str = "answer",
) -> Form:  # fmt: skip
    """The questions of a verb; `text` is what is known already. `what` is the item that is ordered or the thing that is
    supplied, `offered` is what whoever asks may order."""
    if verb in _TEXT:
        return _words(verb, request, token, voice, text, files)
    if verb in _CHOSEN:
        return _chosen(verb, request, token, voice)
    if verb == "order":
        return _order(voice.directory.rulebook.items[what], token, voice, files)
    if verb == "have" and request is not None:
        return _have(request, what, token, voice, files)
    return _filing(request, token, voice, text, offered, what, files)


def _words(verb: str, request: Request | None, token: str, voice: Voice, text: str, files: str) -> Form:
    """A verb that needs words."""
    w = voice.words
    title, label, submit = _TEXT[verb]
    field = Field("text", w(label), "paragraph", value=text, required=verb not in ("reopen", "refuse_quote"))
    fields = (field, *(_upload(voice, files) if verb in _TAKES_FILES else ()))
    heading = f"{w(title)} {request.number if request else ''}".strip()
    return Form(token, heading, w(submit), fields, w("Cancel"), _intro(request))


def _chosen(verb: str, request: Request | None, token: str, voice: Voice) -> Form:
    """A verb that needs a choice."""
    w = voice.words
    title, submit, asks = _CHOSEN[verb]
    heading = w(title, number=request.number if request else "")
    return Form(token, heading, w(submit), asks(request, voice), w("Cancel"), _intro(request))


def _assignee(request: Request | None, voice: Voice) -> tuple[Field, ...]:
    return (Field("person", voice.words("To whom?"), "choice", options=_colleagues(request, voice)),)


def _approver(request: Request | None, voice: Voice) -> tuple[Field, ...]:
    w = voice.words
    who = Field("person", w("Who approves?"), "choice", options=_colleagues(request, voice, everybody=True))
    return who, Field("text", w("What should they know? Only the team sees this."), "text", max_length=300)


def _team(request: Request | None, voice: Voice) -> tuple[Field, ...]:
    teams = voice.directory.rulebook.teams
    options = tuple(Option(t, voice.team(t)) for t in teams if not request or t != request.team)
    return (Field("team", voice.words("Which team?"), "choice", options=options),)


def _level(request: Request | None, voice: Voice) -> tuple[Field, ...]:
    w = voice.words
    levels = tuple(Option(f"p{n}", voice.priority(n)) for n in range(1, 5))
    level = Field("level", w("Priority"), "choice", options=levels, value=f"p{request.priority}" if request else "")
    return level, Field("reason", w("Why? The client reads this."), "text", max_length=300)


def _until(_: Request | None, voice: Voice) -> tuple[Field, ...]:
    w = voice.words
    spans = (("30m", w("30 minutes")), ("2h", w("2 hours")), ("tomorrow 9:00", w("Tomorrow 9:00")))
    until = Field("until", w("Remind me in"), "choice", options=tuple(Option(v, t) for v, t in spans))
    return until, Field("reason", w("Why? Only the team sees this."), "text", required=False, max_length=300)


def _span(_: Request | None, voice: Voice) -> tuple[Field, ...]:
    w = voice.words
    spans = (("1h", w("1 hour")), ("2h", w("2 hours")), ("4h", w("4 hours")), ("8h", w("8 hours")))
    options = tuple(Option(v, t) for v, t in spans)
    span = Field("span", w("How much longer (working time)?"), "choice", options=options)
    return span, Field("reason", w("Reason"), "text", max_length=300)


#: verb -> (title, submit, what it asks)
_CHOSEN: dict[str, tuple[str, str, Callable[[Request | None, Voice], tuple[Field, ...]]]] = {
    "assign": ("Assign {number}", "Assign", _assignee), "reassign": ("Assign {number}", "Assign", _assignee),
    "approval": ("Approval of {number}", "Ask", _approver), "group": ("Assign {number}", "Assign", _team),
    "priority": ("Priority of {number}", "Change", _level), "snooze": ("Snooze {number}", "Snooze", _until),
    "extend": ("Extend {number}", "Extend", _span),
}  # fmt: skip


def _upload(voice: Voice, files: str) -> tuple[Field, ...]:
    """Where files can be chosen in a form, a place for them."""
    return (Field("files", voice.words("Files"), "file", required=False),) if files == "upload" else ()


def detail(one: Detail, voice: Voice, *, asked: bool) -> Field:
    """A field of an item as a question; `asked` says that an answer is expected of everybody who comes here."""
    w = voice.words
    label = in_lang(one.name, voice.lang)
    options = tuple(Option(option.id, in_lang(option.name, voice.lang)) for option in one.options)
    hint = in_lang(one.hint, voice.lang) if one.hint else ""
    if one.kind == "date":
        hint = hint or w("for example: 2026-12-01, fri, tomorrow")
    if one.kind == "number":
        hint = hint or _bounds(one, voice)
    kind = "choice" if options else "text"
    return Field(f"{DETAIL}{one.id}", label, kind, hint, options=options, required=asked, max_length=details.LIMIT)


def _bounds(one: Detail, voice: Voice) -> str:
    least, most = (details.plain(n) if n is not None else "" for n in (one.least, one.most))
    if least and most:
        return voice.words("a number from {least} to {most}", least=least, most=most)
    return voice.words("a number")


def _order(item: Item, token: str, voice: Voice, files: str) -> Form:
    """An order from the menu: what it is about, and the item's own fields."""
    w = voice.words
    name = in_lang(item.name, voice.lang)
    title, *rest = _usual(voice, "", "", item)
    title = replace(title, label=w("What is it about?"), hint=w("in one line: what, and where"))
    needed = w(", ").join(states.need_name(one, voice) for one in item.prerequisites)
    fields = (title, *(detail(one, voice, asked=one.required) for one in item.details), *rest, *_upload(voice, files))
    return Form(
        token, w("Order: {item}", item=name), w("Order"), fields, w("Cancel"),
        w("Needed from you first: {needs}", needs=needed) if needed else "",
    )  # fmt: skip


def _have(request: Request, what: str, token: str, voice: Voice, files: str) -> Form:
    """What a tick alone does not answer: where a file lies, or the answer to a field."""
    w = voice.words
    item = voice.directory.rulebook.items.get(request.item)
    found = next((one for one in item.needs if one.id == what), None) if item else None
    if isinstance(found, Detail):
        fields: tuple[Field, ...] = (replace(detail(found, voice, asked=True), name="text"),)
        intro = ""
    else:
        intro, upload = w(HANDED[files]), _upload(voice, files)
        told = Field("text", w("Where it lies, or what you send"), "text", max_length=300, required=not upload)
        fields = (*upload, told)
    name = f"{request.number} · {voice.need(request.item, what)}"
    return Form(token, name, w("Send"), fields, w("Cancel"), intro)


def _filing(
    request: Request | None, token: str, voice: Voice, text: str, offered: Sequence[Item], what: str, files: str
) -> Form:
    w = voice.words
    items = voice.directory.rulebook.items
    there = [items[request.item]] if request and request.item in items else []
    choice = tuple(dict.fromkeys(item.id for item in (*there, *offered)))
    usual = next((item.id for item in offered if item.default), "")
    first = request.item if request else usual
    choices = tuple(Option(id_, in_lang(items[id_].name, voice.lang)) for id_ in choice)
    read = _read(text) if request is None else None
    if read is not None and (item := finding.named(read.item, voice.directory.rulebook)) and item.id in choice:
        first = item.id
    if read is not None:
        text = written(replace(read, item="", due=""))
    if request is None and choices:
        choices, first = (*choices, Option(SOMETHING_ELSE, w("Something else"))), what or first
    head, _, more = (f"{request.title}\n{request.description}" if request else text).partition("\n")
    title, *rest = _usual(voice, head, more.strip())
    rest = [replace(field, value=read.due) if read and field.name == "due" else field for field in rest]
    service = Field("item", w("Service"), "choice", options=choices, value=first, required=False)
    about = next(field for field in rest if field.name == "description")
    known = items[first] if read is not None and read.item and first in items else None
    own = tuple(detail(one, voice, asked=False) for one in known.details) if known else ()
    after = (*rest, *_upload(voice, files)) if request is None else (about,)
    fields = (title, *((service,) if choices else ()), *own, *after)
    heading = w("Edit {number}", number=request.number) if request else w("New request")
    return Form(token, heading, w("Save") if request else w("File"), fields, w("Cancel"))


def _read(text: str) -> do.OpenRequest | None:
    """A line with marks, as far as it is understood; None where there is no line yet."""
    asked = parse_request(text)
    return asked if isinstance(asked, do.OpenRequest) else asked.understood


def _usual(voice: Voice, title: str, description: str, item: Item | None = None) -> tuple[Field, ...]:
    """What every request is asked: what it is about, the facts that make its priority, what else, and by when."""
    w = voice.words
    example = w("for example: Projector broken in room 4")
    return (
        Field("title", w("What do you need?"), "text", example, title, max_length=2900),
        *criteria.fields(item, voice),
        Field("description", w("Anything else we should know"), "paragraph", value=description, required=False),
        Field("due", w("Wished by"), "text", w("for example: tomorrow 17:00, fri, +2d"), required=False, max_length=60),
    )


def _intro(request: Request | None) -> str:
    return f"{request.number} {request.title}" if request else ""


def _colleagues(request: Request | None, voice: Voice, *, everybody: bool = False) -> tuple[Option, ...]:
    """The people of its team; of the whole house, the managers first, where an approval is asked for."""
    teams = voice.directory.rulebook.teams
    team = teams[request.team] if request else next(iter(teams.values()))
    people = dict.fromkeys((*team.duty, *team.members, team.lead, team.backup, team.manager))
    if everybody:
        house = (p.id for p in voice.directory.rulebook.people.values() if not p.client)
        people = dict.fromkeys((team.manager, request.owner if request else "", *house))
    return tuple(Option(p, voice.name(p)) for p in people if p and p != (request.assignee if request else ""))


def answered(values: Mapping[str, str]) -> dict[str, str]:
    """The answers to an item's own fields, by their ids."""
    return {name[len(DETAIL) :]: said for name, said in values.items() if name.startswith(DETAIL)}


def command(verb: str, number: str, values: dict[str, str], *, what: str = "", files: tuple[File, ...] = ()) -> Command:
    """What a filled form asks for."""
    text = values.get("text", "").strip()
    if verb in _SAYS:
        said = _SAYS[verb](number, text)
        return replace(said, files=files) if files and isinstance(said, _WITH_FILES) else said
    match verb:
        case "have":
            return do.Supply(number, text, what, files)
        case "approval":
            return do.AskApproval(number, values["person"], text)
        case "group":
            return do.AssignGroup(number, values["team"])
        case "assign" | "reassign":
            return do.Assign(number, values["person"])
        case "priority":
            return do.SetPriority(number, values["level"], values.get("reason", ""))
        case "snooze":
            return do.Snooze(number, values["until"], values.get("reason", ""))
        case "extend":
            return do.Extend(number, values["span"], values.get("reason", ""))
        case "adjust":
            return do.EditRequest(number, due=text)
        case "edit":
            return do.EditRequest(
                number, values.get("title", ""), values.get("description", ""), values.get("item", "")
            )
        case _:
            title, description = values.get("title", "").strip(), values.get("description", "").strip()
            item = what if verb == "order" else values.get("item", "") or what
            opened = do.OpenRequest(
                title[:120], "\n".join(p for p in (title[120:], description) if p), item,
                due=values.get("due", "").strip(), original=title, facts=criteria.given(values),
                details=answered(values),
                files=files,
            )  # fmt: skip
            read = _read(title)  # marks that have no field of their own may stand before the title
            if read is None or read.item or read.due or len(title) > 120:
                return opened
            return replace(
                opened, title=read.title, level=read.level, requester=read.requester, impact=read.impact, about=read.about,
                private=read.private,
            )  # fmt: skip
