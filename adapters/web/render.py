"""Message -> HTML. Every text of a person passes `Markup.format`, which escapes; no other way leads into the page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, assert_never
from urllib.parse import urlsplit
from zlib import crc32

from markupsafe import Markup, escape
from msgspec import Struct

from adapters.web.messenger import message_of
from core.say.message import (
    Actions,
    Answer,
    Block,
    Bold,
    Button,
    Context,
    Field,
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
    Span,
    Text,
    When,
)
from core.say.words import Words, words

# The dot of a header, drawn by us so that it has the page's own colours; its meaning stands in words beside it.
_DOTS = {
    "🔴": "red",
    "🟠": "orange",
    "🟡": "yellow",
    "🟢": "green",
    "🔵": "blue",
    "🟣": "purple",
    "⚪": "grey",
    "⚫": "grey",
    "✅": "green",
}
_STATES = frozenset({"ok", "risk", "breached", "paused", "met", "missed"})
_HUES = 6
WIDE = 56


class Look(Struct, frozen=True):
    """Who looks: the language of our words, and the zone of chat stamps (empty: the browser's own)."""

    lang: str
    zone: str = ""

    @property
    def say(self) -> Words:
        return words(self.lang)


def message(message: Message, look: Look) -> Markup:
    return _join(block(b, look) for b in message.blocks) + (
        Markup('<p class="context repeat">{}</p>').format(message.repeat) if message.repeat else Markup()
    )


def block(block: Block, look: Look) -> Markup:
    match block:
        case Header(text):
            return _header(text)
        case Paragraph(text):
            return Markup("<p>{}</p>").format(spans(text))
        case Quote(text, by):
            cite = Markup("<cite><bdi>{}</bdi></cite>").format(by) if by else Markup()
            return Markup('<blockquote>{}<p dir="auto">{}</p></blockquote>').format(cite, _lines(text))
        case Fields(pairs):
            rows = (
                Markup("<div{}><dt>{}</dt><dd>{}</dd></div>").format(_wide(text), name, spans(text))
                for name, text in pairs
            )
            return Markup("<dl>{}</dl>").format(_join(rows))
        case Gauge():
            return _gauge(block)
        case Context(text):
            return Markup('<p class="context">{}</p>').format(spans(text))
        case Actions(buttons, more):
            return _actions(buttons, more, look)
        case Picture():
            return _picture(block)
        case _:
            assert_never(block)


def _picture(picture: Picture) -> Markup:
    """It lies in the page itself, so that whoever may read the words sees it, and nobody else."""
    if not picture.png:
        return Markup()
    data = b64encode(picture.png).decode()
    shown = '<figure class="picture"><img src="data:image/png;base64,{}" alt="{}"><figcaption>{}</figcaption></figure>'
    return Markup(shown).format(data, picture.alt, picture.caption)


def _wide(text: Text) -> Markup:
    """A long fact has a row to itself; Chinese letters are twice as wide."""
    width = sum(1 + (c > "\u2e7f") for s in text if not isinstance(s, Mention) for c in s.text)
    return Markup(' class="wide"') if width > WIDE else Markup()


def spans(text: Text) -> Markup:
    return _join(span(s) for s in text)


def span(span: Span) -> Markup:
    match span:
        case Plain(text):
            return Markup("<bdi>{}</bdi>").format(_lines(text)) if _may_turn(text) else _lines(text)
        case Bold(text):
            return Markup("<strong><bdi>{}</bdi></strong>").format(_lines(text))
        case When(at, text):
            return Markup('<time class="when" datetime="{}">{}</time>').format(_iso(at), text)
        case Mention(name, user):
            return Markup('<bdi class="mention" data-user="{}">@{}</bdi>').format(user, name) if user else _name(name)
        case Link(text, url):
            return _link(text, url)
        case _:
            assert_never(span)


def answer(answer: Answer, look: Look) -> Markup:
    """What the asker alone sees under the line that was typed; empty when a toast or field errors say it all."""
    parts: list[Markup] = []
    if answer.message is not None:
        parts.append(
            Markup('<div class="body{}">{}</div>').format(_kind(answer.message), message(answer.message, look))
        )
    if answer.form is not None:
        parts.append(form(answer.form, look, answer.errors or {}))
    return _join(parts)


def form(form: Form, look: Look, errors: Mapping[str, str]) -> Markup:
    intro = Markup('<p class="intro">{}</p>').format(_lines(form.intro)) if form.intro else Markup()
    return Markup(
        '<form class="form" data-token="{token}" novalidate><h4>{title}</h4>{intro}{fields}'
        '<p class="error" role="alert" data-error-for=""></p>'
        '<div class="actions"><button type="submit" class="primary">{submit}</button>'
        '<button type="button" data-cancel>{cancel}</button></div></form>'
    ).format(
        token=form.token,
        title=form.title,
        intro=intro,
        fields=_join(_field(field, errors.get(field.name, ""), form.token, look) for field in form.fields),
        submit=form.submit,
        cancel=form.cancel or look.say("Cancel"),
    )


def entry(chat: str, number: int, body: Mapping[str, Any], look: Look) -> Markup:
    """One entry of a chat: a message of the desk, or the plain words of a person."""
    if body["kind"] == "said":
        return _said(chat, number, body, look)
    said = message_of(body)
    return Markup(
        '<article class="entry desk" data-chat="{chat}" data-entry="{number}" data-loud="{loud}" '
        'aria-label="{summary}">'
        '<span class="avatar bell" aria-hidden="true"></span>'
        '<header><b class="who">{who}</b>{stamp}'
        '<button type="button" class="quiet reply" data-reply aria-label="{reply_to}" title="{reply}"></button>'
        '</header><div class="body{kind}">{blocks}</div></article>'
    ).format(
        chat=chat,
        number=number,
        loud=int(said.loud),
        summary=said.summary,
        who=look.say("Deskbell"),
        stamp=_stamp(body, look),
        reply=look.say("Reply"),
        reply_to=look.say("Reply to: {summary}", summary=said.summary),
        kind=_kind(said),
        blocks=message(said, look),
    )


def hue(person: str) -> int:
    """A stable colour for a person's initials, one of a few that keep contrast."""
    return crc32(person.encode("utf-8", "replace")) % _HUES


def initials(name: str) -> str:
    """Two letters of a Latin name, the last character of a Chinese one (the given name tells people apart)."""
    name = name.strip()
    if not name:
        return "?"
    if name[0] > "\u2e7f":
        return name.split()[0].split("（")[0][-1]
    return "".join(part[0] for part in name.split()[:2]).upper()


def _said(chat: str, number: int, body: Mapping[str, Any], look: Look) -> Markup:
    reference = (
        Markup('<p class="reference" data-of="{}">{}</p>').format(body["reply_to"], look.say("In reply"))
        if body.get("reply_to")
        else Markup()
    )
    name = body["name"] or body["person"]
    return Markup(
        '<article class="entry said" data-chat="{chat}" data-entry="{number}" data-key="{key}" '
        'data-person="{person}">'
        '<span class="avatar hue-{hue}" aria-hidden="true">{initials}</span>'
        '<header><b class="who"><bdi>{name}</bdi></b>{stamp}</header>{reference}'
        '<p class="line" dir="auto">{text}</p></article>'
    ).format(
        chat=chat,
        number=number,
        key=body["key"].removeprefix("web:"),
        person=body["person"],
        hue=hue(body["person"]),
        initials=initials(name),
        name=name,
        stamp=_stamp(body, look),
        reference=reference,
        text=_lines(body["text"]),
    )


def _kind(message: Message) -> str:
    """A message with a header is a card; the colour of its dot marks its edge."""
    for b in message.blocks:
        if isinstance(b, Header):
            return f" card dot-{_DOTS.get(b.text[:1], 'none')}"
    return ""


def _header(text: str) -> Markup:
    colour = _DOTS.get(text[:1])
    if colour is None:
        return Markup("<h4><bdi>{}</bdi></h4>").format(text)
    rest = text[1:].lstrip("\ufe0f ")
    return Markup('<h4><i class="dot {}" aria-hidden="true"></i><bdi>{}</bdi></h4>').format(colour, rest)


def _gauge(gauge: Gauge) -> Markup:
    """A thin bar: the goal is the whole of it, or, once it is overrun, the part before the overrun."""
    state = gauge.state if gauge.state in _STATES else "ok"
    share = max(0.0, gauge.share)
    scale = 100 / max(1.0, share)
    marks = _join(
        Markup('<line x1="{x}" x2="{x}" y1="0" y2="6"/>').format(x=_number(mark * scale))
        for mark in gauge.marks
        if 0 < mark <= max(1.0, share)
    )
    over = (
        Markup('<rect class="over" x="{}" width="{}" height="6"/>').format(_number(scale), _number(100 - scale))
        if share > 1
        else Markup()
    )
    hatch = (
        Markup('<rect width="{}" height="6" fill="url(#hatch)"/>').format(_number(min(share, 1) * scale))
        if state == "paused"
        else Markup()
    )
    return Markup(
        '<div class="gauge {state}"><span class="label">{label}</span>'
        '<span class="bar" role="meter" aria-label="{label}" aria-valuemin="0" aria-valuemax="100" '
        'aria-valuenow="{now}" aria-valuetext="{now} %">'
        '<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="6"/><rect class="spent" width="{spent}" height="6"/>{over}{hatch}'
        '<g class="marks">{marks}</g></svg></span><span class="text"><b>{now}%</b> {text}</span></div>'
    ).format(
        state=state,
        label=gauge.label,
        now=round(share * 100),
        spent=_number(min(share, 1) * scale),
        over=over,
        hatch=hatch,
        marks=marks,
        text=spans(gauge.text),
    )


def bar(share: float, state: str, label: str) -> Markup:
    """The same bar alone, for a row of a list."""
    return _gauge(Gauge(label, share, (), state))


def _actions(buttons: Sequence[Button], more: Sequence[Button], look: Look) -> Markup:
    rare = (
        Markup(
            '<details class="more"><summary aria-label="{0}" title="{0}">•••</summary><div>{1}</div></details>'
        ).format(look.say("More actions"), _join(button(b) for b in more))
        if more
        else Markup()
    )
    return Markup('<div class="actions">{}{}</div>').format(_join(button(b) for b in buttons), rare)


def button(button: Button) -> Markup:
    style = button.style if button.style in ("primary", "danger") else ""
    if button.url:
        if not _is_safe(button.url):
            return Markup('<button type="button" disabled>{}</button>').format(button.label)
        return Markup('<a class="button {}" href="{}" rel="noopener noreferrer">{}</a>').format(
            style, button.url, button.label
        )
    return Markup('<button type="button" class="{}" data-token="{}" data-confirm="{}">{}</button>').format(
        style, button.token, button.confirm, button.label
    )


def _field(field: Field, error: str, token: str, look: Look) -> Markup:
    own = f"f-{token[:24]}-{field.name}"
    facts = Markup('id="{id}" name="{name}" aria-describedby="{id}-h {id}-e"{required}{invalid}').format(
        id=own,
        name=field.name,
        required=Markup(" required") if field.required else Markup(),
        invalid=Markup(' aria-invalid="true"') if error else Markup(),
    )
    match field.kind:
        case "choice":
            blank = Markup('<option value="">{}</option>').format(look.say("Choose…"))
            options = _join(
                Markup('<option value="{}"{}>{}</option>').format(
                    o.value, Markup(" selected") if o.value == field.value else Markup(), o.label
                )
                for o in field.options
            )
            control = Markup("<select {}>{}{}</select>").format(facts, blank, options)
        case "file":
            control = Markup('<input type="file" multiple {}><p class="chips" hidden></p>').format(facts)
        case "paragraph":
            control = Markup('<textarea {} rows="3" maxlength="{}" dir="auto">\n{}</textarea>').format(
                facts, field.max_length, field.value
            )
        case _:
            control = Markup('<input type="text" {} maxlength="{}" value="{}" dir="auto" autocomplete="off">').format(
                facts, field.max_length, field.value
            )
    optional = Markup() if field.required else Markup(" <small>{}</small>").format(look.say("optional"))
    return Markup(
        '<div class="field"><label for="{id}">{label}{optional}</label>{control}'
        '<p class="hint" id="{id}-h">{hint}</p><p class="error" id="{id}-e" data-error-for="{name}">{error}</p></div>'
    ).format(
        id=own, label=field.label, optional=optional, control=control, hint=field.hint, name=field.name, error=error
    )


def _name(name: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(name)


def _link(text: str, url: str) -> Markup:
    """Only the web's own schemes become a link; `javascript:` and `tg:` stay words (faults.md row 90)."""
    if not _is_safe(url):
        return Markup("<bdi>{}</bdi>").format(text)
    return Markup('<a href="{}" rel="noopener noreferrer nofollow"><bdi>{}</bdi></a>').format(url, text)


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.netloc)
    return not parts.scheme and not parts.netloc and url.startswith("/") and url[1:2] not in ("/", "\\")


def _stamp(body: Mapping[str, Any], look: Look) -> Markup:
    first = _moment(body["at"], look)
    if not body.get("edited"):
        return first
    return Markup('{}<span class="edited">{} {}</span>').format(
        first, look.say("updated"), _moment(body["edited"], look)
    )


def _moment(stamp: float, look: Look) -> Markup:
    at = datetime.fromtimestamp(stamp, UTC)
    text = look.say.when(at, look.zone or "UTC", with_zone=not look.zone)
    return Markup('<time class="stamp" datetime="{}">{}</time>').format(_iso(at), text)


def _may_turn(text: str) -> bool:
    """Right-to-left letters and direction marks are kept from turning the words around them (faults.md row 92)."""
    return any("\u0590" <= c <= "\u08ff" or "\u200e" <= c <= "\u206f" or "\ufb1d" <= c <= "\ufefc" for c in text)


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup().join(parts)
