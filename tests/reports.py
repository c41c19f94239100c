"""Hand-built reports for the tests of checks: prose in Markdown, figures by path over forms of zeros."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from linter.editions import load_editions
from linter.model.report import FormCell, Report, State
from linter.readers.markdown import read_markdown
from linter.recognise import recognise
from linter.sums.relations import relations
from linter.trial import with_cells

TITLE = "云川县2023年政府信息公开工作年度报告"


@cache
def editions():
    return load_editions()


def report(edition: str, prose: str = "", cells: Mapping[str, str] | None = None, title: str = TITLE) -> Report:
    """A report with `prose` under 总体情况; the forms that `cells` name (``form/row/column``) hold zeros elsewhere."""
    text = f"# {title}\n\n## 一、总体情况\n\n{prose}\n"
    built = recognise(read_markdown(text.encode(), "draft.md"), editions(), edition=edition)
    return with_cells(built, cells) if cells else built


def blanked(built: Report, form: str, *keys: tuple[str, str]) -> Report:
    """The report with those cells (row, column) of a form left blank."""
    found = built.forms[form]
    cells = {**found.cells, **dict.fromkeys(keys, FormCell(State.BLANK))}
    left = replace(built, forms={**built.forms, form: replace(found, cells=cells)})
    return replace(left, relations=relations(left))
