"""The examples say what they are said to say, and every command of the documents for newcomers works as printed."""

from __future__ import annotations

import datetime
import re
import textwrap
import tomllib
from pathlib import Path

import pytest
from document_commands import DOCUMENTS, ROOT, Desk, commands, says, where
from example_files import EXAMPLES, built, sources

from linter import Options, check
from linter.config.reading import load_config
from linter.packs import load_rules
from linter.sums.arithmetic import number
from linter.waivers.applied import apply
from linter.waivers.side_file import Suppressions

REPORTS = tomllib.loads((EXAMPLES / "expected.toml").read_text(encoding="utf-8"))["report"]

TODAY = datetime.date(2024, 2, 20)


def _name(report: dict[str, object]) -> str:
    return f"{report['file']}+{report.get('previous') or report.get('members') or ''}".rstrip("+")


# --- What gouji says of the examples


@pytest.mark.parametrize("report", REPORTS, ids=_name)
def test_an_example_gives_what_is_expected_and_nothing_else(report) -> None:
    members = sorted((EXAMPLES / report["members"]).iterdir()) if "members" in report else ()
    previous = EXAMPLES / report["previous"] if "previous" in report else None
    result = check(EXAMPLES / report["file"], previous=previous, members=members)
    result = apply(result, Suppressions(Path()), Options(), load_rules(), TODAY)
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


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_commands_of_a_document_print_what_it_says(document, desk) -> None:
    """In order, in a copy of the examples; each ends with 0 or 1 unless the document has it print another status."""
    for command in commands(document):
        ran = desk.run(command.line, where(document))
        assert ran.returncode in (0, 1), f"{command.line}\n{ran.stdout}"
        if command.output is not None:
            assert says(command.output, ran.stdout), f"{command.line}\n{ran.stdout}"


def test_what_a_document_prints_is_compared() -> None:
    assert says("a\n…\nc\n", "a\nb\nb\nc  \n")
    assert not says("a\n…\nc\n", "a\nb\nd\n")
    assert not says("a\n", "a\nb\n")


def test_every_option_the_documents_speak_of_is_exercised() -> None:
    """An option named in passing is used by some command of the documents, so that it is known to exist."""
    texts = [(ROOT / document).read_text(encoding="utf-8") for document in DOCUMENTS]
    named = {option for text in texts for option in re.findall(r"`[^`\n]*?(--[a-z][a-z-]+)[^`\n]*`", text)}
    lines = [command.line for document in DOCUMENTS for command in commands(document)]
    assert named <= {option for line in lines for option in re.findall(r"--[a-z][a-z-]+", line)}


def test_the_readmes_link_each_other_and_every_link_leads_somewhere() -> None:
    texts = {document: (ROOT / document).read_text(encoding="utf-8") for document in DOCUMENTS}
    for document, text in texts.items():
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert ((ROOT / document).parent / target).exists(), f"{document}: {target}"
    assert "(README.zh.md)" in texts["README.md"]
    assert "(README.md)" in texts["README.zh.md"]


@pytest.mark.parametrize("document", ["README.md", "README.zh.md"])
def test_the_configuration_in_the_readme_is_the_agencys(document) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    printed = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert printed is not None
    own = EXAMPLES / "agency-repository" / "gouji.toml"
    assert tomllib.loads(printed[1]) == tomllib.loads(own.read_text(encoding="utf-8"))
    assert load_config(own).settings.agency_name == "云川县卫生健康局"


# --- Where people work


def scripts(path: Path) -> list[str]:
    """The shell scripts of a workflow file: ``run: |`` blocks and lists of commands, read without a YAML library."""
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"^( +)run: \|\n((?:\1 +.*\n|\n)+)", text, re.MULTILINE)
    listed = re.findall(r"^ +(?:script|commands):\n((?: +- .*\n)+)", text, re.MULTILINE)
    return [textwrap.dedent(body) for _, body in blocks] + [
        re.sub(r"^ +- ", "", part, flags=re.MULTILINE) for part in listed
    ]


REPOSITORY = Path("examples/agency-repository")
VARIABLES = {"PATHS": "drafts", "OPTIONS": "--strict", "SARIF": "gouji.sarif"}


def test_the_agencys_repository_is_clean_and_its_years_find_each_other(desk) -> None:
    ran = desk.run("gouji check --strict --verbose", REPOSITORY)
    assert ran.returncode == 0, ran.stdout
    years = desk.run("gouji check --format json drafts published | python -m json.tool", REPOSITORY).stdout
    assert '"broken-carry-over"' not in years.partition("published/2022.docx")[0]


@pytest.mark.parametrize("file", ["action.yml", "examples/ci/gitlab-ci.yml", "examples/ci/gitee-go.yml"])
def test_the_scripts_of_a_platform_pass_a_clean_draft_and_stop_a_faulty_one(file, desk) -> None:
    script = "set -e\n" + "\n".join(
        line for line in scripts(ROOT / file)[-1].splitlines() if not re.search("pip install", line)
    )
    assert "gouji check" in script
    assert desk.run(script, REPOSITORY, **VARIABLES).returncode == 0
    faulty = {**VARIABLES, "PATHS": "drafts\n../2021-one-wrong-cell.docx"}
    again = desk.run(script, REPOSITORY, **faulty)
    assert again.returncode == 1, again.stdout
    assert "C02" in again.stdout or "unbalanced-results" in again.stdout


def test_the_action_takes_names_with_blanks_one_a_line(desk) -> None:
    script = "set -e\n" + scripts(ROOT / "action.yml")[-1]
    desk.run("cp ../2021-one-wrong-cell.docx '../one wrong cell.docx'", REPOSITORY)
    named = {"PATHS": "  drafts\n\n../one wrong cell.docx\n", "OPTIONS": "--strict\n--jobs 1\n", "SARIF": "g.sarif"}

    ran = desk.run(script, REPOSITORY, **named)

    assert ran.returncode == 1, ran.stderr
    assert "drafts" not in ran.stdout
    assert "one wrong cell.docx" in ran.stdout


def test_the_hook_runs_the_command_on_drafts_alone() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    pattern = re.search(r"^  files: (.*)$", text, re.MULTILINE)
    assert pattern is not None
    assert re.search(pattern[1], "drafts/2023.docx")
    assert not re.search(pattern[1], "README.md")
    assert "entry: gouji check" in text
    assert "--force-exclude" in text, "what is excluded may be part of a commit"


def test_ci_takes_the_readmes_own_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"grep -Eo? '([^']+)' README", script)
    assert pattern is not None
    found = re.findall(pattern[1], (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(found) == 1
