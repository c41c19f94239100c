"""XML parts changed by their bytes: the parser says where an element stands, and what is new is put in there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from linter.model.document import Unreadable

_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_SEPARATOR = "\x1f"
"""Between namespace, local name and prefix: no XML text can hold it."""

Attributes = Mapping[str, str]
"""Values by local name."""
Edit = tuple[int, int, bytes]
"""The bytes from … up to … give way to these."""


@dataclass(slots=True)
class Element:
    """An element in the bytes of its part: where its start tag begins and where content may begin and end in it.

    `name` as written, with its prefix; `empty`: written as one tag (``<w:p/>``).
    """

    start: int
    name: str
    inside: int
    empty: bool
    end: int = 0

    def wrap(self, data: bytes, first: str, last: str) -> list[Edit]:
        """Puts `first` before the element's content and `last` after it."""
        if not self.empty:
            return [(self.inside, self.inside, first.encode()), (self.end, self.end, last.encode())]
        tag = data[self.start : self.inside].removesuffix(b"/>").rstrip()
        return [(self.start, self.inside, tag + f">{first}{last}</{self.name}>".encode())]


def edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes with edits that do not overlap; those at one place in their order."""
    parts, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += [data[at:start], new]
        at = end
    return b"".join((*parts, data[at:]))


def element_at(data: bytes, at: int, name: str) -> Element:
    """The element whose start tag begins at `at`, its end not yet known."""
    inside = tag_end(data, at)
    return Element(at, name, inside, data[at:inside].endswith(b"/>"))


def tag_end(data: bytes, at: int) -> int:
    """Where the tag that begins at `at` ends (exclusive)."""
    tag = _TAG.match(data, at)
    return tag.end() if tag else at


@dataclass(slots=True)
class _OutlineScan:
    data: bytes
    depth: int = 0
    root: Element | None = None
    found: list[tuple[str, Attributes]] = field(default_factory=list)

    def start(self, name: str, attributes: Attributes, at: int) -> None:
        _, local, prefix = split_name(name)
        if self.root is None:
            self.root = element_at(self.data, at, f"{prefix}:{local}" if prefix else local)
        elif self.depth == 1:
            self.found.append((local, attributes))
        self.depth += 1

    def end(self, at: int) -> None:
        self.depth -= 1
        if not self.depth and self.root:
            self.root.end = at


def outline(data: bytes) -> tuple[Element, list[tuple[str, Attributes]]]:
    """A part's root element, and its children by local name with their attributes."""
    seen = _OutlineScan(data)
    scan(data, seen.start, seen.end, lambda _: None)
    if seen.root is None:
        raise Unreadable("damaged")
    return seen.root, seen.found


def check(data: bytes) -> None:
    """Raises `Unreadable` ``damaged`` if the part is not what every XML parser reads, in the encoding it states."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable("damaged", str(error)) from error


def split_name(name: str) -> tuple[str, str, str]:
    """The namespace, local name and prefix of a name as `scan` tells it, "" for what it has not."""
    parts = name.split(_SEPARATOR)
    return ("", name, "") if len(parts) == 1 else (parts[0], parts[1], "".join(parts[2:]))


def scan(
    data: bytes,
    start: Callable[[str, Attributes, int], None],
    end: Callable[[int], None],
    text: Callable[[str], None],
) -> None:
    """Runs over a part in UTF-8 and tells where its tags begin (the end of an empty element: where its tag ends).

    Attributes come by local name. Raises `Unreadable`: ``damaged``, ``dtd``.
    """
    parser = expat.ParserCreate("utf-8", namespace_separator=_SEPARATOR)
    parser.namespace_prefixes = True

    def started(name: str, attributes: Mapping[str, str]) -> None:
        local = {split_name(key)[1]: value for key, value in attributes.items()}
        start(name, local, parser.CurrentByteIndex)

    parser.StartElementHandler = started
    parser.EndElementHandler = lambda _: end(parser.CurrentByteIndex)
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable("damaged", str(error)) from error


def _refuse(*_: object) -> NoReturn:
    raise Unreadable("dtd")
