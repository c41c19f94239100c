"""Which cells of a form are wrong: the fewest whose change makes every relation hold (`docs/cause.md`).

Error localisation after Fellegi and Holt (1976, "A systematic approach to automatic edit and imputation", Journal of
the American Statistical Association 71, 17-35): change as few fields as possible so that all edits are satisfied.
One and two cells are searched exactly, three within a limit. Besides, rearrangements that a person sees at once are
recognised, which Scholtus (2016, "A generalized Fellegi-Holt paradigm for automatic error localization", Survey
Methodology 42) calls edit operations: two rows or columns exchanged, everything from one row on moved by one. Beyond
three cells there are only these and one whole row or column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from itertools import chain, combinations, groupby
from operator import and_, or_

from linter.model.edition import FormSpec, Kind
from linter.model.finding import Cause, Diagnosis
from linter.model.report import Number, Relation
from linter.sums import slips
from linter.sums.slips import Slip, Weight

_MOST_CELLS = 3
"""How many wrong cells, anywhere in the form, are searched for."""
_OPENINGS = 2000
"""How many changes of a cell are followed by a search for the others before the form has too many faults."""
_PROOF = 2
"""How many broken relations more than figures made up a rearrangement must mend, or it is a coincidence."""

_Line = tuple[int, ...]
"""The cells of a printed row or column in order, by their number in the web."""
_Changes = Mapping[int, Number]
"""New values of cells, by their number in the web."""


def diagnose(spec: FormSpec, relations: Iterable[Relation]) -> tuple[Diagnosis, ...]:
    """The smallest repairs of a form: one diagnosis for each web of relations that shares no cell with another.

    Relations of other forms and unchecked ones take no part: fewer relations exclude fewer cells, so the answer grows
    longer, never surer. A relation that an honest report may break must be left out. Empty: nothing is broken.
    """
    checked = [relation for relation in relations if relation.form == spec.id and relation.state != "unchecked"]
    if all(relation.state == "held" for relation in checked):
        return ()
    webs = [web for web in (_Web(spec, part) for part in _parts(checked)) if web.untouched.broken]
    if len(webs) > 1 and (repairs := _Web(spec, checked).moved_repairs()):
        return (_diagnosis(spec, repairs, complete=True, webs=webs),)
    return tuple(_diagnosis(spec, web.repairs(), complete=web.complete, webs=[web]) for web in webs)


@dataclass(frozen=True, slots=True)
class _Repair:
    """Changes that make every relation of a web hold; `size` is the sum of the differences."""

    changes: _Changes
    size: Number
    slip: Slip
    cause: Cause


def _diagnosis(spec: FormSpec, repairs: Sequence[_Repair], *, complete: bool, webs: Iterable[_Web]) -> Diagnosis:
    """`repairs` likeliest first. The first is unique if the search was `complete` and it is alone, or is a telling slip
    while no other is any, or alone rearranges the figures.
    """
    first, second = ([repair.slip.weight for repair in repairs] + [Weight.NONE] * 2)[:2]
    telling = (first >= Weight.STRONG and second == Weight.NONE) or first == Weight.REARRANGED > second
    return Diagnosis(
        form=spec.id,
        broken=tuple(relation for web in webs for relation in web.relations if relation.state == "broken"),
        causes=tuple(repair.cause for repair in repairs),
        unique=complete and (len(repairs) == 1 or telling),
    )


def _parts(relations: Sequence[Relation]) -> list[list[Relation]]:
    """The relations in groups that share no cell with each other."""
    parts: list[tuple[set[str], list[Relation]]] = []
    for relation in relations:
        paths = {term.place.path for term in relation.terms}
        touched = [part for part in parts if part[0] & paths]
        parts = [part for part in parts if not part[0] & paths]
        members = [*chain.from_iterable(part[1] for part in touched), relation]
        parts.append((paths.union(*(part[0] for part in touched)), members))
    return [members for _, members in parts]


class _Edit:
    """A relation as a weighted sum of cells compared with 0; *edit* is the literature's word for it."""

    __slots__ = ("exact", "high", "low", "mask", "total", "weights")

    def __init__(self, relation: Relation, numbers: Mapping[str, int]) -> None:
        weights: dict[int, int] = {}
        for sign, terms in ((1, relation.left), (-1, relation.right)):
            for term in terms:
                cell = numbers[term.place.path]
                weights[cell] = weights.get(cell, 0) + sign
        self.weights = {cell: weight for cell, weight in weights.items() if weight}
        self.mask = _mask(self.weights)
        tolerance = Decimal(relation.identity.tolerance)
        self.low = None if relation.identity.relation == "<=" else -tolerance
        self.high = None if relation.identity.relation == ">=" else tolerance
        self.exact = relation.identity.relation == "=="
        alone = self.exact and len(relation.stated) == 1 < len(relation.parts)
        self.total = numbers[relation.stated[0].place.path] if alone else None
        """The cell that the others add up to, None: there is none."""

    def holds(self, balance: Number) -> bool:
        return (self.low is None or balance >= self.low) and (self.high is None or balance <= self.high)


