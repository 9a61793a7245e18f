"""What an administrator asks from the command line: replay tells and writes nothing, rebuild finds and mends."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlmodel import SQLModel

from core.store import schema
from core.store import tables as t
from core.store.changes import table
from core.store.engine import connect
from tests.bot.run import ROOT, deskbell
from tests.conftest import FrozenClock
from tests.desk.stage import raised

DESK = ROOT / "tests" / "data" / "desk.toml"
STRICT = """
[agreements.standard-hx]
version = 2
calendar = "office"

[agreements.standard-hx.targets.ttr]
metric = "ttr"
goals = { p1 = "1h", p2 = "1h", p3 = "1h", p4 = "1h" }
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[tuple[dict[str, str], Engine]]:
    url = f"sqlite:///{tmp_path}/desk.db"
    engine = connect(url)
    schema.migrate(engine)
    yield {"DESKBELL_DATABASE_URL": url, "DESKBELL_RULEBOOK": str(DESK)}, engine
    engine.dispose()


async def solved(engine: Engine) -> None:
    """One request, filed Monday 23 November at nine, solved two hours later; and one that is open."""
    clock = FrozenClock()
    async with raised(engine, clock) as stage:
        await stage.says("emma", "client", "/request Pump is noisy !normal")
        await stage.says("emma", "client", "/request Badge for a colleague !normal")
        clock.turn(timedelta(hours=2))
        await stage.says("li", "team", "/desk resolve 1 oiled")


def everything(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return [connection.execute(rows.select()).all() for rows in SQLModel.metadata.sorted_tables]


async def test_replay_tells_what_a_draft_would_have_changed(
    database: tuple[dict[str, str], Engine], tmp_path: Path
) -> None:
    settings, engine = database
    await solved(engine)
    draft = tmp_path / "draft.toml"
    draft.write_text(STRICT)
    period = ("--from", "2026-11-01", "--to", "2026-11-30")
    before = everything(engine)
    told = deskbell("replay", "--agreement", str(draft), *period, **settings)
    assert told.returncode == 0, told.stderr
    assert "1 Nov 2026 to 30 Nov 2026, Shanghai" in told.stdout
    assert "2 requests of Huaxing Estates, Other Works" in told.stdout
    assert "HX-1  Solution  kept → missed" in told.stdout
    chinese = deskbell("replay", "--agreement", str(draft), *period, "--lang", "zh", **settings)
    assert "解决" in chinese.stdout
    assert "已按时完成 → 未能按时" in chinese.stdout
    empty = deskbell("replay", "--agreement", str(draft), "--from", "2025-01-01", "--to", "2025-01-31", **settings)
    assert "None of these clients filed a request in that period." in empty.stdout
    same = deskbell("replay", "--agreement", str(DESK), *period, **settings)
    assert "changes nothing that is promised" in same.stdout
    assert everything(engine) == before, "nothing is written"


def test_a_draft_with_mistakes_gets_file_line_and_hint(database: tuple[dict[str, str], Engine], tmp_path: Path) -> None:
    settings, _ = database
    draft = tmp_path / "draft.toml"
    draft.write_text(STRICT.replace('"office"', '"ofice"').replace('p1 = "1h"', 'p1 = "1 day"'))
    wrong = deskbell("replay", "--agreement", str(draft), **settings)
    assert wrong.returncode == 2
    assert f'{draft}:4: agreements.standard-hx.calendar: there is no calendar "ofice"' in wrong.stderr
    assert "did you mean" in wrong.stderr
    assert f"{draft}:8: " in wrong.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--agreement", "nowhere.toml"), "there is no such file"),
        (("--agreement", str(DESK), "--from", "monday"), "write days as 2026-07-01"),
        (("--agreement", str(DESK), "--from", "2026-02-01", "--to", "2026-01-01"), "2026-01-01 is before 2026-02-01"),
    ],
)
def test_whatever_is_wrong_is_one_line(
    words: tuple[str, ...], said: str, database: tuple[dict[str, str], Engine]
) -> None:
    refused = deskbell("replay", *words, **database[0])
    assert (refused.returncode, said in refused.stderr, "Traceback" in refused.stderr) == (2, True, False)


def test_replay_does_not_make_a_database(tmp_path: Path) -> None:
    settings = {"DESKBELL_DATABASE_URL": f"sqlite:///{tmp_path}/none.db", "DESKBELL_RULEBOOK": str(DESK)}
    refused = deskbell("replay", "--agreement", str(DESK), **settings)
    assert refused.returncode == 2
    assert "deskbell migrate" in refused.stderr


async def test_rebuild_finds_tells_and_mends(database: tuple[dict[str, str], Engine]) -> None:
    settings, engine = database
    await solved(engine)
    healthy = deskbell("rebuild", **settings)
    assert (healthy.returncode, healthy.stdout) == (0, "requests compared: 2; clocks that differ: 0\n")

    timers = table(t.TimerRow)
    with engine.begin() as connection:
        connection.execute(
            update(timers).where(timers.c.metric == "ttr", timers.c.due_at.is_not(None)).values(next_at=None)
        )
    found = deskbell("rebuild", **settings)
    assert found.returncode == 1
    assert "HX-2 ttr/ttr run 1: next_at: none -> " in found.stdout
    assert "--write mends them" in found.stdout
    mended = deskbell("rebuild", "--write", **settings)
    assert (mended.returncode, "(mended)" in mended.stdout) == (1, True)
    assert deskbell("rebuild", **settings).returncode == 0


