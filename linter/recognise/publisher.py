"""What the title says: who publishes, and for which year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from linter.model.outline import Outline, Passage
from linter.model.report import AgencyKind, Publisher
from linter.text.numerals import parse_number

_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d{2}|二[〇○◯Ｏ零O0一二三四五六七八九]{3})(?:[-—－~至](?:19|20)?\d{2})?年?度?(?!\d)"
)
_REPORT = re.compile(r"(?:关于)?(?:开展)?(?:政府|政务)?信息(?:与政务|和政务)?公开.*$|政务公开.*$")
_AROUND = re.compile(
    r"^(?:[《〈（(“\"：: 　·]|关于|标题|信息名称|文件名称|名称|.{0,12}门户网站)+|(?:[》〉”\"：: 　·]|关于|的)+$"
)
_NOTE = re.compile(r"[（(][^（）()]{1,14}[）)]$")
"""A second name in brackets: 云川县教育局（云川县体育局）."""
_US = re.compile(
    r"(?:我|本|该)(?:[局办委厅院县市区州旗盟镇乡省部署站队处会]|中心|街道|单位|机关|部门|行政机关)+(?:人民)?(?:政府)?"
)
"""What a report calls its publisher where it gives no name."""
_LONGEST = 40
_OPENING = 3
"""Paragraphs in which a report says what it is."""
_BODIES = r"党委|党组|工委|纪委"
_OFFICE = r"(?:人民政府|政府|管委会|管理委员会|行署|行政公署)(?:办公厅|办公室|办)"
_PLACE = r"[省市县区州盟旗]"
_ZONE = r"(?:实验区|开发区|新区|示范区|高新区|管理区|合作区|保税区|度假区|试验区|风景区|园区)"
_KINDS = (
    (AgencyKind.OTHER, re.compile(rf"(?:公司|集团|大学|学院|学校|中学|小学|幼儿园|医院|银行|{_BODIES})$")),
    (AgencyKind.DEPARTMENT, re.compile(r"(?:城市|市场|市容|交通|物业|社区)(?:综合)?管理委员会$")),
    (AgencyKind.OFFICE, re.compile(rf"{_OFFICE}$|^[^局委厅]{{2,12}}{_PLACE}(?:府办|政府办)(?:公室|公厅)?$")),
    (AgencyKind.TOWNSHIP, re.compile(r"(?:[乡镇](?:人民政府|政府)?|苏木(?:人民政府)?)$")),
    (AgencyKind.SUBDISTRICT, re.compile(r"街道(?:办事处|办)?$")),
    (AgencyKind.GOVERNMENT, re.compile(rf"(?:人民政府|{_PLACE}政府|行政公署|行署)$|{_ZONE}$|^国务院$")),
    (AgencyKind.GOVERNMENT, re.compile(r"(?:[省市县区州盟旗园港城岛场湖山谷]|基地)(?:管委会|管理委员会)$")),
    (AgencyKind.GOVERNMENT, re.compile(rf"^(?!.*(?:局|委|办|厅|院|中心)).{{2,12}}{_PLACE}$")),
    (
        AgencyKind.DEPARTMENT,
        re.compile(
            r"(?:局|委员会|委|办公室|办|厅|部|署|院|中心|队|会|行|处|所|站|社|台|馆|校|室|海关|总站|税务|仲裁|联|科|股|庭|组|协会|公署|段)$"
        ),
    ),
)
"""Kinds by the end of the name, the first that fits: a 管委会 of a park governs, its 办公室 is an office."""


_ANNOUNCED = re.compile(
    r"(?:公布|发布|公开(?=《)|编制|制作|形成|撰写)了?《?(?P<title>[^，。：；、,;:《》〔〕（）()]{0,40}?(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:年度)?(?:工作)?"
    r"(?:报告|年报))(?!格式|的通知|编制|工作|范本|模板)"
)
"""How a report without a title names itself: 现公布青禾市水务局2023年政府信息公开工作年度报告."""


def report_year(outline: Outline) -> int | None:
    """The report year as the title gives it; None where the title has none, or gives a span of years."""
    named = _title(outline)
    found = _YEAR.search(named[0]) if named else None
    if found is None or re.search("[-—－~至]", found[0]):
        return None
    value = parse_number(re.sub("[ＯO]", "〇", found["year"]))
    return int(value) if value is not None else None


def find_publisher(outline: Outline, stated: AgencyKind | None = None) -> Publisher:
    """The name in the title without year and subject; else on a line of its own at the beginning or at the end.

    `stated`: the kind the user gave wins over the name's.
    """
    named = _title(outline)
    found = _name(*named) if named else None
    if found is None:
        found = next(((line.text, line, 0, len(line.text)) for line in _lone_lines(outline)), None)
    if found is None:
        return Publisher("", stated or AgencyKind.OTHER)
    name, passage, start, end = found
    return Publisher(name, stated or kind_of(name), passage.span(start, end))


def kind_of(name: str) -> AgencyKind:
    """What publishes, by its name; OTHER for companies, schools and what has no telling end."""
    plain = _NOTE.sub("", name)
    return next((kind for kind, pattern in _KINDS if pattern.search(plain)), AgencyKind.OTHER)


def _title(outline: Outline) -> tuple[str, Passage, int] | None:
    """The title, the passage it stands in and where; of a report without one, as its first sentences name it."""
    if outline.title is not None:
        return outline.title.text, outline.title, 0
    for line in islice(outline.front(), _OPENING):
        if found := _ANNOUNCED.search(line.text):
            return found["title"], line, found.start("title")
    return None


def _name(text: str, passage: Passage, at: int) -> tuple[str, Passage, int, int] | None:
    """The name in a title that begins `at` some place of the passage, and where it stands there."""
    subject = _REPORT.search(text)
    end = subject.start() if subject else len(text)
    year = _YEAR.search(text, 0, end)
    spans = [(0, end)] if year is None else [(0, year.start()), (year.end(), end)]
    start, stop = max(spans, key=lambda span: span[1] - span[0])
    name = text[start:stop]
    stripped = _AROUND.sub("", name)
    offset = start + name.index(stripped) if stripped else start
    if stripped.endswith("人民") and text.startswith("政府", offset + len(stripped)):
        stripped += "政府"  # 柳溪镇人民政府信息公开工作年度报告: one 政府 for two
    if _US.fullmatch(stripped):
        return None
    return (stripped, passage, at + offset, at + offset + len(stripped)) if stripped else None


def _lone_lines(outline: Outline) -> Iterator[Passage]:
    """Short lines that are nothing but an agency's name: under the title, or in the sign-off."""
    first = [block for block in (*outline.above, *outline.preamble)[:3] if isinstance(block, Passage)]
    for line in (*first, *outline.signoff):
        if (
            3 <= len(line.text) <= _LONGEST
            and not re.search(r"[。，：:\d]", line.text)
            and kind_of(line.text) is not AgencyKind.OTHER
        ):
            yield line
