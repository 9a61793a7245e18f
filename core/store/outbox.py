"""What is to be said: claimed by conditional update, recorded by outcome, never resent straight from `sending`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, and_, case, func, not_, or_, select, text, update

from core.model.parties import Address, Destination, Place
from core.model.sending import Card, DeliveryState, Lane, Notice
from core.store import tables as t
from core.store.changes import table
from core.store.mapping import Kept, Row
from core.store.pacing import Pacing, kind_of

_rows = table(t.DeliveryRow)
_lanes = table(t.LaneRow)

INTERRUPTED = "interrupted"
#: Conditions of partial indexes: written out, since a database that is given them as parameters does not see the index.
_UNDONE = text("state IN ('queued', 'sending', 'doubt')")
_DOUBTED = text("doubts > 0")
_NOTICE = text("kind = 'notice'")
#: Waits only for its turn to make a sound.
_PACED = text("state = 'queued' AND hushed IN ('pace', 'again') AND retry_at IS NULL")
_POSTED = text("receipt <> ''")
#: The event of a delivery that tells several reached checkpoints together.
GATHERED = "Gathered"
WAITING = (DeliveryState.QUEUED.value, DeliveryState.DOUBT.value)


class Claimed(Struct, frozen=True):
    """One delivery that is ours to make, as its row says."""

    id: int
    key: str
    kind: str
    request_id: int | None
    destination: Destination
    audience: str
    event: str
    facts: Mapping[str, Any]
    person: str
    guaranteed: bool
    loud: bool
    urgent: bool
    hushed: str
    doubtful: bool
    doubts: int
    attempts: int
    wanted: int
    shown_hash: str
    receipt: str
    valid_until: datetime | None
    claimed_at: datetime | None
    made_at: datetime

    @property
    def key_for_platform(self) -> str:
        """An opaque id that may be written into a message: no names, numbers or client ids in it (faults.md 2.2)."""
        return f"{self.id:x}"

    @property
    def unsure(self) -> bool:
        """An attempt to post it may have left a copy that is not known."""
        return self.doubts > 0 and not self.receipt


def card_row(card: Card, request: int, id_: int, now: datetime) -> Row:
    return _row(
        id_, f"card:{request}:{card.audience}:{card.destination.address}", "card", request, card.destination, now,
        audience=card.audience, rank=int(Lane.CARD), guaranteed=True,
    )  # fmt: skip


def notice_row(notice: Notice, request: int | None, id_: int, now: datetime) -> Row:
    return _row(
        id_, notice.key, "notice", request, notice.destination, now, event=notice.event, facts=dict(notice.facts),
        rank=int(notice.lane), person=notice.person, guaranteed=notice.guaranteed, loud=notice.loud,
        valid_until=notice.valid_until, not_before=notice.not_before, urgent=notice.urgent, hushed=notice.hushed,
        state=(DeliveryState.SUPERSEDED if notice.hushed else DeliveryState.QUEUED).value,
    )  # fmt: skip


def _row(id_: int, key: str, kind: str, request: int | None, to: Destination, now: datetime, **more: Any) -> Row:
    return {
        "id": id_, "key": key, "kind": kind, "request_id": request, "address": str(to.address), "place": to.place.value,
        "subject": to.subject, "generation": to.generation, "made_at": now, **more,
    }  # fmt: skip


def waiting(now: datetime, real: datetime) -> Any:
    """The condition under which a delivery may go: its time has come, by both clocks."""
    return and_(
        _UNDONE,
        _rows.c.state.in_(WAITING),
        or_(_rows.c.not_before.is_(None), _rows.c.not_before <= now),
        or_(_rows.c.retry_at.is_(None), _rows.c.retry_at <= real),
    )


def depth(connection: Connection) -> int:
    """How many wait, whether their time has come or not."""
    query = select(func.count()).where(_UNDONE, _rows.c.state.in_(WAITING))
    return int(connection.execute(query).scalar() or 0)


def claim(
    connection: Connection, now: datetime, real: datetime, busy: Collection[str], by: str, limit: int,
    pacing: Pacing | None = None,
) -> list[Claimed]:  # fmt: skip
    """Make the gravest waiting deliveries ours, at most one for each destination, none where a lane is paused or a
    bucket is empty.

    The conditional update is the claim: one process wins, on every database.
    """
    paused = {row.address for row in connection.execute(select(_lanes.c.address).where(_lanes.c.paused_until > real))}
    sending = select(_rows.c.address).where(_UNDONE, _rows.c.state == DeliveryState.SENDING.value)
    # Whatever waits for a lane that is shut must not fill the window and keep the others waiting.
    shut = [address for address in (*busy, *paused) if not address.endswith(":*")]
    paced = [not_(pacing.shut())] if pacing else []
    platforms = [_rows.c.address.not_like(f"{address[:-1]}%") for address in paused if address.endswith(":*")]
    query = (
        select(_rows).where(waiting(now, real), _rows.c.address.not_in(sending), _rows.c.address.not_in(shut), *platforms, *paced)
        .order_by(_rows.c.rank, _rows.c.id).limit(limit * 8)
    )  # fmt: skip
    taken: set[str] = set()
    mine: list[Claimed] = []
    for row in connection.execute(query).mappings().all():
        address = row["address"]
        if address in taken or (pacing and not pacing.take(address, kind_of(row["receipt"]))):
            continue
        won = connection.execute(
            update(_rows)
            .where(_rows.c.id == row["id"], _rows.c.state == row["state"])
            .values(state=DeliveryState.SENDING.value, claimed_at=real, claimed_by=by, attempts=_rows.c.attempts + 1)
        )
        if won.rowcount == 1:
            taken.add(address)
            mine.append(_claimed(row))
        if len(mine) == limit:
            break
    if pacing:
        pacing.keep()
    return mine


def gather(
    connection: Connection, one: Claimed, now: datetime, real: datetime, few: int, together: Sequence[str] = ()
) -> Claimed:
    """A message with those that wait for the same ears, as one delivery: no burst, and no two pings where one will do.

    Reached checkpoints of the same request always; those of others, too, when more than `few` wait, or if this is to be
    all: then the other events that may be told `together` are told with it. So is what waits only since these ears had
    just heard something: it need not be a ping of its own. What was gathered is said as long as any of
    it is of use, and is guaranteed if any of it is. Nothing joins a message that may have been sent.
    """
    joins = together or ("Reached",)
    if one.event not in (*joins, GATHERED) or one.doubts or one.receipt:
        return one
    beside = _rows.c.address == str(one.destination.address), _rows.c.generation == one.destination.generation
    query = select(_rows).where(
        or_(waiting(now, real), _PACED), *beside, _rows.c.event.in_(joins), _rows.c.doubts == 0, _rows.c.receipt == "",
        _rows.c.loud, or_(_rows.c.valid_until.is_(None), _rows.c.valid_until > now),
    )  # fmt: skip
    found = list(connection.execute(query.order_by(_rows.c.rank, _rows.c.id)).mappings())
    if together:  # whoever is to decide about a request has a message of its own for that
        found = [row for row in found if row["request_id"] == one.request_id or not _pages(row)]
    elif len(found) + len(parts(one)) <= few:
        found = [row for row in found if row["request_id"] == one.request_id]
    joined = [row for row in found if _join(connection, row, one)]
    if not joined:
        return one
    told = [*parts(one), *(_part(row["request_id"], row["event"], row["facts"], row["made_at"]) for row in joined)]
    until = [one.valid_until, *(row["valid_until"] for row in joined)]
    if mixed := {part["request"] for part in told} != {one.request_id}:
        _leave_trace(connection, one)
    whole = replace(
        one, event=GATHERED, facts={"parts": told}, request_id=None if mixed else one.request_id,
        guaranteed=one.guaranteed or any(row["guaranteed"] for row in joined),
        valid_until=None if None in until else max(at for at in until if at is not None),
    )  # fmt: skip
    kept = {name: getattr(whole, name) for name in ("event", "facts", "request_id", "guaranteed", "valid_until")}
    connection.execute(update(_rows).where(_rows.c.id == one.id).values(kept))
    return whole


def _pages(row: Kept) -> bool:
    """Whether it is the first that somebody hears of an escalation, and nothing has kept it from them."""
    return row["rank"] == Lane.PAGE and not row["hushed"] and not row["facts"].get("repeat")


def _part(request: int | None, event: str, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    return {"request": request, "event": event, "facts": dict(facts), "at": at.isoformat()}


def _leave_trace(connection: Connection, one: Claimed) -> None:
    """A message that is about to become a list of several requests' stays known by its own request, too."""
    if one.request_id is None or one.event == GATHERED:
        return
    row = connection.execute(select(_rows).where(_rows.c.id == one.id)).mappings().one()
    changed = {
        "id": -one.id, "key": f"{one.key}:told", "state": DeliveryState.SUPERSEDED.value, "hushed": row["hushed"] or "joined",
        "reason": f"told in {one.key_for_platform}",
    }  # fmt: skip
    connection.execute(_rows.insert().values({**row, **changed}))


