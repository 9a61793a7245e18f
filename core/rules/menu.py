"""The catalogue as a menu: who may order what, under which agreement."""

from __future__ import annotations

from datetime import datetime

from core.model.request import Request
from core.rulebook.directory import Directory
from core.rulebook.values import Agreement, Client, Item, Need, Prerequisite, Rulebook


def meant_for(item: Item, client: Client) -> bool:
    """Whether an item is for clients of this kind: to the others it does not exist."""
    inside = client.kind == "internal"
    return item.audience == "everyone" or (item.audience == "departments") is inside


def within(item: Item, agreement: Agreement) -> bool:
    """Whether the agreement covers an item: what it includes (all items, where it names none) less what it excludes."""
    return (not agreement.includes or item.id in agreement.includes) and item.id not in agreement.excludes


def on_offer(client: str, directory: Directory, at: datetime) -> tuple[Item, ...]:
    """What this client may order now, in the order of the catalogue."""
    rulebook, agreement = directory.rulebook, directory.agreement_of(client, at)
    asker = rulebook.clients[client]
    return tuple(item for item in rulebook.items.values() if meant_for(item, asker) and within(item, agreement))


def need(request: Request, id_: str, rulebook: Rulebook) -> Need:
    """What was asked for, by its id; what the rulebook no longer asks for is known by the name it was stored under."""
    item = rulebook.items.get(request.item)
    known = (one for one in item.needs if one.id == id_) if item else ()
    return next(iter(known), Prerequisite(id_, {request.lang: id_}))


def checklist(request: Request, rulebook: Rulebook) -> tuple[Need, ...]:
    """All that was asked for at intake, what is there and what is missing, in the item's order: its numbers stay."""
    item = rulebook.items.get(request.item)
    asked = {*request.missing, *(one.need for one in request.supplied)}
    known = [one.id for one in item.needs] if item else []
    ids = [*(id_ for id_ in known if id_ in asked), *sorted(asked - set(known))]
    return tuple(need(request, id_, rulebook) for id_ in ids)
