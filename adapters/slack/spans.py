"""Spans as Slack's text objects, with everything typed shown as it was typed.

Slack's mrkdwn has no escape for `*`, `_`, `~`, a backtick, a leading `>` or `:name:`; only `& < >` can be escaped. So
text in which such a sign could work never becomes mrkdwn: it goes into `plain_text`, or into `rich_text`, where
style is data and nothing is parsed. mrkdwn (always `verbatim`, so that URLs and names stay words) is left for harmless
text.
"""

from __future__ import annotations

import re
from typing import assert_never

from msgspec.structs import replace

from adapters.slack.payload import Json
from adapters.slack.text import ELLIPSIS, HIDDEN, clean, cut, escape, size
from core.say.message import Bold, Link, Mention, Plain, Span, Text, When

URL = 3000
LOOK_ALIKES = str.maketrans("*_~`>:", "∗＿∼ˋ›∶")

_SIGN = re.compile(r"[*_~`>:]")  # without one of these there is no markup, which most texts show at once
_MARKUP = re.compile(r"[*_~`]|^>|:[\w+'-]+:", re.MULTILINE)
_USER = re.compile(r"[UW][A-Z0-9]+")
_WEB = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_WORDS = frozenset({Plain, When})
_ROOM = 5  # no sign becomes more than five


# --- what a text is --------------------------------------------------------------------------------------------------


def is_plain(text: Text) -> bool:
    """Nothing but words, as most texts are."""
    return _WORDS.issuperset(map(type, text))


def has_markup(text: str) -> bool:
    return _SIGN.search(text) is not None and _MARKUP.search(text) is not None


def has_words(text: Text) -> bool:
    return bool(words(text).strip()) or any(isinstance(span, Mention) and span.user for span in text)


def is_harmless(text: Text) -> bool:
    """No sign of mrkdwn in what is shown, and blanks around what we make bold: Slack needs them, Chinese has none."""
    shown = [clean(span.text) for span in text]
    if has_markup("".join(shown)):
        return False
    for n, span in enumerate(text):
        if isinstance(span, Bold) or (isinstance(span, Mention) and not _works(span)):
            before, after = shown[n - 1][-1:] if n else "", shown[n + 1][:1] if n + 1 < len(shown) else ""
            if not _is_edge(before) or not _is_edge(after) or "\n" in shown[n].strip():
                return False
    return True


def _is_edge(sign: str) -> bool:
    return sign == "" or sign.isspace() or sign in ".,:;!?()"


def is_live(span: Span) -> bool:
    """Whether it is more than words: something to press, somebody who is called."""
    return isinstance(span, Link | Mention) and _works(span)


def _works(span: Link | Mention) -> bool:
    """Whether Slack can make something of it: an id of its own, a web address."""
    if isinstance(span, Mention):
        return _USER.fullmatch(span.user) is not None
    return _WEB.fullmatch(span.url) is not None and len(span.url) <= URL and not HIDDEN.search(span.url)


def words(text: Text) -> str:
    return clean("".join([span.text for span in text]))


# --- text objects ----------------------------------------------------------------------------------------------------


def plain_text(text: str, limit: int) -> Json:
    return {"type": "plain_text", "text": cut(clean(text).strip(), limit) or ELLIPSIS, "emoji": False}


def text_object(text: Text, limit: int) -> Json:
    """mrkdwn where its signs are ours alone; else plain text, in which nothing works."""
    if not is_plain(text):
        if is_harmless(text):
            return _mrkdwn(fit(text, limit), limit)
        if any(map(is_live, text)):
            return _mrkdwn(fit(tuple(_look_alike(span) for span in text), limit), limit)
    return plain_object(text, limit)


def plain_object(text: Text, limit: int) -> Json:
    shown = words(text)
    return plain_text(shown if _ROOM * len(shown) <= limit else words(fit(text, limit)), limit)


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _mrkdwn(text: Text, limit: int) -> Json:
    marked = "".join([_mark(span) for span in text])
    # A guard: markup is never cut, so what still does not fit loses its markup.
    return mrkdwn(marked if size(marked) <= limit else cut(re.sub(r"[<>*]", "", marked), limit))


def _mark(span: Span) -> str:
    match span:
        case Plain() | When():
            return escape(clean(span.text))
        case Bold():
            inner = escape(clean(span.text).strip())
            return f"*{inner}*" if inner else ""
        case Mention():
            return f"<@{span.user}>" if _works(span) else f"*{escape(clean(span.name).strip())}*"
        case Link():
            return f"<{_address(span.url)}|{escape(_line(span.text))}>" if _works(span) else escape(clean(span.text))
        case _:
            assert_never(span)


def _look_alike(span: Span) -> Span:
    """The last resort, for a live mention beside such a sign in small print: signs that only look the same."""
    if isinstance(span, Mention):
        return span if _works(span) else Plain(span.name.translate(LOOK_ALIKES))
    text = span.text.translate(LOOK_ALIKES)
    return Plain(text) if isinstance(span, Bold) else replace(span, text=text)


def _address(url: str) -> str:
    return escape(url).replace("|", "%7C")


def _line(text: str) -> str:
    return " ".join(clean(text).replace("|", "¦").split())


# --- rich text -------------------------------------------------------------------------------------------------------


def rich_span(span: Span) -> Json:
    match span:
        case Plain() | When():
            return rich_text(clean(span.text))
        case Bold():
            return rich_text(clean(span.text), bold=True)
        case Mention():
            return {"type": "user", "user_id": span.user} if _works(span) else rich_text(clean(span.name), bold=True)
        case Link():
            text = _line(span.text) or span.url
            return {"type": "link", "url": span.url, "text": text} if _works(span) else rich_text(clean(span.text))
        case _:
            assert_never(span)


def rich_text(text: str, *, bold: bool = False) -> Json:
    made: Json = {"type": "text", "text": text or " "}
    return {**made, "style": {"bold": True}} if bold else made


# --- measures --------------------------------------------------------------------------------------------------------


def fit(text: Text, limit: int) -> Text:
    """Within the limit at the cost of its longest plain words; times, people and links stay whole."""
    # No markup of a span is longer than eight.
    if sum([_ROOM * _length(span) + 8 for span in text]) <= limit:
        return text
    for _ in text:
        over = sum(size(_mark(span)) for span in text) - limit
        longest = longest_words(text) if over > 0 else None
        if longest is None:
            break
        shown = clean(longest.text)
        shorter = replace(longest, text=cut(shown, max(1, size(escape(shown)) - over), escaped=True))
        text = tuple(shorter if span is longest else span for span in text)
    return text


def longest_words(text: Text) -> Plain | Bold | None:
    """Its longest part that may be shortened."""
    return max((span for span in text if isinstance(span, Plain | Bold)), key=lambda span: len(span.text), default=None)


def _length(span: Span) -> int:
    if isinstance(span, Mention):
        return len(span.name) + len(span.user)
    return len(span.text) + len(span.url) if isinstance(span, Link) else len(span.text)
