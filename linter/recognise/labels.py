"""Printed labels against official ones: which row or column of a form a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from linter.model.edition import ColumnSpec, RowSpec
from linter.text.views import squash

Match = Literal["exact", "accepted", "altered"]

SURE = 0.95
"""Score from which a text surely is the label it resembles."""
_UNNUMBERED = 0.95
_WORD = 0.8
"""Score of a label of one or two characters without its number: 其他, 总计 alone are too short to carry a row."""
_CUT = 0.9
"""Score of a label that breaks off."""
_ALTERED = 0.72
"""Likeness above which a label is taken for a miswritten one; two different labels of a form stay below it."""

_MISWRITTEN = 0.94
"""The most that a miswritten label scores: it is never sure."""

_NUMBER = re.compile(
    r"(?:其中:?)?(?:\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)[,.]?|[一二三四五六七八九十]{1,3}[,.]|\d{1,2}[,.]?(?=\D))?"
)
_INNER = re.compile(r"(?<=.)(?:\([一二三四五六七八九十]\)|(?<!\d)\d{1,2}\.(?!\d))")
"""A label's number inside a text: another text, of a group or of what stood beside it, runs into the label."""
_REMARK = re.compile(r"\([^()]*\)$")
"""What an agency explains behind a label: 规范性文件（指有正式文号的文件）, 本年制发件数（件）."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The squashed wordings of one label: the official one, those accepted, and the labels of its groups."""

    official: str
    accepted: tuple[str, ...]
    groups: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (self.official, *self.accepted)

    def grouped(self) -> Iterator[str]:
        """The wordings with the labels of their groups before them."""
        for depth in range(len(self.groups)):
            for text in self.all:
                yield "".join(self.groups[depth:]) + text
                yield self.groups[depth] + text


@dataclass(frozen=True, slots=True)
class Hit:
    """A label that a text may be: its index, how like it is (0 to 1), and in what way."""

    index: int
    score: float
    match: Match


def wording(spec: RowSpec | ColumnSpec) -> Wording:
    """The wordings of a row or column."""
    return Wording(squash(spec.label), tuple(map(squash, spec.also)), tuple(map(squash, spec.group)))


def unnumbered(text: str) -> str:
    """A squashed label without its number; a number alone stays."""
    found = _NUMBER.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def _number(text: str) -> str:
    found = _NUMBER.match(text)
    return re.sub(r"[\W其中]", "", found[0]) if found else ""


