"""``--watch``: what is looked at, when the check is run again, and what never ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import CLEAN, FAULTY

from linter.cli import watch as module
from linter.cli.check import check
from linter.cli.request import Request
from linter.cli.texts import Usage, texts

SAY = texts("en")


@dataclass
class Clock:
    """What happens while the watcher sleeps: one step each time, and at the end the person's Ctrl+C."""

    steps: Iterator[Callable[[], object]]

    def sleep(self, _seconds: float) -> None:
        step = next(self.steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()


def request(*paths: str, **settings: object) -> Request:
    return Request(**{  # type: ignore[arg-type]
        "paths": paths, "formats": ("statistics",), "select": ("P02", "T07"), "cache": False, "watch": True, **settings,
    })  # fmt: skip


@pytest.fixture
def watched(tmp_path, monkeypatch, capsys):
    """Runs the watcher in a folder with one faulty draft; what it printed, round by round, and its status."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text(FAULTY, encoding="utf-8")

    def run(asked: Request, steps: Sequence[Callable[[], object]]) -> tuple[list[str], int]:
        told: list[str] = []

        def noted(step: Callable[[], object]) -> Callable[[], object]:
            def stepped() -> None:
                told.append("".join(capsys.readouterr()))
                step()

            return stepped

        clock = Clock(noted(step) for step in steps)
        monkeypatch.setattr(module.time, "sleep", clock.sleep)
        status = check(asked, SAY)
        return [*told, "".join(capsys.readouterr())], status

    return run


def nothing() -> None:
    pass


def test_a_changed_draft_is_checked_again_and_an_unchanged_one_is_not(watched):
    told, status = watched(request("."), [nothing, lambda: Path("draft.md").write_text(CLEAN, encoding="utf-8")])

    assert "P02" in told[0]
    assert told[1] == ""
    assert "P02" not in told[2]
    assert status == 0


@pytest.mark.parametrize("name", ["gouji.toml", "gouji-suppressions.toml"])
def test_a_new_or_changed_configuration_or_side_file_counts_at_once(watched, name):
    text = {
        "gouji.toml": 'ignore = ["P02"]\n',
        "gouji-suppressions.toml": '[[suppress]]\nfile = "*"\nrule = "P02"\nplace = "*"\nreason = "已更正"\n',
    }[name]

    def put(content: str) -> Callable[[], object]:
        return lambda: Path(name).write_text(content, encoding="utf-8")

    told, status = watched(request("draft.md"), [put(text), put(""), put(text + "\n")])

    assert ["P02" in one for one in told] == [True, False, True, False]
    assert status == 0


def test_last_years_report_and_members_are_watched(watched, tmp_path):
    before = CLEAN.replace("2023", "2022").replace("\t1\t0\t6", "\t1\t0\t5")
    (tmp_path / "before.md").write_text(before, encoding="utf-8")
    asked = request("draft.md", select=("Y02",), previous=Path("before.md"))

    told, _ = watched(asked, [lambda: Path("before.md").write_text(before.replace("\t5", "\t9"), encoding="utf-8")])

    assert ["Y02" in one for one in told] == [False, True]


def test_a_mistake_made_while_watching_is_told_and_does_not_end_it(watched):
    def put(text: str) -> Callable[[], object]:
        return lambda: Path("gouji.toml").write_text(text, encoding="utf-8")

    told, status = watched(request("."), [put('ignroe = ["P02"]\n'), put('ignore = ["P02"]\n')])

    assert "ignroe" in told[1]
    assert "P02" not in told[2]
    assert status == 0


def test_a_moment_without_drafts_does_not_end_it(watched):
    told, status = watched(
        request("."), [Path("draft.md").unlink, lambda: Path("draft.md").write_text(CLEAN, encoding="utf-8")]
    )

    assert "no drafts" in told[1]
    assert status == 0


def test_a_mistake_in_what_was_typed_ends_it_at_once(watched):
    with pytest.raises(Usage):
        watched(request(".", formats=("nonsense",)), [])


def test_what_is_saved_during_a_check_is_checked(watched, monkeypatch):
    whole = module.state
    saved: list[int] = []

    def saves_after_the_first_look(*arguments):
        found = whole(*arguments)
        if not saved:
            saved.append(Path("draft.md").write_text(CLEAN, encoding="utf-8"))
        return found

    monkeypatch.setattr(module, "state", saves_after_the_first_look)
    told, status = watched(request("."), [nothing, nothing])

    assert saved
    assert status == 0
    assert told[-1] == "", "and not without end"


def test_what_the_run_wrote_is_renewed_and_never_taken_for_a_draft(watched, tmp_path):
    def put(text: str) -> Callable[[], object]:
        return lambda: Path("draft.md").write_text(text, encoding="utf-8")

    told, status = watched(
        request(".", formats=("html=sheet.md", "statistics=counts.txt")), [nothing, put(CLEAN), nothing]
    )

    assert told[1] == told[3] == ""
    assert (tmp_path / "counts.txt").read_text(encoding="utf-8").strip() == ""
    assert status == 0


def test_a_file_that_stood_there_before_is_not_replaced(watched, tmp_path):
    (tmp_path / "counts.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(Usage):
        watched(request("draft.md", formats=("statistics=counts.txt",)), [])
    with pytest.raises(Usage):
        watched(request("draft.md", formats=("statistics=draft.md",)), [])
    assert (tmp_path / "counts.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "draft.md").read_text(encoding="utf-8") == FAULTY
