"""Every cell of a government's report is the sum over its members' (逐级汇总, 国办发〔2014〕32号)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from linter.checks.figures import figures, unknown
from linter.checks.member_figures import MemberFigures, member_figures
from linter.checks.settings import Settings
from linter.checks.wildcards import named
from linter.model.edition import Kind
from linter.model.finding import Check, Fact, Problem, Severity, Unchecked, Value
from linter.model.report import AgencyKind, Number, Place, Report, Term, added

_CELL = frozenset({"cell", "stated", "computed", "difference", "parts", "members"})
_WHOLE = frozenset({"members", "count"})
FIELDS: Mapping[str, frozenset[str]] = {"": _CELL, "none": _CELL, "left-out": _WHOLE, "twice": _WHOLE}
"""`parts`: the members' figures as terms; `members`: those that contribute, each as a text ``name figure``, the
largest first. `none`: no member contributes. `left-out`, `twice`: the member whose figures are all the differences.
"""


@dataclass(frozen=True, slots=True)
class _Line:
    """A cell beside the sum over the members. `terms`: one a member, in their order."""

    path: str
    stated: Number
    terms: tuple[Term, ...]
    tolerance: Decimal

    @property
    def computed(self) -> Number:
        return added(self.terms)

    @property
    def difference(self) -> Number:
        """What is stated beyond the sum; 0 within what rounding explains."""
        return 0 if self.explained_by(0) else self.stated - self.computed

    def explained_by(self, amount: Number) -> bool:
        """Whether the difference is `amount`, up to rounding."""
        return -self.tolerance <= self.stated - self.computed - amount <= self.tolerance


@dataclass(slots=True)
class _Sheet:
    """A form laid beside its members'. `whole`: every member is in the line; `partial`: some are not, yet those that
    are come to more than what is stated; `silent`: members that leave cells undecided.
    """

    whole: list[_Line] = field(default_factory=list)
    partial: list[_Line] = field(default_factory=list)
    silent: dict[str, None] = field(default_factory=dict)


def bind(settings: Mapping[str, object]) -> Check:
    """`forms`: the forms that add up. `lenient`: patterns over ``form/row/column`` of cells where a difference has
    honest reasons (items counted once for several members, money without a printed unit): a warning there.
    """
    read = Settings(settings)
    forms, lenient = read.texts("forms"), read.texts("lenient", ())
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        if not report.members:
            if report.publisher.kind is AgencyKind.GOVERNMENT:
                yield Unchecked("no-members")
            return
        known, members = figures(report), member_figures(report)
        sheets: list[_Sheet] = []
        for form_id, kinds in _kinds(report, forms).items():
            yield from (unknown(report, path, report, path) for path in kinds if path not in known)
            lines = [(_line(path, known[path], members, kind), kind) for path, kind in kinds.items() if path in known]
            sheet = _sheet(lines, members, lenient)
            sheets.append(sheet)
            if sheet.silent:
                yield Unchecked("unreadable-member", report.place(form_id), {"members": tuple(sheet.silent)})
        yield from _findings(report, sheets, lenient)

    return check


def _sheet(lines: Iterable[tuple[_Line, Kind]], members: Sequence[MemberFigures], lenient: tuple[str, ...]) -> _Sheet:
    """What is missing can only add to a sum of counts: less than the members at hand is wrong in any case."""
    sheet = _Sheet()
    for line, kind in lines:
        silent = [member.name for member in members if line.path not in member.figures]
        if not silent:
            sheet.whole.append(line)
        elif line.difference < 0 and kind is not Kind.SIGNED and not named(line.path, lenient):
            sheet.partial.append(line)
        else:
            sheet.silent.update(dict.fromkeys(silent))
    return sheet


def _kinds(report: Report, forms: Sequence[str]) -> dict[str, dict[str, Kind]]:
    """Form id → path → kind of every cell of the report's edition that adds up."""
    return {
        form.id: {path: cell.kind for path, cell in form.cells.items() if cell.kind is not Kind.TITLE}
        for form in report.edition.forms
        if form.id in forms
    }


def _line(path: str, stated: Number, members: Iterable[MemberFigures], kind: Kind) -> _Line:
    terms = tuple(
        Term(Place(f"members/{member.name}/{path}", (member.name,)), member.figures[path])
        for member in members
        if path in member.figures
    )
    return _Line(path, stated, terms, _rounding(stated, terms) if kind is Kind.MONEY else Decimal(0))


