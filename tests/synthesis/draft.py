"""A report before it has a format: title, headings, prose and forms, every figure still known by its path."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Number = int | str
"""A count, or an amount of money as printed."""

Edition = Literal["2014", "2019", "2021"]
Kind = Literal["government", "office", "department", "township"]
Format = Literal["tabs", "spaces", "markdown", "docx", "html"]

EDITIONS: tuple[Edition, ...] = ("2014", "2019", "2021")
KINDS: tuple[Kind, ...] = ("government", "office", "department", "township")
FORMATS: tuple[Format, ...] = ("tabs", "spaces", "markdown", "docx", "html")


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure in the prose that the report states elsewhere too; `key` says which."""

    key: str
    start: int
    end: int
    text: str


_MARKED = re.compile("\ue000([^\ue001]*)\ue001([^\ue002]*)\ue002")


def mark(key: str, value: object) -> str:
    """A figure in a template: printed as `value`, found again by `key`."""
    return f"\ue000{key}\ue001{value}\ue002"


def printed(text: str) -> str:
    """The text as the reader sees it."""
    return _MARKED.sub(r"\2", text)


def marks(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Key, value and the span of the marked stretch in the marked text."""
    for found in _MARKED.finditer(text):
        yield found[1], found[2], found.start(), found.end()


@dataclass(frozen=True, slots=True)
class Title:
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """`section`: the id of the section that a heading of the first level opens, "" for the others."""

    text: str
    level: int = 1
    section: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`role`: ``period``, ``date``, ``signature``, ``fee``, ``accountability`` …, "" for ordinary prose."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table as printed; `path`: the figure it holds, or the row or column it names (``form/row``)."""

    text: str
    rows: int = 1
    columns: int = 1
    path: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; positions that a merged cell covers are left out of the rows. `form`: "" for a local one."""

    form: str
    rows: tuple[tuple[Box, ...], ...]


Block = Title | Heading | Paragraph | Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report: `figures` by path (``form/row/column``) are what an honest author meant, whatever is printed."""

    seed: int
    edition: Edition
    kind: Kind
    year: int
    agency: str
    blocks: tuple[Block, ...]
    figures: Mapping[str, Number]
    traits: frozenset[str] = field(default_factory=frozenset)
    """The variants it uses: a sample can be asked whether it has them all."""

    def sheet(self, form: str) -> Sheet | None:
        return next((block for block in self.blocks if isinstance(block, Sheet) and block.form == form), None)

    def with_block(self, old: Block, *new: Block) -> Draft:
        """The draft with a block replaced by others, or by none."""
        index = next(number for number, block in enumerate(self.blocks) if block is old)
        return replace(self, blocks=(*self.blocks[:index], *new, *self.blocks[index + 1 :]))

    def with_boxes(self, form: str, change: Callable[[Box], Box]) -> Draft:
        """The draft with every cell of a form passed through `change`."""
        sheet = self.sheet(form)
        if sheet is None:
            raise LookupError(form)
        rows = tuple(tuple(change(box) for box in row) for row in sheet.rows)
        return self.with_block(sheet, Sheet(form, rows))

    def with_figures(self, figures: Mapping[str, str]) -> Draft:
        """The draft with those cells printed otherwise; what was meant stays."""
        drafted = self
        for form in dict.fromkeys(path.split("/")[0] for path in figures):
            drafted = drafted.with_boxes(
                form, lambda box: replace(box, text=figures[box.path]) if box.path in figures else box
            )
        return drafted
