"""A fortnight of a small firm: six people, forty requests, Good Friday, the night in which Berlin's clocks go forward.

The golden file has every message that anybody hears, in order; the page beside it gives each a verdict (needed, could be
quieter, noise) and a reason. A message of a kind that nobody has judged fails the test, and so does a page that was made
for another golden: `DESKBELL_GOLDENS=write` makes both anew, to be read.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import Connection, select

from core.courier import Courier, Pace
from core.desk import ServiceDesk
from core.model.parties import Address, Identity
from core.ports import Can, Clock, Desk, Envelope, Said
from core.rulebook.directory import Directory
from core.rulebook.load import load
from core.say.message import Message
from core.store import schema
from core.store import tables as t
from core.store.changes import table
from core.store.engine import connect
from core.ticker import Ticker
from tests.conftest import FrozenClock

FOLDER = Path(__file__).parent.parent / "data" / "fortnight"
BERLIN = ZoneInfo("Europe/Berlin")
#: Monday, 23 March 2026. The clocks change on the 29th; the 3rd of April is Good Friday, the 6th Easter Monday.
START = datetime(2026, 3, 23, 8, 0, tzinfo=BERLIN).astimezone(UTC)
DAYS = 14
TITLES = (
    "Pump {n} leaks",
    "Drawing {n} is missing",
    "Crane permit {n} has expired",
    "Invoice {n} is wrong",
    "Gate {n} stands open",
)

#: what is heard -> verdict, reason
JUDGED: dict[str, tuple[str, str]] = {
    "Reached reminder": ("needed", "the promise can still be kept, and only this person can keep it"),
    "Reached breach": ("needed", "the lead decides who takes over; it is said once for each clock"),
    "Reached reminder, the last": ("needed", "the last word before the promise breaks"),
    "Reached escalation": ("needed", "nobody has acted for a working hour"),
    "Reached escalation again": ("could be quieter", "told an hour ago; the third is the last, then the digest alone"),
    "Gathered": ("needed", "several things in one message: what would have been a burst"),
    "Assigned team": ("needed", "work that somebody else put into their hands"),
    "Assigned client": ("could be quieter", "the card says it too; it makes no sound"),
    "Acknowledged client": ("could be quieter", "the card says it too; it makes no sound"),
    "ClientWrote": ("needed", "the client's own words to whoever works on it"),
    "Replied": ("needed", "the answer that was asked for"),
    "ClientAsked": ("needed", "the clocks wait for the client's word"),
    "Resolved": ("needed", "the client has to accept it or say what is missing"),
    "Resumed": ("could be quieter", "the card says it too; it makes no sound"),
    "Closed": ("could be quieter", "the client did it or let it be; asks once for a rating, without a sound"),
    "StillAsked": ("needed", "half of what was left is over: whoever took it says whether they are still on it"),
    "ReturnedToQueue": ("needed", "whoever took it does not answer: it is the team's again"),
    "Reopened": ("needed", "it is not solved after all"),
    "Digest daily": ("needed", "once a working morning, without a sound; can be muted for a week"),
    "Digest weekly": ("needed", "on Mondays in place of the morning's, with the week in figures"),
    "PriorityChanged": ("needed", "another urgency, with its reason"),
}


class Ears:
    """The page's own chats without a page: keeps what is posted, by delivery."""

    name = "web"
    can = Can()

    def __init__(self) -> None:
        self.posted: dict[str, str] = {}

    async def post(self, address: Address, message: Message, key: str) -> str:
        self.posted[key] = message.summary
        return key

    async def edit(self, address: Address, receipt: str, message: Message) -> str:
        return receipt

    async def find(self, address: Address, key: str, since: datetime) -> str | None:
        return None

    async def remove_extras(self, address: Address, key: str, receipt: str, since: datetime) -> int:
        return 0

    async def start(self, desk: Desk) -> None: ...
    async def run(self) -> None: ...
    async def stop(self) -> None: ...
    def routes(self) -> Sequence[Any]:
        return ()


