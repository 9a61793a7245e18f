"""A fortnight of a small firm: six people, forty requests, Good Friday, the night in which Berlin's clocks go forward.

The golden file has every message that anybody hears, in order; the page beside it gives each a verdict (needed, could be
quieter, noise) and a reason. A message of a kind that nobody has judged fails the test, and so does a page that was made
for another golden: `DESKBELL_GOLDENS=write` makes both anew, to be read.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Mapping, Sequence
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
from core.rules.calm import BETWEEN
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
    "warning, nobody has it": ("needed", "nobody has taken it: whoever is on duty still can in time"),
    "last warning, nobody has it": (
        "could be quieter",
        "they were told so at 75 %; that the time is nearly over is the one thing new in it",
    ),
    "warning, just given": (
        "could be quieter",
        "they were given it a few minutes ago; but it is theirs to acknowledge, and that takes one press",
    ),
    "warning to whoever has it": ("needed", "the promise can still be kept, and only this person can keep it"),
    "last warning to whoever has it": ("needed", "the last word before the promise breaks, to the one who can keep it"),
    "warning, round the clock": (
        "needed",
        "this promise does not wait for Monday; in quiet hours only whoever is on duty is woken by it",
    ),
    "last warning, round the clock": ("needed", "the last word before a promise breaks that runs through the weekend"),
    "breach, nobody has it": ("needed", "its time is over and nobody has taken it: the lead decides who does"),
    "breach, in somebody's hands": ("needed", "it is late in their hands: the lead decides whether somebody helps"),
    "breach, not looked at": ("needed", "it was given to somebody who has not looked at it: the lead can ask them"),
    "escalation": ("needed", "an hour over its time; who can decide about it is told, with the decisions to press"),
    "escalation, second": ("could be quieter", "told an hour ago, and nobody has acted since; it is said so once more"),
    "escalation, third": ("could be quieter", "the last of three: from here on it is in the digest alone"),
    "list": ("needed", "several requests in one message: what would have been a burst"),
    "list of repeats": (
        "could be quieter",
        "what was told an hour ago and still stands, several requests in one message",
    ),
    "given": ("needed", "work that somebody else put into their hands"),
    "client: who is on it": ("could be quieter", "the card says it too; it makes no sound"),
    "client wrote": ("needed", "the client's own words to whoever works on it"),
    "client wrote, kept over night": ("needed", "the client wrote late in the evening; it waited for the morning"),
    "client wrote, in the evening": (
        "could be quieter",
        "after hours, before the quiet ones; the assignee may set these",
    ),
    "client wrote, to the team": (
        "needed",
        "nobody has it, so the team's chat hears the client's words, without a sound",
    ),
    "Replied": ("needed", "the answer that was asked for"),
    "ClientAsked": ("needed", "the clocks wait for the client's word"),
    "Resolved": ("needed", "the client has to accept it or say what is missing"),
    "Closed": ("could be quieter", "nobody waits for this; it asks once for a rating, without a sound"),
    "StillAsked": ("needed", "half of what was left is over: whoever took it says whether they are still on it"),
    "ReturnedToQueue, to whoever had it": ("needed", "it is no longer theirs, and they should not go on believing so"),
    "ReturnedToQueue, to the team": (
        "needed",
        "it is the team's again; without a sound, as its clocks warn by themselves",
    ),
    "digest": ("needed", "once a working morning, without a sound; can be muted for a week"),
    "digest of a week": (
        "needed",
        "on the week's first working day in place of the morning's, with the week in figures",
    ),
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
                then(1.6, by, "team-site", f"/desk take {number}")
                said.append(
                    Line(
                        filed.replace(hour=22, minute=30).astimezone(UTC),
                        who,
                        "client-hx",
                        f"/request add {number} It became worse",
                    )
                )
                then(23.5, by, "team-site", f"/desk resolve {number} Replaced")
            case 3:  # a question to the client
                then(0.5, by, "team-site", f"/desk take {number}")
                then(0.8, by, "team-site", f"/desk wait {number} Which one do you mean?")
                then(4, who, "client-hx", f"/request add {number} The red one")
                then(6, by, "team-site", f"/desk resolve {number} The red one is right now")
            case _:  # the lead gives it to somebody
                then(0.2, "wang", "team-site", f"/desk assign {number} {by}")
                then(1.7, by, "team-site", f"/desk resolve {number} Closed")
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


def crowded(connection: Connection) -> list[tuple[str, datetime]]:
    """Pings that came to a colleague within five minutes of the last one, though neither urgent nor of a P1."""
    rows, requests = table(t.DeliveryRow), table(t.RequestRow)
    query = (
        select(rows, requests.c.priority)
        .outerjoin(requests, requests.c.id == rows.c.request_id)
        .where(rows.c.state == "sent", rows.c.loud, rows.c.event != "Digest", rows.c.address.like("web::@%"))
        .order_by(rows.c.sent_at, rows.c.id)
    )
    last: dict[str, datetime] = {}
    found = []
    for row in connection.execute(query).mappings():
        person, at = row["subject"], row["sent_at"]
        if person in last and at - last[person] < BETWEEN and not row["urgent"] and row["priority"] != 1:
            found.append((person, at))
        last[person] = at
    return found


def _kind(row: Any) -> str:
    """What sort of message it is, as somebody who judges it would say."""
    event, facts, person = row["event"], row["facts"], row["person"]
    match event:
        case "Reached":
            return _reached(facts, person)
        case "Gathered":
            repeats = all(part["event"] == "Reached" and part["facts"]["repeat"] for part in facts["parts"])
            return "list of repeats" if repeats else "list"
        case "Digest":
            return "digest" if facts.get("period", "daily") == "daily" else "digest of a week"
        case "Assigned" | "Acknowledged":
            return "client: who is on it" if row["place"] == "client" else "given"
        case "ReturnedToQueue":
            return f"{event}, to {'the team' if row['place'] == 'team' else 'whoever had it'}"
        case "ClientWrote":
            if row["place"] == "team":
                return "client wrote, to the team"
            late = "in the evening" if row["sent_at"].astimezone(BERLIN).hour >= 18 else ""
            kept = "kept over night" if row["hushed"] else late
            return "client wrote" + (f", {kept}" if kept else "")
        case _:
            return str(event)


def _reached(facts: Mapping[str, Any], person: str) -> str:
    has = facts["assignee"]
    match facts["kind"]:
        case "reminder":
            last = "last warning" if facts["percent"] >= 90 else "warning"
            if facts["target"] == "promise":
                return f"{last}, round the clock"
            if not has:
                return f"{last}, nobody has it"
            return f"{last}, just given" if facts["metric"] == "ack" else f"{last} to whoever has it"
        case "breach":
            return (
                "breach, nobody has it" if not has
                else "breach, not looked at" if facts["metric"] == "ack" else "breach, in somebody's hands"
            )  # fmt: skip
        case _:
            return "escalation" + ("", ", second", ", third")[facts["repeat"]]


async def lived(folder: Path) -> list[tuple[str, str]]:
    """The fortnight, played; every message with its kind."""
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
        assert not crowded(connection)
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
    loud = [(line, kind) for line, kind in found if " ♪ " in line]
    night = [line for line, kind in loud if not _day(line) and "@" in line and not kind.startswith("escalation")]
    assert not [line for line in night if "24-hour" not in line and "Overdue" not in line], "nobody is woken for less"
    assert not [line for line in golden.splitlines() if line.startswith("Fri 03 Apr") and "morning" in line], (
        "a holiday"
    )
    assert sum("@zhao" in line for line, _ in loud) <= 35, (
        "the manager was told 58 times before one clock spoke for all"
    )


def _day(line: str) -> bool:
    """Whether it was heard outside quiet hours."""
    return 8 <= int(line.split()[3].split(":")[0]) < 22
