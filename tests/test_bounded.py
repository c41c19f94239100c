"""What runs a foreign file in a process of its own does so whatever else the linter is doing."""

from __future__ import annotations

import io
import os

import pytest

from linter.bounded import bounded
from linter.cli.progress import watched

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


class Terminal(io.StringIO):
    """Standard error as a person has it before them."""

    def isatty(self) -> bool:
        return True


def test_the_work_is_done_by_another_process():
    assert bounded(os.getpid) != os.getpid()


def test_the_progress_bar_does_not_keep_it_in_this_process(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")

    assert os.getpid() not in [bounded(os.getpid) for _ in watched(range(40), 40, quiet=False)]
    assert "gouji" in screen.getvalue()
