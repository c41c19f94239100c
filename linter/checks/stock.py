"""A stock is last year's stock and what was added, less what was taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from linter.checks.figures import figures, unknown
from linter.checks.last_year import beside_last_year, explanation
from linter.checks.settings import Settings
from linter.model.edition import Edition
from linter.model.finding import Check, Fact, Problem, Severity
from linter.model.report import Number, Place, Report, Term

FIELDS: Mapping[str, frozenset[str]] = dict.fromkeys(
    ("", "explained", "more"), frozenset({"stated", "computed", "difference", "parts", "row", "stock", "explained"})
)
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
    """``disclosure: valid == last.valid + made - repealed``, for every row of the form that has these columns.

    With ``<=`` less is in order (what was withdrawn is on no form), and more only worth a note.
    """

    form: str
    stock: str
    relation: str
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Years:
    """The two reports and their figures."""

    report: Report
    previous: Report
    now: Mapping[str, Number]
    then: Mapping[str, Number]

    def source(self, part: _Part) -> Report:
        return self.previous if part.last else self.report

    def term(self, part: _Part, path: str) -> Term:
        """The figure at `path` of the year that the part names, with its sign; last year's has no span in this text."""
        place = self.source(part).place(path)
        value = (self.then if part.last else self.now).get(path)
        signed = None if value is None else part.sign * value
        return Term(Place(f"last/{path}", place.labels) if part.last else place, signed)


def bind(settings: Mapping[str, object]) -> Check:
    """`balances`: relations in the notation of `_Balance`, ``last.`` before a column of last year's form.
    `explained`: patterns of the text that excuse a gap. `opening`: report years whose last year has no such form.
    """
    read = Settings(settings)
    balances = [_balance(text) for text in read.texts("balances")]
    patterns = read.patterns("explained", ())
    opening = read.texts("opening", ())
    read.done()

    def judge(report: Report, previous: Report) -> Iterator[Fact]:
        years = _Years(report, previous, figures(report), figures(previous))
        for balance in balances:
            for row in _rows(report.edition, balance, last=False):
                if row in _rows(previous.edition, balance, last=True):
                    yield from _judge(years, balance, row, patterns)

    return beside_last_year(judge, opening)


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


def _judge(years: _Years, balance: _Balance, row: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[Fact]:
    path = f"{balance.form}/{row}/{balance.stock}"
    terms: list[Term] = []
    computed: Number = 0
    for part in balance.parts:
        source = f"{balance.form}/{row}/{part.column}"
        term = years.term(part, source)
        if term.value is None:
            yield unknown(years.report, path, years.source(part), source)
            return
        computed += term.value
        terms.append(term)
    stated = years.now.get(path)
    if stated is None:
        yield unknown(years.report, path, years.report, path)
    elif balance.relation == "<=" and stated > computed:
        yield _problem(years.report.place(path), stated, computed, terms, "more")
    elif balance.relation == "==" and stated != computed:
        yield _problem(years.report.place(path), stated, computed, terms, explanation(years.report, patterns))


def _problem(place: Place, stated: Number, computed: Number, terms: Sequence[Term], why: str) -> Problem:
    """`why`: ``more``, or what the text says to explain the gap, "" nothing."""
    small, large = sorted((stated, computed))
    explained = "" if why == "more" else why
    return Problem(
        place=place,
        values={
            "stated": stated,
            "computed": computed,
            "difference": large - small,
            "parts": tuple(terms),
            "row": place.labels[-2],
            "stock": place.labels[-1],
            "explained": explained,
        },
        related=tuple(term.place for term in terms if term.place.span is not None),
        variant="explained" if explained else why,
        severity=Severity.NOTE if why else None,
    )
