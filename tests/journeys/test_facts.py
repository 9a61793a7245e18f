"""The form asks facts, never how urgent somebody is; written criteria make a priority of them, and say so."""

from __future__ import annotations

from core.model.request import Request
from core.store import requests as rows
from tests.journeys.play import Play, rewritten

ITEM = 'team = "site"\n\n[items.general]\n'
CRITERIA = """team = "site"

[items.it.criteria]
ask = ["users", "deadline"]
[items.it.criteria.users]
question = { "zh-CN" = "多少用户上不了网？", en = "How many users are offline?" }
[items.it.criteria.users.answers.one]
label = { "zh-CN" = "一个用户断网", en = "one user offline" }
impact = 3
[items.it.criteria.users.answers.floor]
label = { "zh-CN" = "整层断网", en = "a whole floor offline" }
impact = 2

[items.general]
"""


async def _request(play: Play, number: str) -> Request:
    found: list[Request] = await play.program.desk.run(lambda c: rows.by_numbers(c, [number]))
    return found[0]


async def _fills(play: Play, person: str, title: str, facts: dict[str, tuple[str, str]]) -> None:
    """The whole form where a platform has one; else the questions one by one. A fact is (value, label)."""
    if play.stand.name == "telegram":
        values = {"title": title} | {name: label for name, (_, label) in facts.items()}
    else:
        values = {"title": title} | {f"fact-{name}": value for name, (value, _) in facts.items() if value != "-"}
    await play.fills(person, "client", values)


async def test_facts_make_the_priority_and_the_reason(play: Play) -> None:
    await play.says("emma", "client", "/request")
    await _fills(
        play, "emma", "Concrete delivery is wrong",
        {
            "safety": ("no", "No"), "stopped": ("crew", "One crew or team"), "people": ("-", "I can't say"),
            "deadline": ("tomorrow", "Tomorrow"),
        },
    )  # fmt: skip
    sentence = "P2 high · one crew or team stopped (impact 2) × deadline tomorrow (urgency 2)"
    for chat in ("client", "team"):
        card = await play.sees(chat, "HX-1", "Status", "one crew or team stopped")
        assert sentence in card.words.replace("*", "")
    why = await play.says("emma", "client", "/request why 1")
    assert sentence in why.words.replace("*", "")
    assert (
        "Stated: Is anybody in danger? No · Has work stopped? One crew or team · Is there a deadline? Tomorrow"
        in why.words
    )
    request = await _request(play, "HX-1")
    assert (request.reasons.impact_cue, request.reasons.urgency_cue) == ("stopped.crew", "deadline.tomorrow")
    assert not request.reasons.proposed


async def test_facts_are_asked_in_chinese_and_may_be_left_out(play: Play) -> None:
    form = await play.says("bao", "client", "/request")
    if play.stand.name != "telegram":
        assert "有没有人身安全风险？" in form.words
        assert "加急" not in form.words
    await _fills(
        play, "bao", "混凝土供货不对", {"safety": ("--" if play.stand.name == "telegram" else "-", "直接提交")}
    )
    await play.sees("client", "HX-1", "P3", "In hand with")
    assert (await _request(play, "HX-1")).reasons.facts == ()


async def test_an_item_asks_its_own_questions(play: Play) -> None:
    """Where fields come one by one, the item is known from the line; a whole form asks the desk's questions."""
    await play.restart(rewritten(play, ITEM, CRITERIA))
    await play.says("emma", "client", "/request")
    if play.stand.name != "telegram":
        await play.fills("emma", "client", {"title": "No network", "item": "it", "fact-deadline": "today"})
        await play.sees("client", "HX-1", "deadline today (urgency 2)")
        return
    asked = await play.fills("emma", "client", {"title": "No network #it"})
    assert "How many users are offline?" in asked.words
    told = (await play.fills("emma", "client", {"users": "a whole floor offline", "deadline": "Within hours"})).words
    assert "a whole floor offline (impact 2) × deadline within hours (urgency 1)" in told.replace("*", "")


async def test_who_marks_a_line_is_not_asked(play: Play) -> None:
    await play.says("emma", "client", "/request")
    told = (await play.fills("emma", "client", {"title": "Pump is down !high impact:team"})).words
    if play.stand.name == "telegram":
        assert "marked “high” when filed" in told
    assert (await _request(play, "HX-1")).reasons.facts == ()
