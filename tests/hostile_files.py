"""Files that mean harm, made for the tests: small on the disk, large or endless or meaningless when opened."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Mapping

from pdf_files import Page, assemble, pdf
from word_files import docx, text, zipped

ENTITIES = "".join(f'<!ENTITY e{level + 1} "{f"&e{level};" * 10}">' for level in range(9))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY e0 "x">{ENTITIES}]><w:document>&e9;</w:document>'
FETCHING = '<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://example.invalid/d.dtd"><w:document/>'
MEGABYTE = 1 << 20
PROSE = ("这是一段与年度报告无关的文字。" * 9 + "\n").encode()


def _word(document: str) -> bytes:
    return zipped({"word/document.xml": document.encode(), "[Content_Types].xml": b"<Types/>"})


def _packed(operators: bytes, times: int) -> bytes:
    """A PDF whose only page is `operators` repeated, compressed twice: nothing on the disk, gigabytes when drawn."""
    packer = zlib.compressobj(9)
    whole = b"".join([*(packer.compress(operators) for _ in range(times)), packer.flush()])
    stream = zlib.compress(whole, 9).decode("latin-1")
    return assemble(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            f"<</Length {len(stream)}/Filter[/FlateDecode/FlateDecode]>>stream\n{stream}\nendstream",
        ]
    )


def _noise(length: int) -> bytes:
    return random.Random(7).randbytes(length)  # noqa: S311 -- no secret


SMALL: Mapping[str, tuple[str, bytes]] = {
    "empty.docx": ("empty", b""),
    "blank.txt": ("empty", b" \n\t\r\n" * 9),
    "noise.txt": ("binary", b"\x00\x01\x02" + _noise(4000)),
    "picture.docx": ("not-a-zip", b"\x89PNG\r\n\x1a\n" + _noise(900)),
    "renamed.docx": ("not-a-zip", "云川县2023年政府信息公开工作年度报告".encode()),
    "old.docx": ("damaged", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "cut.docx": ("damaged", docx(text("云川县"))[:-40]),
    "laughs.docx": ("dtd", _word(LAUGHS)),
    "fetching.docx": ("dtd", _word(FETCHING)),
    "letter.zip.docx": ("not-word", zipped({"letter.txt": b"hello"})),
    "twins.docx": ("damaged", docx(text("云川县"), extra={"WORD/Document.xml": b"<other/>"})),
    "deep.docx": ("damaged", docx("<w:p>" * 900 + "</w:p>" * 900)),
    "cut.pdf": ("damaged", b"%PDF-1.7\n" + _noise(500)),
    "ring.pdf": ("damaged", assemble(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"])),
    "void.pdf": ("empty", pdf(Page())),
    "nul.md": ("binary", "# 云川县2023年政府信息公开工作年度报告\n\n\x00\x00\x00\x00".encode()),
    "surrogates.txt": ("not-text", b"\xed\xa0\x80\xed\xb0\x80" * 90),
    "latin.txt": ("not-text", bytes(range(0x80, 0x100)) * 9),
}
"""Name → (reason, content); each is refused in a moment."""

LARGE: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "bomb.docx": ("zip-bomb", lambda: zipped({"word/document.xml": bytes(100 * MEGABYTE)})),
    "bomb.pdf": ("too-large", lambda: _packed(b"0 0 m 9 9 l S\n" * 80_000, 600)),
    "long.txt": ("too-large", lambda: "云川县政府信息公开\n".encode() * (101 * MEGABYTE // 28)),
    "nested.html": ("too-large", lambda: b"<html>" + b"<div><table><tr><td>" * 200_000),
    "spans.html": ("too-large", lambda: b"<table>" + b'<tr><td rowspan="65000" colspan="1000">1</td></tr>' * 20_000),
    "prose.txt": ("not-a-report", lambda: PROSE * (4 * MEGABYTE // len(PROSE))),
    "line.txt": ("not-a-report", lambda: "无".encode() * MEGABYTE),
    "digits.md": ("not-a-report", lambda: b"# " + b"9" * MEGABYTE),
    "brackets.md": ("not-a-report", lambda: "《".encode() * (MEGABYTE // 3)),
    "pipes.md": ("not-a-report", lambda: b"|" * (MEGABYTE // 16)),
    "entities.html": ("not-a-report", lambda: b"<p>" + b"&amp;" * (MEGABYTE // 5)),
}
"""Name → (reason, what makes the content); each must end in bounded time and memory."""

LARGEST: Mapping[str, Callable[[], bytes]] = {
    "prose-20MB.txt": lambda: PROSE * (20 * MEGABYTE // len(PROSE)),
    "line-20MB.txt": lambda: "无".encode() * (20 * MEGABYTE // 3),
    "pipes-100k.md": lambda: b"|" * 99_000,
    "entities-19MB.html": lambda: b"<p>" + b"&amp;" * (19 * MEGABYTE // 5),
}
"""What only docs/limits.md is about: nearly as large as a file may be, too slow for every run of the tests."""