def test_the_last_quarter_is_the_one_before_this() -> None:
    from core.say.words import last_quarter

    assert last_quarter(date(2026, 11, 22)) == (date(2026, 7, 1), date(2026, 9, 30))
    assert last_quarter(date(2026, 1, 1)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert last_quarter(date(2024, 5, 31)) == (date(2024, 1, 1), date(2024, 3, 31))


async def outside(engine: Engine) -> None:
    """Something else, wished for; and a private one, that is nobody's business."""
    async with raised(engine, FrozenClock()) as stage:
        await stage.says("emma", "client", "/request =Film the site #other")
        await stage.says("emma", "@emma", "/request My salary #other ~private")
        await stage.says("zhao", "@zhao", '/desk include HX-1 Aerial "pictures"')


async def test_export_writes_the_scope_register(database: tuple[dict[str, str], Engine], tmp_path: Path) -> None:
    settings, engine = database
    await outside(engine)
    table_ = deskbell("export", "scope", **settings)
    assert table_.returncode == 0, table_.stderr
    lines = table_.stdout.splitlines()
    assert lines[0].startswith("\ufeffNumber,Client,Service,Title")
    assert [line.split(",")[0] for line in lines[1:]] == ["HX-1", "HX-1"]
    assert "'=Film the site" in lines[1]
    assert "2026-11-23 09:00,Emma,To be decided,it is something else" in lines[1]
    assert "salary" not in table_.stdout
    assert "salary" in deskbell("export", "scope", "--private", **settings).stdout
    chinese = tmp_path / "scope.csv"
    assert deskbell("export", "scope", "--lang", "zh", "--to", str(chinese), **settings).returncode == 0
    assert chinese.read_bytes().startswith("\ufeff编号".encode())
    later = deskbell("export", "scope", "--since", "2026-11-24", **settings)
    assert len(later.stdout.splitlines()) == 1


async def test_export_prints_wishes_as_toml(database: tuple[dict[str, str], Engine]) -> None:
    settings, engine = database
    await outside(engine)
    printed = tomllib.loads(deskbell("export", "wishes", **settings).stdout)
    assert printed["items"]["wish-hx-1"]["name"] == 'Aerial "pictures"'


@pytest.mark.parametrize(
    ("args", "hint"), [(("all",), "there are scope"), (("scope", "--since", "soon"), "2026-07-01")]
)
def test_export_refuses_in_one_line(args: tuple[str, ...], hint: str, database: tuple[dict[str, str], Engine]) -> None:
    refused = deskbell("export", *args, **database[0])
    assert (refused.returncode, hint in refused.stderr) == (2, True)


async def test_corrections_names_the_rules_that_misled(database: tuple[dict[str, str], Engine]) -> None:
    settings, engine = database
    async with raised(engine, FrozenClock()) as stage:
        await stage.says("emma", "client", "/request Server is down")
        await stage.says("emma", "client", "/request Heating is down ~private")
        for n in (1, 2):
            await stage.says("zhao", "@zhao", f"/desk prio HX-{n} low It is only a lamp")
    told = deskbell("corrections", "--since", "2026-11-01", **settings)
    assert told.returncode == 0, told.stderr
    assert "Corrected priorities since 1 Nov 2026" in told.stdout
    assert "lowered 2 · HX-1" in told.stdout
    assert "HX-2" not in told.stdout, "what is private is counted and not named"
    chinese = deskbell("corrections", "--since", "2026-11-01", "--lang", "zh", **settings)
    assert "下调 2 件" in chinese.stdout
    assert "changed no priority" in deskbell("corrections", "--since", "2026-11-24", **settings).stdout
    refused = deskbell("corrections", "--since", "soon", **settings)
    assert (refused.returncode, "2026-07-01" in refused.stderr) == (2, True)


async def test_the_ladder_of_a_request_is_printed_from_now_on(
    database: tuple[dict[str, str], Engine], tmp_path: Path
) -> None:
    env, engine = database
    await solved(engine)
    unknown = deskbell("ladder", "simulate", "HX-9", **env)
    assert unknown.returncode == 2
    assert "no request HX-9" in unknown.stderr
    told = deskbell("ladder", "simulate", "hx-2", "--lang", "zh", **env)
    assert told.returncode == 0, told.stderr
    assert "HX-2 若无人处理，将依次通知" in told.stdout
    turns = tmp_path / "site.ics"
    turns.write_text(deskbell("duty", "export", "site", **env).stdout)
    deskbell("duty", "import", "site", str(turns), **env)
    stands_in = deskbell("ladder", "simulate", "hx-2", "--lang", "zh", **env)
    assert "Li（临时替班）" in stands_in.stdout, "a turn of a calendar is in nobody's place"


def test_duty_goes_out_and_comes_in_as_a_calendar(database: tuple[dict[str, str], Engine], tmp_path: Path) -> None:
    env, _ = database
    file = tmp_path / "site.ics"
    out = deskbell("duty", "export", "site", **env)
    assert "SUMMARY:Li" in out.stdout
    file.write_text(out.stdout)
    taken = deskbell("duty", "import", "site", str(file), **env)
    assert (taken.returncode, taken.stdout.startswith("taken in: ")) == (0, True), taken.stderr
    file.write_text(out.stdout.replace("Li", "Somebody").replace(":li", ":somebody"))
    refused = deskbell("duty", "import", "site", str(file), **env)
    assert refused.returncode == 2
    assert "which colleague is meant?" in refused.stderr
    assert "not a team" in deskbell("duty", "export", "nowhere", **env).stderr
