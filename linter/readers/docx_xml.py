"""Names and small accessors of WordprocessingML (ECMA-376 part 1, chapter 17) for all parts of the Word reader."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word; Strict documents have been translated to it."""
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

PARAGRAPH = f"{W}p"
TABLE = f"{W}tbl"
ALTERNATE = f"{MC}AlternateContent"
VALUE = f"{W}val"

_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple")
)
_OFF = frozenset(("0", "false", "off"))

_LOOKS = (
    rb"w:(?:b|bCs|i|iCs|u|sz|szCs|kern|color|lang|rFonts|highlight|shd|spacing|w|position|snapToGrid|jc|ind|contextualSpacing"
    rb"|keepNext|keepLines|widowControl|suppressLineNumbers|topLinePunct|wordWrap|kinsoku|overflowPunct|adjustRightInd"
    rb"|autoSpaceD[EN]|textAlignment|tcW|vAlign|noWrap|tblW|tblInd|trHeight|gridCol"
    rb"|top|left|bottom|right|inside[HV]|tl2br|tr2bl)(?![\w:.-])[^<>]*+(?<=/)>"
)
_FORMATTING = re.compile(
    rb"<w:(rPr|tcBorders|tblBorders|tcMar|tblCellMar|pBdr|tblGrid)>(?:<" + _LOOKS + rb")*+</w:\1>|<" + _LOOKS
)


def without_looks(data: bytes) -> bytes:
    """An XML part without the elements that only say how text looks; elements of another prefix stay.

    They are most of a Word file, and finding them costs a fifth of parsing them (the blank form: 2 ms for 6).
    """
    return _FORMATTING.sub(b"", data)


def value(parent: Element | None, name: str) -> str | None:
    """The ``w:val`` of the child `name`; None: no such child, or no value on it."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VALUE)


def flag(parent: Element | None, name: str) -> bool | None:
    """An on/off property (17.17.4): None if nothing is said."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VALUE) not in _OFF


def integer(text: str | None, default: int, low: int, high: int) -> int:
    """A number as written, held within bounds; `default` if there is none or it is no number."""
    try:
        return min(max(int(text or ""), low), high)
    except ValueError:
        return default


def author(change: Element) -> str:
    """Who made a tracked change, "" unknown."""
    return change.get(f"{W}author", "")


def chosen(alternate: Element) -> Element | None:
    """What an ``mc:AlternateContent`` stands for: its first choice; the fallback only repeats it for older programs."""
    choice = alternate.find(f"{MC}Choice")
    return alternate.find(f"{MC}Fallback") if choice is None else choice


def children(parent: Element, wanted: Collection[str]) -> Iterator[Element]:
    """The elements of the `wanted` tags in `parent`, through content controls and other wrappers, in order."""
    stack = [iter(parent)]
    while stack:
        for child in stack[-1]:
            if child.tag in wanted:
                yield child
                continue
            inner = child if child.tag in _WRAPPERS else chosen(child) if child.tag == ALTERNATE else None
            if inner is not None:
                stack.append(iter(inner))
                break
        else:
            stack.pop()
