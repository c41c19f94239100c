"""One draft checked: bytes in, `Result` out. The library's interface; nothing is printed or written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from linter.editions import load_editions
from linter.loading import LoadError
from linter.model.document import Unreadable
from linter.model.finding import Result
from linter.model.report import Member, Report
from linter.options import Options, chosen
from linter.packs import load_rules
from linter.readers import MAX_BYTES, read
from linter.words import words

DEFAULT = Options()
DEBUG = "GOUJI_DEBUG"
"""Set in the environment, a fault of ours shows where it happened instead of one line."""


def check(
    source: Path | str | bytes,
    *,
    name: str = "",
    options: Options = DEFAULT,
    previous: Path | str | bytes | None = None,
    members: Sequence[Path] = (),
) -> Result:
    """The findings for one draft.

    `source`: a path, or the file's bytes; `name` then says what to call it (its suffix tells kinds of text apart).
    `previous`: last year's report; `members`: the reports that this one adds up. A file that cannot be read gives a
    Result with `error`, in words; LoadError is raised for faulty rules or editions.
    """
    path = name or (str(source) if not isinstance(source, bytes) else "-")

    def gathered() -> Report:
        report = read_report(source, path, options)
        if previous is not None:
            report = replace(report, previous=_previous(previous, options))
        if members:
            report = replace(report, members=tuple(_member(member, options) for member in members))
        return report

    return judge(gathered, path, options)


def judge(gathered: Callable[[], Report], path: str, options: Options) -> Result:
    """The rules in force applied to a report as it is gathered; `error` says why none could be. Raises LoadError."""
    from linter.engine import lint  # noqa: PLC0415 -- not where the cache has the answer

    try:
        report = gathered()
        return lint(report, chosen(load_rules(options.rules), options), path=path, language=options.language)
    except Unreadable as error:
        return unread(path, error, options)
    except LoadError:
        raise
    except Exception as error:  # a fault of ours in one draft must not cost the others their answer
        if os.environ.get(DEBUG):
            raise
        return unread(path, Unreadable("internal", in_one_line(error)), options)


def in_one_line(error: Exception) -> str:
    """What an error is and says, the last line of it: a traceback ends with the error."""
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[-1]}" if said else type(error).__name__


def unread(path: str, error: Unreadable, options: Options) -> Result:
    """What is said of a file that gives no report."""
    reason = words(options.language).unreadable(error.reason, error.detail)
    return Result(path=path, report=None, error=reason, reason=error.reason)


def read_report(source: Path | str | bytes, name: str, options: Options = DEFAULT) -> Report:
    """The draft read and recognised. Raises Unreadable."""
    from linter.recognise import recognise  # noqa: PLC0415 -- not where the cache has the answer

    data = source if isinstance(source, bytes) else read_bytes(Path(source))
    return recognise(
        read(data, name),
        load_editions(options.editions),
        edition=options.edition,
        year=options.year,
        kind=options.agency_kind,
        options=options.facts,
    )


def read_bytes(path: Path) -> bytes:
    """The file's content. Of one that is too large a byte more than may be read.

    Raises Unreadable for what is absent, no file or not to be read.
    """
    try:
        if path.is_dir():
            raise Unreadable("directory" if os.access(path, os.R_OK | os.X_OK) else "permission")
        if not path.is_file() and path.exists():
            raise Unreadable("not-a-file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise Unreadable("missing") from error
    except PermissionError as error:
        raise Unreadable("permission") from error
    except OSError as error:
        raise Unreadable("io", error.strerror or str(error)) from error
    return data


def _previous(source: Path | str | bytes, options: Options) -> Report:
    """Last year's report, on the edition its own forms show. Raises Unreadable that says it was this file."""
    name = str(source) if not isinstance(source, bytes) else "previous"
    try:
        return read_report(source, name, replace(options, edition="auto", year=None))
    except Unreadable as error:
        reason = words(options.language).unreadable(error.reason, error.detail)
        raise Unreadable("previous", f"{name}: {reason}") from error


def _member(path: Path, options: Options) -> Member:
    try:
        return Member(path.name, read_report(path, str(path), replace(options, year=None, agency_kind=None)))
    except Unreadable as error:
        return Member(path.name, None, error.reason)
