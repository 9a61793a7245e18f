"""The catalogue as a menu: who may order what, under which agreement."""

from __future__ import annotations

from datetime import datetime

from core.rulebook.directory import Directory
from core.rulebook.values import Agreement, Client, Item


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
