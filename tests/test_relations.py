"""Identities over the cells found: held, broken or not checked; blank is not 0 where it cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafts import draft, figures, recognised
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.model.report import FormCell, Report, State, added
from linter.sums.relations import relations


def states(report: Report, form: str) -> dict[tuple[str, str], tuple[str, str]]:
    found = relations(report)
    return {(item.identity.id, item.scope): (item.state, item.reason) for item in found if item.form == form}


def put(report: Report, path: str, *, state: State = State.NUMBER, value: int | None = None) -> Report:
    """The report with another cell."""
    form, row, column = path.split("/")
    cells = {**report.forms[form].cells, (row, column): FormCell(state, value)}
    return replace(report, forms={**report.forms, form: replace(report.forms[form], cells=cells)})


@pytest.fixture
def report() -> Report:
    return recognised(draft("2021"))


@pytest.mark.parametrize("edition_id", ["2014", "2019", "2021"])
@given(seed=st.integers(0, 10**6))
@settings(max_examples=10, deadline=None)
def test_figures_made_to_hold_hold(edition_id, seed):
    found = recognised(draft(edition_id, values=figures(edition_id, seed))).relations
    assert {relation.state for relation in found} == {"held"}


def test_the_place_of_a_term_is_the_reports_own(report):
    terms = {term.place for relation in report.relations for term in relation.terms}
    assert len(terms) == 4 + 175 + 15
    assert all(report.place(place.path) == place for place in terms)


def test_a_wrong_cell_breaks_its_row_and_its_column(report):
    wrong = put(report, "applications/handled.granted/natural", value=99999)
    broken = {key for key, (state, _) in states(wrong, "applications").items() if state == "broken"}
    assert broken == {("row", "handled.granted"), ("results", "natural")}


def test_a_blank_part_counts_nothing(report):
    zero = next(path for path, text in figures("2021").items() if text == "0" and path.startswith("applications"))
    assert {state for state, _ in states(put(report, zero, state=State.BLANK), "applications").values()} == {"held"}


def test_a_blank_total_beside_figures_is_not_checked(report):
    found = states(put(report, "litigation/review/total", state=State.BLANK), "litigation")
    assert found["row", "review"] == ("unchecked", "blank")
    assert found["row", "direct"] == ("held", "")


def test_a_blank_stock_is_not_less_than_what_was_made(report):
    some = put(report, "disclosure/normative/made", value=5)
    found = states(put(some, "disclosure/normative/valid", state=State.BLANK), "disclosure")
    assert found["stock", "normative"] == ("unchecked", "blank")


@pytest.mark.parametrize(
    ("state", "reason"), [(State.UNREAD, "unread"), (State.GLUED, "unread"), (State.TEXT, "not-a-number")]
)
def test_what_was_not_read_is_not_checked(report, state, reason):
    found = states(put(report, "litigation/direct/other", state=state), "litigation")
    assert found["row", "direct"] == ("unchecked", reason)


@pytest.mark.parametrize("state", [State.DASH, State.SLASH, State.NONE])
def test_dash_slash_and_none_count_nothing(report, state):
    nothing = put(put(report, "litigation/direct/other", value=0), "litigation/direct/pending", state=state)
    found = put(nothing, "litigation/direct/pending", state=state)
    parts = [found.cell(f"litigation/direct/{column}").amount for column in ("upheld", "corrected", "other", "pending")]
    whole = put(found, "litigation/direct/total", value=sum(parts))
    assert states(whole, "litigation")["row", "direct"] == ("held", "")


def test_a_missing_row_leaves_its_relations_unchecked(report):
    form = report.forms["applications"]
    cells = {key: cell for key, cell in form.cells.items() if key[0] != "handled.total"}
    rows = {row: label for row, label in form.rows.items() if row != "handled.total"}
    found = states(replace(report, forms={"applications": replace(form, cells=cells, rows=rows)}), "applications")
    assert ("row", "handled.total") not in found
    assert found["flow", "natural"] == found["results", "total"] == ("unchecked", "missing-row")


def test_a_doubtful_form_is_not_checked_at_all(report):
    doubtful = replace(report.forms["litigation"], doubt="columns")
    found = states(replace(report, forms={"litigation": doubtful}), "litigation")
    assert set(found.values()) == {("unchecked", "columns")}


def test_sums_leave_out_what_is_not_known(report):
    terms = report.relations[0].terms
    assert added((*terms, replace(terms[0], value=None))) == added(terms)
