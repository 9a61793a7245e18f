"""Starting: whatever is wrong is one clear line before anything begins; what is right begins, answers and ends well."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
from pathlib import Path

import httpx
import pytest

from tests.bot.run import ROOT, deskbell, living
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble

DESK = ROOT / "tests" / "data" / "desk.toml"
SAMPLES = sorted((ROOT / "deploy" / "desks").glob("*.toml"))

#: (what stands there, what is written instead): ten different mistakes in an otherwise sound file.
MISTAKES = (
    ('zone = "Asia/Shanghai"\n\n[calendars', 'zone = "Asia/Shanghia"\n\n[calendars'),
    ('week = { mon-fri = ["09:00-12:00", "13:30-18:00"] }', 'week = { mon-fri = ["09:00-12:00", "18:00-13:30"] }'),
    ('holidays = "CN"', 'holidays = "XX"'),
    ('agreement = "standard-hx"\ncontacts = ["emma", "bao"]', 'agreement = "gold"\ncontacts = ["emma", "bao"]'),
    ('contacts = ["olga"]', 'contacts = ["nobody"]'),
    ('slack = "T0HX/U0EMMA"', 'slack = "U0EMMA"'),
    ('calendar = "office"\nlead = "wang"', 'calendar = "offices"\nlead = "wang"'),
    (
        'name = { "zh-CN" = "一般咨询", en = "General question" }',
        'nmae = { "zh-CN" = "一般咨询", en = "General question" }',
    ),
    (
        'goals = { p1 = "15m", p2 = "30m", p3 = "2h", p4 = "4h" }',
        'goals = { p1 = "15x", p2 = "30m", p3 = "2h", p4 = "4h" }',
    ),
    ('words = ["urgent", "紧急", "asap"]\nurgency = 1', 'words = ["urgent", "紧急", "asap"]\nurgency = 9'),
)


def _said(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())


def _is_clear(errors: str) -> None:
    """No traceback: somebody who does not program can act on it."""
    assert "Traceback" not in errors, errors
    assert 'File "' not in errors, errors


def test_ten_mistakes_are_ten_lines(tmp_path: Path) -> None:
    text = DESK.read_text()
    for right, wrong in MISTAKES:
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    broken = tmp_path / "desk.toml"
    broken.write_text(text)
    ended = deskbell("run", str(broken), cwd=tmp_path, DESKBELL_PORT="0")
    assert ended.returncode == 2, ended.stderr
    _is_clear(ended.stderr)
    numbers = [int(n) for n in re.findall(r"(?:line |:)(\d+)\b", ended.stderr)]
    wanted = [text[: text.index(wrong)].count("\n") + 1 for _, wrong in MISTAKES]
    near = [n for n in wanted if any(n <= found <= n + 2 for found in numbers)]
    assert near == wanted, ended.stderr
    assert list(tmp_path.iterdir()) == [broken], "nothing was started"
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("words", "hint"), [(("run",), "DESKBELL_RULEBOOK"), (("run", "missing.toml"), "missing.toml")]
)
def test_a_missing_rulebook_is_one_line(tmp_path: Path, words: tuple[str, ...], hint: str) -> None:
    ended = deskbell(*words, cwd=tmp_path)
    assert ended.returncode == 2
    _is_clear(ended.stderr)
    assert hint in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_toml_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text("[desk\n")
    ended = deskbell("check", "desk.toml", cwd=tmp_path)
    assert ended.returncode == 2
    _is_clear(ended.stderr)


@pytest.mark.parametrize("words", [("run", str(DESK)), ("demo",)])
def test_a_port_in_use_is_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = deskbell(*words, "--port", str(port), cwd=tmp_path)
    assert ended.returncode == 2
    _is_clear(ended.stderr)
    (line,) = [one for one in _said(ended.stderr) if not one.startswith("warning:")]
    assert str(port) in line
    assert "--port" in line


@pytest.mark.parametrize("command", [("run", str(DESK)), ("migrate",), ("bind", "client:hx", "--rulebook", str(DESK))])
def test_an_unreachable_database_is_one_line_without_its_password(tmp_path: Path, command: tuple[str, ...]) -> None:
    url = "postgresql://desk:hunter2secret@127.0.0.1:1/x"
    ended = deskbell(*command, cwd=tmp_path, DESKBELL_DATABASE_URL=url)
    assert ended.returncode == 2
    _is_clear(ended.stderr)
    (line,) = [one for one in _said(ended.stderr) if not one.startswith("warning:")]
    assert "DESKBELL_DATABASE_URL" in line
    assert "hunter2secret" not in ended.stderr + ended.stdout


@pytest.mark.parametrize("url", ["mysql://h/x", "nonsense", "sqlite:///:memory:", "postgresql://h:port/x"])
def test_a_database_that_we_do_not_know_is_one_line(tmp_path: Path, url: str) -> None:
    ended = deskbell("run", str(DESK), cwd=tmp_path, DESKBELL_DATABASE_URL=url)
    assert ended.returncode == 2
    _is_clear(ended.stderr)
    assert "DESKBELL_DATABASE_URL" in ended.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o500)
    ended = deskbell("run", str(DESK), cwd=tmp_path, DESKBELL_DATABASE_URL=f"sqlite:///{shut}/desk.db")
    assert ended.returncode == 2
    _is_clear(ended.stderr)


def test_a_folder_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = deskbell("run", str(DESK), cwd=tmp_path, DESKBELL_DATABASE_URL=f"sqlite:///{tmp_path}/file/desk.db")
    assert ended.returncode == 2
    _is_clear(ended.stderr)


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        (
            {"SLACK_BOT_TOKEN": "xoxb-secret-1", "SLACK_APP_TOKEN": "x", "SLACK_API_URL": "https://slack.com/api"},
            "SLACK_API_URL",
        ),
        ({"SLACK_BOT_TOKEN": "xoxb-secret-1"}, "SLACK_APP_TOKEN"),
        (
            {"TELEGRAM_BOT_TOKEN": "1:xoxb-secret-1", "TELEGRAM_WEBHOOK_SECRET": "xoxb-secret-1"},
            "TELEGRAM_WEBHOOK_SECRET",
        ),
        ({"TELEGRAM_BOT_TOKEN": "1:xoxb-secret-1", "TELEGRAM_WEBHOOK_SECRET": "s" * 40}, "DESKBELL_PUBLIC_URL"),
        ({"DESKBELL_PORT": "many"}, "DESKBELL_PORT"),
        ({"DESKBELL_LOG_LEVEL": "loud"}, "DESKBELL_LOG_LEVEL"),
        ({"DESKBELL_PUBLIC_URL": "desk.example.org"}, "DESKBELL_PUBLIC_URL"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, settings: dict[str, str], hint: str) -> None:
    ended = deskbell("run", str(DESK), cwd=tmp_path, **settings)
    assert ended.returncode == 2
    _is_clear(ended.stderr)
    assert hint in ended.stderr
    assert "xoxb-secret-1" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


async def test_a_slack_token_that_is_refused_is_one_line_without_it(tmp_path: Path) -> None:
    async with SlackDouble() as slack:
        settings = {
            "SLACK_BOT_TOKEN": "xoxb-wrong-secret",
            "SLACK_APP_TOKEN": "xapp-test",
            "SLACK_API_URL": slack.api_url,
        }
        async with living("run", str(DESK), "--port", "0", cwd=tmp_path, **settings) as desk:
            assert await desk.process.wait() == 2
    errors = "".join(desk.errors)
    _is_clear(errors)
    assert "slack" in errors
    assert "wrong-secret" not in errors


async def test_a_telegram_token_that_is_refused_is_one_line_without_it(tmp_path: Path) -> None:
    async with TelegramDouble() as telegram:
        settings = {"TELEGRAM_BOT_TOKEN": "99999:wrong-secret-of-somebody-else", "TELEGRAM_API_URL": telegram.url}
        async with living("run", str(DESK), "--port", "0", cwd=tmp_path, **settings) as desk:
            assert await desk.process.wait() == 2
    errors = "".join(desk.errors)
    _is_clear(errors)
    assert "TELEGRAM_BOT_TOKEN" in errors
    assert "wrong-secret" not in errors


async def test_a_platform_that_is_not_there_yet_is_joined_later(tmp_path: Path) -> None:
    """Two containers start at once: whoever is slower is waited for, and the page is there meanwhile."""
    async with TelegramDouble() as telegram:
        telegram.fail_next("getMe", "502_html")
        settings = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        async with living("run", str(DESK), "--port", "0", cwd=tmp_path, **settings):
            async with asyncio.timeout(30):
                while not telegram.calls_to("deleteWebhook"):  # noqa: ASYNC110 - another process calls
                    await asyncio.sleep(0.02)
        assert telegram.faults_left() == []
        assert len(telegram.calls_to("getMe")) == 2


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_sample_desks_are_in_order(sample: Path) -> None:
    ended = deskbell("check", str(sample))
    assert ended.returncode == 0, ended.stderr
    assert "in order" in ended.stdout


def test_check_says_what_will_surprise_with_its_line_and_a_hint(tmp_path: Path) -> None:
    """A rota with a gap is no mistake: who is asked then is said, and what to write instead."""
    text = DESK.read_text().replace('duty = ["li"]\n', "", 1)
    rota = '[[teams.site.rota]]\npeople = ["li"]\nbegins = "2026-11-23"\ncalendar = "office"\n'
    text = text.replace('manager_digest_at = "09:00"\n', 'manager_digest_at = "09:00"\n' + rota, 1)
    (tmp_path / "desk.toml").write_text(text)
    ended = deskbell("check", "desk.toml", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    line = text[: text.index("[[teams.site.rota]]")].count("\n") + 1
    assert f"desk.toml:{line}: look: team site: nobody is on duty" in ended.stdout
    assert "is asked then\n    hint: add a rota" in ended.stdout


def test_check_with_the_database_says_what_a_start_would_change(tmp_path: Path) -> None:
    """And keeps nothing of it: the second time it says the same."""
    database = {"DESKBELL_DATABASE_URL": f"sqlite:///{tmp_path}/desk.db"}
    first, second = (deskbell("check", str(DESK), "--db", cwd=tmp_path, **database) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "agreement standard-hx@1 would be new: document " in first.stdout
    assert first.stdout == second.stdout


def test_agreements_are_listed_with_their_acceptance(tmp_path: Path) -> None:
    text = DESK.read_text().replace("[agreements.standard-hx]\n", "[agreements.standard-hx]\nproposed = true\n")
    (tmp_path / "desk.toml").write_text(text)
    ended = deskbell("agreements", "--rulebook", "desk.toml", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "waits for Huaxing Estates to accept it" in ended.stdout
    assert re.search(r"document [0-9a-f]{16}", ended.stdout)


def test_there_are_two_sample_desks() -> None:
    assert len(SAMPLES) == 2


@pytest.mark.parametrize(("options", "socket_mode"), [((), True), (("--url", "https://desk.example.org"), False)])
def test_the_slack_manifest_is_json_with_its_scopes(options: tuple[str, ...], socket_mode: bool) -> None:
    ended = deskbell("slack-manifest", *options)
    assert ended.returncode == 0, ended.stderr
    manifest = json.loads(ended.stdout)
    assert {"commands", "chat:write", "im:write", "users:read"} <= set(manifest["oauth_config"]["scopes"]["bot"])
    assert manifest["settings"]["socket_mode_enabled"] is socket_mode


def test_a_code_to_bind_is_printed_once_and_kept_as_a_hash(tmp_path: Path) -> None:
    ended = deskbell("bind", "client:hx", "--rulebook", str(DESK), cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    code = ended.stdout.rsplit(" ", 1)[1].strip()
    assert len(code) >= 22
    kept = b"".join(path.read_bytes() for path in (tmp_path / ".deskbell").iterdir())
    assert code.encode() not in kept
    wrong = deskbell("bind", "client:nobody", "--rulebook", str(DESK), cwd=tmp_path)
    assert wrong.returncode == 2
    assert "hx" in wrong.stderr


def test_an_unknown_language_of_the_demo_is_one_line(tmp_path: Path) -> None:
    ended = deskbell("demo", "--lang", "fr", cwd=tmp_path)
    assert ended.returncode == 2
    _is_clear(ended.stderr)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
async def test_the_demo_starts_answers_and_ends_well(tmp_path: Path, by: signal.Signals) -> None:
    async with living("demo", "--lang", "en", "--port", "0", cwd=tmp_path) as desk:
        url = re.search(r"http://127\.0\.0\.1:\d+", await desk.says("http://"))
        assert url is not None
        async with httpx.AsyncClient(base_url=url[0]) as client:
            assert (await client.get("/healthz")).json() == {"status": "ok"}
            ready = await client.get("/readyz")
            while ready.status_code == 503 and ready.json()["status"] == "clock stands still":
                ready = await client.get("/readyz")  # the first beat comes within a second
            assert ready.json()["status"] == "ready"
            assert "Traceback" not in (await client.get("/")).text
        assert await desk.ends(by) == 0
    _is_clear("".join(desk.errors))
    assert _is_empty(tmp_path), "the demo leaves nothing behind"
