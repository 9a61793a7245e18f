"""Who is on duty, who stands in, who is away: the words of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from core import events as ev
from core.events import Event
from core.model.parties import OnDuty, Stint
from core.model.told import Hearer
from core.ports import TeamTurns, TurnLine, TurnsTold
from core.rulebook.directory import Directory
from core.rules import duty
from core.say.message import (
    Action,
    Actions,
    Answer,
    Block,
    Bold,
    Button,
    Context,
    Header,
    Message,
    Paragraph,
    Plain,
    Text,
)
from core.say.voice import Voice

#: The events that this file has the words for: those whom they concern are told of them.
EVENTS = frozenset({"CoverAsked", "CoverTaken", "CoverRefused", "CoverEnded"})
#: How far ahead a list of turns looks, and a warning of a gap.
DAYS = timedelta(days=7)

#: why somebody is on duty -> in a few words
WHY = {
    "cover": "stands in for {name}",
    "rota": "by the rota",
    "list": "on duty",
    "stand_in": "{name} is away",
    "lead": "nobody is on duty: the lead",
    "manager": "nobody is on duty, the lead is away: the manager",
}


def why(found: OnDuty | Hearer, voice: Voice) -> str:
    sentence = "stands in" if found.why == "cover" and not found.instead else WHY[found.why]
    return voice.words(sentence, name=voice.name(found.instead))


def span(from_at: datetime, until_at: datetime, voice: Voice) -> str:
    w = voice.words
    return w("{begin} to {end}", begin=w.when(from_at, voice.zone, with_zone=False), end=w.when(until_at, voice.zone))


def now(teams: Iterable[str], voice: Voice) -> Answer:
    """Who is on duty now, why, and who comes next; who is away."""
    w, directory, at = voice.words, voice.directory, voice.now
    blocks: list[Block] = []
    lines: list[str] = []
    for team in teams:
        found = duty.on_duty(team, at, directory)
        line = w(
            "{team}: {person} ({why}), then {next}", team=voice.team(team), person=voice.name(found.person),
            why=why(found, voice), next=voice.name(duty.next_on_duty(team, at, directory)),
        )  # fmt: skip
        lines.append(line)
        blocks.append(Paragraph((Plain(line),), weight=8))
    gone = [a for spans in directory.absences.values() for a in spans if a.holds(at)]
    if gone:
        names = w(", ").join(
            w("{name} until {when}", name=voice.name(a.person), when=w.when(a.to_at, voice.zone)) for a in gone
        )
        blocks.append(Context(w.text("Away: {names}", names=names), 6))
    return Answer(Message(lines[0] if lines else "", tuple(blocks)))


def turns(teams: Sequence[str], voice: Voice) -> Answer:
    """The days to come, each change a line."""
    w = voice.words
    title = w("On duty in the next 7 days")
    blocks: list[Block] = [Header(title)]
    for team in teams:
        blocks.append(Paragraph((Bold(voice.team(team)),), weight=8))
        found = duty.stints(team, voice.now, voice.now + DAYS, voice.directory)
        blocks += [Paragraph(line(stint, voice), weight=5) for stint in found[:SHOWN]]
        if len(found) > SHOWN:
            more = w.count("and {n} more", "and {n} more", len(found) - SHOWN)
            blocks.append(Context((Plain(more),)))
    return Answer(Message(title, tuple(blocks)))


#: Lines for one team.
SHOWN = 14


def line(stint: Stint, voice: Voice) -> Text:
    mark = "⚠ " if stint.duty.is_gap else ""
    return voice.words.text(
        "{mark}{span}: {person} ({why})", mark=mark, span=span(stint.from_at, stint.to_at, voice),
        person=Bold(voice.name(stint.duty.person)), why=why(stint.duty, voice),
    )  # fmt: skip


def turn(team: str, at: datetime, voice: Voice) -> Text:
    """The turn that begins at this instant, as far as can be seen."""
    seen = at + 2 * DAYS
    stint = duty.stints(team, at, seen, voice.directory)[0]
    sentence = "{team}, {span} ({why})" if stint.to_at < seen else "{team} ({why})"
    when = span(stint.from_at, stint.to_at, voice)
    return voice.words.text(sentence, team=Bold(voice.team(team)), span=when, why=why(stint.duty, voice))


def gap(stint: Stint, voice: Voice) -> Text:
    """A gap of a team, and who is asked then."""
    return voice.words.text(
        "{team}: {span}; {person} is asked then", team=Bold(voice.team(stint.team)),
        span=span(stint.from_at, stint.to_at, voice), person=voice.name(stint.duty.person),
    )  # fmt: skip


def _sentence(event: Event, voice: Voice) -> str:
    w = voice.words
    match event:
        case ev.CoverAsked(back_from_at=None):
            sentence = "{name} asks you to be on duty for {team}: {span}."
        case ev.CoverAsked():
            sentence = "{name} asks to swap duty for {team}: you take {span}, {name} takes {back}."
        case ev.CoverTaken(back_from_at=None):
            sentence = "{to} is on duty for {team} in place of {instead}: {span}."
        case ev.CoverTaken():
            sentence = "{to} and {instead} have swapped duty for {team}: {to} takes {span}, {instead} takes {back}."
        case ev.CoverRefused():
            sentence = "{name} can't be on duty for {team}: {span}. Please ask somebody else."
        case ev.CoverEnded():
            sentence = "The rota for {team} holds again: {span}."
        case ev.CameBack():
            sentence = "Welcome back. You are asked again."
        case _:
            raise TypeError(f"{type(event).__name__} has no words here")
    back_from, back_until = getattr(event, "back_from_at", None), getattr(event, "back_until_at", None)
    begins, ends = getattr(event, "from_at", None), getattr(event, "until_at", None)
    return w(
        sentence, name=voice.name(getattr(event, "by", "")), to=voice.name(getattr(event, "to", "")),
        instead=voice.name(getattr(event, "instead", "")),
        team=voice.team(getattr(event, "team", "")) if hasattr(event, "team") else "",
        span=span(begins, ends, voice) if begins and ends else "",
        back=span(back_from, back_until, voice) if back_from and back_until else "",
    )  # fmt: skip


def notice(event: Event, voice: Voice) -> Message:
    """To whom it concerns."""
    said = _sentence(event, voice)
    blocks: list[Block] = [Paragraph((Plain(said),), weight=9)]
    if isinstance(event, ev.CoverAsked):
        args = (("pair", event.pair),)
        blocks.append(
            Actions(
                (
                    Button(voice.words("I will cover"), Action("cover_yes", args), "primary"),
                    Button(voice.words("I cannot"), Action("cover_no", args)),
                )
            )
        )
    return Message(said, tuple(blocks))


def asked(event: ev.CoverAsked, voice: Voice) -> Answer:
    """To whoever asks: it counts once the other has said yes."""
    w = voice.words
    sentence = "{name} is asked and has to press “I will cover”. Until then the rota holds: {span}."
    back = ""
    if event.back_from_at and event.back_until_at:
        sentence = "{name} is asked to take {span}, and you would take {back}. Until they press “I will cover”, the rota holds."
        back = span(event.back_from_at, event.back_until_at, voice)
    said = w(sentence, name=voice.name(event.to), span=span(event.from_at, event.until_at, voice), back=back)
    return _answer(said, voice, event.pair)


def answered(event: Event, voice: Voice) -> Answer:
    if isinstance(event, ev.CoverRefused):
        return _answer(voice.words("All right, {name} is told.", name=voice.name(event.asked_by)), voice)
    pair = event.pair if isinstance(event, ev.CoverTaken) else ""
    return _answer(_sentence(event, voice), voice, pair)


def _answer(said: str, voice: Voice, pair: str = "") -> Answer:
    blocks: list[Block] = [Paragraph((Plain(said),), weight=9)]
    if pair:
        blocks.append(Actions((Button(voice.words("Take it back"), Action("cover_end", (("pair", pair),))),)))
    return Answer(Message(said, tuple(blocks)), toast=said if len(said) <= 60 else said[:59].rstrip() + "…")


def away(event: ev.WentAway, teams: Sequence[str], held: Sequence[str], directory: Directory, voice: Voice) -> Answer:
    """That they are away, who is asked instead where they would be on duty, and what they leave behind (`held`)."""
    w = voice.words
    said = w("You are away: {span}. Nothing is asked of you then.", span=span(event.from_at, event.until_at, voice))
    blocks: list[Block] = [Paragraph((Plain(said),), weight=9)]
    stints = (s for team in teams for s in duty.stints(team, event.from_at, event.until_at, directory))
    told = [s for s in stints if s.duty.instead == event.by or s.duty.is_gap]
    blocks += [Context(line(stint, voice), 6) for stint in told[:SHOWN]]
    if held:
        numbers = w(", ").join(held)
        blocks.append(Context(w.text("Still in your hands, to hand over: {numbers}", numbers=numbers), 6))
        blocks.append(Actions(tuple(Button(n, Action("show", (("number", n),))) for n in held[:5])))
    return Answer(Message(said, tuple(blocks)), toast=said[:59])


# ---- the page


#: How far ahead the page looks.
PAGE_DAYS = timedelta(days=14)


def arranges(team: str, person: str, directory: Directory) -> bool:
    """Whether this person may decide who is on duty for a team."""
    return person in (directory.rulebook.teams[team].lead, directory.rulebook.teams[team].manager)


def told(teams: Sequence[str], person: str, voice: Voice) -> TurnsTold:
    """Who is on duty in the days to come, team by team, and who is away now or soon."""
    w, at, until = voice.words, voice.now, voice.now + PAGE_DAYS
    found = []
    for team in teams:
        stints = duty.stints(team, at, until, voice.directory)
        lines = tuple(
            TurnLine(
                span(s.from_at, s.to_at, voice), voice.name(s.duty.person), why(s.duty, voice), s.duty.is_gap,
                (s.to_at - s.from_at) / PAGE_DAYS,
            )
            for s in stints[:60]
        )  # fmt: skip
        found.append(TeamTurns(team, voice.team(team), lines, arranges(team, person, voice.directory)))
    gone = [a for spans in voice.directory.absences.values() for a in spans if a.to_at > at and a.from_at < until]
    away_ = tuple(
        w("{name}: {span}", name=voice.name(a.person), span=span(a.from_at, a.to_at, voice))
        for a in sorted(gone, key=lambda a: a.from_at)
    )
    return TurnsTold(tuple(found), away_)


#: What of a calendar could not be read -> how that is said; the titles are its own words.
PROBLEMS = {
    "large": "The file is larger than {n} MB.",
    "no_calendar": "This is no calendar file (iCalendar): {error}",
    "many": "It has {n} events; at most {most} are read.",
    "empty": "There is no event in it.",
    "who": "“{title}”: which colleague is meant? Write their name as the title.",
    "untitled": "An event has no title: which colleague is meant?",
    "when": "“{title}”: when is that? ({error})",
    "outside": "“{title}”: {person} is not in the team {team}.",
}


def not_understood(problems: Sequence[tuple[str, Mapping[str, object]]], voice: Voice) -> tuple[str, ...]:
    """That nothing was taken in, and each problem with a line of its own."""
    w = voice.words
    head = w("Nothing was taken in. Please mend this in the calendar and send it again:")
    return (head, *(w(PROBLEMS[code], **_named(holes, voice)) for code, holes in problems))


def _named(holes: Mapping[str, object], voice: Voice) -> dict[str, object]:
    """People and teams by their names."""
    names = {"person": voice.name, "team": voice.team}
    return {hole: names[hole](str(value)) if hole in names else value for hole, value in holes.items()}


def taken_in(covers: int, absences: int, voice: Voice) -> tuple[str, ...]:
    w = voice.words
    turns_, gone = w.count("{n} turn", "{n} turns", covers), w.count("{n} absence", "{n} absences", absences)
    line = w("Taken in: {covers} and {absences}.", covers=turns_, absences=gone)
    return (line,)
