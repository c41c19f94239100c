"""``gouji extract``: the figures of a draft's forms, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from linter.cli.output import save, show, spare
from linter.cli.texts import stop
from linter.editions import load_editions
from linter.library import read_report
from linter.model.document import Unreadable
from linter.model.report import Number, Report
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
    if output is not None:
        spare(output, [Path(path)], say)
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
        for cell, found in form.found():
            yield {
                "form": form.spec.id,
                "row": cell.row.id,
                "column": cell.column.id,
                "label": list(cell.labels[1:]),
                "state": found.state.value,
                "value": _plain(found.value),
                "text": found.text.strip(),
            }


def _plain(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