class Lexicon:
    """All rows or columns of a form by their labels. Exact wordings cost a look-up; likeness is reckoned for others."""

    def __init__(self, specs: Sequence[RowSpec | ColumnSpec]) -> None:
        self._wordings = [wording(spec) for spec in specs]
        self._exact: dict[str, list[Hit]] = {}
        self._bare: dict[str, list[Hit]] = {}
        for index, words in enumerate(self._wordings):
            self._add(self._exact, words.official, Hit(index, 1.0, "exact"))
            for text in (*words.accepted, *words.grouped()):
                self._add(self._exact, text, Hit(index, 1.0, "accepted"))
            for text in map(unnumbered, words.all):
                self._add(self._bare, text, Hit(index, _UNNUMBERED if len(text) > 2 else _WORD, "accepted"))
        self._letters = [
            (text, index, set(unnumbered(text))) for index, words in enumerate(self._wordings) for text in words.all
        ]
        self._beginnings = {text[:end] for text in self._exact for end in range(1, len(text))}
        self._longest = 2 * max((len(text) for text, _, _ in self._letters), default=0)
        self._matchers: dict[str, SequenceMatcher[str]] = {}
        self._known = lru_cache(maxsize=4096)(self._find)

    @staticmethod
    def _add(table: dict[str, list[Hit]], text: str, hit: Hit) -> None:
        hits = table.setdefault(text, [])
        if all(other.index != hit.index for other in hits):
            hits.append(hit)

    def hits(self, text: str) -> tuple[Hit, ...]:
        """The labels that the squashed `text` may be, one hit each; several where the form repeats a label."""
        return self._known(text) if len(text) <= self._longest else tuple(self._remarked(text))

    def likeness(self, text: str) -> float:
        """How like `text` is to the nearest label, 0 to 1."""
        return max((hit.score for hit in self.hits(text)), default=0.0)

    def begins(self, text: str) -> bool:
        """Whether a label begins with `text` and goes on."""
        return text in self._beginnings

    def is_sure(self, text: str) -> bool:
        return self.likeness(text) >= SURE

    def _find(self, text: str) -> tuple[Hit, ...]:
        if found := self._exact.get(text) or self._bare.get(unnumbered(text)) or self._after_group(text):
            return tuple(found)
        if found := self._remarked(text):
            return tuple(found)
        scored = ((index, self._likeness(text, label, letters, index)) for label, index, letters in self._letters)
        best: dict[int, Hit] = {}
        for index, (score, match) in scored:
            if score and (index not in best or best[index].score < score):
                best[index] = Hit(index, score, match)
        return tuple(best.values())

    def _remarked(self, text: str) -> list[Hit]:
        """The label before a remark in brackets."""
        label = _REMARK.sub("", text)
        if label in ("", text):
            return []
        found = self._exact.get(label) or self._bare.get(unnumbered(label)) or ()
        return [Hit(hit.index, min(hit.score, SURE), "accepted") for hit in found]

    def _after_group(self, text: str) -> list[Hit]:
        """「（四）无 1.本机关不掌握相关政府信息」: the label after the scraps of another."""
        for inner in _INNER.finditer(text):
            if found := self._exact.get(text[inner.start() :]):
                return [Hit(hit.index, SURE, "accepted") for hit in found]
        return []

    def _likeness(self, text: str, label: str, letters: set[str], index: int) -> tuple[float, Match]:
        """Share of characters in common order; 0 below the threshold of a miswritten label or when numbers disagree."""
        short, long = sorted((len(text), len(label)))
        if short < 3 or short * 2 < long:
            return 0.0, "altered"
        one, other = unnumbered(text), unnumbered(label)
        if len(letters & set(one)) * 2 < min(len(letters), len(one)):
            return 0.0, "altered"
        if _number(text) != _number(label) and _number(text) and _number(label):
            return 0.0, "altered"
        if len(one) >= 6 and other.startswith(one):
            return _CUT, "altered"
        if len(one) > len(other) and _scraps(one, other, "".join(self._wordings[index].groups)):
            return SURE, "accepted"
        matcher = self._matchers.get(label)
        if matcher is None:  # it remembers what it learns about its second text
            matcher = self._matchers[label] = SequenceMatcher(None, "", other, autojunk=False)
        matcher.set_seq1(one)
        ratio = matcher.ratio() if matcher.quick_ratio() >= _ALTERED else 0.0
        return (min(ratio, _MISWRITTEN) if ratio >= _ALTERED else 0.0), "altered"


def _scraps(text: str, label: str, groups: str) -> bool:
    """Whether `text` is the label with characters of its group strewn in, as a merged cell's text falls into lines."""
    position = 0
    for char in text:
        if position < len(label) and char == label[position]:
            position += 1
        elif char not in groups:
            return False
    return position == len(label)


def align(rows: Sequence[Sequence[Hit]], weights: Sequence[float]) -> list[Hit | None]:
    """What each printed row is: the heaviest choice of hits in which printed and official order agree.

    Lost, added and repeated rows are all possible. `weights` are added to the scores of a row's hits. A heaviest
    increasing subsequence: linear in the printed rows, whatever they are, times the length of the form.
    """
    ends: dict[int, tuple[float, int]] = {}
    links: list[tuple[int, Hit, int]] = []
    for number, hits in enumerate(rows):
        for hit in sorted(hits, key=lambda item: -item.index):
            before = max((end for index, end in ends.items() if index < hit.index), default=(0.0, -1))
            reached = before[0] + hit.score + weights[number]
            if hit.index not in ends or reached > ends[hit.index][0]:
                ends[hit.index] = (reached, len(links))
                links.append((number, hit, before[1]))
    chosen: list[Hit | None] = [None] * len(rows)
    link = max(ends.values(), default=(0.0, -1))[1]
    while link >= 0:
        number, hit, link = links[link]
        chosen[number] = hit
    return chosen
