"""Agreements as people settle them: the client accepts a version, a manager applies it to what is open."""

from __future__ import annotations

from msgspec.structs import replace

from core.ask import commands as do
from core.batch import Batch
from core.look import Asker, outdated, previewed
from core.rules import consent
from core.say import agreed
from core.say.message import Answer


def agree(command: do.Agree, batch: Batch, asker: Asker) -> Answer:
    client, version = consent.accepted(command, batch.context(asker.actor, asker.place))
    event = batch.agree(client, version, asker.actor)
    voice = replace(asker.voice, directory=batch.newest)
    said = agreed.notice(event, client, voice)
    return Answer(said, toast=said.summary if said else "")


def apply(agreement: str, shown: str, batch: Batch, asker: Asker) -> Answer:
    """What the preview showed, and nothing else: one command for each request under one batch id (rulings.md 20)."""
    found = outdated(batch.connection, agreement, asker)
    if agreed.fingerprint(found) != shown:
        return previewed(agreement, found, asker, changed=True)
    together = f"{batch.new_id():x}"
    for request, version in found:
        command = do.ApplyAgreement(request.number, version.key, together)
        decision = batch.decided(request, command, asker.actor, asker.place)
        batch.keep(decision, asker.actor)
    return agreed.applied(len(found), agreement, together, asker.voice)
