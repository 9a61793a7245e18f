"""What a request stands for or waits for, in the words of its reader: one line for each fact that is not in its state."""

from __future__ import annotations

from core.model.request import Request, Status
from core.rulebook.values import Need, in_lang
from core.rules import menu
from core.say import ration, scope
from core.say.message import Block, Context, Quote, Text
from core.say.voice import Voice

#: what a second person has to confirm
PENDING = {
    "priority": "{name} asks to lower the priority: a colleague has to confirm it.",
    "force_majeure": "{name} asks for force majeure: a colleague has to confirm it.",
    "agreement_withdrawn": "{name} asks to withdraw the agreement: a colleague has to confirm it.",
}


def standing(request: Request, voice: Voice, *, client: bool) -> list[Block]:
    """What is asked, missing, handed on, agreed, paused, joined; what is the team's own matter stays there."""
    w = voice.words
    blocks: list[Block] = []
    if request.at_intake:
        blocks.append(Quote(checklist(request, voice), w("Needed before work can begin")))
        blocks += [Context(line, 6) for line in _until(request, voice)] if client else []
    elif request.status is Status.WAITING_CUSTOMER and request.waiting_for and request.scope != "quoted":
        blocks.append(Quote(request.waiting_for, w("We asked")))
    elif request.supplied and not client:
        blocks.append(Quote(checklist(request, voice), w("Handed over")))
    blocks += scope.standing(request, voice, client=client)
    blocks += ration.standing(request, voice, client=client) if request.is_open else []
    if request.is_open:
        blocks += _of_the_team(request, voice) if not client else []
        blocks += [Context(line, 6) for line in _dates(request, voice)]
        if request.paused_for or request.force_majeure:
            blocks.append(Quote(request.force_majeure or request.paused_for, w("The clocks are paused")))
    blocks += [Context(line, 6) for line in _links(request, voice)]
    return blocks


def checklist(request: Request, voice: Voice) -> str:
    """What was asked for, a line each: ticked with what came, or still open. Its numbers can be typed."""
    there: dict[str, list[str]] = {}
    for one in request.supplied:
        said = voice.answer(request.item, one.need, one.text)
        there.setdefault(one.need, []).extend(filter(None, (said, one.file)))
    return "\n".join(
        _ticked(n, in_lang(need.name, voice.lang), there[need.id], voice)
        if need.id in there and need.id not in request.missing
        else f"☐ {n}. {need_name(need, voice)}"
        for n, need in enumerate(menu.checklist(request, voice.directory.rulebook), 1)
    )


def _ticked(n: int, name: str, came: list[str], voice: Voice) -> str:
    said = voice.words(", ").join(dict.fromkeys(came))
    return voice.words("☑ {n}. {name}: {said}", n=n, name=name, said=said) if said else f"☑ {n}. {name}"


def need_name(need: Need, voice: Voice) -> str:
    """What is needed; of a file it is said that it is one."""
    name = in_lang(need.name, voice.lang)
    return voice.words("{name} (file)", name=name) if getattr(need, "file", False) else name


def _until(request: Request, voice: Voice) -> list[Text]:
    """Until when the desk waits; then the request ends."""
    due = next((t.due_at for t in reversed(request.timers) if t.metric == "cwt" and t.due_at), None)
    if due is None:
        return []
    return [voice.words.text("We wait for it until {when}; without it the request then ends.", when=voice.when(due))]


def _of_the_team(request: Request, voice: Voice) -> list[Block]:
    w = voice.words
    blocks: list[Block] = []
    if request.approver:
        blocks.append(Context(w.text("Waits for the approval of {name}.", name=voice.mention(request.approver)), 6))
    if request.status is Status.WAITING_SUPPLIER:
        blocks.append(Quote(request.supplier, w("With the supplier")))
    if request.review_level:
        levels = max(voice.directory.rulebook.items[request.item].review_levels, 1)
        line = w("Review {level} of {levels}, submitted by {name}", level=request.review_level, levels=levels,
                 name=voice.name(request.submitted_by))  # fmt: skip
        blocks.append(Quote(request.deliverable, line))
    if request.pending:
        asked = request.pending
        blocks.append(Quote(asked.reason, w(PENDING[asked.verb], name=voice.name(asked.by))))
    return blocks


def _dates(request: Request, voice: Voice) -> list[Text]:
    if request.offered_at is None:
        return []
    when = voice.when(request.offered_at)
    return [voice.words.text("Proposed: {when}. It counts once the client agrees.", when=when)]


def _links(request: Request, voice: Voice) -> list[Text]:
    w = voice.words
    lines: list[Text] = []
    if request.merged_into:
        lines.append(w.text("It goes on as {number}.", number=request.merged_into))
    if request.followers:
        names = w(", ").join(voice.name(one.person) for one in request.followers)
        lines.append(w.text("Also waits for it: {names}", names=names))
    if request.follows:
        lines.append(w.text("It goes on from {number}.", number=request.follows))
    return lines
