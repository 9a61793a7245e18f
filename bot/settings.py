"""Settings: the environment read once into a frozen value; nothing is read at import.

Names that foreign tools must find have no prefix (rulings.md 15); all others begin with DESKBELL_.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class BadSettings(Exception):
    """A setting is wrong; the text names it and says what to write."""


class Settings(BaseSettings):
    """Everything the program can be told from outside the rulebook."""

    model_config = SettingsConfigDict(
        env_prefix="DESKBELL_", env_file=None, frozen=True, extra="ignore", populate_by_name=True
    )

    database_url: str = Field(default="sqlite:///.deskbell/desk.db", repr=False)  # it may hold a password
    rulebook: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""
    audit_key: SecretStr = SecretStr("")
    log_level: str = "INFO"
    request_command: str = "/request"
    desk_command: str = "/desk"

    slack_bot_token: SecretStr = Field(default=SecretStr(""), validation_alias=AliasChoices("SLACK_BOT_TOKEN"))
    slack_app_token: SecretStr = Field(default=SecretStr(""), validation_alias=AliasChoices("SLACK_APP_TOKEN"))
    slack_signing_secret: SecretStr = Field(
        default=SecretStr(""), validation_alias=AliasChoices("SLACK_SIGNING_SECRET")
    )
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias=AliasChoices("SLACK_API_URL"))
    telegram_bot_token: SecretStr = Field(default=SecretStr(""), validation_alias=AliasChoices("TELEGRAM_BOT_TOKEN"))
    telegram_webhook_secret: SecretStr = Field(
        default=SecretStr(""), validation_alias=AliasChoices("TELEGRAM_WEBHOOK_SECRET")
    )
    telegram_api_url: str = Field(default="https://api.telegram.org", validation_alias=AliasChoices("TELEGRAM_API_URL"))

    @property
    def slack_on(self) -> bool:
        return bool(self.slack_bot_token.get_secret_value())

    @property
    def telegram_on(self) -> bool:
        return bool(self.telegram_bot_token.get_secret_value())


def read() -> Settings:
    """The settings of this environment. Raises BadSettings, naming every wrong one."""
    try:
        settings = Settings()
    except ValidationError as error:
        lines = [f"{_name(e['loc'])}: {e['msg']}" for e in error.errors()]
        raise BadSettings("\n".join(lines)) from error
    problems = list(_problems(settings))
    if problems:
        raise BadSettings("\n".join(problems))
    return settings


def _name(loc: tuple[int | str, ...]) -> str:
    name = str(loc[0]).upper()
    return name if name.startswith(("SLACK_", "TELEGRAM_", "DESKBELL_")) else f"DESKBELL_{name}"


def _problems(settings: Settings) -> list[str]:
    found: list[str] = []
    if settings.log_level.upper() not in LEVELS:
        found.append(f"DESKBELL_LOG_LEVEL: {settings.log_level} is not one of {', '.join(LEVELS)}")
    app, signing = settings.slack_app_token.get_secret_value(), settings.slack_signing_secret.get_secret_value()
    if settings.slack_on and not app and not signing:
        found.append(
            "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP): set one of them"
        )
    if settings.slack_on and not settings.slack_api_url.endswith("/"):
        found.append("SLACK_API_URL must end with a slash, as in https://slack.com/api/")
    secret = settings.telegram_webhook_secret.get_secret_value()
    if settings.telegram_on and secret and len(secret) < 32:
        found.append("TELEGRAM_WEBHOOK_SECRET is shorter than 32 characters: make one with `openssl rand -hex 32`")
    if settings.telegram_on and secret and not settings.public_url:
        found.append(
            "TELEGRAM_WEBHOOK_SECRET is set, but not DESKBELL_PUBLIC_URL: the webhook needs the address that Telegram can reach"
        )
    if settings.public_url and not settings.public_url.startswith(("http://", "https://")):
        found.append("DESKBELL_PUBLIC_URL must begin with https:// (or http:// on your own machine)")
    return found
