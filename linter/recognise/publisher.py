"""What the title says: who publishes, and for which year."""

from __future__ import annotations

import re

from linter.model.outline import Outline, Passage
from linter.model.report import AgencyKind, Publisher
from linter.numerals import parse_number

_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2}|[二][〇○零一二三四五六七八九]{3})年?度?")
_REPORT = re.compile(r"(?:政府|政务)?信息(?:与政务)?公开.*$|政务公开.*$")
_KINDS = (
    (AgencyKind.TOWNSHIP, re.compile(r"(?:[乡镇](?:人民政府|政府)?|街道(?:办事处)?)$")),
    (AgencyKind.OFFICE, re.compile(r"(?:人民政府|政府|管委会|管理委员会)(?:办公厅|办公室)$")),
    (AgencyKind.GOVERNMENT, re.compile(r"(?:人民政府|[省市县区州盟旗]政府|管委会|管理委员会)$|(?:实验区|开发区|新区|示范区|高新区)$")),
    (AgencyKind.GOVERNMENT, re.compile(r"^[^局委办厅院中心]{2,12}[省市县区州盟旗]$")),
    (
        AgencyKind.DEPARTMENT,
        re.compile(r"(?:局|委员会|委|办公室|厅|部|署|院|中心|队|会|行|处|所|站|社|台|馆|校|学|室)$"),
    ),
)


def report_year(outline: Outline) -> int | None:
    """The report year as the title gives it; None where the title has none."""
    found = _YEAR.search(outline.title.text) if outline.title else None
    value = parse_number(found["year"]) if found else None
    return int(value) if value is not None else None


def find_publisher(outline: Outline, stated: AgencyKind | None = None) -> Publisher:
    """The name in the title without year and subject; `stated`: the kind the user gave wins over the name's."""
    title = outline.title
    name, start, end = _name(title) if title else ("", 0, 0)
    kind = stated or next((kind for kind, pattern in _KINDS if pattern.search(name)), AgencyKind.OTHER)
    return Publisher(name, kind, title.span(start, end) if title and name else None)


def _name(title: Passage) -> tuple[str, int, int]:
    text = title.text
    subject = _REPORT.search(text)
    end = subject.start() if subject else len(text)
    year = _YEAR.search(text, 0, end)
    spans = [(0, end)] if year is None else [(0, year.start()), (year.end(), end)]
    start, stop = max(spans, key=lambda span: span[1] - span[0])
    name = text[start:stop]
    stripped = name.strip("《》〈〉关于的 　·")
    offset = start + name.index(stripped) if stripped else start
    return stripped, offset, offset + len(stripped)
