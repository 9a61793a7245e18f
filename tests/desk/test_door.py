"""The one door: one effect and one answer a delivery, all or nothing, and no more than the person and the place may."""

from __future__ import annotations

import asyncio
import random
import string
import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text, update

from core.desk import Errand
from core.model.parties import Address, Identity
from core.pages import DeskReader
from core.ports import ChatMoved, Envelope, Pressed, Said
from core.store import facts, journal
from core.store import tables as t
from core.store.changes import table
from core.store.facts import hashed
from tests.conftest import FrozenClock
from tests.desk.stage import FILED, KEY, Stage, breaking, buttons, raised, token, words

HOUR = timedelta(hours=1)


# ---- one delivery, one effect


async def test_the_same_delivery_has_one_effect_and_the_same_answer(stage: Stage) -> None:
    first = await stage.says("emma", "client", "/request Crane stands still !high", key="k")
    before = stage.counts()
    again = await stage.says("emma", "client", "/request Crane stands still !high", key="k")
    assert again == first
    assert stage.counts() == before
    assert "HX-1" in words(first)


async def test_deliveries_that_come_together_have_one_effect(stage: Stage) -> None:
    """A platform that sends again before it was answered: both wait in one batch."""
    answers = await asyncio.gather(*(stage.says("emma", "client", "/request Crane", key="k") for _ in range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert len(stage.rows(t.RequestRow)) == 1


async def test_what_was_heard_before_a_restart_is_answered_as_it_was(stage: Stage, clock: FrozenClock) -> None:
    """The new process does not remember the key: the database refuses it, and then it is asked."""
    first = await stage.says("emma", "client", "/request Crane", key="k")
    async with raised(stage.engine, clock) as second:
        others = (second.says("emma", "client", f"/request Leak {n}") for n in range(3))
        again, *filed = await asyncio.gather(second.says("emma", "client", "/request Crane", key="k"), *others)
    assert again == first
    assert all("HX-" in words(answer) for answer in filed)
    assert len(stage.rows(t.RequestRow)) == 4


async def test_a_press_delivered_twice_answers_twice_and_acts_once(stage: Stage) -> None:
    filed = await stage.says("emma", "client", "/request Crane")
    undo = token(filed, "undo")
    first = await stage.presses("emma", "client", undo, key="p")
    assert await stage.presses("emma", "client", undo, key="p") == first
    assert stage.request()["version"] == 2


async def test_two_commands_on_one_request_in_one_batch_both_count(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Crane")
    answers = await asyncio.gather(
        stage.says("li", "team", "/desk note 1 first"), stage.says("wang", "team", "/desk note 1 second"),
        stage.says("emma", "client", "/request add 1 third"),
    )  # fmt: skip
    assert all("E-" not in words(answer) for answer in answers)
    assert stage.request()["version"] == 4
    assert sorted(row["text"] for row in stage.rows(t.RemarkRow)) == ["first", "second", "third"]


async def test_of_two_who_take_at_once_one_has_it(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Crane")
    answers = await asyncio.gather(*(stage.says(p, "team", "/desk take 1") for p in ("li", "wang")))
    assert sorted("E-STALE" in words(answer) for answer in answers) == [False, True]


async def test_a_bug_in_one_unit_reaches_nobody_else(stage: Stage) -> None:
    def broken(_connection: Any) -> None:
        raise ZeroDivisionError("a bug")

    results = await asyncio.gather(
        stage.says("emma", "client", "/request One"), stage.desk._writer.submit(Errand(broken)),
        stage.says("bao", "client", "/request Two"), return_exceptions=True,
    )  # fmt: skip
    assert isinstance(results[1], ZeroDivisionError)
    assert {row["number"] for row in stage.rows(t.RequestRow)} == {"HX-1", "HX-2"}


# ---- all or nothing


async def test_a_filing_is_whole_or_not_at_all(stage: Stage) -> None:
    """The store breaks at each writing statement in turn: nothing is left of the attempt, and the next one is whole."""
    engine = stage.engine
    writes = 1
    n = 0
    while n < writes:
        n += 1
        before = stage.counts(*FILED, t.FiringRow, t.RemarkRow, t.DraftRow)
        with breaking(n), pytest.raises(OSError, match="the disk is gone"):
            await stage.says("emma", "client", "/request Crane stands still !high", key=f"broken{n}")
        assert stage.counts(*FILED, t.FiringRow, t.RemarkRow, t.DraftRow) == before, f"statement {n} left something"
        with breaking(0) as written:
            answer = await stage.says("emma", "client", "/request Crane stands still !high", key=f"broken{n}")
        writes = len(written)
        assert f"HX-{n}" in words(answer)
        after = stage.counts()
        assert all(after[kind.__name__] > before[kind.__name__] for kind in FILED), after
    assert n >= len(FILED)
    with engine.connect() as connection:
        assert journal.verify(connection, "hx", KEY) is None


async def test_a_commit_that_fails_leaves_nothing(stage: Stage) -> None:
    def refused(_connection: Any) -> None:
        raise OSError("the disk is full")

    before = stage.counts()
    event.listen(stage.engine, "commit", refused)
    with pytest.raises(OSError, match="full"):
        await stage.says("emma", "client", "/request Crane", key="k")
    event.remove(stage.engine, "commit", refused)
    assert stage.counts() == before
    assert "HX-1" in words(await stage.says("emma", "client", "/request Crane", key="k"))


# ---- numbers and the journal


async def test_numbers_run_on_without_gaps_for_each_client(stage: Stage) -> None:
    """Many at once, on two clients, with refused ones between them: a refused request takes no number."""
    lines = [
        ("emma", "client", f"/request Leak {n}") if n % 3 else ("olga", "other", f"/request Leak {n}")
        for n in range(1, 61)
    ]
    refused = [
        ("emma", "client", "/request Leak due:2020-01-01"), ("bao", "client", "/request Leak for:nobody"),
        ("olga", "other", "/request Leak #nosuch"),
    ] * 6  # fmt: skip
    everyone = lines + refused
    random.Random(4).shuffle(everyone)
    await asyncio.gather(*(stage.says(*line) for line in everyone))
    numbers = [row["number"] for row in stage.rows(t.RequestRow)]
    assert sorted(numbers) == sorted([f"HX-{n}" for n in range(1, 41)] + [f"OT-{n}" for n in range(1, 21)])


async def test_two_desks_on_one_database_never_give_the_same_number(stage: Stage, clock: FrozenClock) -> None:
    async with raised(stage.engine, clock) as second:
        lines = [(desk, f"/request Leak {n}") for n in range(12) for desk in (stage, second)]
        answers = await asyncio.gather(*(desk.says("emma", "client", line) for desk, line in lines))
    assert all("HX-" in words(answer) for answer in answers)
    assert {row["number"] for row in stage.rows(t.RequestRow)} == {f"HX-{n}" for n in range(1, 25)}
    with stage.engine.connect() as connection:
        assert journal.verify(connection, "hx", KEY) is None


async def _a_history(stage: Stage) -> None:
    await stage.says("emma", "client", "/request 吊车停工 🏗 !high")
    await stage.says("li", "team", "/desk take 1")
    await stage.says("li", "team", "/desk reply 1 On our way")
    await stage.says("li", "team", "/desk resolve 1 Fuse replaced")
    await stage.says("olga", "other", "/request Another client's")


def _forge(engine: Engine, statement: str) -> None:
    """Somebody with the database in their hands: the triggers are no obstacle."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER journal_no_update"))
            connection.execute(text("DROP TRIGGER journal_no_delete"))
        else:
            connection.execute(text("ALTER TABLE journal DISABLE TRIGGER USER"))
        connection.execute(text(statement))


async def test_the_journals_chain_holds(stage: Stage) -> None:
    await _a_history(stage)
    assert len(stage.rows(t.JournalRow, client="hx")) == 4
    with stage.engine.connect() as connection:
        assert journal.verify(connection, "hx", KEY) is None
        assert journal.verify(connection, "other", KEY) is None
        assert journal.verify(connection, "hx", b"another key") == 1


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE journal SET actor = 'wang' WHERE client = 'hx' AND n = 2", 2),
        ("UPDATE journal SET facts = '{}' WHERE client = 'hx' AND n = 3", 3),
        ("DELETE FROM journal WHERE client = 'hx' AND n = 2", 2),
        ("DELETE FROM journal WHERE client = 'hx' AND n = 4", 4),
        ("DELETE FROM journal WHERE client = 'hx'", 1),
    ],
)
async def test_a_forged_journal_is_seen_where_it_begins(stage: Stage, statement: str, first: int) -> None:
    await _a_history(stage)
    _forge(stage.engine, statement)
    with stage.engine.connect() as connection:
        assert journal.verify(connection, "hx", KEY) == first
        assert journal.verify(connection, "other", KEY) is None


# ---- nothing typed is lost


def _drafts(stage: Stage) -> str:
    return "\n".join(str(row["content"]) for row in stage.rows(t.DraftRow))


async def test_plain_words_wait_until_they_are_filed(stage: Stage) -> None:
    asked = await stage.says("emma", "@emma", "The projector is broken")
    assert stage.rows(t.RequestRow) == []
    filed = await stage.presses("emma", "@emma", token(asked, "file"))
    assert "HX-1" in words(filed)
    gone = await stage.presses("emma", "@emma", token(asked, "file"))
    assert "E-STALE" in words(gone)
    assert len(stage.rows(t.RequestRow)) == 1


async def test_a_draft_that_is_refused_stays(stage: Stage) -> None:
    asked = await stage.says("emma", "@emma", "The projector is broken #nosuch")
    refused = await stage.presses("emma", "@emma", token(asked, "file"))
    assert "E-SVC" in words(refused)
    assert "The projector is broken" in _drafts(stage)


async def test_a_stranger_is_shown_no_button_that_would_not_work(stage: Stage) -> None:
    """What they typed is kept until they are known; a form would only say again that they are not."""
    refused = await stage.says("stranger", "@stranger", "/request The projector is broken")
    assert "E-LINK" in words(refused)
    assert "what you typed is kept" in words(refused)
    assert buttons(refused) == []
    assert "The projector is broken" in _drafts(stage)


async def test_a_draft_lives_a_day(stage: Stage) -> None:
    asked = await stage.says("emma", "@emma", "The projector is broken")
    stage.clock.turn(timedelta(hours=24, seconds=1))
    assert "E-STALE" in words(await stage.presses("emma", "@emma", token(asked, "file")))


async def test_a_form_that_is_refused_keeps_its_values_open(stage: Stage) -> None:
    form = (await stage.says("emma", "client", "/request")).form
    assert form is not None
    values = {"title": "Router", "due": "2020-01-01", "description": "since Monday"}
    refused = await stage.fills("emma", "client", form.token, values)
    assert set(refused.errors or {}) == {"due"}
    filed = await stage.fills("emma", "client", form.token, {**values, "due": "2026-12-01"})
    assert "HX-1" in words(filed)


async def test_a_form_that_comes_too_late_gives_the_words_back(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Crane")
    shown = await stage.says("li", "team", "/desk show 1")
    form = (await stage.presses("li", "team", token(shown, "resolve"))).form
    assert form is not None
    await stage.says("emma", "client", "/request cancel 1")
    refused = await stage.fills("li", "team", form.token, {"text": "A long explanation"})
    assert "E-STALE" in words(refused)
    assert "A long explanation" in words(refused)


async def test_what_is_too_long_for_an_answer_is_kept_whole(stage: Stage) -> None:
    long = "word " * 1500
    refused = await stage.says("emma", "client", f"/request add 99 {long}")
    assert "E-NUM" in words(refused)
    assert long.strip() in _drafts(stage)


# ---- people


async def test_everybody_is_answered_in_their_own_language(stage: Stage) -> None:
    assert "优先级" in words(await stage.says("bao", "client", "/request 断网"))
    assert "优先级" not in words(await stage.says("emma", "client", "/request No network"))
    guest = await stage.says("stranger", "client", "/request 断网", lang="zh-Hans")
    assert "优先级" in words(guest)


async def test_a_language_that_was_chosen_stays(stage: Stage) -> None:
    await stage.says("emma", "client", "/request lang zh")
    assert "优先级" in words(await stage.says("emma", "client", "/request No network"))


async def test_a_guest_in_a_bound_chat_files_and_sees_only_their_own(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Emma's matter")
    filed = await stage.says("stranger", "client", "/request The stranger's matter", name="Sam")
    assert "HX-2" in words(filed)
    assert set(stage.desk.directory.names.values()) == {"Sam"}
    listed = words(await stage.says("stranger", "client", "/request list"))
    assert "HX-2" in listed
    assert "HX-1" not in listed
    assert "E-NUM" in words(await stage.says("stranger", "client", "/request status 1"))
    assert "E-NUM" in words(await stage.says("stranger", "client", "/request cancel 1"))


@pytest.mark.parametrize("line", ["/request Crane", "/request", "/request list", "/desk queue", "Crane stands still"])
async def test_a_stranger_in_an_unbound_chat_is_told_that_it_is_not_set_up(stage: Stage, line: str) -> None:
    answer = words(await stage.says("stranger", "nowhere", line))
    assert "E-WHERE" in answer
    assert stage.rows(t.RequestRow) == []


async def test_another_clients_number_is_as_one_that_does_not_exist(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Secret drawing")
    for verb in ("status", "why", "add", "cancel", "reopen", "nudge", "undo"):
        rest = " words" if verb == "add" else ""
        foreign = words(await stage.says("olga", "other", f"/request {verb} HX-1{rest}"))
        missing = words(await stage.says("olga", "other", f"/request {verb} HX-99{rest}"))
        assert foreign.replace("HX-1", "N") == missing.replace("HX-99", "N")
        assert "Secret drawing" not in foreign
    assert stage.request()["version"] == 1


# ---- buttons


async def _an_undo(stage: Stage) -> str:
    return token(await stage.says("emma", "client", "/request Crane"), "undo")


async def test_an_answers_buttons_carry_opaque_tokens_of_their_own(stage: Stage) -> None:
    answer = await stage.says("emma", "client", "/request Crane")
    tokens = [b.token for b in buttons(answer)]
    assert len(set(tokens)) == len(tokens) >= 2
    assert all(len(one) == 30 for one in tokens)  # 28 of secret, and which button of the answer it is
    assert {row["person"] for row in stage.rows(t.TokenRow)} == {"emma"}
    assert not any("HX-1" in one for one in tokens)


async def test_another_persons_private_button_does_nothing(stage: Stage) -> None:
    undo = await _an_undo(stage)
    before = stage.request()
    answer = await stage.presses("bao", "client", undo)
    assert "E-RIGHT" in words(answer)
    assert stage.request() == before


async def test_a_button_from_another_chat_or_altered_is_one_neutral_text(stage: Stage) -> None:
    """Whoever tries tokens learns nothing, not even that one exists: 400 of them, and ours from where it does not belong."""
    undo = await _an_undo(stage)
    before = stage.request(), stage.counts(t.RequestRow, t.JournalRow, t.DeliveryRow, t.DraftRow)
    dice = random.Random(7)
    letters = string.ascii_letters + string.digits + "-_"
    altered = [
        "",
        " ",
        "\x00",
        "\ud800",
        "'; DROP TABLE token; --",
        undo[:-1],
        undo + "A",
        undo.swapcase(),
        "ü" * 22,
        "a" * 9999,
    ]
    for _ in range(400):
        at = dice.randrange(len(undo))
        altered.append(undo[:at] + dice.choice(letters.replace(undo[at], "")) + undo[at + 1 :])
    pressed = [stage.presses("emma", "client", one) for one in altered]
    filled = [stage.fills("emma", "client", one, {"title": "x"}) for one in altered[:20]]
    elsewhere = [
        stage.presses("emma", "@emma", undo),
        stage.presses("li", "team", undo),
        stage.presses("olga", "other", undo),
    ]
    answers = await asyncio.gather(*pressed, *filled, *elsewhere)
    texts = {words(answer).removesuffix("\nx") for answer in answers if "E-" in words(answer)}
    assert len(answers) == len([a for a in answers if "E-STALE" in words(a)])
    assert len({one.splitlines()[0] for one in texts}) == 1
    assert (stage.request(), stage.counts(t.RequestRow, t.JournalRow, t.DeliveryRow, t.DraftRow)) == before


async def test_a_button_follows_a_chat_that_moved(stage: Stage) -> None:
    undo = await _an_undo(stage)
    moved = ChatMoved(Address("web", "", "client-new"))
    await stage.send(stage.envelope("emma", "client", moved))
    press = stage.envelope("emma", "client", await _pressed(undo))
    answer = await stage.send(type(press)(press.key, press.identity, Address("web", "", "client-new"), press.content))
    assert "E-" not in words(answer)
    assert stage.request()["status"] == "cancelled"


async def _pressed(undo: str) -> Any:
    from core.ports import Pressed

    return Pressed(undo)


# ---- forms, one question at a time


async def test_a_form_is_asked_one_question_at_a_time(plain_stage: Stage) -> None:
    stage = plain_stage
    await stage.says("emma", "client", "/request Crane")
    shown = await stage.says("li", "team", "/desk show 1")
    level = await stage.presses("li", "team", token(shown, "priority"))
    assert level.form is None
    assert [b.action.arg("value") for b in buttons(level)] == ["p1", "p2", "p3", "p4"]
    reason = await stage.presses("li", "team", buttons(level)[0].token)
    assert reason.form is not None
    assert [f.name for f in reason.form.fields] == ["reason"]
    done = await stage.fills("li", "team", reason.form.token, {"reason": "The whole site waits"})
    assert "E-" not in words(done)
    assert stage.request()["priority"] == 1


@pytest.mark.parametrize("nothing", ["", "   ", "\x00", "\u3000\n"])
async def test_a_question_answered_with_nothing_is_asked_again(plain_stage: Stage, nothing: str) -> None:
    asked = (await plain_stage.says("emma", "client", "/request")).form
    assert asked is not None
    again = (await plain_stage.fills("emma", "client", asked.token, {"title": nothing})).form
    assert again is not None
    assert [f.name for f in again.fields] == ["title"]
    assert "HX-1" in words(await plain_stage.fills("emma", "client", again.token, {"title": "Crane !high"}))


async def test_a_form_of_optional_questions_asks_the_first(plain_stage: Stage) -> None:
    stage = plain_stage
    await stage.says("emma", "client", "/request Crane")
    await stage.says("wang", "team", "/desk resolve 1 Done")
    shown = await stage.says("zhao", "team", "/desk show 1")
    asked = (await stage.presses("zhao", "team", token(shown, "reopen"))).form
    assert asked is not None
    await stage.fills("zhao", "team", asked.token, {"text": "Not yet"})
    assert stage.request()["status"] == "in_progress"


async def test_a_refused_answer_can_be_given_again(plain_stage: Stage) -> None:
    asked = (await plain_stage.says("emma", "client", "/request")).form
    assert asked is not None
    refused = await plain_stage.fills("emma", "client", asked.token, {"title": "Router #nosuch"})
    assert "E-SVC" in words(refused)
    assert "Router #nosuch" in words(refused)
    facts = await plain_stage.fills("emma", "client", asked.token, {"title": "Router #network"})
    filed = await plain_stage.presses("emma", "client", token(facts, "File it now"))
    assert "HX-1" in words(filed)


@pytest.mark.parametrize("values", [{"level": "p9", "reason": "x"}, {"level": "", "reason": "x"}, {"reason": "x"}])
async def test_a_choice_that_was_not_offered_is_asked_for(stage: Stage, values: dict[str, str]) -> None:
    await stage.says("emma", "client", "/request Crane")
    before = stage.request()
    shown = await stage.says("li", "team", "/desk show 1")
    form = (await stage.presses("li", "team", token(shown, "priority"))).form
    assert form is not None
    assert set((await stage.fills("li", "team", form.token, values)).errors or {}) == {"level"}
    assert stage.request() == before


async def test_a_level_that_was_not_offered_does_not_break_the_filing(stage: Stage) -> None:
    form = (await stage.says("emma", "client", "/request")).form
    assert form is not None
    assert "HX-1" in words(await stage.fills("emma", "client", form.token, {"title": "Crane", "level": "!!!"}))


# ---- codes, links, sessions


async def _code(stage: Stage, subject: str, code: str = "code-1", life: timedelta = HOUR) -> str:
    until = stage.clock.real() + life
    await stage.desk.run(lambda c: facts.keep_secret(c, hashed(code), "bind", subject, until))
    return code


async def test_a_code_binds_a_chat_once(stage: Stage) -> None:
    code = await _code(stage, "client:hx")
    client = stage.desk.directory.rulebook.clients["hx"].name["en"]
    assert f"Connected: {client}." in words(await stage.says("stranger", "nowhere", f"/request bind {code}"))
    assert "HX-1" in words(await stage.says("stranger", "nowhere", "/request Crane"))
    assert "E-LINK" in words(await stage.says("stranger", "other", f"/request bind {code}"))


async def test_a_code_links_an_account(stage: Stage) -> None:
    code = await _code(stage, "person:li")
    name = stage.desk.directory.rulebook.people["li"].name
    assert f"Connected: {name}." in words(await stage.says("stranger", "@stranger", f"/request bind {code}"))
    await stage.says("emma", "client", "/request Crane")
    assert "E-" not in words(await stage.says("stranger", "team", "/desk take 1"))
    assert stage.request()["assignee"] == "li"


async def test_a_code_said_in_the_wrong_place_is_not_spent(stage: Stage) -> None:
    code = await _code(stage, "client:hx")
    assert "E-LINK" in words(await stage.says("emma", "@emma", f"/request bind {code}"))
    assert "E-" not in words(await stage.says("emma", "nowhere", f"/request bind {code}"))


async def test_a_code_expires_and_a_wrong_one_is_refused(stage: Stage) -> None:
    code = await _code(stage, "client:hx")
    assert "E-LINK" in words(await stage.says("emma", "nowhere", "/request bind wrong"))
    stage.clock.turn(HOUR)
    assert "E-LINK" in words(await stage.says("emma", "nowhere", f"/request bind {code}"))


async def test_two_who_redeem_one_code_at_once(stage: Stage) -> None:
    code = await _code(stage, "person:li")
    answers = await asyncio.gather(*(stage.says(f"s{n}", f"@s{n}", f"/request bind {code}") for n in range(5)))
    assert sum("E-LINK" not in words(answer) for answer in answers) == 1


@pytest.mark.parametrize(("lang", "file_it"), [("en", "File it"), ("zh", "提交")])
async def test_a_draft_is_gone_on_with_on_another_platform(stage: Stage, lang: str, file_it: str) -> None:
    """A draft is its person's: begun in Slack, filed in Telegram, and gone in both; what others kept is not shown."""
    who, user, number = ("emma", "U0EMMA", "1001") if lang == "en" else ("bao", "U0BAO", "1002")
    slack = Identity("slack", "T0HX", user), Address("slack", "T0HX", "D0DM")
    telegram = Identity("telegram", "", number), Address.direct(Identity("telegram", "", number))
    await stage.send(Envelope("k1", slack[0], Address.direct(slack[0]), Said("request", "Printer jams #nosuch")))
    await stage.says("olga", "@olga", "/request Secret #nosuch")
    await stage.says(who, f"@{who}", "Printer jams on floor 3")
    listed = await stage.send(Envelope("k2", telegram[0], telegram[1], Said("request", "drafts")))
    assert "Printer jams #nosuch" in words(listed)
    assert "Secret" not in words(listed)
    n = 1 if words(listed).index("on floor 3") < words(listed).index("#nosuch") else 2
    filed = await stage.send(Envelope("k3", telegram[0], telegram[1], Pressed(token(listed, f"{n}. {file_it}"))))
    assert "HX-1" in words(filed)
    again = await stage.send(Envelope("k4", telegram[0], telegram[1], Pressed(token(listed, f"{n}. {file_it}"))))
    assert "24" in words(again)
    assert "on floor 3" not in words(await stage.says(who, f"@{who}", "/request drafts"))
    assert len(stage.rows(t.RequestRow)) == 1


async def test_a_page_link_works_once_for_ten_minutes_and_its_session_ends(stage: Stage) -> None:
    reader = DeskReader(stage.desk)

    async def link() -> str:
        (button,) = buttons(await stage.says("emma", "@emma", "/request page"))
        return button.url.rsplit("/", 1)[1]

    secret = await link()
    session = await reader.redeem(secret)
    assert session is not None
    assert await reader.redeem(secret) is None
    assert await reader.redeem("wrong") is None
    assert await reader.whose(session) == Identity("web", "", "emma")
    assert await reader.whose(secret) is None, "a link is no session"
    late = await link()
    stage.clock.turn(timedelta(minutes=10))
    assert await reader.redeem(late) is None
    stage.clock.turn(timedelta(hours=12))
    assert await reader.whose(session) is None


async def test_secrets_are_kept_as_hashes_only(stage: Stage) -> None:
    (button,) = buttons(await stage.says("emma", "@emma", "/request page"))
    secret = button.url.rsplit("/", 1)[1]
    assert secret not in str(stage.rows(t.SecretRow))


async def test_a_version_that_another_process_moved_on_is_decided_again(stage: Stage, clock: FrozenClock) -> None:
    """Between loading and saving, somebody else changed the request: the decision is made anew on what is there now."""
    await stage.says("emma", "client", "/request Crane")
    requests = table(t.RequestRow)
    import core.store.requests as rows

    real = rows.by_numbers
    moved: list[bool] = []

    def slow(connection: Any, names: Any) -> Any:
        found = real(connection, names)
        if not moved:
            moved.append(True)
            connection.execute(update(requests).values(version=requests.c.version + 1))
        return found

    rows.by_numbers = slow  # type: ignore[assignment]
    try:
        answer = await stage.says("li", "team", "/desk take 1")
    finally:
        rows.by_numbers = real
    assert "E-" not in words(answer)
    assert stage.request()["assignee"] == "li"


# ---- what may be lost


async def test_only_what_is_found_again_is_answered_before_it_lasts(stage: Stage) -> None:
    if stage.engine.dialect.name == "sqlite":
        pytest.skip("SQLite's commit is on the disk, whatever it was of")

    def errand(connection: Connection) -> str:
        return str(connection.execute(text("SHOW synchronous_commit")).scalar())

    assert await stage.desk.run(errand, lasting=False) == "off"
    assert await stage.desk.run(errand) == "on"
    gate = threading.Event()
    busy = asyncio.create_task(stage.desk.run(lambda _connection: gate.wait(20)))
    await asyncio.sleep(0)
    together = [asyncio.create_task(stage.desk.run(errand, lasting=lasting)) for lasting in (False, True)]
    await asyncio.sleep(0)
    gate.set()
    assert (await busy, await asyncio.gather(*together)) == (True, ["on", "on"])


async def test_what_comes_each_beat_gets_a_new_connection_where_its_own_is_lost(stage: Stage) -> None:
    if stage.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no connection that could be lost")

    def errand(connection: Connection) -> int:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())

    first = await stage.desk.run(errand, lasting=False)
    await stage.desk.run(
        lambda connection: connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first})
    )
    assert await stage.desk.run(errand, lasting=False) not in (first, await stage.desk.run(errand))


async def test_what_failed_is_not_taken_for_kept_by_what_comes_next(stage: Stage) -> None:
    before = stage.desk.directory

    def broken(_connection: Connection) -> None:
        stage.desk.learn()
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        await stage.desk.run(broken)
    await stage.desk.run(lambda _connection: None, lasting=False)
    assert stage.desk.directory is before
