"""``gouji extract``: the figures of a draft's forms, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from linter.cli.output import save, show
from linter.cli.texts import stop
from linter.editions import load_editions
from linter.library import read_report
from linter.model.document import Unreadable
from linter.model.report import Number, Report, column_labels, row_labels
from linter.options import Options
from linter.words import Catalogue, words

FORMATS = ("json", "csv")
COLUMNS = ("form", "row", "column", "label", "state", "value", "text")


def extract(path: str, form: str, edition: str, output: Path | None, say: Catalogue, *, force: bool) -> int:
    """Writes every cell of every form found: its address, labels, state and value."""
    if form not in FORMATS:
        stop(say("usage.unknown-choice", option="--format", choices=", ".join(FORMATS), value=form))
    known = ["auto", *(item.id for item in load_editions())]
    if edition not in known:
        stop(say("usage.unknown-choice", option="--edition", choices=", ".join(known), value=edition))
    try:
        report = read_report(path, path, Options(edition=edition, language=say.language))
    except Unreadable as error:
        stop(f"{path}: {words(say.language).unreadable(error.reason, error.detail)}")
    text = as_json(report, path) if form == "json" else as_csv(report)
    if output is None:
        show(text)
    else:
        # Excel takes a CSV file for the local code page unless it begins with a byte order mark.
        save(output, text.encode("utf-8-sig" if form == "csv" else "utf-8"), say, force=force)
    return 0


def as_json(report: Report, path: str) -> str:
    """``{"path", "edition", "year", "agency", "cells": [...]}``."""
    answer = {
        "path": path,
        "edition": report.edition.id,
        "year": report.year,
        "agency": report.publisher.name or None,
        "cells": list(_cells(report)),
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def as_csv(report: Report) -> str:
    """A row a cell, with the header `COLUMNS`."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    writer.writerows({**cell, "label": " › ".join(cell["label"])} for cell in _cells(report))
    return stream.getvalue()


def _cells(report: Report) -> Iterator[dict[str, Any]]:
    for form in report.forms.values():
        for _, row, column in form.spec.places():
            cell = form.cells.get((row.id, column.id))
            if cell is not None:
                yield {
                    "form": form.spec.id,
                    "row": row.id,
                    "column": column.id,
                    "label": [*row_labels(row), *column_labels(form.spec, column)],
                    "state": cell.state.value,
                    "value": _plain(cell.value),
                    "text": cell.text.strip(),
                }


def _plain(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
