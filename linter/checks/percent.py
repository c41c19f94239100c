"""Percentages exact and as printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from linter.model.report import Number


def per_cent(part: Number, whole: Number) -> Decimal:
    """`part` in per cent of `whole`, which is not 0."""
    return Decimal(part) * 100 / Decimal(whole)


def fits(exact: Decimal, printed: Number) -> bool:
    """Whether `printed` is `exact`, rounded or cut off at its last printed place."""
    return abs(exact - Decimal(printed)) < _step(printed)


def rounded(exact: Decimal, printed: Number) -> Decimal:
    """`exact` with as many places as `printed` has."""
    return exact.quantize(_step(printed), rounding=ROUND_HALF_UP)


def _step(printed: Number) -> Decimal:
    """One unit of the last printed place."""
    return Decimal(1).scaleb(int(Decimal(printed).as_tuple().exponent)) if isinstance(printed, Decimal) else Decimal(1)
