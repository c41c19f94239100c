"""Numbers as Chinese reports write them: 2,020.97, ９６００, 一百零五, 二〇二三, 1.6万; and the writing of ordinals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from math import prod

from linter.model.report import Number

DIGITS = {
    char: value
    for value, alike in enumerate(
        ("零〇○◯０", "一壹１", "二贰貳两兩２", "三叁參３", "四肆４", "五伍５", "六陆陸６", "七柒７", "八捌８", "九玖９")
    )
    for char in (str(value), *alike)
}
"""Every digit, Arabic or Chinese, ordinary or financial; 〇 is often written with a circle (○)."""

_TENS = {"廿": 20, "卅": 30}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

_FOLD = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_ARABIC = re.compile(
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?P<units>[十拾百佰千仟万萬亿億]*)", re.ASCII
)


def parse_number(text: str) -> Number | None:
    """The number that `text` as a whole is, blanks around it aside; None if it is none.

    Whole without a decimal point or after 万 and 亿 made it so: int; otherwise Decimal, with the digits as printed.
    A comma must part thousands. Signs, percentages and words are not numbers.
    """
    text = text.strip().translate(_FOLD)
    if match := _ARABIC.fullmatch(text):
        return _arabic(match)
    whole, point, fraction = text.partition("点")
    value = _chinese(whole)
    if value is None or not point:
        return value
    if not fraction or any(char not in DIGITS for char in fraction):
        return None
    return Decimal(f"{value}." + "".join(str(DIGITS[char]) for char in fraction))


def step_of(text: str) -> int:
    """What one unit of the last printed digit is worth: 1000 in 27.6万, 1 where no 万, 千 or 百 stands for digits."""
    match = _ARABIC.fullmatch(text.strip().translate(_FOLD))
    if match is None:
        return 1
    places = len(match["fraction"] or ".") - 1
    scale: int = prod(_UNITS.get(unit) or _MYRIADS[unit] for unit in match["units"])
    return max(scale // 10**places, 1)  # type: ignore[no-any-return]  # int // int ** int: mypy allows a float


def _arabic(match: re.Match[str]) -> Number:
    digits = match["whole"].replace(",", "")
    if not match["units"]:
        return Decimal(digits + match["fraction"]) if match["fraction"] else int(digits)
    value = Decimal(digits + (match["fraction"] or ""))
    for unit in match["units"]:
        value *= _UNITS.get(unit) or _MYRIADS[unit]
    return int(value) if value == value.to_integral_value() else value


def _chinese(text: str) -> int | None:
    """A whole number in Chinese, digit by digit (二〇二三) or with its units (两千零一十, 一万二 for 12000)."""
    if not text:
        return None
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    total = 0
    for marks, read in (("亿億", _chinese), ("万萬", _section)):
        head, mark, tail = _split(text, marks)
        if not mark:
            continue
        count = read(head) if head else None
        if count is None:
            return None
        total += count * _MYRIADS[mark]
        if colloquial := DIGITS.get(tail):
            return total + colloquial * _MYRIADS[mark] // 10
        text = tail
    section = _section(text)
    return None if section is None else total + section


def _split(text: str, marks: str) -> tuple[str, str, str]:
    """`text` before, at and after the last of `marks` in it."""
    at = max(map(text.rfind, marks))
    return (text[:at], text[at], text[at + 1 :]) if at >= 0 else ("", "", text)


def _section(text: str) -> int | None:
    """A whole number below 万: each unit smaller than the one before, each digit before its unit; "" is 0."""
    total = digit = 0
    last = 10**4
    before = ""
    for char in text:
        if char in DIGITS:
            if digit and not (char.isascii() and before.isascii()):
                return None
            digit = digit * 10 + DIGITS[char]
        else:
            size = _UNITS.get(char, 10 if char in _TENS else last)
            if size >= last:
                return None
            total += _TENS.get(char, (digit or 1) * size)
            digit, last = 0, size
        before = char
    if digit and last in (100, 1000) and text[-2:-1] in _UNITS:
        return total + digit * last // 10
    return total + digit


def chinese(number: int) -> str:
    """A number from 0 to 9999 9999 9999 as headings and ordinals write it: 十一, 一百零五, 两 never.

    Raises `ValueError` outside that range.
    """
    if not 0 <= number < 10**12:
        raise ValueError(f"no ordinal: {number}")
    written = _join(number, ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")))
    return (written.removeprefix("一") if written.startswith("一十") else written) or "零"


def _join(number: int, units: Sequence[tuple[int, str]]) -> str:
    """Writes `number` in `units`, largest first; one 零 for every run of empty places between two written ones."""
    written = ""
    gap = False
    for size, name in units:
        count, number = divmod(number, size)
        if count:
            part = _join(count, units[2:]) if count > 9 else "零一二三四五六七八九"[count]
            if written and (gap or (size >= 10**4 and count < 1000)):
                written += "零"
            written += part + name
            gap = False
        else:
            gap = bool(written)
    return written
