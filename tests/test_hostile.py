"""Files that mean harm, as the user meets them: a line of reason, exit 2, the others still checked, nothing written.

``python tests/test_hostile.py`` prints the table of docs/limits.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hostile_files import LARGE, LARGEST, SMALL

from linter.words import words

ROOT = Path(__file__).parents[1]
GOOD = "2014-headline-83.txt"
SECONDS = 120
"""For any one file, on a slow and busy machine; docs/limits.md has what was measured."""
MEGABYTES = 1024
"""Peak memory for any one file that is no PDF, the process and those it starts."""
PDF_MEGABYTES = 2000
"""The reader's own limit for the process that reads a PDF (linter/bounded.py), and the linter itself."""

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="peak memory is measured with wait4")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended: exit status, output, seconds, peak memory in megabytes."""

    status: int
    out: str
    err: str
    seconds: float
    megabytes: float

    @property
    def reports(self) -> dict[str, dict[str, object]]:
        """The answers by file name."""
        return {Path(report["path"]).name: report for report in json.loads(self.out)["reports"]}


def gouji(*arguments: str | Path, folder: Path, before: Sequence[str] = (), form: str = "json") -> Ran:
    """``gouji check`` in a folder, killed when the time is up."""
    command = [*before, sys.executable, "-m", "linter", "check", *map(str, arguments), "--no-config", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": f"{folder}-cache", "PYTHONUTF8": "1"}
    start = time.monotonic()
    process = subprocess.Popen(
        [*command, "--format", form], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    clock = threading.Timer(SECONDS, process.kill)
    clock.start()
    errors: list[bytes] = []
    reading = threading.Thread(target=lambda: errors.append(process.stderr.read()))
    reading.start()
    out = process.stdout.read()
    reading.join()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    clock.cancel()
    process.stdout.close()
    process.stderr.close()
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Ran(process.returncode, out.decode(), errors[0].decode(), time.monotonic() - start, peak)


def listing(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> tuple[Ran, set[str], set[str]]:
    """One run over a folder with every small hostile file and a report with a known fault; the folder around it."""
    folder = tmp_path_factory.mktemp("small")
    for name, (_, content) in SMALL.items():
        (folder / name).write_bytes(content)
    shutil.copy(ROOT / "examples" / GOOD, folder)
    before = listing(folder)
    return gouji(".", folder=folder), before, listing(folder)


def test_a_folder_of_hostile_files_is_survived(small):
    ran, before, after = small

    assert ran.status == 2
    assert ran.err == ""
    assert set(ran.reports) == {*SMALL, GOOD}
    assert after == before
    assert ran.seconds < SECONDS
    assert ran.megabytes < MEGABYTES


@pytest.mark.parametrize("name", SMALL)
def test_a_hostile_file_gets_one_line_of_reason(small, name):
    error = small[0].reports[name]["error"]

    assert error.startswith(words("zh")(f"unreadable.{SMALL[name][0]}"))
    assert "\n" not in error
    assert "Traceback" not in error


def test_the_other_files_are_still_checked(small):
    report = small[0].reports[GOOD]

    assert report["error"] is None
    assert "C05" in {finding["rule"] for finding in report["findings"]}


def test_a_text_that_is_no_report_says_so_where_it_is_named_and_is_told_where_a_folder_holds_it(tmp_path):
    (tmp_path / "letter.txt").write_text("尊敬的客户：\n您的快递已到，请于今日取走。\n", encoding="utf-8")
    shutil.copy(ROOT / "examples" / GOOD, tmp_path)

    named = gouji("letter.txt", GOOD, folder=tmp_path)
    held = gouji(".", folder=tmp_path)

    assert named.status == 2
    assert named.reports["letter.txt"]["error"] == words("zh")("unreadable.not-a-report")
    assert named.reports[GOOD]["error"] is None
    assert held.status == 1
    assert set(held.reports) == {GOOD}
    assert "letter.txt" in held.err


@pytest.mark.parametrize("name", LARGE)
def test_a_huge_file_ends_in_bounded_time_and_memory(name, tmp_path):
    reason, content = LARGE[name]
    (tmp_path / name).write_bytes(content())
    before = listing(tmp_path)

    ran = gouji(name, folder=tmp_path)

    assert ran.status == 2, ran.err
    assert ran.reports[name]["error"].startswith(words("zh")(f"unreadable.{reason}"))
    assert listing(tmp_path) == before
    assert ran.seconds < SECONDS
    assert ran.megabytes < (PDF_MEGABYTES if name.endswith(".pdf") else MEGABYTES)


def test_what_is_no_file_is_said_and_does_not_hang(tmp_path):
    """A missing file, a pipe that nobody writes to, a device without end, a link to nothing, a link to itself."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "ring.txt").symlink_to(tmp_path / "ring.txt")
    names = ("missing.docx", "pipe.txt", "/dev/zero", "gone.txt", "ring.txt")

    ran = gouji(*names, ROOT / "examples" / GOOD, folder=tmp_path)

    assert ran.status == 2
    assert ran.err == ""
    reasons = {name: report["error"] for name, report in ran.reports.items()}
    say = words("zh")
    assert reasons.pop(GOOD) is None
    assert reasons["missing.docx"] == reasons["gone.txt"] == say("unreadable.missing")
    assert reasons["pipe.txt"] == reasons["zero"] == say("unreadable.not-a-file")
    assert reasons["ring.txt"].startswith(say("unreadable.io"))


