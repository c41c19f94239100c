"""What stands in a cell of figures beside digits, as patterns: units, words for nothing, dashes."""

from __future__ import annotations

UNIT = "人次|万元|余元|[件条次篇个人份项元名起宗]"
"""Units that follow a figure (3件) or stand beside it in a cell of their own."""

NOTHING = "无|空|没有|暂无|未发生|不涉及|不适用|无数据|不存在|[Nn]/?[Aa]"
"""Words by which a clerk says that there is no figure."""

DASH = "[-—–－─━‐‑]"
"""One of the dashes that stand for no figure, alone or in a row."""
