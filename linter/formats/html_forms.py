"""The forms of a report as HTML tables, the suspect cells marked, and every relation with its figures put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from linter.formats.forms import Grid, Line, Slot, grids
from linter.formats.markup import Markup, join, tag
from linter.model.edition import CellSpec, FormSpec, Kind
from linter.model.report import Form, FormCell, Number, Relation, Report, State
from linter.sums.arithmetic import filled, number, scope, statement
from linter.words import Catalogue

SIGNS = {"held": "✓", "broken": "✗", "unchecked": "?"}
WIDE, TALL = 12, 40
STATES = {State.BLANK: "blank", State.TEXT: "odd", State.GLUED: "odd", State.UNREAD: "odd"}


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be marked in the forms of one report. `anchor` begins every id of it.

    `findings`: the numbers of the findings about a place; `repairs`: what a suspect figure should be, None: unclear.
    """

    anchor: str
    findings: Mapping[str, Sequence[int]]
    repairs: Mapping[str, Number | None]

    def cell(self, path: str) -> str:
        return f"{self.anchor}-{path.replace('/', '-')}"

    def finding(self, index: int) -> str:
        return f"{self.anchor}-finding-{index}"


def forms(report: Report, marks: Marks, say: Catalogue) -> Iterator[Markup]:
    """Every form of the edition; those the report lacks are named."""
    for spec in report.edition.forms:
        form = report.forms.get(spec.id)
        heading = tag("h4", spec.title, *_references(marks, [spec.id], say), id=marks.cell(spec.id))
        if form is None:
            yield (
                tag("section", heading, tag("p", say("html.missing-form"), class_="quiet"))
                if spec.required
                else Markup("")
            )
            continue
        own = [relation for relation in report.relations if relation.form == spec.id]
        yield tag(
            "section",
            heading,
            tag("div", _table(form, marks, say), class_="scroll", tabindex=0, role="region", aria_label=spec.title),
            *_relations(spec, own, say),
        )


def _table(form: Form, marks: Marks, say: Catalogue) -> Markup:
    drawn = grids(form.spec)
    parts = [tag("caption", form.spec.title, class_="hidden")]
    for grid in drawn:
        head = [_line(line, form, marks, say) for line in grid.head]
        body = [_line(line, form, marks, say) for line in grid.body]
        parts += [tag("thead", *head), tag("tbody", *body)] if len(drawn) == 1 else [tag("tbody", *head, *body)]
    return tag("table", *parts, class_=" ".join(["form", *_shape(drawn)]))


def _shape(drawn: Sequence[Grid]) -> Iterator[str]:
    """``wide``: more columns than read well at full size; ``tall``: more lines than one page of A4 takes."""
    if max(sum(slot.columns for slot in grid.body[0]) for grid in drawn) > WIDE:
        yield "wide"
    if sum(len(grid.head) + len(grid.body) for grid in drawn) > TALL:
        yield "tall"


def _line(line: Line, form: Form, marks: Marks, say: Catalogue) -> Markup:
    return tag("tr", *(_slot(slot, form, marks, say) for slot in line))


def _slot(slot: Slot, form: Form, marks: Marks, say: Catalogue) -> Markup:
    spans: dict[str, int | None] = {
        "rowspan": slot.rows if slot.rows > 1 else None,
        "colspan": slot.columns if slot.columns > 1 else None,
    }
    match slot.role:
        case "figure":
            return _figure(slot.path, form, marks, say, spans)
        case "row":
            indent = f"indent-{slot.indent}" if slot.indent else None
            return tag("th", slot.text, scope="rowgroup" if slot.rows > 1 else "row", class_=indent, **spans)
        case "column" | "title":
            return tag("th", slot.text, scope="colgroup" if slot.columns > 1 else "col", class_=slot.role, **spans)
        case "corner":
            return tag("th", slot.text or say("html.item"), scope="col", class_="column", **spans)
        case "units":
            return tag("th", say("html.unit"), scope="col", class_="column", **spans)
        case _:
            return tag("td", slot.text, class_="unit", **spans)