def parts(one: Claimed) -> list[dict[str, Any]]:
    """What a delivery tells: of which requests, which event with its facts, and when it was made."""
    if one.event == GATHERED:
        return list(one.facts["parts"])
    return [_part(one.request_id, one.event, one.facts, one.made_at)]


def _join(connection: Connection, row: Kept, one: Claimed) -> bool:
    """Whether this one is ours to tell together with another: nobody has claimed it meanwhile."""
    won = connection.execute(
        update(_rows)
        .where(_rows.c.id == row["id"], _rows.c.state == row["state"])
        .values(
            state=DeliveryState.SUPERSEDED.value, reason=f"told in {one.key_for_platform}",
            hushed=row["hushed"] or "joined",
        )
    )  # fmt: skip
    return won.rowcount == 1


def hold(connection: Connection, id_: int, until: datetime, why: str, valid_until: datetime | None) -> None:
    """A claimed message waits for its time (desk clock), and its row says why; no attempt was made."""
    connection.execute(
        update(_rows)
        .where(_rows.c.id == id_)
        .values(
            state=DeliveryState.QUEUED.value, not_before=until, hushed=why, valid_until=valid_until,
            attempts=_rows.c.attempts - 1,
        )
    )  # fmt: skip


def take_held(connection: Connection, address: str, now: datetime, why: str) -> list[dict[str, Any]]:
    """What was held for these ears and is told in their digest instead: its parts."""
    held = (
        _UNDONE, _rows.c.state == DeliveryState.QUEUED.value, _rows.c.address == address, _NOTICE, _rows.c.hushed != "",
        _rows.c.receipt == "", or_(_rows.c.valid_until.is_(None), _rows.c.valid_until > now),
    )  # fmt: skip
    rows = connection.execute(select(_rows).where(*held).order_by(_rows.c.rank, _rows.c.id)).mappings().all()
    found: list[dict[str, Any]] = []
    for row in rows:
        connection.execute(
            update(_rows)
            .where(_rows.c.id == row["id"])
            .values(state=DeliveryState.SUPERSEDED.value, reason="told in the digest", hushed=why)
        )
        found += parts(_claimed(row))
    return found


