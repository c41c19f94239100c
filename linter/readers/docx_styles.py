"""What a Word document's styles say of a paragraph: outline level, numbering, hidden text (17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import Element

from linter.readers.docx_xml import W, flag, integer, value

CHAIN_LIMIT = 50
"""How many styles may be based on one another."""
BODY_LEVEL = 9
"""The outline level, counted from 0, of body text."""

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_TITLES = frozenset(("title", "subtitle", "标题", "副标题"))
"""Titles: Chinese templates give them outline level 1, but they are the name of the whole, not of a section."""


@dataclass(frozen=True, slots=True)
class NumberingStyle:
    """The numbering a style carries: `style` the one in the chain that does, `level` from 0."""

    instance: str
    level: int
    style: str


@dataclass(frozen=True, slots=True)
class Style:
    """A style with everything it inherits. `level`: outline level from 0, None: not said; `title`: never a heading."""

    level: int | None = None
    title: bool = False
    numbering: NumberingStyle | None = None
    hidden: bool = False


class Styles:
    """The styles part; without one every style says nothing."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._default: str | None = None
        self._resolved: dict[str | None, Style] = {}
        for element in () if root is None else root.iterfind(f"{W}style"):
            name = element.get(f"{W}styleId", "")
            self._elements.setdefault(name, element)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in {"1", "true", "on"}:
                self._default = name

    def paragraph(self, name: str | None) -> Style:
        """The style of a paragraph that names this one, or none."""
        return self.style(self._default if name is None or name not in self._elements else name)

    def style(self, name: str | None) -> Style:
        """A style of any type, resolved once."""
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def list_instance(self, name: str) -> str | None:
        """The numbering instance of a list style (17.7.2, ``w:type="numbering"``)."""
        element = self._elements.get(name)
        return None if element is None else value(element.find(f"{W}pPr/{W}numPr"), "numId")

    def _resolve(self, name: str | None) -> Style:
        level: int | None = None
        numbering: NumberingStyle | None = None
        hidden: bool | None = None
        title = False
        for style_id, element in islice(self._chain(name), CHAIN_LIMIT):
            called = value(element, "name") or ""
            properties = element.find(f"{W}pPr")
            title = title or called.lower() in _TITLES
            if level is None:
                level = _outline_level(properties, called)
            if numbering is None:
                numbering = _numbering(properties, style_id)
            if hidden is None:
                hidden = flag(element.find(f"{W}rPr"), "vanish")
        return Style(level, title, numbering, bool(hidden))

    def _chain(self, name: str | None) -> Iterator[tuple[str, Element]]:
        while name is not None and name in self._elements:
            yield name, self._elements[name]
            name = value(self._elements[name], "basedOn")


def outline_level(properties: Element | None) -> int | None:
    """The outline level that paragraph properties state, from 0; `BODY_LEVEL` is one too."""
    stated = value(properties, "outlineLvl")
    return None if stated is None else integer(stated, BODY_LEVEL, 0, BODY_LEVEL)


def _outline_level(properties: Element | None, called: str) -> int | None:
    stated = outline_level(properties)
    heading = _HEADING.fullmatch(called)
    return int(heading[1]) - 1 if stated is None and heading else stated


def _numbering(properties: Element | None, style: str) -> NumberingStyle | None:
    stated = None if properties is None else properties.find(f"{W}numPr")
    instance = value(stated, "numId")
    return None if instance is None else NumberingStyle(instance, integer(value(stated, "ilvl"), 0, 0, 8), style)
