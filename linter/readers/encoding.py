"""Bytes of a text file to characters: which encoding it is written in, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from linter.model.document import Unreadable
from linter.text.views import INVISIBLE

LOST = "\ufffd"
"""What stands in the text for a character that could not be read."""

MAX_BYTES = 20 << 20
"""Of text; the longest reports are five hundred times shorter."""

_SPOILT_BY_ONE_BYTE = 4
"""So many characters one wrong byte inside a three-byte character can cost."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Byte order marks (Unicode Standard, section 23.8); the mark of UTF-32 begins with the one of UTF-16."""

_BINARY = (
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf",
    b"\x1f\x8b", b"II*\x00", b"MM\x00*", b"BM\x00",
)  # fmt: skip
"""How zip (docx, xlsx, ofd), OLE (doc, wps), PDF, archives and pictures begin."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, every line end written as one line feed.

    `encoding`: a name Python knows. `lost`: the positions in `text` of characters that could not be read (U+FFFD).
    """

    text: str
    encoding: str
    lost: tuple[int, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of `data`: by byte order mark, else UTF-16 with its zero bytes, UTF-8, GB 18030, in this order.

    One unreadable character in a hundred is tolerated and remembered. Raises `Unreadable` with ``empty``, ``binary``,
    ``too-large`` or ``not-text``.
    """
    if not data.strip():
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("too-large", f"> {MAX_BYTES >> 20} MB")
    if data.startswith(_BINARY):
        raise Unreadable("binary")
    text, encoding = _marked(data) or _utf16(data) or _unmarked(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise Unreadable("binary")
    lost = tuple(_positions(text, LOST))
    if len(lost) > max(_SPOILT_BY_ONE_BYTE, len(text) // 100):
        raise Unreadable("not-text", encoding)
    if not text.strip(INVISIBLE):
        raise Unreadable("empty")
    return Decoded(text, encoding, lost)


def _marked(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    return None


def _utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without its mark: ASCII characters have a zero byte, and one byte order makes ordinary text of it."""
    if b"\0" not in data:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        if sum(map(_ordinary, text)) >= 0.8 * len(text):
            return text, encoding
    raise Unreadable("binary")


def _ordinary(char: str) -> bool:
    """Whether a Chinese report is written with such characters."""
    return (
        " " <= char <= "~"
        or char in "\t\n\r\f"
        or "\u4e00" <= char <= "\u9fff"
        or "\u2010" <= char <= "\u203f"
        or "\u3000" <= char <= "\u303f"
        or "\uff00" <= char <= "\uffef"
    )


def _unmarked(data: bytes) -> tuple[str, str]:
    """UTF-8, UTF-8 with a few bytes spoilt, or GB 18030 (which is GBK and GB 2312 too), spoilt or not.

    GB 18030 reads many a spoilt UTF-8 file without complaint, so it is asked only when nearly all the characters
    beyond ASCII make no UTF-8.
    """
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if text.count(LOST) * 10 <= beyond_ascii:
        return text, "utf-8"
    return data.decode("gb18030", "replace"), "gb18030"


def _positions(text: str, char: str) -> Iterator[int]:
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)
