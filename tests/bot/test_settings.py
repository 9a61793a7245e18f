"""Settings: the names that others rely on, and no secret in anything that is printed."""

from __future__ import annotations

import pytest

from bot.settings import BadSettings, Settings, read

SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-hidden-1", "SLACK_APP_TOKEN": "xapp-hidden-2", "SLACK_SIGNING_SECRET": "hidden-3",
    "TELEGRAM_BOT_TOKEN": "12345:hidden-4", "TELEGRAM_WEBHOOK_SECRET": "hidden-5" * 5, "DESKBELL_AUDIT_KEY": "hidden-6",
    "DESKBELL_DATABASE_URL": "postgresql://desk:hidden-7@127.0.0.1/desk",
}  # fmt: skip
#: rulings.md 15: what foreign tools must find has no prefix; all others begin with DESKBELL_.
UNPREFIXED = {
    "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_API_URL",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith(("SLACK_", "TELEGRAM_", "DESKBELL_")):
            monkeypatch.delenv(name)


def test_the_names_are_those_that_were_ruled(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        heard = {str(choice) for choice in alias.choices} if alias is not None and not isinstance(alias, str) else set()  # type: ignore[union-attr]
        assert heard == ({name.upper()} if name.upper() in UNPREFIXED else set()), name
    assert {name.upper() for name in Settings.model_fields} >= UNPREFIXED


def test_each_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKBELL_PUBLIC_URL", "https://desk.example.org")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:1/api/")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:2")
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    settings = read()
    assert settings.slack_bot_token.get_secret_value() == "xoxb-hidden-1"
    assert settings.telegram_bot_token.get_secret_value() == "12345:hidden-4"
    assert settings.slack_api_url == "http://127.0.0.1:1/api/"
    assert settings.telegram_api_url == "http://127.0.0.1:2"
    assert settings.slack_on
    assert settings.telegram_on


def test_without_an_environment_the_platforms_are_off_and_the_defaults_are_real() -> None:
    settings = read()
    assert not settings.slack_on
    assert not settings.telegram_on
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.host == "127.0.0.1"


def test_no_secret_is_in_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKBELL_PUBLIC_URL", "https://desk.example.org")
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    settings = read()
    assert "hidden" not in repr(settings)
    assert "hidden" not in str(settings)


def test_a_settings_value_cannot_be_changed() -> None:
    with pytest.raises(Exception, match="frozen"):
        read().port = 1  # type: ignore[misc]


def test_every_wrong_one_is_named_and_no_secret_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-hidden-1")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:hidden")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "hidden")
    monkeypatch.setenv("DESKBELL_LOG_LEVEL", "loud")
    with pytest.raises(BadSettings) as bad:
        read()
    said = str(bad.value)
    for name in ("SLACK_APP_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "DESKBELL_PUBLIC_URL", "DESKBELL_LOG_LEVEL"):
        assert name in said
    assert "hidden" not in said