def _figure(path: str, form: Form, marks: Marks, say: Catalogue, spans: Mapping[str, int | None]) -> Markup:
    spec = form.spec.cells[path]
    cell = form.cells.get(spec.key)
    suspect = path in marks.repairs
    repair = marks.repairs.get(path)
    children = [tag("span", _shown(cell, say), class_="value")]
    if suspect:
        children = [tag("mark", *children, tag("span", say("html.legend-suspect"), class_="hidden"))]
    if repair is not None:
        children.append(tag("span", f"→ {number(repair)}", class_="repair"))
    children += _references(marks, [path, path.rpartition("/")[0]] if _is_first(form.spec, spec) else [path], say)
    titled = spec.kind is Kind.TITLE
    names = ["title" if titled else STATES.get(cell.state, "") if cell else "missing", "suspect" if suspect else ""]
    return tag("td", *children, class_=" ".join(filter(None, names)) or None, id=marks.cell(path), **spans)


def _is_first(form: FormSpec, cell: CellSpec) -> bool:
    """Whether the cell is the first of its row: what is said of the row is marked there."""
    return next(other for other in form.cells.values() if other.row.id == cell.row.id) is cell


def _shown(cell: FormCell | None, say: Catalogue) -> str:
    """What stands in the cell, as it stands there."""
    if cell is None:
        return say("cell.missing")
    return cell.text or (say("cell.unread") if cell.state is State.UNREAD else "")


def _references(marks: Marks, paths: Sequence[str], say: Catalogue) -> list[Markup]:
    numbers = dict.fromkeys(index for path in paths for index in marks.findings.get(path, ()))
    return [
        tag("a", str(index), href=f"#{marks.finding(index)}", class_="ref", aria_label=say("html.finding", n=index))
        for index in numbers
    ]


def _relations(spec: FormSpec, own: Sequence[Relation], say: Catalogue) -> Iterator[Markup]:
    """Every relation of the form, those of one identity together under its statement; a lone one beside it."""
    if not own:
        return
    yield tag("h5", say("html.relations-of"), outcome(own, say))
    families = [list(members) for _, members in groupby(own, key=lambda relation: relation.identity.id)]
    for alone, together in groupby(families, key=lambda family: len(family) == 1):
        if alone:
            yield tag("ul", *(_lone(spec, family[0], say) for family in together), class_="relations alone")
            continue
        for family in together:
            yield tag("p", *_stated(spec, family[0], say), class_="identity")
            kind = f"relations over-{family[0].identity.over}"
            yield tag("ul", *(_relation(spec, relation, say) for relation in family), class_=kind)


def _stated(spec: FormSpec, relation: Relation, say: Catalogue) -> tuple[str, Markup]:
    """What the identity says, and where that is written."""
    return statement(spec, relation, say), tag("span", relation.identity.source, class_="source")


def _lone(spec: FormSpec, relation: Relation, say: Catalogue) -> Markup:
    return _item(relation, tag("span", *_stated(spec, relation, say), class_="scope"), say)


def _relation(spec: FormSpec, relation: Relation, say: Catalogue) -> Markup:
    return _item(relation, tag("span", scope(spec, relation), class_="scope"), say)


def _item(relation: Relation, name: Markup, say: Catalogue) -> Markup:
    """A relation in a list: its sign, what it is called, its figures."""
    word = say(f"state.{relation.state}")
    reason = say("report.aside", text=say.reason("unchecked", relation.reason)) if relation.reason else ""
    return tag(
        "li",
        tag("span", SIGNS[relation.state], class_="sign", role="img", aria_label=word, title=word),
        name,
        tag("span", filled(relation, say) + reason, class_="sum"),
        class_=relation.state,
    )


def outcome(found: Sequence[Relation], say: Catalogue) -> Markup:
    """How many relations held, broke and stayed open, each with its sign."""
    counts = {state: sum(relation.state == state for relation in found) for state in SIGNS}
    words = {"held": "count.held", "broken": "count.broken", "unchecked": "count.unchecked-relations"}
    return join(
        tag(
            "span",
            tag("span", SIGNS[state], class_="sign", aria_hidden="true"),
            say(words[state], n=count),
            class_=f"chip {state}" if count else "chip zero",
        )
        for state, count in counts.items()
    )
