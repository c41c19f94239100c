"""What conversion does to tables: figures are read where it is sure whose they are, else not at all — never wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from drafts import LAYOUTS, Box, compose, drawings, figures, recognised, suffix

from linter.model.report import Report, State

Drawn = list[list[Box]]
TEXTS = ("tabbed", "tabbed-close", "spaced", "spaced-narrow", "one-per-line")
ALL = tuple(LAYOUTS)
LOOSE = ("tabbed-close", "spaced", "spaced-narrow", "one-per-line")
FIGURES = figures("2021", 3)
ROW = "handled.declined.repeated"
UNREADABLE = (State.UNREAD, State.GLUED)


def damaged(
    layout: str,
    form: str = "applications",
    drawing: Callable[[Drawn], Drawn | None] = lambda _: None,
    text: Callable[[str], str] = str,
    edition: str = "2021",
    values: dict[str, str] | None = None,
) -> Report:
    """A clean report with one form damaged before (`drawing`) or after (`text`) it is laid out."""
    drawn = drawings(edition, values or figures(edition, 3))
    drawn[form] = drawing(drawn[form]) or drawn[form]
    forms = {name: LAYOUTS[layout](each) for name, each in drawn.items()}
    forms[form] = text(forms[form])
    return recognised(compose(edition, forms, layout), suffix(layout))


def unread(report: Report, want: dict[str, str] = FIGURES) -> set[str]:
    """The cells not read, after a look at all others: what is read is right, and no relation breaks."""
    missed = set()
    for path, text in want.items():
        cell = report.cell(path)
        if cell is None or cell.state in UNREADABLE:
            missed.add(path)
        else:
            assert cell.text.strip() == text, path
    assert not [relation for relation in report.relations if relation.state == "broken"]
    return missed


def is_clean(report: Report) -> bool:
    """Nothing odd about any form."""
    forms = report.forms.values()
    labels = [label for form in forms for label in (*form.rows.values(), *form.columns.values())]
    return not any(form.unknown or form.misfits or form.doubt for form in forms) and not any(
        label.match == "altered" for label in labels
    )


def row_of(drawn: Drawn, label: str) -> int:
    return next(number for number, row in enumerate(drawn) for box in row if box.text.startswith(label))


def lines(change: Callable[[re.Match[str]], Iterable[str]]) -> Callable[[str], str]:
    """A change of every row of a spaced table: label in group 1, its seven values in group 2."""

    def changed(text: str) -> str:
        out: list[str] = []
        for line in text.split("\n"):
            found = re.fullmatch(r"(.*?)((?:\s{2,}\d+){2,})", line)
            out += change(found) if found else [line]
        return "\n".join(out)

    return changed


# What is still read whole ------------------------------------------------------------------------------------------


def swapped(drawn: Drawn) -> None:
    """Two rows have changed places."""
    at = row_of(drawn, "2.其他法律")
    drawn[at], drawn[at + 1] = drawn[at + 1], drawn[at]


def repeated(drawn: Drawn) -> None:
    """A row stands twice, as at a page break."""
    at = row_of(drawn, "2.重复申请")
    drawn.insert(at, list(drawn[at]))


def without_groups(drawn: Drawn) -> None:
    """Rows have lost the labels of their groups."""
    for row in drawn[3:]:
        row[:] = [box for box in row if not (box.rows > 1 and box.text.startswith(("三、", "（")))]
        row[0] = Box(row[0].text, 1, 3)


def subtotal_column(drawn: Drawn) -> None:
    """The variant with 小计 behind the five kinds of bodies."""
    drawn[0][1] = Box("申请人情况", 1, 8)
    drawn[1][1] = Box("法人或其他组织", 1, 6)
    drawn[2].append(Box("小计"))
    for row in drawn[3:]:
        row.insert(len(row) - 1, Box("77"))


def index_cells(drawn: Drawn) -> Drawn:
    """「1.」 in a cell of its own."""
    parts = [[re.fullmatch(r"(\d\.)(\D.*)", box.text) or box for box in row] for row in drawn]
    return [
        [Box(text) for part in row for text in (part.groups() if isinstance(part, re.Match) else [part.text])]
        for row in parts
    ]


@pytest.mark.parametrize("layout", ALL)
@pytest.mark.parametrize("damage", [swapped, repeated, without_groups], ids=lambda damage: damage.__name__)
def test_rows_are_known_by_their_labels_wherever_they_stand(layout, damage):
    report = damaged(layout, drawing=damage)
    assert not unread(report)
    assert is_clean(report)


@pytest.mark.parametrize("layout", ["html", "markdown", "tabbed", "tabbed-close", "spaced"])
def test_a_column_the_form_does_not_have_is_left_out(layout):
    report = damaged(layout, drawing=subtotal_column)
    assert not unread(report)
    assert is_clean(report)


@pytest.mark.parametrize("layout", ["spaced-narrow", "one-per-line"])
def test_where_no_header_tells_the_extra_column_nothing_is_read(layout):
    report = damaged(layout, drawing=subtotal_column)
    assert {path for path in FIGURES if path.startswith("applications/")} == unread(report)
    assert report.forms["applications"].doubt == "columns"


@pytest.mark.parametrize("layout", TEXTS)
def test_the_number_of_a_row_may_stand_in_a_cell_of_its_own(layout):
    report = damaged(layout, drawing=index_cells)
    assert not unread(report)
    assert is_clean(report)


CHANGES = {
    "values on the next line": lines(lambda row: [row[1], row[2].strip()]),
    "values in the middle of a torn label": lines(
        lambda row: [row[1][:-5] + row[2], row[1][-5:]] if len(row[1]) > 11 else [row[0]]
    ),
    "group label run into the rows": lambda text: text.replace("（四）无法提供      1.本", "（四）无 1.本")
    .replace("2.没有现成", "法提 2.没有现成")
    .replace("3.补正后", "供 3.补正后"),
    "group label on lines between the rows": lambda text: text.replace("三、本年度办理结果      ", "")
    .replace("\n2.其他法律", "\n三、\n本\n年\n2.其他法律")
    .replace("\n4.保护", "\n度\n办理\n4.保护")
    .replace("\n6.属于", "\n结\n果\n6.属于"),
    "page number": lambda text: text.replace("\n6.属于", "\n- 4 -\n6.属于"),
    "bare page number": lambda text: text.replace("\n6.属于", "\n4\n6.属于"),
    "page number and header": lambda text: text.replace(
        "\n6.属于", "\n第 4 页 共 6 页\n" + text.split("\n一、")[0] + "\n6.属于"
    ),
    "look-alike spaces": lambda text: text.replace("      ", "\u3000\u2003 \xa0"),
    "zero-width characters": lambda text: text.replace("公开", "公\u200b开"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_lines_of_text_are_put_together_again(name):
    report = damaged("spaced", text=CHANGES[name])
    assert not unread(report)
    assert is_clean(report)


def _blocks(text: str) -> tuple[list[str], list[str], list[str]]:
    rows = [re.fullmatch(r"(.*?)((?:\s{2,}\d+){2,})", line) or line for line in text.split("\n")]
    found = [row for row in rows if isinstance(row, re.Match)]
    return [row for row in rows if isinstance(row, str)], [row[1] for row in found], [row[2].strip() for row in found]


def test_numbers_in_a_block_behind_the_labels_belong_to_them_in_order():
    def detached(text: str) -> str:
        return "\n".join(line for block in _blocks(text) for line in block)

    assert not unread(damaged("spaced", text=detached))
    assert not unread(damaged("spaced", text=lambda text: re.sub(" {6}", "\n", detached(text))))


def test_a_block_of_numbers_that_does_not_match_the_labels_is_nobodys():
    def detached(text: str) -> str:
        head, labels, values = _blocks(text)
        return "\n".join([*head, *labels, *values[1:]])

    report = damaged("spaced", text=detached)
    assert len(unread(report)) == 175


@pytest.mark.parametrize("layout", ALL)
@pytest.mark.parametrize(
    "write",
    [
        lambda text: f"{int(text):,}" if text.isdigit() else text,
        lambda text: text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)}),
        lambda text: "—" if text == "0" else text,
        lambda text: "/" if text == "0" else text,
        lambda text: "无" if text == "0" else text,
        lambda _: "0",
    ],
    ids=["thousands", "full width", "dashes", "slashes", "words", "zeros"],
)
def test_figures_may_be_written_in_many_ways(layout, write):
    values = {path: write(text) for path, text in FIGURES.items()}
    report = damaged(layout, values=values)
    assert not unread(report, values)
    assert is_clean(report)


# What cannot be read -----------------------------------------------------------------------------------------------


def lost_total(drawn: Drawn) -> None:
    drawn[row_of(drawn, "四、结转")].pop()


def split_cell(drawn: Drawn) -> None:
    row = drawn[row_of(drawn, "2.重复申请")]
    row[-7:-6] = [Box("2"), Box("0")]


def run_together(drawn: Drawn) -> None:
    row = drawn[row_of(drawn, "2.重复申请")]
    row[-7:-5] = [Box(row[-7].text + row[-6].text)]


def merged_cell(drawn: Drawn) -> None:
    row = drawn[row_of(drawn, "2.重复申请")]
    row[-7:-5] = [Box(f"{row[-7].text} {row[-6].text}", 1, 2)]


@pytest.mark.parametrize(
    ("damage", "row", "layouts"),
    [
        (lost_total, "carried_out", ("html", *TEXTS)),
        (split_cell, ROW, ALL),
        (run_together, ROW, ("html", *TEXTS)),
    ],
)
def test_a_row_with_a_cell_too_few_or_too_many_is_not_read(damage, row, layouts):
    for layout in layouts:
        report = damaged(layout, drawing=damage)
        missed = unread(report)
        assert missed
        assert missed <= {f"applications/{row}/{column.id}" for column in report.edition.forms[1].bands[0].columns}
        assert [misfit.row for misfit in report.forms["applications"].misfits] == [row]


def test_two_numbers_in_a_merged_cell_are_the_two_of_its_columns():
    assert not unread(damaged("html", drawing=merged_cell))


@pytest.mark.parametrize("layout", ["html", "markdown", "tabbed", "spaced"])
def test_a_row_that_stands_twice_with_other_figures_is_not_read(layout):
    def twice(drawn: Drawn) -> None:
        at = row_of(drawn, "2.重复申请")
        drawn.insert(at, [*drawn[at][:-1], Box("999")])

    report = damaged(layout, drawing=twice)
    assert {path.split("/")[1] for path in unread(report)} == {ROW}
    assert [label.text for label in report.forms["applications"].unknown] == ["2.重复申请"]


@pytest.mark.parametrize("layout", ALL)
def test_a_lost_row_is_missing_and_its_sums_are_not_checked(layout):
    report = damaged(layout, drawing=lambda drawn: drawn.pop(row_of(drawn, "2.重复申请")) and None)
    assert {path.split("/")[1] for path in unread(report)} == {ROW}
    assert ROW not in report.forms["applications"].rows
    assert {relation.reason for relation in report.relations if relation.state == "unchecked"} == {"missing-row"}


@pytest.mark.parametrize("layout", ALL)
def test_two_years_side_by_side_are_not_told_apart(layout):
    def beside(drawn: Drawn) -> None:
        drawn[0].append(Box("2022年申请人情况", 1, 7))
        drawn[1].extend(list(drawn[1]))
        drawn[2].extend(list(drawn[2]))
        for row in drawn[3:]:
            row.extend([Box("9")] * 7)

    report = damaged(layout, drawing=beside)
    assert report.forms["applications"].doubt == "columns"
    assert len(unread(report)) == 175


@pytest.mark.parametrize("layout", ["spaced", "spaced-narrow"])
def test_blank_cells_that_left_no_trace_make_the_form_doubtful(layout):
    def blanked(drawn: Drawn) -> Drawn:
        return [[Box("", box.rows, box.columns) if box.text == "0" else box for box in row] for row in drawn]

    report = damaged(layout, drawing=blanked)
    assert report.forms["applications"].doubt == "columns"


@pytest.mark.parametrize("layout", ["html", "markdown", "tabbed", "tabbed-close"])
def test_blank_cells_stay_blank(layout):
    values = {path: "" if text == "0" and path.startswith("applications") else text for path, text in FIGURES.items()}
    report = damaged(layout, values=values)
    assert not unread(report, values)
    assert {report.cell(path).state for path, text in values.items() if not text} == {State.BLANK}


def test_a_page_number_among_single_values_spoils_its_row_alone():
    report = damaged("one-per-line", text=lambda text: text.replace("\n6.属于四类", "\n7\n6.属于四类"))
    assert {path.split("/")[1] for path in unread(report)} == {"handled.refused.internal"}


# The form of one line ----------------------------------------------------------------------------------------------


def spare_cell(drawn: Drawn) -> None:
    drawn[3].append(Box(""))


def three_lines(drawn: Drawn) -> None:
    drawn[3:] = [drawn[3][:5], drawn[3][5:10], drawn[3][10:]]


def labelled_lines(drawn: Drawn) -> Drawn:
    heads, values = [Box(box.text) for box in drawn[2][:5]], drawn[3]
    labels = ("行政复议", "未经复议直接起诉", "复议后起诉")
    return [[Box(""), *heads], *([Box(label), *values[5 * n : 5 * n + 5]] for n, label in enumerate(labels))]


def stacked(drawn: Drawn) -> Drawn:
    heads, values = [Box(box.text) for box in drawn[2][:5]], drawn[3]
    labels = ("行政复议", "未经复议直接起诉", "复议后起诉")
    return [row for n, label in enumerate(labels) for row in ([Box(label, 1, 5)], heads, values[5 * n : 5 * n + 5])]


def on_one_row(drawn: Drawn) -> Drawn:
    return [[Box(box.text) for row in drawn for box in row]]


@pytest.mark.parametrize("layout", ALL)
@pytest.mark.parametrize(
    "damage", [spare_cell, three_lines, labelled_lines, stacked, on_one_row], ids=lambda damage: damage.__name__
)
def test_reviews_and_lawsuits_are_read_however_they_are_set(layout, damage):
    if (layout, damage) == ("piped", on_one_row):
        pytest.skip("a single line with pipes is a menu")
    report = damaged(layout, "litigation", drawing=damage)
    assert not unread(report)
    assert is_clean(report)


@pytest.mark.parametrize("layout", ["html", *TEXTS])
@pytest.mark.parametrize("place", [3, 14])
def test_reviews_and_lawsuits_with_a_lost_cell_are_not_read(layout, place):
    report = damaged(layout, "litigation", drawing=lambda drawn: drawn[3].pop(place) and None)
    assert {path for path in FIGURES if path.startswith("litigation/")} == unread(report)
    assert report.forms["litigation"].misfits[0].expected == 15


# The form of 2014 --------------------------------------------------------------------------------------------------


def accumulated(drawn: Drawn) -> None:
    drawn[0].append(Box("历年累计"))
    for row in drawn[1:]:
        row.append(Box("888"))


def numbered(drawn: Drawn) -> None:
    drawn[0].insert(0, Box("序号"))
    for number, row in enumerate(drawn[1:], 1):
        row.insert(0, Box(str(number)))


def unitless(drawn: Drawn) -> None:
    for row in drawn:
        row.pop(1)


def wide_labels(drawn: Drawn) -> Drawn:
    return [[Box(row[0].text, 1, 2), *row[1:]] for row in drawn]


@pytest.mark.parametrize(
    ("damage", "layouts"),
    [
        (accumulated, ("html", "markdown", "tabbed", "tabbed-close", "spaced")),
        (numbered, ("html", "markdown", "tabbed", "tabbed-close", "spaced")),
        (unitless, ALL),
        (wide_labels, ALL),
    ],
    ids=["accumulated", "numbered", "unitless", "wide labels"],
)
def test_the_statistics_are_read_with_other_columns_beside(damage, layouts):
    for layout in layouts:
        report = damaged(layout, "statistics", drawing=damage, edition="2014")
        assert not unread(report, figures("2014", 3)), layout
        assert is_clean(report), layout


@pytest.mark.parametrize("layout", ALL)
def test_figures_by_district_are_no_figures_of_the_form(layout):
    def districts(drawn: Drawn) -> None:
        drawn[0][2:] = [Box("区直单位统计数"), Box("乡镇统计数"), Box("合计")]
        for row in drawn[1:]:
            row[2:] = [Box("3"), Box("4"), row[2]]

    report = damaged(layout, "statistics", drawing=districts, edition="2014")
    assert report.forms["statistics"].doubt == "columns"
    assert {relation.state for relation in report.relations} == {"unchecked"}
