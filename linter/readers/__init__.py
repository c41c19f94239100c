"""Bytes → Document. The content decides the format, the name only between kinds of text."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from linter.model.document import Document, Unreadable

Reader = Callable[[bytes, str], Document]

MAX_BYTES = 100 << 20
"""No report is larger; of a larger file no more than this is read."""

_MARKDOWN = frozenset({".md", ".markdown", ".mkd"})
_MARKED_UP = re.compile(rb"^#{1,6} +\S|\*\*[^*\s][^*\n]*\*\*", re.MULTILINE)
"""Markdown in a file that does not say so: what converters leave behind."""
_WEB_ARCHIVE = re.compile(rb"\A(?=.*^mime-version:).*^content-type: *multipart/related", re.MULTILINE | re.DOTALL)
"""A page saved whole by Word or a browser (.mht, often under another suffix), in its lowercased head."""
_CHECK_SHEET = b'<meta name="generator" content="gouji">'
"""In the head of a page that gouji wrote about a draft."""
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<p", b"<div", b"<table", b"<h1", b"<meta", b"<span")

SUFFIXES = frozenset(
    {
        ".txt", ".text", ".md", ".markdown", ".docx", ".docm", ".doc", ".wps", ".wpt", ".rtf", ".odt", ".uot",
        ".html", ".htm", ".shtml", ".xhtml", ".pdf", ".xlsx", ".xlsm",
    }
)  # fmt: skip
"""What a folder is searched for."""


def read(data: bytes, name: str) -> Document:
    """The document in the file's bytes. Raises Unreadable with the reason."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too-large", f"> {MAX_BYTES >> 20} MB")
    if not data.strip():
        raise Unreadable("empty")
    try:
        return _reader(data, name)(data, name)
    except (RecursionError, MemoryError) as error:
        raise Unreadable("damaged", type(error).__name__) from error


def _reader(data: bytes, name: str) -> Reader:
    module, function = _kind(data, PurePath(name).suffix.lower())
    reader: Reader = getattr(import_module(f"linter.readers.{module}"), function)
    return reader


def _kind(data: bytes, suffix: str) -> tuple[str, str]:
    """The module and function that read these bytes."""
    head = data[:1024].lstrip().lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, suffix)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") or head.startswith(b"{\\rtf"):
        return "office", "read_office"
    if b"%PDF-" in data[:1024]:
        return "pdf", "read_pdf"
    if suffix in (".docx", ".docm"):
        return "docx", "read_docx"
    if _WEB_ARCHIVE.match(head):
        raise Unreadable("web-archive")
    if _CHECK_SHEET in head:
        raise Unreadable("check-sheet")
    if suffix not in _MARKDOWN and head.removeprefix(b"\xef\xbb\xbf").startswith(_HTML_STARTS):
        return "html", "read_html"
    if suffix in (".html", ".htm", ".shtml", ".xhtml"):
        return "html", "read_html"
    marked_up = suffix in _MARKDOWN or _MARKED_UP.search(data)
    return ("markdown", "read_markdown") if marked_up else ("text", "read_text")


def _zipped(data: bytes, suffix: str) -> tuple[str, str]:
    """Word, Excel and OpenDocument are all zip archives; the names of their parts tell them apart."""
    if b"word/" in data:
        return "docx", "read_docx"
    if b"xl/" in data and b"xl/workbook" in data:
        return "xlsx", "read_xlsx"
    if b"mimetypeapplication/vnd.oasis" in data[:200]:
        return "office", "read_office"
    return ("xlsx", "read_xlsx") if suffix in (".xlsx", ".xlsm") else ("docx", "read_docx")