def _rounding(stated: Number, terms: Iterable[Term]) -> Decimal:
    """How far a sum of rounded amounts may be off: half a unit of the last printed place of each; 0 for whole ones."""
    amounts = [term.value for term in terms if term.value]
    if all(isinstance(amount, int) for amount in amounts):
        return Decimal(0)
    return sum((_half(amount) for amount in [stated, *amounts] if amount), Decimal(0))


def _half(amount: Number) -> Decimal:
    exponent = amount.as_tuple().exponent if isinstance(amount, Decimal) else 0
    return Decimal("0.5").scaleb(int(exponent))


def _findings(report: Report, sheets: Sequence[_Sheet], lenient: tuple[str, ...]) -> Iterator[Problem]:
    """One finding for a member left out or counted twice; else one a cell, totals that only follow it related."""
    lines = [line for sheet in sheets for line in (*sheet.whole, *sheet.partial)]
    wrong = {line.path: line.difference for line in lines if line.difference}
    for group in _groups(sheets):
        for variant, sign in (("left-out", -1), ("twice", 1)):
            names = _explaining(group, sign)
            if names:
                places = [report.place(line.path) for line in group if wrong.pop(line.path, 0)]
                values: dict[str, Value] = {"members": names, "count": len(places)}
                yield Problem(places[0], values, tuple(places[1:]), variant)
                break
    followers = _followers(report, wrong)
    following = {path for paths in followers.values() for path in paths}
    for line in lines:
        if line.path in wrong and line.path not in following:
            severity = Severity.WARNING if named(line.path, lenient) else None
            yield _problem(report, line, _closure(line.path, followers), severity)


def _groups(sheets: Sequence[_Sheet]) -> list[list[_Line]]:
    """What a member may be missing from as a whole: the report, else a form."""
    everything = [line for sheet in sheets for line in sheet.whole]
    if _explaining(everything, -1) or _explaining(everything, 1):
        return [everything]
    return [sheet.whole for sheet in sheets]


def _explaining(lines: Sequence[_Line], sign: int) -> tuple[str, ...]:
    """The members whose figures, times `sign`, are the differences of all the lines; at least two lines differ."""
    if sum(line.difference != 0 for line in lines) < 2:
        return ()
    fitting = list(range(len(lines[0].terms)))
    for line in lines:
        fitting = [index for index in fitting if line.explained_by(sign * (line.terms[index].value or 0))]
    return tuple(lines[0].terms[index].place.labels[0] for index in fitting)


def _followers(report: Report, wrong: Mapping[str, Number]) -> dict[str, list[str]]:
    """Wrong cell → totals of the form that are wrong by exactly what their parts are."""
    found: dict[str, list[str]] = {}
    for relation in report.relations:
        for total, parts in ((relation.left, relation.right), (relation.right, relation.left)):
            if relation.identity.relation != "==" or len(total) != 1:
                continue
            path = total[0].place.path
            causes = [part.place.path for part in parts if part.place.path in wrong]
            if causes and wrong.get(path) == sum(wrong[cause] for cause in causes):
                for cause in causes:
                    found.setdefault(cause, []).append(path)
    return found


def _closure(path: str, followers: Mapping[str, Sequence[str]]) -> list[str]:
    """The totals that follow a cell, and those that follow them."""
    found: list[str] = []
    waiting = [path]
    while waiting:
        fresh = [item for item in followers.get(waiting.pop(), ()) if item not in found]
        found += fresh
        waiting += fresh
    return found


def _problem(report: Report, line: _Line, following: Iterable[str], severity: Severity | None) -> Problem:
    contributing = sorted((term for term in line.terms if term.value), key=lambda term: term.value or 0, reverse=True)
    small, large = sorted((line.stated, line.computed))
    place = report.place(line.path)
    return Problem(
        place=place,
        values={
            "cell": " › ".join(place.labels[1:]),
            "stated": line.stated,
            "computed": line.computed,
            "difference": large - small,
            "parts": line.terms,
            "members": tuple(f"{term.place.labels[0]} {term.value}" for term in contributing),
        },
        related=tuple(report.place(path) for path in following),
        variant="" if contributing else "none",
        severity=severity,
    )