class Line(Struct, frozen=True):
    at: datetime
    person: str
    chat: str
    line: str


def story() -> list[Line]:
    """Forty requests, and what becomes of each, by their number alone."""
    said: list[Line] = []
    for n in range(1, 41):
        day = (n * 3) % DAYS if n <= 32 else 7  # eight of them on one morning
        minute = (n * 47) % 480 if n <= 32 else 30 + (n - 32) // 5
        filed = datetime(2026, 3, 23, 9, 0, tzinfo=BERLIN) + timedelta(days=day, minutes=minute)
        who, by = ("emma", "bao")[n % 2], ("li", "nina")[n % 2]
        level = ("", " !high", " !low", "", " !urgent")[n % 5] if n <= 32 else ""
        title = TITLES[n % 5].format(n=n)

        def then(hours: float, person: str, chat: str, line: str, filed: datetime = filed) -> None:
            said.append(Line((filed + timedelta(hours=hours)).astimezone(UTC), person, chat, line))

        then(0, who, "client-hx", f"/request {title} #it{level}")
        number = f"{{{n}}}"
        match n % 5:
            case 0:  # nobody acts for a day
                then(26, by, "team-site", f"/desk take {number}")
                then(28, by, "team-site", f"/desk resolve {number} Done at last")
            case 1:
                then(0.4, by, "team-site", f"/desk take {number}")
                then(0.7, by, "team-site", f"/desk reply {number} We look at it today")
                then(4.5, by, "team-site", f"/desk resolve {number} Repaired")
                then(5, who, "client-hx", f"/request accept {number}")
            case 2:  # the client writes late in the evening
                then(1.5, by, "team-site", f"/desk take {number}")
                said.append(
                    Line(
                        filed.replace(hour=22, minute=30).astimezone(UTC),
                        who,
                        "client-hx",
                        f"/request add {number} It became worse",
                    )
                )
                then(24, by, "team-site", f"/desk resolve {number} Replaced")
            case 3:  # a question to the client
                then(0.5, by, "team-site", f"/desk take {number}")
                then(0.8, by, "team-site", f"/desk wait {number} Which one do you mean?")
                then(4, who, "client-hx", f"/request add {number} The red one")
                then(6, by, "team-site", f"/desk resolve {number} The red one is right now")
            case _:  # the lead gives it to somebody
                then(0.2, "wang", "team-site", f"/desk assign {number} {by}")
                then(1.5, by, "team-site", f"/desk resolve {number} Closed")
    return sorted(said, key=lambda line: line.at)


def heard(connection: Connection, ears: Ears) -> list[tuple[str, str]]:
    """Each message that made somebody hear or read something, in order, with its kind."""
    rows = table(t.DeliveryRow)
    query = select(rows).where(rows.c.kind == "notice", rows.c.state == "sent").order_by(rows.c.sent_at, rows.c.id)
    found = []
    for row in connection.execute(query).mappings():
        at = row["sent_at"].astimezone(BERLIN)
        chat = row["address"].rpartition(":")[2]
        sound = "♪" if row["loud"] else "·"
        held = f" [{row['hushed']}]" if row["hushed"] else ""
        words = " ".join(ears.posted[f"{row['id']:x}"].split())
        found.append((f"{at:%a %d %b %H:%M} {chat:10} {sound} {words}{held}", _kind(row)))
    return found


def _kind(row: Any) -> str:
    event, facts = row["event"], row["facts"]
    match event:
        case "Reached":
            if facts["kind"] == "reminder":
                return "Reached reminder, the last" if facts["percent"] >= 90 else "Reached reminder"
            return f"Reached {facts['kind']}" + (" again" if facts["repeat"] else "")
        case "Digest":
            return f"Digest {facts.get('period', 'daily')}"
        case "Assigned" | "Acknowledged":
            return f"{event} {'client' if row['place'] == 'client' else 'team'}"
        case _:
            return str(event)


