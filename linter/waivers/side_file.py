"""The side file of suppressions, for Word and PDF drafts, which take no comments to gouji."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from linter.globs import matches, relative
from linter.loading import Fault, Fields, LoadError, file_text, nearest, read_toml
from linter.model.finding import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A ``[[suppress]]`` of the side file, `number` from 1 in its order.

    `file`: a pattern of paths; `place`: a pattern of `Place.path`; `text`: words quoted from where the finding is.
    "" for not said. `until`: the last day it holds.
    """

    number: int
    file: str
    rule: str
    place: str
    text: str
    reason: str
    author: str
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class Suppressions:
    """A side file as read; the patterns in it are relative to its folder."""

    file: Path
    entries: tuple[Entry, ...] = ()

    def of(self, path: str) -> tuple[Entry, ...]:
        """The entries for the draft at `path`."""
        seen = relative(path, self.file.parent)
        return tuple(entry for entry in self.entries if matches(entry.file, seen))


NO_SIDE_FILE = Suppressions(Path())


def load_suppressions(path: Path) -> Suppressions:
    """The side file at `path`. Raises LoadError with every fault of the file."""
    entries = read_toml(file_text(path), path.name, lambda fields: fields.each("suppress", _entry, required=False))
    return Suppressions(path.absolute(), tuple(replace(entry, number=at) for at, entry in enumerate(entries, 1)))


def check_rules(suppressions: Suppressions, known: Iterable[Rule]) -> None:
    """Raises LoadError for every entry whose rule is not `known`."""
    names = [name for rule in known for name in (rule.id, rule.name)]
    faults = [
        Fault(f"suppress[{entry.number - 1}].rule", f"unknown rule {entry.rule!r}{nearest(entry.rule, names)}")
        for entry in suppressions.entries
        if entry.rule not in names
    ]
    if faults:
        raise LoadError(faults, suppressions.file.name)


def _entry(fields: Fields) -> Entry:
    entry = Entry(
        number=0,
        file=fields.text("file"),
        rule=fields.text("rule"),
        place=fields.text("place", ""),
        text=fields.text("text", ""),
        reason=fields.text("reason").strip(),
        author=fields.text("author", ""),
        until=_last_day(fields),
    )
    if fields.sound and not entry.reason:
        fields.fault("reason", "empty")
    if fields.sound and not entry.place and not entry.text.strip():
        fields.fault("place", "missing: say place (a pattern of the finding's path) or text (words quoted from there)")
    return entry


def _last_day(fields: Fields) -> datetime.date | None:
    text = fields.text("until", "")
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        fields.fault("until", f'expected a day as "2027-01-31", found {text!r}')
        return None
