"""Figures that are wrong: slips of one, of two, of a row, of a column."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import partial

from synthesis.draft import Draft
from synthesis.faults.fault import LOOSE, PROSE, Fault, Maker
from synthesis.figures import APPLICANTS, CASES, ENDS, OUTCOMES, TITLES_2014, laws
from synthesis.slips import SLIPS, wrong


def _changed(draft: Draft, figures: Mapping[str, str], *, determined: bool | None = None) -> Fault | None:
    """Cells printed otherwise. Every relation that breaks by it is a finding."""
    stated = {**draft.figures, **figures}
    moved = {path: draft.figures[path] for path, text in figures.items() if str(draft.figures[path]) != text}
    if not moved:
        return None
    broken = [law for law in laws(draft.edition) if set(law.cells) & set(moved) and not law.holds(stated)]
    sums = [law for law in broken if law.relation == "==" and not law.weak]
    crossed = all(sum(path in law.cells for law in sums) > 1 for path in moved)
    return Fault(
        draft=draft.with_figures(figures),
        rules=frozenset(law.rule for law in broken),
        paths=tuple(path for law in broken for path in law.cells),
        beside=PROSE | LOOSE | {law.rule for law in laws(draft.edition)},
        cells=moved,
        bounded=any(law.relation == ">=" for law in broken),
        determined=(len(moved) == 1 and crossed) if determined is None else determined,
    )


def _counted(draft: Draft) -> list[str]:
    """The cells of counts that a relation of the edition contains."""
    known = dict.fromkeys(path for law in laws(draft.edition) for path in law.cells)
    return [path for path in known if str(draft.figures[path]).isdigit()]


def _slip(kind: str, draft: Draft, rng: random.Random) -> Fault | None:
    found = _counted(draft)
    rng.shuffle(found)
    for path in found[:60]:
        number = str(draft.figures[path])
        if number == "0" and rng.random() < 0.9:
            continue
        slipped = SLIPS[kind](rng, number)
        if slipped is not None and slipped != number:
            return _changed(draft, {path: slipped})
    return None


def _split(draft: Draft, rng: random.Random) -> Fault | None:
    """26 and 0 typed as 2 and 6."""
    for row in _shuffled(rng, _application_rows(draft)):
        for left, right in zip(APPLICANTS, (*APPLICANTS[1:], "total"), strict=True):
            here, there = f"applications/{row}/{left}", f"applications/{row}/{right}"
            number = str(draft.figures[here])
            if len(number) > 1 and draft.figures[there] == 0:
                at = rng.randint(1, len(number) - 1)
                return _changed(draft, {here: number[:at], there: str(int(number[at:]))})
    return None


def _application_rows(draft: Draft) -> tuple[str, ...]:
    return (
        ()
        if draft.edition == "2014"
        else ("new", "carried_in", *OUTCOMES[draft.edition], "handled.total", "carried_out")
    )


def _shuffled(rng: random.Random, items: Sequence[str]) -> list[str]:
    return rng.sample(items, len(items))


def _rows_swapped(draft: Draft, rng: random.Random) -> Fault | None:
    rows = _application_rows(draft)
    if not rows:
        return None
    index = rng.randrange(len(rows) - 1)
    upper, lower = rows[index : index + 2]
    columns = (*APPLICANTS, "total")
    figures = {
        f"applications/{upper}/{column}": str(draft.figures[f"applications/{lower}/{column}"]) for column in columns
    }
    figures |= {
        f"applications/{lower}/{column}": str(draft.figures[f"applications/{upper}/{column}"]) for column in columns
    }
    return _changed(draft, figures)


def _cells_swapped(draft: Draft, rng: random.Random) -> Fault | None:
    """Two neighbours of a row in each other's place."""
    for row in _shuffled(rng, _application_rows(draft)):
        columns = (*APPLICANTS, "total")
        at = rng.randrange(len(columns) - 1)
        here, there = (f"applications/{row}/{column}" for column in columns[at : at + 2])
        if draft.figures[here] != draft.figures[there]:
            return _changed(draft, {here: str(draft.figures[there]), there: str(draft.figures[here])})
    return None