async def lived(folder: Path) -> list[tuple[str, str]]:
    clock = FrozenClock(START)
    engine = connect(f"sqlite:///{folder}/desk.db")
    schema.migrate(engine)
    book = load(FOLDER / "desk.toml", today=date(2026, 3, 23), chats_on_page=True)
    ears = Ears()
    desk = ServiceDesk(engine, Directory(book, platforms=frozenset({"web"})), _clock(clock), can={"web": ears.can})
    ticker, courier = Ticker(desk), Courier(desk, {"web": ears}, pace=Pace())
    await ticker.plan()
    numbers: dict[str, str] = {}
    lines = story()
    end = START + timedelta(days=DAYS + 1)
    while True:
        due = await ticker.next_due()
        following = lines[0].at if lines else end
        clock.at = max(min(due or end, following, end), clock.at)
        await ticker.beat()
        await courier.until_quiet()
        while lines and lines[0].at <= clock.at:
            one = lines.pop(0)
            text = one.line
            for n, number in numbers.items():
                text = text.replace(n, number)
            if text.startswith("/request ") and "#it" in text:
                index = next(
                    n for n in range(1, 41) if text.removeprefix("/request ").startswith(TITLES[n % 5].format(n=n))
                )
                numbers[f"{{{index}}}"] = f"HX-{len(numbers) + 1}"
            command, _, rest = text.lstrip("/").partition(" ")
            key = hashlib.sha256(f"{one.at}{one.line}".encode()).hexdigest()
            envelope = Envelope(key, Identity("web", "", one.person), Address("web", "", one.chat), Said(command, rest))
            await desk.hear(envelope)
            await courier.until_quiet()
        if clock.at >= end and not lines:
            break
    with engine.connect() as connection:
        found = heard(connection, ears)
    desk.close()
    engine.dispose()
    return found


def _clock(clock: FrozenClock) -> Clock:
    return clock


def verdicts(golden: str, found: list[tuple[str, str]]) -> str:
    """The page beside the golden: each message with its verdict and the reason for it."""
    count = Counter(JUDGED[kind][0] for _, kind in found)
    loud = sum(" ♪ " in line for line, _ in found)
    rows = [f"| {line.replace('|', '/')} | {JUDGED[kind][0]} | {JUDGED[kind][1]} |" for line, kind in found]
    head = [
        "# What six people heard in a fortnight", "",
        f"Made for heard.txt {hashlib.sha256(golden.encode()).hexdigest()[:16]}; made anew whenever that changes.", "",
        f"{len(found)} messages, {loud} of them with a sound: "
        + ", ".join(f"{count[v]} {v}" for v in ("needed", "could be quieter", "noise")) + ".", "",
        "| message | verdict | reason |", "|---|---|---|",
    ]  # fmt: skip
    return "\n".join([*head, *rows]) + "\n"


async def test_what_everybody_hears_in_a_fortnight(tmp_path: Path) -> None:
    found = await lived(tmp_path)
    unjudged = {kind for _, kind in found} - JUDGED.keys()
    assert not unjudged, f"nobody has judged {unjudged}"
    golden = "\n".join(line for line, _ in found) + "\n"
    page = verdicts(golden, found)
    if os.environ.get("DESKBELL_GOLDENS") == "write":
        (FOLDER / "heard.txt").write_text(golden)
        (FOLDER / "verdicts.md").write_text(page)
    assert golden == (FOLDER / "heard.txt").read_text(), "read the diff, then DESKBELL_GOLDENS=write"
    assert page == (FOLDER / "verdicts.md").read_text(), "the page of verdicts is not of this golden"
    quiet = [
        line
        for line, kind in found
        if " ♪ " in line and not _day(line) and "@" in line and kind != "Reached escalation"
    ]
    assert not [line for line in quiet if "24-hour" not in line and "Overdue" not in line], "nobody is woken for less"
    assert not [line for line in golden.splitlines() if line.startswith("Fri 03 Apr") and "morning" in line], (
        "a holiday"
    )


def _day(line: str) -> bool:
    """Whether it was heard outside quiet hours."""
    return 8 <= int(line.split()[3].split(":")[0]) < 22
