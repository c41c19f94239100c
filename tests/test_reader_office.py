"""Conversion through LibreOffice: what it hands over, and what is said where it cannot."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx
import pytest

from linter.model.document import Table, Unreadable
from linter.readers import office
from linter.readers.office import convert, read_office

needs_libreoffice = pytest.mark.skipif(not office.which("soffice"), reason="needs LibreOffice")

RTF = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}\f0 "
    + "".join(f"\\u{ord(char)}?" for char in "云川县年度报告").encode()
    + rb"\par\trowd\cellx2000\cellx4000 12\intbl\cell 15\intbl\cell\row\pard end\par}"
)


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("云川县年度报告")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@needs_libreoffice
def test_a_draft_of_another_word_processor_is_read_with_its_tables():
    document = read_office(RTF, "draft.rtf")
    (table,) = [block for block in document.blocks if isinstance(block, Table)]

    assert document.format == "rtf"
    assert document.text.startswith("云川县年度报告\n")
    assert [cell.text for cell in table.cells] == ["12", "15"]


def test_a_word_file_under_another_suffix_needs_no_conversion(monkeypatch):
    monkeypatch.setattr(office, "which", lambda _: None)

    assert read_office(word_file(), "draft.wps").text.strip() == "云川县年度报告"
    assert read_office(word_file(), "draft.wps").format == "wps"


def test_without_libreoffice_it_says_so(monkeypatch):
    monkeypatch.setattr(office, "which", lambda _: None)

    with pytest.raises(Unreadable) as caught:
        convert(RTF, ".rtf")
    assert (caught.value.reason, caught.value.detail) == ("no-libreoffice", ".rtf")


@pytest.mark.parametrize(
    "data", [b"", b"plain text", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), bytes(range(256))]
)
def test_what_is_no_document_is_not_shown_as_text(data):
    with pytest.raises(Unreadable) as caught:
        convert(data, ".doc")
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize("suffix", ["", "doc", ".d/../x", ".doc --help", ".tooolongsuffix"])
def test_a_suffix_that_is_none_never_reaches_a_command(suffix):
    with pytest.raises(Unreadable):
        convert(RTF, suffix)


@needs_libreoffice
def test_a_truncated_file_is_damaged_or_read_never_anything_else():
    for end in (30, 200):
        with suppress(Unreadable):
            assert read_office(RTF[:end], "draft.rtf").format == "rtf"


def test_a_conversion_that_hangs_is_killed_with_its_children(monkeypatch, tmp_path):
    """The stand-in for LibreOffice starts a child that would write a file after the time limit."""
    mark = tmp_path / "alive"
    program = tmp_path / "soffice"
    child = f"import time; time.sleep(1.5); open({str(mark)!r}, 'w').close()"
    program.write_text(f'#!/bin/sh\n{sys.executable} -c "{child}" &\nwait\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "which", lambda name: str(program) if name == "soffice" else None)
    monkeypatch.setattr(office, "_without_network", lambda: ())
    monkeypatch.setattr(office, "SECONDS", 0.3)

    with pytest.raises(Unreadable) as caught:
        convert(RTF, ".rtf")
    time.sleep(2)

    assert caught.value.reason == "timeout"
    assert not mark.exists()


def test_the_conversion_runs_without_network_where_the_system_permits():
    command = office._without_network()
    if not command:
        pytest.skip("this system does not permit it")
    probe = "import socket; socket.create_connection(('192.0.2.1', 9), 0.2)"

    tried = subprocess.run([*command, sys.executable, "-c", probe], check=False, capture_output=True)

    assert b"unreachable" in tried.stderr


def test_nothing_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(office.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(office, "which", lambda name: "/bin/true" if name == "soffice" else None)
    monkeypatch.setattr(office, "_without_network", lambda: ())

    with pytest.raises(Unreadable):
        convert(RTF, ".rtf")
    assert list(Path(tmp_path).iterdir()) == []
