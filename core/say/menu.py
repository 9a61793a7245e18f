"""The catalogue as a menu: its pages, what a search finds, and the card of an item with all one may want to know."""

from __future__ import annotations

from collections.abc import Sequence

from core.model.request import Priority
from core.rulebook.values import Agreement, Client, Detail, Item, in_lang
from core.rules.finding import tag
from core.rules.menu import meant_for, within
from core.say import agreed
from core.say.message import (
    Action,
    Actions,
    Answer,
    Block,
    Bold,
    Button,
    Context,
    Fields,
    Header,
    Message,
    Paragraph,
    Plain,
    Quote,
    Text,
)
from core.say.states import need_name
from core.say.voice import Voice

#: Items of one page, each with its button.
SHOWN = 8

AUDIENCES = {"clients": "for clients", "departments": "for our own departments", "everyone": "for everyone"}
DOERS = {
    "client": "you", "duty": "whoever is on duty", "assignee": "the assignee", "reviewer": "a reviewer",
    "lead": "the team's lead", "owner": "the service owner", "manager": "the manager", "supplier": "the supplier",
}  # fmt: skip
CLASSES = {"vip": "VIP", "external": "External clients", "internal": "Our own departments"}


def listing(items: Sequence[Item], voice: Voice, *, words: str = "", start: int = 0, whole: bool = False) -> Answer:
    """A page of the menu, or of what a search found; `whole` is the team's view of all there is."""
    w = voice.words
    title = w("Found for “{words}”", words=words) if words else w("What you can order")
    if whole and not words:
        title = w("The whole catalogue")
    page = items[start : start + SHOWN]
    blocks: list[Block] = [Header(title), *(Paragraph(_line(item, voice, whole=whole), weight=6) for item in page)]
    if not words:
        blocks.append(Context(w.text("Search by words, pinyin or initials: /request menu words"), weight=2))
    args = (("whole", "1"),) if whole else ()
    buttons = [Button(in_lang(item.name, voice.lang), _show(item, whole=whole)) for item in page]
    if len(items) > start + SHOWN:
        more = (("words", words), ("start", str(start + SHOWN)), *args)
        buttons.append(Button(w("More"), Action("menu", more)))
    elif not whole:
        buttons.append(Button(w("Something else"), Action("other")))
    return Answer(Message(title, (*blocks, Actions(tuple(buttons)))))


def nothing_found(words: str, near: Sequence[Item], voice: Voice, *, whole: bool = False) -> Answer:
    """What comes nearest; and whoever wanted to file it can."""
    w = voice.words
    line = w("Nothing on the menu is called “{words}”.", words=words)
    if near:
        line = w("Nothing on the menu is called “{words}”. Perhaps one of these?", words=words)
    buttons = [Button(in_lang(item.name, voice.lang), _show(item, whole=whole)) for item in near]
    buttons.append(Button(w("Open form with my text"), Action("form", (("text", words),))))
    if not whole:
        buttons.append(Button(w("Something else"), Action("other")))
    return Answer(Message(line, (Paragraph((Plain(line),), weight=9), Actions(tuple(buttons)))), toast=line)