#: Why a row was set aside that says nothing of anybody's peace.
_OF_NO_INTEREST = ("withdrawn", "bound to another", "binding renewed")


def hushed(connection: Connection, request: int, limit: int = 12) -> list[Kept]:
    """The messages about a request that were held, told with others, or not said: the latest first."""
    aside = (DeliveryState.SUPERSEDED.value, DeliveryState.REJECTED.value)
    query = (
        select(_rows)
        .where(
            _rows.c.request_id == request, _NOTICE,
            or_(_rows.c.hushed != "", and_(_rows.c.state.in_(aside), _rows.c.reason.not_in(_OF_NO_INTEREST))),
        )
        .order_by(_rows.c.made_at.desc(), _rows.c.id.desc())
    )  # fmt: skip
    return list(connection.execute(query.limit(limit)).mappings())


def _claimed(row: Kept) -> Claimed:
    to = Destination(Address.parse(row["address"]), Place(row["place"]), row["subject"], "", "", row["generation"])
    return Claimed(
        row["id"], row["key"], row["kind"], row["request_id"], to, row["audience"], row["event"], row["facts"],
        row["person"], bool(row["guaranteed"]), bool(row["loud"]), bool(row["urgent"]), row["hushed"],
        row["state"] == DeliveryState.DOUBT.value,
        row["doubts"], row["attempts"] + 1, row["wanted"], row["shown_hash"], row["receipt"], row["valid_until"],
        row["claimed_at"], row["made_at"],
    )  # fmt: skip


def sent(connection: Connection, id_: int, receipt: str, shown: int, hash_: str, now: datetime) -> None:
    """It is there. A card that changed meanwhile is queued again."""
    connection.execute(
        update(_rows)
        .where(_rows.c.id == id_)
        .values(
            state=case((_rows.c.wanted > shown, DeliveryState.QUEUED.value), else_=DeliveryState.SENT.value),
            receipt=receipt, shown=shown, shown_hash=hash_, sent_at=now, retry_at=None, reason="", attempts=0,
        )
    )  # fmt: skip


def put_off(connection: Connection, id_: int, state: DeliveryState, reason: str, retry_at: datetime | None) -> None:
    """Not there: why, and when it may be looked at again (real time)."""
    connection.execute(
        update(_rows).where(_rows.c.id == id_).values(state=state.value, reason=reason, retry_at=retry_at)
    )


