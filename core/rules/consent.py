"""Consent: who accepts a proposed version of an agreement for a client, and where."""

from __future__ import annotations

from core.ask import commands as do
from core.errors import Refused
from core.model.parties import Place, Role
from core.rulebook.values import Agreement
from core.rules.context import Context


def accepted(command: do.Agree, ctx: Context) -> tuple[str, Agreement]:
    """The client and the version that it accepts by this command.

    Only a contact speaks for the client, in its chat or a direct message. Raises Refused: `agree_right`,
    `nothing_proposed`, `which_proposal`.
    """
    client = ctx.actor.client
    elsewhere = ctx.place.place is Place.TEAM or (ctx.place.place is Place.CLIENT and ctx.place.subject != client)
    if ctx.actor.role is not Role.CONTACT or elsewhere:
        raise Refused("agree_right")
    open_ = ctx.directory.proposals(client)
    found = [one for one in open_ if command.agreement in ("", one.key)]
    if not found:
        raise Refused("nothing_proposed")
    if len(found) > 1:
        raise Refused("which_proposal")
    return client, found[0]
