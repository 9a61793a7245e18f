"""Catalogues as dictionaries: gettext's `.po`, of which ours use sentences alone (no plurals), read at the start.

Babel's reader keeps comments, flags and places too, and takes ten times as long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources

_LINE = re.compile(r'^(?:(msgctxt|msgid|msgstr) )?"(.*)"$', re.MULTILINE)


def sentences(lang: str) -> Iterator[tuple[str, str]]:
    """msgid -> msgstr of all files of one language; what has not been translated is left out."""
    folder = resources.files("core.say") / "locale" / lang.replace("-", "_")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".po"):
            yield from read(entry.read_text("utf-8"))


def read(po: str) -> Iterator[tuple[str, str]]:
    for entry in po.split("\n\n"):
        parts, part = {"msgid": "", "msgstr": ""}, ""
        for word, text in _LINE.findall(entry):
            part = word or part
            parts[part] = parts.get(part, "") + (json.loads(f'"{text}"') if "\\" in text else text)
        if parts["msgid"] and parts["msgstr"]:
            yield parts["msgid"], parts["msgstr"]
