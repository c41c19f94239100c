"""Numbers that point at one person, told from the many numbers a report honestly carries.

Prose and tables are searched, except the figures of the forms. No finding repeats a number: only its first three and
last two digits are given.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from linter.checks.settings import Settings
from linter.checks.text_place import text_places
from linter.model.document import Span
from linter.model.finding import Check, Problem
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"masked"})}
"""`masked`: the number with only its first three and last two characters."""

_WIDE = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "x"}

_LONG = re.compile(r"\d{15}(?:\d\d[\dXx])?(?![0-9A-Za-z])(?!\.\d)")
_MOBILE = re.compile(r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])(?!\.\d|\s*,\d{3})")
_CARD = re.compile(r"(?:\d{16,19}|\d{4}(?: \d{4}){3}(?: \d{1,3})?)(?![0-9A-Za-z])(?!\.\d)")
_BEFORE = re.compile(r"(?:^|[^0-9A-Za-z.=－—–-]|(?:^|[^0-9])[－—–-])(?:(?:\+|00)86[- ]?)?$")
"""What may stand before a number that stands alone: no digit or letter, no hyphen of a longer number; +86."""
_LONGEST_BEFORE = 8
_CARD_RANGE = re.compile(r"62[1-35689]|9558|4\d{15}$|5[1-5]\d{14}$")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
_CONTEXT = 20

_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""How a number begins: the codes of GB/T 2260, 83 for residents from Taiwan."""
_WEIGHTS = tuple(2 ** (17 - index) % 11 for index in range(17))
_CHECK_DIGITS = "10X98765432"
_OLDEST = 1900


_Finder = Callable[[str], Iterator[tuple[int, int]]]
"""Where a text has such numbers, whatever stands before them."""


def bind(settings: Mapping[str, object]) -> Check:
    """`number`: ``identity`` (公民身份号码, GB 11643—1999: MOD 11-2 check digit and a plausible birth date; the older
    15 digits only where the text calls them so), ``mobile`` (11 digits from 13 to 19) or ``bank-card`` (UnionPay and
    international ranges, ISO/IEC 7812 check digit).

    Patterns: for ``identity`` and ``bank-card`` what the text may have `called` the number shortly before it; for
    ``mobile`` the `units` right behind a number that counts something.
    """
    read = Settings(settings)
    find = _FINDERS[read.choice("number", tuple(_FINDERS))](read)
    read.done()

    def check(report: Report) -> Iterator[Problem]:
        place = text_places(report)
        for text, where in _texts(report):
            hits = [found for found in find(text) if _stands_alone(text, found[0])]
            spared = _addresses(text) if hits else frozenset()
            for start, end in hits:
                if start not in spared:
                    yield Problem(place(where(start, end)), {"masked": mask(text[start:end])})

    return check


def _texts(report: Report) -> Iterator[tuple[str, Callable[[int, int], Span]]]:
    """Every text of the report that a number may stand in, wrapped lines joined, and the way from it to the document.

    The figures of the forms are left out: no number there points at a person, however long.
    """
    for passage in report.outline.passages():
        yield passage.text, passage.span
    figures = {cell.span for form in report.forms.values() for cell in form.cells.values() if cell.value is not None}
    for table in report.outline.tables():
        for cell in table.cells:
            if cell.span not in figures:
                yield cell.text.translate(_WIDE), partial(_within, cell.span.start)


def _within(offset: int, start: int, end: int) -> Span:
    return Span(offset + start, offset + end)


def _stands_alone(text: str, start: int) -> bool:
    return _BEFORE.search(text[max(start - _LONGEST_BEFORE, 0) : start]) is not None


def _addresses(text: str) -> frozenset[int]:
    """Where web addresses stand: their numbers point at pages."""
    return frozenset(at for found in _ADDRESS.finditer(text) for at in range(*found.span()))


def _identities(read: Settings) -> _Finder:
    called = read.pattern("called")

    def find(text: str) -> Iterator[tuple[int, int]]:
        for found in _LONG.finditer(text):
            legacy = len(found[0]) == 15
            if (_is_legacy(found[0]) and _called(called, text, found.start())) if legacy else is_identity(found[0]):
                yield found.span()

    return find


def _mobiles(read: Settings) -> _Finder:
    units = read.pattern("units")

    def find(text: str) -> Iterator[tuple[int, int]]:
        for found in _MOBILE.finditer(text):
            if not units.match(text, found.end()):
                yield found.span()

    return find


def _cards(read: Settings) -> _Finder:
    called = read.pattern("called")

    def find(text: str) -> Iterator[tuple[int, int]]:
        for found in _CARD.finditer(text):
            digits = found[0].replace(" ", "")
            if not _CARD_RANGE.match(digits) or not is_luhn(digits) or is_identity(digits):
                continue
            # Few cards have 17 or 18 digits, many file numbers do.
            if len(digits) in (16, 19) or _called(called, text, found.start()):
                yield found.span()

    return find


_FINDERS: Mapping[str, Callable[[Settings], _Finder]] = {
    "identity": _identities,
    "mobile": _mobiles,
    "bank-card": _cards,
}


def is_identity(text: str) -> bool:
    """Whether 18 characters are a citizen's identity number: province, birth date, MOD 11-2 (GB 11643—1999)."""
    if len(text) != 18 or not text[:17].isdecimal() or not _PROVINCES.match(text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return _is_birth(text[6:14]) and text[17].upper() == _CHECK_DIGITS[total % 11]


def _is_legacy(text: str) -> bool:
    """Whether 15 digits can be an identity number of before 1999: two digits of the year, no check digit."""
    return _PROVINCES.match(text) is not None and _is_birth("19" + text[6:12])


def _is_birth(digits: str) -> bool:
    try:
        return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year in range(_OLDEST, 2100)
    except ValueError:
        return False


def is_luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _called(words: re.Pattern[str], text: str, start: int) -> bool:
    """Whether one of `words` stands shortly before `start`."""
    return words.search(text, max(start - _CONTEXT, 0), start) is not None


def mask(number: str) -> str:
    """The number as it may be shown: ``138******78``."""
    digits = re.sub("[^0-9A-Za-z]", "", number)
    return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"
