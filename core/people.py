"""What people arrange for themselves and their chats: language, what they hear, who they are, a page of their own."""

from __future__ import annotations

import secrets
from datetime import timedelta

from msgspec.structs import replace

from core.ask import commands as do
from core.ask import queries as see
from core.batch import Batch
from core.errors import Refused
from core.look import Asker, digest_for, listener
from core.model.parties import Address, Place, Role
from core.ports import ChatBack, ChatGone, ChatMoved
from core.rules import choices
from core.say import answers, digests, settings
from core.say.message import Action, Actions, Answer, Button, Message, Paragraph, Plain
from core.say.voice import Voice
from core.say.words import nearest
from core.store import facts as known
from core.store import outbox
from core.store.facts import hashed

LINK_LIFE = timedelta(minutes=10)
SESSION_LIFE = timedelta(hours=12)


def speak(command: do.SetLanguage, batch: Batch, asker: Asker) -> Answer:
    lang = nearest(command.lang) or {"中文": "zh-CN", "汉语": "zh-CN", "英文": "en", "英语": "en"}.get(command.lang, "")
    if not lang:
        raise Refused("language_unknown")
    known.know_person(batch.connection, asker.actor.person, lang=lang)
    batch.learn()
    voice = Voice.to(lang, asker.voice.zone, batch.directory, batch.now)
    return answers.plain(voice, "I speak English with you from now on.")


def choose(text: str, batch: Batch, asker: Asker) -> Answer:
    """What somebody wants to hear; in a shared chat it is the chat's digest that is chosen."""
    name, chosen = choices.chosen(text, batch.now)
    place = asker.place.place
    if place is Place.UNBOUND or asker.actor.role is Role.UNKNOWN:
        raise Refused("place_unbound")
    if place is not Place.DIRECT and name != "digest":
        raise Refused("choice_is_yours", word=text)
    who = listener(asker)
    known.choose(batch.connection, who, name, chosen, asker.actor.person, batch.now)
    batch.learn()
    voice = replace(asker.voice, directory=batch.newest)
    said = voice.words("All right, that is how it is from now on.")
    return settings.settings(who, place, voice, staff=asker.actor.is_staff, said=said)


def bind(command: do.Bind, batch: Batch, asker: Asker) -> Answer:
    """Redeem a code printed by the command line: it binds this chat, or links this identity (rulings.md 7, 15)."""
    code = hashed(command.code.strip())
    subject = known.use_secret(batch.connection, code, "bind", batch.real, once=False)
    if subject is None:
        raise Refused("code_wrong")
    kind, _, name = subject.partition(":")
    if kind != "person" and asker.place.place is Place.DIRECT:
        raise Refused("code_wrong")  # said in the wrong place, it is not spent
    known.use_secret(batch.connection, code, "bind", batch.real, once=True)
    if kind == "person" and asker.actor.identity is not None:
        known.link(batch.connection, asker.actor.identity, name)
        known.pass_drafts(batch.connection, asker.actor.person, name)
    else:
        place = Place.CLIENT if kind == "client" else Place.TEAM
        known.know_place(
            batch.connection,
            asker.place.address,
            rebind=True,
            place=place.value,
            subject=name,
            suspended="",
        )
    batch.learn()
    called = _called(kind, name, replace(asker.voice, directory=batch.newest))
    if kind == "person" and (kept := known.drafts(batch.connection, name, batch.now, limit=1)):
        return answers.connected(called, [(row["token"], str(row["content"]["text"])) for row in kept], asker.voice)
    return answers.plain(asker.voice, "Connected: {name}.", name=called)


def _called(kind: str, id_: str, voice: Voice) -> str:
    """As people read it; a code may outlive its subject."""
    book = voice.directory.rulebook
    if kind == "client" and id_ in book.clients:
        return voice.client(id_)
    if kind == "team" and id_ in book.teams:
        return voice.team(id_)
    return voice.name(id_) if kind == "person" else id_


def page_link(batch: Batch, asker: Asker) -> Answer:
    """A personal link to the page, valid once and for ten minutes."""
    if not batch.page_url or asker.actor.role is Role.UNKNOWN:
        raise Refused("page_off")
    secret = secrets.token_urlsafe(24)
    known.keep_secret(batch.connection, hashed(secret), "link", asker.actor.person, batch.real + LINK_LIFE)
    line = asker.voice.words("Your page. The link works once, for 10 minutes, for you alone.")
    button = Button(asker.voice.words("Open my page"), Action("open"), "primary", url=f"{batch.page_url}/in/{secret}")
    return Answer(Message(line, (Paragraph((Plain(line),)), Actions((button,)))))


def digest(query: see.DigestNow, batch: Batch, asker: Asker) -> Answer:
    """The words at once; the picture that belongs to them comes by the courier, to the asker alone."""
    if asker.actor.role is Role.UNKNOWN:
        raise Refused("place_unbound")
    value = digest_for(batch.connection, query, asker)
    if value.is_empty and not any(value.changes.values()):  # who asks is told what has changed, too
        return answers.plain(asker.voice, "There is nothing to report.")
    to = batch.directory.direct(asker.actor.person)
    follows = to is not None and value.figures is not None
    if to is not None and follows:
        notice = batch.digest_notice(value, to, asked=f"{batch.new_id():x}")
        batch.send(replace(notice, event="DigestPicture"))
    return Answer(digests.asked(value, asker.voice, follows=follows))


def place_changed(address: Address, content: ChatMoved | ChatGone | ChatBack, batch: Batch) -> Answer:
    match content:
        case ChatMoved(to=to):
            known.know_place(batch.connection, address, moved_to=str(to))
            outbox.moved(batch.connection, str(address), str(to))
        case ChatGone(reason=reason):
            known.know_place(batch.connection, address, suspended=reason or "gone")
        case ChatBack():
            known.know_place(batch.connection, address, suspended="")
    batch.learn()
    return Answer()
