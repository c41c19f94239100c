"""The examples say what they are said to say, and every command of the documents for newcomers works as printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from example_files import EXAMPLES, built, sources

from linter import check
from linter.arithmetic import number

ROOT = Path(__file__).parents[1]
REPORTS = tomllib.loads((EXAMPLES / "expected.toml").read_text(encoding="utf-8"))["report"]
REPOSITORY = EXAMPLES / "agency-repository"

DOCUMENTS = (
    "README.md",
    "README.zh.md",
    "CONTRIBUTING.md",
    "examples/README.md",
    "examples/agency-repository/README.md",
    "docs/tutorial-author.md",
    "docs/tutorial-author.zh.md",
    "docs/tutorial-ci.md",
    "docs/tutorial-rules.md",
    "docs/exit-codes.md",
    "docs/library.md",
)


def _name(report: dict[str, object]) -> str:
    return f"{report['file']}+{report.get('previous') or report.get('members') or ''}".rstrip("+")


# --- What gouji says of the examples


@pytest.mark.parametrize("report", REPORTS, ids=_name)
def test_an_example_gives_what_is_expected_and_nothing_else(report) -> None:
    members = sorted((EXAMPLES / report["members"]).iterdir()) if "members" in report else ()
    previous = EXAMPLES / report["previous"] if "previous" in report else None
    result = check(EXAMPLES / report["file"], previous=previous, members=members)
    assert result.error is None
    assert result.report is not None
    assert result.report.edition.id == report["edition"]
    assert [_told(finding) for finding in result.findings] == report["finds"]
    assert [_told(finding) for finding in result.suppressed] == report.get("suppressed", [])
    assert result.relations("unchecked") == 0
    assert {cause for finding in result.findings if (cause := _cause(finding))} == {
        cause for cause in [report.get("cause")] if cause
    }


def _told(finding) -> str:
    return f"{finding.rule} {finding.severity.value} {finding.place.path}"


def _cause(finding) -> str:
    if finding.cause is None:
        return ""
    changes = zip(finding.cause.places, finding.cause.stated, finding.cause.repaired, strict=True)
    return ", ".join(f"{place.path} {number(stated)} → {number(repaired)}" for place, stated, repaired in changes)


def test_every_edition_has_a_clean_and_a_faulty_report_in_word_and_in_text() -> None:
    shapes = {
        (report["edition"], bool(report["finds"]), Path(report["file"]).suffix == ".docx")
        for report in REPORTS
        if report["file"] != "2021-on-the-old-form.md"
    }
    wanted = {(edition, faulty, word) for edition in ("2014", "2019", "2021") for faulty in (0, 1) for word in (0, 1)}
    assert wanted <= shapes


def test_every_report_among_the_examples_is_expected_and_made_from_its_source() -> None:
    made = {str(path.relative_to(EXAMPLES)) for path in sources()}
    own = {name for name in made if name.startswith("agency-repository/")}
    assert made - own == {report["file"] for report in REPORTS}


@pytest.mark.parametrize("target", sources(), ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_an_example_is_what_its_source_makes(target) -> None:
    assert target.read_bytes() == built(sources()[target]), "run: python tests/example_files.py"


# --- The commands in the documents


@dataclass(frozen=True, slots=True)
class Command:
    """A line of a document to be run; `output`: what is printed below it, None where nothing is."""

    line: str
    output: str | None


_BLOCK = re.compile(r"^```(?P<kind>console|sh|python)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_SETS_UP = re.compile(r"-m venv|pip install|git clone|pre-commit|python tests/|\.ci/run")
"""Commands that set up an environment or run all tests: .ci/run, which takes the README's own, and test_packaging."""
_ELLIPSIS = "…"


def commands(text: str) -> Iterator[Command]:
    """``console`` blocks hold commands behind ``$`` with what they print, ``sh`` blocks commands alone."""
    for block in _BLOCK.finditer(text):
        if block["kind"] == "sh":
            yield from (Command(line, None) for line in _joined(block["text"]))
        elif block["kind"] == "python":
            yield Command(f"python - <<'END'\n{block['text']}END", None)
        else:
            for session in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
                line, _, output = session.partition("\n")
                yield Command(line, output)


def _joined(text: str) -> list[str]:
    lines = text.replace("\\\n", " ").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def runnable(document: str) -> list[Command]:
    text = (ROOT / document).read_text(encoding="utf-8")
    return [command for command in commands(text) if not _SETS_UP.search(command.line)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A folder with the commands ``gouji`` and ``python`` as a reader has them after installing."""
    folder = tmp_path_factory.mktemp("desk")
    for name, start in (
        ("gouji", f'exec "{sys.executable}" -m linter "$@"'),
        ("python", f'exec "{sys.executable}" "$@"'),
    ):
        (folder / name).write_text(f"#!/bin/sh\n{start}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_commands_of_a_document_do_what_it_prints(document, desk, tmp_path) -> None:
    """In order, in a copy of the examples; each ends with 0 or 1, and with what stands below it."""
    copy = tmp_path / "gouji"
    shutil.copytree(EXAMPLES, copy / "examples")
    where = copy / Path(document).parent if document.startswith("examples/") else copy
    for command in runnable(document):
        ran = _run(command.line, where, desk)
        assert ran.returncode in (0, 1), f"{document}: {command.line}\n{ran.stdout}{ran.stderr}"
        if command.output is not None:
            shown = ran.stdout + ran.stderr
            assert re.fullmatch(_pattern(command.output), shown.strip()), f"{document}: {command.line}\n{shown}"


def _run(line: str, folder: Path, desk: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GOUJI")}
    environment |= {"PATH": f"{desk}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    environment |= {"GITHUB_STEP_SUMMARY": "summary.md"}
    command = ["bash", "-c", line]
    return subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def _pattern(output: str) -> str:
    """What was printed, where a line ``…`` stands for any lines."""
    lines = [
        ".*" if line.strip() == _ELLIPSIS else re.escape(line.rstrip()) + r"\s*" for line in output.strip().splitlines()
    ]
    return "(?s)" + "\n?".join(lines)


def test_every_option_the_documents_speak_of_is_exercised() -> None:
    """An option named in passing is used in some command of the documents, so that it is known to exist."""
    texts = {document: (ROOT / document).read_text(encoding="utf-8") for document in DOCUMENTS}
    named = {option for text in texts.values() for option in re.findall(r"`(?:gouji [^`]*?)?(--[a-z-]+)[^`]*`", text)}
    used = {
        option
        for document in DOCUMENTS
        for item in runnable(document)
        for option in re.findall(r"--[a-z-]+", item.line)
    }
    used |= set(re.findall(r"--[a-z-]+", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert named - used == set()


def test_the_two_readmes_link_each_other_and_what_they_link_is_there() -> None:
    for document in DOCUMENTS:
        text = (ROOT / document).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert ((ROOT / document).parent / target).exists(), f"{document}: {target}"
    assert "(README.zh.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(README.md)" in (ROOT / "README.zh.md").read_text(encoding="utf-8")
