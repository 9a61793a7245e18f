"""Files: which are taken, under which name, and what a request keeps of them.

A limit is what can be handed on from there (chat.md 1.4, E-FILE): Telegram gives bots files of up to 20 MB, and what
comes over the page is kept by the desk itself. What runs when it is opened is taken from nobody (faults.md row 102).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from core.ask.folding import clean, fold
from core.errors import Refused
from core.model.request import Attached, File, Request

#: What a file is shown as, wherever only words are.
CLIP = "📎 "
AT_ONCE = 10
NAME_LIMIT = 120

#: What a press on the file would run.
PROGRAMS = frozenset((
    "apk", "app", "bat", "cmd", "com", "command", "cpl", "dll", "dmg", "exe", "gadget", "hta", "inf", "ipa",
    "jar", "js", "jse", "lnk", "msi", "msp", "pif", "pkg", "ps1", "psm1", "reg", "run", "scf", "scr", "sh",
    "url", "vb", "vbe", "vbs", "wsf", "wsh", "xll",
))  # fmt: skip

#: Marks that turn the direction of reading: `gpj.exe` would be shown as `exe.jpg`. And what no folder may hold.
_TURNING = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNFIT = re.compile(r'[\\/:*?"<>|\t\n]+')


def safe_name(name: str) -> str:
    """The name without its folders, control characters and tricks; its ending stays when it is too long."""
    bare = re.split(r"[\\/]", _TURNING.sub("", clean(name)))[-1]
    bare = " ".join(_UNFIT.sub(" ", bare).split()).strip(". ")
    stem, dot, ending = bare.rpartition(".")
    if len(bare) <= NAME_LIMIT:
        return bare or "file"
    return f"{stem[: NAME_LIMIT - 1 - len(ending)]}.{ending}" if dot and len(ending) < 10 else bare[:NAME_LIMIT]


def fit(files: Sequence[File], limit: int) -> tuple[File, ...]:
    """These files by their safe names; `limit` is in bytes, 0 where the platform has its own.

    Raises Refused: `files_many`, `file_kind`, `file_large`.
    """
    if len(files) > AT_ONCE:
        raise Refused("files_many", count=len(files), limit=AT_ONCE)
    fine = tuple(replace(file, name=safe_name(file.name)) for file in files)
    for file in fine:
        if wrong := _wrong(file, limit):
            raise wrong
    return fine


def fitting(files: Sequence[File], limit: int) -> tuple[File, ...]:
    """Those of them that can be taken."""
    fine = (replace(file, name=safe_name(file.name)) for file in files)
    return tuple(file for file in fine if _wrong(file, limit) is None)[:AT_ONCE]


def _wrong(file: File, limit: int) -> Refused | None:
    if "." in file.name and fold(file.name).rpartition(".")[2] in PROGRAMS:
        return Refused("file_kind", name=file.name)
    if limit and file.size > limit:
        return Refused("file_large", name=file.name, size_bytes=file.size, limit_bytes=limit)
    return None


def added(
    request: Request, files: Sequence[File], by: str, at: datetime, *, internal: bool = False
) -> tuple[Attached, ...]:
    """What the request has with these; the same file again is no second one."""
    there = {one.file.ref for one in request.files if one.internal == internal}
    fresh = (Attached(file, by, at, internal) for file in files if file.ref not in there)
    return (*request.files, *fresh) if files else request.files


def named(text: str, files: Sequence[File]) -> str:
    """Words with the names of the files that came with them."""
    return "\n".join(filter(None, (text, *(f"{CLIP}{file.name}" for file in files))))
