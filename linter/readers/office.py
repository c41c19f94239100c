"""Word processors' other formats (.doc, .wps, .rtf, .odt …): converted to .docx by LibreOffice, if it is installed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from shutil import which

from linter.model.document import Document, Unreadable

MAX_CONVERTED = 200_000_000
SECONDS = 120

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
"""The stream that .doc and .wps keep the text in ([MS-DOC] 2.1.1)."""
_BEGINNINGS = (b"PK\x03\x04", b"{\\rtf", b"<", b"\xef\xbb\xbf<")
"""How zip packages, RTF and XML begin."""
_SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">\
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">\
<value>2</value></prop></item>
</oor:items>
"""
"""A profile that runs no macro, loads nothing a document links to, and updates no link (2: never)."""


def read_office(data: bytes, name: str) -> Document:
    """The document as `read_docx` reads LibreOffice's conversion; `format` is the suffix of `name` without its dot.

    A Word file (.docx) under another suffix is read as what it is. Raises `Unreadable` as `convert` and `read_docx`.
    """
    from linter.readers.docx import read_docx  # noqa: PLC0415 - one reader uses another; neither is loaded in vain

    suffix = Path(name).suffix.lower()
    word = data if data.startswith(b"PK") and b"word/document.xml" in data else convert(data, suffix)
    return replace(read_docx(word, name), format=suffix.removeprefix("."))


def convert(data: bytes, suffix: str) -> bytes:
    """The .docx that LibreOffice makes of a file with this suffix (``.doc``).

    It runs in a profile of its own (two runs in one profile fail), without network where the system lets us cut it
    off, for at most `SECONDS`. Raises `Unreadable`: ``no-libreoffice``, ``too-large`` (what came out),
    ``timeout``, ``damaged``.
    """
    if not re.fullmatch(r"\.[a-z0-9]{1,8}", suffix):
        raise Unreadable("damaged", suffix)
    if not _is_document(data):
        raise Unreadable("damaged", suffix)
    program = which("soffice") or which("libreoffice")
    if program is None:
        raise Unreadable("no-libreoffice", suffix)
    with tempfile.TemporaryDirectory(prefix="gouji-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"draft{suffix}")
        source.write_bytes(data)
        settings = Path(folder, "profile", "user", "registrymodifications.xcu")
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        _run([
            *_without_network(), program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless",
            "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", f"{folder}/out",
            f"{source}",
        ], folder)  # fmt: skip
        made = Path(folder, "out", "draft.docx")
        if not made.is_file():
            raise Unreadable("damaged", suffix)
        if made.stat().st_size > MAX_CONVERTED:
            raise Unreadable("too-large", "docx")
        return made.read_bytes()


def _is_document(data: bytes) -> bool:
    """Whether the bytes begin as a document does; LibreOffice would show any others as text."""
    return _WORD_STREAM in data if data.startswith(_OLE) else data.startswith(_BEGINNINGS)


def _run(command: Sequence[str], folder: str) -> None:
    """Runs a command in its own process group, which is killed whole when the time is over."""
    with subprocess.Popen(  # noqa: S603 - a fixed command; the draft is only a file name we chose
        command, cwd=folder, env={**os.environ, "HOME": folder}, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise Unreadable("timeout") from None
        finally:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and every child it has left."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


@cache
def _without_network() -> tuple[str, ...]:
    """The command that takes the network away from another, if the system has one and permits it."""
    unshare = which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--map-root-user", "--net")
    permitted = subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0  # noqa: S603 - fixed
    return command if permitted else ()
