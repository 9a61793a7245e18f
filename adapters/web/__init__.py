"""The page: a chat in the browser, for the demo, for clients without a chat platform, and for the team."""

from __future__ import annotations

from adapters.web.app import WebAdapter
from core.ports import Cabinet, ChatAdapter, Clock, Reader, Shelf, Stage

__all__ = ["connect"]


def connect(
    *, shelf: Shelf, cabinet: Cabinet, reader: Reader, clock: Clock, stage: Stage | None, secure: bool
) -> ChatAdapter:
    """The web platform. With a `stage` it is the demo: it signs in by itself and answers to 127.0.0.1 only.

    `secure` says that the page is served over HTTPS: the session cookie is then bound to the host and to HTTPS.
    """
    return WebAdapter(shelf=shelf, cabinet=cabinet, reader=reader, clock=clock, stage=stage, secure=secure)
