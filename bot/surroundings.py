"""What a command needs of its surroundings: settings, rulebook, database. Whatever is wrong with them is one clear line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.settings import Settings
    from core.publishing import Rehearsal
    from core.rulebook.values import Rulebook

DESKS = {"zh": "consultancy.zh.toml", "en": "consultancy.en.toml"}


def fail(text: str, code: int = 2) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(code)


def sample(lang: str) -> Path:
    """A sample desk: beside the installed package, or in the checkout."""
    here = Path(__file__).parent
    places = [here / "desks", here.parent / "deploy" / "desks"]
    return next(p / DESKS[lang] for p in places if (p / DESKS[lang]).exists())


def read_rulebook(path: Path, *, chats_on_page: bool = False) -> Rulebook:
    from bot.program import load_rulebook
    from core.errors import BadRulebook
    from core.rulebook.load import mistakes_as_text

    try:
        book = load_rulebook(path, chats_on_page=chats_on_page)
    except BadRulebook as bad:
        fail(mistakes_as_text(bad))
    for warning in () if chats_on_page else book.warnings:  # the sample is ours to keep in order
        typer.echo(f"warning: {warning}", err=True)
    return book


def read_settings() -> Settings:
    from bot.settings import BadSettings, read

    try:
        return read()
    except BadSettings as bad:
        fail(f"the environment has mistakes:\n{bad}")


def ruling(settings: Settings, named: Path | None) -> Rulebook:
    """The rulebook that was named, else the environment's."""
    path = named or settings.rulebook
    if path is None:
        fail("no rulebook: name a file, as in `deskbell run desk.toml`, or set DESKBELL_RULEBOOK")
    return read_rulebook(path)


def database(url: str) -> Engine:
    """The database behind a URL, reached once."""
    from core.store.engine import Unreachable, check, connect

    try:
        engine = connect(url)
        check(engine)
    except Unreachable as error:
        fail(str(error))
    return engine


def migrated(url: str) -> Engine:
    """The database with its schema up to date."""
    from core.store import schema

    engine = database(url)
    try:
        schema.migrate(engine)
    except schema.SchemaTooNew as error:
        fail(str(error))
    return engine


def rehearsed(book: Rulebook) -> Rehearsal:
    """What a start with this rulebook would do; nothing is kept of it."""
    from bot.clock import WallClock
    from core.publishing import rehearse
    from core.store.agreements import Orphans

    with migrated(read_settings().database_url).connect() as connection, connection.begin() as transaction:
        try:
            return rehearse(connection, book, WallClock().now())
        except Orphans as error:
            fail(str(error))
        finally:
            transaction.rollback()


def keep_secret(settings: Settings, kind: str, subject: str, life: timedelta) -> str:
    """A fresh secret, of which the database keeps the hash only."""
    import secrets

    from bot.clock import WallClock
    from core.store import facts

    engine = migrated(settings.database_url)
    secret = secrets.token_urlsafe(24)
    with engine.execution_options(deskbell_write=True).begin() as connection:
        facts.keep_secret(connection, facts.hashed(secret), kind, subject, WallClock().real() + life)
    return secret
