"""One draft checked: bytes in, `Result` out. The library's interface; nothing is printed or written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from linter.editions import load_editions
from linter.engine import lint
from linter.model.document import Unreadable
from linter.model.finding import Result
from linter.model.report import Member, Report
from linter.options import Options, chosen
from linter.packs import load_rules
from linter.readers import MAX_BYTES, read
from linter.recognise import recognise
from linter.words import words

DEFAULT = Options()


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
    try:
        report = read_report(source, path, options)
    except Unreadable as error:
        return Result(
            path=path,
            report=None,
            error=words(options.language).reason("unreadable", error.reason, {"detail": error.detail}),
        )
    if previous is not None:
        report = replace(report, previous=_previous(previous, options))
    if members:
        report = replace(report, members=tuple(_member(path, options) for path in members))
    return judge(report, path, options)


def judge(report: Report, path: str, options: Options) -> Result:
    """The rules in force applied to a recognised report."""
    return lint(report, chosen(load_rules(options.rules), options), path=path, language=options.language)


def read_report(source: Path | str | bytes, name: str, options: Options = DEFAULT) -> Report:
    """The draft read and recognised. Raises Unreadable."""
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
    """The file's content. Raises Unreadable for what is absent, no file, unreadable or too large."""
    try:
        if path.is_dir():
            raise Unreadable("directory")
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
    """Last year's report, on the edition its own forms show. Raises Unreadable."""
    name = str(source) if not isinstance(source, bytes) else "previous"
    return read_report(source, name, replace(options, edition="auto", year=None))


def _member(path: Path, options: Options) -> Member:
    try:
        return Member(path.name, read_report(path, str(path), replace(options, year=None, agency_kind=None)))
    except Unreadable as error:
        return Member(path.name, None, error.reason)
