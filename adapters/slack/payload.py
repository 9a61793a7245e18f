"""JSON as it goes to Slack."""

from __future__ import annotations

from typing import Any

import msgspec

Json = dict[str, Any]


def dumps(value: Any) -> str:
    """Raises TypeError on half a character, which `text.clean` takes out of all that people typed."""
    return msgspec.json.encode(value).decode()