def _row_shifted(draft: Draft, rng: random.Random) -> Fault | None:
    """A row's figures one column to the right, a nought in the first."""
    for row in _shuffled(rng, _application_rows(draft)):
        paths = [f"applications/{row}/{column}" for column in (*APPLICANTS, "total")]
        moved = ["0", *(str(draft.figures[path]) for path in paths[:-1])]
        if any(str(draft.figures[path]) != text for path, text in zip(paths, moved, strict=True)):
            return _changed(draft, dict(zip(paths, moved, strict=True)))
    return None


def _row_zeroed(draft: Draft, rng: random.Random) -> Fault | None:
    """A row never filled in."""
    for row in _shuffled(rng, _application_rows(draft)):
        paths = [f"applications/{row}/{column}" for column in (*APPLICANTS, "total")]
        if any(draft.figures[path] for path in paths):
            return _changed(draft, dict.fromkeys(paths, "0"))
    return None


def _column_blanked(draft: Draft, rng: random.Random) -> Fault | None:
    rows = _application_rows(draft)
    if not rows:
        return None
    column = rng.choice((*APPLICANTS, "total"))
    made = _changed(draft, {f"applications/{row}/{column}": "0" for row in rows})
    blank = draft.with_figures({f"applications/{row}/{column}": "" for row in rows})
    rules = (made.rules if made else frozenset()) | {"T05"}
    return Fault(
        draft=blank,
        rules=rules,
        paths=("applications",),
        doubt=True,
        beside=PROSE | LOOSE | {"C01", "C02", "C03"},
    )


def _litigation_shifted(draft: Draft, _rng: random.Random) -> Fault | None:
    """The whole line of reviews and lawsuits one cell to the right."""
    if draft.edition == "2014":
        return None
    paths = [f"litigation/{case}/{end}" for case in CASES for end in (*ENDS, "total")]
    moved = ["0", *(str(draft.figures[path]) for path in paths[:-1])]
    return _changed(draft, dict(zip(paths, moved, strict=True)))


def _two_slips(draft: Draft, rng: random.Random) -> Fault | None:
    figures: dict[str, str] = {}
    for path in rng.sample(_counted(draft), 12):
        number = str(draft.figures[path])
        if number != "0" and len(figures) < 2:
            figures[path] = wrong(rng, number)
    return _changed(draft, figures) if len(figures) == 2 else None


def _unreadable_cell(draft: Draft, rng: random.Random) -> Fault | None:
    path = rng.choice(_counted(draft))
    text, rule = rng.choice((("若干", "T06"), ("约", "T06"), ("-3", "T07"), ("2.5", "T07")))
    return Fault(
        draft=draft.with_figures({path: text}),
        rules=frozenset({rule}),
        paths=(path,),
        beside=PROSE | LOOSE | {law.rule for law in laws(draft.edition)},
    )


def _title_filled(draft: Draft, rng: random.Random) -> Fault | None:
    if draft.edition != "2014":
        return None
    path = f"statistics/title.{rng.choice(TITLES_2014)}/count"
    filled = draft.with_figures({path: str(rng.randint(100, 9000))})
    return Fault(
        draft=filled,
        rules=frozenset({"T08", "C09"}),
        paths=(path,),
        beside=frozenset({"C09", "T08"}),
    )


MAKERS: Mapping[str, Maker] = {
    **{kind: partial(_slip, kind) for kind in SLIPS},
    "number split": _split,
    "cells swapped": _cells_swapped,
    "rows swapped": _rows_swapped,
    "row shifted": _row_shifted,
    "line shifted": _litigation_shifted,
    "row left at 0": _row_zeroed,
    "two digits wrong": _two_slips,
    "column blanked": _column_blanked,
    "no count in a cell": _unreadable_cell,
    "title row filled": _title_filled,
}