def put_in_doubt(connection: Connection, id_: int, reason: str, retry_at: datetime) -> None:
    """This attempt may have left a copy: it is looked for when Q is over, and not before."""
    doubt = {"state": DeliveryState.DOUBT.value, "doubts": _rows.c.doubts + 1}
    connection.execute(update(_rows).where(_rows.c.id == id_).values(reason=reason, retry_at=retry_at, **doubt))


def forget_receipt(connection: Connection, id_: int) -> None:
    """The message is gone from the platform: the next attempt posts a fresh one, which is no repeat."""
    connection.execute(
        update(_rows)
        .where(_rows.c.id == id_)
        .values(receipt="", shown_hash="", state=DeliveryState.QUEUED.value, doubts=0, retry_at=None)
    )


def hold_lane(connection: Connection, address: str, until: datetime, reason: str) -> None:
    connection.execute(_lanes.delete().where(_lanes.c.address == address))
    connection.execute(_lanes.insert().values(address=address, paused_until=until, reason=reason))


def withdraw(connection: Connection, request: int) -> None:
    """Notices of this request that have not left are taken back."""
    connection.execute(
        update(_rows)
        .where(_rows.c.request_id == request, _NOTICE, _rows.c.state == DeliveryState.QUEUED.value)
        .values(state=DeliveryState.SUPERSEDED.value, reason="withdrawn")
    )


def recover(
    connection: Connection, lease_until: datetime, quiet_until: datetime, by: str, busy: Collection[str], poison: int
) -> int:
    """What was being sent when a process died is in doubt, never simply sent again (rulings.md 17).

    It is looked for when Q is over. An edit is repeatable, so it is no doubt; what killed us again and again is put aside.
    """
    edit = _rows.c.receipt != ""
    deadly = and_(_rows.c.reason == INTERRUPTED, _rows.c.attempts >= poison)
    found = connection.execute(
        update(_rows)
        .where(
            _UNDONE,
            _rows.c.state == DeliveryState.SENDING.value,
            _rows.c.claimed_at < lease_until,
            or_(_rows.c.claimed_by != by, _rows.c.address.not_in(busy)),
        )
        .values(
            state=case(
                (deadly, DeliveryState.REJECTED.value), (edit, DeliveryState.QUEUED.value),
                else_=DeliveryState.DOUBT.value,
            ),
            doubts=case((edit, _rows.c.doubts), else_=_rows.c.doubts + 1),
            retry_at=case((edit, None), else_=quiet_until),
            reason=INTERRUPTED,
        )
    )  # fmt: skip
    return int(found.rowcount)


def swept(connection: Connection, before: datetime) -> list[Claimed]:
    """What is there after a doubt and has not been looked at since: a copy may have landed late (faults.md 2.2)."""
    query = select(_rows).where(
        _DOUBTED, _rows.c.state == DeliveryState.SENT.value, _rows.c.reason == "", _rows.c.sent_at <= before
    )
    return [_claimed(row) for row in connection.execute(query).mappings()]


def mark_swept(connection: Connection, id_: int) -> None:
    still = (_rows.c.id == id_, _rows.c.state == DeliveryState.SENT.value)
    connection.execute(update(_rows).where(*still).values(reason="swept"))


def moved(connection: Connection, old: str, new: str) -> None:
    """What was meant for a chat's old address goes to its new one, once: a card's key names its address."""
    connection.execute(
        update(_rows).where(_rows.c.address == old).values(address=new, key=func.replace(_rows.c.key, old, new))
    )


def of_receipt(connection: Connection, address: str, receipt: str) -> int | None:
    """The request that a posted message speaks of."""
    query = select(_rows.c.request_id).where(_POSTED, _rows.c.receipt == receipt, _rows.c.address == address)
    found: int | None = connection.execute(query).scalar()
    return found


def next_attempt(connection: Connection, real: datetime) -> datetime | None:
    """When the next put-off delivery may go (real time)."""
    query = (
        select(_rows.c.retry_at)
        .where(_UNDONE, _rows.c.state.in_(WAITING), _rows.c.retry_at > real)
        .order_by(_rows.c.retry_at)
    )
    found: datetime | None = connection.execute(query.limit(1)).scalar()
    return found


def next_not_before(connection: Connection, now: datetime) -> datetime | None:
    """When the next held delivery may go (desk time)."""
    query = select(_rows.c.not_before).where(_UNDONE, _rows.c.state.in_(WAITING), _rows.c.not_before > now)
    found: datetime | None = connection.execute(query.order_by(_rows.c.not_before).limit(1)).scalar()
    return found
