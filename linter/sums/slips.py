"""Likely typing slips between the number that stands in a cell and the number that should.

The kinds are those that Scholtus (2009, "Automatic correction of simple typing errors in numerical data with balance
edits", Statistics Netherlands) takes as simple typing errors: two neighbouring digits exchanged, a digit added,
omitted or replaced, after Damerau (1964). What moves between cells (exchanged, split, shifted) is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from linter.model.report import Number


class Weight(IntEnum):
    """How much a slip speaks for a repair."""

    NONE = 0
    """Nothing turns the one number into the other."""
    POSSIBLE = 1
    """A slip turns it, and so it does with many numbers: in 3 → 5 a digit is wrong, as in any two digits."""
    STRONG = 2
    """A slip turns it, and it does so with fewer than one in 20 numbers of that length."""
    REARRANGED = 3
    """The figures that stand there only stand in the wrong cells, and they are no mere single digits."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A kind of slip by its key (`docs/cause.md` lists them, "" none) and its weight."""

    key: str
    weight: Weight


NO_SLIP = Slip("", Weight.NONE)
_TELLING_DIGITS = 3
"""With this many digits in the longer number a slip is no coincidence (docs/cause.md has the table)."""


def rearranged(key: str, figures: Iterable[Number]) -> Slip:
    """The slip by which `figures` came to stand in wrong cells; single digits fall into place by chance."""
    telling = any(not -10 < figure < 10 for figure in figures)
    return Slip(key, Weight.REARRANGED if telling else Weight.STRONG)


def of_number(stated: Number, repaired: Number) -> Slip:
    """The slip that turns `repaired` into `stated`: ``sign``, ``omitted`` (0 stands there), ``swapped``, ``doubled``,
    ``dropped``, ``added``, ``digit`` or none.
    """
    if stated == -repaired:
        return Slip("sign", Weight.STRONG)
    if stated == 0:
        return Slip("omitted", Weight.POSSIBLE)
    if (stated < 0) != (repaired < 0):
        return NO_SLIP
    wrong, right = _digits(stated, repaired)
    key = _digit_slip(wrong, right)
    if not key:
        return NO_SLIP
    telling = key == "swapped" or max(len(wrong), len(right)) >= _TELLING_DIGITS
    return Slip(key, Weight.STRONG if telling else Weight.POSSIBLE)


def of_neighbours(stated: Sequence[Number], repaired: Sequence[Number]) -> Slip:
    """The slip over two neighbouring cells: ``exchanged``, ``split`` (26 | 0 → 2 | 6), ``merged`` (2 | 6 → 26 | 0)."""
    if list(stated) == list(repaired)[::-1]:
        return rearranged("exchanged", stated)
    if repaired[1] == 0 and str(repaired[0]) == f"{stated[0]}{stated[1]}" and stated[0]:
        return rearranged("split", repaired)
    if stated[1] == 0 and str(stated[0]) == f"{repaired[0]}{repaired[1]}" and repaired[0]:
        return rearranged("merged", stated)
    return NO_SLIP


def of_line(stated: Sequence[Number], repaired: Sequence[Number]) -> Slip:
    """The slip over a whole row or column: ``shifted`` by one cell from some cell on, ``omitted`` (all left at 0),
    ``spurious`` (all should be 0).
    """
    if not any(stated):
        return Slip("omitted", Weight.STRONG)
    if not any(repaired):
        return Slip("spurious", Weight.STRONG)
    if _lost(stated, repaired) or _lost(repaired, stated):
        return rearranged("shifted", stated)
    return NO_SLIP


def _lost(short: Sequence[Number], whole: Sequence[Number]) -> bool:
    """Whether `short` is `whole` without one cell, those behind it moved up; the last of `short` may be anything."""
    changed = [index for index, (one, other) in enumerate(zip(short, whole, strict=True)) if one != other]
    return bool(changed) and list(short[changed[0] : -1]) == list(whole[changed[0] + 1 :])


def _digits(stated: Number, repaired: Number) -> tuple[str, str]:
    """Both numbers as digits of one scale, so that 12.5 and 125 differ."""
    scale = Decimal(10) ** max(_decimals(stated), _decimals(repaired))
    return str(int(stated * scale)).lstrip("-"), str(int(repaired * scale)).lstrip("-")


def _decimals(number: Number) -> int:
    exponent = Decimal(number).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _digit_slip(wrong: str, right: str) -> str:
    if len(wrong) == len(right):
        places = [place for place, pair in enumerate(zip(wrong, right, strict=True)) if pair[0] != pair[1]]
        if len(places) == 1:
            return "digit"
        if len(places) == 2 and places[1] == places[0] + 1 and sorted(wrong) == sorted(right):
            return "swapped"
        return ""
    if len(wrong) == len(right) + 1 and right != "0":
        cuts = [place for place in range(len(wrong)) if wrong[:place] + wrong[place + 1 :] == right]
        return "" if not cuts else "doubled" if len(cuts) > 1 else "added"
    if len(wrong) + 1 == len(right):
        return "dropped" if wrong in {right[:place] + right[place + 1 :] for place in range(len(right))} else ""
    return ""
