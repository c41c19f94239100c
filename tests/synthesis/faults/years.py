"""Faults that only last year's report shows: a broken carry-over, a broken stock, prose left as it was."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace

from synthesis.draft import Draft, Sheet
from synthesis.faults.fault import PROSE, Fault, Maker
from synthesis.figures import APPLICANTS
from synthesis.reports import compose


def _previous(draft: Draft) -> Draft | None:
    """An honest report of the year before that hands on what this one begins with."""
    if draft.year in (2014, 2019):
        return None
    edition = draft.edition if draft.year != 2021 else "2019"
    before = compose(draft.seed + 1, edition=edition, kind=draft.kind, year=draft.year - 1)
    if draft.edition == "2014":
        return before
    return _handing_on(before, draft)


def _handing_on(before: Draft, draft: Draft) -> Draft:
    """Last year's draft with its 结转 and its stock as this year's begins; sums follow."""
    figures = dict(before.figures)
    for column in (*APPLICANTS, "total"):
        out = int(draft.figures[f"applications/carried_in/{column}"])
        drift = out - int(figures[f"applications/carried_out/{column}"])
        figures[f"applications/carried_out/{column}"] = out
        figures[f"applications/new/{column}"] = int(figures[f"applications/new/{column}"]) + max(drift, 0)
        figures[f"applications/handled.granted/{column}"] = int(
            figures[f"applications/handled.granted/{column}"]
        ) + max(-drift, 0)
        figures[f"applications/handled.total/{column}"] = int(figures[f"applications/handled.total/{column}"]) + max(
            -drift, 0
        )
    for row in ("new", "handled.granted", "handled.total"):
        figures[f"applications/{row}/total"] = sum(
            int(figures[f"applications/{row}/{column}"]) for column in APPLICANTS
        )
    if before.edition == draft.edition == "2021":
        made, repealed, valid = (
            int(draft.figures[f"disclosure/normative/{column}"]) for column in ("made", "repealed", "valid")
        )
        figures["disclosure/normative/valid"] = valid - made + repealed
        figures["disclosure/normative/made"] = min(int(figures["disclosure/normative/made"]), valid - made + repealed)
    if before.edition == draft.edition == "2019":
        for row in ("permits", "services", "penalties", "coercion", "fees"):
            figures[f"disclosure/{row}/items"] = draft.figures[f"disclosure/{row}/items"]
            figures[f"disclosure/{row}/change"] = 0
    return replace(before.with_figures({path: str(value) for path, value in figures.items()}), figures=figures)


def _carry_broken(draft: Draft, rng: random.Random) -> Fault | None:
    before = _previous(draft)
    if before is None or draft.edition == "2014":
        return None
    column = rng.choice(APPLICANTS)
    path = f"applications/carried_out/{column}"
    more = rng.randint(1, 9)
    stated = {
        f"applications/{row}/{name}": str(int(before.figures[f"applications/{row}/{name}"]) + more)
        for row in ("carried_out", "new")
        for name in (column, "total")
    }
    return Fault(
        draft=draft,
        previous=before.with_figures(stated),
        rules=frozenset({"Y01"}),
        paths=(path.replace("carried_out", "carried_in"), "applications/carried_in/total"),
        beside=frozenset({"Y04", "N03"}),
    )


def _stock_broken(draft: Draft, rng: random.Random) -> Fault | None:
    before = _previous(draft)
    if before is None or before.edition != "2021" or draft.edition != "2021":
        return None
    path = "disclosure/normative/valid"
    stated = {path: str(int(before.figures[path]) + rng.randint(1, 30))}
    return Fault(
        draft=draft,
        previous=before.with_figures(stated),
        rules=frozenset({"Y02"}),
        paths=("disclosure/normative",),
        beside=frozenset({"Y04", "N03"}),
    )


def _stale(draft: Draft, _rng: random.Random) -> Fault | None:
    """The prose is last year's with the years moved on, word for word; only the figures of the forms are new."""
    if draft.year in (2014, 2019, 2021):
        return None
    before = compose(draft.seed + 1, edition=draft.edition, kind=draft.kind, year=draft.year - 1)
    sheets = {block.form: block for block in before.blocks if isinstance(block, Sheet)}
    blocks = tuple(
        sheets.get(block.form, block)
        if isinstance(block, Sheet)
        else replace(block, text=_back(block.text, draft.year))
        for block in draft.blocks
    )
    return Fault(
        draft=draft,
        previous=replace(before, blocks=blocks),
        rules=frozenset({"Y03"}),
        paths=("",),
        beside=PROSE | {"Y01", "Y02", "Y04"},
    )


def _back(text: str, year: int) -> str:
    """The text a year earlier."""
    return re.sub(rf"{year - 1}|{year + 1}|{year}", lambda found: str(int(found[0]) - 1), text)


MAKERS: Mapping[str, Maker] = {
    "carry-over broken": _carry_broken,
    "stock broken": _stock_broken,
    "last year's text left": _stale,
}
