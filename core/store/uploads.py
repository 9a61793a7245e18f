"""Files that came over the page: kept whole in a row each, so that one backup has all and two desks on one database need
no folder in common. They are small (`Cabinet.limit`), are read one at a time, and lie in a table that nothing else reads.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from core.model.request import Attached, File
from core.store import tables as t
from core.store.changes import table

_uploads = table(t.UploadRow)

#: Where the reference of such a file begins; its id follows.
PREFIX = "web:"
#: What no request has yet: for so long (real time), and so many of one person.
LOOSE_LIFE, LOOSE = timedelta(hours=24), 30


def keep(connection: Connection, file: File, data: bytes, person: str, real: datetime) -> bool:
    """Keep a file whose reference is made already; False where this person has too many that belong to nothing."""
    loose = _uploads.c.request_id.is_(None)
    connection.execute(delete(_uploads).where(loose, _uploads.c.made_at < real - LOOSE_LIFE))
    mine = select(func.count()).select_from(_uploads).where(loose, _uploads.c.person == person)
    if (connection.execute(mine).scalar() or 0) >= LOOSE:
        return False
    row = {"id": file.ref.removeprefix(PREFIX), "person": person, "name": file.name, "size": file.size}
    connection.execute(insert(_uploads).values(**row, data=data, made_at=real, request_id=None))
    return True


def mine(connection: Connection, ids: Collection[str], person: str) -> tuple[File, ...]:
    """Of these, what this person sent, in the order asked for; also what a request has: the same line may come twice."""
    columns = (_uploads.c.id, _uploads.c.name, _uploads.c.size)
    held = (_uploads.c.id.in_(list(ids)), _uploads.c.person == person)
    found = {row.id: row for row in connection.execute(select(*columns).where(*held))}
    return tuple(File(found[id_].name, f"{PREFIX}{id_}", found[id_].size) for id_ in ids if id_ in found)


def belong(connection: Connection, files: Collection[Attached], request: int) -> None:
    """These files of a request are its own from now on; what came over another platform is not kept here."""
    ids = [one.file.ref.removeprefix(PREFIX) for one in files if one.file.ref.startswith(PREFIX)]
    if ids:
        loose = _uploads.c.request_id.is_(None)
        connection.execute(update(_uploads).where(_uploads.c.id.in_(ids), loose).values(request_id=request))


def data(connection: Connection, ref: str) -> bytes | None:
    """What is in a file; whoever asks has seen that it is of a request which they may see."""
    query = select(_uploads.c.data).where(_uploads.c.id == ref.removeprefix(PREFIX))
    found: bytes | None = connection.execute(query).scalar()
    return bytes(found) if found is not None else None
