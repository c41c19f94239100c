"""What goes out and what comes in: a file whole, in its place, for those who may read it; standard input, bounded."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from linter.cli.drafts import standard_input
from linter.cli.output import save
from linter.cli.texts import Usage, texts
from linter.model.document import Unreadable
from linter.readers import MAX_BYTES, read

SAY = texts("zh")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="umask, links and devices of POSIX")


@pytest.fixture
def umask():
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_who_may_read_it_is_as_the_umask_says(tmp_path):
    save(tmp_path / "out", b"new", SAY, force=False)

    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("umask")
def test_a_file_written_again_keeps_who_may_read_it(tmp_path):
    (tmp_path / "out").write_bytes(b"old")
    (tmp_path / "out").chmod(0o640)
    save(tmp_path / "out", b"new", SAY, force=True)

    assert (tmp_path / "out").read_bytes() == b"new"
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there" / "out")
    for content in (b"first", b"second"):
        save(tmp_path / "link", content, SAY, force=True)

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "out").read_bytes() == b"second"


@pytest.mark.parametrize("name", ["pipe", "folder", "ring"])
def test_what_is_no_file_is_refused(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    before = set(tmp_path.iterdir())

    with pytest.raises(Usage, match="无法写入"):
        save(tmp_path / name, b"new", SAY, force=True)
    assert set(tmp_path.iterdir()) == before


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    """The disk is full."""

    class Full(io.BytesIO):
        def write(self, _):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda path, *how, **also: opened(path, *how, **also).close() or Full())

    with pytest.raises(Usage, match="无法写入"):
        save(tmp_path / "out", b"new", SAY, force=False)
    assert list(tmp_path.iterdir()) == []


def test_no_more_of_standard_input_is_read_than_makes_a_draft_too_large(monkeypatch):
    asked: list[int] = []
    endless = SimpleNamespace(read=lambda size=-1: asked.append(size) or bytes(max(size, 0)))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=endless))

    with pytest.raises(Unreadable) as caught:
        read(standard_input.__wrapped__(), "stdin.txt")
    assert caught.value.reason == "too-large"
    assert asked == [MAX_BYTES + 1]
