"""The check sheet in a real browser: nothing fetched, nothing cut off, light and dark, on the screen and on A4."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from browser import CHROMIUM, DARK, measured, printed
from results import every_kind

from linter import check
from linter.formats.html import write

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

EXAMPLES = Path(__file__).parents[1] / "examples"
FAULTY = "2021-one-wrong-cell.docx"
PAGES = (FAULTY, "2014-headline-83.txt", "2019-prose-against-table.md")
TRAP = '<img src="http://example.invalid/a.png"><div style="width:3000px">x</div>'


def page(name: str) -> str:
    """The sheet of an example; "" for one with several reports, unreadable ones among them."""
    return write([check(EXAMPLES / name)] if name else every_kind(), "zh")


@cache
def light():
    """The measures of every page at both widths, and of one that fetches and overflows."""
    pages = {f"{name}@{width}": (page(name), width) for name in (*PAGES, "") for width in (1280, 390)}
    trap = page(FAULTY).replace("<main", f"{TRAP}<main")
    return measured({**pages, "trap": (trap, 390)})


@pytest.mark.parametrize("name", [*PAGES, ""])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_asks_for_nothing_and_fits(name, width):
    told = light()[f"{name}@{width}"]

    assert told["refused"] == []
    assert told["requested"] == []
    assert told["width"] == width
    assert told["overflow"] <= 0
    assert told["outside"] == []


def test_the_browser_would_see_a_request_and_an_overflow():
    told = light()["trap"]

    assert told["refused"] == ["http://example.invalid/a.png"]
    assert told["overflow"] > 0
    assert told["outside"]


@pytest.mark.parametrize(("name", "forms"), [(FAULTY, 3), (PAGES[1], 1), (PAGES[2], 3)])
def test_every_form_is_drawn(name, forms):
    told = light()[f"{name}@1280"]

    assert len(told["forms"]) == forms
    assert min(told["forms"]) > 60


def test_the_suspect_cell_is_marked_and_links_lead_somewhere():
    told = light()[f"{FAULTY}@1280"]

    assert told["marks"] == 1
    assert len(told["ids"]) == len(set(told["ids"]))
    assert {link.removeprefix("#") for link in told["links"]} <= set(told["ids"])


def brightness(colour: str) -> float:
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3


def test_dark_is_dark_and_light_is_light():
    bright = light()[f"{FAULTY}@1280"]
    dark = measured({"dark": (page(FAULTY), 1280)}, DARK)["dark"]

    assert brightness(bright["paper"]) - brightness(bright["ink"]) > 150
    assert brightness(dark["ink"]) - brightness(dark["paper"]) > 150


@cache
def pages_printed(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of text on every page of A4, from the top."""
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(printed(page(name)))
    texts = []
    for number in range(len(document)):
        assert [round(side) for side in document[number].get_size()] == [595, 842]
        texts.append(tuple(document[number].get_textpage().get_text_range().splitlines()))
    return tuple(texts)


@pytest.mark.parametrize(("name", "most"), [(FAULTY, 4), (PAGES[1], 5), (PAGES[2], 5)])
def test_a_sheet_takes_few_pages_and_ends_with_the_signature(name, most):
    """A report with a fault or two: findings, forms with all relations, open questions, room to sign."""
    texts = pages_printed(name)

    assert 3 <= len(texts) <= most
    assert all(f"{number} / {len(texts)}" in text for number, text in enumerate(texts, 1))
    assert any("核对签字" in line for line in texts[-1])


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", PAGES)
def test_no_row_of_a_form_is_cut_by_the_end_of_a_page(name):
    """Every row label stands whole on one page: what Chromium cuts, it continues on the next."""
    report = check(EXAMPLES / name).report
    whole = [squeezed("".join(text)) for text in pages_printed(name)]

    labels = {row.label for form in report.edition.forms for band in form.bands for row in band.rows}
    assert len(labels) > 20
    assert [label for label in sorted(labels) if not any(squeezed(label) in text for text in whole)] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_heading_is_left_alone_at_the_foot_of_a_page(name):
    titles = {"发现的问题", "表格核对", "未能核对的事项", "核对签字"}
    last = [[line for line in text if not re.fullmatch(r"\d+ / \d+", line)][-1] for text in pages_printed(name)]

    assert not titles.intersection(last)
