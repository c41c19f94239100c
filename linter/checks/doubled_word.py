"""Kind ``doubled-word``: a word written twice in a row (发布发布, 的的), told from language that doubles by itself.

Settings: ``singles``, a text: the characters that may never stand twice in a row; ``honest``, a list of regular
expressions: words that meet at a seam (人民政府|政府信息, 执法|依法依规) or double by nature (的的确确). A doubling is
excused when one of them begins no later than its second copy and reaches its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.checks.text_place import text_places
from linter.model.finding import Check, Problem
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"text", "word"})}
"""`text`: all copies as written; `word`: one of them."""

_PHRASE = r"(?P<phrase>《[^《》]{1,40}》|\w{2,40}?)(?P=phrase)"
_HAN = re.compile("[\u3400-\u9fff]")
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千万亿两]+")
_LONGEST_WORD_BEFORE = 4
"""How far before a doubling an honest word may begin."""


def bind(settings: Mapping[str, object]) -> Check:
    """The check. Raises ValueError for an unknown key, a wrong type or a faulty expression."""
    read = Settings(settings)
    singles = read.text("singles", "")
    honest = read.patterns("honest", ())
    read.done()
    single = rf"|(?P<single>[{re.escape(singles)}])(?P=single)" if singles else ""
    doubled = re.compile(_PHRASE + single)

    def check(report: Report) -> Iterator[Problem]:
        place = text_places(report)
        for passage in report.outline.passages():
            for start, end, word in _doublings(doubled, passage.text):
                if not _excused(honest, passage.text, start, end, len(word)):
                    values = {"text": passage.text[start:end], "word": word}
                    yield Problem(place(passage.span(start, end)), values)

    return check


def _doublings(doubled: re.Pattern[str], text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and word of every doubling in `text`, left to right, none inside another."""
    position = 0
    while found := doubled.search(text, position):
        word = found["phrase"]
        if word is not None and not _is_word(word):
            position = found.start() + 1
            continue
        word = word or found["single"]
        position = found.end()
        while text.startswith(word, position):
            position += len(word)
        yield found.start(), position, word


def _is_word(phrase: str) -> bool:
    """Not a number (二〇二〇), not a run of one character, and not too little Chinese to be a word."""
    han = len(_HAN.findall(phrase))
    if han < 2 or (len(phrase) <= 3 and han < len(phrase)):
        return False
    return len(set(phrase)) > 1 and not _NUMERAL.fullmatch(phrase)


def _excused(honest: tuple[re.Pattern[str], ...], text: str, start: int, end: int, length: int) -> bool:
    begins = range(max(start - _LONGEST_WORD_BEFORE, 0), end - length + 1)
    return any(
        found.end() >= end
        for begin in begins
        for pattern in honest
        if (found := pattern.match(text, begin)) is not None
    )
