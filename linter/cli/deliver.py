"""The answers written where they were asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection

from linter import formats
from linter.cli import terminal
from linter.cli.drafts import content
from linter.cli.output import save, show, tell
from linter.cli.plan import Plan
from linter.cli.request import Request
from linter.cli.targets import INTO_DRAFT, Target
from linter.cli.texts import stop
from linter.model.document import Unreadable
from linter.model.finding import Result
from linter.readers import read
from linter.words import Catalogue, words

_NARROW, _USUAL, _WIDE = 60, 100, 120
"""The console keeps within these columns, whatever the window."""


def deliver(results: Collection[Result], plan: Plan, request: Request, say: Catalogue) -> None:
    """Every output in turn."""
    for target in plan.targets:
        if target.format in INTO_DRAFT:
            _annotate(target, results, plan, request, say)
        else:
            _put(_text(target, results, plan, request), target, say)


def _text(target: Target, results: Collection[Result], plan: Plan, request: Request) -> str:
    if target.format != "console":
        return formats.find(target.format)(results, plan.language)
    from linter.formats import console  # noqa: PLC0415 -- only where asked for

    color = request.color if target.path is None or request.color == "always" else "never"
    return console.write(
        results, plan.language, color=terminal.colour(color), width=max(_NARROW, min(terminal.width(_USUAL), _WIDE)),
        verbose=request.verbose, quiet=request.quiet,
    )  # fmt: skip


def _put(text: str, target: Target, say: Catalogue) -> None:
    if target.path is None:
        show(text)
    else:
        save(target.path, text.encode("utf-8", "surrogateescape"), say, force=target.force)


def _annotate(target: Target, results: Collection[Result], plan: Plan, request: Request, say: Catalogue) -> None:
    """A copy of the one draft with the findings in it; of what cannot be read there is none, and the person is told."""
    if len(results) != 1 or target.path is None:
        stop(say("usage.one-file", format=target.format))
    [result] = results
    if result.report is None:
        tell(f"{result.path}: {result.error}")
        return
    if result.report.document.format != target.format:
        stop(say("usage.wrong-kind", format=target.format))
    try:
        source = content(result.path, request)
        if read(source, result.path) != result.report.document:
            stop(say("usage.changed", path=result.path))
        copy = _copy(target.format)(result, source, plan.language)
    except Unreadable as error:
        stop(f"{result.path}: {words(plan.language).unreadable(error.reason, error.detail)}")
    save(target.path, copy, say, force=target.force)


def _copy(kind: str) -> Callable[[Result, bytes, str], bytes]:
    """What writes the findings into a draft of that kind."""
    if kind == "docx":
        from linter.formats.word_comments import write_docx  # noqa: PLC0415 -- only where asked for

        return write_docx
    from linter.formats.pdf_notes import write_pdf  # noqa: PLC0415 -- only where asked for

    return write_pdf
