"""A stock is last year's stock and what was added, less what was taken away (format-facts §8, y.t2.*)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from linter.checks.figures import figures, why_unknown
from linter.checks.last_year import explanation, last_year, not_given
from linter.checks.settings import Settings
from linter.model.edition import Edition
from linter.model.finding import Check, Fact, Problem, Severity, Unchecked
from linter.model.report import Number, Place, Report, Term

_FIELDS = frozenset({"stated", "computed", "difference", "parts", "row", "stock", "explained"})
FIELDS: Mapping[str, frozenset[str]] = {"": _FIELDS, "explained": _FIELDS, "more": _FIELDS, "more-explained": _FIELDS}
"""`parts`: the terms that the stock should be the sum of; `row`, `stock`: what the form calls the row, the column."""

_BALANCE = re.compile(r"(?P<form>\w+): (?P<stock>\w+) (?P<relation>==|<=) (?P<sum>.+)")
_PART = re.compile(r"(?:^| (?P<sign>[+-]) )(?P<last>last\.)?(?P<column>\w+)")


@dataclass(frozen=True, slots=True)
class _Part:
    column: str
    last: bool
    sign: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class _Balance:
    """``disclosure: valid == last.valid + made - repealed``, for every row of the form that has these columns."""

    form: str
    stock: str
    relation: str
    parts: tuple[_Part, ...]


def bind(settings: Mapping[str, object]) -> Check:
    """`balances`: relations in the notation of `_Balance`, ``last.`` before a column of last year's form. `minor`:
    such as are only worth a note. `explained`: patterns of the text that excuse a gap. `opening`: as in `carry_over`.
    """
    read = Settings(settings)
    balances = [_balance(text) for text in read.texts("balances")]
    minor = [_balance(text) for text in read.texts("minor", ())]
    patterns = read.patterns("explained", ())
    opening = read.texts("opening", ())
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        previous = last_year(report)
        if previous is None:
            yield from not_given(report, opening)
            return
        years = _Years(report, previous, figures(report), figures(previous))
        for balance in (*balances, *minor):
            for row in _rows(report.edition, balance, last=False):
                if row in _rows(previous.edition, balance, last=True):
                    yield from _judge(years, balance, row, patterns, Severity.NOTE if balance in minor else None)

    return check


@dataclass(frozen=True, slots=True)
class _Years:
    """The two reports and their figures."""

    report: Report
    previous: Report
    now: Mapping[str, Number]
    then: Mapping[str, Number]

    def term(self, part: _Part, path: str) -> Term:
        """The figure at `path` of the year that the part names, with its sign; it has no span in last year's."""
        value = (self.then if part.last else self.now).get(path)
        place = self.previous.place(path) if part.last else self.report.place(path)
        return Term(
            Place(f"last/{path}", place.labels) if part.last else place, None if value is None else part.sign * value
        )


@dataclass(frozen=True, slots=True)
class _Gap:
    """A stock that is not what its terms come to. `exact`: less would have been wrong, too."""

    stated: Number
    computed: Number
    terms: tuple[Term, ...]
    exact: bool


def _balance(text: str) -> _Balance:
    found = _BALANCE.fullmatch(text)
    parts = tuple(_PART.finditer(found["sum"])) if found else ()
    if not found or "".join(part[0] for part in parts) != found["sum"]:
        raise ValueError(f"balances: expected 'form: stock == last.stock + column - column', found {text!r}")
    return _Balance(
        found["form"],
        found["stock"],
        found["relation"],
        tuple(_Part(part["column"], part["last"] is not None, -1 if part["sign"] == "-" else 1) for part in parts),
    )


def _rows(edition: Edition, balance: _Balance, *, last: bool) -> list[str]:
    """The rows of the edition's form that have the columns the balance takes from this (or from last) year's report."""
    wanted = {part.column for part in balance.parts if part.last is last} | (set() if last else {balance.stock})
    return [
        row.id
        for form in edition.forms
        if form.id == balance.form
        for band in form.bands
        if wanted <= {column.id for column in band.columns}
        for row in band.rows
    ]


def _judge(
    years: _Years, balance: _Balance, row: str, patterns: tuple[re.Pattern[str], ...], severity: Severity | None
) -> Iterator[Fact]:
    """`severity`: that of a gap which nothing explains."""
    path = f"{balance.form}/{row}/{balance.stock}"
    place = years.report.place(path)
    terms: list[Term] = []
    computed: Number = 0
    for part in balance.parts:
        source = f"{balance.form}/{row}/{part.column}"
        term = years.term(part, source)
        if term.value is None:
            yield Unchecked(why_unknown(years.previous if part.last else years.report, source), place)
            return
        computed += term.value
        terms.append(term)
    stated = years.now.get(path)
    if stated is None:
        yield Unchecked(why_unknown(years.report, path), place)
    elif stated > computed or (stated < computed and balance.relation == "=="):
        gap = _Gap(stated, computed, tuple(terms), balance.relation == "==")
        yield _problem(place, gap, explanation(years.report, patterns), severity)


def _problem(place: Place, gap: _Gap, explained: str, severity: Severity | None) -> Problem:
    small, large = sorted((gap.stated, gap.computed))
    more = "" if gap.exact else "more"
    return Problem(
        place=place,
        values={
            "stated": gap.stated,
            "computed": gap.computed,
            "difference": large - small,
            "parts": gap.terms,
            "row": place.labels[-2],
            "stock": place.labels[-1],
            "explained": explained,
        },
        related=tuple(term.place for term in gap.terms if term.place.span is not None),
        variant="-".join(filter(None, (more, "explained" if explained else ""))),
        severity=Severity.NOTE if explained else severity,
    )
