"""Drafts: nothing that somebody typed or handed over is lost, for a day of desk time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from core.ask.commands import AddInformation, OpenRequest
from core.ask.grammar import Asked
from core.batch import Batch
from core.errors import Refused
from core.ids import new_token
from core.look import Asker
from core.model.parties import Place
from core.model.request import File
from core.say.message import Answer
from core.store import facts as known
from core.store import tables as t
from core.store.mapping import Kept, Row

LIFE = timedelta(hours=24)


def keep(kind: str, content: dict[str, Any], batch: Batch, asker: Asker) -> str:
    """Nothing that was typed is lost: kept for a day."""
    token = new_token()
    batch.changes.insert(t.DraftRow, _row(token, kind, content, batch, asker))
    return token


def put(token: str, kind: str, content: dict[str, Any], batch: Batch, asker: Asker) -> None:
    known.keep_draft(batch.connection, _row(token, kind, content, batch, asker))


def own(token: str, batch: Batch, asker: Asker) -> Kept:
    """What was kept under this token. Raises Refused `draft_gone`, also to everybody else."""
    row = known.draft(batch.connection, token, batch.now)
    if row is None or row["person"] != asker.actor.person:
        raise Refused("draft_gone")
    return row


def keep_text(text: str, files: tuple[File, ...], batch: Batch, asker: Asker) -> str:
    """A text that is not filed yet, with the files that came with it."""
    at = str(asker.place.address)
    return keep("text", {"text": text, "at": at, **({"files": _plain(files)} if files else {})}, batch, asker)


def keep_files(text: str, files: tuple[File, ...], batch: Batch, asker: Asker) -> str:
    return keep("files", {"text": text, "files": _plain(files)}, batch, asker)


def kept_files(token: str, batch: Batch, asker: Asker) -> tuple[str, tuple[File, ...]]:
    """What `keep_files` or `keep_text` kept. Raises Refused `draft_gone`."""
    content = own(token, batch, asker)["content"]
    return content["text"], tuple(File(*one) for one in content.get("files", ()))


def with_files(asked: Asked, token: str, batch: Batch, asker: Asker) -> Asked:
    """What files a kept text takes the files along that were kept with it."""
    if not token or not isinstance(asked, OpenRequest | AddInformation):
        return asked
    row = known.draft(batch.connection, token, batch.now)
    if row is None or row["person"] != asker.actor.person:
        return asked
    return replace(asked, files=(*asked.files, *(File(*one) for one in row["content"].get("files", ()))))


def _plain(files: tuple[File, ...]) -> list[list[Any]]:
    return [[file.name, file.ref, file.size, file.url] for file in files]


def texts(batch: Batch, asker: Asker) -> list[tuple[str, str]]:
    """What the asker has typed and not filed, the newest first: token and text.

    Where others read along it is only what was typed there; alone with the desk it is all of it.
    """
    kept = known.drafts(batch.connection, asker.actor.person, batch.now)
    here = "" if asker.place.place is Place.DIRECT else str(asker.place.address)
    return [(row["token"], str(row["content"]["text"])) for row in kept if here in ("", row["content"].get("at", here))]


def filed(token: str, answer: Answer, batch: Batch, asker: Asker) -> Answer:
    """What is filed, or is not wanted any more, is no longer a draft."""
    if token:
        known.drop_draft(batch.connection, token, asker.actor.person)
    return answer


def _row(token: str, kind: str, content: dict[str, Any], batch: Batch, asker: Asker) -> Row:
    return {
        "token": token, "person": asker.actor.person, "kind": kind, "content": content, "made_at": batch.now,
        "expires_at": batch.now + LIFE,
    }  # fmt: skip