def _mask(cells: Iterable[int]) -> int:
    return reduce(or_, (1 << cell for cell in cells), 0)


def _cells(mask: int) -> Iterator[int]:
    while mask:
        last = mask & -mask
        yield last.bit_length() - 1
        mask ^= last


def _coverable(masks: Sequence[int], size: int) -> bool:
    """Whether `size` cells can stand in all of the masks."""
    if size == 1:
        return not masks or bool(reduce(and_, masks))
    least = min(masks, key=int.bit_count, default=0)
    return not masks or any(
        _coverable([mask for mask in masks if not mask >> cell & 1], size - 1) for cell in _cells(least)
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """The form with some cells changed: what each edit's weighted sum is now, and which edits are broken."""

    changes: _Changes
    balances: list[Number]
    broken: frozenset[int]
    pattern: str = ""


class _Web:
    """Relations over the cells of one form, and the search for changes that make all of them hold."""

    def __init__(self, spec: FormSpec, relations: Sequence[Relation]) -> None:
        self.relations = relations
        terms = {term.place.path: term for relation in relations for term in relation.terms}
        kinds = {path: cell.kind for path, cell in spec.cells.items() if path in terms}
        numbers = {path: cell for cell, path in enumerate(kinds)}
        self._lines, self._runs = _geometry(spec, numbers)
        self._kinds = tuple(kinds.values())
        self._places = tuple(terms[path].place for path in kinds)
        self._values: tuple[Number, ...] = tuple(terms[path].value or 0 for path in kinds)
        self._edits = [_Edit(relation, numbers) for relation in relations]
        self._edits_of: list[list[tuple[int, int]]] = [[] for _ in kinds]
        for number, edit in enumerate(self._edits):
            for cell, weight in edit.weights.items():
                self._edits_of[cell].append((number, weight))
        balances: list[Number] = [
            sum(w * self._values[cell] for cell, w in edit.weights.items()) for edit in self._edits
        ]
        broken = frozenset(number for number, edit in enumerate(self._edits) if not edit.holds(balances[number]))
        self.untouched = _Trial({}, balances, broken)
        self._opened: set[tuple[int, frozenset[tuple[int, Number]]]] = set()
        self.complete = True

    def repairs(self) -> list[_Repair]:
        """The smallest repairs: of one cell; else of two or three, or by one rearrangement; else of one line."""
        if alone := self._ranked(self._one_cell(self.untouched)):
            return alone
        rearranged, lines = [*self._exchanged(), *self._moved()], [*self._one_line()]
        for size in range(2, _MOST_CELLS + 1):
            found = [*self._mended(self.untouched, size), *(line for line in lines if len(line.changes) <= size)]
            if found:
                return self._ranked(found + rearranged)
        return self._ranked(lines + rearranged)

    def moved_repairs(self) -> list[_Repair]:
        """The repairs that move what stands behind a cell or row, which may cross webs that share no cell."""
        return self._ranked(self._moved())

    def _ranked(self, trials: Iterable[_Trial]) -> list[_Repair]:
        """The best repair for each set of cells: likelier slips first, then fewer cells, then in printed order."""
        best: dict[frozenset[int], _Repair] = {}
        different = {frozenset(trial.changes.items()): trial for trial in trials}
        for repair in map(self._repair, different.values()):
            cells = frozenset(repair.changes)
            rival = best.get(cells)
            if rival is None or (-repair.slip.weight, repair.size) < (-rival.slip.weight, rival.size):
                best[cells] = repair
        return sorted(best.values(), key=lambda item: (-item.slip.weight, len(item.changes), sorted(item.changes)))

    def _put(self, trial: _Trial, changes: _Changes) -> _Trial:
        balances = trial.balances.copy()
        touched: set[int] = set()
        for cell, value in changes.items():
            difference = value - trial.changes.get(cell, self._values[cell])
            for number, weight in self._edits_of[cell]:
                balances[number] += weight * difference
                touched.add(number)
        broken = trial.broken - touched | {
            number for number in touched if not self._edits[number].holds(balances[number])
        }
        return _Trial({**trial.changes, **changes}, balances, broken)

    def _fits(self, cell: int, value: Number) -> bool:
        kind = self._kinds[cell]
        return (kind is Kind.SIGNED or value >= 0) and (kind is Kind.MONEY or value == int(value))

    def _closing(self, trial: _Trial, cell: int, number: int) -> Number | None:
        """The value of the cell that brings an edit to 0; None: none of its kind does."""
        weight, balance = self._edits[number].weights[cell], trial.balances[number]
        share = balance * weight if abs(weight) == 1 else Decimal(balance) / weight
        value = trial.changes.get(cell, self._values[cell]) - share
        if not self._fits(cell, value):
            return None
        return value if self._kinds[cell] is Kind.MONEY else int(value)

    def _corners(self, trial: _Trial, cell: int) -> set[Number]:
        """The values worth trying for a cell: those that bring an edit to its bound, and the least of its kind."""
        useful = (
            number
            for number, _ in self._edits_of[cell]
            if trial.balances[number] and (number in trial.broken or not self._edits[number].exact)
        )
        values = {value for number in useful if (value := self._closing(trial, cell, number)) is not None}
        if self._kinds[cell] is not Kind.SIGNED:
            values.add(0)
        values.discard(self._values[cell])
        return values

    def _one_cell(self, trial: _Trial) -> Iterator[_Trial]:
        """The ways to mend `trial` by one cell more: it stands in every broken edit."""
        common = reduce(and_, (self._edits[number].mask for number in trial.broken))
        for cell in _cells(common & ~_mask(trial.changes)):
            for value in self._corners(trial, cell):
                mended = self._put(trial, {cell: value})
                if not mended.broken:
                    yield mended

    def _mended(self, trial: _Trial, size: int) -> Iterator[_Trial]:
        """The ways to mend `trial` by `size` cells more: one takes each of its corners, then the others follow.

        Why that finds every pair: docs/cause.md, with the condition on the forms, which a test holds.
        """
        if size == 1:
            yield from self._one_cell(trial)
            return
        masks = [self._edits[number].mask for number in trial.broken]
        for cell in _cells(reduce(or_, masks) & ~_mask(trial.changes)):
            if _coverable([mask for mask in masks if not mask >> cell & 1], size - 1):
                for value in self._corners(trial, cell):
                    opened = self._put(trial, {cell: value})
                    key = frozenset(opened.changes.items())
                    if opened.broken and self._first_time(size, key):
                        yield from self._mended(opened, size - 1)

    def _first_time(self, size: int, key: frozenset[tuple[int, Number]]) -> bool:
        """Whether these changes were not yet followed by a search for the other cells, and still may be."""
        self.complete = self.complete and len(self._opened) < _OPENINGS
        new = self.complete and (size, key) not in self._opened
        self._opened.add((size, key))
        return new

    def _one_line(self) -> Iterator[_Trial]:
        """One row or column anew, each cell from the broken edits that cross the line there."""
        for line in self._lines:
            mended = self._closed(self.untouched, line)
            if not mended.broken:
                yield mended

    def _exchanged(self) -> Iterator[_Trial]:
        """Two rows, or two columns, in each other's place."""
        masks = [self._edits[number].mask for number in self.untouched.broken]
        spans = [(line, _mask(line)) for line in self._lines]
        for (one, here), (other, there) in combinations(spans, 2):
            if len(one) == len(other) and not here & there and all(mask & (here | there) for mask in masks):
                yield from self._assigned("exchanged", ((*one, *other), (*other, *one)), ())

    def _moved(self) -> Iterator[_Trial]:
        """Everything from one row (in a form printed on one line: one cell) on moved back or on by one.

        The row that was lost is closed by the edits through it.
        """
        for run in self._runs:
            for start in range(len(run) - 1):
                tail = run[start:]
                front, back = (tuple(chain.from_iterable(part)) for part in (tail[:-1], tail[1:]))
                yield from self._assigned("moved", (back, front), tail[0])
                yield from self._assigned("moved", (front, back), tail[-1])

    def _assigned(self, pattern: str, move: tuple[_Line, _Line], lost: _Line) -> Iterator[_Trial]:
        """The form with what stands in the second cells of `move` put into the first, if that mends it."""
        values = self._values
        pairs = zip(*move, strict=True)
        changes = {target: values[source] for target, source in pairs if values[target] != values[source]}
        reach = _mask(changes) | _mask(lost)
        if all(self._edits[number].mask & reach for number in self.untouched.broken):
            mended = self._closed(self._put(self.untouched, changes), lost)
            made_up = len(mended.changes.keys() - changes.keys())
            proven = not mended.broken and len(self.untouched.broken) - made_up >= _PROOF
            if proven and all(self._fits(cell, value) for cell, value in changes.items()):
                yield replace(mended, pattern=pattern)

    def _closed(self, trial: _Trial, line: _Line) -> _Trial:
        """`trial` with each cell of the line closing a broken edit that has no other cell of the line."""
        own = _mask(line)
        for cell in line:
            for number, _ in self._edits_of[cell]:
                if number in trial.broken and self._edits[number].mask & own == 1 << cell:
                    value = self._closing(trial, cell, number)
                    if value is not None:
                        trial = self._put(trial, {cell: value})
                    break
        return trial

    def _repair(self, trial: _Trial) -> _Repair:
        changes = {cell: value for cell, value in sorted(trial.changes.items()) if value != self._values[cell]}
        stated = tuple(self._values[cell] for cell in changes)
        slip = slips.rearranged(trial.pattern, stated) if trial.pattern else self._slip(changes)
        cause = Cause(
            places=tuple(self._places[cell] for cell in changes),
            stated=stated,
            repaired=tuple(changes.values()),
            slip=slip.key,
        )
        differences = (value - self._values[cell] for cell, value in changes.items())
        return _Repair(changes, sum(max(step, -step) for step in differences), slip, cause)

    def _slip(self, changes: _Changes) -> Slip:
        """What would have turned the repaired values into those that stand there: over the cells together, or each."""
        each = [slips.of_number(self._values[cell], value) for cell, value in changes.items()]
        weight = min(slip.weight for slip in each)
        keys = {slip.key for slip in each}
        found = [Slip(keys.pop() if len(keys) == 1 else "several", weight)]
        if len(changes) > 1:
            found.append(self._slip_in_line(changes))
        if {self._edits[number].total for number in self.untouched.broken} == changes.keys():
            found.append(Slip("total", Weight.STRONG if len(changes) > 1 else Weight.POSSIBLE))
        best = max(found, key=lambda slip: slip.weight)
        return best if best.weight else slips.NO_SLIP

    def _slip_in_line(self, changes: _Changes) -> Slip:
        """The slip over cells that stand in one line: over two neighbours, or over the whole of it."""
        for line in self._lines:
            if changes.keys() <= set(line):
                stated = [self._values[cell] for cell in line]
                repaired = [changes.get(cell, self._values[cell]) for cell in line]
                first, *_, last = (place for place, cell in enumerate(line) if cell in changes)
                if last == first + 1:
                    pair = slice(first, last + 1)
                    return slips.of_neighbours(stated[pair], repaired[pair])
                return slips.of_line(stated, repaired)
        return slips.NO_SLIP


def _geometry(spec: FormSpec, numbers: Mapping[str, int]) -> tuple[list[_Line], list[list[_Line]]]:
    """The printed lines of a form, rows and columns of three cells or more, and its runs: rows that stand one under
    another, or single cells side by side where a band is printed on one line. Only cells that take part are in them.
    """
    lines: list[_Line] = []
    runs: list[list[_Line]] = []
    for band in spec.bands:
        paths = ([f"{spec.id}/{row.id}/{column.id}" for column in band.columns] for row in band.rows)
        rows = [tuple(numbers[path] for path in row) if numbers.keys() >= set(row) else () for row in paths]
        whole = [row for row in rows if row]
        lines += [*whole, *zip(*whole, strict=True)]
        slots = [(cell,) for row in rows for cell in row] if band.layout == "line" else rows
        if band.layout == "line":
            lines.append(tuple(chain.from_iterable(slots)))
        runs += [list(run) for filled, run in groupby(slots, bool) if filled]
    return [line for line in lines if len(line) > 2], runs
