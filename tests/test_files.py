"""From names, folders and patterns to the files meant: nothing passed over in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linter.library import check
from linter.runs.files import Wanted, expand


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for name in ("a.md", "sub/b.docx", "sub/deep/c.txt", "sub/picture.png", "sub/~$b.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_named_is_told_from_what_is_come_upon():
    assert expand(["sub", "a.md", "sub/*.png", "none.md", "n*.md"]) == [
        Wanted("sub/b.docx", named=False),
        Wanted("sub/deep/c.txt", named=False),
        Wanted("a.md", named=True),
        Wanted("sub/picture.png", named=False),
        Wanted("none.md", named=True),
        Wanted("n*.md", named=True),
    ]
    assert expand([".", "a.md"])[0] == Wanted("a.md", named=True), "whichever comes first"


def test_a_folder_that_cannot_be_listed_is_reported(monkeypatch):
    listed = os.scandir

    def scandir(path):
        if Path(path).name == "deep":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "deep")

    assert expand(["."]) == [
        Wanted("a.md", named=False),
        Wanted("sub/b.docx", named=False),
        Wanted("sub/deep", named=True),
    ]
    assert check("sub/deep").reason == "permission"
    assert check("sub").reason == "directory"


def test_ignore_files_above_and_below_count_and_named_files_only_where_asked(folder):
    (folder / ".goujiignore").write_text("sub/deep/\n", encoding="utf-8")
    (folder / "sub" / ".goujiignore").write_text("b.*\n", encoding="utf-8")

    assert expand(["."]) == [Wanted("a.md", named=False)]
    assert expand(["sub"]) == []
    assert expand(["sub/b.docx"]) == [Wanted("sub/b.docx", named=True)]
    assert expand(["sub/b.docx", "sub/deep/c.txt", "a.md"], force_exclude=True) == [Wanted("a.md", named=True)]


def test_a_web_archive_is_no_draft_and_says_what_to_do():
    archive = b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"

    assert check(archive, name="a.mht").reason == "web-archive"
    assert check(archive, name="a.doc").reason == "web-archive"
