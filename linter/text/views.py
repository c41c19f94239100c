"""Text as a person reads it, and the way back: joined lines, no odd spaces, ordinary digits; the document stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from unicodedata import normalize

from linter.model.document import Span
from linter.model.outline import Passage


def _chars(*codes: Iterable[int]) -> str:
    return "".join(chr(code) for group in codes for code in group)


_ENDS = "\n\u2028\u2029"
_BLANKS = "\t\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u202f\u205f\u3000" + _chars(range(0x2000, 0x200B))
_HIDDEN = _chars(
    range(9), range(0xE, 0x1C), range(0x7F, 0x85), range(0x86, 0xA0), (0xAD, 0x34F, 0x61C, 0x180E),
    range(0x200B, 0x2010), range(0x202A, 0x202F), range(0x2060, 0x2070), range(0xFE00, 0xFE10), (0xFEFF,),
)  # fmt: skip
"""Controls, zero-width characters, direction marks, variation selectors: they stay in the text, no view shows them."""

INVISIBLE = _ENDS + _BLANKS + _HIDDEN
"""Characters that show nothing, for ``str.strip``."""

_GAP = re.compile("[ \n\0]+")

_KEPT_WIDE = "！（），：；？～"
"""Full-width punctuation is the right one in Chinese text (GB/T 15834) and stays."""

_RADICALS = (
    "⺀冫⺈刀⺌小⺍小⺟母⺠民⺬示⺮竹⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食"
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
"""CJK radicals without a compatibility mapping, each before the ideograph it stands for (Unicode's
EquivalentUnifiedIdeograph.txt); PDF producers write them in place of ordinary characters."""

_COMPATIBLE = (0x2E9F, 0x2EF3, *range(0x2F00, 0x2FD6), *range(0xF900, 0xFAE0), *range(0x2F800, 0x2FA20))
"""Kangxi radicals and compatibility ideographs."""

_ALIKE = (
    (",", "，、､﹐"), (":", "：∶﹕"), (";", "；﹔"), (".", "。·・•‧･"), ("-", "–—―─－−"),
    ('"', "“”‘’'「」『』"), ("(", "（〔[【〖﹙"), (")", "）〕]】〗﹚"), ("<", "《〈"), (">", "》〉"),
)  # fmt: skip
"""What labels may differ in: the form that stands for the others, and the others."""


@cache
def _folding() -> dict[int, str]:
    """One character for one: what to read instead; a space for every blank, NUL for what does not show."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
    for code in _COMPATIBLE:
        folded = normalize("NFKC", chr(code))
        if len(folded) == 1:
            table[code] = folded
    table |= {ord(radical): char for radical, char in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)}
    for char, alike in (("\n", _ENDS), (" ", _BLANKS), ("\0", _HIDDEN), ("¥", "￥")):
        table |= dict.fromkeys(map(ord, alike), char)
    return table


@cache
def _squashing() -> dict[int, str | None]:
    """Like `_folding`, and one character or none for what labels may differ in."""
    table: dict[int, str | None] = {**_folding(), **dict.fromkeys(map(ord, INVISIBLE))}
    for char, alike in _ALIKE:
        table |= dict.fromkeys(map(ord, alike), char)
    return table


def passage(document_text: str, spans: Sequence[Span]) -> Passage:
    """The given stretches of a document (a paragraph, or the lines it was wrapped into) as one view.

    Blanks beside Chinese are dropped, elsewhere a run of them is one space; a number broken by a line end is joined.
    `spans` in order and without overlap. Linear in their length.
    """
    raw = "\n".join(document_text[span.start : span.end] for span in spans).translate(_folding())
    places: list[int] = []
    for span in spans:
        places.extend(range(span.start, span.end + 1))
    parts: list[str] = []
    offsets: list[int] = []
    done = 0
    for gap in _GAP.finditer(raw):
        start, end = gap.span()
        parts.append(raw[done:start])
        offsets += places[done:start]
        if start > 0 and end < len(raw) and _spaced(raw[max(start - 2, 0) : start], gap[0], raw[end]):
            parts.append(" ")
            offsets.append(places[start])
        done = end
    parts.append(raw[done:])
    offsets += places[done : len(raw)]
    offsets.append(offsets[-1] + 1 if offsets else places[0] if places else 0)
    return Passage("".join(parts), tuple(offsets))


def _spaced(before: str, gap: str, after: str) -> bool:
    """Whether a person sees a space between the text `before` (its last two characters) and the character `after`."""
    if "\n" not in gap and " " not in gap:
        return False
    if before[-1] >= "\u2010" or after >= "\u2010" or after == "%":
        return False
    if "\n" not in gap:
        return True
    decimal = before[-1] == "." and before[:-1].isdigit()  # 3.⏎2%
    broken = after.isdigit() and (before[-1].isdigit() or decimal)
    return not (broken or before[-1] in "-/@_")


def squash(text: str) -> str:
    """A label for comparison: no blanks, one form of brackets, quotes, commas, colons, dots; no —— after other text."""
    squashed = text.translate(_squashing())
    return squashed.rstrip("-") or squashed
