"""Colours where a person can see them and has not said no, in every command."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from linter.cli.app import app

DRAFT = Path(__file__).parents[1] / "examples" / "2021-one-wrong-cell.docx"
PLAIN = {"NO_COLOR": "", "TERM": "xterm"}


class Screen(io.StringIO):
    """Standard output as a person has it before them."""

    def isatty(self) -> bool:
        return True


def shown(monkeypatch, *command):
    """What the command puts on the screen."""
    screen = Screen()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stdout", screen)
        app(list(command), standalone_mode=False)
    return screen.getvalue()


@pytest.mark.parametrize(
    ("choice", "environment", "painted"),
    [
        ("auto", PLAIN, True),
        ("auto", PLAIN | {"NO_COLOR": "1"}, False),
        ("auto", PLAIN | {"TERM": "dumb"}, False),
        ("never", PLAIN, False),
        ("always", PLAIN | {"NO_COLOR": "1"}, True),
    ],
)
def test_colours_are_as_asked_for_else_as_the_terminal_and_its_owner_say(monkeypatch, choice, environment, painted):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert ("\x1b" in shown(monkeypatch, "check", str(DRAFT), "--color", choice, "--no-config")) is painted


@pytest.mark.parametrize("command", [["rules"], ["explain", "C05"], ["editions"], ["check", str(DRAFT), "--no-config"]])
def test_every_command_heeds_who_wants_no_colour(monkeypatch, command):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "")
    assert "\x1b" in shown(monkeypatch, *command)

    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in shown(monkeypatch, *command)


def test_a_file_is_painted_only_where_it_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    for choice in ("auto", "always"):
        app(
            ["check", str(DRAFT), "-o", str(tmp_path / choice), "--color", choice, "--no-config"], standalone_mode=False
        )

    assert b"\x1b" not in (tmp_path / "auto").read_bytes()
    assert b"\x1b" in (tmp_path / "always").read_bytes()