def card(item: Item, agreement: Agreement, client: Client | None, voice: Voice, *, orderable: bool) -> Answer:
    """What one gets, what is needed first, how it goes, and by when it is promised to this client."""
    w = voice.words
    name = in_lang(item.name, voice.lang)
    blocks: list[Block] = [Header(name)]
    if item.about:
        blocks.append(Paragraph((Plain(in_lang(item.about, voice.lang)),), weight=8))
    pairs: list[tuple[str, Text]] = []
    if item.outputs:
        pairs.append((w("You get"), (Plain(w(", ").join(in_lang(one, voice.lang) for one in item.outputs)),)))
    pairs.append((w("Done by"), _done_by(item, voice)))
    if others := [alias for alias in item.aliases if alias != name]:
        pairs.append((w("Also called"), (Plain(w(", ").join(others)),)))
    blocks.append(Fields(tuple(pairs)))
    if item.prerequisites:
        lines = (f"{n}. {need_name(one, voice)}" for n, one in enumerate(item.prerequisites, 1))
        blocks.append(Quote("\n".join(lines), w("Needed from you first")))
    if item.details:
        asked = w(", ").join(_question(one, voice) for one in item.details)
        blocks.append(Paragraph(w.text("Asked with the order: {fields}", fields=asked), weight=5))
    if item.steps:
        steps = (f"{n}. {_step(in_lang(s.name, voice.lang), s.who, voice)}" for n, s in enumerate(item.steps, 1))
        blocks.append(Quote("\n".join(steps), w("How it goes")))
    blocks += _promises(item, agreement, client, voice)
    buttons = [Button(w("Order"), Action("order", (("item", item.id),)), "primary")] if orderable else []
    buttons.append(Button(w("The menu"), Action("menu", () if client else (("whole", "1"),))))
    return Answer(Message(name, (*blocks, Actions(tuple(buttons)))))


def _show(item: Item, *, whole: bool) -> Action:
    return Action("item", (("item", item.id), *((("whole", "1"),) if whole else ())))


def _line(item: Item, voice: Voice, *, whole: bool) -> Text:
    w = voice.words
    name, word = in_lang(item.name, voice.lang), tag(item, voice.lang)
    parts = [f" #{word}"] if word != name else []
    parts += [f" · {in_lang(item.about, voice.lang)}"] if item.about else []
    parts += [f" · {w(AUDIENCES[item.audience])}"] if whole else []
    return (Bold(name), Plain("".join(parts)))


def _done_by(item: Item, voice: Voice) -> Text:
    team = Plain(voice.team(item.team))
    if not item.owner:
        return (team,)
    return voice.words.text("{team}; {owner} answers for it", team=team, owner=Plain(voice.name(item.owner)))


def _question(detail: Detail, voice: Voice) -> str:
    name = in_lang(detail.name, voice.lang)
    return name if detail.required else voice.words("{name} (if you like)", name=name)


def _step(name: str, who: str, voice: Voice) -> str:
    return voice.words("{name} ({who})", name=name, who=voice.words(DOERS[who])) if who else name


def _promises(item: Item, agreement: Agreement, client: Client | None, voice: Voice) -> list[Block]:
    """To a client their own agreement; to the team what each class of clients is promised."""
    w, book = voice.words, voice.directory.rulebook
    usual = Priority(book.matrix[item.impact - 1][item.urgency - 1])
    heading = Bold(w("Promised times (usually {priority})", priority=voice.priority(usual)))
    blocks: list[Block] = [Paragraph((heading,), weight=7)]
    if client is not None:
        blocks += _of(agreement, voice)
    else:
        found: dict[str, list[str]] = {}
        for one in book.clients.values():
            version = voice.directory.agreement_of(one.id, voice.now)
            if _covers(item, version, one):
                found.setdefault(version.key, []).append(w(CLASSES[one.kind]))
        for key, classes in found.items():
            names = w(", ").join(dict.fromkeys(classes))
            blocks.append(Paragraph(w.text("{classes} · {agreement}", classes=Bold(names), agreement=key), weight=6))
            blocks += _of(book.agreements[key], voice)
    if item.prerequisites or any(one.required for one in item.details):
        sentence = "The response counts at once; the solution from when everything that is needed is there."
        blocks.append(Context(w.text(sentence), weight=5))
    return blocks


def _covers(item: Item, version: Agreement, client: Client) -> bool:
    return meant_for(item, client) and within(item, version)


def _of(agreement: Agreement, voice: Voice) -> list[Block]:
    return [
        Paragraph(agreed.promise(target, voice), weight=6)
        for target in agreement.targets
        if target.metric in ("frt", "ttr")
    ]
