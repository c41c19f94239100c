"""The editions: `rules/editions/*.toml`, read strictly into `Edition`.

A form is written the way it is printed: a group of rows or columns holds its rows or columns, and a row of the 2014
form holds the rows that break it down. Both become the `group` of what they hold. Identities are parsed and their names
resolved here, so that a slip in a form is an error when it is loaded, with a caret, and no surprise in a check.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, cast

from linter.grammars import Misformed, parse_identity
from linter.loading import Fields, LoadError, file_text, nearest, pointed, read_toml
from linter.model.edition import Band, ColumnSpec, Content, Edition, FormSpec, Identity, Kind, RowSpec, SectionSpec, Sum
from linter.resources import folder
from linter.store.compiled import compiled

_KINDS = [kind.value for kind in Kind]


def load_editions(extra: Sequence[Path] = ()) -> tuple[Edition, ...]:
    """Our editions and those in the files `extra`, by first year. Raises LoadError, also for an id given twice."""
    own = (load_edition(file_text(path), path.name) for path in extra)
    editions = sorted((*_house(), *own), key=lambda edition: (edition.first_year, edition.id))
    if twice := _twice(edition.id for edition in editions):
        raise LoadError.of(f"several editions are called {twice[0]!r}")
    return tuple(editions)


def load_edition(text: str, name: str) -> Edition:
    """The edition in a TOML file's `text`; `name` is the file's. Raises LoadError with every fault found."""
    return read_toml(text, name, _edition)


@cache
def _house() -> tuple[Edition, ...]:
    return compiled("editions", tuple, _house_as_written)


def _house_as_written() -> tuple[Edition, ...]:
    files = (file for file in (folder("rules") / "editions").iterdir() if file.name.endswith(".toml"))
    return tuple(load_edition(file_text(file), file.name) for file in files)


def _edition(fields: Fields) -> Edition:
    edition = Edition(
        id=fields.text("id"),
        title=fields.text("title"),
        first_year=fields.number("first_year"),
        last_year=fields.number("last_year") if "last_year" in fields else None,
        source=fields.text("source"),
        sections=fields.each("sections", _section, required=False),
        contents=fields.each("contents", _content, required=False),
        forms=fields.each("forms", _form),
    )
    sections = [section.id for section in edition.sections]
    _unique(fields, "sections", sections)
    _unique(fields, "contents", (content.id for content in edition.contents))
    _unique(fields, "forms", (form.id for form in edition.forms))
    if fields.sound:  # else a section that could not be read would be a fault of all that stand in it
        places = {f"contents[{index}]": item.section for index, item in enumerate(edition.contents)}
        places |= {f"forms[{index}]": item.section for index, item in enumerate(edition.forms)}
        for path, section in places.items():
            if section not in ("", *sections):
                fields.fault(f"{path}.section", f"unknown {section!r}{nearest(section, sections)}")
    return edition


def _section(fields: Fields) -> SectionSpec:
    return SectionSpec(
        id=fields.text("id"),
        title=fields.text("title"),
        also=fields.texts("also", ()),
        patterns=_patterns(fields, "patterns"),
        required=fields.flag("required", default=True),
        empty=fields.flag("empty", default=True),
    )


def _content(fields: Fields) -> Content:
    return Content(
        id=fields.text("id"),
        title=fields.text("title"),
        patterns=_patterns(fields, "patterns"),
        headings=_patterns(fields, "headings"),
        section=fields.text("section", ""),
        required=fields.flag("required", default=True),
    )


def _patterns(fields: Fields, key: str) -> tuple[str, ...]:
    patterns = fields.texts(key, ())
    for index, pattern in enumerate(patterns):
        try:
            re.compile(pattern)
        except re.error as error:
            where = pointed(pattern, error.pos or 0, (error.pos or 0) + 1)
            fields.fault(f"{key}[{index}]", f"no regular expression: {error.msg}{where}")
    return patterns


def _form(fields: Fields) -> FormSpec:
    bands = fields.each("bands", _band)
    _unique(fields, "bands", (row.id for band in bands for row in band.rows))
    identities: tuple[Identity, ...] = ()
    if fields.sound:  # else every name of a row that could not be read would be a fault of its own
        identities = fields.each("identities", lambda item: _identity(item, bands), required=False)
    else:
        fields.skip("identities")
    _unique(fields, "identities", (identity.id for identity in identities))
    return FormSpec(
        id=fields.text("id"),
        title=fields.text("title"),
        section=fields.text("section", ""),
        bands=bands,
        identities=identities,
        marks=fields.texts("marks", ()),
        required=fields.flag("required", default=True),
    )


def _band(fields: Fields) -> Band:
    band = Band(
        title=fields.text("title", ""),
        columns=tuple(_columns(fields, ())),
        rows=tuple(_rows(fields, ())),
        layout=cast("Literal['rows', 'line']", fields.choice("layout", ("rows", "line"), "rows")),
        corner=fields.text("corner", ""),
    )
    for key, items in (("columns", band.columns), ("rows", band.rows)):
        _unique(fields, key, (item.id for item in items))
        _unique(fields, key, (" › ".join((*item.group, label)) for item in items for label in (item.label, *item.also)))
    return band


def _rows(fields: Fields, group: tuple[str, ...]) -> Iterable[RowSpec]:
    """The rows under the key ``rows``: rows, groups of rows, and rows with the rows that break them down."""

    def node(item: Fields) -> tuple[RowSpec, ...]:
        if "group" in item:
            return tuple(_rows(item, (*group, item.text("group"))))
        row = RowSpec(
            id=item.text("id"),
            label=item.text("label"),
            also=item.texts("also", ()),
            group=group,
            unit=item.text("unit", ""),
            kind=Kind(item.choice("kind", _KINDS, "count")),
        )
        return (row, *_rows(item, (*group, row.label))) if "rows" in item else (row,)

    return [row for rows in fields.each("rows", node) for row in rows]


def _columns(fields: Fields, group: tuple[str, ...]) -> Iterable[ColumnSpec]:
    """The columns under the key ``columns``: columns and groups of columns."""

    def node(item: Fields) -> tuple[ColumnSpec, ...]:
        if "group" in item:
            return tuple(_columns(item, (*group, item.text("group"))))
        column = ColumnSpec(
            id=item.text("id"),
            label=item.text("label"),
            also=item.texts("also", ()),
            group=group,
            kind=Kind(item.choice("kind", _KINDS)) if "kind" in item else None,
        )
        return (column,)

    return [column for columns in fields.each("columns", node) for column in columns]


def _identity(fields: Fields, bands: tuple[Band, ...]) -> Identity:
    """An identity, its sums without wildcards and its rows or columns written out: those that have all its cells."""
    over = cast("Literal['columns', 'rows', 'cells']", fields.choice("over", ("columns", "rows", "cells")))
    holds = fields.text("holds")
    left, relation, right = _parsed(holds)
    names = _names(over, bands)
    left, right = (Sum(tuple(_expanded(total.terms, names, holds))) for total in (left, right))
    scope = _scope(over, bands, {*left.terms, *right.terms})
    if not scope and over != "cells":
        raise LoadError.of(f"no {over[:-1]} has all these cells", "holds")
    return Identity(
        id=fields.text("id"),
        over=over,
        left=left,
        relation=relation,
        right=right,
        holds=holds,
        source=fields.text("source"),
        rows=scope if over == "rows" else (),
        columns=scope if over == "columns" else (),
        tolerance=_amount(fields, "tolerance", "0"),
    )


def _amount(fields: Fields, key: str, default: str) -> str:
    """A decimal number, as text so that none of its digits is lost."""
    found = fields.text(key, default)
    if not re.fullmatch(r"\d+(?:\.\d+)?", found):
        fields.fault(key, f"expected a decimal number, found {found!r}")
    return found


def _parsed(holds: str) -> tuple[Sum, Literal["==", ">=", "<="], Sum]:
    try:
        return parse_identity(holds)
    except Misformed as error:
        where = pointed(holds, error.start, error.end)
        raise LoadError.of(f"expected {error.expected}{where}", "holds") from error


def _names(over: str, bands: tuple[Band, ...]) -> list[str]:
    """What an identity can name: rows over columns, columns over rows, single cells."""
    if over == "columns":
        return [row.id for band in bands for row in band.rows if row.kind is not Kind.TITLE]
    if over == "rows":
        return list(dict.fromkeys(column.id for band in bands for column in band.columns))
    return [f"{row.id}/{column.id}" for band in bands for row in band.rows for column in band.columns]


def _expanded(terms: Iterable[str], names: Sequence[str], holds: str) -> Iterator[str]:
    """The names that the terms stand for: ``handled.refused.*`` is every name one step below."""
    for term in terms:
        stem = term.removesuffix("*")
        below = [name for name in names if name.startswith(stem) and name != stem and "." not in name[len(stem) :]]
        found = below if term.endswith("*") else [term] if term in names else []
        if not found:
            start = re.search(rf"(?<![\w./]){re.escape(term)}(?![\w./])", holds)
            where = pointed(holds, *start.span()) if start else ""
            raise LoadError.of(f"unknown {term!r}{nearest(term, names)}{where}", "holds")
        yield from found


def _scope(over: str, bands: tuple[Band, ...], terms: set[str]) -> tuple[str, ...]:
    """The columns that all the rows named have, or the rows that have all the columns named."""
    if over == "rows":
        whole = [band for band in bands if terms <= {column.id for column in band.columns}]
        return tuple(row.id for band in whole for row in band.rows if row.kind is not Kind.TITLE)
    touched = [band for band in bands if terms & {row.id for row in band.rows}]
    shared = Counter(column.id for band in touched for column in band.columns)
    return tuple(column for column, count in shared.items() if count == len(touched))


def _unique(fields: Fields, path: str, items: Iterable[str]) -> None:
    for item in _twice(items):
        fields.fault(path, f"{item!r} stands twice")


def _twice(items: Iterable[str]) -> list[str]:
    return [item for item, count in Counter(items).items() if count > 1]
