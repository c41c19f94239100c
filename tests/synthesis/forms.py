"""The forms laid out as printed: merged headers, group labels, one box for each figure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cache

from linter.editions import load_editions
from linter.model.edition import Band, ColumnSpec, Edition, FormSpec, Kind, RowSpec
from synthesis.draft import Box, Number, Sheet

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@cache
def edition_of(edition_id: str) -> Edition:
    """The edition by its id: only its wordings are taken, never its relations."""
    return next(edition for edition in load_editions() if edition.id == edition_id)


class Wording:
    """One author's way with the labels: official wording, or an accepted one, and his own blanks and brackets."""

    def __init__(self, rng: random.Random) -> None:
        self.accepted = rng.random() < 0.2
        self.blank = rng.random() < 0.25
        self.half = rng.random() < 0.15

    def label(self, spec: RowSpec | ColumnSpec) -> str:
        text = spec.also[0] if self.accepted and spec.also else spec.label
        if self.half:
            text = text.replace("（", "(").replace("）", ")")
        if self.blank and text[:1].isdigit() and text[1:2] == ".":
            text = f"{text[:2]} {text[2:]}"
        return text


def sheet(form_id: str, edition_id: str, figures: Mapping[str, Number], wording: Wording) -> Sheet:
    """The form of the edition with its figures."""
    spec = edition_of(edition_id).form(form_id)
    drawn = {
        "disclosure": _bands,
        "applications": _applications,
        "litigation": _litigation,
        "statistics": _statistics,
    }[form_id](spec, figures, wording)
    return Sheet(form_id, tuple(tuple(row) for row in drawn))


def _figure(form: str, row: str, column: str, figures: Mapping[str, Number], columns: int = 1) -> Box:
    path = f"{form}/{row}/{column}"
    return Box(str(figures[path]), columns=columns, path=path)


def _bands(spec: FormSpec, figures: Mapping[str, Number], wording: Wording) -> list[list[Box]]:
    """四列: a title over all of them, a header, the rows; headers and figures share the width."""
    rows = []
    for band in spec.bands:
        widths = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[len(band.columns)]
        rows.append([Box(band.title, columns=4)])
        heads = zip(band.columns, widths, strict=True)
        rows.append(
            [Box("信息内容"), *(Box(wording.label(one), columns=wide, path=_head(band, one)) for one, wide in heads)]
        )
        for row in band.rows:
            cells = zip(band.columns, widths, strict=True)
            figured = (_figure(spec.id, row.id, one.id, figures, wide) for one, wide in cells)
            rows.append([Box(wording.label(row), path=f"{spec.id}/{row.id}"), *figured])
    return rows


def _head(band: Band, column: ColumnSpec) -> str:
    return f"head/{band.title}/{column.id}"


def _applications(spec: FormSpec, figures: Mapping[str, Number], wording: Wording) -> list[list[Box]]:
    (band,) = spec.bands
    inner = band.columns[1:-1]
    first, last = band.columns[0], band.columns[-1]
    rows = [
        [Box(NOTE, rows=3, columns=3), Box("申请人情况", columns=7)],
        [
            Box(wording.label(first), rows=2, path=_head(band, first)),
            Box("法人或其他组织", columns=5),
            Box(wording.label(last), rows=2, path=_head(band, last)),
        ],
        [Box(wording.label(one), path=_head(band, one)) for one in inner],
    ]
    tall = _heights(band.rows)
    done: set[tuple[str, ...]] = set()
    for row in band.rows:
        groups = []
        for depth in range(1, len(row.group) + 1):
            group = row.group[:depth]
            if group not in done:
                done.add(group)
                groups.append(Box(row.group[depth - 1], rows=tall[group]))
        label = Box(wording.label(row), columns=3 - len(row.group), path=f"{spec.id}/{row.id}")
        rows.append([*groups, label, *(_figure(spec.id, row.id, one.id, figures) for one in band.columns)])
    return rows


def _heights(rows: Sequence[RowSpec]) -> dict[tuple[str, ...], int]:
    """How many rows a group label covers, by its path."""
    found: dict[tuple[str, ...], int] = {}
    for row in rows:
        for depth in range(1, len(row.group) + 1):
            found[row.group[:depth]] = found.get(row.group[:depth], 0) + 1
    return found


def _litigation(spec: FormSpec, figures: Mapping[str, Number], wording: Wording) -> list[list[Box]]:
    (band,) = spec.bands
    review, *suits = band.rows
    width = len(band.columns)
    heads = [Box(wording.label(one), path=_head(band, one)) for one in band.columns]
    return [
        [Box(review.label, columns=width), Box("行政诉讼", columns=width * len(suits))],
        [*(Box(head.text, rows=2) for head in heads), *(Box(suit.label, columns=width) for suit in suits)],
        [*heads, *heads],
        [_figure(spec.id, row.id, one.id, figures) for row in band.rows for one in band.columns],
    ]


def _statistics(spec: FormSpec, figures: Mapping[str, Number], wording: Wording) -> list[list[Box]]:
    (band,) = spec.bands
    rows = [[Box("统计指标"), Box("单位"), Box(band.columns[0].label)]]
    for row in band.rows:
        unit = "——" if row.kind is Kind.TITLE else row.unit
        label = Box(wording.label(row), path=f"{spec.id}/{row.id}")
        rows.append([label, Box(unit), _figure(spec.id, row.id, "count", figures)])
    return rows
