"""The identities of a form written out over its cells: which hold, which break, which cannot be checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from linter.model.edition import Band, FormSpec, Identity, Sum
from linter.model.report import Form, Number, Place, Relation, Report, State, Term


def relations(report: Report) -> tuple[Relation, ...]:
    """Every identity of every form found, over every column, every row, or once."""
    found: list[Relation] = []
    for form in report.forms.values():
        written = [_Writer(report, form, identity) for identity in form.spec.identities]
        unknown = {path for writer in written for relation in writer.relations() for path in _unknown(relation, form)}
        found.extend(_judge(relation, form, unknown) for writer in written for relation in writer.relations())
    return tuple(found)


class _Writer:
    """One identity, written out with places and values but not yet judged."""

    def __init__(self, report: Report, form: Form, identity: Identity) -> None:
        self._report = report
        self._form = form
        self._identity = identity

    def relations(self) -> Iterator[Relation]:
        for scope in self._scopes():
            yield Relation(
                form=self._form.spec.id,
                identity=self._identity,
                scope=scope,
                left=self._terms(self._identity.left, scope),
                right=self._terms(self._identity.right, scope),
                state="held",
            )

    def _scopes(self) -> Iterator[str]:
        spec, identity = self._form.spec, self._identity
        if identity.over == "columns":
            yield from identity.columns or _columns(_band(spec, identity))
        elif identity.over == "rows":
            rows = identity.rows or [row.id for row in _band(spec, identity).rows]
            yield from (row for row in rows if row in self._form.rows)
        else:
            yield ""

    def _terms(self, side: Sum, scope: str) -> tuple[Term, ...]:
        return tuple(self._term(self._path(name, scope)) for name in side.terms)

    def _path(self, name: str, scope: str) -> str:
        form = self._form.spec.id
        if self._identity.over == "columns":
            return f"{form}/{name}/{scope}"
        return f"{form}/{scope}/{name}" if self._identity.over == "rows" else f"{form}/{name}"

    def _term(self, path: str) -> Term:
        cell = self._report.cell(path)
        return Term(self._report.place(path), cell.amount if cell else None)


def _columns(band: Band) -> list[str]:
    return [column.id for column in band.columns]


def _band(spec: FormSpec, identity: Identity) -> Band:
    """The band whose rows (or columns) the identity names."""
    names = {*identity.left.terms, *identity.right.terms}
    for band in spec.bands:
        ids = {row.id for row in band.rows} if identity.over == "columns" else {column.id for column in band.columns}
        if names & ids:
            return band
    return spec.bands[0]


def _unknown(relation: Relation, form: Form) -> Iterator[str]:
    """Blank totals beside figures: blank stands for 0 in a part, never in the total of parts that are not 0."""
    if relation.identity.relation != "==":
        return
    for total, parts in ((relation.left, relation.right), (relation.right, relation.left)):
        if len(total) == 1 and _state(form, total[0].place) is State.BLANK and any(part.value for part in parts):
            yield total[0].place.path


def _state(form: Form, place: Place) -> State | None:
    _, row, column = place.path.split("/")
    cell = form.cells.get((row, column))
    return cell.state if cell else None


def _judge(relation: Relation, form: Form, unknown: set[str]) -> Relation:
    """The relation with its state: unchecked where a term is not known, else held or broken."""
    left = tuple(_known(term, unknown) for term in relation.left)
    right = tuple(_known(term, unknown) for term in relation.right)
    judged = replace(relation, left=left, right=right)
    if form.doubt:
        return replace(judged, state="unchecked", reason=form.doubt)
    missing = [term for term in judged.terms if term.value is None]
    if missing:
        return replace(judged, state="unchecked", reason=_reason(form, missing[0].place, unknown))
    one, other = Decimal(total(left)), Decimal(total(right))
    tolerance = Decimal(relation.identity.tolerance)
    holds = {"==": abs(one - other) <= tolerance, ">=": one >= other - tolerance, "<=": one <= other + tolerance}
    return judged if holds[relation.identity.relation] else replace(judged, state="broken")


def _known(term: Term, unknown: set[str]) -> Term:
    return replace(term, value=None) if term.place.path in unknown else term


def _reason(form: Form, place: Place, unknown: set[str]) -> str:
    if place.path in unknown:
        return "blank"
    state = _state(form, place)
    if state is None:
        return "missing-row"
    return "not-a-number" if state is State.TEXT else "unread"


def total(terms: tuple[Term, ...]) -> Number:
    """The terms added up; terms that are not known count nothing."""
    added: Number = 0
    for term in terms:
        added += term.value or 0
    return added
