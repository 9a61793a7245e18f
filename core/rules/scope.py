"""Scope: whether a request is within what was agreed, and the register of what was decided where it is not.

Outside is what no item covers (the client says so with `#other`, or the item is a catch-all), what the agreement
leaves out, and what the team says is. Its service owner decides; until then its solution clock waits and those of
acknowledgement and response run.
"""

from __future__ import annotations

from msgspec.structs import replace

from core.ask.folding import fold
from core.errors import Refused
from core.model.request import SCOPE_OPEN, Request, ScopeStep
from core.rulebook.values import Agreement, Item, Rulebook, in_lang
from core.rules import menu
from core.rules.context import Context
from core.rules.transitions import move

#: The last entry of every menu: what no item covers.
SOMETHING_ELSE = "something-else"

#: What a client writes after `#` who finds nothing that fits; a desk's own item of that name goes first.
OTHER = frozenset(map(fold, ("other", SOMETHING_ELSE, "其他", "其它", "别的")))


def outside(item: Item, agreement: Agreement, *, other: bool = False) -> str:
    """Why a request for this item is outside: other, catch_all, excluded or uncovered; empty where it is within."""
    if other:
        return "other"
    if not menu.within(item, agreement):
        return "excluded" if item.id in agreement.excludes else "uncovered"
    return "catch_all" if item.catch_all else ""


def noted(request: Request, what: str, text: str, ctx: Context) -> Request:
    """With one more entry of the register. Its state follows from the last one."""
    state = {"agreed": "accepted", "refused": "asked", "lapsed": "asked"}.get(what, what)
    step = ScopeStep(ctx.now, ctx.actor.person, what, text)
    return replace(request, scope=state, scope_steps=(*request.scope_steps, step))


def asked(request: Request, why: str, ctx: Context) -> Request:
    """The decision is open: the solution waits for it."""
    return move(noted(request, "asked", why, ctx), "scope_asked", ctx)


def settled(request: Request, what: str, text: str, ctx: Context) -> Request:
    """It will be done: the solution clock goes on, unless it waits for something else."""
    return move(noted(request, what, text, ctx), "scope_settled", ctx)


def deciders(request: Request, rulebook: Rulebook) -> tuple[str, ...]:
    """Who decides: the service owner, or the team's manager."""
    people = (request.owner, rulebook.teams[request.team].manager)
    return tuple(dict.fromkeys(person for person in people if person))


def refuse_others(request: Request, ctx: Context) -> None:
    """Raises Refused: `not_the_owner`, or `scope_settled` where nothing is open."""
    if request.scope not in SCOPE_OPEN:
        raise Refused("scope_settled", number=request.number)
    who = deciders(request, ctx.rulebook)
    if ctx.actor.person not in who:
        raise Refused("not_the_owner", number=request.number, by=who[0])


def quotes(request: Request) -> tuple[ScopeStep, ...]:
    return tuple(step for step in request.scope_steps if step.what == "quoted")


def why(request: Request) -> str:
    """Why it is outside: a reason of `outside`, or what the team wrote."""
    return next((step.text for step in reversed(request.scope_steps) if step.what == "asked"), "")


def snippet(request: Request, rulebook: Rulebook) -> str:
    """What the administrator would write into the rulebook, so that the next one is within; for a wish only.

    An item that is there and left out by the agreement needs another version of that; else a new item is wanted.
    """
    wish = next((step for step in reversed(request.scope_steps) if step.what == "added"), None)
    if wish is None:
        return ""
    item, agreement = rulebook.items.get(request.item), rulebook.agreements.get(request.agreement)
    head = f"# {request.number}: {_line(request.title)}"
    if item is not None and agreement is not None and not menu.within(item, agreement):
        return "\n".join((head, *_version(item, agreement)))
    name = f"wish-{request.number.lower()}"
    levels = (f"impact = {request.reasons.impact}", f"urgency = {request.reasons.urgency}")
    owner = (f"owner = {_text(request.owner)}",) if request.owner else ()
    there = item.id if item is not None else request.item
    lines = (f"[items.{name}]", f"name = {_text(wish.text)}", f"team = {_text(request.team)}", *owner, *levels)
    listed = agreement.includes if agreement is not None else ()
    also = (
        (f"# and in [agreements.{agreement.id}]: includes = {_array((*listed, name))}",) if agreement and listed else ()
    )
    return "\n".join((head, f"# filed under {there}", *lines, *also))


def _version(item: Item, agreement: Agreement) -> tuple[str, ...]:
    """The next version of the agreement, with the item."""
    excludes = tuple(one for one in agreement.excludes if one != item.id)
    includes = tuple(dict.fromkeys((*agreement.includes, item.id))) if agreement.includes else ()
    lists = [f"includes = {_array(includes)}"] if includes else []
    lists += [f"excludes = {_array(excludes)}"] if excludes else []
    if not lists:
        return (f"# in [agreements.{agreement.id}]: remove `excludes`; it named nothing but {item.id}",)
    name = _line(in_lang(item.name, "en"))
    return (f"# so that it covers {name}", f"[[agreements.{agreement.id}.versions]]", "proposed = true", *lists)


def _array(ids: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, ids))}]"


def _line(text: str) -> str:
    return " ".join(text.split())


def _text(text: str) -> str:
    """A text of TOML on one line."""
    return '"' + _line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
