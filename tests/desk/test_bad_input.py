"""Every bad input has a clear answer in the person's language, and nothing that was typed is lost."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.store import tables as t
from tests.desk.stage import Stage, token, words

LONG = "字 word " * 1300  # beyond 8,000 characters


@dataclass(frozen=True)
class Bad:
    """A line that cannot be carried out: who says it where, the code of its answer, what must not be lost of it."""

    name: str
    line: str
    code: str
    kept: str = ""
    staff: bool = False
    chat: str = ""


BAD = (
    Bad("unknown verb", "/desk frobnicate HX-1", "E-VERB", "frobnicate HX-1", staff=True),
    Bad("near-miss verb", "/request stauts 1", "E-VERB", "stauts 1"),
    Bad("verb without its number", "/desk take", "E-USE", "take", staff=True),
    Bad("verb without its words", "/desk reply 1", "E-USE", "reply 1", staff=True),
    Bad("unknown service", "/request The router is broken #netwrk", "E-SVC", "The router is broken #netwrk"),
    Bad("unknown level", "/request The router is broken !hihg", "E-PRI", "The router is broken !hihg"),
    Bad("unknown requester", "/request A chair for:nobody", "E-WHO", "A chair for:nobody"),
    Bad("unknown colleague", "/desk assign HX-1 @nobody", "E-WHO", "@nobody", staff=True),
    Bad("a colleague of another house", "/desk assign HX-1 @olga", "E-WHO", "@olga", staff=True),
    Bad("unknown number", "/request add 99 It leaks again", "E-NUM", "It leaks again"),
    Bad("unknown number, staff", "/desk reply 99 We are on our way", "E-NUM", "We are on our way", staff=True),
    Bad("a number of many digits", "/request status 999999999", "E-NUM"),
    Bad("another client's number", "/request add OT-1 It leaks again", "E-NUM", "It leaks again"),
    Bad("another client's number, to look at", "/request status OT-1", "E-NUM"),
    Bad("text over the limits", f"/request {LONG}", "E-LEN", LONG.strip()),
    Bad("plain words over the limits", LONG, "E-LEN", LONG.strip(), chat="direct"),
    Bad("a reply over the limits", f"/desk reply HX-1 {LONG}", "E-LEN", LONG.strip(), staff=True),
    Bad("empty text", "/request !high", "E-EMPTY", "!high"),
    Bad("empty text with everything else", "/request #network due:fri", "E-EMPTY", "#network due:fri"),
    Bad("a date in the past", "/request A chair due:2026-01-01", "E-DUE-PAST", "A chair due:2026-01-01"),
    Bad("yesterday", "/request A chair due:yesterday", "E-DUE-PAST", "A chair due:yesterday"),
    Bad("a date that is none", "/request A chair due:2026-02-30", "E-DUE", "A chair due:2026-02-30"),
    Bad("a time that may mean two", "/request A chair due:11:00", "", ""),
    Bad("snoozed to the past", "/desk snooze HX-1 2020-01-01", "E-DUE", "2020-01-01", staff=True),
    Bad("extended by no time", "/desk extend HX-1 soon because we wait", "E-DUE", "because we wait", staff=True),
    Bad("not theirs to do", "/desk take 1", "E-NUM E-RIGHT"),
    Bad("the team's queue, asked by a client", "/desk queue", "E-RIGHT"),
    Bad("a code that is wrong", "/request bind abc", "E-LINK"),
    Bad("a language we do not speak", "/request lang tlh", "E-LANG"),
    Bad("a chat that is not set up", "/request A chair", "E-WHERE", "A chair", chat="nowhere"),
    Bad("not now", "/request accept 1", "E-STALE"),
    Bad("nothing to take back", "/request undo 1", "E-UNDO"),
)
PEOPLE = {"en": ("emma", "li"), "zh": ("bao", "wang")}


def _is_chinese(text: str) -> bool:
    return any("一" <= c <= "鿿" for c in text)


@pytest.fixture
async def furnished(stage: Stage) -> Stage:
    """One request of each client; Wang speaks Chinese here."""
    await stage.says("olga", "other", "/request Another client's matter")
    await stage.says("stranger", "client", "/request Somebody's matter", lang="en")
    await stage.says("wang", "team", "/desk lang zh")
    return stage


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name.replace(" ", "-"))
async def test_bad_input_is_answered_and_kept(furnished: Stage, bad: Bad, lang: str) -> None:
    stage = furnished
    client, member = PEOPLE[lang]
    person = member if bad.staff else client
    chat = {"direct": f"@{person}", "nowhere": "nowhere"}.get(bad.chat, "team" if bad.staff else "client")
    if bad.chat == "nowhere":
        person = "nobody-known"
    before = stage.counts(t.RequestRow, t.JournalRow)
    answer = await stage.says(person, chat, bad.line, lang="zh-CN" if lang == "zh" else "en")
    said = words(answer)
    if not bad.code:
        assert "HX-" in said
        return
    assert any(code in said for code in bad.code.split()), said
    assert stage.counts(t.RequestRow, t.JournalRow) == before
    drafts = [str(row["content"].get("text", "")) for row in stage.rows(t.DraftRow)]
    assert bad.kept in said or any(bad.kept in draft for draft in drafts), said
    summary = answer.message.summary if answer.message else answer.toast
    own = summary.replace(bad.kept, "").replace(bad.line, "")
    assert _is_chinese(own) == (lang == "zh"), summary
    assert "{" not in own, "a hole that was not filled"


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_form_with_a_text_over_the_limits_gives_it_back(furnished: Stage, lang: str) -> None:
    person = PEOPLE[lang][0]
    form = (await furnished.says(person, "client", "/request")).form
    assert form is not None
    long = "x" * 9000
    answer = await furnished.fills(person, "client", form.token, {"title": "Crane", "description": long})
    assert set(answer.errors or {}) == {"description"}
    assert _is_chinese((answer.errors or {})["description"]) == (lang == "zh")
    other = await furnished.fills(person, "client", form.token, {"title": long})
    assert "E-LEN" in words(other)
    assert any(long in str(row["content"]) for row in furnished.rows(t.DraftRow))


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_an_empty_form_says_which_question_is_open(furnished: Stage, lang: str) -> None:
    person = PEOPLE[lang][0]
    form = (await furnished.says(person, "client", "/request")).form
    assert form is not None
    answer = await furnished.fills(person, "client", form.token, {"title": " ", "due": "fri"})
    assert set(answer.errors or {}) == {"title"}
    assert _is_chinese((answer.errors or {})["title"]) == (lang == "zh")


@pytest.mark.parametrize(
    "typed",
    [
        "\x00",
        "\ud800\udfff",
        "\u202e",
        "a\x00b",
        "👩‍👩‍👧‍👦",
        "<!channel> <b>&amp;",
        "'; DROP TABLE request; --",
        "%s {title}",
        "\u200b",
    ],
)
@pytest.mark.parametrize("command", ["/request", "/desk", ""])
async def test_odd_characters_are_words_like_any_other(furnished: Stage, command: str, typed: str) -> None:
    """Whatever comes is answered: filed, asked about or refused, and the desk goes on."""
    person, chat = ("li", "team") if command == "/desk" else ("emma", "client")
    answer = await furnished.says(person, chat, f"{command} {typed}".strip() if command else typed)
    assert words(answer).strip()
    assert "HX-" in words(await furnished.says("emma", "client", "/request And now?"))


async def test_an_example_is_nothing_to_press_and_the_form_of_what_was_named_is(stage: Stage) -> None:
    """`/desk resolve 1` lacks its words: the form of HX-1 is a press away, and it stands in the example."""
    await stage.says("emma", "client", "/request Crane stands still")
    asked = await stage.says("li", "team", "/desk 解决 1")
    assert "/desk 解决 1 text" in words(asked)
    assert asked.message is not None
    assert [b.action.verb for b in asked.message.buttons()] == ["resolve"]
    form = await stage.presses("li", "team", token(asked, "resolve"))
    assert form.form is not None
    done = await stage.fills("li", "team", form.form.token, {"text": "It turns again"})
    assert "(E-" not in words(done)
    bare = await stage.says("li", "team", "/desk take")
    assert bare.message is not None
    assert not list(bare.message.buttons())
