"""The words of a form, prepared once: its row labels, the headers of each band, and what else stands in its header."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linter.model.edition import FormSpec
from linter.recognise.kept import kept
from linter.recognise.labels import Lexicon, wording
from linter.text.views import squash

_STUBS = (
    "信息内容", "统计指标", "指标名称", "指标", "项目", "单位", "计量单位", "序号", "申请人情况", "法人或其他组织",
)  # fmt: skip
"""What stands over the labels and over groups of columns."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`rows`: labels by their place among the rows of all bands; `columns`: headers, by band; `groups`: their titles.

    `heads` matches a text made up of nothing but headers of the form and of its bands.
    """

    spec: FormSpec
    rows: Lexicon
    columns: tuple[Lexicon, ...]
    groups: frozenset[str]
    heads: re.Pattern[str]

    @property
    def is_line(self) -> bool:
        """Whether the form's rows stand side by side."""
        return self.spec.bands[0].layout == "line"

    def is_head(self, text: str) -> bool:
        return bool(self.heads.fullmatch(text))


@kept
def vocabulary(spec: FormSpec) -> Vocabulary:
    """The form's vocabulary."""
    rows = [row for band in spec.bands for row in band.rows]
    heads = {squash(band.title) for band in spec.bands if band.title} | set(_STUBS)
    for column in (column for band in spec.bands for column in band.columns):
        heads |= {*wording(column).all, *wording(column).groups}
    if spec.bands[0].layout == "line":
        heads |= {text for row in rows for text in (*wording(row).all, *wording(row).groups)}
    return Vocabulary(
        spec=spec,
        rows=Lexicon(rows),
        columns=tuple(Lexicon(band.columns) for band in spec.bands),
        groups=frozenset(group for row in rows for group in wording(row).groups),
        heads=re.compile(f"(?:{'|'.join(map(re.escape, sorted(heads, key=len, reverse=True)))})+"),
    )
