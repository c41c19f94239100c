"""Section titles as data: what tells a heading without a number from a short line, a title from prose behind it, and a
heading from a row of a form that is numbered like one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from linter.text.views import squash

_ASIDE = re.compile(r"(?:19|20)\d\d年度?|\((?!\d|[一二三四五六七八九十]\)).{1,30}\)$|[:;.,]+$")
"""What a title may carry besides its words: the year, a note in brackets at the end, a colon."""
_FIGURES = re.compile(r"[\s\d|/—-]+$")
_LONGEST = 40
_PROSE = 12
"""Characters from which what stands behind a title on its line is prose."""


def bare(title: str) -> str:
    """A title for comparison: squashed, without year and notes."""
    return _ASIDE.sub("", squash(title))


class Titles:
    """Wordings of section titles, each with the id of its section. Knows no edition: the caller brings the words."""

    def __init__(self, sections: Mapping[str, str], rows: Collection[str] = ()) -> None:
        """`sections`: the id of the section by the `bare` wording; `rows`: labels in forms, numbered as they are."""
        self._sections = sections
        self._rows = rows

    def section(self, text: str) -> str:
        """The id of the section that the whole text is the title of, "" for none."""
        return self._sections.get(bare(text), "") if 0 < len(text) <= _LONGEST else ""

    def is_row(self, text: str) -> bool:
        """Whether the text, without its number, is the label of a row, whatever figures stand behind it."""
        return len(text) <= _LONGEST * 2 and bare(_FIGURES.sub("", text)) in self._rows

    def end(self, text: str) -> int:
        """Where the title ends that prose follows without a mark between, 0 where none does."""
        if len(text) <= _PROSE or not re.search("[，。]", text):
            return 0
        ends = range(min(len(text) - _PROSE, _LONGEST), 3, -1)
        return next((end for end in ends if self.section(text[:end])), 0)


NO_TITLES = Titles({})
