"""The notation of patterns over sentences, and the alphabet of the masked sentences that they search."""

from __future__ import annotations

import re
from collections.abc import Mapping

FIRST, REST = "\x01", "\x02"
"""What a masked sentence shows for the first and for the other characters of a quantity (see `narrative_text`)."""

PLAIN = str.maketrans("，；：（）！？。、", ",;:()!?\x03\x04")
"""What it shows for the marks of Chinese text: classes of characters below 256 compile several times faster."""

_IN_PATTERNS = str.maketrans({mark: re.escape(mark.translate(PLAIN)) for mark in "，；：（）！？。、"})
_GAP = f"[^,;:()!?\x03{FIRST}{REST}]{{0,40}}?"
_NAME = re.compile(r"(?<!\?P)<([a-z_]+)(?::([a-z]+))?>")


def compile_pattern(text: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """A regular expression over a masked sentence.

    ``<n>`` is a quantity with its unit (group ``n``; ``<n:then>`` group ``then``); ``#`` in a class of characters
    stands for those of quantities; ``~`` is up to 40 characters of one clause without a quantity; ``<name>`` the
    regular expression that `words` gives for the name. Chinese marks (，；：（）、。) match either width.
    Raises KeyError for a name not in `words`.
    """

    def expand(match: re.Match[str]) -> str:
        if match[1] == "n":
            return f"(?P<{match[2] or 'n'}>{FIRST}{REST}*)"
        return f"(?:{_NAME.sub(expand, words[match[1]])})"

    expanded = _NAME.sub(expand, text).translate(_IN_PATTERNS)
    return re.compile(expanded.replace("~", _GAP).replace("#", FIRST + REST))
