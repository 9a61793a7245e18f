"""Bolt and Slack's SDK, set up: no retries, no bodies in the log, nothing that nobody here needs."""

from __future__ import annotations

import logging

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.envelope import Account
from adapters.slack.payload import dumps

TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)

# Bolt and the SDK write whole bodies at INFO and DEBUG, and ask their logger's own level whether to.
quiet = logging.getLogger("deskbell.slack.library")
quiet.setLevel(logging.ERROR)


def session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=TIMEOUT, json_serialize=dumps)


def client(token: str, api_url: str, session: aiohttp.ClientSession | None) -> AsyncWebClient:
    """No retries: after a reset the SDK would post a second time (faults.md decision 3)."""
    return AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[], logger=quiet)


class _Installed(AsyncAuthorize):
    """We are one workspace's, and asked at the start who we are."""

    def __init__(self, account: Account, token: str | None) -> None:
        self._result = AuthorizeResult(
            enterprise_id=None, team_id=account.team, bot_user_id=account.bot_user, bot_id=account.bot, bot_token=token
        )

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - Bolt names its arguments, here and below
        enterprise_id: str | None,  # noqa: ARG002
        team_id: str | None,  # noqa: ARG002
        user_id: str | None,  # noqa: ARG002
        actor_enterprise_id: str | None = None,  # noqa: ARG002
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult:
        return self._result


class _Bolt(AsyncApp):
    """Bolt makes a client of its own for each request, in case somebody changes its token. Nobody does here: what we
    say goes through the messenger. Where a later Bolt no longer asks this, it makes one again, and all goes on."""

    def _init_context(self, req: AsyncBoltRequest) -> None:
        req.context["logger"] = self.logger
        req.context["client"] = self.client


def bolt(client: AsyncWebClient, account: Account) -> AsyncApp:
    """Bolt, running what hears inside the request: what is acknowledged has been committed."""
    return _Bolt(
        name="deskbell",
        logger=quiet,
        client=client,
        authorize=_Installed(account, client.token),
        process_before_response=True,
        # Signatures are checked at our door, which does not write refused bodies to the log.
        request_verification_enabled=False,
        ssl_check_enabled=False,  # the same
        url_verification_enabled=False,  # `Ears` hears that, too
        ignoring_self_events_enabled=False,  # `envelope` knows our own words
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
