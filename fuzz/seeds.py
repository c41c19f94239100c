"""The seed corpus, made from examples/ each time: one small input for each example that a target can read."""
# ruff: noqa: INP001 -- scripts beside each other, no package

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from targets import PARTS, ROOT

EXAMPLES = ROOT / "examples"


def seeds(target: str) -> Iterator[bytes]:
    """The seeds of a target."""
    match target:
        case "text" | "markdown":
            suffix = ".txt" if target == "text" else ".md"
            yield from (path.read_bytes() for path in _examples(suffix))
        case "html":
            yield from (_html(path) for path in _examples(".docx"))
        case "docx":
            yield from (_parts(path) for path in _examples(".docx"))
        case "pdf":
            yield from (_pdf(path) for path in _examples(".txt"))
        case _:
            for other in ("text", "markdown", "html"):
                yield from seeds(other)


def _examples(suffix: str) -> list[Path]:
    return sorted(EXAMPLES.rglob(f"*{suffix}"))


def _parts(path: Path) -> bytes:
    """What `targets.word_file` packs: the body and the contents of the other parts."""
    with zipfile.ZipFile(path) as archive:
        present = archive.namelist()
        names = ("document", "styles", "numbering", "comments")
        texts = [archive.read(f"word/{name}.xml") if f"word/{name}.xml" in present else b"" for name in names]
    body = texts[0].partition(b"<w:body>")[2].partition(b"</w:body>")[0]
    others = [text.partition(b"<w:" + name.encode())[2].partition(b">")[2].rpartition(b"</w:")[0]
              for name, text in zip(names[1:], texts[1:], strict=True)]  # fmt: skip
    return PARTS.join([body, *others])


def _html(path: Path) -> bytes:
    """The example as a page of a simple content system."""
    from linter.model.document import Table  # noqa: PLC0415 -- instrumented first
    from linter.readers import read  # noqa: PLC0415 -- as above

    page = ["<!doctype html><meta charset=utf-8><title>年度报告</title><div class=article>"]
    document = read(path.read_bytes(), path.name)
    for block in document.blocks:
        if isinstance(block, Table):
            page.append("<table>")
            for row in block.rows():
                page.append("<tr>")
                page += [f"<td rowspan={cell.rows} colspan={cell.columns}>{escape(cell.text)}</td>" for cell in row]
            page.append("</table>")
        else:
            page.append(f"<p>{escape(document.text[block.span.start : block.span.end])}</p>")
    return "\n".join(page).encode() + b"</div>"


def _pdf(path: Path) -> bytes:
    """The example's first lines drawn on a page, and a small ruled table below: uncompressed, so that changes count."""
    from pdf_files import Page, pdf  # noqa: PLC0415 -- of the tests

    page = Page()
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines[:24]):
        page.text(60, 60 + 20 * number, line[:36])
    page.table([60, 200, 300, 400], [560, 590, 620], [["本年新收政府信息公开申请数量", "3", "0"], ["总计", "3", ""]])
    return pdf(page, Page().text(60, 60, lines[-1]))
