"""An edition as an empty report: title, preamble, headings and forms in printed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter.formats.forms import Grid, Slot, grids
from linter.model.edition import Edition, FormSpec, Kind, SectionSpec

TO_DO = "【待补充：{}】"
"""What stands where text is to be written; rule W05 finds every one that was forgotten."""
_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Text:
    """A line: `role` ``title``, ``heading``, ``prose`` or ``signature``."""

    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as lines of slots; a slot covers `rows` and `columns` as in HTML."""

    lines: tuple[tuple[Slot, ...], ...]


Item = Text | Sheet


def blank(edition: Edition, agency: str, year: int) -> Iterator[Item]:
    """The report of `agency` for `year`, everything that needs no knowledge written, the rest marked `TO_DO`."""
    yield Text(f"{agency}{year}年政府信息公开工作年度报告", "title")
    yield Text(
        "根据《中华人民共和国政府信息公开条例》编制本报告。"
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
        "prose",
    )
    if edition.sections:
        for number, section in enumerate(edition.sections):
            yield Text(f"{_NUMBERS[number]}、{section.title}", "heading")
            yield from _section(edition, section)
    else:
        for number, content in enumerate(edition.contents):
            yield Text(f"{_NUMBERS[number]}、{content.title}", "heading")
            yield Text(TO_DO.format(content.title), "prose")
    yield Text(agency, "signature")
    yield Text(f"{year + 1}年【待补充：月、日】", "signature")
    for form in edition.forms:
        if not form.section:
            yield Text("附件", "heading")
            yield Text(f"{agency}{year}年度{form.title}", "title")
            yield _sheet(form)


def _section(edition: Edition, section: SectionSpec) -> Iterator[Item]:
    forms = [form for form in edition.forms if form.section == section.id]
    yield from map(_sheet, forms)
    inside = [content.title for content in edition.contents if content.section == section.id]
    if inside or not forms:
        yield Text(TO_DO.format("、".join(inside) or section.title), "prose")


def _sheet(form: FormSpec) -> Sheet:
    return Sheet(tuple(_filled(line, form) for grid in grids(form) for line in _lines(grid)))


def _lines(grid: Grid) -> Sequence[tuple[Slot, ...]]:
    return (*grid.head, *grid.body)


def _filled(line: Sequence[Slot], form: FormSpec) -> tuple[Slot, ...]:
    """Title rows carry their dashes; every figure is blank, to be filled in."""
    return tuple(_dashed(slot, form) for slot in line)


def _dashed(slot: Slot, form: FormSpec) -> Slot:
    title = slot.path and form.row(slot.path.split("/")[1]).kind is Kind.TITLE
    unit = slot.role == "unit" and not slot.text
    text = "——" if title or unit else "单位" if slot.role == "units" else slot.text
    return Slot(text, slot.role, slot.path, slot.rows, slot.columns, slot.indent)


def placed(sheet: Sheet) -> Iterator[tuple[int, int, Slot]]:
    """Every slot with the row and column it begins in, as HTML places cells."""
    taken: set[tuple[int, int]] = set()
    for number, line in enumerate(sheet.lines):
        column = 0
        for slot in line:
            while (number, column) in taken:
                column += 1
            yield number, column, slot
            taken |= {(number + down, column + right) for down in range(slot.rows) for right in range(slot.columns)}
