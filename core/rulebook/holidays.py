"""Public holidays and make-up workdays (调休) of a country, from the `holidays` library, as plain dates.

A year of China is provisional until its make-up workdays are published (around November of the year before): the
library then gives its own guess of the holidays and no make-up workday, without a word (libraries.md 1.1).
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.rulebook.lines import Unfit, a_text, listed, nearest

_ANNOUNCED_YEARLY = frozenset({"CN"})


class PublicHolidays(Struct, frozen=True):
    """What a country's calendar does to some years: days off, weekend days worked, and years not announced yet."""

    place: str = ""
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    provisional: frozenset[int] = frozenset()


def public_holidays(place: object, years: range) -> PublicHolidays:
    """The holidays of `CN` or `DE-BE` in these years. Raises Unfit when the library knows no such place."""
    import holidays  # here, because it costs a tenth of a second and not every calendar names a country
    from holidays.registry import COUNTRIES  # names alone: to list what is supported loads all of the world

    name = a_text(place)
    country, _, region = name.partition("-")
    known = {code for _, *codes in COUNTRIES.values() for code in codes if code.isupper()}  # not old names
    if country not in known:
        meant = country.upper() if country.upper() in known else nearest(country, known)
        hint = f'did you mean "{meant}"?' if meant else "use the two letters of ISO 3166: CN, GB, DE"
        raise Unfit(f'no holidays are known for the country "{country}"', hint)
    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=years)
    except NotImplementedError as error:
        regions = holidays.list_supported_countries(include_aliases=True)[country]
        hint = f"the regions of {country} are {listed(regions)}" if regions else f'write "{country}"'
        raise Unfit(f'no holidays are known for the region "{region}" of {country}', hint) from error
    worked = frozenset(day for day in found.weekend_workdays if day.year in years)
    awaited = years if country in _ANNOUNCED_YEARLY else ()
    return PublicHolidays(
        place=name,
        off=frozenset(day for day in found if day.year in years) - worked,
        worked=worked,
        provisional=frozenset(awaited) - {day.year for day in worked},
    )
