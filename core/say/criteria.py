"""The filing form asks for facts: its questions and answers, in the house's words or the rulebook's own."""

from __future__ import annotations

from collections.abc import Mapping

from core.model.request import Request
from core.rulebook.values import Criterion, Item, Weight, in_lang
from core.rules import criteria
from core.say.message import Field, Option
from core.say.voice import Voice

#: What is answered where a question is left out, and where all that are left are.
SKIPPED, ENOUGH = "-", "--"

#: Before the id of a question, so that it is never taken for a field of ours.
FACT = "fact-"

QUESTIONS = {
    "safety": "Is anybody in danger?",
    "stopped": "Has work stopped?",
    "people": "How many people can't go on?",
    "deadline": "Is there a deadline?",
}
ANSWERS = {
    "safety.no": "No", "safety.risk": "Somebody may be", "safety.now": "Yes, now",
    "stopped.no": "No", "stopped.one": "One person or machine", "stopped.crew": "One crew or team",
    "stopped.site": "The whole site",
    "people.none": "Nobody", "people.few": "1 to 3", "people.crew": "4 to 20", "people.many": "More than 20",
    "deadline.no": "None", "deadline.hours": "Within hours", "deadline.today": "Today",
    "deadline.tomorrow": "Tomorrow", "deadline.days": "Within two weeks", "deadline.later": "Later",
}  # fmt: skip


def fields(item: Item | None, voice: Voice) -> tuple[Field, ...]:
    """The questions of an item, or of the desk, as fields that may be left out."""
    rulebook = voice.directory.rulebook
    return tuple(
        Field(
            f"{FACT}{one.id}", _question(one, voice), "choice", required=False,
            options=tuple(Option(answer.id, _answer(one, answer, voice)) for answer in one.answers),
        )
        for one in criteria.of_item(item, rulebook)
    )  # fmt: skip


def given(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The facts of a filled form, by question."""
    none = ("", SKIPPED, ENOUGH)
    return tuple(
        (name.removeprefix(FACT), said) for name, said in values.items() if name.startswith(FACT) and said not in none
    )


def unanswered(item: Item | None, values: Mapping[str, str], voice: Voice) -> tuple[Field, ...]:
    """What is still asked where the fields come one by one: each once, and none after enough was said."""
    if ENOUGH in values.values():
        return ()
    return tuple(field for field in fields(item, voice) if field.name not in values)


def ways_on(voice: Voice) -> tuple[Option, ...]:
    """The two buttons beside the answers."""
    return Option(SKIPPED, voice.words("I can't say")), Option(ENOUGH, voice.words("File it now"))


def told(request: Request, voice: Voice) -> str:
    """What was answered, for whoever asks why; empty where nothing was."""
    w, rulebook = voice.words, voice.directory.rulebook
    item = rulebook.items.get(request.item)
    found = (criteria.find(fact, item, rulebook) for fact in request.reasons.facts)
    said = [
        w("{question} {answer}", question=_question(one[0], voice), answer=_answer(*one, voice)) for one in found if one
    ]
    return " · ".join(said)


def _question(one: Criterion, voice: Voice) -> str:
    return in_lang(one.question, voice.lang) if one.question else voice.words(QUESTIONS[one.id])


def _answer(one: Criterion, answer: Weight, voice: Voice) -> str:
    return in_lang(answer.label, voice.lang) if answer.label else voice.words(ANSWERS[f"{one.id}.{answer.id}"])
