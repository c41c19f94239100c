"""The automatic numbers of Word paragraphs, counted and written out as the page shows them (17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from xml.etree.ElementTree import Element

from linter.readers.docx_styles import Styles
from linter.readers.docx_xml import ALTERNATE, W, chosen, flag, integer, value

LEVELS = 9
COUNT_LIMIT = 32_767
"""The largest number Word itself takes."""

_PLACEHOLDER = re.compile("%([1-9])")
_WIDE_CLOSERS = " \u3000、）】〕》」』。．：，；"
"""After these a number needs no gap to be read; after any other it does (「1.」 before 「5 万元」 is not 1.5)."""
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _decimal(number: int) -> str:
    return str(number)


def _chinese(number: int, digits: str = _DIGITS, units: str = "十百千", zero: str = "零") -> str:
    """一, 十一, 一百零二; above 9 999 the digits one by one."""
    text = str(number)
    if number == 0 or len(text) > len(units) + 1:
        return "".join(digits[int(digit)] for digit in text)
    parts = []
    for place, digit in zip(range(len(text) - 1, -1, -1), text, strict=True):
        if digit != "0":
            parts.append(digits[int(digit)] + (units[place - 1] if place else ""))
        elif parts and parts[-1] != zero:
            parts.append(zero)
    if parts[-1] == zero:
        parts.pop()
    return "".join(parts)


def _counting(number: int) -> str:
    written = _chinese(number)
    return written[1:] if written.startswith("一十") else written


def _legal(number: int) -> str:
    return _chinese(number, _LEGAL_DIGITS, "拾佰仟")


def _digitwise(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _row(first: str, length: int) -> Callable[[int], str]:
    """Characters that stand for 1 to `length`, beginning with `first`; plain digits beyond."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= length else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _letters(first: str) -> Callable[[int], str]:
    """A to Z, AA, BB and so on."""
    return lambda number: (
        chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if 1 <= number <= 780 else str(number)
    )


