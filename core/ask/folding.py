"""How typed text is made comparable, and fit to be kept."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import is_normalized, normalize

_SPOILT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def fold(text: str) -> str:
    """The form in which marks, words and digits are compared: NFKC and lower case."""
    if text.isascii():
        return text.lower()
    if not is_normalized("NFKC", text):  # without its full-width marks a Chinese line mostly is
        text = text.replace("，", ",").replace("：", ":").replace("！", "!").replace("？", "?")
        text = text.replace("；", ";").replace("（", "(").replace("）", ")").replace("＃", "#")
        if not is_normalized("NFKC", text):
            text = normalize("NFKC", text)
    return text.casefold()


#: For the rulebook's own words: they are few, and compared with every line.
fold_known = lru_cache(maxsize=4096)(fold)


def clean(text: str) -> str:
    """What every database may store: no NUL, no lone surrogate, no control character but line breaks and tabs."""
    if text.isprintable():
        return text
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SPOILT.sub(lambda match: "" if match[0] <= "\x7f" else "\ufffd", kept)
