"""The answers written where they were asked for."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

from linter import formats
from linter.cli.output import save, show, tell
from linter.cli.plan import Plan
from linter.cli.request import Request
from linter.cli.targets import INTO_DRAFT, Target
from linter.cli.texts import stop
from linter.model.finding import Result
from linter.words import Catalogue

_NARROW, _WIDE = 60, 120
"""The console keeps within these columns, whatever the window."""


def deliver(results: Collection[Result], plan: Plan, request: Request, say: Catalogue) -> None:
    """Every output in turn."""
    for target in plan.targets:
        if target.format in INTO_DRAFT:
            _annotate(target, results, plan, say)
        else:
            _put(_text(target, results, plan, request), target, say)


def _text(target: Target, results: Collection[Result], plan: Plan, request: Request) -> str:
    if target.format != "console":
        return formats.find(target.format)(results, plan.language)
    from linter.formats import console  # noqa: PLC0415 -- only where asked for

    terminal = target.path is None and sys.stdout.isatty()
    color = request.color == "always" or (request.color == "auto" and terminal)
    return console.write(
        results, plan.language, color=color, width=_width(), verbose=request.verbose, quiet=request.quiet
    )


def _put(text: str, target: Target, say: Catalogue) -> None:
    if target.path is None:
        show(text)
    else:
        save(target.path, text.encode("utf-8", "surrogateescape"), say, force=target.force)


def _width() -> int:
    from shutil import get_terminal_size  # noqa: PLC0415 -- only for the console

    return max(_NARROW, min(get_terminal_size((100, 24)).columns, _WIDE))


def _annotate(target: Target, results: Collection[Result], plan: Plan, say: Catalogue) -> None:
    """A copy of the one draft with the findings in it; of what cannot be read there is none, and the person is told."""
    if len(results) != 1 or target.path is None:
        stop(say("usage.one-file", format=target.format))
    [result] = results
    if result.report is None:
        tell(f"{result.path}: {result.error}")
        return
    if result.report.document.format != target.format:
        stop(say("usage.wrong-kind", format=target.format))
    source = Path(result.path).read_bytes()
    if target.format == "docx":
        from linter.formats.word_comments import write_docx  # noqa: PLC0415 -- only where asked for

        content = write_docx(result, source, plan.language)
    else:
        from linter.formats.pdf_notes import write_pdf  # noqa: PLC0415 -- only where asked for

        content = write_pdf(result, source, plan.language)
    save(target.path, content, say, force=target.force)
