"""What is fuzzed: each reader, and the whole check. A target turns the fuzzer's bytes into a file and exercises it."""
# ruff: noqa: INP001 -- scripts beside each other, no package

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

CASES = ROOT / "tests" / "fuzz_cases"
PARTS = b"<!--part-->"
"""Between the parts of a Word file (document, styles, numbering, comments) in the fuzzer's bytes: packed, most
mutations would only break a checksum."""


def same(data: bytes) -> bytes:
    """The bytes are the file."""
    return data


def word_file(data: bytes) -> bytes:
    """A Word file from the contents of its parts."""
    from word_files import HEAD, NAMESPACES, TRANSITIONAL, docx, zipped  # noqa: PLC0415 -- of the tests

    names = ("document", "styles", "numbering", "comments")
    body, *others = data.split(PARTS)[: len(names)]
    frame = docx("", styles="-", numbering="-", comments="-")
    members = _members(frame)
    for name, content in zip(names, (b"<w:body>" + body + b"</w:body>", *others), strict=False):
        head = f'{HEAD}<w:{name} xmlns:w="{TRANSITIONAL}" {NAMESPACES}>'.encode()
        members[f"word/{name}.xml"] = head + content + f"</w:{name}>".encode()
    return zipped(members)


def _members(archive: bytes) -> dict[str, bytes]:
    import io  # noqa: PLC0415 -- as the rest
    import zipfile  # noqa: PLC0415 -- as the rest

    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def reading(file: bytes, name: str) -> None:
    """Reads the file and holds the document to its laws. Raises whatever is a bug."""
    from linter.model.document import Unreadable  # noqa: PLC0415 -- instrumented first
    from linter.readers import read  # noqa: PLC0415 -- as above

    try:
        document = read(file, name)
    except Unreadable:
        return
    for law, broken in _laws(document):
        if broken:
            raise AssertionError(law)


def _laws(document: object) -> Iterator[tuple[str, bool]]:
    """What a `Document` promises (linter/model/document.py)."""
    from linter.model.document import Document, Table  # noqa: PLC0415 -- instrumented first

    assert isinstance(document, Document)  # noqa: S101 -- for the type checker
    end = 0
    for block in document.blocks:
        yield "blocks are in order and do not overlap", block.span.start < end
        end = block.span.end
        yield "a block ends inside the text", end > len(document.text)
        for cell in block.cells if isinstance(block, Table) else ():
            yield "a cell is its span's text", document.text[cell.span.start : cell.span.end] != cell.text
    starts = [segment.start for segment in document.segments]
    yield "segments are sorted", starts != sorted(starts)
    yield "the first segment starts at 0", bool(starts) and starts[0] != 0


def checking(file: bytes, name: str) -> None:
    """Checks the file and writes the answer in every format of text. Raises whatever is a bug."""
    from linter import check  # noqa: PLC0415 -- instrumented first
    from linter.formats import FORMATS, find  # noqa: PLC0415 -- as above
    from linter.library import DEBUG  # noqa: PLC0415 -- as above

    os.environ[DEBUG] = "1"  # without the net under a run: what escapes is what we look for
    result = check(file, name=name)
    for output in FORMATS:
        find(output)([result], "zh")


@dataclass(frozen=True, slots=True)
class Target:
    """`file` makes the file from the fuzzer's bytes, `name` what it is called, `exercise` what is done with it.

    `limit`: bytes of an input; `tokens`: pieces worth inserting.
    """

    name: str
    file: Callable[[bytes], bytes]
    exercise: Callable[[bytes, str], None]
    tokens: tuple[str, ...]
    limit: int = 1 << 15


def _pieces(text: str, between: str = " ") -> tuple[str, ...]:
    return tuple(text.split(between))


_LABELS = _pieces(
    "一、总体情况 2023年1月1日至2023年12月31日 本年新收 （七）总计 共10件，其中 （ 》 —— ／ \u200b 附件："
)
_MARKS = ("\n\n", "# ", "1. ", *_pieces("## | |---| ``` <!-- --> &nbsp; ** \\| <br> <table>"))
_TAGS = (
    *_pieces("<table> <tr> </td> </table> <p> <br> <script> <!-- ]]> &#x0; &#55296; <svg> <li> <select> <iframe>"),
    *('<td rowspan="3">', '<td colspan="99">', '<meta charset="gbk">'),
)
_WORD = (
    *_pieces(
        "<w:p> </w:p> <w:tbl> </w:tbl> <w:tr> </w:tr> <w:tc> </w:tc> <w:vMerge/> <w:ins> </w:ins> <w:del> </w:del>"
    ),
    *_pieces("<w:tab/> <w:br/> <w:txbxContent> </w:txbxContent> <w:fldSimple> <w:vanish/> &#10; <mc:AlternateContent>"),
    *('<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="-1"/>', '<w:sym w:char="F0FC"/>'),
    *('<w:numPr><w:ilvl w:val="9"/><w:numId w:val="1"/></w:numPr>', '<w:fldChar w:fldCharType="begin"/>'),
)
_PDF = (
    " 0 R",
    "stream\n",
    *_pieces(" Tj, TJ, Tf, Tm, re S, m , l S,BT , ET,q , Q,/Kids[,/Rotate 90,<</,>>,1e9 ,-1 ", ","),
)

TARGETS = {
    "text": Target("draft.txt", same, reading, _LABELS),
    "markdown": Target("draft.md", same, reading, _LABELS + _MARKS),
    "html": Target("draft.html", same, reading, _LABELS + _TAGS),
    "docx": Target("draft.docx", word_file, reading, _LABELS + _WORD, 1 << 17),
    "pdf": Target("draft.pdf", same, reading, _PDF, 1 << 17),
    "check": Target("draft.txt", same, checking, _LABELS + _MARKS + _TAGS),
}
"""``check`` calls every file .txt, where the content decides between text, Markdown and HTML."""
