"""Invented reports: figures that satisfy a form, the forms as they are printed, and what converters make of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from linter.editions import load_editions
from linter.model.edition import Edition, FormSpec
from linter.model.report import Report
from linter.readers import read
from linter.recognise import recognise

AGENCY = "云川县财政局"
YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}
Figures = Mapping[str, str]
"""What is printed in each cell, by ``form/row/column``."""


@dataclass(frozen=True)
class Box:
    """A printed cell and how many grid rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1


Drawing = Sequence[Sequence[Box]]
"""The boxes that begin in each printed row, as in HTML."""


@cache
def edition(edition_id: str) -> Edition:
    return next(item for item in load_editions() if item.id == edition_id)


# Figures ----------------------------------------------------------------------------------------------------------


def figures(edition_id: str, seed: int = 0) -> dict[str, str]:
    """Figures for every form of the edition that satisfy all its identities; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 -- figures, no secrets
    found: dict[str, int | str] = {}
    for spec in edition(edition_id).forms:
        found |= {f"{spec.id}/{key}": value for key, value in _FIGURES[spec.id](spec, dice).items()}
    return {path: str(value) for path, value in found.items()}


def _disclosure(spec: FormSpec, dice: random.Random) -> dict[str, int | str]:
    cells: dict[str, int | str] = {f"{row.id}/{column.id}": dice.randint(0, 90) for _, row, column in spec.places()}
    for key in list(cells):
        if key.endswith(("/valid", "/public_total")):
            cells[key] = 100 + int(cells[key])
        elif key.endswith("/published"):
            cells[key] = cells[key.replace("published", "made")]
        elif key.endswith("/amount"):
            cells[key] = f"{cells[key]}.25"
        elif key.endswith("/items"):
            cells[key] = 100
    return cells


def _applications(spec: FormSpec, dice: random.Random) -> dict[str, int | str]:
    band = spec.bands[0]
    leaves = [row.id for row in band.rows if row.id.startswith("handled.") and row.id != "handled.total"]
    cells: dict[str, int | str] = {}
    for column in [column.id for column in band.columns if column.id != "total"]:
        values = {row: dice.choice((0, 0, 1, 2, 3, 14, 105)) for row in leaves}
        values["handled.total"] = sum(values.values())
        values["carried_out"] = dice.randint(0, 3)
        values["carried_in"] = dice.randint(0, min(3, values["handled.total"] + values["carried_out"]))
        values["new"] = values["handled.total"] + values["carried_out"] - values["carried_in"]
        cells |= {f"{row}/{column}": value for row, value in values.items()}
    for row in band.rows:
        cells[f"{row.id}/total"] = sum(int(value) for key, value in cells.items() if key.split("/")[0] == row.id)
    return cells


def _litigation(spec: FormSpec, dice: random.Random) -> dict[str, int | str]:
    cells: dict[str, int | str] = {}
    for row in spec.bands[0].rows:
        parts = {column.id: dice.randint(0, 12) for column in spec.bands[0].columns if column.id != "total"}
        cells |= {f"{row.id}/{column}": value for column, value in {**parts, "total": sum(parts.values())}.items()}
    return cells


def _statistics(spec: FormSpec, dice: random.Random) -> dict[str, int | str]:
    rows = {row.id: dice.randint(0, 9) for row in spec.bands[0].rows}
    for whole in ("answered.refused", "received", "concluded", "answered", "reviews", "lawsuits", "staff"):
        rows[whole] = sum(
            v for row, v in rows.items() if row.startswith(f"{whole}.") and "." not in row[len(whole) + 1 :]
        )
    rows["disclosed"] = sum(value for row, value in rows.items() if row.startswith("channels."))
    rows["disclosed.normative"] = min(rows["disclosed"], rows["normative.made"])
    rows["responses"] = max(rows["responses.social"], rows["responses.other"])
    for row in ("responses.briefings", "responses.interviews"):
        rows[f"{row}.led"] = min(rows[f"{row}.led"], rows[row])
    return {f"{row}/count": "——" if row.startswith("title.") else value for row, value in rows.items()}


_FIGURES: Mapping[str, Callable[[FormSpec, random.Random], dict[str, int | str]]] = {
    "disclosure": _disclosure,
    "applications": _applications,
    "litigation": _litigation,
    "statistics": _statistics,
}

# Forms as printed -------------------------------------------------------------------------------------------------


def draw(spec: FormSpec, values: Figures) -> list[list[Box]]:
    """The form as the notice prints it, filled in."""
    return _DRAWINGS[spec.id](spec, lambda row, column: Box(values[f"{spec.id}/{row}/{column}"]))


Fill = Callable[[str, str], Box]


def _draw_disclosure(spec: FormSpec, fill: Fill) -> list[list[Box]]:
    drawing: list[list[Box]] = []
    for band in spec.bands:
        last = 4 - len(band.columns)
        drawing.append([Box(band.title, 1, 4)])
        heads = [Box(column.label) for column in band.columns]
        drawing.append([Box("信息内容"), *heads[:-1], Box(heads[-1].text, 1, last)])
        for row in band.rows:
            cells = [fill(row.id, column.id) for column in band.columns]
            drawing.append([Box(row.label), *cells[:-1], Box(cells[-1].text, 1, last)])
    return drawing


CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def _draw_applications(spec: FormSpec, fill: Fill) -> list[list[Box]]:
    band = spec.bands[0]
    heads = [column.label for column in band.columns]
    drawing = [
        [Box(CORNER, 3, 3), Box("申请人情况", 1, 7)],
        [Box(heads[0], 2), Box("法人或其他组织", 1, 5), Box(heads[-1], 2)],
        [Box(head) for head in heads[1:-1]],
    ]
    seen: set[tuple[str, ...]] = set()
    for row in band.rows:
        boxes: list[Box] = []
        for depth in range(1, len(row.group) + 1):
            if row.group[:depth] not in seen:
                seen.add(row.group[:depth])
                boxes.append(
                    Box(row.group[depth - 1], sum(other.group[:depth] == row.group[:depth] for other in band.rows))
                )
        cells = [fill(row.id, column.id) for column in band.columns]
        drawing.append([*boxes, Box(row.label, 1, 3 - len(row.group)), *cells])
    return drawing


def _draw_litigation(spec: FormSpec, fill: Fill) -> list[list[Box]]:
    band = spec.bands[0]
    heads = [column.label for column in band.columns]
    return [
        [Box("行政复议", 1, 5), Box("行政诉讼", 1, 10)],
        [*(Box(head, 2) for head in heads), *(Box(row.label, 1, 5) for row in band.rows[1:])],
        [Box(head) for head in heads * 2],
        [fill(row.id, column.id) for row in band.rows for column in band.columns],
    ]


def _draw_statistics(spec: FormSpec, fill: Fill) -> list[list[Box]]:
    drawing = [[Box("统计指标"), Box("单位"), Box("统计数")]]
    return drawing + [[Box(row.label), Box(row.unit or "——"), fill(row.id, "count")] for row in spec.bands[0].rows]


_DRAWINGS: Mapping[str, Callable[[FormSpec, Fill], list[list[Box]]]] = {
    "disclosure": _draw_disclosure,
    "applications": _draw_applications,
    "litigation": _draw_litigation,
    "statistics": _draw_statistics,
}

# What converters make of a drawing --------------------------------------------------------------------------------


def laid_out(drawing: Drawing) -> list[list[Box | None]]:
    """The grid: a box at its top left position, None where it reaches over or where no box is."""
    places: dict[tuple[int, int], Box] = {}
    taken: set[tuple[int, int]] = set()
    for row, boxes in enumerate(drawing):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            places[row, column] = box
            taken |= {(row + down, column + right) for down in range(box.rows) for right in range(box.columns)}
    width = max(column for _, column in taken) + 1
    return [[places.get((row, column)) for column in range(width)] for row in range(len(drawing))]


def html(drawing: Drawing) -> str:
    rows = "".join(
        "<tr>"
        + "".join(f'<td rowspan="{box.rows}" colspan="{box.columns}">{box.text}</td>' for box in boxes)
        + "</tr>\n"
        for boxes in drawing
    )
    return f"<table>\n{rows}</table>"


def markdown(drawing: Drawing) -> str:
    """Merged cells have no Markdown: their text stands once, the rest is blank."""
    lines = ["| " + " | ".join(box.text if box else "" for box in row) + " |" for row in laid_out(drawing)]
    return "\n".join([lines[0], "|" + " --- |" * len(laid_out(drawing)[0]), *lines[1:]])


def tabbed(drawing: Drawing) -> str:
    """Cells parted by tabs, merged ones padded with blank cells to the width of the table."""
    return "\n".join("\t".join(box.text if box else "" for box in row) for row in laid_out(drawing))


def tabbed_close(drawing: Drawing) -> str:
    """Cells parted by tabs without any padding."""
    return "\n".join("\t".join(box.text for box in boxes) for boxes in drawing)


def spaced(drawing: Drawing) -> str:
    """Cells parted by wide gaps, as text extraction leaves an aligned table."""
    return "\n".join("      ".join(box.text for box in boxes) for boxes in drawing)


def spaced_narrow(drawing: Drawing) -> str:
    """Cells parted by one space."""
    return "\n".join(" ".join(box.text for box in boxes) for boxes in drawing)


def one_per_line(drawing: Drawing) -> str:
    """Every cell on a line of its own."""
    return "\n".join(box.text for boxes in drawing for box in boxes)


def piped(drawing: Drawing) -> str:
    """A row a line, a pipe behind every cell, as web pages are copied."""
    return "\n".join("".join(f"{box.text} | " for box in boxes).rstrip() for boxes in drawing)


def piped_behind(drawing: Drawing) -> str:
    """A cell a line with a pipe behind it."""
    return "\n".join(f"{box.text} |" for boxes in drawing for box in boxes)


def piped_below(drawing: Drawing) -> str:
    """A cell a line with a pipe on the next."""
    return "\n".join(f"{box.text}\n|" for boxes in drawing for box in boxes)


LAYOUTS: Mapping[str, Callable[[Drawing], str]] = {
    "html": html,
    "markdown": markdown,
    "tabbed": tabbed,
    "tabbed-close": tabbed_close,
    "spaced": spaced,
    "spaced-narrow": spaced_narrow,
    "one-per-line": one_per_line,
    "piped": piped,
    "piped-behind": piped_behind,
    "piped-below": piped_below,
}

# Whole reports ----------------------------------------------------------------------------------------------------

SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
PREAMBLE = (
    "根据《中华人民共和国政府信息公开条例》，现公布本机关{year}年度报告。"
    "数据统计期限自{year}年1月1日起至{year}年12月31日止。"
)
PROSE = (
    "本年度，本机关认真做好政府信息公开各项工作，主动公开、依申请公开、平台建设和监督保障均有进展。",
    "",
    "",
    "",
    "存在公开内容不够丰富的问题。下一步将加强业务培训，改进工作方法。",
    "本年度未收取信息处理费。",
)


def title(edition_id: str, agency: str = AGENCY) -> str:
    return f"{agency}{YEARS[edition_id]}年政府信息公开工作年度报告"


def blocks(edition_id: str, forms: Mapping[str, str], headings: Sequence[str] = SECTIONS) -> Iterator[str]:
    """A report's lines; `forms`: each form's rendered text by id."""
    yield title(edition_id)
    yield PREAMBLE.format(year=YEARS[edition_id])
    if edition_id == "2014":
        yield from (f"{number}、{name}" for number, name in zip("一二三四", _OLD, strict=True))
        yield f"附件：{AGENCY}{YEARS[edition_id]}年度政府信息公开情况统计表"
        yield forms["statistics"]
        return
    for heading, prose, form in zip(headings, PROSE, ("", *forms.values(), "", ""), strict=True):
        yield from (part for part in (heading, prose, form) if part)


_OLD = (
    "概述\n本年度工作有序开展。",
    "主动公开政府信息情况\n及时公开。",
    "依申请公开情况\n未收到申请。",
    "存在的问题及改进措施\n持续改进。",
)


def draft(
    edition_id: str, layout: str = "tabbed", values: Figures | None = None, headings: Sequence[str] = SECTIONS
) -> str:
    """A clean report of the edition in a layout; `values` in place of the figures of seed 0."""
    drawn = drawings(edition_id, values or figures(edition_id))
    return compose(edition_id, {form: LAYOUTS[layout](drawing) for form, drawing in drawn.items()}, layout, headings)


def drawings(edition_id: str, values: Figures) -> dict[str, list[list[Box]]]:
    return {spec.id: draw(spec, values) for spec in edition(edition_id).forms}


def compose(
    edition_id: str, forms: Mapping[str, str], layout: str = "tabbed", headings: Sequence[str] = SECTIONS
) -> str:
    parts = list(blocks(edition_id, forms, headings))
    if layout == "html":
        lines = [
            part if part.startswith("<table") else "".join(f"<p>{line}</p>\n" for line in part.split("\n"))
            for part in parts
        ]
        return "<html><body>\n" + "\n".join(lines) + "\n</body></html>"
    return ("\n\n" if layout == "markdown" else "\n").join(parts)


def recognised(text: str, suffix: str = "txt", **options: object) -> Report:
    """The report in a text; `suffix` names the format."""
    return recognise(read(text.encode(), f"draft.{suffix}"), load_editions(), **options)  # type: ignore[arg-type]


def suffix(layout: str) -> str:
    return {"html": "html", "markdown": "md"}.get(layout, "txt")


def printed(report: Report) -> dict[str, str]:
    """What stands in every cell found, by ``form/row/column``."""
    return {
        f"{form}/{row}/{column}": cell.text.strip()
        for form, found in report.forms.items()
        for (row, column), cell in found.cells.items()
    }
