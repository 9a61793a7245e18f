"""Rationed urgency in the rulebook: how many P1 a client may call in a period, and how many a team can carry.

[agreements.gold.allowance]
p1 = 3
per = "month"                         # day, week, month or quarter of the client's calendar

[teams.site]
capacity = { p1 = 8, per = "month" }  # `deskbell check` says when the allowances of its clients add up to more
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.rulebook.lines import Sheet, Table, a_number, one_of
from core.rulebook.values import Agreement, Allowance, Client, Item, Team

#: The periods, each with its length in days: what is compared is a rate.
DAYS: Mapping[str, float] = {"day": 1, "week": 7, "month": 365.25 / 12, "quarter": 365.25 / 4}


def read_allowance(table: Table, key: str, before: Allowance | None = None) -> Allowance | None:
    """The units under this key, or those of before where there is none."""
    units = table.table(key)
    if not isinstance(table.values.get(key), dict):
        return before
    example = "p1 = 3: so many P1 in each period"
    read = Allowance(
        units.need("p1", a_number(0, 9999, example), 0, example),
        units.take("per", one_of("period", DAYS), "month"),
    )
    units.done()
    return read


def warn_of_overbooking(
    sheet: Sheet, teams: Mapping[str, Team], clients: Mapping[str, Client], items: Iterable[Item],
    agreements: Mapping[str, tuple[Agreement, ...]],
) -> None:  # fmt: skip
    """Say where the clients who may order of a team may call more P1 than it can carry."""
    ordered = tuple(items)
    for team in teams.values():
        if team.capacity is None:
            continue
        theirs = [item for item in ordered if item.team == team.id]
        allowed: dict[str, float] = {}
        for client in clients.values():
            newest = agreements[client.agreement][-1]
            if newest.allowance is not None and any(_may_order(client, newest, item) for item in theirs):
                allowed[client.id] = newest.allowance.p1 / DAYS[newest.allowance.per] * DAYS[team.capacity.per]
        total = sum(allowed.values())
        if total > team.capacity.p1 + 1e-9:
            shares = ", ".join(f"{client} {share:.4g}" for client, share in allowed.items())
            sheet.warnings.append(
                f"team {team.id} can carry {team.capacity.p1} P1 a {team.capacity.per}, and its clients may call "
                f"{total:.4g} ({shares}): lower an [agreements.X.allowance], or raise its capacity"
            )


def _may_order(client: Client, agreement: Agreement, item: Item) -> bool:
    listed = not agreement.includes or item.id in agreement.includes
    inside = item.audience == "everyone" or (item.audience == "departments") is (client.kind == "internal")
    return listed and item.id not in agreement.excludes and inside