def _roman(number: int) -> str:
    if not 1 <= number < 4000:
        return str(number)
    written = ""
    for amount, sign in _ROMAN:
        written += sign * (number // amount)
        number %= amount
    return written


def _nothing(_number: int) -> str:
    return ""


_FORMATS: MappingProxyType[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimal": _decimal,
        "decimalZero": lambda number: f"{number:02}",
        "decimalFullWidth": _full_width,
        "decimalFullWidth2": _full_width,
        "numberInDash": lambda number: f"- {number} -",
        "chineseCounting": _counting,
        "chineseCountingThousand": _counting,
        "taiwaneseCounting": _counting,
        "taiwaneseCountingThousand": _counting,
        "japaneseCounting": _counting,
        "chineseLegalSimplified": _legal,
        "ideographDigital": _digitwise,
        "taiwaneseDigital": _digitwise,
        "japaneseDigitalTenThousand": _digitwise,
        "decimalEnclosedCircle": _row("①", 20),
        "decimalEnclosedCircleChinese": _row("①", 20),
        "decimalEnclosedParen": _row("⑴", 20),
        "decimalEnclosedFullstop": _row("⒈", 20),
        "ideographEnclosedCircle": _row("㊀", 10),
        "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
        "upperLetter": _letters("A"),
        "lowerLetter": _letters("a"),
        "upperRoman": _roman,
        "lowerRoman": lambda number: _roman(number).lower(),
        "none": _nothing,
    }
)
"""How numbers are written (17.18.59); what is not here is written in digits."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: `text` with ``%1`` for the first level's number; `restart`: the level (from 1) after which it
    begins again, 0 never, None: after any above it. `plain`: all numbers in digits (``w:isLgl``).
    """

    start: int
    form: str
    text: str
    gap: bool
    restart: int | None
    plain: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class Instance:
    """A list as paragraphs use it: the abstract list it counts with, its own levels, where it begins anew."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._instances: dict[str, Instance] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._instances = dict(_instances(root, styles))

    def level_of(self, instance: str, style: str, default: int) -> int:
        """The level that a style is linked to (``w:pStyle``), `default` if it is linked to none."""
        found = self._instances.get(instance)
        levels = found.levels.items() if found else ()
        return next((number for number, level in levels if level.style == style), default)

    def label(self, instance: str, number: int) -> str:
        """Counts one paragraph on level `number` (from 0) and returns what is printed before it, "" for a bullet."""
        found = self._instances.get(instance)
        level = found.levels.get(number) if found else None
        if found is None or level is None:
            return ""
        counts = self._count(instance, found, number, level)
        if level.form == "bullet":
            return ""
        written = _PLACEHOLDER.sub(lambda match: _number(found, counts, int(match[1]) - 1, level), level.text)
        return written + " " if level.gap and written[-1:].strip(_WIDE_CLOSERS) else written

    def _count(self, name: str, instance: Instance, number: int, level: Level) -> dict[int, int]:
        counts = self._counts.setdefault(instance.abstract, {})
        if (name, number) not in self._begun:
            self._begun.add((name, number))
            if number in instance.starts:
                counts[number] = instance.starts[number] - 1
        counts[number] = counts.get(number, level.start - 1) + 1
        for deeper in [key for key in counts if key > number]:
            rule = instance.levels[deeper].restart if deeper in instance.levels else None
            if rule is None or number < rule:
                del counts[deeper]
        return counts


def _number(instance: Instance, counts: dict[int, int], number: int, shown_on: Level) -> str:
    level = instance.levels.get(number)
    if level is None:
        return ""
    write = _decimal if shown_on.plain else _FORMATS.get(level.form, _decimal)
    return write(counts.get(number, level.start))


def _instances(root: Element, styles: Styles) -> Iterator[tuple[str, Instance]]:
    abstracts = {element.get(f"{W}abstractNumId", ""): element for element in root.iterfind(f"{W}abstractNum")}
    links = {
        element.get(f"{W}numId", ""): value(element, "abstractNumId") or "" for element in root.iterfind(f"{W}num")
    }
    levels: dict[str, dict[int, Level]] = {}
    for element in root.iterfind(f"{W}num"):
        abstract = links[element.get(f"{W}numId", "")]
        target = abstract
        linked = value(abstracts.get(abstract), "numStyleLink")
        if linked is not None:
            target = links.get(styles.list_instance(linked) or "", abstract)
        if target not in levels:
            levels[target] = _levels(abstracts.get(target))
        yield element.get(f"{W}numId", ""), _instance(element, target, levels[target])


def _instance(element: Element, abstract: str, shared: dict[int, Level]) -> Instance:
    overrides = element.findall(f"{W}lvlOverride")[:LEVELS]
    starts = {}
    own = shared if not overrides else dict(shared)
    for override in overrides:
        number = integer(override.get(f"{W}ilvl"), 0, 0, LEVELS - 1)
        own.update(_levels(override))
        stated = value(override, "startOverride")
        if stated is not None:
            starts[number] = integer(stated, 1, 0, COUNT_LIMIT)
            if number in own:
                own[number] = replace(own[number], start=starts[number])
    return Instance(abstract, own, starts)


def _levels(parent: Element | None) -> dict[int, Level]:
    elements = [] if parent is None else parent.findall(f"{W}lvl")[:LEVELS]
    return {integer(element.get(f"{W}ilvl"), 0, 0, LEVELS - 1): _level(element) for element in elements}


def _level(element: Element) -> Level:
    form = value(element, "numFmt")
    alternate = element.find(ALTERNATE)
    if form is None and alternate is not None:
        form = value(chosen(alternate), "numFmt")
    restart = value(element, "lvlRestart")
    return Level(
        start=integer(value(element, "start"), 0, 0, COUNT_LIMIT),
        form=form or "decimal",
        text=value(element, "lvlText") or "",
        gap=value(element, "suff") != "nothing",
        restart=None if restart is None else integer(restart, 0, 0, LEVELS),
        plain=bool(flag(element, "isLgl")),
        style=value(element, "pStyle"),
    )
