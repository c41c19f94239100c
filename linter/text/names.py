"""Names of public bodies: which of them are one body's. The words are data: ``rules/names.toml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from linter.loading import Fields, LoadError, file_text, read_toml
from linter.resources import folder

_MARKS = re.compile(r"[\W_]+")
_NOTE = re.compile(r"[（(]([^（）()]+)[）)]$")
"""A second name in brackets: 云川县教育局（云川县体育局）."""
_SHORTEST = 3
"""Characters that a name must have before it may stand for a longer one that ends with it (水务局, 青禾市水务局)."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """What is found in a name, and how it is written."""

    found: re.Pattern[str]
    written: str

    def put(self, name: str) -> str:
        return self.found.sub(self.written, name)


@dataclass(frozen=True, slots=True)
class _Words:
    """``rules/names.toml``. `region` finds an autonomous region at the beginning, groups ``full`` and ``short``."""

    region: re.Pattern[str]
    written: tuple[_Wording, ...]
    optional: _Wording
    formal: tuple[_Wording, ...]
    office: _Wording
    beside: _Wording


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A body's name as one text, however it is written; "" for no name.

    政府 is left out save before 办公厅 and 办公室: the government's office is another body than the government.
    """
    return _words().optional.put(_written(name))


def stands_for(name: str, full: str) -> bool:
    """Whether `name` says no other body than `full`: alike, or without the place that `full` begins with (县政府)."""
    if not plain(name) or _apart(name, full):
        return False
    spellings = ((_written(name), _written(full)), (_formal(name), _formal(full)))
    return plain(name) == plain(full) or any(
        len(short) >= _SHORTEST and long.endswith(short) for short, long in spellings
    )


def same(one: str, other: str) -> bool:
    """Whether two names are one body's, be it that one of them leaves out the place."""
    return stands_for(one, other) or stands_for(other, one)


def within(one: str, other: str) -> bool:
    """Whether one name is part of what the other says: a place, what a signature adds, a body for its office."""
    short, long = sorted(map(_without_office, (one, other)), key=len)
    return short in long and not _apart(one, other)


def borne(name: str) -> tuple[str, ...]:
    """The names that what is called `name` goes by: it, a second one in brackets, and the body whose office it is."""
    second = _NOTE.search(name)
    names = (name[: second.start()], second[1]) if second else (name,)
    return (*names, *(_words().office.put(_written(own)) for own in names))


def _apart(one: str, other: str) -> bool:
    """Whether the two names say that they belong to different autonomous regions."""
    regions = {region for region in (_region(one), _region(other)) if region}
    return len(regions) > 1


def _region(name: str) -> str:
    found = _words().region.match(_MARKS.sub("", name))
    return (found["full"] or found["short"] or "") if found else ""


@lru_cache(maxsize=4096)
def _written(name: str) -> str:
    text = _words().region.sub("自治区", _MARKS.sub("", name), count=1)
    for wording in _words().written:
        text = wording.put(text)
    return text


def _formal(name: str) -> str:
    text = plain(name)
    for wording in _words().formal:
        text = wording.put(text)
    return text


def _without_office(name: str) -> str:
    return _words().beside.put(_words().office.put(_written(name)))


@cache
def _words() -> _Words:
    """Raises LoadError."""
    return read_toml(file_text(folder("rules") / "names.toml"), "rules/names.toml", _read)


def _read(fields: Fields) -> _Words:
    regions, peoples = (fields.texts(key) for key in ("regions", "peoples"))
    return _Words(
        region=_region_pattern(regions, peoples),
        written=(_Wording(_people_pattern(peoples), ""), *fields.each("written", _wording)),
        optional=_Wording(_pattern(fields, "optional"), ""),
        formal=fields.each("formal", _wording),
        office=_Wording(_pattern(fields, "office"), ""),
        beside=_Wording(_pattern(fields, "beside"), ""),
    )


def _wording(fields: Fields) -> _Wording:
    return _Wording(_pattern(fields, "find"), fields.text("as"))


def _pattern(fields: Fields, key: str) -> re.Pattern[str]:
    text = fields.text(key)
    try:
        return re.compile(text)
    except re.error as error:
        raise LoadError.of(f"{text!r} is no regular expression: {error}", key) from error


def _region_pattern(regions: Sequence[str], peoples: Sequence[str]) -> re.Pattern[str]:
    """宁夏回族自治区, 自治区, or 宁夏 where no place of that name follows (宁夏×县)."""
    names = "|".join(map(re.escape, regions))
    return re.compile(
        rf"^(?:(?P<full>{names})?(?:{_any_of(peoples)})?自治区|(?P<short>{names})(?!.{{0,6}}[市县区旗盟]))"
    )


def _people_pattern(peoples: Sequence[str]) -> re.Pattern[str]:
    """苗族侗族自治 of an autonomous place that has a name before it."""
    return re.compile(rf"(?:(?<=..)(?:{_any_of(peoples)})+)?自治(?=[州县旗])")


def _any_of(peoples: Sequence[str]) -> str:
    longest = sorted(peoples, key=len, reverse=True)
    return "|".join(f"{re.escape(people)}族{'?' if len(people) > 1 else ''}" for people in longest)
