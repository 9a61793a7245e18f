"""What is handed over through the door: files that come with words, and the buttons of what is missing at intake.

A file stays on its platform; its name and reference are kept, and of one that came over the page all of it. Where it may
be several things, or for several requests, it is asked about, and the file is kept with the question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from core.ask import commands as do
from core.ask import grammar
from core.ask.commands import OnRequest
from core.ask.grammar import Asked
from core.batch import Batch
from core.drafts import keep_files, kept_files
from core.errors import Fix, Refused
from core.look import Asker, one
from core.model.parties import Place
from core.model.request import File, Request, Status
from core.ports import Said
from core.rulebook.values import Detail
from core.rules import lifecycle, menu
from core.say import answers
from core.say.message import Answer
from core.store import requests as rows


class Handing(Struct):
    """For one envelope: `act` carries out a command, `asks` opens the form of something that is missing."""

    batch: Batch
    asker: Asker
    act: Callable[[OnRequest], Answer]
    asks: Callable[[Request, str], Answer]

    def under(self, number: str, text: str, files: tuple[File, ...]) -> Answer:
        """Files under a card: what is missing, where something is; else further information."""
        if not self._named(number).missing:
            return self.act(do.AddInformation(number, text, files))
        try:
            return self.act(do.Supply(number, text, files=files))
        except Refused as error:
            if error.code != "which_needed":
                raise
        return answers.which_need(
            self._named(number), keep_files(text, files, self.batch, self.asker), self.asker.voice
        )

    def loose(self, text: str, files: tuple[File, ...]) -> Answer | None:
        """Files that answer no card: they are for the only request here that waits for something, or it is asked which.
        None if none waits."""
        waiting = self._waiting()
        if len(waiting) == 1:
            return self.under(waiting[0].number, text, files)
        return (
            answers.which_waits(waiting[:5], keep_files(text, files, self.batch, self.asker), self.asker.voice)
            if waiting
            else None
        )

    def chosen(self, args: Mapping[str, str]) -> Answer:
        """The button of the request that kept files are for."""
        return self.under(args["number"], *kept_files(args["draft"], self.batch, self.asker))

    def have(self, args: Mapping[str, str]) -> Answer:
        """The button of something that is missing. What a tick does not answer is asked for, unless it came already."""
        request = self._named(args["number"])
        text, files = kept_files(args["draft"], self.batch, self.asker) if args.get("draft") else ("", ())
        need = menu.need(request, args["need"], self.batch.directory.rulebook)
        asks = isinstance(need, Detail) or need.file
        if not files and asks and args["need"] in request.missing:
            return self.asks(request, args["need"])
        return self.act(do.Supply(request.number, text, args["need"], files))

    def _named(self, number: str) -> Request:
        return one(self.batch.connection, number, self.asker)

    def _waiting(self) -> Sequence[Request]:
        """The requests here for which something is missing: one's own, where there are any."""
        place, actor = self.asker.place, self.asker.actor
        client = place.subject if place.place is Place.CLIENT else actor.client
        if not client:
            return ()
        found = rows.where(self.batch.connection, client=client, statuses=frozenset({Status.WAITING_CUSTOMER}))
        seen = [each for each in found if each.missing and lifecycle.visible(actor, place, each)]
        return [each for each in seen if each.requester == actor.person] or seen


def joined(asked: Asked, files: tuple[File, ...], here: str) -> Asked:
    """The command with the files that came with it. Under a card a bare number after `have` is one of its list."""
    if isinstance(asked, do.Supply):
        other = here and asked.request.isdigit() and not here.endswith(f"-{asked.request}")
        text = f"{asked.request} {asked.text}".strip() if other else asked.text
        return replace(asked, request=here if other else asked.request, text=text, files=files)
    if files and isinstance(asked, do.AddInformation | do.OpenRequest | do.Reply | do.Note):
        return replace(asked, files=files)
    return asked


def without(said: Said, here: str, asker: Asker, *, missing: bool) -> tuple[Fix, ...]:
    """The way to say the same without files that are not taken. For what is missing words alone would be no file."""
    asked = grammar.parse(said.command or "request", said.text, here)
    if not said.text.strip() or missing or not isinstance(asked, do.OpenRequest | do.AddInformation):
        return ()
    if said.command or isinstance(asked, do.AddInformation):
        return (Fix("=without", f"/request {said.text}"),)
    return (
        (Fix("=without", f"/{'desk note' if asker.actor.is_staff else 'request add'} {here} {said.text}"),)
        if here
        else ()
    )
