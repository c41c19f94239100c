"""The publisher bears one name in title, preamble and sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.outline import Passage
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"name", "other"}), "configured": frozenset({"name", "other"})}

_QUOTED = re.compile(r"《(?P<name>[^《》]{3,40}?)(?:\d{4}年?度?)?(?:的)?政府信息公开工作年度报告》")
_YEAR = re.compile(r"\d{4}年?度?")
_REGION = re.compile(r"^.{2,12}?(?:自治区|自治州|省|市|县|区|州|盟|旗)")


def bind(settings: Mapping[str, object]) -> Check:
    """No settings. The option ``agency-name`` is the name that the report should bear."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        stated = report.options.get("agency-name")
        name = stated if isinstance(stated, str) else report.publisher.name
        if not name:
            return
        own = Place("title", (), report.publisher.span)
        if stated and report.publisher.name and not _same(name, report.publisher.name):
            yield Problem(own, {"name": name, "other": report.publisher.name}, variant="configured")
        for passage, start, other in _others(report):
            if not _same(name, other):
                place = Place("publisher/name", (), passage.span(start, start + len(other)))
                yield Problem(place, {"name": name, "other": other}, (own,))

    return check


def _others(report: Report) -> Iterator[tuple[Passage, int, str]]:
    """Where else the report names its publisher: its own title quoted in the preamble, and the signature."""
    for block in report.outline.preamble:
        if isinstance(block, Passage):
            for found in _QUOTED.finditer(block.text):
                quoted = _YEAR.sub("", found["name"])
                if quoted:
                    yield block, found.start("name"), quoted
    for passage in report.outline.signoff:
        if not re.search(r"\d|年", passage.text):
            yield passage, 0, passage.text


def _same(name: str, other: str) -> bool:
    """Short forms of one body are the same: a region left out (自治区… for 宁夏回族自治区…), 人民政府 for 政府."""
    one, two = (_core(text) for text in (name, other))
    if one in two or two in one or one.endswith(two) or two.endswith(one):
        return True
    # Same tail behind the regions: the names differ only in how much of the region they say.
    return _REGION.sub("", one) == _REGION.sub("", two) and (_region(one) in two or _region(two) in one)


def _core(text: str) -> str:
    return re.sub(r"[\s“”\"《》]|人民(?=政府)|办公[厅室]$|党工委|管委会|管理委员会", "", text)


def _region(text: str) -> str:
    found = _REGION.match(text)
    return found[0][-3:] if found else text