def test_folders_linked_in_a_ring_are_walked_once(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    shutil.copy(ROOT / "examples" / GOOD, inner)
    (inner / "back").symlink_to(tmp_path, target_is_directory=True)

    ran = gouji(".", folder=tmp_path)

    assert len(json.loads(ran.out)["reports"]) == 1
    assert ran.seconds < SECONDS


@cache
def unprivileged() -> tuple[str, ...] | None:
    """What takes from root the power to read everything; None: there is no such command."""
    if os.geteuid():
        return ()
    command = ("setpriv", "--bounding-set=-all")
    known = shutil.which("setpriv") and subprocess.run([*command, "true"], check=False).returncode == 0
    return command if known else None


def test_an_unreadable_file_is_said_and_an_unreadable_folder_is_not_passed_over(tmp_path):
    if unprivileged() is None:
        pytest.skip("the tests run as root, and setpriv is not there")
    shutil.copy(ROOT / "examples" / GOOD, tmp_path / "secret.txt")
    (tmp_path / "secret.txt").chmod(0)
    (tmp_path / "locked").mkdir()
    shutil.copy(ROOT / "examples" / GOOD, tmp_path / "locked")
    (tmp_path / "locked").chmod(0)
    shutil.copy(ROOT / "examples" / GOOD, tmp_path)
    try:
        ran = gouji(".", folder=tmp_path, before=unprivileged())
        alone = gouji("locked", folder=tmp_path, before=unprivileged())
    finally:
        (tmp_path / "locked").chmod(0o700)

    assert ran.status == 2
    assert ran.reports["secret.txt"]["error"] == words("zh")("unreadable.permission")
    assert ran.reports[GOOD]["error"] is None
    assert alone.status == 2
    assert "Traceback" not in alone.err


@pytest.mark.parametrize("form", ["console", "html", "github", "junit"])
def test_marks_that_turn_text_around_and_colour_terminals_do_not_reach_the_output(tmp_path, form):
    """U+202E in a draft would show a reviewer another sentence than the one that stands there (Unicode UTR 36)."""
    name = "a\x1b[31m\u202e.md" if form in ("console", "html") else "a.md"  # the others must name the file exactly
    draft = "# 云川县2023年政府信息公开工作年度报告\n\n一、总体情况\n\n全年审核发布\u202e发布信息\x1b[2J120条，XX件。\n"
    (tmp_path / name).write_text(draft, encoding="utf-8")

    ran = gouji(name, folder=tmp_path, form=form)

    assert ran.status == 1, ran.err
    assert ran.out
    assert "\u202e" not in ran.out
    assert "\x1b" not in ran.out


def test_lone_surrogates_in_a_page_do_not_break_the_output(tmp_path):
    page = "<html><h1>云川县2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>&#xD800;共&#x0;XX件</p></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")

    ran = gouji("page.html", folder=tmp_path)

    assert ran.status in (0, 1), ran.err
    assert ran.reports["page.html"]["error"] is None


def test_a_file_that_changes_while_it_is_read_gets_an_answer(tmp_path):
    """The bytes are read once; what happens to the file after that is of no concern."""
    draft = tmp_path / "draft.md"
    content = (ROOT / "examples" / "2021-clean.md").read_bytes()
    stop = threading.Event()

    def disturb() -> None:
        while not stop.is_set():
            draft.write_bytes(content[: len(content) // 2])
            draft.unlink()
            draft.write_bytes(content)

    draft.write_bytes(content)
    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    try:
        ran = gouji("draft.md", "draft.md", folder=tmp_path)
    finally:
        stop.set()
        disturbing.join()

    assert ran.status in (0, 1, 2)
    assert "Traceback" not in ran.err
    assert set(ran.reports) == {"draft.md"}


def _apart(path: Path, make: Callable[[], bytes]) -> None:
    """Makes the file in a process of its own: what a process starts is said to have used as much as it did itself."""
    child = os.fork()
    if child == 0:
        path.write_bytes(make())
        os._exit(0)
    os.waitpid(child, 0)


def measure() -> None:
    """Every large hostile file alone: size, answer, seconds, peak memory, as a table of Markdown."""
    sys.stdout.write("| file | on the disk | answer | seconds | peak memory |\n|---|---:|---|---:|---:|\n")
    made = {**{name: make for name, (_, make) in LARGE.items()}, **LARGEST}
    with tempfile.TemporaryDirectory() as folder:
        for name, make in made.items():
            path = Path(folder, name)
            _apart(path, make)
            ran = gouji(name, "--lang", "en", folder=Path(folder))
            size, answer = path.stat().st_size / 1e6, ran.reports[name]["error"] if ran.out else "killed"
            sys.stdout.write(f"| {name} | {size:.1f} MB | {answer} | {ran.seconds:.1f} | {ran.megabytes:.0f} MB |\n")
            sys.stdout.flush()
            path.unlink()


if __name__ == "__main__":
    measure()
