"""The command run as people run it, and two short drafts for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CLEAN = """# 青禾市水务局2023年政府信息公开工作年度报告

本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。

一、总体情况

全年主动公开信息83条，收到政府信息公开申请3件，均按期答复；健全信息发布审核制度，改版门户网站，开展业务培训和考核。

二、主动公开政府信息情况

第二十条第（一）项
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t1\t0\t6
第二十条第（五）项
信息内容\t本年处理决定数量
行政许可\t12
第二十条第（六）项
信息内容\t本年处理决定数量
行政处罚\t3
行政强制\t0
第二十条第（八）项
信息内容\t本年收费金额（单位：万元）
行政事业性收费\t0
"""
FAULTY = CLEAN.replace("2023年12月31日", "2023年11月30日")
"""One error: P02."""
ONLY = ("--select", "P,S13,T")
"""The drafts are cut short: rules about what they leave out are not asked."""


def gouji(
    *arguments: object, cwd: Path, text: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs the command in a folder; standard output and error as text."""
    return subprocess.run(
        [sys.executable, "-m", "linter", *map(str, arguments)],
        cwd=cwd,
        input=text,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )
