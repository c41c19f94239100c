"""Laws of the whole chain, tried on synthetic reports: positions, identities, labels, formats, order of files."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from browser import CHROMIUM, OPTIONS
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from synthesis.draft import EDITIONS, FORMATS, KINDS
from synthesis.faults import MAKERS, faulty
from synthesis.figures import laws
from synthesis.reports import compose, honest, printed_as
from word_files import zipped

from linter import check
from linter.library import read_report
from linter.model.document import Paragraph
from linter.options import Options
from linter.readers import read
from linter.runs.run import run
from linter.text.views import squash
from linter.trial import with_cells

TRIALS = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # a smaller seed makes no simpler report: nothing to shrink
)
editions = st.sampled_from(EDITIONS)
kinds = st.sampled_from(KINDS)
formats = st.sampled_from(FORMATS)
seeds = st.integers(0, 10_000)
WITH_TABLES = tuple(style for style in FORMATS if style != "spaces")
"""Formats that keep cells apart even where they are empty."""


# ---------------------------------------------------------------- positions


@TRIALS
@given(seeds, editions, kinds, formats)
def test_every_cell_and_paragraph_is_the_text_it_points_to(seed, edition, kind, style):
    made = honest(seed, edition=edition, kind=kind, format=style)
    document = read(made.data, made.name)
    end = 0
    for block in document.blocks:
        assert end <= block.span.start <= block.span.end <= len(document.text)
        end = block.span.end
        cells = () if isinstance(block, Paragraph) else block.cells
        for cell in cells:
            assert document.text[cell.span.start : cell.span.end] == cell.text
    starts = [segment.start for segment in document.segments]
    assert starts[0] == 0
    assert starts == sorted(set(starts))


@TRIALS
@given(seeds, editions, kinds, formats)
def test_headings_and_figures_are_the_text_they_point_to(seed, edition, kind, style):
    made = honest(seed, edition=edition, kind=kind, format=style)
    report = read_report(made.data, made.name)
    text = report.document.text
    for section in report.outline.walk():
        span = section.heading.passage.span()
        assert squash(text[span.start : span.end]) == squash(section.heading.passage.text)
    for form in report.forms.values():
        for cell in form.cells.values():
            assert cell.span is None or text[cell.span.start : cell.span.end] == cell.text


@TRIALS
@given(seeds, editions, kinds, st.sampled_from(("tabs", "spaces", "markdown")))
def test_lines_and_columns_lead_back_to_the_file(seed, edition, kind, style):
    made = honest(seed, edition=edition, kind=kind, format=style)
    report = read_report(made.data, made.name)
    lines = made.data.decode().split("\n")
    for form in report.forms.values():
        for cell in form.cells.values():
            origin = report.document.origin(cell.span.start)
            assert lines[origin.line - 1][origin.column - 1 :].startswith(cell.text)


# ---------------------------------------------------------------- identities


@cache
def blank(edition):
    """A report of the edition without forms: they are filled in by path."""
    made = honest(1, edition=edition, kind="government", format="markdown")
    return read_report(made.data, made.name)


def broken(edition, figures):
    """The cells of every relation that the linter says is broken."""
    report = with_cells(blank(edition), {path: str(value) for path, value in figures.items()})
    assert not [relation for relation in report.relations if relation.state == "unchecked"]
    return {
        frozenset(term.place.path for term in relation.terms)
        for relation in report.relations
        if relation.state == "broken"
    }


@TRIALS
@given(seeds, editions, kinds)
def test_a_form_built_to_hold_holds(seed, edition, kind):
    assert broken(edition, compose(seed, edition=edition, kind=kind).figures) == set()


@TRIALS
@given(seeds, editions, kinds, st.integers(1, 999))
def test_a_change_breaks_exactly_the_sums_that_contain_the_cell(seed, edition, kind, more):
    figures = compose(seed, edition=edition, kind=kind).figures
    known = laws(edition)
    path = random.Random(seed).choice([path for law in known for path in law.cells if law.relation == "=="])  # noqa: S311 -- chance, not secrecy
    changed = {**figures, path: int(figures[path]) + more}
    expected = {frozenset(law.cells) for law in known if path in law.cells and not law.holds(changed)}
    assert expected >= {frozenset(law.cells) for law in known if path in law.cells and law.relation == "=="}
    assert expected <= broken(edition, changed)
    # Beyond the sums the editions have comparisons that split a sum in two; they hold the same cells.
    assert all(path in cells for cells in broken(edition, changed))


# ---------------------------------------------------------------- labels


def variants(rng, label):
    """The label as authors and converters write it: other widths, blanks, other stops after a number."""
    ways = [
        lambda text: text.replace("（", "(").replace("）", ")"),
        lambda text: text.replace("(", "（").replace(")", "）"),
        lambda text: re.sub(r"^(\d)\.", r"\1．", text),
        lambda text: re.sub(r"^(\d)\.", r"\1、", text),
        lambda text: re.sub(r"^(\d)\.", r"\1. ", text),
        lambda text: " ".join(text) if len(text) < 8 else text,
        lambda text: text.replace("“", '"').replace("”", '"'),
        lambda text: f" {text} ",
        lambda text: text.replace("、", "､"),
        lambda text: text,
    ]
    return rng.choice(ways)(label)


@TRIALS
@given(seeds, editions, st.sampled_from(("markdown", "docx", "html", "tabs")))
def test_rows_and_columns_are_recognised_under_variants_of_their_labels(seed, edition, style):
    made = compose(seed, edition=edition, kind="office")
    rng = random.Random(seed)  # noqa: S311 -- chance, not secrecy
    for form in ("statistics",) if edition == "2014" else ("disclosure", "applications", "litigation"):
        made = made.with_boxes(
            form,
            lambda box: (
                box
                if box.path.count("/") == 2 and "head" not in box.path
                else replace(box, text=variants(rng, box.text))
            ),
        )
    file = printed_as(made, style)
    result = check(file.data, name=file.name)
    values = {path: cell.text.strip() for path in made.figures if (cell := result.report.cell(path)) is not None}
    assert values == {path: str(value) for path, value in made.figures.items()}
    assert [finding.message for finding in result.findings if finding.rule in ("T01", "T02", "T03", "T04", "T09")] == []


# ---------------------------------------------------------------- formats


def answer(file):
    """What the report says and what is found in it, without positions."""
    result = check(file.data, name=file.name)
    report = result.report
    values = {
        (form.spec.id, *key): (cell.state, cell.value)
        for form in report.forms.values()
        for key, cell in form.cells.items()
    }
    found = sorted(
        (one.rule, one.severity.value, one.place.path, one.message, one.fingerprint) for one in result.findings
    )
    relations = [result.relations(state) for state in ("held", "broken", "unchecked")]
    return report.edition.id, report.year, report.publisher.name, report.publisher.kind, values, found, relations


@TRIALS
@given(seeds, editions, kinds)
def test_an_honest_report_gives_one_answer_in_every_format(seed, edition, kind):
    made = compose(seed, edition=edition, kind=kind)
    answers = {style: answer(printed_as(made, style)) for style in FORMATS}
    assert all(one == answers["docx"] for one in answers.values()), answers


@settings(TRIALS, max_examples=40)
@given(st.integers(0, 500), editions, kinds, st.sampled_from(tuple(MAKERS)))
def test_a_faulty_report_gives_one_answer_in_every_format(seed, edition, kind, fault):
    """Plain text apart where a table is missing: a picture would not show in it, so it gets a warning (S12) instead."""
    made = faulty(seed, fault, compose(seed, edition=edition, kind=kind))
    if made is None:
        return
    styles = [style for style in WITH_TABLES if style != "tabs" or fault != "table dropped"]
    answers = {style: answer(printed_as(made.draft, style)) for style in styles}
    assert all(one == answers["docx"] for one in answers.values()), answers


def ruled(data):
    """The Word file with lines around its cells and no table wider than the page, as authors have it."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    body = members["word/document.xml"].replace(
        b"<w:tblPr/>", f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>".encode()
    )
    fitted = re.sub(rb"<w:tblGrid>.*?</w:tblGrid>", lambda grid: _fitted(grid[0]), body)
    return zipped({**members, "word/document.xml": fitted})


def _fitted(grid):
    return grid.replace(b'w:w="900"', b'w:w="%d"' % (9300 // grid.count(b"gridCol")))


def by_libreoffice(made, folder):
    """The PDF that LibreOffice makes of the Word file."""
    source = folder / "report.docx"
    source.write_bytes(ruled(printed_as(made, "docx").data))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return source.with_suffix(".pdf")


def by_chromium(made, folder):
    """The PDF that Chromium makes of the page."""
    source = folder / "report.html"
    source.write_bytes(printed_as(made, "html").data)
    target = source.with_suffix(".pdf")
    subprocess.run(
        [CHROMIUM, *OPTIONS, "--no-pdf-header-footer", f"--user-data-dir={folder / 'profile'}",
         f"--print-to-pdf={target}", source.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return target


PRINTERS = [
    pytest.param(by_libreoffice, marks=pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")),
    pytest.param(by_chromium, marks=pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")),
]


@pytest.mark.parametrize("printed", PRINTERS)
@pytest.mark.parametrize("fault", ["", "digit wrong"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_pdf_gives_the_answer_of_the_word_file(edition, fault, printed, tmp_path):
    pytest.importorskip("pypdfium2")
    made = compose(13, edition=edition, kind="office")
    if fault:
        made = faulty(13, fault, made).draft
    word = printed_as(made, "docx")
    found = answer(replace(word, data=printed(made, tmp_path).read_bytes(), name="report.pdf"))
    assert found == answer(word)


# ---------------------------------------------------------------- many files


def test_order_of_files_and_number_of_processes_never_change_an_answer(tmp_path):
    paths = []
    for seed in range(36):
        made = honest(seed, edition=EDITIONS[seed % 3], kind=KINDS[seed % 4], format=FORMATS[seed % 5])
        path = tmp_path / f"{seed}-{made.name}"
        path.write_bytes(made.data)
        paths.append(str(path))
    (tmp_path / "empty.txt").write_bytes(b"")
    paths.append(str(tmp_path / "empty.txt"))
    shuffled = random.Random(5).sample(paths, len(paths))  # noqa: S311 -- chance, not secrecy

    def answers(order, jobs):
        results = [answer.open() for answer in run(order, Options(), jobs=jobs)]
        assert [result.path for result in results] == list(order)
        return {result.path: (result.error, result.findings, result.unchecked, result.diagnoses) for result in results}

    alone = answers(paths, 1)
    assert answers(shuffled, 1) == alone
    assert answers(shuffled, 3) == alone
