"""Which of several reports is whose last year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from linter.model.report import Report

_MARKS = re.compile(r"[\W_]+")
_REGION = re.compile(
    r"^(?P<name>宁夏|广西|新疆|西藏|内蒙古)?(?:回族|壮族|维吾尔)?自治区|^(?P<short>宁夏|广西|新疆|西藏|内蒙古)(?!.{0,6}[市县区旗盟])"
)
"""The five autonomous regions: their bodies call themselves 自治区×厅, 宁夏回族自治区×厅 or 宁夏×厅."""
_ALIKE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"管理委员会"), "管委会"),
    (re.compile(r"(?<=[乡镇村])人民政府$|(?<=街道)办事处$|管委会$"), ""),
    (re.compile(r"人民政府(?=办公)"), "政府"),
    (re.compile(r"人民政府|(?<=[省市县区州盟旗乡镇])政府$"), ""),
    (re.compile(r"委员会"), "委"),
    (re.compile(r"(?<=.)[和与及](?=.)"), ""),
)
"""What a body's name is written with or without: 发展和改革委员会, 发展改革委; ×县人民政府, ×县."""
_SHORTEST = 3
"""Characters that a name must have before it may stand for a longer one that ends with it (水务局, 青禾市水务局)."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """Whose report of which year: what finds the report of the year before. `year`: None where unknown; `publisher`:
    its name, "" for none; `forms`: how many were recognised in it.
    """

    year: int | None
    publisher: str
    forms: int


NAMELESS = Imprint(None, "", 0)
"""Of what is no report."""


def imprint_of(report: Report) -> Imprint:
    """What the report says of itself."""
    return Imprint(report.year, report.publisher.name, len(report.forms))


def publisher_key(name: str) -> str:
    """A body's name as one text, however the year's title writes it; "" for no name.

    人民政府 is left out save before 办公厅 and 办公室: the government's office is another body than the government.
    """
    key = _REGION.sub("自治区", _MARKS.sub("", name), count=1)
    for pattern, plain in _ALIKE:
        key = pattern.sub(plain, key)
    return key


def find_previous(imprint: Imprint, others: Iterable[Imprint]) -> Imprint | None:
    """Last year's report of the same publisher among `others`; the one most like it in name where the file is there
    twice. None: there is none, the report has no year or publisher, or two different bodies could be meant.
    """
    key = publisher_key(imprint.publisher)
    if imprint.year is None or not key:
        return None
    lasts = [
        other
        for other in others
        if other.year == imprint.year - 1 and other.publisher and not _elsewhere(imprint.publisher, other.publisher)
    ]
    same = [other for other in lasts if publisher_key(other.publisher) == key]
    if same:
        return max(same, key=lambda other: (other.publisher == imprint.publisher, other.forms))
    near = [other for other in lasts if _shortened(key, publisher_key(other.publisher))]
    return near[0] if len({publisher_key(other.publisher) for other in near}) == 1 else None


def _elsewhere(name: str, other: str) -> bool:
    """Whether the two names say that they belong to different autonomous regions."""
    regions = {region for region in (_region(name), _region(other)) if region}
    return len(regions) > 1


def _region(name: str) -> str:
    found = _REGION.match(_MARKS.sub("", name))
    return (found["name"] or found["short"] or "") if found else ""


def _shortened(key: str, other: str) -> bool:
    """Whether one name is the other without the place it begins with."""
    small, large = sorted((key, other), key=len)
    return len(small) >= _SHORTEST and large.endswith(small)
