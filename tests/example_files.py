"""The reports under examples/, made from tests/examples/: prose in Markdown, the forms by their figures alone.

``python tests/example_files.py`` writes them afresh, byte for byte the same; tests/test_examples.py holds them to it.
A source ``2019-clean.docx.md`` makes ``examples/2019-clean.docx``. A form is a block fenced as ``2021 applications``
with a line of figures for each row that is not all 0, in the order of the form's columns. Its labels come from
rules/editions/, so no example departs from the form by accident. ``>`` begins a line of the sign-off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from linter.blank.layout import Item, Sheet, Text, placed
from linter.blank.markdown import markdown
from linter.blank.word import word
from linter.editions import load_editions
from linter.formats.forms import Slot, grids
from linter.model.edition import FormSpec, Kind

SOURCES = Path(__file__).parent / "examples"
EXAMPLES = Path(__file__).parents[1] / "examples"

ROLES = {"# ": "title", "## ": "heading", "> ": "signature"}
_FENCE = re.compile(r"```(?P<edition>\d{4}) (?P<form>\w+)\n(?P<figures>.*?)```\n", re.DOTALL)
_COMMENT = re.compile(r"<!--.*-->")


def sources() -> dict[Path, Path]:
    """The source of every example file."""
    return {EXAMPLES / path.relative_to(SOURCES).with_suffix(""): path for path in sorted(SOURCES.rglob("*.md"))}


def built(source: Path) -> bytes:
    """The example that a source makes, in the format its name asks for."""
    items = list(_items(source.read_text(encoding="utf-8")))
    match source.with_suffix("").suffix:
        case ".docx":
            return word(items)
        case ".md":
            return markdown(items).encode()
        case _:
            return _plain(items).encode()


def _items(source: str) -> Iterator[Item]:
    """Lines and forms in order."""
    editions = {edition.id: edition for edition in load_editions()}
    done = 0
    for fence in _FENCE.finditer(source):
        yield from map(_line, filter(None, source[done : fence.start()].splitlines()))
        yield filled(editions[fence["edition"]].form(fence["form"]), fence["figures"])
        done = fence.end()
    yield from map(_line, filter(None, source[done:].splitlines()))


def _line(line: str) -> Text:
    mark = next((mark for mark in ROLES if line.startswith(mark)), "")
    return Text(line.removeprefix(mark), ROLES.get(mark, "prose"))


def filled(form: FormSpec, figures: str) -> Sheet:
    """A form filled in. Raises KeyError for a row that the form does not have, ValueError for a wrong count."""
    cells = dict(_cells(form, figures))
    lines = (line for drawn in grids(form) for line in (*drawn.head, *drawn.body))
    return Sheet(tuple(tuple(_filled(slot, cells) for slot in line) for line in lines))


def _cells(form: FormSpec, figures: str) -> Iterator[tuple[str, str]]:
    """Every cell's path and text; later ones count."""
    rows = {row.id: (band, row) for band in form.bands for row in band.rows}
    for band, row in rows.values():
        nothing = "——" if row.kind is Kind.TITLE else "0"
        yield from ((f"{form.id}/{row.id}/{column.id}", nothing) for column in band.columns)
    for name, *values in map(str.split, figures.splitlines()):
        band, row = rows[name]
        for column, value in zip(band.columns, values, strict=True):
            yield f"{form.id}/{row.id}/{column.id}", value


def _filled(slot: Slot, cells: Mapping[str, str]) -> Slot:
    bare = {"units": "单位", "unit": "——"}
    return replace(slot, text=slot.text or cells.get(slot.path) or bare.get(slot.role, ""))


def _plain(items: list[Item]) -> str:
    """Text as exported from a word processor: cells between tabs, no comments."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, Sheet):
            rows = [[""] * sum(slot.columns for slot in item.lines[0]) for _ in item.lines]
            for row, column, slot in placed(item):
                rows[row][column] = slot.text
            lines += ["\t".join(row).rstrip("\t") for row in rows]
        elif not _COMMENT.fullmatch(item.text):
            lines.append(item.text)
    return "".join(line + "\n" for line in lines)


def main() -> None:
    for target, source in sources().items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(built(source))


if __name__ == "__main__":
    main()
